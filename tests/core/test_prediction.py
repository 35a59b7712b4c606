"""A network's outputs at points are given in the coordinates of the data, standardized or not."""

import numpy as np
import pytest

import nnlab
from nnlab.core.prediction import outputs_at, predict

RNG = np.random.default_rng(5)
FAR = RNG.normal(1000.0, 200.0, (60, 2))
LABELS = (FAR.sum(axis=1) > 2000.0).astype(int)
STANDARDIZED = nnlab.Experiment(
    dataset="own",
    points=[(*point, int(label)) for point, label in zip(FAR, LABELS, strict=True)],
    standardize=True,
    epochs=100,
    batch_size=10,
)


def test_a_standardized_network_takes_the_coordinates_of_the_data():
    history = nnlab.train(STANDARDIZED)
    data = STANDARDIZED.data()
    rows = len(data.targets), len(data.test_targets)
    expected = np.average([history.accuracy, history.test_accuracy], weights=rows)
    assert ((history.predict(FAR) > 0) == LABELS).mean() == pytest.approx(expected)
    assert expected > 0.9


def test_a_frame_and_a_run_predict_alike():
    *_, last = nnlab.stream(STANDARDIZED, every=50)
    history = nnlab.train(STANDARDIZED)
    np.testing.assert_array_equal(last.predict(FAR), history.predict(FAR))
    np.testing.assert_array_equal(predict(STANDARDIZED, history.parameters, FAR), history.predict(FAR))


def test_the_outputs_at_the_datasets_points_are_those_predicted_at_the_points_given():
    history, data = nnlab.train(STANDARDIZED), STANDARDIZED.data()
    given = np.array([row[:2] for row in STANDARDIZED.points or ()])
    outputs = [outputs_at(STANDARDIZED, history.parameters, each) for each in (data.points, data.test_points)]
    np.testing.assert_array_equal(np.sort(history.predict(given)), np.sort(np.concatenate(outputs)))


def test_only_own_data_are_standardized_before_a_prediction():
    gate = nnlab.Experiment(standardize=True, epochs=5)
    plain = gate.changed(standardize=False)
    np.testing.assert_array_equal(nnlab.train(gate).predict(FAR), nnlab.train(plain).predict(FAR))


@pytest.mark.parametrize("shape", [(2,), (3, 3), (2, 2, 2)])
@pytest.mark.parametrize("standardize", [True, False])
def test_points_to_predict_have_two_coordinates(shape, standardize):
    history = nnlab.train(STANDARDIZED.changed(standardize=standardize, epochs=1))
    with pytest.raises(ValueError, match=r"points must have shape \(m, 2\), got"):
        history.predict(np.zeros(shape))
