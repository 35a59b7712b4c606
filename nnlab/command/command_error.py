"""CommandError, and the lines of its message: what is wrong with a command, as "field: must be ..., got ..."."""

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import click

from nnlab.core import experiment
from nnlab.core.field_types import FieldType
from nnlab.core.setting_problems import Problem, problems

Result = TypeVar("Result")

LONGEST_VALUE = 60

PYTHON_SETTING = re.compile(r"\b([a-z_]+)='(\w+)'")
"""A setting as Python writes it: initialization='xavier'."""

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "minimum": "must be at least {bound}",
        "maximum": "must be at most {bound}",
        "shortest": "must have at least {bound}",
        "longest": "must have at most {bound}",
        "choice": "must be one of {bound}",
        "finite": "must be finite",
        "duplicate": "must each be named once",
        "unknown": "must be a setting of an experiment",
        "missing": "must be given",
        "type": "must be {bound}",
    }
)
"""The sentence for each rule that a setting can break by itself."""

TYPES: Mapping[Any, str] = MappingProxyType(
    {bool: "true or false", int: "a whole number", float: "a number", tuple: "a list"}
)


class CommandError(click.ClickException):
    """A command that cannot be carried out as it is; each line of its message names one thing that is wrong."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))


def refusing(call: Callable[[], Result], given: Mapping[str, Any] = MappingProxyType({})) -> Result:
    """Call a function of the core, and turn its ValueError into a CommandError.

    Args:
        call: the function.
        given: the settings that it validates, if it does.

    Raises:
        CommandError: the call raised ValueError.
    """
    try:
        return call()
    except ValueError as error:
        found = getattr(error, "errors", None)  # pydantic's own, which only the core may import
        if found is None:
            raise CommandError(sentence(str(error))) from error
        raise CommandError(*(_line(each, given) for each in problems(found(include_url=False)))) from error


def sentence(message: str) -> str:
    """Turn a message of the core, "scale must be ...; b='x' helps", into "scale: must be ...; --b x helps"."""
    return PYTHON_SETTING.sub(_as_option, message.replace(" must ", ": must ", 1))


def _as_option(setting: re.Match[str]) -> str:
    return f"--{setting[1].replace('_', '-')} {setting[2]}"


def written(value: Any) -> str:
    """Format a value as on the command line: 0.2, 10, xor, x1,x2; weights as JSON, and None as none."""
    if value is None:
        return "none"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, tuple | list) and all(isinstance(item, str | int | float) for item in value):
        return ",".join(map(written, value))
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _line(problem: Problem, given: Mapping[str, Any]) -> str:
    if problem.rule == "shape":  # the model's own sentence, bound and value and all
        return sentence(problem.message)
    if problem.rule == "needs":
        return _need(str(problem.path[0]), problem.bound, problem.value, given)
    name = ".".join(map(str, problem.path)) or "experiment"
    must = SENTENCES[problem.rule].format(bound=_bound(problem))
    return f"{name}: {must}, got {_short(problem.value)}"


def _bound(problem: Problem) -> str:
    """Format the bound that the value breaks, in words."""
    if problem.rule not in ("choice", "type"):
        return written(problem.bound)
    if not problem.path:
        return "an object with settings"
    allowed = _type_at(problem.path)
    choices = ", ".join(allowed.choices)
    return choices if problem.rule == "choice" else TYPES.get(allowed.type, f"one of {choices}")


def _type_at(path: tuple[str | int, ...]) -> FieldType:
    setting, *inside = path
    found = experiment.field(str(setting))
    for _ in inside:
        found = found.items or found
    return found


def _need(setting: str, bound: str, value: str | None, given: Mapping[str, Any]) -> str:
    """The line for a setting that does not go with a choice; without a value, for a dataset that needs rows."""
    if value is None:
        return f"{setting}: must be given for the dataset {bound}"
    must = f"one of {bound}" if ", " in bound else bound
    got = given.get(setting, experiment.Experiment.model_fields[setting].default)
    return f"{setting}: must be {must} for {value}, got {_short(got)}"


def _short(value: Any) -> str:
    return shortened(repr(value) if isinstance(value, str) else written(value))


def shortened(text: str) -> str:
    """The text, or its beginning if it is long."""
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."
