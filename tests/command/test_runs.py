"""``nnlab train`` and ``nnlab starts``: the numbers are those of nnlab.train and nnlab.many_starts."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import nnlab
from nnlab.command.main import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NNLAB_DASK", raising=False)


def read_csv(name):
    with Path(name).open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    return head, rows


def test_the_notebooks_run_is_printed(capsys):
    assert main(["train", "--every", "67"]) == 0
    out = capsys.readouterr().out
    cost = nnlab.train(nnlab.Experiment()).cost
    assert [line.split() for line in out.splitlines()[:5]] == [
        ["epoch", "cost"],
        ["0", "0.667855"],
        ["67", f"{cost[66]:.6g}"],
        ["134", f"{cost[133]:.6g}"],
        ["201", "0.00402544"],
    ]
    assert "final cost 0.00402544, below 0.02" in out


def test_a_run_as_json_and_as_a_file_is_that_of_the_core(capsys):
    settings = ["--learning-rate", "0.5", "--hidden-layer-sizes", "3,2", "--initialization", "uniform"]
    assert main(["train", "--json", "--every", "100", "--out", "costs.csv", *settings]) == 0
    answer = json.loads(capsys.readouterr().out)
    experiment = nnlab.Experiment(learning_rate=0.5, hidden_layer_sizes=(3, 2), initialization="uniform")
    history = nnlab.train(experiment)
    assert nnlab.Experiment(**answer["experiment"]) == experiment
    assert answer["epochs"] == [0, 100, 200, 201]
    assert answer["cost"] == [history.initial_cost, *history.cost[[99, 199, 200]]]
    assert answer["weights"] == [matrix.tolist() for matrix in history.weights]
    assert answer["outputs"] == history.predict(answer["points"]).tolist()
    head, rows = read_csv("costs.csv")
    assert head == ["epoch", "cost"]
    assert [float(cost) for _, cost in rows] == [history.initial_cost, *history.cost.tolist()]


def test_test_rows_have_costs_of_their_own(capsys):
    asked = ["--dataset", "circle", "--samples", "40", "--train-share", "70", "--epochs", "3", "--every", "2"]
    experiment = nnlab.Experiment(dataset="circle", samples=40, train_share=70, epochs=3)
    history = nnlab.train(experiment)
    train_costs = [history.initial_cost, *history.cost.tolist()]
    test_costs = [history.initial_test_cost, *history.test_cost.tolist()]
    assert main(["train", "--out", "costs.csv", *asked]) == 0
    head, rows = read_csv("costs.csv")
    assert head == ["epoch", "cost", "test_cost"]
    assert [[float(value) for value in row] for row in rows] == [
        [epoch, *both] for epoch, both in enumerate(zip(train_costs, test_costs, strict=True))
    ]
    shown = capsys.readouterr().out.split("\n\n")[0].splitlines()
    assert shown[0].split() == ["epoch", "cost", "test", "cost"]
    assert [line.split()[-1] for line in shown[1:]] == [f"{test_costs[at]:.6g}" for at in (0, 2, 3)]
    assert main(["train", "--json", *asked]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["test_cost"] == [test_costs[at] for at in (0, 2, 3)]
    assert answer["test_outputs"] == history.predict(answer["test_points"]).tolist()


def test_json_tells_how_its_points_were_standardized(capsys):
    points = [(1000.0 + 7 * k, 500.0 - 3 * k, k % 2) for k in range(30)]
    experiment = nnlab.Experiment(dataset="own", points=points, standardize=True, epochs=3)
    Path("settings.json").write_text(experiment.model_dump_json())
    assert main(["train", "--json", "--experiment", "settings.json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    mean, deviation = map(np.array, answer["standardization"])
    raw = np.array(answer["points"]) * deviation + mean
    history = nnlab.train(experiment)
    np.testing.assert_allclose(history.predict(raw), answer["outputs"], rtol=1e-9)
    assert {tuple(point) for point in np.rint(raw).tolist()} <= {point[:2] for point in points}
    assert main(["train", "--json", "--epochs", "3"]) == 0
    assert json.loads(capsys.readouterr().out)["standardization"] is None


def test_classes_are_scored_on_both_kinds_of_rows(capsys):
    asked = [
        "--dataset",
        "circle",
        "--samples",
        "101",
        "--train-share",
        "70",
        "--epochs",
        "30",
        "--batch-size",
        "5",
    ]
    assert main(["train", *asked]) == 0
    blocks = capsys.readouterr().out.split("\n\n")
    assert main(["train", "--json", *asked]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "target" not in "".join(blocks)  # a truth table of a hundred rows is none
    head, *rows = [line.split() for line in blocks[1].splitlines()]
    assert " ".join(head) == "rows count cost accuracy 0 right 0 wrong 1 right 1 wrong"
    for name, prefix, (kind, *cells) in zip(("training", "test"), ("", "test_"), rows, strict=True):
        score = answer["scores"][name]
        outputs, targets = np.array(answer[f"{prefix}outputs"]), np.array(answer[f"{prefix}targets"])
        right = (outputs > 0) == (targets > 0)
        counts = [
            ((targets == side) & (right == verdict)).sum() for side in (-1, 1) for verdict in (True, False)
        ]
        assert score["accuracy"] == right.mean()
        assert score["confusion"] == [counts[:2], [counts[3], counts[2]]]
        cost = f"{((outputs - targets) ** 2).mean() / 2:.6g}"
        assert [kind, *cells] == [name, str(len(targets)), cost, f"{right.mean():.2%}", *map(str, counts)]


def test_numbers_are_scored_by_their_distance(capsys):
    asked = [
        "--dataset",
        "plane",
        "--output-activation",
        "linear",
        "--samples",
        "60",
        "--learning-rate",
        "0.01",
    ]
    assert main(["train", *asked]) == 0
    blocks = capsys.readouterr().out.split("\n\n")
    assert main(["train", "--json", *asked]) == 0
    answer = json.loads(capsys.readouterr().out)
    head, training, test = [line.split() for line in blocks[1].splitlines()]
    assert head == ["rows", "count", "cost", "R^2", "RMSE"]
    for row, score, name in (
        (training, answer["scores"]["training"], ""),
        (test, answer["scores"]["test"], "test_"),
    ):
        outputs, targets = np.array(answer[f"{name}outputs"]), np.array(answer[f"{name}targets"])
        error = ((outputs - targets) ** 2).mean()
        assert score["rmse"] == pytest.approx(error**0.5)
        assert score["r_squared"] == pytest.approx(1 - error / targets.var())
        assert row[3:] == [f"{score['r_squared']:.6g}", f"{score['rmse']:.6g}"]


def test_a_gate_has_its_truth_table_and_no_test_rows(capsys):
    assert main(["train", "--dataset", "and"]) == 0
    _, truth, scored, *_ = capsys.readouterr().out.split("\n\n")
    assert truth.split()[:4] == ["x1", "x2", "target", "output"]
    assert len(truth.splitlines()) == 5
    assert scored.splitlines()[1].split()[3:] == ["100.00%", "3", "0", "1", "0"]
    assert len(scored.splitlines()) == 2


def test_a_run_that_stops_early_ends_its_tables_there(capsys):
    assert main(["train", "--stop-cost", "0.25", "--every", "10", "--out", "costs.csv"]) == 0
    last = len(nnlab.train(nnlab.Experiment(stop_cost=0.25)).cost)
    costs, *_, why = capsys.readouterr().out.split("\n\n")
    assert [int(line.split()[0]) for line in costs.splitlines()[1:]] == [*range(0, last, 10), last]
    assert why == f"why the run ended: it stopped after epoch {last} of 201: its cost is below 0.25\n"
    assert [int(row[0]) for row in read_csv("costs.csv")[1]] == list(range(last + 1))


def test_a_run_that_diverges_at_once_is_shown_as_it_was_before(capsys):
    asked = [
        "--dataset",
        "circle",
        "--activation",
        "relu",
        "--output-activation",
        "linear",
        "--learning-rate",
        "10",
    ]
    asked += ["--initialization", "uniform"]
    assert main(["train", *asked]) == 0
    assert "it diverged in epoch 1 of 201" in capsys.readouterr().out
    assert main(["train", "--json", *asked]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["end"], answer["last_epoch"], answer["epochs"]) == ("diverged", 0, [0])
    assert answer["cost"] == [answer["scores"]["training"]["cost"]]


def test_numbers_too_large_are_no_json_and_so_left_out(capsys):
    """A line that runs away: its test rows, squared, may be beyond all numbers while its training rows are not."""
    asked = [
        "--dataset",
        "plane",
        "--activation",
        "linear",
        "--output-activation",
        "linear",
        "--learning-rate",
        "1",
    ]
    asked += [
        "--hidden-layer-sizes",
        "8,8,8",
        "--initialization",
        "uniform",
        "--train-share",
        "10",
        "--samples",
        "20",
    ]

    def refuse(word):
        raise AssertionError(word)

    for seed in range(8):
        assert main(["train", "--json", "--seed", str(seed), *asked]) == 0
        assert json.loads(capsys.readouterr().out, parse_constant=refuse)["end"] == "diverged"


@pytest.mark.parametrize("starts", [50, 9000])  # one part, and several
def test_starts_are_those_of_the_core(starts, capsys):
    assert main(["starts", "--starts", str(starts), "--epochs", "120", "--seed", "5", "--out", "s.csv"]) == 0
    many = nnlab.many_starts(nnlab.Experiment(initialization="uniform", epochs=120, seed=5), starts)
    head, rows = read_csv("s.csv")
    assert head == ["seed", "final_cost", "solved_since", "end", "last_epoch", "accuracy"]
    assert [int(row[0]) for row in rows] == list(range(5, 5 + starts))
    assert [float(row[1]) for row in rows] == many.final_cost.tolist()
    assert [int(row[2]) for row in rows] == many.history.solved_since.tolist()
    assert {tuple(row[3:5]) for row in rows} == {("completed", "120")}
    assert [float(row[5]) for row in rows] == many.history.accuracy.tolist()
    out, err = capsys.readouterr()
    assert f"{(many.history.accuracy == 1).sum():,} of {starts:,} tell every training row right" in out
    share = many.success
    assert f"{share.successes:,} of {starts:,} runs train: {share.value:.2%} " in out
    assert f"(95 % interval: {share.low:.2%} to {share.high:.2%})" in out
    level, near = out.split("\n\n")[1].splitlines()[1].split()
    assert int(near) == (np.abs(many.final_cost / float(level) - 1) < 0.05).sum()
    last = [float(value) for value in out.splitlines()[-1].split()]
    assert last == [120, *(float(f"{quantile:.6g}") for quantile in many.fan[:, -1])]
    assert err.startswith("initialization: uniform, since none is given\n")


def test_a_gate_without_plateaus_has_none(capsys):
    assert main(["starts", "--starts", "20", "--dataset", "and"]) == 0
    assert "plateau" not in capsys.readouterr().out


def test_a_reader_who_has_read_enough_is_no_error():
    writer = subprocess.Popen(
        [sys.executable, "-m", "nnlab", "train", "--every", "1", "--epochs", "5000"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert writer.stdout
    assert writer.stderr
    writer.stdout.close()
    assert writer.stderr.read() == b""
    writer.stderr.close()
    assert writer.wait() != 0


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own is Unix's")
def test_a_terminal_sees_a_bar():
    import os
    import pty
    import termios

    controller, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    asked = [sys.executable, "-m", "nnlab", "starts", "--starts", "40"]
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=terminal) as process:
        out, _ = process.communicate()
    os.close(terminal)
    seen = os.read(controller, 100_000).decode()
    os.close(controller)
    assert process.returncode == 0
    assert "100%|" in seen
    assert b"|" not in out


def test_starts_as_json_are_those_of_the_core(capsys):
    asked = ["--starts", "60", "--epochs", "120", "--learning-rate", "1"]
    assert main(["starts", "--json", *asked]) == 0
    answer = json.loads(capsys.readouterr().out)
    many = nnlab.many_starts(
        nnlab.Experiment(initialization="uniform", epochs=120, learning_rate=1.0), starts=60
    )
    experiment = many.history.variations.experiment
    assert nnlab.Experiment(**answer["experiment"]) == experiment
    share = many.success
    assert (answer["solved"], answer["starts"], answer["share"]) == (share.successes, 60, share.value)
    assert answer["interval"] == [share.low, share.high]
    assert answer["all_right"] == many.all_right
    assert sum(answer["ends"].values()) == 60
    assert answer["epochs"] == many.history.epochs.tolist()
    assert list(answer["cost"].values()) == many.fan.tolist()
    assert [each["cost"] for each in answer["plateaus"]] == [0.5, 1 / 3, 0.25]


def test_starts_that_diverge_are_json_too(capsys):
    diverging = "--dataset plane --activation linear --output-activation linear --learning-rate 10 --epochs 5"
    assert main(["starts", "--json", "--starts", "9", *diverging.split()]) == 0
    answer = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert answer["ends"]["diverged"] == 9
    assert answer["all_right"] is None
