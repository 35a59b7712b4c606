"""Own rows written as CSV and read again, and any text read or refused."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnlab.core.data.own_data import DECIMALS, LARGEST_COORDINATE, MOST_ROWS
from nnlab.formats.csv_table import LONGEST_VALUE, MOST_BYTES, MOST_PROBLEMS, read_csv, write_csv

unhurried = settings(deadline=None)
TWO = ((1.5, -2.0, 1), (0.25, 3.0, 0))


def test_csv_is_written_short_and_with_a_header():
    points = ((1.0, -0.5, 1), (10.0, 0.0001, 0), (-1e6, 1.05, 0), (3, 100.0, 1))
    assert write_csv(points) == "x1,x2,label\r\n1,-0.5,1\r\n10,0.0001,0\r\n-1000000,1.05,0\r\n3,100,1\r\n"
    assert write_csv(()) == "x1,x2,label\r\n"


def test_the_longest_points_fit():
    points = ((-999999.1234, -999999.1234, 1),) * MOST_ROWS
    text = write_csv(points)
    assert len(text) < MOST_BYTES / 2
    assert read_csv(text) == (points, ())


COORDINATE = st.floats(-LARGEST_COORDINATE, LARGEST_COORDINATE).map(lambda x: round(x, DECIMALS) + 0.0)
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE, st.integers(0, 1)), min_size=1, max_size=50)


@unhurried
@given(POINTS)
def test_there_and_back_are_the_same_points(points):
    assert read_csv(write_csv(points)) == (tuple(points), ())


def assert_read(text):
    points, problems = read_csv(text)
    assert len(problems) <= MOST_PROBLEMS
    assert points or problems
    assert all(wrong.line <= 1 + text.count("\n") + text.count("\r") for wrong in problems)
    assert all(0 <= wrong.column <= 3 and len(wrong.value) <= LONGEST_VALUE for wrong in problems)
    if points:
        assert read_csv(write_csv(points)) == (points, ()), "what was read is as good as any"


@unhurried
@given(st.text(st.characters(exclude_categories=())))
@example("\x00")
@example('"' * (MOST_BYTES - 1))
@example("," * MOST_BYTES)
@example("9" * (MOST_BYTES - 4) + ",0,1")
def test_any_text_is_read_or_refused(text):
    assert_read(text)


@settings(deadline=None, max_examples=500)
@given(st.text('0123456789.,;-+eE"\t\r\n x_\N{MINUS SIGN}'))
def test_any_text_that_looks_like_numbers_is_read_or_refused(text):
    assert_read(text)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["1", "-1", "0", " 2.5", '"3"', '"\n4"', '""', "x", '"']), min_size=2, max_size=4
        ),
        max_size=6,
    ),
    st.sampled_from(",;\t"),
)
def test_any_table_is_read_or_refused(table, separator):
    assert_read("\n".join(separator.join(row) for row in table))
