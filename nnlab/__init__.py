"""nnlab: train small neural networks in plain NumPy and watch them learn.

    >>> import nnlab
    >>> history = nnlab.train(nnlab.Experiment())  # the teaching notebook's XOR run
    >>> round(float(history.cost[-1]), 9)
    0.004025441

Thousands of them at once:

    >>> uniform = nnlab.Experiment(initialization="uniform")
    >>> nnlab.many_starts(uniform, starts=1000).success.value > 0.7
    True

Importing this package brings NumPy and pydantic only; the web lab is ``nnlab.web``.
"""

from nnlab.core.experiment import Experiment
from nnlab.core.many.landscape import CostLandscape, cost_landscape
from nnlab.core.many.many_training import ManyHistory, train_many
from nnlab.core.many.starts import ManyStarts, many_starts
from nnlab.core.many.trainability import TrainabilityMap, trainability_map
from nnlab.core.training import Frame, History, stream, train

__version__ = "0.2.0"

__all__ = [
    "CostLandscape",
    "Experiment",
    "Frame",
    "History",
    "ManyHistory",
    "ManyStarts",
    "TrainabilityMap",
    "cost_landscape",
    "many_starts",
    "stream",
    "train",
    "train_many",
    "trainability_map",
]
