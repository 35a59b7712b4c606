"""``NetworkNotation`` holds the shape of a network, and how its features, units and functions are written in LaTeX."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES
from nnlab.formulas import notation
from nnlab.formulas.functions import ACTIVATION_NOTATION, FEATURE_NOTATION, ActivationNotation

MOST_PARAMETERS = 13
"""With more weights and biases than this, a network is written layer by layer, not unit by unit."""

Address = tuple[int, int, int | None]
"""Layer, unit and input of a weight, each from 1; no input means the unit's bias."""


@dataclass(frozen=True)
class NetworkNotation:
    """The shape of a network, and how its inputs and functions are written.

    Attributes:
        sizes: units in each layer, from the features to the output.
        features: the features, written.
        functions: the activation function of each layer, with its name in the registry.
        spelled_out: every weight has a formula of its own.
        slope_cancels: the output's delta is the bare difference a - y, as behind cross-entropy.
    """

    sizes: tuple[int, ...]
    features: tuple[str, ...]
    functions: tuple[tuple[str, ActivationNotation], ...]
    spelled_out: bool
    slope_cancels: bool

    @classmethod
    def of(cls, experiment: Experiment) -> "NetworkNotation":
        """Return the notation of an experiment's network."""
        names = [experiment.activation] * len(experiment.hidden_layer_sizes) + [experiment.output_activation]
        return cls(
            sizes=experiment.layer_sizes,
            features=tuple(FEATURE_NOTATION[name] for name in experiment.features),
            functions=tuple((name, ACTIVATION_NOTATION[name]) for name in names),
            spelled_out=experiment.parameter_count <= MOST_PARAMETERS,
            slope_cancels=LOSSES[experiment.loss].slope_in_sums,
        )

    @property
    def depth(self) -> int:
        """Layers of weights: the hidden ones and the output's."""
        return len(self.sizes) - 1

    @property
    def layers(self) -> range:
        """The numbers of the layers, 1 to depth."""
        return range(1, self.depth + 1)

    @property
    def output(self) -> str:
        """The network's output, as an activation."""
        return notation.activation(self.depth, 1)

    def units(self, layer: int) -> range:
        """The units of a layer; layer 0 is the features."""
        return range(1, self.sizes[layer] + 1)

    def function(self, layer: int) -> ActivationNotation:
        """The activation function of a layer."""
        return self.functions[layer - 1][1]

    def signals(self, layer: int) -> Sequence[str]:
        """The symbols of a layer's outputs, one a unit; of layer 0 the features."""
        return self.features if layer == 0 else [notation.activation(layer, i) for i in self.units(layer)]

    def addresses(self) -> list[Address]:
        """The address of every weight and bias, in the order of ``Parameters.vector``."""
        return [
            (l, i, source)
            for l in self.layers
            for i in self.units(l)
            for source in (*self.units(l - 1), None)
        ]

    def paths(self, layer: int, unit: int) -> list[tuple[int, ...]]:
        """Every path from a unit to the output: the unit in each layer, the first one included."""
        return [(unit, *rest) for rest in product(*(self.units(l) for l in self.layers[layer:]))]
