"""What the person who starts nnlab can set."""

import pytest

from nnlab.web.settings import Settings


def test_nothing_needs_to_be_set() -> None:
    assert Settings.from_environment({}) == Settings()


def test_the_environment_is_read() -> None:
    found = Settings.from_environment(
        {"NNLAB_WORKERS": "3", "NNLAB_THREADS": "8", "NNLAB_PORT": "81", "NNLAB_PUBLIC_URL": "http://a/"}
    )
    assert found == Settings(workers=3, threads=8, port=81, public_url="http://a")


def test_a_number_that_is_none_is_said() -> None:
    with pytest.raises(ValueError, match="many"):
        Settings.from_environment({"NNLAB_THREADS": "many"})


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
