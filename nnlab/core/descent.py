"""Mini-batch gradient descent through whole epochs: the same for one network and for many at once."""

from functools import partial

from nnlab.core import features, optimizers
from nnlab.core.activations import ACTIVATIONS, Activation
from nnlab.core.arrays import Numbers
from nnlab.core.experiment import Experiment
from nnlab.core.network import Batch, Parameters


def network_activations(experiment: Experiment) -> list[Activation]:
    """The activation of each layer: the hidden one throughout, the output's own at the end."""
    hidden = [ACTIVATIONS[experiment.activation]] * len(experiment.hidden_layer_sizes)
    return [*hidden, ACTIVATIONS[experiment.output_activation]]


class Descent:
    """Parameters on their way down the cost, and the batches that show them the way.

    Attributes:
        dataset: what is trained on.
        parameters: of one network or of many, changed in place.
    """

    def __init__(
        self, experiment: Experiment, parameters: Parameters, learning_rate: float | Numbers
    ) -> None:
        """Cut the data into batches.

        Args:
            experiment: whose data, features, activations and batches they are.
            parameters: where they are now.
            learning_rate: one for all networks, or (N,).
        """
        self.dataset = experiment.data()
        self.parameters = parameters
        self._learning_rate = learning_rate
        inputs = features.apply(experiment.features, self.dataset.points).T
        rows, size = len(self.dataset.targets), experiment.batch_size
        batch = partial(Batch, parameters, network_activations(experiment))
        self._all_rows = batch(inputs, self.dataset.targets, divisor=rows)
        self._batches = []
        for start in range(0, rows, size):
            chosen = slice(start, min(start + size, rows))
            divisor = size if experiment.batch_divisor == "nominal" else chosen.stop - start
            self._batches.append(batch(inputs[:, chosen], self.dataset.targets[chosen], divisor=divisor))

    def run_epoch(self) -> None:
        """Take every batch once, in the rows' order.

        theta <- theta - learning_rate * gradient of the batch's cost
        """
        theta = self.parameters.vector
        for batch in self._batches:
            batch.forward()
            optimizers.gradient_descent(theta, batch.backward(), self._learning_rate)

    def cost(self) -> Numbers:
        """The cost over all rows, with the parameters as they are now: a number, or (N,)."""
        return self._all_rows.cost()
