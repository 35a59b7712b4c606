"""A request that costs too much is refused, with the greatest value that is possible."""

import pytest

from nnlab.web.http.request_limits import LimitExceededError, check_epochs


def test_epochs_are_held_to_the_work_that_they_are():
    check_epochs(100, 10, lambda epochs: 10 * epochs)
    with pytest.raises(LimitExceededError) as caught:
        check_epochs(100, 30, lambda epochs: 7 * epochs)
    assert (caught.value.field, caught.value.bound, caught.value.value) == ("epochs", 14, 30)
    with pytest.raises(LimitExceededError) as caught:
        check_epochs(100, 30, lambda epochs: 101 + epochs)
    assert (caught.value.field, caught.value.bound, caught.value.value) == ("view", 100, 131)


def test_an_error_says_what_the_cost_must_be():
    assert str(LimitExceededError("bytes", 10, 11)) == "bytes must be at most 10, got 11"
