"""How the lab is served: by gunicorn where a process can fork, by waitress elsewhere."""

import logging
import os
import sys
import threading
from pathlib import Path
from typing import NoReturn

from nnlab.web.asset_folder import PACKAGE
from nnlab.web.listening import listening_problem
from nnlab.web.settings import Settings

APPLICATION = "nnlab.web.wsgi:server"
CONFIGURATION = Path(__file__).with_name("gunicorn_config.py")

MOST_UNSENT = 1_000_000
"""The most unsent bytes that waitress buffers for a slow client; beyond it the response waits for the client."""

MOST_CONNECTIONS = 500
"""The most open connections of waitress: on Windows it has ``select`` alone, which takes 512."""


def serve() -> None:
    """Serve the lab until it is stopped, with the settings of the environment."""
    settings = Settings.of_this_process()
    if problem := listening_problem(settings.bind, settings.port):
        sys.exit(problem)
    if hasattr(os, "fork"):
        serve_with_gunicorn()
    serve_with_waitress(settings)


def serve_with_gunicorn() -> NoReturn:
    """Replace this process by gunicorn, whose configuration sets BLAS to one thread before it imports the lab."""
    os.chdir(PACKAGE.parent)  # whatever the present folder holds, it is this nnlab that is imported
    command = [sys.executable, "-m", "gunicorn", "--config", str(CONFIGURATION), APPLICATION]
    os.execv(sys.executable, command)


def serve_with_waitress(settings: Settings) -> None:
    """Serve in this process: its threads answer, and processes beside it train many networks."""
    import waitress  # installed where it is needed: on Windows

    os.environ["NNLAB_WORKERS"] = "1"
    from nnlab.web.factory import EXECUTOR  # they bring Dash, which gunicorn would import in vain
    from nnlab.web.wsgi import server

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("waitress").setLevel(logging.ERROR)
    threading.Thread(target=server.extensions[EXECUTOR].start, daemon=True).start()
    print(settings.welcome(), flush=True)
    try:
        waitress.serve(
            server,
            host=settings.bind,
            port=settings.port,
            threads=settings.threads,
            ident=None,
            connection_limit=MOST_CONNECTIONS,
            outbuf_high_watermark=MOST_UNSENT,
            channel_request_lookahead=1,  # so that a closed connection is seen while its run is trained
        )
    finally:
        server.extensions[EXECUTOR].shutdown(cancel_futures=True)
