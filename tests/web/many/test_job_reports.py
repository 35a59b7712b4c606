"""A job is divided so that every worker has some of it, and no part is more than a process can hold."""

import pytest

from nnlab import Experiment
from nnlab.core.many import starts
from nnlab.core.many.many_training import FEWEST, slice_size
from nnlab.web.many.job_reports import size_of_parts

from .sample_requests import Wide

DEEP = {"dataset": "circle", "samples": 1000, "train_share": 90, "hidden_layer_sizes": (8,) * 6}


def size(count, **settings):
    return size_of_parts(starts.variations(Experiment(initialization="xavier", **settings), count), Wide())


def test_a_job_is_shared_out_but_not_into_crumbs():
    assert size(7 * 1000) == 1000
    assert size(7 * 10) == FEWEST


def test_a_part_is_a_slice_at_most():
    assert size(100_000) == slice_size(Experiment())


@pytest.mark.parametrize("count", [10, 10_000])
def test_of_networks_that_need_much_memory_a_part_has_fewer(count):
    assert size(count, **DEEP, batch_size=10) == FEWEST
    assert 32 <= size(count, **DEEP, batch_size=1000) < FEWEST / 2
