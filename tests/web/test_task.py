"""A task can lock, show or hide every setting, in the groups of the controls."""

from typing import Any

import pytest

from nnlab import i18n
from nnlab.core.experiment import Experiment
from nnlab.i18n import translator
from nnlab.web.configuration import configuration
from nnlab.web.controls.panel import panel
from nnlab.web.pages.task import GROUPS


def test_a_task_can_lock_every_setting() -> None:
    named = [name for settings in GROUPS.values() for name in settings]
    assert len(named) == len(set(named))
    assert {*named, "biases"} == set(Experiment.model_fields)


def controls_of(part: Any) -> set[str]:
    """The settings whose controls stand in a part of the page."""
    plain = part.to_plotly_json()["props"]
    children = plain.get("children") or []
    inside = children if isinstance(children, list) else [children]
    own = {plain["data-setting"]} if "data-setting" in plain else set()
    return own.union(*(controls_of(child) for child in inside if hasattr(child, "to_plotly_json")))


def setting_of(control: str) -> str:
    first = control.split(".")[0]
    return {"hidden_units": "hidden_layer_sizes", "biases": "weights"}.get(first, first)


def test_the_groups_of_a_task_are_those_of_the_controls() -> None:
    drawn: dict[str, set[str]] = {group: set() for group in GROUPS}
    for section in panel(translator("en")).children:
        controls = {setting_of(control) for control in controls_of(section)}
        group = str(getattr(section, "aria-labelledby", "")).removeprefix("group-")
        drawn[{"weights": "start"}.get(group, group) if controls else "data"] |= controls
    drawn["start"].add("weights")  # whose sliders the page draws itself
    assert drawn == {group: set(settings) for group, settings in GROUPS.items()}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_all_that_can_be_locked_has_a_name(language: str) -> None:
    text = translator(language)
    assert configuration(language, None)["groups"] == {
        name: list(settings) for name, settings in GROUPS.items()
    }
    for group, settings in GROUPS.items():
        assert text(f"group.{group}")
        for name in settings:
            assert text(f"setting.{'hidden_units' if name == 'hidden_layer_sizes' else name}")
