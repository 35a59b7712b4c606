"""Fair time slices: least served first, bounded, skipped once the client has left."""

import threading
import time

import pytest

from nnlab.web.http.connection import ClientGoneError
from nnlab.web.http.scheduler import HEAD_START_SECONDS, BusyError, Scheduler
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


def take(scheduler, ticket):
    """Whether a time slice is to be had within a moment."""
    patience = iter([True] * 5)
    try:
        with scheduler.time_slice(ticket, lambda: next(patience, False)):
            return True
    except ClientGoneError:
        return False


def queue_up(scheduler, tickets, order):
    """Threads that each wait for one time slice and write down when it came."""

    def work(name, ticket):
        with scheduler.time_slice(ticket, wanted):
            order.append(name)

    threads = []
    for name, ticket in tickets.items():
        threads.append(threading.Thread(target=work, args=(name, ticket)))
        threads[-1].start()
        wait_until(lambda: len(scheduler._waiting) == len(threads))
    return threads


def test_who_computed_least_goes_first_and_of_equals_the_earlier():
    scheduler, order = Scheduler(capacity=5), []
    with (
        scheduler.admit() as busy,
        scheduler.admit() as a,
        scheduler.admit() as b,
        scheduler.admit() as c,
        scheduler.admit() as d,
    ):
        a.spent, b.spent, c.spent, d.spent = 3.0, 1.0, 2.0, 1.0
        with scheduler.time_slice(busy, wanted):
            # the order of asking does not matter
            threads = queue_up(scheduler, {"d": d, "a": a, "c": c, "b": b}, order)
            assert order == []
        for thread in threads:
            thread.join(10)
    assert order == ["b", "d", "c", "a"]


def test_a_time_slice_is_counted_as_spent():
    scheduler = Scheduler(capacity=1)
    with scheduler.admit() as ticket:
        for _ in range(2):
            before = ticket.spent
            with scheduler.time_slice(ticket, wanted):
                time.sleep(0.002)
            assert ticket.spent >= before + 0.002


def test_a_long_run_has_its_share_however_many_others_come_and_go():
    scheduler, order, others = Scheduler(capacity=10), [], 4
    enough = 100

    def compute(name, ticket):
        with scheduler.time_slice(ticket, wanted):
            order.append(name)
            time.sleep(0.002)

    def drag():
        while len(order) < enough:
            with scheduler.admit() as ticket:
                compute("short", ticket)

    def train():
        with scheduler.admit() as ticket:
            while len(order) < enough:
                compute("long", ticket)

    threads = [threading.Thread(target=work) for work in [train, *[drag] * others]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10 * slowness())
    assert order.count("long") >= enough / (others + 1) / 2


def test_who_comes_goes_before_those_who_have_had_their_share():
    scheduler, order = Scheduler(capacity=5), []
    with scheduler.admit() as first, scheduler.admit() as second:
        second.spent += 2 * HEAD_START_SECONDS
        with scheduler.admit() as newcomer:
            with scheduler.time_slice(first, wanted):
                threads = queue_up(scheduler, {"second": second, "newcomer": newcomer}, order)
            for thread in threads:
                thread.join(10)
    assert order == ["newcomer", "second"]


def test_one_at_a_time_or_as_many_as_were_allowed():
    for at_once in (1, 2):
        scheduler, most, now, lock = Scheduler(capacity=6, at_once=at_once), 0, 0, threading.Lock()

        def work(scheduler=scheduler, lock=lock):
            nonlocal most, now
            with scheduler.admit() as ticket:
                for _ in range(5):
                    with scheduler.time_slice(ticket, wanted):
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
    scheduler = Scheduler(capacity=2)
    with scheduler.admit():
        with scheduler.admit(), pytest.raises(BusyError, match="2 requests"), scheduler.admit():
            pass
        with scheduler.admit():
            pass


def test_a_place_comes_free_after_an_error():
    scheduler = Scheduler(capacity=1)
    with pytest.raises(ZeroDivisionError), scheduler.admit() as ticket, scheduler.time_slice(ticket, wanted):
        raise ZeroDivisionError
    with scheduler.admit() as ticket:
        assert take(scheduler, ticket)


def test_a_run_that_is_not_wanted_takes_no_time_slice_even_if_one_is_free():
    scheduler = Scheduler(capacity=1)
    with scheduler.admit() as ticket:
        with pytest.raises(ClientGoneError), scheduler.time_slice(ticket, unwanted):
            pytest.fail("it should not compute")
        assert take(scheduler, ticket)


@pytest.mark.parametrize("error", [None, OSError, ValueError])
def test_a_waiting_run_leaves_when_its_client_does(error):
    scheduler, asked = Scheduler(capacity=3), 0

    def wanted_at_first():
        nonlocal asked
        asked += 1
        if asked > 2 and error:
            raise error
        return asked <= 2

    with scheduler.admit() as busy, scheduler.admit() as leaver, scheduler.admit() as other:
        with scheduler.time_slice(busy, wanted):
            with pytest.raises(error or ClientGoneError), scheduler.time_slice(leaver, wanted_at_first):
                pytest.fail("it should not compute")
            assert not scheduler._waiting
        assert take(scheduler, other)


def test_a_time_slice_given_to_a_run_as_it_leaves_is_passed_on():
    scheduler = Scheduler(capacity=3)
    with scheduler.admit() as busy, scheduler.admit() as leaver, scheduler.admit() as other:
        time_slice = scheduler.time_slice(busy, wanted)
        time_slice.__enter__()
        asked = 0

        def gone_just_as_the_slice_comes():
            nonlocal asked
            asked += 1
            if asked == 2:
                time_slice.__exit__(None, None, None)
            return asked < 2

        with pytest.raises(ClientGoneError), scheduler.time_slice(leaver, gone_just_as_the_slice_comes):
            pytest.fail("it should not compute")
        assert take(scheduler, other)
