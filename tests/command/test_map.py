"""``nnlab map``: its numbers are those of nnlab.trainability_map, and an interrupted map resumes."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import nnlab
from nnlab.command.main import main
from nnlab.command.map_plan import MapPlan
from nnlab.core.many.many_training import cost_epochs
from nnlab.core.many.outcome_codes import outcome_codes
from nnlab.core.many.trainability import DEFAULT_X, DEFAULT_Y, Axis, AxisSpec
from nnlab.core.stop_rules import ENDS
from nnlab.figures.map_figure import PALETTE
from tests.machine import slowness

ROOT = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}

LONG = ("map", "--size", "64", "--epochs", "300", "--hidden-layer-sizes", "8,8", "--processes", "2")
"""Eight parts, each of which takes some tenths of a second."""

PLAN = MapPlan(
    nnlab.Experiment(initialization="uniform", epochs=300, hidden_layer_sizes=(8, 8)),
    Axis(*DEFAULT_X),
    Axis(*DEFAULT_Y),
    64,
    "double",
)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NNLAB_DASK", raising=False)


def assert_holds(name, expected):
    """The file of numbers holds a map, to the last bit."""
    with np.load(name) as read:
        assert set(read) == {
            "x", "y", "final_cost", "solved_since", "end", "last_epoch", "epochs", "ends", "experiment", "axes",
        }  # fmt: skip
        assert read["ends"].tolist() == list(ENDS)
        assert read["final_cost"].tobytes() == expected.final_cost.tobytes()
        assert read["solved_since"].tobytes() == expected.solved_since.tobytes()
        assert read["x"].tobytes() == expected.x.values(expected.size).tobytes()
        assert read["y"].tobytes() == expected.y.values(expected.size).tobytes()
        assert np.array_equal(read["epochs"], cost_epochs(expected.experiment.epochs))
        assert nnlab.Experiment(**json.loads(str(read["experiment"]))) == expected.experiment
        assert json.loads(str(read["axes"]))["x"][1:3] == [expected.x.low, expected.x.high]


def test_the_default_map_is_that_of_the_core(capsys):
    assert main(["map", "--size", "72", "--epochs", "60"]) == 0
    expected = nnlab.trainability_map(nnlab.Experiment(initialization="uniform", epochs=60), size=72)
    assert_holds("map.npz", expected)
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == f"{expected.solved.mean():.2%} of 5,184 runs train"
    assert err.splitlines()[0] == "initialization: uniform, since none is given"
    assert err.splitlines()[1].startswith("5,184 runs of 60 epochs with 2 workers: about ")
    assert "\r" not in err  # a bar is for terminals
    assert sorted(path.name for path in Path().iterdir()) == ["map.npz", "map.png"]


def test_a_map_over_places_with_every_option(capsys):
    file = Path("experiment.json")
    experiment = nnlab.Experiment(dataset="and", initialization="normal", seed=3, epochs=40)
    file.write_text(experiment.model_dump_json(), encoding="utf-8")
    asked = (
        "map --x weights.0.0.1 --x-range -2 3 --y biases.0.1 --y-spacing linear --size 9 --precision single"
    )
    files = "--epochs 30 --experiment experiment.json --out a.png --numbers b.npz --theme dark"
    assert main([*asked.split(), *files.split()]) == 0
    x: AxisSpec = (("weights", 0, 0, 1), -2, 3, "linear")
    y: AxisSpec = (("biases", 0, 1), -5, 5, "linear")
    expected = nnlab.trainability_map(experiment.changed(epochs=30), x, y, 9, precision="single")
    assert_holds("b.npz", expected)
    assert "initialization" not in capsys.readouterr().err
    with Image.open("a.png") as picture:
        codes = outcome_codes(expected.final_cost, expected.solved_since, 30, experiment)
        assert np.array_equal(np.asarray(picture.convert("RGB")), PALETTE["dark"][codes][::-1])


def test_the_pixels_are_the_codes_with_y_upward():
    assert main(["map", "--size", "40", "--epochs", "150", "--initialization", "xavier", "--y", "seed"]) == 0
    x: AxisSpec = ("learning_rate", 0.01, 10, "log")
    y: AxisSpec = ("seed", 0, 39, "linear")
    experiment = nnlab.Experiment(initialization="xavier", epochs=150)
    expected = nnlab.trainability_map(experiment, x, y, 40)
    codes = outcome_codes(expected.final_cost, expected.solved_since, 150, experiment)
    assert (codes < 127).any()
    assert (codes > 127).any()
    with Image.open("map.png") as picture:
        assert picture.size == (40, 40)
        assert np.array_equal(np.asarray(picture), codes[::-1])
        assert np.array_equal(np.asarray(picture.convert("RGB")), PALETTE["light"][codes][::-1])


def test_a_start_that_uses_no_scale_is_drawn_and_that_is_said(capsys):
    assert main(["map", "--size", "4", "--epochs", "5", "--initialization", "notebook"]) == 0
    assert (
        "initialization: uniform, for notebook makes no difference between the runs"
        in capsys.readouterr().err
    )


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    """The files of the long map, made in one go."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    subprocess.run(
        [sys.executable, "-m", "nnlab", *LONG], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True
    )
    return (folder / "map.npz").read_bytes(), (folder / "map.png").read_bytes()


