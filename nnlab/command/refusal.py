"""What is wrong with a command, a line for each thing, in the form "field: must be ..., got ..."."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from nnlab.command.spelling import spelled
from nnlab.core.experiment import Experiment

Result = TypeVar("Result")

LONGEST_VALUE = 60

# pydantic's names for what can be wrong -> what must be, filled in with what it says beside
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "greater_than_equal": "must be at least {ge}",
        "less_than_equal": "must be at most {le}",
        "too_short": "must have at least {min_length}",
        "too_long": "must have at most {max_length}",
        "literal_error": "must be one of {expected}",
        "string_unicode": "must be a name in Unicode",
        "finite_number": "must be finite",
        "bool_type": "must be true or false",
        "int_type": "must be a whole number",
        "float_type": "must be a number",
        "tuple_type": "must be a list",
        "extra_forbidden": "must be a setting of an experiment",
    }
)


class RefusalError(ValueError):
    """A command that cannot be carried out as it is.

    Attributes:
        lines: what is wrong.
    """

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def refusing(call: Callable[[], Result]) -> Result:
    """Make a call into the core, whose errors are about what was asked for.

    Raises:
        RefusalError: the call raised ValueError.
    """
    try:
        return call()
    except ValueError as error:
        found = getattr(error, "errors", None)  # pydantic's own, which only the core may import
        raise RefusalError(*(_lines(found(include_url=False)) if found else [house(str(error))])) from error


def house(sentence: str) -> str:
    """The core's "scale must be ..." as "scale: must be ..."."""
    return sentence.replace(" must ", ": must ", 1)


def _lines(found: list[dict[str, Any]]) -> list[str]:
    inside = {each["loc"][:-1] for each in found}
    # pydantic counts only good items, and so calls a list too short for every bad one
    return [_line(each) for each in found if each["type"] != "too_short" or each["loc"] not in inside]


def _line(each: dict[str, Any]) -> str:
    kind, context = each["type"], each.get("ctx", {})
    if kind == "shape":  # our own sentence, bound and value and all
        return house(str(each["msg"]))
    if kind == "needs":
        return _need(**context, given=each["input"])
    field = ".".join(map(str, each["loc"])) or "experiment"
    sentence = SENTENCES.get(kind, str(each["msg"]).removeprefix(f"{field} "))
    bounds = {name: spelled(bound) for name, bound in context.items()}
    if kind == "literal_error":  # pydantic's 'one', 'two' or 'three'
        bounds["expected"] = ", ".join(re.findall("'([^']*)'", bounds["expected"]))
    got = context.get("actual_length", each["input"])
    return f"{field}: {sentence.format(**bounds)}, got {_short(got)}"


def _need(setting: str, bound: str, value: str | None, given: dict[str, Any]) -> str:
    """What a choice needs of another setting; without a value, a dataset that needs rows."""
    if value is None:
        return f"{setting}: must be given for the dataset {bound}"
    must = f"one of {bound}" if ", " in bound else bound
    got = given.get(setting, Experiment.model_fields[setting].default)
    return f"{setting}: must be {must} for {value}, got {_short(got)}"


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else spelled(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."
