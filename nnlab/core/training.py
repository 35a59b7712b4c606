"""One training run: mini-batch gradient descent epoch by epoch, its frames on the way and its history."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import index

import numpy as np

from nnlab.core import metrics, solved_runs, stop_rules
from nnlab.core.arrays import Array, ArrayLike, Numbers
from nnlab.core.checkpoint import Checkpoint
from nnlab.core.data.datasets import Dataset
from nnlab.core.descent import Descent
from nnlab.core.experiment import Experiment, described, required
from nnlab.core.network import Parameters
from nnlab.core.prediction import outputs_at, predict


class Training:
    """A run under way. It only ever moves forward, by whole epochs.

    Costs after each completed epoch are taken over all rows, with the parameters as they are then.

    Attributes:
        experiment: what is trained.
        parameters: as they are now, changed in place.
        first_epoch: epochs completed when it was begun here: 0, or the checkpoint's.
        epoch: epochs completed.
        initial_cost, initial_test_cost: at ``first_epoch``; the latter NaN if no row tests.
        cost, test_cost: after each epoch, float64 (epochs,); valid from ``first_epoch`` up to ``epoch``.
        end: one of ``stop_rules.ENDS`` once the run has ended, else None. A run that has diverged stands where its
            numbers were last finite.
    """

    def __init__(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
        """Begin before the first epoch, or go on from a checkpoint, of a run of this or of other settings.

        Raises:
            TypeError: ``experiment`` is no Experiment, or ``checkpoint`` no Checkpoint of arrays.
            ValueError: the checkpoint does not fit it.
        """
        self.experiment = required(experiment)
        begun = _copied(experiment, checkpoint)
        self.parameters = Parameters(experiment.layer_sizes, begun.vector)
        self.first_epoch = self.epoch = begun.epoch
        self._descent = Descent(experiment, self.parameters, epoch=self.epoch, memory=begun.memory)
        self.dataset = self._descent.dataset
        self._tests = len(self.dataset.test_targets) > 0
        self._rules = stop_rules.StopRules(experiment, begun.stop_memory)
        self._has_rule = stop_rules.has_rule(experiment)
        self._may_diverge = stop_rules.may_diverge(experiment, experiment.layer_activations)
        code = int(begun.ends_under(experiment))
        self.end: str | None = None if code == stop_rules.UNDER_WAY else stop_rules.ENDS[code]
        with np.errstate(over="ignore", invalid="ignore"):
            self.initial_cost = float(self._descent.training_evaluator.cost())
            self.initial_test_cost = float(self._descent.test_evaluator.cost())
        self.cost = np.full(experiment.epochs, np.nan)
        self.test_cost = np.full(experiment.epochs, np.nan)

    def advance(self, epochs: int) -> None:
        """Train for so many more epochs, at most to the run's end."""
        with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges is no error
            for _ in range(epochs):
                if self.end is not None:
                    return
                self._one_epoch()

    def _one_epoch(self) -> None:
        vector, memory = self.parameters.vector, self._descent.memory
        before = (vector.copy(), memory.copy()) if self._may_diverge else None
        self._descent.run_epoch()
        cost = self._descent.training_evaluator.cost()
        if before is not None and stop_rules.diverged(vector, cost):
            vector[...], memory[...] = before
            self.end = stop_rules.ENDS[stop_rules.DIVERGED]
            return
        self.cost[self.epoch] = cost
        if self._tests:
            self.test_cost[self.epoch] = self._descent.test_evaluator.cost()
        self.epoch += 1
        if self._has_rule:
            self._check_rules(cost)
        if self.end is None and self.epoch == self.experiment.epochs:
            self.end = stop_rules.ENDS[stop_rules.COMPLETED]

    def _check_rules(self, cost: Numbers) -> None:
        correct = self._descent.training_evaluator.all_correct() if self._rules.asks_for_outputs else None
        code = int(self._rules.check(cost, self.test_cost[self.epoch - 1], correct))
        if code != stop_rules.UNDER_WAY:
            self.end = stop_rules.ENDS[code]

    def current_cost(self) -> float:
        """The cost of the present parameters over the training rows."""
        return float(self.cost[self.epoch - 1]) if self.epoch > self.first_epoch else self.initial_cost

    def current_test_cost(self) -> float:
        """The cost of the present parameters over the test rows; NaN if there are none."""
        trained = self.epoch > self.first_epoch
        return float(self.test_cost[self.epoch - 1]) if trained else self.initial_test_cost

    def checkpoint(self) -> Checkpoint:
        """Return a copy of the run's state, from which training can resume, in another process or with other settings."""
        code = stop_rules.UNDER_WAY if self.end is None else stop_rules.ENDS.index(self.end)
        return Checkpoint(
            self.epoch,
            self.parameters.vector.copy(),
            self._descent.memory.copy(),
            self._rules.memory.copy(),
            np.array(code, np.int8),
            np.array(self.epoch),
        )


def _copied(experiment: Experiment, checkpoint: Checkpoint | None) -> Checkpoint:
    """Return a writable checkpoint: a copy of the given one, or the experiment's own start."""
    if checkpoint is None:
        return Checkpoint.at_start(experiment, experiment.initial_parameters())
    if not isinstance(checkpoint, Checkpoint):
        raise TypeError(f"checkpoint must be a Checkpoint, got {type(checkpoint).__name__}")
    if isinstance(checkpoint.vector, np.ndarray) and checkpoint.networks:
        raise ValueError(
            f"a checkpoint must be of one network, got {checkpoint.networks[0]}; Checkpoint.of takes one out"
        )
    checkpoint.check(experiment)
    return checkpoint.copy()


