"""What an argument must be, and what it is, is said in one sentence."""

import numpy as np
import pytest

import nnlab

UNIFORM = nnlab.Experiment(initialization="uniform", epochs=2)
WHOLE = {
    "starts": (lambda given: nnlab.many_starts(UNIFORM, given), 1),
    "size": (lambda given: nnlab.trainability_map(UNIFORM, size=given), 2),
    "size of a landscape": (lambda given: nnlab.cost_landscape(UNIFORM, size=given), 2),
}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("given", [2.5, "a", True, None, 2.0])
def test_what_is_no_whole_number_is_refused_by_name(name, given):
    call, _ = WHOLE[name]
    with pytest.raises(TypeError, match=f"^{name.split()[0]} must be a whole number, got {given!r}$"):
        call(given)


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_too_small_is_refused_by_name(name):
    call, least = WHOLE[name]
    with pytest.raises(ValueError, match=f"^{name.split()[0]} must be at least {least}, got 0$"):
        call(0)
    assert call(np.int64(2))


@pytest.mark.parametrize("given", [UNIFORM, nnlab.Experiment, {"epochs": 3}, "xor", None, 3])
def test_train_many_takes_a_list(given):
    with pytest.raises(TypeError, match="experiments must be a list of Experiments, got"):
        nnlab.train_many(given)


def test_train_many_takes_whatever_can_be_listed():
    rates = (0.1, 0.2)
    made = (UNIFORM.changed(learning_rate=rate) for rate in rates)
    listed = [UNIFORM.changed(learning_rate=rate) for rate in rates]
    np.testing.assert_array_equal(
        nnlab.train_many(made).final_cost,  # type: ignore[arg-type]
        nnlab.train_many(listed).final_cost,
    )


def test_the_class_is_told_from_an_experiment():
    with pytest.raises(
        TypeError, match=r"^experiment must be an Experiment, got the class; Experiment\(\) makes one$"
    ):
        nnlab.train(nnlab.Experiment)  # type: ignore[arg-type]


@pytest.mark.parametrize("axes", [(("weights", 0, 0, 1),), (), "ab", (("biases", 0, 0),) * 3])
def test_a_landscape_has_two_axes(axes):
    with pytest.raises(ValueError, match=r"^axes must be two parameters, got "):
        nnlab.cost_landscape(UNIFORM, axes=axes)
