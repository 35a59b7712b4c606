"""Every command accepts every dataset, optimizer, penalty and stop rule, and prints how its runs ended."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import nnlab
from nnlab.command import workers
from nnlab.command.main import main
from nnlab.core.experiment import choices
from nnlab.core.many import outcome_codes, trainability
from nnlab.core.many.many_training import train_variations
from nnlab.core.many.trainability import Axis
from nnlab.core.stop_rules import DIVERGED, ENDS

POINTS = tuple((x / 4, y / 3, int(x * y > 0)) for x in range(-3, 4) for y in range(-2, 3))
FEW = {"samples": 30, "epochs": 6, "batch_size": 4, "initialization": "uniform"}
CIRCLE = {"dataset": "circle"} | FEW
RELU = {"activation": "relu", "output_activation": "linear", "learning_rate": 2.0}
CHANGES = [
    *({"dataset": name} for name in choices("dataset")),
    *({"optimizer": name, "learning_rate": 0.05} for name in choices("optimizer")),
    *({"regularization": name, "shuffle": True} for name in choices("regularization")),
    {"regularization": "l1", "l1_clamp": False},
    {"loss": "cross_entropy", "output_activation": "sigmoid", "encoding": "binary"},
    {"stop_all_correct": True, "dataset": "gaussians"},
    {"stop_cost": 0.4},
    {"stop_no_improvement": 1, "learning_rate": 3.0},
    {"stop_test_rising": 1},
    RELU,
    RELU | {"hidden_layer_sizes": (8, 8, 8), "optimizer": "adam"},
]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NNLAB_DASK", raising=False)
    monkeypatch.setattr(workers, "MEASURED_SECONDS", 0.01)


@pytest.fixture(params=CHANGES, ids=lambda change: "-".join(map(str, change.values())))
def experiment(request):
    """The experiment, which a file holds too."""
    own = {"points": POINTS} if request.param.get("dataset") == "own" else {}
    saved = nnlab.Experiment(**CIRCLE | request.param | own)
    Path("saved.json").write_text(saved.model_dump_json(), encoding="utf-8")
    return saved


def counts_in(out):
    """How many runs ended in each way, as it is printed; all completed if nothing is."""
    lines = [line.split() for line in out.splitlines()]
    return {line[0]: int(line[1]) for line in lines if len(line) == 2 and line[0] in ENDS}


def counts_of(ends):
    """The same of finished runs."""
    counts = np.bincount(ends, minlength=len(ENDS))
    return {} if counts[0] == len(ends) else {ENDS[end]: runs for end, runs in enumerate(counts) if runs}


def test_one_run(experiment, capsys):
    assert main(["train", "--json", "--experiment", "saved.json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    history = nnlab.train(experiment)
    assert (answer["end"], answer["last_epoch"]) == (history.end, len(history.cost))
    assert answer["cost"][-1] == [history.initial_cost, *history.cost][-1]
    assert main(["train", "--experiment", "saved.json"]) == 0
    assert "why the run ended: it " in capsys.readouterr().out


def test_many_starts(experiment, capsys):
    assert main(["starts", "--starts", "7", "--experiment", "saved.json", "--out", "s.csv"]) == 0
    out = capsys.readouterr().out
    history = nnlab.many_starts(experiment, 7).history
    with Path("s.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["final_cost"]) for row in rows] == history.final_cost.tolist()
    assert [row["end"] for row in rows] == [ENDS[end] for end in history.ends]
    assert [int(row["last_epoch"]) for row in rows] == history.last_epochs.tolist()
    assert counts_in(out) == counts_of(history.ends)
    diverged = int(history.diverged.sum())
    assert (f"{diverged} of 7 runs diverged. " in out) == (diverged > 0)


def test_a_map(experiment, capsys):
    assert main(["map", "--size", "4", "--experiment", "saved.json"]) == 0
    out = capsys.readouterr().out
    axes = Axis("learning_rate", 0.01, 10, "log"), Axis("scale", 0.05, 5, "log")
    rows, columns = np.divmod(np.arange(16), 4)
    history = train_variations(trainability.variations(experiment, *axes, 4, rows, columns))
    with np.load("map.npz") as read:
        assert read["final_cost"].ravel().tolist() == history.final_cost.tolist()
        assert read["end"].ravel().tolist() == history.ends.tolist()
        assert read["last_epoch"].ravel().tolist() == history.last_epochs.tolist()
        assert read["ends"][read["end"]].shape == (4, 4)
    assert counts_in(out) == counts_of(history.ends)
    assert ("diverged. " in out) == history.diverged.any()
    with Image.open("map.png") as picture:
        assert np.array_equal(np.asarray(picture)[::-1].ravel() == outcome_codes.DIVERGED, history.diverged)


def test_some_of_these_runs_do_diverge_and_some_stop_early():
    """Else the tests above would not see what they are about."""
    ends = {
        int(end)
        for change in CHANGES
        if change.get("dataset") != "own"
        for end in nnlab.many_starts(nnlab.Experiment(**CIRCLE | change), 7).history.ends
    }
    assert ends == set(range(len(ENDS)))
    assert DIVERGED in ends


def test_a_rule_may_make_it_shorter_and_that_is_said(capsys):
    assert main(["starts", "--starts", "3", "--epochs", "5"]) == 0
    assert capsys.readouterr().err.splitlines()[-1].endswith(" s")
    assert main(["starts", "--starts", "3", "--epochs", "5", "--stop-cost", "0.1"]) == 0
    assert capsys.readouterr().err.splitlines()[-1].endswith(" s, less if they stop early")
