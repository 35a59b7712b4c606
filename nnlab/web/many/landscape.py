"""The landscape of the cost as it is sent: one slice, at once."""

import numpy as np

from nnlab.core import landscape
from nnlab.web.border.experiments import understood
from nnlab.web.many import format as many_format
from nnlab.web.many.requests import LandscapeRequest


def answer(asked: LandscapeRequest) -> bytes:
    """Head, slice and tail."""
    view, axes, network = asked.view, asked.places(), asked.network()
    x, y = (np.linspace(*landscape.span(np.array(path)), view.size) for path in (view.x_path, view.y_path))
    cost = landscape.cost_over(asked.experiment, network, axes, x, y)
    at = [network.vector[landscape.index_of(asked.experiment, place)] for place in axes]
    height = landscape.cost_over(asked.experiment, network, axes, at[:1], at[1:])
    head = understood(asked) | {"view": view.model_dump(mode="json")}
    values = {"x": x.tolist(), "y": y.tolist(), "point": [*map(float, at), float(height[0, 0])]}
    return (
        many_format.write_head(head)
        + many_format.write_slice(values, cost)
        + many_format.write_tail({"reason": "completed"})
    )
