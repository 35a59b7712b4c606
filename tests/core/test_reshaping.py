"""What stays of a start when the network changes its shape."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.core.features import FEATURES
from nnlab.core.initializers import uniform
from nnlab.core.reshaping import reshape


def connections(experiment):
    """Every starting number by the names of what it joins: (layer from the input, source, target)."""
    parameters = experiment.initial_parameters()
    names = [list(experiment.features)]
    names += [
        [(layer, unit) for unit in range(size)] for layer, size in enumerate(experiment.hidden_layer_sizes)
    ]
    names += [["output"]]
    found = {}
    for layer, (weights, biases) in enumerate(zip(parameters.weights, parameters.biases, strict=True)):
        for unit, target in enumerate(names[layer + 1]):
            found["bias", target] = biases[unit]
            for column, source in enumerate(names[layer]):
                found[source, target] = weights[unit, column]
    return found


def starts(experiment):
    parameters = experiment.initial_parameters()
    return [weights.tolist() for weights in parameters.weights], [b.tolist() for b in parameters.biases]


def test_the_same_shape_is_the_same_experiment():
    experiment = Experiment()
    assert reshape(experiment, ("x1", "x2"), (2,)) == experiment


def test_a_new_unit_moves_no_other_weight():
    experiment = Experiment(seed=5, scale=0.5)
    wider = reshape(experiment, ("x1", "x2"), (3,))
    weights, biases = starts(wider)
    drawn = uniform((2, 3, 1), 0.5, 5)
    assert weights == [[[0.2, 0.4], [0.3, 0.7], drawn[0][2].tolist()], [[0.4, 0.9, drawn[1][0, 2]]]]
    assert biases == [[0, 0, 0], [0]]
    assert wider.initialization == "explicit"


def test_a_unit_that_goes_takes_only_its_own_weights_along():
    weights, biases = starts(reshape(Experiment(), ("x1", "x2"), (1,)))
    assert weights == [[[0.2, 0.4]], [[0.4]]]
    assert biases == [[0], [0]]


def test_a_feature_is_told_by_its_name_not_by_its_place():
    weights, _ = starts(reshape(Experiment(), ("x2", "x1"), (2,)))
    assert weights[0] == [[0.4, 0.2], [0.7, 0.3]]
    weights, _ = starts(reshape(Experiment(), ("x2",), (2,)))
    assert weights == [[[0.4], [0.7]], [[0.4, 0.9]]]


def test_biases_survive():
    experiment = Experiment(
        initialization="explicit", weights=[[[1, 2], [3, 4]], [[5, 6]]], biases=[[7, 8], [9]], scale=0.01
    )
    weights, biases = starts(reshape(experiment, ("x1", "x2", "x1*x2"), (2,)))
    assert [row[:2] for row in weights[0]] == [[1, 2], [3, 4]]
    assert weights[1] == [[5, 6]]
    assert biases == [[7, 8], [9]]


@pytest.mark.parametrize("initialization", ["zeros", "equal", "uniform", "normal"])
def test_an_initialization_that_puts_every_survivor_where_it_was_stands(initialization):
    experiment = Experiment(initialization=initialization, seed=11)
    wider = reshape(experiment, ("x1", "x2"), (5,))
    assert wider == Experiment(initialization=initialization, seed=11, hidden_layer_sizes=(5,))


def test_the_notebooks_start_stands_where_it_has_one():
    wider = reshape(Experiment(), ("x1", "x2", "x1*x2"), (2,))
    assert wider == Experiment(features=("x1", "x2", "x1*x2"))
    assert reshape(wider, ("x1", "x2"), (2,)) == Experiment()


def test_xavier_depends_on_the_shape_and_so_becomes_explicit():
    wider = reshape(Experiment(initialization="xavier", seed=2), ("x1", "x2"), (3,))
    assert wider.initialization == "explicit"


def test_without_hidden_units_and_back_the_output_bias_stays():
    experiment = Experiment(
        initialization="explicit", weights=[[[1, 2], [3, 4]], [[5, 6]]], biases=[[7, 8], [9]]
    )
    line = reshape(experiment, ("x1", "x2"), ())
    assert line.layer_sizes == (2, 1)
    assert starts(line)[1] == [[9]]
    assert starts(reshape(line, ("x1", "x2"), (2,)))[1] == [[0, 0], [9]]


@pytest.mark.parametrize("between", [(), (3,), (1,), (2, 2)])
@pytest.mark.parametrize("rule", ["notebook", "xavier", "he", "normal", "zeros"])
def test_there_and_back_again_is_the_same_experiment_where_nobody_set_a_weight(rule, between):
    experiment = Experiment(initialization=rule, seed=3)
    there = reshape(experiment, ("x1", "x2"), between)
    assert reshape(there, ("x1", "x2"), (2,), rule=rule) == experiment


def test_a_rule_does_not_come_back_where_it_would_move_a_weight_that_is_there():
    wide = reshape(Experiment(), ("x1", "x2"), (3,))
    assert wide.weights
    own = wide.changed(weights=[[[9, 0.4], *wide.weights[0][1:]], wide.weights[1]])
    back = reshape(own, ("x1", "x2"), (2,), rule="notebook")
    assert back.initialization == "explicit"
    assert starts(back)[0] == [[[9, 0.4], [0.3, 0.7]], [[0.4, 0.9]]]


def test_a_rule_of_another_start_changes_nothing():
    experiment = Experiment(initialization="uniform", seed=3)
    assert reshape(experiment, ("x1", "x2"), (3,), rule="notebook") == reshape(experiment, ("x1", "x2"), (3,))


def test_every_other_setting_is_kept():
    experiment = Experiment(dataset="custom", targets=(1, 0, 0, 0), learning_rate=3, epochs=7, seed=4)
    new = reshape(experiment, ("x1",), (4, 4))
    changed = {"features", "hidden_layer_sizes", "initialization", "weights", "biases"}
    assert new.model_dump(exclude=changed) == experiment.model_dump(exclude=changed)


@pytest.mark.parametrize(
    ("features", "sizes"),
    [((), (2,)), (("x1", "x1"), (2,)), (("x3",), (2,)), (("x1",), (9,)), (("x1",), (1,) * 7)],
)
def test_a_shape_out_of_bounds_is_refused(features, sizes):
    with pytest.raises(ValidationError):
        reshape(Experiment(), features, sizes)


SHAPES = st.tuples(
    st.permutations(list(FEATURES)).flatmap(lambda names: st.integers(1, 4).map(lambda n: tuple(names[:n]))),
    st.lists(st.integers(1, 8), max_size=6).map(tuple),
)


@settings(deadline=None)
@given(
    old=SHAPES,
    new=SHAPES,
    initialization=st.sampled_from(["zeros", "equal", "uniform", "normal", "xavier", "he"]),
    seed=st.integers(0, 2**32 - 1),
)
def test_whatever_survives_keeps_its_bits_and_the_rest_is_drawn_from_the_seed(old, new, initialization, seed):
    experiment = Experiment(
        features=old[0], hidden_layer_sizes=old[1], initialization=initialization, seed=seed
    )
    reshaped = reshape(experiment, *new)
    assert (reshaped.features, reshaped.hidden_layer_sizes) == new
    before, after = connections(experiment), connections(reshaped)
    survivors = before.keys() & after.keys()
    assert {name: before[name] for name in survivors} == {name: after[name] for name in survivors}
    # once more is the same: nothing is drawn but from the seed
    assert reshape(experiment, *new) == reshaped
    if reshaped.initialization == "explicit":
        drawn = connections(reshaped.changed(initialization="uniform"))
        fresh = after.keys() - survivors
        assert {name: after[name] for name in fresh} == {name: drawn[name] for name in fresh}
    else:
        assert reshaped.initialization == initialization
    assert np.isfinite(reshaped.initial_parameters().vector).all()
