"""The plan of a map: all that decides its numbers, and the parts in which they are trained."""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np

from nnlab.core.experiment import Experiment
from nnlab.core.many import trainability
from nnlab.core.many.many_training import Epochs, cost_epochs, slice_size
from nnlab.core.many.trainability import Axis, spec
from nnlab.core.many.variations import Precision, Variations


@dataclass(frozen=True)
class MapPlan:
    """Everything that decides the numbers of a map.

    Attributes:
        experiment: that all runs share but for the axes.
        x, y: the axes.
        size: runs a side.
        precision: to train in.
    """

    experiment: Experiment
    x: Axis
    y: Axis
    size: int
    precision: Precision

    def __len__(self) -> int:
        """How many runs."""
        return self.size * self.size

    @cached_property
    def cost_epochs(self) -> Epochs:
        """The epochs at which costs are taken."""
        return cost_epochs(self.experiment.epochs)

    @cached_property
    def cuts(self) -> list[int]:
        """Where the runs, row by row, are cut into parts: part i is from cut i to the next."""
        parts = -(-len(self) // slice_size(self.experiment))
        edges = np.linspace(0, len(self), parts + 1).astype(int)
        return [int(edge) for edge in edges]

    @property
    def parts(self) -> int:
        """How many parts."""
        return len(self.cuts) - 1

    def part_size(self, part: int) -> int:
        """How many runs a part has."""
        return self.cuts[part + 1] - self.cuts[part]

    def variations(self, part: int) -> Variations:
        """The runs of a part; made anew each time, for all parts together would fill the memory.

        Raises:
            ValueError: the axes are one and the same, or the network has no such parameter.
        """
        rows, columns = np.divmod(np.arange(self.cuts[part], self.cuts[part + 1]), self.size)
        return trainability.variations(self.experiment, self.x, self.y, self.size, rows, columns)

    def axes_text(self) -> str:
        """The axes as JSON."""
        return json.dumps({"x": spec(self.x), "y": spec(self.y)})

    def signature(self) -> str:
        """What no other plan has; another NumPy counts too, since its last bits may differ."""
        asked = [
            self.experiment.model_dump_json(),
            self.axes_text(),
            str(self.size),
            self.precision,
            json.dumps(self.cost_epochs.tolist()),
            json.dumps(self.cuts),
            np.__version__,
        ]
        return sha256("\n".join(asked).encode()).hexdigest()[:16]
