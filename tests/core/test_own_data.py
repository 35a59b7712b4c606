import dataclasses

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnlab.core.own_data import (
    DECIMALS,
    LARGEST_COORDINATE,
    LONGEST_VALUE,
    MOST_BYTES,
    MOST_PROBLEMS,
    MOST_ROWS,
    CellProblem,
    read_csv,
    standardized,
    write_csv,
)

unhurried = settings(deadline=None)

TWO = ((1.5, -2.0, 1), (0.25, 3.0, 0))
EMPTY = CellProblem(0, 0, "empty", None, "")
GOOD = ((1.0, 2.0, 1),)


def label_problem(line, column, value):
    return CellProblem(line, column, "label", "-1, 0, 1", value)


@pytest.mark.parametrize(
    "text",
    [
        "x1,x2,label\r\n1.5,-2,1\r\n0.25,3,0\r\n",
        "1.5,-2,1\n0.25,3,0",
        "1.5,-2,1\r0.25,3,0\r",
        "1.5,-2,1\n\r0.25,3,0\r\n\r\n\n",
        "\ufeffx1,x2,label\n1.5,-2,1\n0.25,3,0",
        "\ufeff1.5,-2,1\n0.25,3,0",
        "\n \n\t\n1.5,-2,1\n\n  \n0.25,3,0\n ",
        "  1.5 , -2,1  \n\t0.25,\N{NO-BREAK SPACE}3, 0",
        "1.5;-2;1\n0.25;3;0",
        "1.5\t-2\t1\n0.25\t3\t0",
        "1.5\t-2\t1\n\t\t\n0.25\t3\t0",
        "1,5;-2,0;1,0\n,25;3,;0",
        "1,5\t-2,0\t1\n0,25\t3\t0",
        "x1;x2;label\n1,5;-2;1\n0.25;3;0",
        '"1.5","-2","1"\n"0.25","3","0"',
        ' "1.5" , " -2 " , "1"\t\n\t"0.25"\t,3,0',
        '"1.5\n",-2,1\n0.25,"\r\n3",0',
        '"x;1",x2,label\n1.5,-2,1\n0.25,3,0',
        "1.5,\N{MINUS SIGN}2,1\n0.25,3,0",
        "15e-1,-.2E+1,1\n2.5e\N{MINUS SIGN}1,+3.,0",
        "0001.50,-2.00000,1\n.25,3e0,0",
        "1.5,-2,1\n0.25,3,-1",
        "1.5,-2,+1\n0.25,3,-1.0",
        "1.5,-2,1.0\n0.25,3,0.0",
        '1.5,-2,"1"\n0.25,3,\N{MINUS SIGN}1',
        "1.5,-2,1\t\n0.25,3,0",
    ],
    ids=repr,
)
def test_however_it_is_written_it_is_the_same_two_points(text):
    assert read_csv(text) == (TWO, ())


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("x1,x2,label", "1,2,0"),
        ("X1,X2,Label", "1,2,0"),
        (' x1 ,"x2", LABEL ', "1,2,0"),
        ("x2,x1,label", "2,1,0"),
        ("label,x1,x2", "0,1,2"),
        ("Label;X2;X1", "0;2;1"),
        ("x2\tlabel\tx1", "2\t0\t1"),
        ("label,width,height", "1,2,0"),
        ("x1,x1,label", "1,2,0"),
        ("label,x2,x 1", "1,2,0"),
        ("ширина,высота,класс", "1,2,0"),
        ('"the\nwidth",height,"class, of two"', "1,2,0"),
        (",,class", "1,2,0"),
    ],
)
def test_a_header_names_the_columns_or_is_passed_over(header, row):
    assert read_csv(f"{header}\n{row}") == (((1.0, 2.0, 0),), ())


def test_minus_one_and_zero_both_mean_class_zero():
    points, problems = read_csv("1,1,-1\n2,2,0\n3,3,1")
    assert [label for *_, label in points] == [0, 0, 1]
    assert problems == ()


