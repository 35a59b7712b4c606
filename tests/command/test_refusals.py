"""An error in a command is printed as one line for each thing that is wrong, whatever is typed."""

import re
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import __main__
from nnlab.command import map as map_command
from nnlab.command import starts as starts_command
from nnlab.command import train as train_command
from nnlab.command.main import commands, main

CLASSES = "and, or, xor, nand, nor, xnor, custom, circle, gaussians, quadrants, spiral, moons"


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ("train --learning-rate 20", ["learning_rate: must be at most 10, got 20"]),
        ("train --epochs 1.5 --seed -1", ["seed: must be at least 0, got -1", "epochs: must be a whole number, got 1.5"]),
        ("train --scale nan", ["scale: must be finite, got NaN"]),
        ("train --learning-rate fast", ["learning_rate: must be a number, got 'fast'"]),
        ("train --dataset add", [f"dataset: must be one of {CLASSES}, plane, multi_gaussians, own, got 'add'"]),
        ("train --loss \ud800", ["loss: must be one of squared_error, cross_entropy, got '\\ud800'"]),
        ("train --loss hinge", ["loss: must be one of squared_error, cross_entropy, got 'hinge'"]),
        ("train --features x1,x3",
         ["features.1: must be one of x1, x2, x1^2, x2^2, x1*x2, sin x1, sin x2, x1 and x2, got 'x3'"]),
        ("train --shuffle=yes", ["Option '--shuffle' does not take a value."]),
        ("train --shuffle yes", ["Got unexpected extra argument (yes)"]),
        ("train --stop-cost soon", ["stop_cost: must be a number, got 'soon'"]),
        ("train --stop-cost -1 --stop-no-improvement 0",
         ["stop_cost: must be at least 0, got -1", "stop_no_improvement: must be at least 1, got 0"]),
        ("train --stop-test-rising 1.5", ["stop_test_rising: must be a whole number, got 1.5"]),
        ("train --epochs none", ["epochs: must be a whole number, got 'none'"]),
        ("train --dataset own", ["points: must be given for the dataset own"]),
        ("starts --points none --dataset own", ["points: must be given for the dataset own"]),
        ("train --loss cross_entropy --encoding bipolar", ["encoding: must be binary for cross_entropy, got 'bipolar'"]),
        ("train --loss cross_entropy --output-activation tanh",
         ["output_activation: must be sigmoid for cross_entropy, got 'tanh'"]),
        ("map --loss cross_entropy --dataset plane",
         [f"dataset: must be one of {CLASSES}, own for cross_entropy, got 'plane'"]),
        ("train --experiment entropy.json", ["output_activation: must be sigmoid for cross_entropy, got 'tanh'"]),
        ("train --experiment flag.json", ["shuffle: must be true or false, got 1"]),
        ("train --experiment rows.json",
         ["points.1.0: must be at most 1000000, got 2000000", "points.1.2: must be at most 1, got 2"]),
        ("train --hidden-layer-sizes 2,9", ["hidden_layer_sizes.1: must be at most 8, got 9"]),
        ("train --hidden-layer-sizes 1,1,1,1,1,1,1", ["hidden_layer_sizes: must have at most 6, got 7"]),
        ("train --targets 0,1", ["targets: must have at least 4, got 2"]),
        ("train --features x1,x1", ["features: must each be named once, got x1,x1"]),
        ("train --features x1 --initialization notebook",
         ["initialization: must fit the network: shape 2-2-1, 3-2-1, got 1-2-1"
          "; --initialization xavier, say, draws a start that fits"]),
        ("train --weights [[[1", ["weights: must be a list, got '[[[1'"]),
        ("train --epochs ٥", ["epochs: must be a whole number, got '٥'"]),
        (f"train --seed {'9' * 5000}", [f"seed: must be a whole number, got '{'9' * 56}..."]),
        (f"train --every {'9' * 5000}",
         [f"Invalid value for '--every': '{'9' * 56}... is not a valid integer range."]),
        ("train --out=", ["out: must be a name of a file, got ''"]),
        ("train --points=", ["points: must be a name of a file, got ''"]),
        ("train --experiment=", ["experiment: must be a name of a file, got ''"]),
        ("train --out a.csv/", ["out: must be a name of a file, got 'a.csv/'"]),
        ("map --numbers a.npz/", ["numbers: must be a name of a file, got 'a.npz/'"]),
        ("train --every 0", ["Invalid value for '--every': 0 is not in the range x>=1."]),
        ("train --every=--", ["Invalid value for '--every': '--' is not a valid integer range."]),
        ("train --every", ["Option '--every' requires an argument."]),
        ("train --out nowhere/a.csv", ["out: must be in a folder that is there, got nowhere/a.csv"]),
        ("train --experiment none.json", ["experiment: must be a file to read, got none.json (No such file or directory)"]),
        ("train --experiment list.json", ["experiment: must be a file of one experiment, got list.json"]),
        ("train --experiment not.json", ["experiment: must be a file of JSON, got not.json"]),
        ("train --experiment odd.json", ["speed: must be a setting of an experiment, got 3"]),
        ("train --speed 3", ["No such option '--speed'. (Did you mean one of: '--data-seed', '--samples', '--seed'?)"]),
        ("dance", ["No such command 'dance'."]),
        ("starts --starts many", ["Invalid value for '--starts': 'many' is not a valid integer range."]),
        ("starts --starts 10 --seed 4294967290", ["seed: must be at most 4294967286, got 4294967290"]),
        ("starts --precision half", ["Invalid value for '--precision': 'half' is not one of 'double', 'single'."]),
        ("map --size 1", ["Invalid value for '--size': 1 is not in the range 2<=x<=16384."]),
        ("map --x epochs", ["x: must be one of learning_rate, scale, seed or a parameter, got 'epochs'"]),
        ("map --x weights.0.0.9", ["weights.0.0.9: must be in the network 2-2-1"]),
        (
            "map --y weights.0",
            ["a parameter: must be a weight (layer, unit, input) or a bias (layer, unit), got ('weights', 0)"],
        ),
        ("map --x scale", ["the axes: must be two settings, got scale twice"]),
        ("map --x-range 1 20", ["learning_rate: must rise within [0.001, 10], got 1 to 20"]),
        ("map --x-range 1", ["Option '--x-range' requires 2 arguments."]),
        ("map --x-range 1 b", ["Invalid value for '--x-range': 'b' is not a valid float."]),
        ("map --y biases.0.0 --y-spacing log", ["biases.0.0: must be above 0 on a logarithmic axis, got -5"]),
        ("map --numbers map.png", ["numbers: must be another file than the picture, got map.png"]),
        ("map --out .", ["out: must be a file, got the folder ."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_line_each(options, lines, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("list.json").write_text("[1]", encoding="utf-8")
    Path("not.json").write_text("{", encoding="utf-8")
    Path("odd.json").write_text('{"speed": 3}', encoding="utf-8")
    Path("entropy.json").write_text(
        '{"loss": "cross_entropy", "output_activation": "tanh"}', encoding="utf-8"
    )
    Path("flag.json").write_text('{"shuffle": 1}', encoding="utf-8")
    Path("rows.json").write_text('{"points": [[0, 0, 1], [2e6, 0, 2]]}', encoding="utf-8")
    there = sorted(tmp_path.iterdir())
    assert main(options.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == lines
    assert sorted(tmp_path.iterdir()) == there


def test_without_a_command_they_are_named(capsys):
    assert main([]) == 2
    err = capsys.readouterr().err
    assert all(f"\n  {name} " in err for name in ("serve", "train", "starts", "map", "export"))


def test_ctrl_c_while_modules_are_imported_stops_the_command(capsys, monkeypatch):
    class Imported(ModuleType):
        def __getattr__(self, name):
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "nnlab.command.main", Imported("nnlab.command.main"))
    assert __main__.main() == 130
    assert capsys.readouterr() == ("", "stopped\n")


def test_the_version_is_said(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"nnlab {nnlab.__version__}\n"


def test_no_text_brings_a_traceback(capsys):
    deep = "[" * 100_000
    assert main(["train", f"--weights={deep}", f"--epochs={'9' * 5000}"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


class TakenError(Exception):
    """A command that is in order, at the point where its work would begin."""


TRAINING = {name: commands.commands[name] for name in ("train", "starts", "map", "export")}


def answered(argv):
    """The exit code of a command, but for its work."""
    doing = (train_command, "train_network"), (starts_command, "train_starts"), (map_command, "Parts")
    patches = [patch.object(module, name, side_effect=TakenError) for module, name in doing]
    for each in patches:
        each.start()
    try:
        return main(argv)
    except TakenError:
        return 0
    finally:
        patch.stopall()


OPTIONS = sorted({text for command in TRAINING.values() for option in command.params for text in option.opts})
SAYS_WHY = re.compile("must|Invalid value|No such|requires|does not take|unexpected extra")
"""Our own refusals, and those of click."""
GOOD = (
    *("0", "1", "2", "7", "0.5", "1e-3", "none", "xor", "circle", "plane", "own", "cross_entropy", "sigmoid"),
    *(
        "binary",
        "x1,x2",
        "x1",
        "4,2",
        "[[[1,2],[3,4]],[[5,6]]]",
        "[[0,0],[0]]",
        "weights.0.0.1",
        "seed",
        "log",
    ),
    *("rows.csv", "saved.json", "out.csv", "uniform", "explicit", "l1", "adam", "double", "dark"),
)
ODD = (
    *(
        "",
        "-1",
        "--",
        "-",
        "1e999",
        "NaN",
        "-Infinity",
        "[[",
        "{}",
        "null",
        "true",
        '"',
        ",",
        "\0",
        ".",
        "..",
        "/",
    ),
    *(
        "\ud800",
        "٣",
        "9" * 5000,
        "x" * 300,
        "[" * 2000,
        "weights." + "9" * 5000,
        "%s",
        "%(prog)s",
        "{0}",
        "{value}",
    ),
)
VALUES = st.sampled_from(GOOD) | st.sampled_from(ODD) | st.text(max_size=8)


@st.composite
def mutated(draw):
    """A good value with a piece replaced."""
    text, other = draw(st.sampled_from(GOOD)), draw(VALUES)
    start, stop = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return text[:start] + other + text[stop:]


@st.composite
def words(draw):
    """One option as it may be typed, with values behind it or none."""
    name, value = draw(st.sampled_from(OPTIONS)), draw(VALUES | mutated())
    return draw(
        st.sampled_from(
            [[name], [name, value], [f"{name}={value}"], [name, value, value], [value], [name[:-1], value]]
        )
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the files are that a command may name."""
    place = tmp_path_factory.mktemp("files")
    (place / "rows.csv").write_text("0,0,1\n1,1,0\n", encoding="utf-8")
    (place / "saved.json").write_text('{"dataset": "and"}', encoding="utf-8")
    return place


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(command=st.sampled_from([*TRAINING]), options=st.lists(words(), max_size=5))
@example(command="map", options=[["--out", "x" * 300]])
@example(command="train", options=[["--out", "a\0b"]])
@example(command="train", options=[["--points", "a\0b"]])
@example(command="train", options=[["--experiment", "a\0b"]])
@example(command="map", options=[["--x", "weights." + "9" * 5000]])
@example(command="train", options=[["--learning-rate", "9" * 4000]])
@example(command="starts", options=[["--points", "rows.csv"], ["--starts", "2"]])
def test_whatever_is_typed_is_taken_or_refused(command, options, folder, monkeypatch):
    monkeypatch.chdir(folder)
    stderr = TextIOWrapper(BytesIO(), encoding="utf-8", errors="backslashreplace")  # as Python opens it
    monkeypatch.setattr(sys, "stderr", stderr)
    code = answered([command, *(word for option in options for word in option)])
    stderr.seek(0)
    err = stderr.read()
    assert code in (0, 2)
    if code == 2:
        assert SAYS_WHY.search(err)
        assert "Traceback" not in err


@pytest.mark.parametrize("command", TRAINING)
def test_what_is_in_order_is_taken(command, folder, monkeypatch):
    monkeypatch.chdir(folder)
    asked = (
        "--points rows.csv --shuffle --no-l1-clamp --stop-cost 0.1 --optimizer adam --experiment saved.json"
    )
    assert answered([command, *asked.split()]) == 0
    assert answered([command, *asked.split(), "--stop-cost", "x"]) == 2
