"""The bar at the top: the pages, and the menus for sharing, files, projector, language, theme and help."""

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.elements import aria, data
from nnlab.web.pages import playground_links, task

PANELS = (
    "controls",
    "boundary",
    "surface",
    "network",
    "cost",
    "table",
    "hidden",
    "layers",
    "probe",
    "formulas",
)
"""The views that projector mode can show or hide."""


def header(text: Translator, language: str, languages: Mapping[str, str], pages: Sequence[str]) -> Component:
    """The bar at the top of every page."""
    return html.Header(
        [
            html.A([html.Span(className="mark"), "nnlab"], href="/", className="brand"),
            html.Nav([_page_link(name, text) for name in pages], **aria(label=text("page.pages"))),
            html.Div(className="spring"),
            _menu("share", text, *_share(text)),
            _menu("files", text, *_files(text)),
            _menu("projector", text, *_projector(text)),
            html.A(text("page.join"), href="/join", className="quiet button"),
            html.Div(
                [_language_button(code, name, chosen=code == language) for code, name in languages.items()],
                className="pair",
                role="group",
                **aria(label=text("page.language")),
            ),
            _theme_button(text),
            _menu("help", text, *_help(text)),
        ],
        className="header",
    )


def _page_link(name: str, text: Translator) -> Component:
    address = "/" if name == "lab" else f"/{name}"
    return html.A(text(f"page.{name}"), href=address, **data(**{"page-link": name}))


def _language_button(code: str, name: str, *, chosen: bool) -> Component:
    return html.Button(
        code.upper(),
        id=f"language-{code}",
        type="button",
        title=name,
        lang=code,
        className="quiet chosen" if chosen else "quiet",
        **aria(pressed=str(chosen).lower()),
    )


def _theme_button(text: Translator) -> Component:
    label = text("hint.theme")
    return html.Button("◐", id="theme", type="button", className="quiet", title=label, **aria(label=label))


def _menu(name: str, text: Translator, *items: Component) -> Component:
    """A button that unfolds a panel; it works by keyboard without JavaScript."""
    return html.Details(
        [
            html.Summary(text(f"menu.{name}"), className="quiet button"),
            html.Div(list(items), className="menu-body"),
        ],
        id=f"menu-{name}",
        className="menu",
    )


def _share(text: Translator) -> list[Component]:
    return [
        html.Label(text("share.link"), htmlFor="link"),
        dbc.Input(id="link", type="text", readonly=True),
        html.Button(text("button.copy"), id="copy", type="button", className="primary"),
        html.Div(id="copied", className="setting-help", role="status"),
        *task.panel(text),
    ]


def _files(text: Translator) -> list[Component]:
    saves = ("save-experiment", "save-cost", "save-table")
    return [
        *(html.Button(text(f"button.{name}"), id=name, type="button", className="item") for name in saves),
        html.Label(text("files.open"), htmlFor="open-experiment", className="item", id="open-label"),
        html.Div(id="open-place"),
        html.Div(text("files.pictures"), className="setting-help"),
        *playground_links.link_field(text),
    ]


def _projector(text: Translator) -> list[Component]:
    return [
        dbc.Checkbox(id="projector-on", label=text("projector.on"), value=False),
        dbc.Checklist(
            id="projector-panels",
            options=[{"label": text(f"panel.{name}"), "value": name} for name in PANELS],
            value=[name for name in PANELS if name not in ("hidden", "layers", "probe", "formulas")],
        ),
    ]


def _help(text: Translator) -> list[Component]:
    topics = ("change", "plane", "pages", "keys", "try")
    paragraphs = [
        html.P([html.Strong(text(f"guide.{topic}")), " ", text(f"guide.{topic}.more")]) for topic in topics
    ]
    return [html.Div(paragraphs, className="help-text")]