def test_labels_are_whole_numbers_and_coordinates_real_ones():
    ((x1, x2, label),), _ = read_csv("1,2,1.0")
    assert (type(x1), type(x2), type(label)) == (float, float, int)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0.12344", 0.1234),
        ("0.12346", 0.1235),
        ("-0.00006", -0.0001),
        ("1e-400", 0.0),
        ("1000000", 1e6),
        ("-1e6", -1e6),
        ("999999.99999", 1e6),
        ("0." + "1" * 60_000, 0.1111),
    ],
    ids=lambda value: str(value)[:20],
)
def test_coordinates_are_rounded(written, read):
    assert read_csv(f"{written},0,0") == (((read, 0.0, 0),), ())


@pytest.mark.parametrize("written", ["-0", "-0.0", "-0.00001", "-1e-400", "\N{MINUS SIGN}0"])
def test_there_is_no_negative_zero(written):
    ((x1, x2, _),), _ = read_csv(f"{written},{written},0")
    assert str(x1) == str(x2) == "0.0"


NO_NUMBERS = [
    "", "a", "1_000", "0x10", "1e", "e5", "1e5.0", ".", "+", "--1", "1 2", "1.2.3", "1-2", "١", "²", "½", "∞", "1\x00",
    "1d5", "infinite", "nano", "1f", "\N{MINUS SIGN}\N{MINUS SIGN}1", "(1)", "\ufeff1", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("cell", NO_NUMBERS, ids=ascii)
def test_a_coordinate_is_a_number(cell):
    text = f"1,2,1\n{cell},{cell},0\n"
    wrong = tuple(CellProblem(2, column, "number", None, cell) for column in (1, 2))
    assert read_csv(text) == (GOOD, wrong)


@pytest.mark.parametrize("cell", [*NO_NUMBERS, "2", "0.5", "-1.5", "nan", "inf", "1e999", "true"], ids=ascii)
def test_a_label_is_one_of_two_classes(cell):
    assert read_csv(f"1,2,1\n1,2,{cell}\n") == (GOOD, (label_problem(2, 3, cell),))


@pytest.mark.parametrize(
    "cell", ["nan", "NaN", "-nan", "inf", "+Inf", "-INF", "Infinity", "\N{MINUS SIGN}inf"]
)
def test_a_coordinate_is_finite_in_the_first_line_as_well(cell):
    wrong = (CellProblem(1, 1, "finite", None, cell), CellProblem(2, 2, "finite", None, cell))
    assert read_csv(f"{cell},2,1\n1,{cell},0") == ((), wrong)


@pytest.mark.parametrize("cell", ["1000000.1", "-1000001", "1e7", "1e999", "-1e999"])
def test_a_coordinate_is_not_too_large(cell):
    wrong = tuple(CellProblem(line, line, "largest", LARGEST_COORDINATE, cell) for line in (1, 2))
    assert read_csv(f"{cell},2,1\n1,{cell},0") == ((), wrong)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("1,2,1\n'5',3,0", "'5'"),
        ('1,2,1\n"1,5",3,0', '"1,5"'),
        ('1,2,1\n"1""",3,0', '"1"""'),
        ('1,2,1\n"1"5,3,0', '"1"5'),
        ('1,2,1\n"1" "5",3,0', '"1" "5"'),
        ('1,2,1\n1"5,3,0', '1"5'),
        ("1;2;1\n1,234,5;3;0", "1,234,5"),
        ("1;2;1\n1,234.5;3;0", "1,234.5"),
        ("1\t2\t1\n1;5\t3\t0", "1;5"),
    ],
)
def test_a_cell_is_shown_as_it_is_written(text, cell):
    assert read_csv(text) == (GOOD, (CellProblem(2, 1, "number", None, cell),))


