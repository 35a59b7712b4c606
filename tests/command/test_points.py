"""``--points``: reading a student's own points, and errors with file, line and column."""

import json
from pathlib import Path

import pytest

import nnlab
from nnlab.command.main import main
from nnlab.core.data.own_data import MOST_ROWS
from nnlab.formats.csv_table import MOST_BYTES

ROWS = ((1.5, -2.0, 1), (0.25, 3.0, 0))
UNIFORM = ("--initialization", "uniform", "--epochs", "2")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(text, name="own.csv"):
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())


def trained_on(capsys, *options):
    """The experiment that a command trains."""
    assert main(["train", "--json", *options]) == 0
    return nnlab.Experiment(**json.loads(capsys.readouterr().out)["experiment"])


@pytest.mark.parametrize(
    "text",
    ["1.5,-2,1\n0.25,3,0", "x1;x2;label\r\n1,5;-2;1\r\n0,25;3;-1\r\n", b"\xff\xfe,b,c\n1.5,-2,1\n.25,3,0"],
)
def test_a_file_of_rows_is_the_dataset(text, capsys):
    write(text)
    expected = nnlab.Experiment(dataset="own", points=ROWS, initialization="uniform", epochs=2)
    assert trained_on(capsys, "--points", "own.csv", *UNIFORM) == expected


def test_a_dataset_that_is_named_stays_and_one_from_a_file_does_not(capsys):
    write("1.5,-2,1\n0.25,3,0")
    Path("saved.json").write_text(nnlab.Experiment(dataset="and").model_dump_json(), encoding="utf-8")
    given = ("--points", "own.csv", "--epochs", "2")
    assert trained_on(capsys, *given, "--dataset", "or").dataset == "or"
    assert trained_on(capsys, *given, "--experiment", "saved.json").dataset == "own"
    assert trained_on(capsys, *given, "--experiment", "saved.json", "--dataset", "and").points == ROWS


def test_points_of_a_saved_experiment_are_used_changed_and_taken_back(capsys):
    write("7,7,1")
    saved = nnlab.Experiment(dataset="own", points=ROWS, epochs=2)
    Path("saved.json").write_text(saved.model_dump_json(), encoding="utf-8")
    given = ("--experiment", "saved.json")
    assert trained_on(capsys, *given) == saved
    assert trained_on(capsys, *given, "--points", "own.csv").points == ((7.0, 7.0, 1),)
    assert trained_on(capsys, *given, "--points", "none", "--dataset", "xor").points is None
    assert main(["train", *given, "--points", "none"]) == 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x1,x2,label\n1,two,0\n1,2,3\n\n1,2\n", [
            "points: own.csv, line 2, column 2: must be a number, got 'two'",
            "points: own.csv, line 3, column 3: must be one of -1, 0, 1, got '3'",
            "points: own.csv, line 5: must have 3 cells, got '1,2'",
        ]),
        ("nan,2e6,1", [
            "points: own.csv, line 1, column 1: must be finite, got 'nan'",
            "points: own.csv, line 1, column 2: must be from -1000000 to 1000000, got '2e6'",
        ]),
        ('1,2,0\n1,"2,0', ["points: own.csv, line 2, column 2: must have an end to its quote, got '\"2,0'"]),
        ("1,2,0\n" * (MOST_ROWS + 1), ["points: own.csv, line 1001: must be among the first 1000 rows, got '1,2,0'"]),
        ("", ["points: own.csv: must have at least 1 row, got none"]),
        ("1,2,0\n" + " " * MOST_BYTES, ["points: own.csv: must be at most 65536 bytes, got more"]),
        (b"\xff" * (MOST_BYTES // 2), ["points: own.csv: must be at most 65536 bytes, got 98304"]),
        (b"1,2\xb0,0", ["points: own.csv, line 1, column 2: must be a number, got '2\N{REPLACEMENT CHARACTER}'"]),
        ("1,\x1b[31m,0", ["points: own.csv, line 1, column 2: must be a number, got '\\x1b[31m'"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["train", "starts", "map"])
def test_what_is_wrong_is_said_with_its_place(command, text, lines, capsys):
    write(text)
    assert main([command, "--points", "own.csv"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.splitlines()) == ("", lines)
    assert [path.name for path in Path().iterdir()] == ["own.csv"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("none.csv", "No such file or directory"), (".", "Is a directory"), ("a\0b", "no name of a file")],
)
def test_a_file_that_cannot_be_read_is_said(name, reason, capsys):
    assert main(["train", "--points", name]) == 2
    assert capsys.readouterr().err == f"points: must be a file to read, got {name} ({reason})\n"


def test_a_file_is_read_once(monkeypatch):
    """Else rows could not come through a pipe."""
    read = []
    monkeypatch.setattr(
        "nnlab.command.experiment_settings.read_points", lambda path: read.append(path) or ROWS
    )
    for command in ("train", "starts --starts 2", "map --size 2"):
        assert main([*command.split(), "--points", "own.csv", *UNIFORM]) == 0
        assert read == [Path("own.csv")]
        read.clear()
