"""Playground links: the experiments that they become, and a sentence for each difference."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from nnlab import i18n
from nnlab.core.experiment import Experiment
from nnlab.formats.playground_link import LONGEST_LINK, translate
from nnlab.i18n import translator
from nnlab.web.pages.playground_links import SHOWN_FIRST, LinkText, read_link, sentence

from .http_client import told

LINK = "https://playground.tensorflow.org/#activation=relu&dataset=spiral&networkShape=8,3&showTestData=true"


def read(text: str, language: str = "en") -> dict[str, Any]:
    answer = read_link(LinkText(text=text), language)
    json.dumps(answer, allow_nan=False).encode()
    return answer


def test_a_playground_link_becomes_an_experiment_and_a_view() -> None:
    answer = read(LINK)
    experiment = Experiment.model_validate(answer["experiment"])
    assert (experiment.dataset, experiment.hidden_layer_sizes, experiment.activation) == (
        "spiral",
        (8, 3),
        "relu",
    )
    assert answer["experiment"].keys() == Experiment.model_fields.keys()
    assert answer["view"] == {"test": True}
    assert answer["unequal"] == ["Biases start at 0 here, at 0.1 in the playground."]
    assert answer["more"] == 0


@pytest.mark.parametrize(
    "text", ["", "#", "https://playground.tensorflow.org/", "x1,x2,label", "#dataset=and"]
)
def test_another_text_has_no_experiment(text: str) -> None:
    assert read(text) == {"experiment": None}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_reason_has_its_sentence(language: str) -> None:
    link = (
        "#problem=regression&networkShape=9&activation=Relu&noise=99&seed=a&cosX=true&x=false&y=false"
        "&learningRate_hide=true&momentum=%3Cb%3E"
    )
    unequal = translate(link).unequal
    assert {each.reason for each in unequal} == {
        "number", "choice", "shape", "feature", "samples", "seed", "biases", "hidden_control", "unknown",
    }  # fmt: skip
    said = [sentence(each, translator(language)) for each in unequal]
    assert len(set(said)) == len(said)
    assert read(link, language)["unequal"] == said
    assert any("momentum=<b>" in each for each in said), "text is text: the page shows it as it is"


def test_only_the_first_of_many_differences_are_told() -> None:
    answer = read("#networkShape=1&" + "&".join(f"name{number}=1" for number in range(30)))
    assert len(answer["unequal"]) == SHOWN_FIRST
    assert answer["more"] == 31 - SHOWN_FIRST


def test_a_link_in_braces_is_no_template() -> None:
    assert any("{value}={0}" in each for each in read("#networkShape=1&{value}={0}")["unequal"])


@pytest.mark.parametrize(
    "asked",
    [
        [], "text", {}, {"text": 5}, {"text": LINK, "more": 1}, {"text": "#" * (LONGEST_LINK + 1)},
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused(client: FlaskClient, asked: Any) -> None:
    assert client.post("/ask/en/playground-link", json=asked).status_code == 422


def test_the_server_answers_the_page(client: FlaskClient) -> None:
    answer: Any = client.post("/ask/en/playground-link", json={"text": LINK})
    assert (answer.status_code, told(answer)) == (200, read(LINK))
