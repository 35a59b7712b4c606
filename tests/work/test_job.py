import os
import signal
from collections import Counter
from concurrent.futures import BrokenExecutor, Future
from itertools import zip_longest
from types import SimpleNamespace

import numpy as np
import pytest

from nnlab import Experiment
from nnlab.core import starts
from nnlab.core.many import looks, slices, train_variations
from nnlab.work.crew import Alone
from nnlab.work.job import MOST_TRIES, UnwantedError, train_on
from nnlab.work.piece import work_on
from nnlab.work.pool import Pool

SHORT = Experiment(initialization="uniform")
LONG = SHORT.changed(epochs=5000)


@pytest.fixture(scope="module")
def pool():
    pool = Pool(2)
    yield pool
    pool.close()


@pytest.fixture(params=["alone", "pool"])
def crew(request, pool):
    return Alone() if request.param == "alone" else pool


def crew_of(submit, width=2):
    """Workers that do what the test says, and come back from a piece as soon as may be."""
    return SimpleNamespace(width=width, piece_seconds=0.0, submit=submit)


def in_parts(experiment, networks, size):
    variations = starts.variations(experiment, networks)
    return variations, [variations[cut] for cut in slices(variations, size)]


def broken():
    future = Future()
    future.set_exception(BrokenExecutor("a worker died"))
    return future


def assert_trained(reports, variations, parts, epochs, precision="double"):
    """Every part is reported done once, and in the bits of one training of all."""
    done = {report.part: report.history for report in reports if report.history is not None}
    assert sorted(done) == list(range(len(parts)))
    histories = [done[number] for number in range(len(parts))]
    expected = train_variations(variations, epochs=epochs, precision=precision)
    np.testing.assert_array_equal(np.concatenate([history.cost for history in histories]), expected.cost)
    np.testing.assert_array_equal(
        np.concatenate([history.parameters.vector for history in histories], axis=1),
        expected.parameters.vector,
    )
    for history, part in zip(histories, parts, strict=True):
        assert history.variations is part
        np.testing.assert_array_equal(history.epochs, expected.epochs)


# --- what comes of it -----------------------------------------------------------------------------


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("epochs", [looks(201).tolist(), [201], [0, 7, 201]], ids=len)
def test_a_short_job_ends_in_the_bits_of_one_training(crew, precision, epochs):
    variations, parts = in_parts(SHORT, 500, 60)
    reports = train_on(crew, parts, epochs, precision=precision)
    assert_trained(reports, variations, parts, epochs, precision)


def test_a_long_job_ends_in_the_bits_of_one_training(crew):
    variations, parts = in_parts(LONG, 200, 70)
    reports = list(train_on(crew, parts, [0, 10, 2500, 5000]))
    assert_trained(reports, variations, parts, [0, 10, 2500, 5000])
    assert len(reports) > len(parts)


def test_chaotic_runs_too_end_in_the_bits_of_one_training(crew):
    """A last bit lost on the way would be seen here."""
    variations, parts = in_parts(SHORT.changed(learning_rate=2.0, epochs=1000), 101, 1)
    assert_trained(train_on(crew, parts[:20], [1000]), variations[:20], parts[:20], [1000])


def test_the_share_that_is_done_rises_to_one(crew):
    _, parts = in_parts(LONG, 60, 20)
    shares = [report.share for report in train_on(crew, parts, [5000])]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(set(shares)) > len(parts)


def test_no_networks_are_done_at_once(crew):
    assert list(train_on(crew, [], [201])) == []


def test_one_piece_more_than_there_are_workers_is_under_way():
    under_way = []

    def submit(function, piece):
        under_way.append(piece)
        return Future()

    _, parts = in_parts(SHORT, 50, 5)
    answers = iter([True, True, True, False])
    with pytest.raises(UnwantedError):
        list(train_on(crew_of(submit, width=3), parts, [201], wanted=lambda: next(answers)))
    assert [piece.variations for piece in under_way] == parts[:4]


# --- workers that die -----------------------------------------------------------------------------


def test_a_worker_that_is_killed_loses_nothing(pool):
    variations, parts = in_parts(LONG, 120, 30)
    reports = []
    for report in train_on(pool, parts, [0, 2000, 5000]):
        reports.append(report)
        if len(reports) == 3:
            os.kill(pool.processes()[0], signal.SIGKILL)
    assert_trained(reports, variations, parts, [0, 2000, 5000])


def test_all_workers_that_are_killed_lose_nothing(pool):
    variations, parts = in_parts(LONG, 60, 30)
    reports = []
    for report in train_on(pool, parts, [5000]):
        reports.append(report)
        if len(reports) == 3:
            for process in pool.processes():
                os.kill(process, signal.SIGKILL)
    assert_trained(reports, variations, parts, [5000])


