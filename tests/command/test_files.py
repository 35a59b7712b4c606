"""Files are written whole, through links and into devices, and an obstacle is named."""

import errno
import os
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import nnlab
from nnlab.command.main import main

ROOT = Path(__file__).parents[2]
TWO_PARTS = ("map", "--size", "72", "--epochs", "5", "--processes", "1")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and limits of Unix")
COMMANDS = {
    "costs.csv": ("train", "--epochs", "3", "--out"),
    "starts.csv": ("starts", "--starts", "3", "--epochs", "3", "--out"),
    "map.png": ("map", "--size", "3", "--epochs", "3", "--out"),
    "map.npz": ("map", "--size", "3", "--epochs", "3", "--numbers"),
    "run.json": ("export", "--epochs", "3", "--out"),
}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NNLAB_DASK", raising=False)


@pytest.fixture(params=COMMANDS)
def name(request):
    """A file that a command writes."""
    return request.param


def written(name):
    """The file as it is written where nothing is special."""
    Path("plain").mkdir()
    assert main([*COMMANDS[name], f"plain/{name}"]) == 0
    return (Path("plain") / name).read_bytes()


@UNIX
def test_a_link_stays_and_the_file_that_it_leads_to_is_written(name):
    Path("there").mkdir()
    Path(name).symlink_to(f"there/{name}")
    for _ in range(2):  # into nothing yet, and over what is there
        assert main([*COMMANDS[name], name]) == 0
        assert Path(name).is_symlink()
        assert [path.name for path in Path("there").iterdir()] == [name]
    assert Path("there", name).read_bytes() == written(name)


@UNIX
def test_a_link_into_no_folder_is_refused_before_the_work(name, capsys):
    Path(name).symlink_to(f"nowhere/{name}")
    assert main([*COMMANDS[name], name]) == 2
    option = COMMANDS[name][-1].removeprefix("--")
    assert capsys.readouterr().err == f"{option}: must be in a folder that is there, got {name}\n"


