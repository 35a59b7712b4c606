"""How fast somebody trains, measured on the work that is to be done."""

import time
from dataclasses import replace

from nnlab.work.chunk import Chunk, train_chunk


def throughput(chunk: Chunk, seconds: float) -> float:
    """How many network-epochs a second whoever calls this does, tried for so many seconds.

    A first glance is not counted: in a new process it is slow. Nor is any cost before the end, which could take all
    the time of a chunk, and no epoch would be trained.
    """
    chunk = replace(chunk, epochs=chunk.epochs[-1:])
    train_chunk(replace(chunk, seconds=0.0))
    start, done = time.perf_counter(), 0
    while (taken := time.perf_counter() - start) < seconds or not done:
        done += train_chunk(chunk).standing.epoch * len(chunk.variations)
    return done / taken
