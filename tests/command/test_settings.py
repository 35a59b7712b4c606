"""Settings as options: all of them, with what may be given; and what is wrong, in one line each."""

import json
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from nnlab.command import kind, settings
from nnlab.command.estimate import duration
from nnlab.command.kind import kind_of
from nnlab.command.main import main
from nnlab.command.parser import Parser
from nnlab.command.settings import add_settings, experiment_of, given_settings, option
from nnlab.command.spelling import spelled
from nnlab.core.experiment import Experiment


def experiment(*options):
    parser = Parser()
    add_settings(parser)
    return experiment_of(given_settings(parser.parse_args(options)))


@pytest.mark.parametrize("command", ["map", "train", "starts"])
def test_help_names_every_setting_with_its_bounds_and_default(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    for name, field in Experiment.model_fields.items():
        (line,) = (line for line in lines if line.startswith(f"{option(name)} "))
        assert f"(default: {spelled(field.default)})" in line
        for limit in field.metadata:
            for bound in ("ge", "le", "max_length"):
                if kind_of(name).is_flat and hasattr(limit, bound):
                    assert spelled(getattr(limit, bound)) in line
        for choice in kind_of(name).choices:
            assert choice in line


@pytest.mark.parametrize("name", Experiment.model_fields)
def test_what_is_spelled_is_read_back(name):
    default = Experiment.model_fields[name].default
    if default is not None:
        assert getattr(experiment(option(name), spelled(default)), name) == default


@given(
    st.builds(
        Experiment,
        learning_rate=st.floats(0.001, 10),
        epochs=st.integers(1, 5000),
        hidden_layer_sizes=st.lists(st.integers(1, 8), max_size=6).map(tuple),
        features=st.sampled_from([("x1",), ("x1*x2", "x2"), ("x1", "x1 and x2")]),
        targets=st.tuples(*[st.integers(0, 1)] * 4),
        dataset=st.just("custom"),
        initialization=st.just("uniform"),
        weights=st.none() | st.just((((0.5, -1.0),), ((2.0,),))),
    )
)
def test_any_experiment_can_be_given_by_options(wanted):
    options = [
        text for name, value in wanted if value is not None for text in (f"{option(name)}={spelled(value)}",)
    ]
    assert experiment(*options) == wanted


def test_a_setting_added_later_is_an_option_by_itself(monkeypatch, capsys):
    class Later(Experiment):
        momentum: Annotated[float, Field(ge=0, le=0.99)] = 0.5
        noisy: bool = False

    monkeypatch.setattr(kind, "Experiment", Later)
    monkeypatch.setattr(settings, "Experiment", Later)
    assert experiment("--momentum", "0.9", "--noisy", "true") == Later(momentum=0.9, noisy=True)
    with pytest.raises(SystemExit):
        experiment("--help")
    assert "number from 0 to 0.99 (default: 0.5)" in capsys.readouterr().out


def test_a_saved_experiment_is_taken_and_changed(tmp_path):
    file = tmp_path / "nnlab-experiment.json"
    saved = Experiment(dataset="and", seed=4, initialization="normal")
    file.write_text(json.dumps(saved.model_dump(mode="json"), indent=2), encoding="utf-8")
    assert experiment("--experiment", str(file)) == saved
    assert experiment("--seed", "9", "--experiment", str(file)) == saved.changed(seed=9)


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ("train --learning-rate 20", ["learning_rate: must be at most 10, got 20"]),
        ("train --epochs 1.5 --seed -1", ["epochs: must be a whole number, got 1.5", "seed: must be at least 0, got -1"]),
        ("train --scale nan", ["scale: must be finite, got NaN"]),
        ("train --learning-rate fast", ["learning_rate: must be a number, got 'fast'"]),
        ("train --dataset add", ["dataset: must be 'and', 'or', 'xor', 'nand', 'nor', 'xnor' or 'custom', got 'add'"]),
        ("train --hidden-layer-sizes 2,9", ["hidden_layer_sizes.1: must be at most 8, got 9"]),
        ("train --hidden-layer-sizes 1,1,1,1,1,1,1", ["hidden_layer_sizes: must have at most 6, got 7"]),
        ("train --targets 0,1", ["targets: must have at least 4, got 2"]),
        ("train --features x1,x1", ["features: must each be named once, got x1,x1"]),
        ("train --features x1", ["initialization: must fit the network: shape 2-2-1, 3-2-1, got 1-2-1"]),
        ("train --weights [[[1", ["weights: must be a list, got '[[[1'"]),
        ("train --every 0", ["every: must be at least 1, got 0"]),
        ("train --every", ["every: must be followed by a value"]),
        ("train --out nowhere/a.csv", ["out: must be in a folder that is there, got nowhere/a.csv"]),
        ("train --experiment none.json", ["experiment: must be a file to read, got none.json (No such file or directory)"]),
        ("train --experiment list.json", ["experiment: must be a file of one experiment, got list.json"]),
        ("train --experiment not.json", ["experiment: must be a file of JSON, got not.json"]),
        ("train --experiment odd.json", ["speed: must be a setting of an experiment, got 3"]),
        ("train --speed 3", ["--speed: must be an option; --help names them all"]),
        ("dance", ["COMMAND: must be one of map, train, starts, got dance"]),
        ("", ["COMMAND: must be given"]),
        ("starts --starts many", ["starts: must be a whole number, got 'many'"]),
        ("starts --starts 10 --seed 4294967290", ["seed: must be at most 4294967286, got 4294967290"]),
        ("starts --precision half", ["precision: must be one of double, single, got 'half'"]),
        ("map --size 1", ["size: must be at least 2, got 1"]),
        ("map --x epochs", ["x: must be one of learning_rate, scale, seed or a place, got 'epochs'"]),
        ("map --x weights.0.0.9", ["weights.0.0.9: must be in the network 2-2-1"]),
        ("map --y weights.0", ["a place: must be a weight (layer, unit, input) or a bias (layer, unit), got ('weights', 0)"]),
        ("map --x scale", ["the axes: must be two settings, got scale twice"]),
        ("map --x-range 1 20", ["learning_rate: must rise within [0.001, 10], got 1 to 20"]),
        ("map --x-range 1", ["x-range: must be followed by 2 values"]),
        ("map --x-range 1 b", ["x-range: must be a number, got 'b'"]),
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
    there = sorted(tmp_path.iterdir())
    assert main(options.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    if options == "dance":
        err = err.replace("'", "")  # which argparse puts around names, or not, by its version
    assert err.splitlines() == lines
    assert sorted(tmp_path.iterdir()) == there


def test_no_text_brings_a_traceback(capsys):
    deep = "[" * 100_000
    assert main(["train", f"--weights={deep}", f"--epochs={'9' * 5000}"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")]
)
def test_a_duration_in_words(seconds, words):
    assert duration(seconds) == words
