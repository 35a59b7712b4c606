"""The lab is served from any folder: by gunicorn, and where no process can fork by waitress."""

import json
import os
import socket
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from nnlab.web.asset_folder import FOLDER, asset_folder
from nnlab.web.runs.run_format import VERSION
from tests.machine import slowness
from tests.served import assert_serves_the_lab, serving

ROOT = Path(__file__).parents[2]
GUNICORN = [sys.executable, "-m", "nnlab", "serve"]
WAITRESS = [
    sys.executable,
    "-c",
    "import os, sys; del os.fork; from nnlab.__main__ import main; sys.exit(main())",
    "serve",
]
LONG_RUN = {
    "dataset": "spiral",
    "samples": 1000,
    "train_share": 90,
    "batch_size": 10,
    "epochs": 5000,
    "hidden_layer_sizes": [8, 8],
    "initialization": "uniform",
}


def environment():
    return os.environ | {"PYTHONPATH": str(ROOT), "NNLAB_WORKERS": "1"}


@pytest.mark.parametrize("command", [GUNICORN, WAITRESS], ids=["gunicorn", "waitress"])
def test_the_lab_is_served_from_another_folder(command, tmp_path, new_log_folder):
    with serving(command, tmp_path, new_log_folder(), environment()) as served:
        assert_serves_the_lab(served)
        assert f"nnlab is at http://localhost:{served.port}" in served.log.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_waitress_ends_a_run_when_its_reader_leaves(tmp_path, new_log_folder):
    body = json.dumps({"version": VERSION, "experiment": LONG_RUN, "view": {}}).encode()
    head = f"POST /run HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with serving(WAITRESS, tmp_path, new_log_folder(), environment()) as served:
        with closing(socket.create_connection(("127.0.0.1", served.port))) as reader:
            reader.sendall(head.encode() + body)
            assert reader.recv(1000).startswith(b"HTTP/1.1 200")
        deadline = time.monotonic() + 30 * slowness()
        while '"event": "run"' not in served.log.read_text(encoding="utf-8"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        (line,) = (
            line for line in served.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")
        )
        assert json.loads(line)["reason"] == "left"


def test_files_are_found_in_a_checkout_and_in_an_installed_package(tmp_path):
    package = tmp_path / "nnlab"
    package.mkdir()
    assert asset_folder(package) == tmp_path / "assets"
    (package / "assets").mkdir()
    assert asset_folder(package) == package / "assets"
    assert (FOLDER / "js" / "main.mjs").is_file()
