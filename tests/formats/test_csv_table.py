"""A student's own rows, read from CSV text however people write it."""

import pytest

from nnlab.formats.csv_table import read_csv

TWO = ((1.5, -2.0, 1), (0.25, 3.0, 0))
GOOD = ((1.0, 2.0, 1),)


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
