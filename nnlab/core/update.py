"""The readable form of one parameter update, with every number kept; no run trains by it.

Runs train with ``descent.Descent``, the fast form; a test holds the two together bit for bit. The formulas page
takes the numbers of an update from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnlab.core import batches, features
from nnlab.core.arrays import Numbers
from nnlab.core.backpropagation import Backpropagation
from nnlab.core.batches import RowNumbers
from nnlab.core.checkpoint import Checkpoint
from nnlab.core.data.datasets import Dataset
from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES
from nnlab.core.network import Parameters
from nnlab.core.update_rule import UpdateRule


@dataclass(frozen=True, eq=False)
class Update:
    """One update of a network's parameters by one batch, with all intermediate numbers.

    Attributes:
        number: of the update in its run; 1 is the first.
        rows: of the batch, numbers of training rows from 0.
        divisor: of the summed gradient.
        before: the parameters.
        memory_before: what the rule remembers, see ``UpdateRule``.
        passes: the batch's forward and backward pass.
        memory: what the rule remembers afterwards.
        stepped: the parameters after the optimizer's step.
        slope: of the penalty at each parameter before; 0 for biases, and if there is no penalty.
        pull: learning rate times penalty's rate times slope, which is taken off.
        pulled: after the pull, and before any weight is held at 0.
        after: the parameters at the end.
    """

    number: int
    rows: RowNumbers
    divisor: int
    before: Parameters
    memory_before: Numbers
    passes: Backpropagation
    memory: Numbers
    stepped: Parameters
    slope: Parameters
    pull: Parameters
    pulled: Parameters
    after: Parameters

    @property
    def gradient(self) -> Parameters:
        """The batch's gradient, divided by the divisor."""
        return self.passes.gradient

    @property
    def step(self) -> Numbers:
        """What the optimizer adds to the parameters, laid out as ``Parameters.vector``."""
        return np.asarray(self.stepped.vector - self.before.vector)

    @classmethod
    def of(
        cls,
        experiment: Experiment,
        dataset: Dataset,
        before: Parameters,
        memory: Numbers,
        rows: RowNumbers,
        number: int,
        learning_rate: float | Numbers | None = None,
    ) -> "Update":
        """Compute one update.

        Args:
            experiment: whose functions and rule apply.
            dataset: the experiment's data.
            before: the parameters, of one network or of many.
            memory: what the rule remembers by then.
            rows: of the batch, numbers of training rows from 0.
            number: of the update in its run.
            learning_rate: the experiment's if left out; (N,) if each of many networks has its own.
        """
        rule, sizes = UpdateRule.of(experiment, learning_rate), before.layer_sizes
        divisor = batches.divisor(experiment, len(dataset.targets), len(rows))
        through = passes(experiment, dataset, before, rows, divisor)
        stepped, kept = before.copy(), memory.copy()
        counted = {"update": number} if rule.optimizer.counts else {}
        rule.stepper(stepped.vector)(through.gradient.vector.copy(), *rule.arguments(kept), **counted)
        slope, pull = rule.slope_and_pull(before)
        after, pulls = stepped.copy(), rule.puller(before, kept)
        if pulls is not None:
            pulls(after.vector, before.vector)
        return cls(
            number,
            rows,
            divisor,
            before,
            memory,
            through,
            kept,
            stepped,
            Parameters(sizes, slope),
            Parameters(sizes, pull),
            Parameters(sizes, stepped.vector - pull),
            after,
        )


def passes(
    experiment: Experiment, dataset: Dataset, parameters: Parameters, rows: RowNumbers, divisor: int
) -> Backpropagation:
    """Compute the forward and backward pass of some training rows through an experiment's network.

    Args:
        experiment: whose features, functions and loss apply.
        dataset: the experiment's data.
        parameters: of one network or of many.
        rows: numbers of training rows, from 0.
        divisor: what the summed gradient is divided by.
    """
    inputs = features.apply(experiment.features, dataset.points).T
    activations, loss = experiment.layer_activations, LOSSES[experiment.loss]
    return Backpropagation.of(parameters, activations, loss, inputs[:, rows], dataset.targets[rows], divisor)


def updates(
    experiment: Experiment, checkpoint: Checkpoint, learning_rate: float | Numbers | None = None
) -> Iterator[Update]:
    """Compute every update of the epoch that follows a checkpoint, one at a time; none after the run's last epoch.

    Args:
        experiment: whose data, order and rule apply.
        checkpoint: of one network or of many; it stays as it is.
        learning_rate: the experiment's if left out; (N,) if each of many networks has its own.

    Raises:
        ValueError: the checkpoint does not fit the experiment.
    """
    checkpoint.check(experiment)
    if checkpoint.epoch >= experiment.epochs:
        return
    dataset = experiment.data()
    parameters = Parameters(experiment.layer_sizes, checkpoint.vector.copy())
    memory = checkpoint.memory.copy()
    every = batches.epoch_batches(experiment, checkpoint.epoch, len(dataset.targets))
    for number, rows in enumerate(every, start=checkpoint.epoch * len(every) + 1):
        made = Update.of(experiment, dataset, parameters, memory, rows, number, learning_rate)
        yield made
        parameters, memory = made.after, made.memory
