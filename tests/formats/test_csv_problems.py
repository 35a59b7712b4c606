"""What is wrong with a student's CSV text, and where."""

import dataclasses

import pytest

from nnlab.core.data.own_data import LARGEST_COORDINATE, MOST_ROWS
from nnlab.formats.csv_table import LONGEST_VALUE, MOST_BYTES, MOST_PROBLEMS, CellProblem, read_csv

EMPTY = CellProblem(0, 0, "empty", None, "")
GOOD = ((1.0, 2.0, 1),)


def label_problem(line, column, value):
    return CellProblem(line, column, "label", "-1, 0, 1", value)


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
        EMPTY.line = 1  # type: ignore[misc]
