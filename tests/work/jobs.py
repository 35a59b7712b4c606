"""Jobs of a few networks, and executors that a test controls."""

from concurrent.futures import BrokenExecutor, Future
from types import SimpleNamespace

import numpy as np

from nnlab import Experiment
from nnlab.core.many import starts
from nnlab.core.many.many_training import slices, train_variations

SHORT = Experiment(initialization="uniform")
LONG = SHORT.changed(epochs=5000)


def executor_of(submit, workers=2):
    """Workers that do what the test says, and come back from a chunk as soon as may be."""
    return SimpleNamespace(workers=workers, chunk_seconds=0.0, submit=submit)


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
    for name in ("ends", "last_epochs"):
        found = np.concatenate([getattr(history, name) for history in histories])
        np.testing.assert_array_equal(found, getattr(expected, name))
    for history, part in zip(histories, parts, strict=True):
        assert history.variations is part
        np.testing.assert_array_equal(history.epochs, expected.epochs)
