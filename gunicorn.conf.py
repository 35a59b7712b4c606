"""How gunicorn serves the lab: ``gunicorn app:server`` in this folder reads this file by itself.

From the environment: NNLAB_BIND (the address to listen on, 127.0.0.1 if unset), NNLAB_WORKERS, and what
the lab itself reads too: NNLAB_PORT, NNLAB_THREADS, NNLAB_PUBLIC_URL.
"""

import logging
import os
import sys
from typing import Any

# Before NumPy is imported: a BLAS pool a worker would fight the workers over the cores for 2 x 2 matrices.
for pool in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(pool, "1")

from nnlab.web.settings import Settings  # noqa: E402  it brings NumPy

SHARED_MEMORY = "/dev/shm"

settings = Settings.from_environment()
bind = f"{settings.bind}:{settings.port}"

preload_app = True  # Dash finishes its set-up once, before the first request can race for it
workers = int(os.environ.get("NNLAB_WORKERS", "2"))
worker_class = "gthread"  # a stream holds a thread for as long as it lasts
threads = settings.threads

keepalive = 30  # seconds; a kept connection waits in the poller and holds no thread
graceful_timeout = 2  # whatever still streams then is cut off: all is over within 5 s of a SIGTERM
control_socket_disable = True  # nothing listens but the lab, and nothing is written to a home folder

# A worker's heartbeat is a file: in memory, since a slow disk would hold the worker up.
worker_tmp_dir = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None

accesslog = None
loglevel = "error"  # gunicorn's warnings name the address of whoever sent a bad request


def on_starting(server: Any) -> None:
    """Send the line of every run to stderr, bare: it is JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    runs = logging.getLogger("nnlab.run")
    runs.addHandler(handler)
    runs.setLevel(logging.INFO)
    runs.propagate = False


def when_ready(server: Any) -> None:
    """Say where the lab is: here, and for a class."""
    print(settings.welcome(), flush=True)