@pytest.mark.parametrize(
    ("text", "line", "row"),
    [
        ("1,2,1\n1,2", 2, "1,2"),
        ("1,2,1\n5", 2, "5"),
        ("1,2,1\n\n1,2,1,0", 3, "1,2,1,0"),
        ("1,2,1\n1,2,1,", 2, "1,2,1,"),
        ("1;2;1\n1,2,1", 2, "1,2,1"),
        ("1,2,1\n1;2;1", 2, "1;2;1"),
        ('1,2,1\n""', 2, '""'),
        ('1,2,1\n1,"a\r\nb"\n', 2, '1,"a\nb"'),
        ("my points\n1,2,1", 1, "my points"),
        ("x1,x2,x3,label\n1,2,1", 1, "x1,x2,x3,label"),
        ("1 2 1\n1,2,1", 1, "1 2 1"),
    ],
)
def test_a_row_has_three_cells(text, line, row):
    assert read_csv(text) == (GOOD, (CellProblem(line, 0, "columns", 3, row),))


@pytest.mark.parametrize(
    ("text", "points", "line", "column", "value"),
    [
        ('1,2,1\n"3,4,0\n5,6,0', GOOD, 2, 1, '"3,4,0\n5,6,0'),
        ('1,2,1\n\n3, "4,0', GOOD, 3, 2, '"4,0'),
        ('1,2,1\r\n3,4,"0', GOOD, 2, 3, '"0'),
        ('1,2,1\n3,4,0,"', GOOD, 2, 0, '"'),
        ('1,2,1\n"3\n",4,"""0', GOOD, 3, 3, '"""0'),
        ('x1,x2,"label\n1,2,1', (), 1, 3, '"label\n1,2,1'),
        ('"', (), 1, 1, '"'),
        ('1,2,1\n"' + "," * 30_000, GOOD, 2, 1, '"' + "," * 59),
    ],
)
def test_a_quote_is_closed(text, points, line, column, value):
    assert read_csv(text) == (points, (CellProblem(line, column, "quote", None, value),))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_lines_are_counted_as_an_editor_counts_them(end):
    text = end.join(["\ufeff", "x1,x2,label", "", "a,2,1", '"1', '",b,1', " ", '"', '1",2,c', "d,2,1"])
    expected = (
        CellProblem(4, 1, "number", None, "a"),
        CellProblem(6, 2, "number", None, "b"),
        label_problem(9, 3, "c"),
        CellProblem(10, 1, "number", None, "d"),
    )
    assert read_csv(text) == ((), expected)


@pytest.mark.parametrize("character", ["\v", "\f", "\x1c", "\x85", "\u2028"], ids=ascii)
def test_other_characters_end_no_line(character):
    assert read_csv(f"1,2,1{character}\n{character}\nb,2,1") == (
        GOOD,
        (CellProblem(3, 1, "number", None, "b"),),
    )


def test_columns_are_counted_as_they_are_written_whatever_the_header_calls_them():
    wrong = (label_problem(2, 1, "a"), CellProblem(2, 2, "number", None, "b"))
    assert read_csv("label,x2,x1\na,b,1") == ((), wrong)


def test_rows_that_hold_are_read_beside_those_that_do_not():
    points, problems = read_csv("1,2,1\nb,2,7\n3,4,0")
    assert points == (*GOOD, (3.0, 4.0, 0))
    assert problems == (CellProblem(2, 1, "number", None, "b"), label_problem(2, 3, "7"))


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "\n\r\n \t\n", "x1,x2,label", "x1;x2;label\n\n", "a,b,c"], ids=repr
)
def test_there_is_a_row(text):
    assert read_csv(text) == ((), (EMPTY,))


def test_there_are_not_too_many_rows():
    text = "x1,x2,label\n\n" + "1,2,1\n" * MOST_ROWS
    assert read_csv(text) == (GOOD * MOST_ROWS, ())
    too_many = CellProblem(MOST_ROWS + 4, 0, "rows", MOST_ROWS, "3,4,0")
    assert read_csv(f"{text}\n3,4,0\nb\n") == (GOOD * MOST_ROWS, (too_many,))


