"""The settings of the server, from arguments and the environment."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from nnlab.web.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NNLAB_{name.upper()}", raising=False)


def set_up(monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {
        "NNLAB_WORKERS": "3",
        "NNLAB_THREADS": "8",
        "NNLAB_PORT": "81",
        "NNLAB_PUBLIC_URL": "http://a/",
    }
    set_up(monkeypatch, environment)
    found = Settings()
    assert (found.workers, found.threads, found.port, found.public_url) == (3, 8, 81, "http://a")
    assert (found.bind, found.dask) == ("127.0.0.1", None)


def test_an_argument_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, {"NNLAB_PORT": "81", "NNLAB_BIND": "0.0.0.0"})
    given = Settings.of_this_process(port=82)
    assert (given.port, given.bind) == (82, "0.0.0.0")


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 82  # type: ignore[misc]


@pytest.mark.parametrize("written", ["many", "0", "-1", "2.5", "1e3", "65536000", "٣"])
@pytest.mark.parametrize("name", ["NNLAB_WORKERS", "NNLAB_THREADS", "NNLAB_PORT"])
def test_a_number_that_is_none_or_out_of_bounds_is_refused_by_name(
    name: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(monkeypatch, {name: written})
    with pytest.raises(SystemExit, match=f"^{name} must be a whole number from 1 to .*, got '{written}'$"):
        Settings.of_this_process()


def test_every_setting_that_does_not_hold_has_its_line() -> None:
    with pytest.raises(SystemExit) as refused:
        Settings.of_this_process(port=0, workers="many")
    assert str(refused.value).splitlines() == [
        "NNLAB_WORKERS must be a whole number from 1 to 1024, got 'many'",
        "NNLAB_PORT must be a whole number from 1 to 65535, got 0",
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "lab.example", "ftp://a", "https://", "http:///join"])
def test_a_public_url_that_no_browser_opens_is_refused(url: str) -> None:
    must = "must begin with http:// or https://, and name a host"
    with pytest.raises(SystemExit) as refused:
        Settings.of_this_process(public_url=url)
    assert str(refused.value) == f"NNLAB_PUBLIC_URL {must}, got {url!r}"


@pytest.mark.parametrize("url", ["http://192.0.2.7:8050", "https://lab.example/nnlab", "HTTP://[::1]:80"])
def test_an_address_of_the_web_is_a_public_url(url: str) -> None:
    assert Settings(public_url=url).public_url == url


@pytest.mark.parametrize("address", ["here", "127.0.0.1:8786", "tcp://host", "tcp://host:port"])
def test_a_scheduler_that_has_no_address_is_refused(address: str) -> None:
    with pytest.raises(SystemExit) as refused:
        Settings.of_this_process(dask=address)
    assert str(refused.value) == f"NNLAB_DASK must be an address such as tcp://host:8786, got {address!r}"


def test_a_setting_of_text_that_is_none_has_its_line() -> None:
    with pytest.raises(SystemExit, match="NNLAB_BIND must be a text, got 7"):
        Settings.of_this_process(bind=7)


@pytest.mark.parametrize("command", ["-m gunicorn app:server", "app.py"])
def test_a_port_that_is_taken_is_said_at_once_in_one_line(command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        environment = os.environ | {"NNLAB_PORT": str(port)}
        ran = subprocess.run(
            [sys.executable, *command.split()], cwd=ROOT, env=environment, capture_output=True, text=True
        )
    assert ran.returncode != 0
    assert ran.stderr == f"NNLAB_PORT must be free, got {port}: another program listens there\n"


@pytest.mark.parametrize("command", ["-m gunicorn app:server", "app.py"])
def test_a_server_that_cannot_start_says_why_in_one_line(command: str) -> None:
    environment = os.environ | {"NNLAB_PORT": "eighty"}
    ran = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ran.returncode != 0
    assert ran.stderr.strip() == "NNLAB_PORT must be a whole number from 1 to 65535, got 'eighty'"


@pytest.mark.parametrize("empty", ["", " "])
@pytest.mark.parametrize("name", Settings.model_fields)
def test_what_is_empty_counts_as_not_set(name: str, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, {f"NNLAB_{name.upper()}": empty})
    assert getattr(Settings(), name) == Settings.model_fields[name].default


@pytest.mark.parametrize("threads", [4, 5, 16, 96, 256])
def test_pages_and_health_checks_always_have_a_thread(threads: int) -> None:
    settings = Settings(threads=threads)
    assert settings.most_runs >= 1
    assert settings.most_jobs >= 1
    assert settings.most_runs + settings.most_jobs <= threads - 2


def test_runs_have_more_places_than_jobs() -> None:
    settings = Settings()
    assert (settings.most_runs, settings.most_jobs) == (60, 24)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_even_the_smallest_server_answers_something(threads: int) -> None:
    assert Settings(threads=threads).most_runs == Settings(threads=threads).most_jobs == 1


@pytest.mark.parametrize(
    ("cores", "workers", "processes"),
    [(1, 2, 1), (2, 2, 1), (8, 2, 4), (9, 2, 4), (8, 1, 8), (4, 8, 1)],
)
def test_all_workers_together_have_a_process_a_core(
    cores: int, workers: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnlab.web.settings.available_cores", lambda: cores)
    assert Settings(workers=workers).processes == processes


def test_large_work_is_done_here_unless_a_cluster_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().dask is None
    set_up(monkeypatch, {"NNLAB_DASK": "tcp://192.0.2.9:8786"})
    assert Settings().dask == "tcp://192.0.2.9:8786"


def test_alone_only_ones_own_address_is_printed() -> None:
    assert Settings().welcome() == "nnlab is at http://localhost:8050"


def test_a_class_is_told_where_to_go() -> None:
    words = Settings(bind="0.0.0.0", public_url="http://192.0.2.7:8050").welcome()
    assert "http://192.0.2.7:8050/join" in words


def test_without_a_network_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.web.settings.lan_address", lambda: None)
    assert "NNLAB_PUBLIC_URL" in Settings(bind="0.0.0.0").welcome()
