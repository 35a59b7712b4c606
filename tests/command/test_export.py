"""``nnlab export``: a trained run as a file, in the format of its ending."""

import csv
import json
from pathlib import Path

import pytest

import nnlab
from nnlab.command.main import main
from nnlab.command.train import SETTINGS_FILE

CIRCLE = ("--dataset", "circle", "--samples", "40", "--epochs", "5")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_json_holds_settings_every_cost_and_the_final_parameters(capsys):
    assert main(["export", "--learning-rate", "0.5"]) == 0
    assert capsys.readouterr() == ("written: run.json\n", "")
    run = json.loads(Path("run.json").read_text(encoding="utf-8"))
    experiment = nnlab.Experiment(learning_rate=0.5)
    history = nnlab.train(experiment)
    assert nnlab.Experiment(**run["experiment"]) == experiment
    assert run["epochs"] == list(range(202))
    assert run["cost"] == [history.initial_cost, *history.cost.tolist()]
    assert (run["solved"], run["end"]) == (history.solved, history.end)
    assert run["weights"] == [matrix.tolist() for matrix in history.weights]
    assert run["biases"] == [row.tolist() for row in history.biases]


def test_an_exported_run_is_an_experiment_again(capsys):
    assert main(["export", *CIRCLE]) == 0
    assert main(["train", "--json", "--experiment", "run.json", "--seed", "4"]) == 0
    found = json.loads(capsys.readouterr().out.partition("\n")[2])["experiment"]
    expected = nnlab.Experiment(dataset="circle", samples=40, epochs=5, seed=4)
    assert nnlab.Experiment(**found) == expected


def test_csv_holds_the_costs_as_train_writes_them():
    assert main(["export", *CIRCLE, "--out", "run.CSV"]) == 0
    assert main(["train", *CIRCLE, "--out", "costs.csv"]) == 0
    assert Path("run.CSV").read_bytes() == Path("costs.csv").read_bytes()
    with Path("run.CSV").open(newline="", encoding="utf-8") as file:
        assert next(csv.reader(file)) == ["epoch", "cost", "test_cost"]


def test_settings_alone_are_a_file_that_the_lab_opens(monkeypatch):
    monkeypatch.setattr("nnlab.command.train.train_network", None)  # nothing is trained
    assert main(["export", "--settings-only", *CIRCLE]) == 0
    settings = json.loads(Path("nnlab-experiment.json").read_text(encoding="utf-8"))
    assert settings == nnlab.Experiment(dataset="circle", samples=40, epochs=5).model_dump(mode="json")
    assert main(["export", "--settings-only", "--out", "run.csv"]) == 2


def test_settings_alone_do_not_replace_a_trained_run(capsys):
    assert main(["export", *CIRCLE]) == 0
    run = Path("run.json").read_bytes()
    assert main(["export", "--settings-only", *CIRCLE]) == 0
    assert Path("run.json").read_bytes() == run
    assert capsys.readouterr().out == "written: run.json\nwritten: nnlab-experiment.json\n"


def test_settings_alone_have_the_name_that_the_lab_gives_them():
    saved = (Path(__file__).parents[2] / "assets/js/files.mjs").read_text(encoding="utf-8")
    assert f'save("{SETTINGS_FILE}"' in saved


@pytest.mark.parametrize("name", ["run.pkl", "run.png", "run.csv.gz"])
def test_another_form_is_refused_and_those_that_there_are_named(name, capsys):
    assert main(["export", "--out", name]) == 2
    assert capsys.readouterr().err == f"out: must end in .json or .csv, got {name}\n"
