"""Settings as options: all of them, with what may be given."""

import json
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from nnlab.command import kind, settings
from nnlab.command.kind import kind_of
from nnlab.command.main import main
from nnlab.command.parser import Parser
from nnlab.command.settings import add_settings, experiment_of, given_settings, option
from nnlab.command.spelling import spelled
from nnlab.core.data.own_data import LARGEST_COORDINATE, MOST_ROWS
from nnlab.core.experiment import Experiment, bounds


def experiment(*options):
    parser = Parser()
    add_settings(parser)
    return experiment_of(given_settings(parser.parse_args(options)))


def as_option(name, value):
    """A setting as it is written in a command."""
    if isinstance(value, bool):
        return option(name) if value else option(name).replace("--", "--no-")
    return f"{option(name)}={spelled(value)}"


@pytest.mark.parametrize("command", ["map", "train", "starts"])
def test_help_names_every_setting_with_its_bounds_and_default(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    out = capsys.readouterr().out.replace(
        f"\n{' ' * 30}", "  "
    )  # where an option takes all the room before its help
    lines = [line.strip() for line in out.splitlines()]
    for name, field in Experiment.model_fields.items():
        shown = f"{option(name)}, --no{option(name)[1:]} " if kind_of(name).is_switch else f"{option(name)} "
        (line,) = (line for line in lines if line.startswith(shown))
        assert f"(default: {spelled(field.default)})" in line
        for limit in field.metadata:
            for bound in ("ge", "le", "max_length"):
                if kind_of(name).is_flat and hasattr(limit, bound):
                    assert spelled(getattr(limit, bound)) in line
        if kind_of(name).type in (int, float):
            assert "from {} to {}".format(*map(spelled, bounds(name))) in line
        assert ("or none" in line) == kind_of(name).optional
        for choice in kind_of(name).choices:
            assert choice in line
    assert f"up to {MOST_ROWS} rows, coordinates from -{LARGEST_COORDINATE:.0f} to" in " ".join(lines)


@pytest.mark.parametrize("name", Experiment.model_fields)
def test_what_is_spelled_is_read_back(name):
    default = Experiment.model_fields[name].default
    assert getattr(experiment(as_option(name, default)), name) == default


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
        weights=st.none() | st.just((((0.5, -1.0),), ((2.0,),))),
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


@pytest.mark.parametrize("name", [name for name in Experiment.model_fields if kind_of(name).choices])
def test_every_choice_can_be_made(name):
    rows = {"dataset": {"points": [[0, 0, 1]]}}.get(name, {})
    for choice in kind_of(name).choices:
        try:
            wanted = Experiment.model_validate({name: choice} | rows)
        except ValueError:  # it needs others too
            assert choice in ("cross_entropy", "explicit")
            continue
        assert experiment_of(rows | {name: kind_of(name).read(choice)}) == wanted


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

    monkeypatch.setattr(kind, "Experiment", Later)
    monkeypatch.setattr(settings, "Experiment", Later)
    assert experiment("--friction", "0.9", "--noisy") == Later(friction=0.9, noisy=True)
    with pytest.raises(SystemExit):
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
