"""What all tests share: the one mark under which a test may be tried again."""

import pytest


def pytest_collection_modifyitems(items):
    """What is timed shares its machine with others: it may stumble, and is tried again, which the summary says."""
    for item in items:
        if item.get_closest_marker("timed"):
            item.add_marker(pytest.mark.flaky(reruns=2))
