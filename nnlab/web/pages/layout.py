"""The layout of the app: the header, the controls on the left, and on the right the views of the Lab and the other pages."""

from dash import ClientsideFunction, Dash, Input, dcc, html
from dash.development.base_component import Component

from nnlab import i18n
from nnlab.i18n import Translator, translator
from nnlab.web.controls import choices
from nnlab.web.controls.panel import panel
from nnlab.web.elements import TITLE_ID, aria, choice_id, error_id
from nnlab.web.http.request import preferred_language
from nnlab.web.pages import (
    formulas_section,
    header,
    lazy_pages,
    network_views,
    own_data_editor,
    player,
    task,
    views,
)


def layout() -> Component:
    """The whole layout, in the language of the request."""
    language = preferred_language()
    text = translator(language)
    return html.Div(
        [
            # Nothing reads it. With it Dash draws the page in half the time, 0.25 s instead of 0.55: measured, the cause
            # is unknown
            dcc.Store(id="language", data=language),
            html.A(text("page.skip"), href="#views", className="skip"),
            header.header(text, language, i18n.LANGUAGES, lazy_pages.PAGES),
            html.Div(id="banner", className="banner", role="alert"),
            _why(text),
            html.Main([_title(text), _controls(text), _views(text)], className="lab"),
        ],
        id="page",
    )


def _title(text: Translator) -> Component:
    """The page's title for screen readers; JavaScript changes it with the page."""
    return html.H1(text("page.lab"), id=TITLE_ID, className="visually-hidden", tabIndex="-1")


def _why(text: Translator) -> Component:
    """The note on why a run ended as it did. It covers the foot of the page, so that nothing moves."""
    close = html.Button(
        "×", id="why-close", type="button", className="quiet", **aria(label=text("why.close"))
    )
    return html.Div([html.Div(id="why-words"), close], id="why", className="why", role="status", hidden=True)


def _controls(text: Translator) -> Component:
    return html.Details(
        [
            html.Summary(text("panel.controls"), className="controls-summary"),
            _history(text),
            panel(text),
        ],
        id="controls",
        className="controls",
        open=True,
    )


def _history(text: Translator) -> Component:
    """The buttons for undo, redo and reset."""
    return html.Div(
        [
            html.Button(
                text(f"button.{name}"), id=name, type="button", className="quiet", title=text(f"hint.{name}")
            )
            for name in ("undo", "redo", "reset")
        ],
        className="history",
    )


def _views(text: Translator) -> Component:
    return html.Div(
        [
            html.Div(id=error_id("view"), className="setting-error", role="alert"),
            *(lazy_pages.placeholder(name, text) for name in lazy_pages.BODIES),
            task.card(text),
            html.Div([views.boundary(text), views.surface(text)], className="pictures on-lab"),
            player.player(text),
            own_data_editor.section(text),
            network_views.network(text),
            html.Div([views.cost(text), views.table(text)], className="pictures lower on-lab on-landscape"),
            html.Div([network_views.hidden(text), views.probe(text)], className="pictures lower on-lab"),
            network_views.layers(text),
            formulas_section.section(text),
            html.Div(id="words", className="visually-hidden", role="status"),
        ],
        id="views",
        className="views",
        tabIndex="-1",
    )


def register(app: Dash) -> None:
    """Have Dash call JavaScript when a choice changes; sliders and buttons it listens to by itself."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("nnlab", "choose"),
        *(Input(choice_id(setting), "value") for setting in choices.CHOICES),
        prevent_initial_call=True,
    )
