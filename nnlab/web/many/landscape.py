"""The landscape of the cost as it is sent: one slice, computed a few rows in each turn."""

from collections.abc import Callable, Iterator

import numpy as np

from nnlab.core import landscape
from nnlab.core.many import slice_size
from nnlab.web.border.answering import Packer
from nnlab.web.border.experiments import understood
from nnlab.web.many import format as many_format
from nnlab.web.many.jobs import ManyProgress
from nnlab.web.many.requests import LandscapeRequest
from nnlab.web.runs.turns import Ticket, Turns


def stream(
    asked: LandscapeRequest,
    turns: Turns,
    ticket: Ticket,
    wanted: Callable[[], bool],
    progress: ManyProgress,
) -> Iterator[bytes]:
    """The bytes of an answer, gzip-compressed.

    The largest slice of the deepest network takes 0.6 s and 400 MB at once; in rows it stays within a core's own
    cache and takes 0.1 s, in turns of a few milliseconds.

    Raises:
        AbandonedError: ``wanted`` said no: the client left.
    """
    packer, experiment, view = Packer(progress), asked.experiment, asked.view
    yield from packer.pack(many_format.write_head(understood(asked) | {"view": view.model_dump(mode="json")}))
    axes, network = asked.places(), asked.network()
    x, y = (np.linspace(*landscape.span(np.array(path)), view.size) for path in (view.x_path, view.y_path))
    at = [network.vector[landscape.index_of(experiment, place)] for place in axes]
    height = landscape.cost_over(experiment, network, axes, at[:1], at[1:])
    cost, rows = np.empty((view.size, view.size)), max(1, slice_size(experiment) // view.size)
    for start in range(0, view.size, rows):
        some = slice(start, start + rows)
        with turns.turn(ticket, wanted):
            cost[some] = landscape.cost_over(experiment, network, axes, x, y[some])
        progress.networks += cost[some].size
    progress.reason = "completed"
    values = {"x": x.tolist(), "y": y.tolist(), "point": [*map(float, at), float(height[0, 0])]}
    written = many_format.write_slice(values, cost) + many_format.write_tail({"reason": "completed"})
    yield from packer.pack(written, last=True)
