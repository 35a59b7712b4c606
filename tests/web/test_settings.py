"""What the person who starts nnlab can set."""

import pytest

from nnlab.web.settings import Settings


def test_nothing_needs_to_be_set() -> None:
    assert Settings.from_environment({}) == Settings()


def test_the_environment_is_read() -> None:
    found = Settings.from_environment(
        {"NNLAB_THREADS": "8", "NNLAB_PORT": "81", "NNLAB_PUBLIC_URL": "http://a/"}
    )
    assert found == Settings(threads=8, port=81, public_url="http://a")


def test_a_number_that_is_none_is_said() -> None:
    with pytest.raises(ValueError, match="many"):
        Settings.from_environment({"NNLAB_THREADS": "many"})


@pytest.mark.parametrize("threads", [3, 4, 16, 96, 256])
def test_pages_and_health_checks_always_have_a_thread(threads: int) -> None:
    assert 1 <= Settings(threads=threads).most_runs <= threads - 2


def test_alone_only_ones_own_address_is_printed() -> None:
    assert Settings().welcome() == "nnlab is at http://localhost:8050"


def test_a_class_is_told_where_to_go() -> None:
    words = Settings(bind="0.0.0.0", public_url="http://192.0.2.7:8050").welcome()
    assert "http://192.0.2.7:8050/join" in words


def test_without_a_network_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.web.settings.lan_address", lambda: None)
    assert "NNLAB_PUBLIC_URL" in Settings(bind="0.0.0.0").welcome()
