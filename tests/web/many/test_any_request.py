"""Any request about many networks, however malformed, is answered completely or refused."""

from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.web.many import many_limits

from ..arbitrary_input import any_bytes, any_json, any_number, turned_over
from ..http_client import errors, post
from .sample_requests import LANDSCAPE, MAP, PATHS, POINT, STARTS, Recording

ANY_NUMBER = any_number(5.0, 4.999999999999998, 0.001)
NAMES = [
    "learning_rate",
    "scale",
    "seed",
    "epochs",
    "weights.0.0.0",
    "weights.1.0.1",
    "biases.1.0",
    "weights.9.0.0",
]
ANY_JSON = any_json(ANY_NUMBER, st.sampled_from(NAMES))
EXPERIMENT = st.fixed_dictionaries(
    {"epochs": st.integers(1, 3)},
    optional={
        "initialization": st.sampled_from(["notebook", "uniform", "zeros", "xavier", "normal"]),
        "encoding": st.sampled_from(["bipolar", "binary"]),
        "output_activation": st.sampled_from(["tanh", "sigmoid"]),
        "learning_rate": st.floats(0.001, 10),
        "batch_size": st.integers(1, 4),
        "seed": st.integers(0, 2**32 - 1),
        "scale": st.floats(0.01, 5),
    },
)
END = st.floats(0.001, 10) | st.sampled_from([0.001, 0.01, 4.999999999999998, 5.0, 10.0]) | ANY_NUMBER
AXIS = st.fixed_dictionaries(
    {"setting": st.sampled_from(NAMES), "low": END, "high": END},
    optional={"spacing": st.sampled_from(["linear", "log", "cubic"])},
)
PARAMETER = st.floats(-1e100, 1e100)
VIEWS = {
    STARTS: st.fixed_dictionaries({"starts": st.integers(10, 12), "wall": st.integers(1, 4)}),
    MAP: st.fixed_dictionaries({"size": st.integers(2, 5)}, optional={"x": AXIS, "y": AXIS, "numbers": st.booleans()}),
    LANDSCAPE: st.fixed_dictionaries(
        {
            "size": st.integers(2, 5),
            "x_path": st.lists(PARAMETER, min_size=2, max_size=2).map(sorted),
            "y_path": st.lists(PARAMETER, min_size=1, max_size=3).map(sorted),
        },
        optional={"x": st.sampled_from(NAMES), "y": st.sampled_from(NAMES)},
    ),
}  # fmt: skip
VIEWS[POINT] = VIEWS[MAP]


@st.composite
def bodies(draw, path):
    """Good requests, some with a field of anything put in, some with bytes turned over."""
    asked = {"version": 3, "experiment": draw(EXPERIMENT), "view": draw(VIEWS[path])}
    if path == LANDSCAPE:
        asked["parameters"] = draw(st.lists(PARAMETER, min_size=9, max_size=9))
    if path == POINT:
        asked |= {"row": draw(st.integers(0, 5)), "column": draw(st.integers(0, 5))}
    if draw(st.booleans()):
        place = draw(st.sampled_from([asked, asked["experiment"], asked["view"]]))
        names = st.sampled_from([*place, "reshape", "momentum"])
        place[draw(names)] = draw(ANY_JSON)
    return draw(turned_over(asked))


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sent_the_answer_is_whole_or_a_refusal(client, path, data):
    sent = data.draw(bodies(path) | any_bytes(ANY_JSON))
    with small_work():
        response = post(client, path, sent)
    if response.status_code != 200:
        assert response.status_code == 422
        errors(response)
    elif path == POINT:
        Experiment.model_validate_json(response.data)
    else:
        assert Recording.of(response.data).tail[0]["reason"] == "completed"


@contextmanager
def small_work():
    """What anything put in may make large is refused: tests are to be over soon."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(many_limits, "WORK_LIMIT", 20_000_000)
        yield
