"""The state of training between two epochs: all that is needed to resume it, in any process, with the same bits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.core import stop_rules
from nnlab.core.arguments import whole_number
from nnlab.core.arrays import Array, Numbers
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters, parameter_count, shape_name
from nnlab.core.stop_rules import Codes
from nnlab.core.update_rule import UpdateRule


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The state of one run, or of many runs side by side, after some epoch.

    It belongs to no experiment: any whose network and update rule have arrays of these shapes can be trained on
    from it, with another learning rate, say, or on other data. A run that a rule ended, or that diverged, stays ended under
    them all: see ``ends_under``. Shapes are those of one run; many have an axis (N,) more.

    Attributes:
        epoch: epochs completed by the runs that have not ended.
        vector: the parameters, (n,).
        memory: the vectors that the update rule keeps, (k, n).
        stop_memory: the numbers that the stop rules keep, (NUMBERS_KEPT,).
        ends: why it ended, an index into ``stop_rules.ENDS``, or UNDER_WAY, ().
        last_epochs: epochs completed, ().
    """

    epoch: int
    vector: Numbers
    memory: Numbers
    stop_memory: Array
    ends: Codes
    last_epochs: NDArray[np.int64]

    @classmethod
    def at_start(cls, experiment: Experiment, parameters: Parameters, epoch: int = 0) -> "Checkpoint":
        """Return a checkpoint of these parameters with empty optimizer and stop memory, after ``epoch`` epochs."""
        vector, networks = parameters.vector.copy(), parameters.networks
        return cls(
            epoch,
            vector,
            UpdateRule.of(experiment).no_memory(vector),
            stop_rules.no_stop_memory(networks),
            np.full(networks, stop_rules.UNDER_WAY, np.int8),
            np.full(networks, epoch, np.int64),
        )

    @property
    def networks(self) -> tuple[int, ...]:
        """The axis of networks: () for one, (N,) for many."""
        return self.vector.shape[1:]

    def copy(self) -> "Checkpoint":
        """Return a writable copy."""
        return Checkpoint(
            self.epoch,
            self.vector.copy(),
            self.memory.copy(),
            self.stop_memory.copy(),
            self.ends.copy(),
            self.last_epochs.copy(),
        )

    def of(self, number: int) -> "Checkpoint":
        """Return the checkpoint of one run of many, at its own last epoch, in double precision."""
        return Checkpoint(
            int(self.last_epochs[number]),
            self.vector[:, number].astype(np.float64),
            self.memory[..., number].astype(np.float64),
            self.stop_memory[:, number].copy(),
            np.array(self.ends[number]),
            np.array(self.last_epochs[number]),
        )

    def check(self, experiment: Experiment) -> None:
        """Check that an experiment can be trained on from here.

        Raises:
            ValueError: an array has another shape than the network or the update rule needs, a number is not finite, an end
                is none, or the epoch is not one of the run or not that of the runs under way.
            TypeError: ``vector`` is no array of floating-point numbers, or another array no array.
        """
        self._check_arrays()
        count = parameter_count(experiment.layer_sizes)
        if self.vector.shape != (count, *self.networks):
            sizes = shape_name(experiment.layer_sizes)
            raise ValueError(
                f"a checkpoint for the network {sizes} must have {count} parameters, got {len(self.vector)}"
            )
        vectors = UpdateRule.of(experiment).vectors
        if self.memory.shape != (vectors, *self.vector.shape):
            raise ValueError(
                f"a checkpoint for {experiment.optimizer} with these settings must remember {vectors} vectors of the"
                f" parameters' shape, got {self.memory.shape}; Checkpoint.at_start gives one that remembers nothing"
            )
        self._check_shape("stop_memory", (stop_rules.NUMBERS_KEPT, *self.networks))
        self._check_shape("ends", self.networks)
        self._check_shape("last_epochs", self.networks)
        if not np.isfinite(self.vector).all():
            raise ValueError("vector of a checkpoint must be finite numbers, got some that are not")
        self._check_epochs(experiment)

    def _check_arrays(self) -> None:
        for name in ("vector", "memory", "stop_memory", "ends", "last_epochs"):
            array = getattr(self, name)
            if not isinstance(array, np.ndarray | np.generic):
                raise TypeError(f"{name} of a checkpoint must be an array, got {type(array).__name__}")
        if not np.issubdtype(self.vector.dtype, np.floating):
            raise TypeError(f"vector of a checkpoint must be floating-point numbers, got {self.vector.dtype}")
        if self.vector.ndim not in (1, 2):
            raise ValueError(
                f"vector of a checkpoint must have shape (n,) or (n, N), got {self.vector.shape}"
            )

    def _check_shape(self, name: str, shape: tuple[int, ...]) -> None:
        got = getattr(self, name).shape
        if got != shape:
            raise ValueError(f"{name} of a checkpoint must have shape {shape}, got {got}")

    def _check_epochs(self, experiment: Experiment) -> None:
        epoch = whole_number("epoch of a checkpoint", self.epoch, 0)
        if epoch > experiment.epochs:
            raise ValueError(
                f"epoch of a checkpoint must be at most {experiment.epochs}, the run's last, got {epoch}"
            )
        last = len(stop_rules.ENDS) - 1
        wrong = self.ends[(self.ends < stop_rules.UNDER_WAY) | (self.ends > last)]
        if wrong.size:
            raise ValueError(
                f"ends of a checkpoint must be within {stop_rules.UNDER_WAY} and {last}, got {wrong.flat[0]}"
            )
        under_way = self.ends == stop_rules.UNDER_WAY
        late = self.last_epochs[np.where(under_way, self.last_epochs != epoch, self.last_epochs > epoch)]
        if late.size:
            raise ValueError(
                f"last_epochs of a checkpoint must be its epoch, {epoch}, or less for runs that have ended,"
                f" got {late.flat[0]}"
            )

    def ends_under(self, experiment: Experiment) -> Codes:
        """Return the ends, with completed runs reopened if the experiment has more epochs.

        A run that a rule ended, or that diverged, stays ended, whatever rules the experiment has.
        ``Checkpoint.at_start(experiment, parameters, epoch)`` makes a checkpoint from which it goes on.
        """
        completed = (self.ends == stop_rules.COMPLETED) | (self.ends == stop_rules.UNDER_WAY)
        over = self.last_epochs >= experiment.epochs
        return np.asarray(
            np.where(completed, np.where(over, stop_rules.COMPLETED, stop_rules.UNDER_WAY), self.ends),
            dtype=np.int8,
        )
