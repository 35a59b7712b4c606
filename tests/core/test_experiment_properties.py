"""What holds for every valid experiment."""

import json

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.experiment import bounds, choices
from nnlab.core.initializers import NOTEBOOK_WEIGHTS

WEIGHT = st.floats(-1000, 1000, allow_nan=False)
ROW = st.lists(WEIGHT, max_size=8)
MATRIX = st.lists(ROW, max_size=8)
NUMERIC = ("learning_rate", "batch_size", "epochs", "seed", "scale")
NAMED = ("dataset", "encoding", "activation", "output_activation", "batch_divisor")

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def number(setting):
    low, high = bounds(setting)
    return st.floats(low, high) if isinstance(low, float) else st.integers(low, high)


@st.composite
def experiments(draw):
    """Any valid experiment: weights and biases fit if they are used, and have any shape if they are not."""
    chosen = {name: draw(number(name)) for name in NUMERIC}
    chosen |= {name: draw(st.sampled_from(choices(name))) for name in NAMED}
    chosen["targets"] = draw(st.tuples(*[st.integers(0, 1)] * 4))
    chosen["features"] = draw(st.lists(st.sampled_from(choices("features")), min_size=1, unique=True))
    chosen["hidden_layer_sizes"] = draw(st.lists(st.integers(1, 8), max_size=6))
    sizes = (len(chosen["features"]), *chosen["hidden_layer_sizes"], 1)
    allowed = [name for name in choices("initialization") if name != "notebook" or sizes in NOTEBOOK_WEIGHTS]
    chosen["initialization"] = draw(st.sampled_from(allowed))
    if chosen["initialization"] == "explicit":
        rng = np.random.default_rng(draw(st.integers(0, 2**32)))
        shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
        chosen["weights"] = [rng.uniform(-1000, 1000, shape) for shape in shapes]
        chosen["biases"] = [rng.uniform(-1000, 1000, n_out) for n_out, _ in shapes]
    else:
        chosen["weights"] = draw(st.none() | st.lists(MATRIX, max_size=7))
        chosen["biases"] = draw(st.none() | st.lists(ROW, max_size=7))
    return Experiment(**chosen)


@unhurried
@given(experiments())
def test_json_there_and_back_is_the_same_experiment_to_the_last_bit(experiment):
    back = Experiment.model_validate_json(experiment.model_dump_json())
    assert back == experiment
    assert hash(back) == hash(experiment)
    assert repr(back) == repr(experiment), "the sign of a zero as well"


@unhurried
@given(experiments())
def test_pythons_json_there_and_back_is_the_same_experiment(experiment):
    text = json.dumps(experiment.model_dump(mode="json"), allow_nan=False)
    assert repr(Experiment.model_validate(json.loads(text))) == repr(experiment)


@unhurried
@given(experiments())
def test_its_own_start_made_explicit_is_the_same_start(experiment):
    start = experiment.initial_parameters()
    again = experiment.with_start(start).initial_parameters()
    assert start.layer_sizes == experiment.layer_sizes
    assert again.vector.tobytes() == start.vector.tobytes()


@unhurried
@given(experiments())
def test_training_it_stays_finite_and_within_what_the_output_can_cost(experiment):
    history = nnlab.train(experiment.changed(epochs=min(experiment.epochs, 5)))
    data, output = experiment.data(), ACTIVATIONS[experiment.output_activation]
    worst = max(abs(data.targets - output.low).max(), abs(data.targets - output.high).max())
    assert ((history.cost >= 0) & (history.cost <= worst**2 / 2)).all()
    assert np.isfinite(history.parameters.vector).all()
    outputs = history.predict(data.points)
    assert ((outputs >= output.low) & (outputs <= output.high)).all()
