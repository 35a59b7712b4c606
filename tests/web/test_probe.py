"""One point's way through a network, as the page shows it."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

import nnlab
from nnlab.core.experiment import Experiment
from nnlab.web.pages.probe import show_probe


def asked(experiment: Experiment, point: list[float]) -> dict[str, Any]:
    parameters = nnlab.train(experiment).parameters.vector.tolist()
    return {"experiment": experiment.model_dump(mode="json"), "parameters": parameters, "point": point}


def words(component: Any) -> str:
    return json.dumps(
        component.to_plotly_json(), default=lambda part: part.to_plotly_json(), ensure_ascii=False
    )


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("hidden", [(), (2,), (3, 2)])
def test_it_ends_in_what_the_network_predicts(language: str, hidden: tuple[int, ...]) -> None:
    experiment = Experiment(hidden_layer_sizes=hidden, initialization="uniform", epochs=30)
    output = nnlab.train(experiment).predict([[0.5, -0.25]])[0]
    shown = words(show_probe(asked(experiment, [0.5, -0.25]), language))
    assert f"a = tanh(z) = {output:.4g}".replace("-", "−") in shown


def test_it_names_the_runs_own_features() -> None:
    experiment = Experiment(features=("x1", "x1*x2"), initialization="uniform", epochs=5)
    assert "x1*x2 = −0.125" in words(show_probe(asked(experiment, [0.5, -0.25]), "en"))


@pytest.mark.parametrize(
    "change",
    [{"point": [1]}, {"point": [float("nan"), 0]}, {"parameters": [1, 2]}, {"parameters": "x"}, {"more": 1}],
)
def test_what_does_not_hold_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        show_probe(asked(Experiment(), [0, 0]) | change, "en")
