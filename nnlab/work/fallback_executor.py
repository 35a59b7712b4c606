"""Opening an executor: a Dask cluster with a fallback to this machine's processes, or these processes alone."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from functools import partial

from nnlab.work.executor import Executor, Parameters, Result
from nnlab.work.process_pool import ProcessPool

ADDRESS_VARIABLE = "NNLAB_DASK"
"""The environment variable for the scheduler's address, as in ``tcp://host:8786``."""

CONNECT_SECONDS = 3.0
"""How long to wait for a scheduler's first answer; one that starts at the same time is up by then."""

logger = logging.getLogger("nnlab.work")


class FallbackExecutor(Executor):
    """Runs calls on a primary executor while that has workers, and on a fallback otherwise.

    The primary is opened when it is first needed, so that a web server can fork before there are connections and
    threads. A call that the primary loses ends in BrokenExecutor, and runs on the fallback when it is submitted again.
    The first such loss of each kind is logged.

    Attributes:
        fallback: should start nothing before its first call.
    """

    def __init__(self, open_primary: Callable[[], Executor | None], fallback: Executor) -> None:
        """Keep how to open the primary, which is None if it cannot be opened."""
        self.fallback = fallback
        self._open_primary = open_primary
        self._primary: Executor | None = None
        self._opened = False
        self._lock = threading.Lock()
        self._logged: set[str] = set()

    @property
    def primary(self) -> Executor:
        """The primary executor, opened now if it was not; the fallback if it could not be opened."""
        with self._lock:
            if not self._opened:
                self._primary, self._opened = self._open_primary(), True
            return self._primary or self.fallback

    @property
    def workers(self) -> int:
        """How many calls run at once on the executor in use."""
        return self.primary.workers or self.fallback.workers

    @property
    def chunk_seconds(self) -> float:
        """How long a chunk should take on the executor in use."""
        return self.primary.chunk_seconds if self.primary.workers else self.fallback.chunk_seconds

    def submit(
        self,
        function: Callable[Parameters, Result],
        /,
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Future[Result]:
        """Have the primary call a function, or the fallback if the primary has no workers."""
        try:
            return self.primary.submit(function, *arguments, **named)
        except BrokenExecutor as error:
            self._log_once(f"{error}: this machine works in its place")
            return self.fallback.submit(function, *arguments, **named)

    def start(self) -> None:
        """Open the primary, and start its workers."""
        self.primary.start()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Shut both down; a primary that was never opened stays so."""
        with self._lock:
            self._opened = True
            if self._primary is not None:
                self._primary.shutdown(wait, cancel_futures=cancel_futures)
        self.fallback.shutdown(wait, cancel_futures=cancel_futures)

    def _log_once(self, line: str) -> None:
        if line not in self._logged:
            self._logged.add(line)
            logger.warning(line)


def open_executor(address: str | None, processes: int, *, timeout: float = CONNECT_SECONDS) -> Executor:
    """An executor of this many processes, or of the Dask cluster whose scheduler has the address, if one is given.

    Whatever is wrong with the cluster, now or later, the processes do the work, and a line of the logger
    ``nnlab.work`` says why. Nothing is connected or started before ``start`` or the first call.
    """
    pool = ProcessPool(processes)
    return FallbackExecutor(partial(_connect, address, timeout), pool) if address else pool


def _connect(address: str, timeout: float) -> Executor | None:
    """The cluster of a scheduler; None if it cannot be reached, which is logged."""
    try:
        from nnlab.work.dask_cluster import DaskCluster

        return DaskCluster(address, timeout)
    except ModuleNotFoundError as error:
        reason = f"{error.name} is not installed: pip install distributed"
    except (OSError, ValueError) as error:
        reason = f"no Dask scheduler at {address} ({error})"
    logger.warning("%s; this machine works by itself", reason)
    return None
