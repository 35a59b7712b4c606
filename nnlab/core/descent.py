"""``Descent`` runs epochs of mini-batch gradient descent, for one network or for many at once."""

from functools import partial

from nnlab.core import batches, features
from nnlab.core.arrays import Numbers
from nnlab.core.evaluator import Evaluator
from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES
from nnlab.core.network import Batch, Parameters, PassBuffers
from nnlab.core.update_rule import UpdateRule


class Descent:
    """Trains parameters in place, epoch by epoch: the fast form of ``Update``, which a test holds it to bit for bit.

    Attributes:
        dataset: what is trained on.
        parameters: of one network or of many, changed in place.
        memory: what the update keeps, see ``UpdateRule``; changed in place.
        training_evaluator, test_evaluator: of the parameters on all training rows, on all test rows.
    """

    def __init__(
        self,
        experiment: Experiment,
        parameters: Parameters,
        *,
        learning_rate: float | Numbers | None = None,
        epoch: int = 0,
        memory: Numbers | None = None,
    ) -> None:
        """Divide the data into batches.

        Args:
            experiment: whose data, features, functions, batches and update they are.
            parameters: their present values.
            learning_rate: the experiment's if left out; (N,) if each of many networks has its own.
            epoch: epochs completed.
            memory: as it was then; 0 if left out.
        """
        self.dataset, self.parameters = experiment.data(), parameters
        self.training_evaluator = Evaluator.training(experiment, parameters, self.dataset)
        self.test_evaluator = Evaluator.test(experiment, parameters, self.dataset)
        self._experiment, self._epoch, self._shuffles = experiment, epoch, experiment.shuffle
        self._inputs = features.apply(experiment.features, self.dataset.points).T
        self._lay_out_batches()
        rule = UpdateRule.of(experiment, learning_rate)
        self.memory = rule.no_memory(parameters.vector) if memory is None else memory
        self._update = rule.bound(parameters, self.memory, epoch * len(self._batches))
        self._arguments = rule.arguments(self.memory)

    def _lay_out_batches(self) -> None:
        """Make the batches of an epoch; those of one size share memory."""
        experiment, targets, rows = self._experiment, self.dataset.targets, len(self.dataset.targets)
        self._chunks = batches.chunks(rows, batches.batch_size(experiment, rows))
        sizes = [chunk.stop - chunk.start for chunk in self._chunks]
        buffers = partial(PassBuffers, self.parameters, experiment.layer_activations)
        spaces, loss = {size: buffers(size) for size in set(sizes)}, LOSSES[experiment.loss]
        self._batches = [
            Batch(
                spaces[size],
                loss,
                self._inputs[:, chunk],
                targets[chunk],
                batches.divisor(experiment, rows, size),
            )
            for size, chunk in zip(sizes, self._chunks, strict=True)
        ]

    def run_epoch(self) -> None:
        """Take every batch once, and update the parameters by its gradient."""
        if self._shuffles:
            self._shuffle()
        self._epoch += 1
        update, arguments = self._update, self._arguments
        for batch in self._batches:
            batch.forward()
            update(batch.backward(), *arguments)

    def _shuffle(self) -> None:
        """Load the rows into the batches in this epoch's order."""
        rows = batches.shuffled(self._experiment, self._epoch, len(self.dataset.targets))
        for batch, chunk in zip(self._batches, self._chunks, strict=True):
            batch.take(self._inputs[:, rows[chunk]], self.dataset.targets[rows[chunk]])
