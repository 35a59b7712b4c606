"""Which responses are compressed, how often, and which are kept."""

import gzip
import threading

import pytest
from flask import Flask, Response, send_from_directory

from nnlab.web import compression
from tests.machine import slowness

TEXT = "a decision boundary\n" * 200


@pytest.fixture
def packings(monkeypatch):
    """What is packed, as often as it is."""
    done, compress = [], gzip.compress

    def noted(data, level):
        done.append(data)
        return compress(data, level)

    monkeypatch.setattr("nnlab.web.compression.gzip.compress", noted)
    return done


@pytest.fixture
def client(tmp_path, packings):
    for name in ("one.mjs", "two.mjs"):
        (tmp_path / name).write_text(TEXT + name)
    server = Flask("test", static_folder=None)

    @server.route("/static/<version>/<path:name>")
    def file(version, name):
        assert version
        return send_from_directory(tmp_path, name)

    server.add_url_rule("/page", "page", lambda: Response(TEXT, mimetype="text/html"))
    compression.register(server)
    return server.test_client()


def ask(client, address):
    return client.get(address, headers={"Accept-Encoding": "gzip"})


def test_a_file_is_packed_once_whatever_its_address(client, packings):
    invented = [
        f"/static/{version}/{way}one.mjs"
        for version in range(20)
        for way in ("", "./", "x/../", "x/../x/../")
    ]
    read = [ask(client, address) for address in invented]
    served = [answer for answer in read if answer.status_code == 200]
    assert len(served) >= 20
    assert {gzip.decompress(answer.data).decode() for answer in served} == {TEXT + "one.mjs"}
    assert len(packings) == 1
    assert gzip.decompress(ask(client, "/static/1/two.mjs").data).decode() == TEXT + "two.mjs"
    assert len(packings) == 2


def test_of_a_class_that_comes_at_once_one_packs_and_all_are_served(packings):
    packed, read = compression.Packed(), []
    threads = [threading.Thread(target=lambda: read.append(packed.of(TEXT.encode()))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10 * slowness())
    assert [gzip.decompress(each).decode() for each in read] == [TEXT] * 12
    assert (len(packings), len(packed)) == (1, 1)


def test_what_is_packed_for_one_does_not_hold_up_another(monkeypatch):
    packed, begun, go_on = compression.Packed(), threading.Event(), threading.Event()
    compress = gzip.compress

    def slow(data, level):
        if data == b"slow":
            begun.set()
            assert go_on.wait(10 * slowness())
        return compress(data, level)

    monkeypatch.setattr("nnlab.web.compression.gzip.compress", slow)
    thread = threading.Thread(target=packed.of, args=(b"slow",))
    thread.start()
    assert begun.wait(10 * slowness())
    assert gzip.decompress(packed.of(b"quick")) == b"quick"
    go_on.set()
    thread.join(10 * slowness())


def test_a_page_is_packed_each_time_and_not_kept(client, packings):
    for _ in range(3):
        assert gzip.decompress(ask(client, "/page").data).decode() == TEXT
    assert len(packings) == 3
