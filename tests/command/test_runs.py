"""``python -m nnlab train`` and ``starts``: the numbers are those of nnlab.train and nnlab.many_starts."""

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


@pytest.mark.parametrize("starts", [50, 9000])  # one part, and several
def test_starts_are_those_of_the_core(starts, capsys):
    assert main(["starts", "--starts", str(starts), "--epochs", "120", "--seed", "5", "--out", "s.csv"]) == 0
    many = nnlab.many_starts(nnlab.Experiment(initialization="uniform", epochs=120, seed=5), starts)
    head, rows = read_csv("s.csv")
    assert head == ["seed", "final_cost", "solved_since"]
    assert [int(row[0]) for row in rows] == list(range(5, 5 + starts))
    assert [float(row[1]) for row in rows] == many.final_cost.tolist()
    assert [int(row[2]) for row in rows] == many.history.solved_since.tolist()
    out, err = capsys.readouterr()
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
