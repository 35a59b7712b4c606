"""Every setting is an option, and the help lists its allowed values."""

import json
import re
from typing import Annotated

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from nnlab.command import experiment_settings
from nnlab.command import options as options_module
from nnlab.command.command_error import written
from nnlab.command.experiment_settings import experiment_of, given_settings
from nnlab.command.main import commands, main
from nnlab.command.options import read, setting_options
from nnlab.core import experiment as experiment_module
from nnlab.core.data.own_data import LARGEST_COORDINATE, MOST_ROWS
from nnlab.core.experiment import Experiment, bounds, choices, field


def option(setting):
    """learning_rate as --learning-rate."""
    return f"--{setting.replace('_', '-')}"


def experiment(*options):
    command = click.Command("train", params=[*setting_options()])
    return experiment_of(given_settings(command.make_context("train", list(options))))


def as_option(name, value):
    """A setting as it is written in a command."""
    if isinstance(value, bool):
        return option(name) if value else option(name).replace("--", "--no-")
    return f"{option(name)}={written(value)}"


@pytest.mark.parametrize("command", ["map", "train", "starts", "export"])
def test_help_names_every_setting_with_its_bounds_and_default(command, capsys, monkeypatch):
    monkeypatch.setitem(commands.commands[command].context_settings, "terminal_width", 1000)
    assert main([command, "--help"]) == 0
    lines = re.sub(
        r"\n {10,}", "  ", capsys.readouterr().out
    ).splitlines()  # where an option is as wide as its column
    lines = [line.strip() for line in lines]
    for name, about in Experiment.model_fields.items():
        kind = field(name)
        shown = f"{option(name)} / --no{option(name)[1:]} " if kind.type is bool else f"{option(name)} "
        (line,) = (line for line in lines if line.startswith(shown))
        assert f"(default: {written(about.default)})" in line
        if name == "points":
            continue
        for bound in (kind.innermost.low, kind.innermost.high):
            assert bound is None or written(bound) in line
        if kind.items is not None and kind.items.items is None:
            assert str(kind.longest) in line
        if kind.type in (int, float):
            assert "from {} to {}".format(*map(written, bounds(name))) in line
        assert ("or none" in line) == kind.optional
        for choice in kind.innermost.choices:
            assert choice in line
    assert f"up to {MOST_ROWS} rows, coordinates from -{LARGEST_COORDINATE:.0f} to" in " ".join(lines)


@pytest.mark.parametrize("command", [[], *([name] for name in commands.commands)], ids=" ".join)
def test_help_is_plain_text_under_both_of_its_options(command, capsys):
    assert main([*command, "--help"]) == 0
    help_text = capsys.readouterr().out
    assert "\\" not in help_text
    assert "\b" not in help_text
    assert main([*command, "-h"]) == 0
    assert capsys.readouterr().out == help_text


def test_help_of_export_has_a_line_for_each_format(capsys):
    assert main(["export", "--help"]) == 0
    starts = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert {".json", ".csv"} <= set(starts)


@pytest.mark.parametrize("name", Experiment.model_fields)
def test_what_is_spelled_is_read_back(name):
    default = Experiment.model_fields[name].default
    assert getattr(experiment(as_option(name, default)), name) == default


def test_none_is_no_hidden_layer_and_the_help_says_so():
    assert experiment("--hidden-layer-sizes", "none").hidden_layer_sizes == ()
    assert "none for 0 of them" in options_module.described(field("hidden_layer_sizes"))


@pytest.mark.parametrize("name", ["shuffle", "standardize", "l1_clamp", "stop_all_correct"])
def test_a_switch_is_turned_on_and_off_and_the_last_word_counts(name):
    on, off = as_option(name, True), as_option(name, False)
    assert getattr(experiment(on), name) is True
    assert getattr(experiment(off), name) is False
    assert getattr(experiment(off, on), name) is True
    assert getattr(experiment(on, off), name) is False


@pytest.mark.parametrize(
    ("name", "value"), [("stop_cost", 0.5), ("stop_no_improvement", 7), ("stop_test_rising", 7)]
)
def test_a_number_that_may_be_left_out_is_given_and_taken_back(name, value, tmp_path):
    given = experiment(option(name), str(value))
    assert getattr(given, name) == value
    file = tmp_path / "saved.json"
    file.write_text(given.model_dump_json(), encoding="utf-8")
    assert experiment("--experiment", str(file), option(name), "none") == Experiment()


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
        optimizer=st.sampled_from(["adam", "nesterov"]),
        epsilon=st.floats(1e-12, 1),
        shuffle=st.booleans(),
        l1_clamp=st.booleans(),
        stop_cost=st.none() | st.floats(0, 1000),
        stop_no_improvement=st.none() | st.integers(1, 5000),
    )
)
def test_any_experiment_can_be_given_by_options(wanted):
    assert experiment(*(as_option(name, value) for name, value in wanted)) == wanted


@given(st.lists(st.floats(-1000, 1000), min_size=9, max_size=9))
def test_any_start_can_be_given_by_options(numbers):
    a, b, c, d, e, f, g, h, i = numbers
    start = {"weights": (((a, b), (c, d)), ((e, f),)), "biases": ((g, h), (i,))}
    assert experiment(*(as_option(name, value) for name, value in start.items())) == Experiment(
        initialization="explicit", **start
    )


@pytest.mark.parametrize("name", [name for name in Experiment.model_fields if field(name).choices])
def test_every_choice_can_be_made(name):
    rows = {"dataset": {"points": [[0, 0, 1]]}}.get(name, {})
    for choice in choices(name):
        try:
            wanted = Experiment.model_validate({name: choice} | rows)
        except ValueError:  # it needs others too
            assert choice in ("cross_entropy", "explicit")
            continue
        assert experiment_of(rows | {name: read(field(name), choice)}) == wanted


def test_cross_entropy_brings_what_it_needs_and_that_is_said(capsys):
    assert experiment("--loss", "cross_entropy") == Experiment(
        loss="cross_entropy", output_activation="sigmoid", encoding="binary"
    )
    assert main(["train", "--loss", "cross_entropy", "--encoding", "binary", "--epochs", "1"]) == 0
    assert capsys.readouterr().err == "output_activation: sigmoid, which cross_entropy needs\n"
    assert main(["train", "--epochs", "1"]) == 0
    assert capsys.readouterr().err == ""


def test_a_setting_added_later_is_an_option_by_itself(monkeypatch, capsys):
    class Later(Experiment):
        friction: Annotated[float, Field(ge=0, le=0.99)] = 0.5
        noisy: bool = False

    for module in (experiment_module, experiment_settings, options_module):
        monkeypatch.setattr(module, "Experiment", Later)
    assert experiment("--friction", "0.9", "--noisy") == Later(friction=0.9, noisy=True)
    with pytest.raises(click.exceptions.Exit):
        experiment("--help")
    assert "number from 0 to 0.99 (default: 0.5)" in capsys.readouterr().out


def test_a_saved_experiment_is_taken_and_changed(tmp_path):
    file = tmp_path / "nnlab-experiment.json"
    saved = Experiment(
        dataset="own",
        points=((1.5, -2.0, 1), (0.25, 3.0, 0)),
        standardize=True,
        seed=4,
        initialization="normal",
        loss="cross_entropy",
        output_activation="sigmoid",
        encoding="binary",
        stop_test_rising=3,
    )
    file.write_text(json.dumps(saved.model_dump(mode="json"), indent=2), encoding="utf-8")
    assert experiment("--experiment", str(file)) == saved
    assert experiment("--seed", "9", "--experiment", str(file)) == saved.changed(seed=9)