def test_a_folder_that_may_not_be_written_to_is_refused_before_the_work(name, capsys, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert main([*COMMANDS[name], name]) == 2
    assert "must be in a folder that may be written to, got " in capsys.readouterr().err


@UNIX
def test_a_pipe_is_written_to_and_stays(name):
    os.mkfifo(name)
    read = []
    reader = threading.Thread(target=lambda: read.append(Path(name).read_bytes()))
    reader.start()
    assert main([*COMMANDS[name], name]) == 0
    reader.join()
    assert Path(name).is_fifo()
    if not name.endswith("npz"):  # which a pipe, where nothing is gone back to, has in another form
        assert read[0] == written(name)


@UNIX
@pytest.mark.parametrize("into_a_file", [True, False])
def test_what_is_written_to_stdout_comes_alone(into_a_file, tmp_path):
    asked = [sys.executable, "-m", "nnlab", "train", "--epochs", "3", "--out", "/dev/stdout"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (tmp_path / "all").open("wb") as file:
        stdout = file if into_a_file else subprocess.PIPE
        done = subprocess.run(asked, env=environment, stdout=stdout, stderr=subprocess.PIPE, check=True)
    out = (tmp_path / "all").read_bytes() if into_a_file else done.stdout
    assert out == written("costs.csv")
    assert b"why the run ended" in done.stderr
    assert Path("/dev/stdout").exists()


@UNIX
def test_a_device_is_written_to_and_nothing_is_left_beside_it(capsys):
    assert main(["map", "--size", "3", "--epochs", "3", "--numbers", "/dev/null"]) == 0
    assert not Path("/dev/null").is_file()
    assert not Path("/dev/null.parts").exists()
    assert [path.name for path in Path().iterdir()] == ["map.png"]


def test_rights_of_a_file_stay(name):
    Path(name).write_bytes(b"old")
    Path(name).chmod(0o600)
    assert main([*COMMANDS[name], name]) == 0
    assert Path(name).stat().st_mode & 0o777 == (0o600 if os.name == "posix" else 0o666)


@pytest.mark.parametrize("ending", [".jpg", ".xlsx", ".png.gz"])
def test_an_ending_of_another_format_is_refused(name, ending, capsys):
    wrong = Path(name).stem + ending
    assert main([*COMMANDS[name], wrong]) == 2
    option = COMMANDS[name][-1].removeprefix("--")
    works = {"run.json": ".json or .csv"}.get(name, Path(name).suffix)
    assert capsys.readouterr().err == f"{option}: must end in {works}, got {wrong}\n"
    assert list(Path().iterdir()) == []


def test_a_large_ending_and_none_will_do():
    assert main([*COMMANDS["map.png"], "MAP.PNG"]) == 0
    assert main([*COMMANDS["costs.csv"], "costs"]) == 0
    with Image.open("MAP.PNG") as picture:
        assert picture.format == "PNG"


def test_a_full_disk_is_said_and_what_was_there_stays(name, capsys, monkeypatch):
    def fail(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    Path(name).write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    assert main([*COMMANDS[name], name]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.endswith(": the disk is full")
    assert Path(name).read_bytes() == b"old"
    assert not list(Path().rglob(".*"))  # no draft


@UNIX
def test_a_full_device_is_said(capsys):
    assert main(["train", "--epochs", "3", "--out", "/dev/full"]) == 1
    assert capsys.readouterr().err == "/dev/full: the disk is full\n"


@UNIX
@pytest.mark.parametrize("number", ["99999999999999999999", "987"])
def test_a_descriptor_that_is_not_open_is_refused_before_the_work(number, name, capsys):
    path = f"/dev/fd/{number}"
    assert main([*COMMANDS[name], path]) == 2
    option = COMMANDS[name][-1].removeprefix("--")
    assert capsys.readouterr().err == f"{option}: must be open, got {path}\n"


def in_shell(command):
    """Run the shell's command line, in which NNLAB is the nnlab command."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    line = command.replace("NNLAB", f"'{sys.executable}' -m nnlab")
    return subprocess.run(["sh", "-c", line], env=environment, capture_output=True, text=True)


@UNIX
def test_a_closed_stdout_is_refused_as_a_file():
    done = in_shell("NNLAB train --epochs 3 --out /dev/stdout >&-")
    assert (done.returncode, done.stderr) == (2, "out: must be open, got /dev/stdout\n")


@UNIX
@pytest.mark.parametrize(
    "command",
    ["PYTHONUNBUFFERED= NNLAB train --epochs 3", "PYTHONUNBUFFERED=1 NNLAB train --epochs 3", "NNLAB --help"],
)
def test_a_stdout_on_a_full_disk_is_said(command):
    done = in_shell(f"{command} > /dev/full")
    assert done.returncode == 1
    assert done.stderr.endswith("the disk is full\n")
    assert len(done.stderr.splitlines()) == 1


@UNIX
def test_no_room_for_a_part_is_said_with_its_name():
    """NumPy itself would say how many numbers it has written, and of how many."""
    limit = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); "
        "from nnlab.command.main import main; sys.exit(main(sys.argv[1:]))"
    )
    asked = [sys.executable, "-B", "-c", limit, *TWO_PARTS]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("map.npz.parts")
    assert last.endswith(".npy: it would be larger than a file may be here")


def test_a_file_is_on_the_disk_before_it_takes_its_name(name, monkeypatch):
    steps = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda file: (steps.append("sync"), sync(file)))
    monkeypatch.setattr(Path, "replace", lambda draft, path: (steps.append("name"), replace(draft, path)))
    assert main([*COMMANDS[name], name]) == 0
    assert steps[0] == "sync"
    assert steps.count("name") <= steps.count("sync")
    assert all(before == "sync" for before, step in pairwise(steps) if step == "name")


@pytest.fixture
def interrupted(monkeypatch):
    """The parts of a map that was stopped when its picture was to be written."""

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Image.Image, "save", stop)
        assert main(TWO_PARTS) == 130
    Path("map.npz").unlink()
    parts = sorted(Path().glob("map.npz.parts/*/*.npy"))
    assert len(parts) == 2
    return parts


@pytest.mark.parametrize("length", [0, 50, 5000])
def test_a_part_that_was_cut_short_is_said_and_trained_again(length, interrupted, capsys):
    first, second = interrupted
    first.write_bytes(first.read_bytes()[:length])
    assert main(TWO_PARTS) == 0
    err = capsys.readouterr().err
    assert f"{first} is not whole: its runs are trained again" in err
    assert "going on: 2,592 of 5,184 runs are there" in err
    expected = nnlab.trainability_map(nnlab.Experiment(initialization="uniform", epochs=5), size=72)
    with np.load("map.npz") as read:
        assert read["final_cost"].tobytes() == expected.final_cost.tobytes()
    assert not second.parent.parent.exists()


def test_a_folder_in_place_of_a_part_is_refused(interrupted, capsys):
    first, _ = interrupted
    first.unlink()
    first.mkdir()
    capsys.readouterr()
    assert main(TWO_PARTS) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == f"out: must have files for its parts, got the folder {first}; remove it"


def test_a_file_in_place_of_the_folder_of_parts_is_refused(capsys):
    Path("map.npz.parts").write_bytes(b"")
    assert main(TWO_PARTS) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "out: must have room for the folder map.npz.parts, which is a file now"


def test_parts_of_other_maps_that_are_kept_are_said(interrupted, capsys):
    capsys.readouterr()
    another = ("map", "--size", "3", "--epochs", "3")
    assert main(another) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "kept parts of other maps: map.npz.parts"
    assert main(TWO_PARTS) == 0
    assert main(another) == 0
    assert "kept" not in capsys.readouterr().err


@pytest.mark.parametrize("size", [72, 73])
def test_the_files_of_a_map_have_one_process_at_a_time(size, interrupted, capsys):
    from nnlab.command.map_parts import Parts
    from nnlab.command.map_plan import MapPlan
    from nnlab.core.many.trainability import DEFAULT_X, DEFAULT_Y, Axis

    experiment = nnlab.Experiment(initialization="uniform", epochs=5)
    plan = MapPlan(experiment, Axis(*DEFAULT_X), Axis(*DEFAULT_Y), size, "double")
    with Parts(Path("map.npz.parts"), plan).locked():
        assert main(TWO_PARTS) == 2
        assert capsys.readouterr().err.splitlines()[-1] == (
            "out: must be a map that no other process makes just now; another fills map.npz.parts"
        )
        assert all(part.exists() for part in interrupted)
    assert main(TWO_PARTS) == 0


def test_a_folder_that_another_process_removes_meanwhile_is_refused_as_one_in_use(capsys, monkeypatch):
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: None)
    assert main(TWO_PARTS) == 2
    assert capsys.readouterr().err.splitlines()[-1].endswith("; another fills map.npz.parts")


def test_the_same_map_twice_at_once_is_whole_and_one_is_refused():
    asked = [sys.executable, "-m", "nnlab", *TWO_PARTS, "--epochs", "200"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(asked, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [each.communicate()[1].decode() for each in both]
    codes = sorted(each.returncode for each in both)
    assert codes in ([0, 2], [0, 0]), said  # one may be done before the other begins
    assert not any("Traceback" in each for each in said)
    with np.load("map.npz") as read:
        assert read["final_cost"].shape == (72, 72)
