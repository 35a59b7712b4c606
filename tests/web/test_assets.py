"""Static files: one fingerprint for all, cached for ever, compressed once."""

import gzip
import re
from pathlib import Path

from flask.testing import FlaskClient

from nnlab.web import assets, styles


def addresses(client: FlaskClient) -> list[str]:
    return re.findall(r'(?:src|href)="(/[^"]+\.(?:m?js|css|svg|woff2))"', client.get("/").text)


def test_every_file_of_the_page_is_kept_for_good(client: FlaskClient) -> None:
    for address in addresses(client):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "max-age=31536000" in answer.headers["Cache-Control"], address


def test_text_comes_packed_and_unpacks_to_the_same(client: FlaskClient) -> None:
    address = next(each for each in addresses(client) if each.endswith("nnlab.css"))
    packed = client.get(address, headers={"Accept-Encoding": "gzip, deflate"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == styles.sheet("nnlab.css").encode()
    assert client.get(address).data == gzip.decompress(packed.data)


def test_a_picture_font_or_small_answer_is_not_packed(client: FlaskClient) -> None:
    for address in ("/healthz", next(each for each in addresses(client) if each.endswith(".woff2"))):
        assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip"}).headers


def test_an_old_fingerprint_is_not_answered_with_new_files(client: FlaskClient) -> None:
    assert client.get("/static/0123456789abcdef/nnlab.css").status_code == 404


def test_nothing_outside_the_folder_is_served(client: FlaskClient) -> None:
    version = assets.fingerprint()
    for path in ("../app.py", "..%2fapp.py", "%2e%2e/app.py", "/etc/passwd"):
        assert client.get(f"/static/{version}/{path}").status_code in (301, 308, 404)


def test_the_fingerprint_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("a")
    first = assets.fingerprint(tmp_path)
    (tmp_path / "one").write_text("b")
    second = assets.fingerprint(tmp_path)
    (tmp_path / "one").rename(tmp_path / "two")
    assert len({first, second, assets.fingerprint(tmp_path)}) == 3


def test_no_style_or_module_names_another_origin() -> None:
    for path in assets.FOLDER.rglob("*"):
        if path.suffix in (".css", ".mjs") and "vendor" not in path.parts:
            assert not re.search(
                r"(?:url\(|import |from )[\"']?(?:https?:)?//", path.read_text(encoding="utf-8")
            )
