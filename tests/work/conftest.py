import pytest

from nnlab.work.crew import Alone
from nnlab.work.pool import Pool


@pytest.fixture(scope="module")
def pool():
    pool = Pool(2)
    yield pool
    pool.close()


@pytest.fixture(params=["alone", "pool"])
def crew(request, pool):
    return Alone() if request.param == "alone" else pool
