"""What the person who starts nnlab can set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnlab.web.settings import Settings

ROOT = Path(__file__).parents[2]


def test_nothing_needs_to_be_set() -> None:
    assert Settings.from_environment({}) == Settings()


def test_the_environment_is_read() -> None:
    found = Settings.from_environment(
        {"NNLAB_WORKERS": "3", "NNLAB_THREADS": "8", "NNLAB_PORT": "81", "NNLAB_PUBLIC_URL": "http://a/"}
    )
    assert found == Settings(workers=3, threads=8, port=81, public_url="http://a")


@pytest.mark.parametrize("written", ["many", "0", "-1", "2.5", "1e3", "65536000", "٣"])
@pytest.mark.parametrize("name", ["NNLAB_WORKERS", "NNLAB_THREADS", "NNLAB_PORT"])
def test_a_number_that_is_none_or_out_of_bounds_is_refused_by_name(name: str, written: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be a whole number from 1 to .*, got '{written}'$"):
        Settings.from_environment({name: written})


@pytest.mark.parametrize("command", ["-m gunicorn app:server", "app.py"])
def test_a_server_that_cannot_start_says_why_in_one_line(command: str) -> None:
    environment = os.environ | {"NNLAB_PORT": "eighty"}
    ran = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ran.returncode != 0
    assert ran.stderr.strip() == "NNLAB_PORT must be a whole number from 1 to 65535, got 'eighty'"


@pytest.mark.parametrize("empty", ["", " "])
def test_what_is_empty_counts_as_not_set(empty: str) -> None:
    names = ("WORKERS", "THREADS", "PORT")
    assert Settings.from_environment({f"NNLAB_{name}": empty for name in names}) == Settings()
    assert Settings.from_environment(dict.fromkeys(["NNLAB_BIND", "NNLAB_DASK"], "")) == Settings()


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
    [(1, 2, 1), (2, 2, 1), (8, 2, 4), (9, 2, 4), (8, 1, 8), (4, 8, 1), (4, 0, 4), (None, 1, 1)],
)
def test_all_workers_together_have_a_process_a_core(
    cores: int | None, workers: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnlab.web.settings.os.cpu_count", lambda: cores)
    assert Settings(workers=workers).processes == processes


def test_large_work_is_done_here_unless_a_cluster_is_named() -> None:
    assert Settings.from_environment({}).dask is None
    assert Settings.from_environment({"NNLAB_DASK": ""}).dask is None
    assert Settings.from_environment({"NNLAB_DASK": "tcp://192.0.2.9:8786"}).dask == "tcp://192.0.2.9:8786"


def test_alone_only_ones_own_address_is_printed() -> None:
    assert Settings().welcome() == "nnlab is at http://localhost:8050"


def test_a_class_is_told_where_to_go() -> None:
    words = Settings(bind="0.0.0.0", public_url="http://192.0.2.7:8050").welcome()
    assert "http://192.0.2.7:8050/join" in words


def test_without_a_network_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.web.settings.lan_address", lambda: None)
    assert "NNLAB_PUBLIC_URL" in Settings(bind="0.0.0.0").welcome()
