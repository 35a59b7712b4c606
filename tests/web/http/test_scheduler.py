"""Fair turns: least served first, bounded, left when nobody waits any more."""

import threading
import time

import pytest

from nnlab.web.http.scheduler import HEAD_START_SECONDS, AbandonedError, BusyError, Turns
from tests.machine import slowness


def wanted():
    return True


def unwanted():
    return False


def wait_until(condition):
    deadline = time.monotonic() + 10 * slowness()
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def take(turns, ticket):
    """Whether a turn is to be had within a moment."""
    patience = iter([True] * 5)
    try:
        with turns.turn(ticket, lambda: next(patience, False)):
            return True
    except AbandonedError:
        return False


def queue_up(turns, tickets, order):
    """Threads that each wait for one turn and write down when it came."""

    def work(name, ticket):
        with turns.turn(ticket, wanted):
            order.append(name)

    threads = []
    for name, ticket in tickets.items():
        threads.append(threading.Thread(target=work, args=(name, ticket)))
        threads[-1].start()
        wait_until(lambda: len(turns._waiting) == len(threads))
    return threads


def test_who_computed_least_goes_first_and_of_equals_the_earlier():
    turns, order = Turns(capacity=5), []
    with (
        turns.admit() as busy,
        turns.admit() as a,
        turns.admit() as b,
        turns.admit() as c,
        turns.admit() as d,
    ):
        a.spent, b.spent, c.spent, d.spent = 3.0, 1.0, 2.0, 1.0
        with turns.turn(busy, wanted):
            # the order of asking does not matter
            threads = queue_up(turns, {"d": d, "a": a, "c": c, "b": b}, order)
            assert order == []
        for thread in threads:
            thread.join(10)
    assert order == ["b", "d", "c", "a"]


def test_a_turn_is_counted_as_spent():
    turns = Turns(capacity=1)
    with turns.admit() as ticket:
        for _ in range(2):
            before = ticket.spent
            with turns.turn(ticket, wanted):
                time.sleep(0.002)
            assert ticket.spent >= before + 0.002


def test_a_long_run_has_its_share_however_many_others_come_and_go():
    turns, order, others = Turns(capacity=10), [], 4
    enough = 100

    def compute(name, ticket):
        with turns.turn(ticket, wanted):
            order.append(name)
            time.sleep(0.002)

    def drag():
        while len(order) < enough:
            with turns.admit() as ticket:
                compute("short", ticket)

    def train():
        with turns.admit() as ticket:
            while len(order) < enough:
                compute("long", ticket)

    threads = [threading.Thread(target=work) for work in [train, *[drag] * others]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10 * slowness())
    assert order.count("long") >= enough / (others + 1) / 2


def test_who_comes_goes_before_those_who_have_had_their_share():
    turns, order = Turns(capacity=5), []
    with turns.admit() as first, turns.admit() as second:
        second.spent += 2 * HEAD_START_SECONDS
        with turns.admit() as newcomer:
            with turns.turn(first, wanted):
                threads = queue_up(turns, {"second": second, "newcomer": newcomer}, order)
            for thread in threads:
                thread.join(10)
    assert order == ["newcomer", "second"]


def test_one_at_a_time_or_as_many_as_were_allowed():
    for at_once in (1, 2):
        turns, most, now, lock = Turns(capacity=6, at_once=at_once), 0, 0, threading.Lock()

        def work(turns=turns, lock=lock):
            nonlocal most, now
            with turns.admit() as ticket:
                for _ in range(5):
                    with turns.turn(ticket, wanted):
                        with lock:
                            now += 1
                            most = max(most, now)
                        time.sleep(0.001)
                        with lock:
                            now -= 1

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert most == at_once


def test_places_are_bounded_and_come_free_again():
    turns = Turns(capacity=2)
    with turns.admit():
        with turns.admit(), pytest.raises(BusyError, match="2 runs"), turns.admit():
            pass
        with turns.admit():
            pass


def test_a_place_comes_free_after_an_error():
    turns = Turns(capacity=1)
    with pytest.raises(ZeroDivisionError), turns.admit() as ticket, turns.turn(ticket, wanted):
        raise ZeroDivisionError
    with turns.admit() as ticket:
        assert take(turns, ticket)


def test_a_run_that_is_not_wanted_takes_no_turn_even_if_one_is_free():
    turns = Turns(capacity=1)
    with turns.admit() as ticket:
        with pytest.raises(AbandonedError), turns.turn(ticket, unwanted):
            pytest.fail("it should not compute")
        assert take(turns, ticket)


@pytest.mark.parametrize("error", [None, OSError, ValueError])
def test_a_waiting_run_leaves_when_its_client_does(error):
    turns, asked = Turns(capacity=3), 0

    def wanted_at_first():
        nonlocal asked
        asked += 1
        if asked > 2 and error:
            raise error
        return asked <= 2

    with turns.admit() as busy, turns.admit() as leaver, turns.admit() as other:
        with turns.turn(busy, wanted):
            with pytest.raises(error or AbandonedError), turns.turn(leaver, wanted_at_first):
                pytest.fail("it should not compute")
            assert not turns._waiting
        assert take(turns, other)


def test_a_turn_given_to_a_run_as_it_leaves_is_passed_on():
    turns = Turns(capacity=3)
    with turns.admit() as busy, turns.admit() as leaver, turns.admit() as other:
        turn = turns.turn(busy, wanted)
        turn.__enter__()
        asked = 0

        def gone_just_as_the_turn_comes():
            nonlocal asked
            asked += 1
            if asked == 2:
                turn.__exit__(None, None, None)
            return asked < 2

        with pytest.raises(AbandonedError), turns.turn(leaver, gone_just_as_the_turn_comes):
            pytest.fail("it should not compute")
        assert take(turns, other)
