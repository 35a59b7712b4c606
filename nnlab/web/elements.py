"""Ids and attributes of the page's elements, as Python and JavaScript both know them.

A setting's controls are named after the setting: ``slider-scale``, ``number-scale``, ``choice-dataset``,
``error-scale``. A start weight's setting is its path, ``weights-0-1-0`` for layer 0, unit 1, input 0.
"""

from typing import Any

TITLE_ID = "page-title"


def page_body_id(name: str) -> str:
    """The id of the element that holds the body of a page other than the Lab."""
    return f"body-{name}"


def slider_id(setting: str) -> str:
    """The id of a setting's slider."""
    return f"slider-{_with_dashes(setting)}"


def number_id(setting: str) -> str:
    """The id of a setting's number field."""
    return f"number-{_with_dashes(setting)}"


def choice_id(setting: str) -> str:
    """The id of a setting's buttons or list of choices."""
    return f"choice-{_with_dashes(setting)}"


def switch_id(setting: str) -> str:
    """The id of a setting's checkbox: the setting is on or off, or a number that may be left out."""
    return f"switch-{_with_dashes(setting)}"


def error_id(setting: str) -> str:
    """The id of the line in which a setting's error is shown."""
    return f"error-{_with_dashes(setting)}"


def _with_dashes(setting: str) -> str:
    return setting.replace(".", "-")


def aria(**values: str) -> dict[str, Any]:
    """ARIA attributes, as keyword arguments of a Dash component: ``aria(label="Plane")`` sets aria-label."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """Data attributes, likewise: ``data(setting="epochs")`` sets data-setting."""
    return {f"data-{name}": value for name, value in values.items()}
