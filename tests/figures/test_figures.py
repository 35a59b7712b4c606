"""The pictures: what was put in stands in them."""

import numpy as np
import pytest

from nnlab.core import plane
from nnlab.core.experiment import Experiment
from nnlab.core.plane import Plane
from nnlab.core.training import Training
from nnlab.figures import boundary, cost, surface
from nnlab.figures.theme import THEMES, colorscale

EXPERIMENTS = [Experiment(), Experiment(encoding="binary", output_activation="sigmoid", dataset="and")]


def drawn(experiment: Experiment) -> tuple[np.ndarray, np.ndarray, Training]:
    training = Training(experiment)
    axis = plane.axis(training.dataset, 20)
    grid = Plane.over(axis, experiment.features)
    return axis, grid.outputs(training.parameters, experiment.layer_activations), training


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_points_of_one_class_share_colour_and_shape(experiment: Experiment) -> None:
    dataset = experiment.data()
    points = boundary.boundary_figure(dataset, THEMES["light"]).data[boundary.POINTS]
    high = dataset.targets > dataset.middle
    assert {
        (color, symbol) for color, symbol in zip(points.marker.color, points.marker.symbol, strict=True)
    } == {
        (THEMES["light"].high, "circle"),
        (THEMES["light"].low, "square"),
    }
    assert [symbol == "circle" for symbol in points.marker.symbol] == high.tolist()


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_no_point_sits_on_the_edge_of_the_plane(experiment: Experiment) -> None:
    dataset = experiment.data()
    layout = boundary.boundary_figure(dataset, THEMES["light"]).layout
    low, high = layout.xaxis.range
    assert low < dataset.points.min() < dataset.points.max() < high


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_the_surface_is_coloured_about_the_middle(experiment: Experiment) -> None:
    axis, outputs, training = drawn(experiment)
    figure = surface.surface_figure(axis, outputs, training.dataset, THEMES["dark"], height="a")
    drawn_surface = figure.data[surface.SURFACE]
    assert (drawn_surface.cmin + drawn_surface.cmax) / 2 == pytest.approx(training.dataset.middle)
    assert drawn_surface.contours.z.project.z


def test_the_cost_begins_before_training_on_a_logarithmic_axis() -> None:
    figure = cost.cost_figure(np.array([0.5, 0.25]), THEMES["light"], epoch="epoch", cost_title="cost")
    assert list(figure.data[cost.COST].x) == [0, 1]
    assert figure.layout.yaxis.type == "log"


@pytest.mark.parametrize("theme", THEMES)
def test_a_scale_runs_from_one_class_to_the_other(theme: str) -> None:
    places = [place for place, _ in colorscale(THEMES[theme])]
    assert places[0] == 0
    assert places[-1] == 1
    assert places == sorted(places)
