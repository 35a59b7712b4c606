"""How fast somebody trains, measured on the work that is to be done."""

import time
from dataclasses import replace

from nnlab.work.piece import Piece, work_on


def pace(piece: Piece, seconds: float) -> float:
    """How many network-epochs a second whoever calls this does, tried for so many seconds.

    A first glance is not counted: in a new process it is slow. Nor is any cost before the end, which could take all
    the time of a piece, and no epoch would be trained.
    """
    piece = replace(piece, looks=piece.looks[-1:])
    work_on(replace(piece, seconds=0.0))
    start, done = time.perf_counter(), 0
    while (taken := time.perf_counter() - start) < seconds or not done:
        done += work_on(piece).standing.epoch * len(piece.variations)
    return done / taken
