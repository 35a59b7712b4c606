"""How gunicorn serves the lab: ``nnlab serve`` names this file to it.

From the environment: NNLAB_BIND (the address to listen on, 127.0.0.1 if unset), NNLAB_WORKERS, and what
the lab itself reads too: NNLAB_PORT, NNLAB_THREADS, NNLAB_PUBLIC_URL, NNLAB_DASK.
"""

import logging
import os
import sys
import threading
from typing import Any

# Before NumPy is imported: a BLAS pool a worker would fight the workers over the cores for 2 x 2 matrices.
for pool in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(pool, "1")

from nnlab.web.listening import listening_problem  # noqa: E402
from nnlab.web.settings import Settings  # noqa: E402  it brings NumPy

SHARED_MEMORY = "/dev/shm"

settings = Settings.of_this_process()
bind = f"{settings.bind}:{settings.port}"

preload_app = True  # Dash finishes its set-up once, before the first request can race for it
workers = settings.workers
worker_class = "gthread"  # a stream holds a thread for as long as it lasts
threads = settings.threads

keepalive = 30  # seconds; a kept connection waits in the poller and holds no thread
graceful_timeout = 2  # whatever still streams then is cut off: all is over within 5 s of a SIGTERM
control_socket_disable = True  # nothing listens but the lab, and nothing is written to a home folder

# A worker's heartbeat is a file: in memory, since a slow disk would hold the worker up.
worker_tmp_dir = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None

accesslog = None
loglevel = "error"  # gunicorn's warnings contain the address of a client that sent a bad request


def on_starting(server: Any) -> None:
    """Log each run to stderr as plain JSON, and the Dask cluster's messages too; exit if nothing can listen.

    gunicorn itself would try for five seconds. A server that takes over from another has its sockets already.
    """
    if not server.master_pid and "LISTEN_FDS" not in os.environ:
        for address in server.cfg.address:
            problem = isinstance(address, tuple) and listening_problem(*address[:2])
            if problem:
                sys.exit(problem)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name in ("nnlab.run", "nnlab.work"):
        log = logging.getLogger(name)
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False


def when_ready(server: Any) -> None:
    """Print the lab's addresses: on this machine, and for a class."""
    print(settings.welcome(), flush=True)


def post_worker_init(worker: Any) -> None:
    """Start the executor of large work beside the first requests, which need not wait for it."""
    from nnlab.web.factory import EXECUTOR  # the worker has it already

    threading.Thread(target=worker.wsgi.extensions[EXECUTOR].start, daemon=True).start()


def worker_exit(server: Any, worker: Any) -> None:
    """Shut the executor of large work down."""
    from nnlab.web.factory import EXECUTOR

    worker.wsgi.extensions[EXECUTOR].shutdown(cancel_futures=True)
