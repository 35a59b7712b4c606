"""The bundle of Plotly: of the version that Python's own figures are made for, with the traces drawn and no other."""

import re
from pathlib import Path

import plotly
import pytest
from flask.testing import FlaskClient

import nnlab.figures
from nnlab.web import assets
from nnlab.web.document import UNNEEDED

BUNDLE = assets.FOLDER / assets.PLOTLY
PARTS = {path.stem: path.read_text(encoding="utf-8") for path in BUNDLE.glob("*.mjs")}
WITH_THE_PAGE = ("core", "flat")


def traces(*parts: str) -> list[str]:
    return [name for part in parts for name in re.findall(r'moduleType:"trace",name:"(\w+)"', PARTS[part])]


def drawn() -> set[str]:
    """The traces that Python's figures are made of, and those that the page makes itself."""
    figures = Path(nnlab.figures.__file__).parent.glob("*.py")
    made = {
        name for path in figures for name in re.findall(r"\bgo\.(\w+)\(", path.read_text(encoding="utf-8"))
    }
    modules = (assets.FOLDER / "js").rglob("*.mjs")
    said = {
        name
        for path in modules
        for name in re.findall(r'\{ type: "(\w+)", (?:mode|z)\b', path.read_text("utf-8"))
    }
    assert {"Figure", "Surface"} <= made
    assert said
    return {name.lower() for name in made - {"Figure"}} | said


def test_the_bundle_is_of_the_version_that_pythons_figures_are_made_for() -> None:
    whole = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    with whole.open(encoding="utf-8") as file:
        version = re.search(r"plotly\.js v(\S+)", file.read(200))
    assert version
    assert set(PARTS) == {"core", "flat", "solid"}
    assert all(text.startswith(f"/* plotly.js v{version[1]}, MIT") for text in PARTS.values())
    assert f'.version="{version[1]}"' in PARTS["core"]


def test_the_bundle_has_the_traces_that_are_drawn_and_no_other() -> None:
    assert sorted(traces(*PARTS)) == sorted(drawn())


def test_what_draws_in_three_dimensions_does_not_come_with_the_page(client: FlaskClient) -> None:
    assert set(traces("solid")) == {"surface", "scatter3d"}
    page = client.get("/").text
    assert "solid.mjs" not in page
    for part in WITH_THE_PAGE:
        assert re.search(rf'<link rel="modulepreload" href="/static/\w+/{assets.PLOTLY}/{part}\.mjs">', page)


@pytest.mark.parametrize("part", WITH_THE_PAGE)
def test_what_comes_with_the_page_makes_no_code_while_it_runs(part: str) -> None:
    assert not re.search(r"\bnew Function\b|(?<![\w.$])(?:Function|eval)\(", PARTS[part])


def test_plotlys_licence_lies_beside_it() -> None:
    assert "MIT License" in (BUNDLE / "LICENSE").read_text(encoding="utf-8")


def test_the_page_asks_for_no_script_that_it_does_not_need(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "dash_renderer" in page
    assert not any(name in page for name in (*UNNEEDED, "plotly.min.js"))