@dataclass(frozen=True, eq=False)
class Frame:
    """A network after a number of completed epochs.

    Attributes:
        experiment: what is trained.
        epoch: epochs completed; 0 is before training.
        cost: over all training rows, with the parameters as they are then.
        test_cost: the cost over all test rows; NaN if there are none.
        parameters: a copy of its own.
    """

    experiment: Experiment
    epoch: int
    cost: float
    test_cost: float
    parameters: Parameters

    def __repr__(self) -> str:
        """Summarize it in one line."""
        return f"Frame({described(self.experiment)}: epoch {self.epoch}, cost {self.cost:.4g})"

    @property
    def weights(self) -> list[Array]:
        """Shape (n_out, n_in) a layer."""
        return self.parameters.weights

    @property
    def biases(self) -> list[Array]:
        """Shape (n_out,) a layer."""
        return self.parameters.biases

    def predict(self, points: ArrayLike) -> Array:
        """The outputs of this network at points in the coordinates of the data, (m, 2) -> (m,); see ``History.predict``."""
        return predict(self.experiment, self.parameters, points)


@dataclass(frozen=True, eq=False)
class History:
    """A finished run.

    Attributes:
        experiment: what was trained.
        cost: after each completed epoch, float64 (epochs completed,).
        initial_cost: before training.
        parameters: after the last epoch.
        test_cost, initial_test_cost: the cost over the test rows; NaN if there are none.
        end: why it ended, one of ``stop_rules.ENDS``.
    """

    experiment: Experiment
    cost: Array
    initial_cost: float
    parameters: Parameters
    test_cost: Array
    initial_test_cost: float
    end: str

    def __repr__(self) -> str:
        """Summarize it in one line."""
        return f"History({described(self.experiment)}: {self.end} after {len(self.cost)} epochs, cost {self.final_cost:.4g})"

    @property
    def final_cost(self) -> float:
        """The cost at the end: ``initial_cost`` if the run diverged in its first epoch."""
        return float(self.cost[-1]) if len(self.cost) else self.initial_cost

    @property
    def final_test_cost(self) -> float:
        """The cost over the test rows at the end; NaN if there are none."""
        return float(self.test_cost[-1]) if len(self.test_cost) else self.initial_test_cost

    @property
    def solved(self) -> bool:
        """Whether the run has learned its data: see ``solved_runs.solved``."""
        ended = np.array(stop_rules.ENDS.index(self.end))
        return bool(solved_runs.solved(np.array(self.final_cost), ended, self.experiment))

    @property
    def accuracy(self) -> float:
        """The share of training rows that are correct at the end, 0 to 1; NaN in a regression."""
        data = self.experiment.data()
        return self._accuracy(data, data.points, data.targets)

    @property
    def test_accuracy(self) -> float:
        """The share of test rows that are correct at the end; NaN if there are none."""
        data = self.experiment.data()
        return self._accuracy(data, data.test_points, data.test_targets)

    def _accuracy(self, data: Dataset, points: Array, targets: Array) -> float:
        if data.regression:
            return float("nan")
        outputs = outputs_at(self.experiment, self.parameters, points)
        return metrics.accuracy(outputs, targets, data.middle)

    @property
    def weights(self) -> list[Array]:
        """The final weights, shape (n_out, n_in) a layer."""
        return self.parameters.weights

    @property
    def biases(self) -> list[Array]:
        """The final biases, shape (n_out,) a layer."""
        return self.parameters.biases

    def predict(self, points: ArrayLike) -> Array:
        """The outputs of the trained network at points in the coordinates of the data, (m, 2) -> (m,).

        A run with ``standardize`` standardizes them first, as it did its own rows: give them as in ``experiment.points``.
        """
        return predict(self.experiment, self.parameters, points)


def train(experiment: Experiment) -> History:
    """Train to the run's end.

    The same experiment ends in the same bits every time, on one machine and NumPy build.

    Raises:
        TypeError: ``experiment`` is no Experiment.
    """
    training = Training(experiment)
    training.advance(experiment.epochs)
    return History(
        experiment,
        training.cost[: training.epoch],
        training.initial_cost,
        training.parameters,
        training.test_cost[: training.epoch],
        training.initial_test_cost,
        training.end or "",
    )


def stream(experiment: Experiment, every: int = 1) -> Iterator[Frame]:
    """Train lazily, yielding the network before training, after every so many epochs, and at its end.

    Args:
        experiment: what to train.
        every: epochs between two frames, at least 1.

    Raises:
        ValueError: ``every`` is below 1. It is raised here, not at the first frame.
        TypeError: ``every`` is no whole number, or ``experiment`` no Experiment. It is raised here too.
    """
    every = index(every)
    if every < 1:
        raise ValueError(f"every must be at least 1 epoch, got {every}")
    return _frames(Training(experiment), every)


def _frames(training: Training, every: int) -> Iterator[Frame]:
    while True:
        yield Frame(
            training.experiment,
            training.epoch,
            training.current_cost(),
            training.current_test_cost(),
            training.parameters.copy(),
        )
        if training.end is not None:
            return
        before = training.epoch
        training.advance(every)
        if training.epoch == before:  # it diverged at once
            return
