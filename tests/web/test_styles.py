"""The style sheets: colours are defined in one place, text has enough contrast, and every file is used."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from nnlab.figures.theme import THEMES, Theme
from nnlab.web import assets, styles

FILES = sorted(styles.FOLDER.glob("*.css"))


def rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_every_file_is_part_of_a_sheet_and_every_part_is_a_file() -> None:
    assert {path.stem for path in FILES} == {part for parts in styles.SHEETS.values() for part in parts}


def test_colours_stand_in_the_theme_alone() -> None:
    found = {path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|\bhsl\(", rules(path)) for path in FILES}
    assert {name: colors for name, colors in found.items() if colors} == {}


def test_every_colour_that_is_named_is_one_of_the_themes() -> None:
    own = {"--track", "--standardized"}
    served = set(re.findall(r"(--[\w-]+):", styles.colors()))
    named = {name for path in FILES for name in re.findall(r"var\((--[\w-]+)", rules(path))}
    assert named - own <= served


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_reaches_the_page_whole(name: str) -> None:
    its = styles.colors().split(f'[data-bs-theme="{name}"]')[1].split("}")[0]
    for color, value in THEMES[name].as_dict().items():
        if isinstance(value, str):
            assert f"--{color.replace('_', '-')}: {value};" in its


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_can_be_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 126
    assert len(lines) <= 200
    assert "nth-" not in rules(path)


def test_every_font_and_picture_that_is_kept_is_used() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in FILES)
    kept = {path.name for path in (assets.FOLDER / "fonts").glob("*.woff2")}
    assert kept == set(re.findall(r"fonts/([\w-]+\.woff2)", said))
    for address in re.findall(r'url\("([^"]+)"\)', said):
        assert (assets.FOLDER / address).is_file()


@pytest.mark.parametrize(("page", "sheet"), [("/", "nnlab.css"), ("/join", "join.css")])
def test_a_page_names_its_sheet(client: FlaskClient, page: str, sheet: str) -> None:
    address = f"/static/{assets.fingerprint()}/{sheet}"
    assert f'href="{address}"' in client.get(page).text
    answer = client.get(address)
    assert answer.mimetype == "text/css"
    assert answer.text == styles.sheet(sheet)


def test_the_fingerprint_follows_the_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = assets.fingerprint(tmp_path)
    monkeypatch.setattr(styles, "colors", lambda: ":root {}")
    assert assets.fingerprint(tmp_path) != before


READ = [
    *((color, ground) for color in ("ink", "muted") for ground in ("paper", "ground", "soft", "accent_soft")),
    *((color, "paper") for color in ("accent", "test", "right", "wrong", "low_text", "high_text")),
    *((color, "soft") for color in ("low_text", "high_text")),
    ("accent", "accent_soft"),
    ("paper", "accent"),
    ("paper", "wrong"),
    ("paper", "ink"),
]
"""Text, and what it is read on."""

SEEN = [("accent", "paper"), ("accent", "rule"), ("low", "paper"), ("high", "paper"), ("line", "paper")]
"""What is no text and has to be told from what is around it."""


def luminance(color: str) -> float:
    """Relative luminance, as WCAG 2.2 has it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: Theme, color: str, ground: str) -> float:
    light, dark = sorted((luminance(getattr(theme, each)) for each in (color, ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read_and_marks_can_be_seen(name: str) -> None:
    faint = [pair for pair in READ if contrast(THEMES[name], *pair) < 4.5]
    lost = [pair for pair in SEEN if contrast(THEMES[name], *pair) < 3]
    assert (faint, lost) == ([], [])
