"""Which executor there is: a Dask cluster if one is named and answers, else this machine."""

import logging

from nnlab.work.executor import Executor
from nnlab.work.fallback_executor import FallbackExecutor
from nnlab.work.process_pool import ProcessPool

ADDRESS_VARIABLE = "NNLAB_DASK"
"""The environment's name for the scheduler's address, as in ``tcp://host:8786``."""

PATIENCE_SECONDS = 3.0
"""How long to wait for a scheduler's first answer; one that starts at the same time is up by then."""

logger = logging.getLogger("nnlab.work")


def open_executor(address: str | None, processes: int, *, patience: float = PATIENCE_SECONDS) -> Executor:
    """The executor for a machine with so many processes, and for the Dask scheduler at the address if there is one.

    Whatever is wrong with the cluster, now or later, there is an executor: the pool of processes serves, and a line
    of the logger ``nnlab.work`` says why.
    """
    pool = ProcessPool(processes)
    if not address:
        return pool
    try:
        from nnlab.work.dask_cluster import DaskCluster
    except ModuleNotFoundError as error:
        _say(f"{error.name} is not installed: pip install -r requirements-dask.txt")
        return pool
    try:
        return FallbackExecutor(DaskCluster(address, patience), pool)
    except (OSError, ValueError) as error:
        _say(f"no Dask scheduler at {address} ({error})")
        return pool


def _say(line: str) -> None:
    logger.warning("%s; this machine works by itself", line)
