"""What of a network is to be seen at each frame: its surface, its units' maps, its hidden space."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.core import hidden_space, plane
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.arrays import Array
from nnlab.core.datasets import Dataset
from nnlab.core.descent import network_activations
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.core.plane import Plane
from nnlab.web.runs import format as run_format
from nnlab.web.runs.request import View

UNIT_GRID = 20
"""Points a side of a unit's map."""


def reach_of(dataset: Dataset) -> float:
    """How far the largest target is from the middle: where a picture's colour is full."""
    return float(np.abs(dataset.targets - dataset.middle).max()) or 1.0


class Painter:
    """Computes one run's pictures, each only if it is looked at."""

    def __init__(self, experiment: Experiment, dataset: Dataset, axis: Array, view: View) -> None:
        """Lay the grids out."""
        self._experiment, self._dataset, self._axis, self._view = experiment, dataset, axis, view
        self._activations = network_activations(experiment)
        self._plane = Plane.over(axis, experiment.features, np.float32)
        if view.units:
            self._small = Plane.over(plane.axis(dataset, UNIT_GRID), experiment.features, np.float32)
        self._dimensions = hidden_space.dimensions(experiment) if view.hidden else None
        if self._dimensions:
            lattice = hidden_space.lattice(dataset.domain)
            self._points = np.concatenate([dataset.points, dataset.test_points, lattice])
        hidden = ACTIVATIONS[experiment.activation]
        self._unit_middle = 0.5 if experiment.activation == "sigmoid" else 0.0
        self._unit_reach = hidden.high - self._unit_middle if hidden.bounded else None

    def head(self) -> dict[str, Any]:
        """What a reader must know of them."""
        threshold = hidden_space.threshold(self._experiment, self._dataset.middle)
        return {
            "unit_middle": self._unit_middle,
            "unit_reach": self._unit_reach,
            "lattice": hidden_space.LATTICE,
            "threshold": threshold if np.isfinite(threshold) else None,
        }

    def surface(self, parameters: Parameters) -> tuple[float, NDArray[np.uint8]]:
        """The output over the plane: its reach and its levels."""
        with np.errstate(over="ignore", invalid="ignore"):  # a run may be about to diverge
            outputs = self._plane.outputs(parameters, self._activations)
        return run_format.quantize(outputs, self._dataset.middle)

    def exact(self, parameters: Parameters) -> Array:
        """The same in full precision."""
        with np.errstate(over="ignore", invalid="ignore"):
            outputs = Plane.over(self._axis, self._experiment.features).outputs(parameters, self._activations)
        return np.asarray(run_format.finite(outputs), dtype=np.float64)

    def more(self, parameters: Parameters) -> bytes:
        """The records that follow a frame, of what is looked at."""
        with np.errstate(over="ignore", invalid="ignore"):
            units = self._units(parameters) if self._view.units else b""
            return units + (self._hidden(parameters) if self._dimensions else b"")

    def _units(self, parameters: Parameters) -> bytes:
        given, *hidden = self._small.units(parameters, self._activations)[:-1]
        parts = [run_format.quantize_each(given, 0.0)]
        parts += [run_format.quantize_each(layer, self._unit_middle) for layer in hidden]
        reaches, levels = zip(*parts, strict=True)
        return run_format.write_units(run_format.UnitsRecord(np.concatenate(reaches), np.concatenate(levels)))

    def _hidden(self, parameters: Parameters) -> bytes:
        places = hidden_space.places(self._experiment, parameters, self._points)
        shown = run_format.finite(places).astype(np.float32)
        return run_format.write_hidden(run_format.HiddenRecord(shown))
