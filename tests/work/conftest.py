import pytest

from nnlab.work.executor import SerialExecutor
from nnlab.work.process_pool import ProcessPool


@pytest.fixture(scope="module")
def pool():
    pool = ProcessPool(2)
    yield pool
    pool.shutdown(cancel_futures=True)


@pytest.fixture(params=["serial", "pool"])
def executor(request, pool):
    return SerialExecutor() if request.param == "serial" else pool
