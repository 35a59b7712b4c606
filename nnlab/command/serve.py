"""``nnlab serve``: serves the lab to browsers."""

import os
from typing import Any

import click

from nnlab.command.command_error import CommandError
from nnlab.command.options import SectionedCommand


@click.command("serve", cls=SectionedCommand, short_help="the lab, for your browser or for a class")
@click.option("--port", metavar="N", help="(default: NNLAB_PORT, else 8050)")
@click.option(
    "--bind",
    metavar="ADDRESS",
    help="to listen on; 0.0.0.0 for everyone on the network (default: NNLAB_BIND, else 127.0.0.1)",
)
@click.option(
    "--workers", metavar="N", help="processes that answer; one on Windows (default: NNLAB_WORKERS, else 2)"
)
@click.option("--threads", metavar="N", help="of each process (default: NNLAB_THREADS, else 96)")
@click.option(
    "--public-url",
    metavar="URL",
    help="where students reach it, if this machine cannot know (default: NNLAB_PUBLIC_URL)",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="of a Dask scheduler for large work, tcp://host:8786 (default: NNLAB_DASK)",
)
def serve(**options: Any) -> None:
    """Serve the lab until Ctrl-C, from any folder.

    Settings that no option gives are taken from the environment.
    """
    # they bring Flask and Dash, which other commands do without
    from nnlab.web.listening import listening_problem
    from nnlab.web.serving import serve
    from nnlab.web.settings import PREFIX, Settings, refusal

    given = {name: value for name, value in options.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValueError as error:
        lines = map(refusal, error.errors())  # type: ignore[attr-defined]  # pydantic's own ValueError
        raise CommandError(*(_by_option(line, PREFIX, given) for line in lines)) from error
    if problem := listening_problem(settings.bind, settings.port):
        raise CommandError(_by_option(problem, PREFIX, given))
    os.environ |= {
        PREFIX + name.upper(): value for name, value in given.items()
    }  # for the server's own process
    serve()


def _by_option(line: str, prefix: str, given: dict[str, str]) -> str:
    """Name the option instead of the variable in an error line, where the option was given."""
    variable, _, rest = line.partition(" ")
    name = variable.removeprefix(prefix).lower()
    return f"{name}: {rest}" if name in given else line