def stopped_by(number):
    """The long map, stopped by a signal when its first part is there; its stderr."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nnlab", *LONG],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60 * slowness()
    while not list(Path().glob("map.npz.parts/*/*.npy")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.005)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does: its workers hear it too
    else:
        process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == (130 if number == signal.SIGINT else -number)
    assert not Path("map.npz").exists()
    return err.decode()


def test_a_killed_map_goes_on_to_the_same_files(uninterrupted, capsys):
    stopped_by(signal.SIGKILL)
    kept = [int(path.stem) for path in Path().glob("map.npz.parts/*/*.npy")]
    there = sum(map(PLAN.part_size, kept))
    assert main(LONG) == 0
    assert f"going on: {there:,} of {len(PLAN):,} runs are there" in capsys.readouterr().err
    assert (Path("map.npz").read_bytes(), Path("map.png").read_bytes()) == uninterrupted
    assert not Path("map.npz.parts").exists()


def test_a_stopped_map_says_how_to_go_on_and_no_other_takes_its_parts(uninterrupted, capsys):
    err = stopped_by(signal.SIGINT)
    kept = sorted(Path().glob("map.npz.parts/*/*.npy"))
    last = err.splitlines()[-1]
    there = f"{len(kept)} of {PLAN.parts} parts are kept in map.npz.parts"
    assert last == f"stopped: {there}; the same command goes on from there"
    assert "Traceback" not in err
    assert main(["map", "--size", "8", "--epochs", "20"]) == 0  # another map, to the same files
    assert "going on" not in capsys.readouterr().err
    assert_holds(
        "map.npz", nnlab.trainability_map(nnlab.Experiment(initialization="uniform", epochs=20), size=8)
    )
    assert sorted(Path().glob("map.npz.parts/*/*.npy")) == kept
    assert main(LONG) == 0
    assert "going on" in capsys.readouterr().err
    assert Path("map.npz").read_bytes() == uninterrupted[0]
    assert not Path("map.npz.parts").exists()


def test_a_scheduler_that_is_not_there_is_said_and_the_map_is_made(capsys, monkeypatch):
    monkeypatch.setenv("NNLAB_DASK", "127.0.0.1:8786")  # no address of a scheduler: it has no scheme
    assert main(["map", "--size", "4", "--epochs", "5"]) == 0
    (line,) = (line for line in capsys.readouterr().err.splitlines() if "Dask" in line)
    assert line.startswith("no Dask scheduler at 127.0.0.1:8786 (")
    assert_holds(
        "map.npz", nnlab.trainability_map(nnlab.Experiment(initialization="uniform", epochs=5), size=4)
    )


def test_a_picture_can_be_opened_by_what_reads_png():
    assert main(["map", "--size", "3", "--epochs", "2"]) == 0
    with Image.open(io.BytesIO(Path("map.png").read_bytes())) as picture:
        picture.verify()
        assert picture.format == "PNG"