def test_pieces_that_are_lost_now_and_then_are_sent_again():
    """Only tries in a row count, else a long job on a poor crew would be given up."""
    tries = Counter()

    def submit(function, piece):
        sent = piece.variations.number("seed")[0], piece.epoch
        tries[sent] += 1
        return Alone().submit(function, piece) if tries[sent] == MOST_TRIES else broken()

    variations, parts = in_parts(SHORT, 4, 2)
    assert_trained(train_on(crew_of(submit), parts, [201]), variations, parts, [201])
    assert set(tries.values()) == {MOST_TRIES}
    assert len(tries) > len(parts)


def test_a_piece_that_always_kills_its_worker_is_given_up(pool):
    sent = []

    def submit(function, piece):
        sent.append(piece)
        assert len(sent) < 100, "it would go on for ever"
        return pool.submit(os._exit, 1)

    _, parts = in_parts(SHORT, 3, 3)
    with pytest.raises(BrokenExecutor):
        list(train_on(crew_of(submit), parts, [201]))
    assert len(sent) == MOST_TRIES
    assert pool.submit(int, "7").result() == 7


def test_a_crew_that_has_nobody_left_ends_the_job():
    def submit(function, piece):
        raise BrokenExecutor("nobody is there")

    _, parts = in_parts(SHORT, 3, 3)
    with pytest.raises(BrokenExecutor, match="nobody is there"):
        list(train_on(crew_of(submit), parts, [201]))


def test_what_goes_wrong_in_a_piece_is_told_at_once_and_the_rest_is_cancelled():
    pending = [Future(), Future()]
    futures = iter([Alone().submit(int, "seven"), *pending])
    _, parts = in_parts(SHORT, 6, 2)
    with pytest.raises(ValueError, match="seven"):
        list(train_on(crew_of(lambda *_: next(futures)), parts, [201]))
    assert all(future.cancelled() for future in pending)


# --- jobs that nobody waits for -------------------------------------------------------------------


def test_a_job_that_nobody_wants_any_more_is_cancelled_and_sends_nothing_out():
    sent = []

    def submit(function, piece):
        sent.append(Future())
        return sent[-1]

    answers = iter([True, True, True, False])
    _, parts = in_parts(SHORT, 50, 5)
    reports = train_on(crew_of(submit), parts, [201], wanted=lambda: next(answers))
    with pytest.raises(UnwantedError, match="nobody waits for this job any more"):
        next(reports)
    assert len(sent) == 3
    assert all(future.cancelled() for future in sent)
    assert next(answers, "asked for the last time") == "asked for the last time"


def test_a_job_that_nobody_wants_from_the_first_sends_nothing_out():
    _, parts = in_parts(SHORT, 50, 5)
    with pytest.raises(UnwantedError):
        list(train_on(crew_of(None), parts, [201], wanted=lambda: False))


def test_a_job_that_nobody_wants_any_more_sends_no_piece_out_again(crew):
    """Between two reports its reader has gone."""
    sent, here = [], [True]

    def submit(function, piece):
        sent.append(crew.submit(function, piece))
        return sent[-1]

    _, parts = in_parts(LONG, 50, 10)
    reports = train_on(crew_of(submit, crew.width), parts, [5000], wanted=lambda: here[0])
    next(reports)
    here[0], before = False, len(sent)
    with pytest.raises(UnwantedError):
        list(reports)
    assert len(sent) == before
    assert all(future.cancelled() or not future.cancel() for future in sent)


def test_a_job_whose_reader_leaves_is_cancelled():
    pending = [Future(), Future()]
    _, parts = in_parts(SHORT, 50, 5)
    futures = iter(pending)

    def submit(function, piece):
        return Alone().submit(work_on, piece) if piece.variations is parts[0] else next(futures)

    reports = train_on(crew_of(submit), parts, [201])
    assert next(reports).part == 0
    reports.close()
    assert all(future.cancelled() for future in pending)


def test_a_job_that_is_not_read_is_not_begun():
    train_on(crew_of(None), in_parts(SHORT, 5, 5)[1], [201]).close()


def test_the_crew_is_there_for_others_after_a_job_was_left(pool):
    _, parts = in_parts(LONG, 400, 50)
    left = train_on(pool, parts, [5000])
    next(left)
    left.close()
    variations, parts = in_parts(SHORT, 20, 5)
    assert_trained(train_on(pool, parts, [201]), variations, parts, [201])


def test_two_jobs_share_a_crew(pool):
    (one, ones), (other, others) = in_parts(SHORT, 40, 10), in_parts(SHORT.changed(seed=99), 40, 10)
    both = zip_longest(train_on(pool, ones, [0, 201]), train_on(pool, others, [0, 201]))
    of_one, of_other = zip(*both, strict=True)
    assert_trained(filter(None, of_one), one, ones, [0, 201])
    assert_trained(filter(None, of_other), other, others, [0, 201])
