"""Simulates a class: students who request runs from a server again and again, each response read to its end and checked.

``python -m benchmarks.classroom --students 30 --seconds 20 --url http://localhost:8050``

The exit code is not zero if anything went wrong, or if a final cost was not that of the offline run.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from benchmarks.figures import percentile
from benchmarks.memory import server_memory
from benchmarks.student import Result, ask, offline_cost
from nnlab.core.experiment import Experiment

LESSON = [
    *(Experiment(learning_rate=rate) for rate in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)),
    *(Experiment(dataset="and", batch_size=size) for size in (1, 2, 4)),
    *(Experiment(initialization="uniform", seed=seed) for seed in range(5)),
    *(Experiment(initialization="xavier", hidden_layer_sizes=(units,)) for units in (1, 3, 4)),
]
"""What students try: the notebook's run, with one thing changed at a time."""


def burst(url: str, students: int) -> tuple[list[Result], float]:
    """Have every student request a run at the same moment; each result, and the seconds until the last was there."""
    return at_once(url, [LESSON[student % len(LESSON)] for student in range(students)])


def at_once(
    url: str, experiments: Sequence[Experiment], view: dict[str, Any] | None = None
) -> tuple[list[Result], float]:
    """Request every experiment at the same moment, each in a thread of its own."""
    _prepare(experiments)
    together = Barrier(len(experiments) + 1)

    def retrain(experiment: Experiment) -> Result:
        together.wait()
        return ask(url, experiment, view)

    with ThreadPoolExecutor(len(experiments)) as room:
        answers = [room.submit(retrain, experiment) for experiment in experiments]
        together.wait()
        start = time.perf_counter()
        results = [answer.result() for answer in answers]
    return results, time.perf_counter() - start


def play(url: str, students: int, seconds: float, pause: float) -> list[Result]:
    """Have every student request runs until the time is over, with about ``pause`` seconds between two."""
    _prepare(LESSON)
    end = time.perf_counter() + seconds

    def attend(student: int) -> list[Result]:
        chance, results = random.Random(student), []
        while True:
            results.append(ask(url, chance.choice(LESSON)))
            if time.perf_counter() > end:
                return results
            time.sleep(pause * chance.uniform(0.5, 1.5))

    with ThreadPoolExecutor(students) as room:
        return [result for results in room.map(attend, range(students)) for result in results]


def report(results: Sequence[Result], memory: Sequence[tuple[str, float]]) -> str:
    """The results of a lesson, as lines of text."""
    whole = [result for result in results if result.error is None]
    wrong = Counter(result.error for result in results if result.error is not None)
    lines = [f"runs          {len(results)}, busy answers {sum(result.busy for result in results)}"]
    if whole:
        lines.append(f"first frame   {_milliseconds([result.first_frame for result in whole])}")
        lines.append(f"trained       {_milliseconds([result.trained for result in whole])}")
        lines.append(f"all received  {_milliseconds([result.whole for result in whole])}")
        lines.append(f"a run         {sum(result.bytes for result in whole) / len(whole) / 1000:.0f} kB")
    lines += [f"memory        {name}: {megabytes:.0f} MB" for name, megabytes in memory]
    lines.append(f"errors        {sum(wrong.values())}")
    lines += [f"  {count} x {error}" for error, count in wrong.most_common(10)]
    lines.append(f"equal to the offline run, bit for bit: {len(whole)} of {len(results)}")
    return "\n".join(lines)


def _prepare(experiments: Sequence[Experiment]) -> None:
    for experiment in experiments:
        offline_cost(experiment)  # kept, so that nothing is trained here while the server is timed


def _milliseconds(seconds: Sequence[float]) -> str:
    shares = {"median": 0.5, "p95": 0.95, "most": 1.0}
    return ", ".join(f"{name} {1000 * percentile(seconds, share):.0f} ms" for name, share in shares.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate the class and print its results; returns 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description="students who retrain again and again")
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--url", default="http://localhost:8050")
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds between two runs of a student")
    asked = parser.parse_args(arguments)
    results = play(asked.url, asked.students, asked.seconds, asked.pause)
    print(report(results, server_memory(asked.url)))
    return 1 if any(result.error is not None for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
