"""The options of the commands: one for each setting of an experiment, made from the model, and sections for the help."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
from click.core import ParameterSource

from nnlab.command.command_error import CommandError, written
from nnlab.core.data.own_data import COLUMNS, LARGEST_COORDINATE, MOST_ROWS
from nnlab.core.experiment import Experiment, field
from nnlab.core.field_types import FieldType

WIDEST = 120
"""Columns of the help."""

SECTION = "Settings of the experiment"
POINTS = "points"
"""The setting whose option names a CSV file."""

POINTS_HELP = (
    f"own data, a CSV file of {', '.join(COLUMNS)}: up to {MOST_ROWS} rows, coordinates from "
    f"{-LARGEST_COORDINATE:.0f} to {LARGEST_COORDINATE:.0f}, labels 0 and 1 or -1 and 1; the dataset is own then, "
    "if --dataset does not say otherwise; or none"
)
PLACEHOLDERS: Mapping[Any, str] = MappingProxyType({str: "NAME", int: "N", float: "X"})
NUMBERS: Mapping[Any, str] = MappingProxyType({int: "whole number", float: "number", bool: "true or false"})


class SectionOption(click.Option):
    """An option that the help lists under the heading of a section.

    Attributes:
        section: the section's heading.
    """

    def __init__(self, *names: Any, section: str, **about: Any) -> None:
        super().__init__(*names, **about)
        self.section = section


class SectionedCommand(click.Command):
    """A command whose help has a section for each kind of option, its own first."""

    def __init__(self, *arguments: Any, **about: Any) -> None:
        super().__init__(*arguments, **about)
        self.context_settings["max_content_width"] = WIDEST

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections of the help."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for parameter in self.get_params(ctx):
            line = parameter.get_help_record(ctx)
            if line is not None:
                sections.setdefault(getattr(parameter, "section", "Options"), []).append(line)
        for heading, lines in sections.items():
            with formatter.section(heading):
                formatter.write_dl(lines)


class FileType(click.ParamType[Path]):
    """The type of an option that names a file."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ARG002
        """Convert the text of the option.

        Raises:
            CommandError: it is empty, or ends as a folder's name does, which a path would not keep.
        """
        if isinstance(value, str) and (not value or value.endswith(("/", os.sep))):
            option = param.opts[0].lstrip("-") if param else self.name
            raise CommandError(f"{option}: must be a name of a file, got {value!r}")
        return Path(value)


FILE = FileType()


class SettingType(click.ParamType[Any]):
    """The type of a setting's option: it converts the text to a value, which the model validates later."""

    name = "setting"

    def __init__(self, kind: FieldType) -> None:
        self.kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ARG002
        """Convert the text of the option."""
        return read(self.kind, value) if isinstance(value, str) else value


def setting_options() -> list[click.Option]:
    """An option for every setting, and one for a file of settings."""
    file = SectionOption(
        ["--experiment", "experiment_file"],
        section=SECTION,
        type=FILE,
        metavar="FILE",
        expose_value=False,
        callback=_note,
        help="an experiment as the lab or nnlab export saves it; the options below change it",
    )
    return [file, *map(_option, Experiment.model_fields)]


def _option(setting: str) -> click.Option:
    kind, name = field(setting), setting.replace("_", "-")
    said = POINTS_HELP if setting == POINTS else described(kind)
    default = written(Experiment.model_fields[setting].default)
    common: dict[str, Any] = {
        "section": SECTION,
        "default": None,
        "expose_value": False,
        "callback": _note,
        "help": f"{said} (default: {default})",
    }
    if kind.type is bool:
        return SectionOption([f"--{name}/--no-{name}", setting], **common)
    if setting == POINTS:
        return SectionOption([f"--{name}", setting], type=FILE, metavar="FILE", **common)
    return SectionOption([f"--{name}", setting], type=SettingType(kind), metavar=_placeholder(kind), **common)


def given_options(context: click.Context) -> dict[str, Any]:
    """The values of the setting options that are on the command line, with ``experiment_file`` if there is one."""
    prefix = f"{SECTION}."
    return {
        name.removeprefix(prefix): value for name, value in context.meta.items() if name.startswith(prefix)
    }


def _note(context: click.Context, option: click.Parameter, value: Any) -> None:
    """Store an option's value if it is on the command line; a setting that is left out may come from a file."""
    assert option.name is not None
    if context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE:
        context.meta[f"{SECTION}.{option.name}"] = value


def described(kind: FieldType) -> str:
    """The values that a setting may have, in words."""
    return f"{_described(kind)}, or none" if kind.optional else _described(kind)


def _described(kind: FieldType) -> str:
    if kind.items is None:
        return ", ".join(kind.choices) or f"{NUMBERS.get(kind.type, 'JSON')}{_range(kind)}"
    if kind.items.items is None:
        least, most = kind.shortest or 0, kind.longest
        number = f"{least} of them" if least == most else f"{least} to {most} of them"
        none = "" if least else f", {written(None)} for 0 of them"
        return f"{_described(kind.items)}; {number} with commas between{none}"
    depth, inner = "list", kind.items
    while inner.items is not None:
        depth, inner = f"{depth} of lists", inner.items
    return f"{depth} of numbers{_range(inner)}, as JSON"


def _range(kind: FieldType) -> str:
    return "" if kind.low is None else f" from {written(kind.low)} to {written(kind.high)}"


def _placeholder(kind: FieldType) -> str:
    if kind.items is not None:
        return "LIST" if kind.items.items is None else "JSON"
    return PLACEHOLDERS.get(kind.type, "VALUE")


def read(kind: FieldType, text: str) -> Any:
    """Convert a text to a value: a name, a number, items with commas between, or JSON; any other text stays a text."""
    if kind.optional and text == written(None):
        return None
    if kind.type is str:
        return text
    if kind.items is None or kind.items.items is not None or text.lstrip().startswith("["):
        return _plain(text)
    empty = not text.strip() or (text == written(None) and not kind.shortest)
    return [] if empty else [_plain(item.strip()) for item in text.split(",")]


def _plain(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        number = float(text)  # .5, which is no JSON
    except ValueError:
        return text
    # digits of other scripts, and too many digits for a number, are shown as they were typed
    return number if text.isascii() and not text.strip("+-").isdecimal() else text
