"""nnlab: train small neural networks in plain NumPy and watch them learn.

    >>> import nnlab
    >>> history = nnlab.train(nnlab.Experiment())  # the teaching notebook's XOR run
    >>> round(float(history.cost[-1]), 9)
    0.004025441

Importing this package brings NumPy and pydantic only; the web lab is ``nnlab.web``.
"""

from nnlab.core.experiment import Experiment
from nnlab.core.training import Frame, History, stream, train

__version__ = "0.1.0"

__all__ = ["Experiment", "Frame", "History", "stream", "train"]
