"""Measuring how fast a worker trains, on a sample of the work itself."""

import time
from dataclasses import replace

from nnlab.work.chunk import Chunk, train_chunk


def throughput(chunk: Chunk, seconds: float) -> float:
    """How many network-epochs a second the calling process trains, measured for so many seconds.

    A first call is not counted, since it is slow in a new process. Costs are recorded at the end alone: more of them
    could take up all of a chunk's time, with no epoch trained.
    """
    chunk = replace(chunk, epochs=chunk.epochs[-1:])
    train_chunk(replace(chunk, seconds=0.0))
    start, done = time.perf_counter(), 0
    while (taken := time.perf_counter() - start) < seconds or not done:
        done += train_chunk(chunk).checkpoint.epoch * len(chunk.variations)
    return done / taken
