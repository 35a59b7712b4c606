"""``--weights`` and ``--biases`` are the initial parameters, or they are refused; they are never ignored."""

import json
from pathlib import Path

import pytest

import nnlab
from nnlab.command.main import main

WEIGHTS, BIASES = (((0.5, -1.0), (1.0, 2.0)), ((1.0, -1.0),)), ((0.0, 0.5), (0.25,))
OPTIONS = ("--weights", json.dumps(WEIGHTS), "--biases", json.dumps(BIASES), "--epochs", "3")
EXPLICIT = nnlab.Experiment(initialization="explicit", weights=WEIGHTS, biases=BIASES, epochs=3)
PLACES = ("--x", "weights.0.0.0", "--y", "biases.0.0", "--size", "3")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NNLAB_DASK", raising=False)


def test_a_start_that_is_given_is_used(capsys):
    for named in ((), ("--initialization", "explicit")):
        assert main(["train", "--json", *OPTIONS, *named]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert nnlab.Experiment(**answer["experiment"]) == EXPLICIT
        assert answer["cost"][-1] == nnlab.train(EXPLICIT).final_cost


def test_half_a_start_says_what_is_missing(capsys):
    assert main(["train", *OPTIONS[:2]]) == 2
    assert capsys.readouterr().err == "biases: must be given with weights\n"
    assert main(["train", *OPTIONS[2:4]]) == 2
    assert capsys.readouterr().err == "weights: must be given with biases\n"


@pytest.mark.parametrize("network", [["--hidden-layer-sizes", "3"], ["--features", "x1"]])
def test_a_network_for_which_the_notebook_has_no_start_draws_one_and_that_is_said(network, capsys):
    assert main(["train", "--json", "--epochs", "3", *network]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["experiment"]["initialization"] == "xavier"
    assert err == "initialization: xavier, since the notebook's start does not fit this network\n"


@pytest.mark.parametrize("command", ["starts --starts 3", "map --size 2"])
def test_where_runs_draw_their_starts_any_network_has_them(command, capsys):
    assert main([*command.split(), "--epochs", "3", "--hidden-layer-sizes", "3"]) == 0
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("initialization")]
    assert said == ["initialization: uniform, since none is given"]


@pytest.mark.parametrize("initialization", ["notebook", "uniform", "zeros"])
def test_a_start_beside_another_is_refused_with_the_remedy(initialization, capsys):
    assert main(["train", *OPTIONS, "--initialization", initialization]) == 2
    must = "must come with --initialization explicit, or with none"
    assert capsys.readouterr().err == f"weights: {must}, got initialization {initialization}\n"


def test_where_runs_draw_their_starts_one_is_refused(capsys):
    assert main(["starts", *OPTIONS]) == 2
    assert capsys.readouterr().err == (
        "weights: must be left out where each run draws its own start, got initialization uniform\n"
    )
    assert main(["map", *OPTIONS]) == 2
    assert capsys.readouterr().err == (
        "weights: must be left out where learning_rate and scale draw each start, got initialization uniform\n"
    )


def test_a_map_over_places_starts_there(capsys):
    assert main(["map", *OPTIONS, *PLACES]) == 0
    assert "initialization" not in capsys.readouterr().err


def test_what_a_file_keeps_and_does_not_use_is_no_error(capsys):
    kept = EXPLICIT.changed(initialization="uniform")
    Path("saved.json").write_text(kept.model_dump_json(), encoding="utf-8")
    for command in ("train", "starts --starts 3"):
        assert main([*command.split(), "--experiment", "saved.json"]) == 0
    assert main(["train", "--experiment", "saved.json", "--weights", "none"]) == 0
    assert main(["train", "--json", "--experiment", "saved.json", *OPTIONS]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])["experiment"]
    assert found["initialization"] == "explicit"
