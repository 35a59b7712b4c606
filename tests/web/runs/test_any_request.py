"""Any request for a run, however malformed, is answered with a run or refused."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.web.runs import run_endpoint

from ..arbitrary_input import any_bytes, any_json, any_number, turned_over
from ..http_client import JSON, errors
from .servers import Recording, body, post

ANY_JSON = any_json(any_number())
GOOD_EXPERIMENT = st.fixed_dictionaries(
    {
        "epochs": st.integers(1, 3),
        "initialization": st.sampled_from(["uniform", "zeros", "xavier", "normal"]),
    },
    optional={
        "dataset": st.sampled_from(["and", "xor", "custom"]),
        "targets": st.lists(st.integers(0, 1), min_size=4, max_size=4),
        "encoding": st.sampled_from(["bipolar", "binary"]),
        "features": st.lists(st.sampled_from(["x1", "x2", "x1*x2", "x1 and x2"]), min_size=1, max_size=4),
        "hidden_layer_sizes": st.lists(st.integers(1, 8), max_size=6),
        "learning_rate": st.floats(0.001, 10),
        "batch_size": st.integers(1, 4),
        "seed": st.integers(0, 2**32 - 1),
        "scale": st.floats(0.01, 5),
    },
)
SMALL_VIEW = st.fixed_dictionaries(
    {}, optional={"frames": st.integers(2, 9), "epoch": st.integers(0, 4), "gradients": st.booleans()}
)
EXPLICIT = st.fixed_dictionaries(
    {
        "epochs": st.just(3),
        "learning_rate": st.floats(0.001, 10),
        "initialization": st.just("explicit"),
        "weights": st.tuples(
            st.lists(st.lists(st.floats(-1000, 1000), min_size=2, max_size=2), min_size=2, max_size=2),
            st.lists(st.lists(st.floats(-1000, 1000), min_size=2, max_size=2), min_size=1, max_size=1),
        ),
        "biases": st.just([[0, 0], [0]]),
    }
)
FIELDS = [*Experiment.model_fields, "view", "reshape", "version", "momentum"]


@st.composite
def bodies(draw):
    """Good requests, some with a field of anything put in, some with bytes turned over."""
    asked = {"version": 3, "experiment": draw(GOOD_EXPERIMENT | EXPLICIT), "view": draw(SMALL_VIEW)}
    if draw(st.booleans()):
        place = asked[draw(st.sampled_from(["experiment", "view"]))] if draw(st.booleans()) else asked
        place[draw(st.sampled_from(FIELDS))] = draw(ANY_JSON)
    return draw(turned_over(asked))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=bodies() | any_bytes(ANY_JSON))
def test_whatever_is_sent_the_answer_is_a_run_or_a_refusal(client, data):
    response = post(client, data)
    if response.status_code == 200:
        Recording.of(response.data)
    else:
        assert response.status_code == 422
        errors(response)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=st.dictionaries(
        st.sampled_from(
            ["Origin", "Sec-Fetch-Site", "Host", "Content-Type", "Content-Length", "Content-Encoding"]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    )
)  # fmt: skip
def test_whatever_the_headers_say_nothing_breaks(client, headers):
    response = client.post(
        run_endpoint.RUN_PATH, data=body({"epochs": 1}), headers={"Content-Type": JSON} | headers
    )
    assert response.status_code == 200 or 400 <= response.status_code < 500
