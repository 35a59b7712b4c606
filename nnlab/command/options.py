"""Options in sections, which click does not have."""

from typing import Any

import click

WIDEST = 120


class SectionOption(click.Option):
    """An option that stands in a section of its own in the help.

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
