"""Measures the processor time that a run costs the server, from request to response, against training alone."""

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import nnlab
from benchmarks.figures import Row
from benchmarks.server import Server
from benchmarks.student import ask
from nnlab.core.experiment import Experiment

ROUNDS = 7
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

SPIRAL = Experiment(
    dataset="spiral",
    features=("x1", "x2"),
    hidden_layer_sizes=(8, 8),
    initialization="xavier",
    optimizer="adam",
    learning_rate=0.02,
    batch_size=10,
    epochs=300,
)


def rows(server: Server) -> Iterator[Row]:
    """Two runs, each asked for again and again, in turn with training alone; and their bytes."""
    for name, experiment, times, most, kilobytes in (
        ("default run", Experiment(), 60, 2.5, 20),
        ("spiral, 8-8, Adam, 300 epochs", SPIRAL, 4, 1.3, 300),
    ):
        ratio = _against_training(server, experiment, times)
        what = f"server CPU of the {name}: whole stream against training alone"
        yield Row(what, f"<= {most:g} x", f"{ratio:.2f} x", ratio <= most)
        result = ask(server.url, experiment)
        size = result.bytes / 1000
        what = f"wire, {name}, all {result.frames} networks"
        yield Row(what, f"<= {kilobytes} kB", f"{size:.1f} kB", size <= kilobytes)


def _against_training(server: Server, experiment: Experiment, times: int) -> float:
    """The workers' processor time over some runs, as a multiple of training's; the median of some rounds."""
    ask(server.url, experiment)
    ratios = []
    for _ in range(ROUNDS):
        before = _processor_seconds(server)
        for _ in range(times):
            ask(server.url, experiment)
        served = (_processor_seconds(server) - before) / times
        start = time.process_time()
        for _ in range(times):
            nnlab.train(experiment)
        ratios.append(served / ((time.process_time() - start) / times))
    return statistics.median(ratios)


def _processor_seconds(server: Server) -> float:
    """The processor time that all workers have used so far."""
    return sum(_used(worker) for worker in server.workers())


def _used(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
