"""How fast the machine is that runs the tests: what waits, or holds a server to a time, follows it."""

import statistics
import time
from functools import cache

import nnlab
from nnlab import Experiment

REFERENCE = 0.01
"""Seconds of the default run on a machine on which the times in these tests were chosen."""


@cache
def slowness() -> float:
    """How many times slower this machine is than that one, busy as it is now; at least 1. Measured once a process."""
    seconds = []
    for _ in range(15):
        start = time.perf_counter()
        nnlab.train(Experiment())
        seconds.append(time.perf_counter() - start)
    return max(1.0, statistics.median(seconds) / REFERENCE)
