import pytest

from benchmarks.figures import Row, percentile, table


@pytest.mark.parametrize(("share", "expected"), [(0.5, 10), (0.95, 19), (1.0, 20)])
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: int) -> None:
    assert percentile([*range(20, 0, -1)], share) == expected


def test_the_percentile_of_one_value_is_that_value() -> None:
    assert percentile([3.5], 0.95) == 3.5


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="at least one value"):
        percentile([], 0.95)


def test_the_table_says_which_budget_was_missed() -> None:
    lines = table([Row("a", "<= 1", "1", True), Row("b", "<= 1", "2", False)]).splitlines()
    assert lines[2:] == ["| a | <= 1 | 1 | met |", "| b | <= 1 | 2 | **missed** |"]


def test_what_has_no_budget_or_was_not_measured_is_neither_met_nor_missed() -> None:
    assert Row("a", "no budget", "3 s", None).markdown() == "| a | no budget | 3 s | – |"