def test_rows_that_do_not_hold_count_as_well():
    _, problems = read_csv("1,2,1\n" * (MOST_ROWS - 1) + "b\n3,4,0\n")
    assert [(wrong.line, wrong.rule) for wrong in problems] == [
        (MOST_ROWS, "columns"),
        (MOST_ROWS + 1, "rows"),
    ]


@pytest.mark.parametrize("filling", ["\n", "é", "\ud800", ",", '"'], ids=ascii)
def test_the_text_is_not_too_long_in_bytes(filling):
    size = len(filling.encode("utf-8", "surrogatepass"))
    text = "1,2,1\n" + " " * (MOST_BYTES % size) + filling * ((MOST_BYTES - 6) // size)
    assert "bytes" not in {wrong.rule for wrong in read_csv(text)[1]}
    text += " " * (MOST_BYTES + 1 - len(text.encode("utf-8", "surrogatepass")))
    assert read_csv(text) == ((), (CellProblem(0, 0, "bytes", MOST_BYTES, str(MOST_BYTES + 1)),))


def test_only_the_first_problems_are_told():
    _, problems = read_csv("1,2,1\n" + "a,b,c\n" * 1000)
    assert len(problems) == MOST_PROBLEMS == 20
    assert [(wrong.line, wrong.column) for wrong in problems[-3:]] == [(7, 3), (8, 1), (8, 2)]


def test_a_long_cell_is_cut():
    _, (wrong,) = read_csv("1,2,1\n" + "7" * 61 + "x,2,1")
    assert wrong.value == "7" * LONGEST_VALUE
    assert LONGEST_VALUE == 60


def test_a_problem_does_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        EMPTY.line = 1


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


@unhurried
@given(POINTS)
def test_standardized_coordinates_have_mean_zero_and_deviation_one(points):
    coordinates = np.array([point[:2] for point in points])
    moved, mean, deviation = standardized(coordinates)
    assert moved.shape == coordinates.shape
    assert mean.shape == deviation.shape == (2,)
    varies = np.ptp(coordinates, axis=0) > 0
    # A coordinate of 1e6 is held to 1e-10, and a spread may be as small as 1e-5: their ratio is left.
    np.testing.assert_allclose(moved.mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(moved.std(axis=0), varies, rtol=1e-4)
    np.testing.assert_allclose(moved * deviation + mean, coordinates, rtol=1e-12, atol=1e-9)


def test_standardizing_by_hand():
    moved, mean, deviation = standardized(np.array([[1.0, 10.0], [3.0, 10.0], [1.0, 40.0], [3.0, 40.0]]))
    np.testing.assert_array_equal(mean, [2, 25])
    np.testing.assert_array_equal(deviation, [1, 15])
    np.testing.assert_array_equal(moved, [[-1, -1], [1, -1], [-1, 1], [1, 1]])


@pytest.mark.parametrize("value", [0.0, 0.1, -999999.1234])
@pytest.mark.parametrize("m", [1, 3, 10, 1000])
def test_a_coordinate_that_does_not_vary_is_only_centred(value, m):
    points = np.column_stack([np.full(m, value), np.arange(m)])
    moved, mean, deviation = standardized(points)
    np.testing.assert_array_equal(moved[:, 0], 0)
    assert mean[0] == value
    assert deviation[0] == 1


def test_standardizing_leaves_its_points_alone():
    points = np.array([[1.0, 2.0], [3.0, 5.0]])
    standardized(points)
    np.testing.assert_array_equal(points, [[1, 2], [3, 5]])


@pytest.mark.parametrize("shape", [(0, 2), (2,), (3, 3), (2, 2, 2)])
def test_points_to_standardize_have_two_coordinates(shape):
    with pytest.raises(ValueError, match="points must have shape"):
        standardized(np.zeros(shape))
