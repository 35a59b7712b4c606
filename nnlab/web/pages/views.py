"""The views of a run in the Lab: boundary, surface, cost, table, probe. Dash lays them out, and JavaScript fills them."""

import dash_bootstrap_components as dbc
import numpy as np
from dash import html
from dash.development.base_component import Component

from nnlab.core import plane
from nnlab.core.experiment import Experiment
from nnlab.figures.boundary import boundary_figure
from nnlab.figures.cost import cost_figure
from nnlab.figures.surface import surface_figure
from nnlab.figures.theme import THEMES
from nnlab.i18n import Translator
from nnlab.web.elements import aria
from nnlab.web.pages.view_frame import FORMATS, graph, part, picture, switch, view

ZOOMS = {"zoom-in": "+", "zoom-out": "−", "zoom-reset": "⤢"}


def boundary(text: Translator) -> Component:
    """The output over the plane and the decision boundary, with the points over them; it can be zoomed and moved."""
    figure = boundary_figure(Experiment().data(), THEMES["light"])
    shown = html.Div(
        [html.Div(className="map", **part("map"), **aria(hidden="true")), graph(figure)],
        className="picture square plane",
        role="application",
        tabIndex="0",
        **part("picture"),
        **aria(label=text("panel.boundary")),
    )
    readout = html.Div(text("boundary.hint"), className="readout", **part("readout"))
    switches = [
        switch("tests", text("boundary.test_points"), on=True),
        switch("classes", text("boundary.classes"), on=False),
    ]
    return picture(
        "boundary",
        text,
        [shown, html.Div([_legend(text), readout], className="under")],
        *switches,
        _zooms(text),
        on="on-lab",
    )


def _zooms(text: Translator) -> Component:
    buttons = [
        html.Button(
            sign,
            type="button",
            className="quiet small",
            title=text(f"boundary.{name}"),
            **part(name),
            **aria(label=text(f"boundary.{name}")),
        )
        for name, sign in ZOOMS.items()
    ]
    return html.Div(buttons, className="zooms", role="group", **aria(label=text("boundary.zoom")))


def _legend(text: Translator) -> Component:
    ends = [
        html.Span(
            [html.I(className=f"dot {end}"), html.Span(**part(f"{end}-value"))],
            title=text(f"boundary.{end}"),
            **part(f"legend-{end}"),
        )
        for end in ("low", "high")
    ]
    return html.Div([*ends, html.Span(className="standardized", **part("standardized"))], className="legend")


def surface(text: Translator) -> Component:
    """The output as a surface; without WebGL, a sentence and level lines."""
    dataset = Experiment().data()
    figure = surface_figure(
        plane.axis(dataset, 2), np.zeros((2, 2)), dataset, THEMES["light"], height=text("surface.height")
    )
    shown = html.Div(
        graph(figure),
        className="picture square",
        role="img",
        **part("picture"),
        **aria(label=text("panel.surface")),
    )
    note = html.Div(text("surface.hint"), className="readout", **part("note"))
    return view(
        "surface",
        text,
        [shown, html.Div(note, className="under")],
        saves=FORMATS,
        folds=True,
    )


def cost(text: Translator) -> Component:
    """The cost of every epoch, and in grey that of the run before."""
    figure = cost_figure(np.empty(0), THEMES["light"], epoch=text("cost.epoch"), cost_title=text("cost.cost"))
    shown = html.Div(
        [graph(figure), html.Div(className="cost-marker", **part("marker"))],
        className="picture wide",
        role="img",
        **part("picture"),
        **aria(label=text("panel.cost")),
    )
    under = html.Div(
        [
            html.Div(className="readout", **part("now")),
            html.Div(className="readout test", **part("test")),
            html.Div(className="readout before", **part("before")),
        ],
        className="under",
    )
    log = switch("log", text("cost.log"), on=True)
    return picture("cost", text, [shown, under], log, on="on-lab on-landscape")


def table(text: Translator) -> Component:
    """The truth table, the metrics and the weights at the current epoch."""
    columns = ("x1", "x2", "target", "output", "verdict")
    head = html.Thead(html.Tr([html.Th(text(f"table.{column}"), scope="col") for column in columns]))
    rows = html.Tbody([html.Tr([html.Td(html.Span()) for _ in columns]) for _ in range(4)], **part("rows"))
    return view(
        "table",
        text,
        [
            html.Div(html.Table([head, rows], className="numbers"), className="truth-rows"),
            html.Div(className="metrics", **part("metrics")),
            html.H3(text("table.weights")),
            html.Div(
                html.Div(**part("weights")),
                className="scroll",
                tabIndex="0",
                role="group",
                **aria(label=text("table.weights")),
            ),
        ],
    )


def probe(text: Translator) -> Component:
    """The forward pass of one point, which is tapped on the plane or typed."""
    fields = [
        html.Label(
            [
                text(f"table.{axis}"),
                dbc.Input(type="text", inputmode="decimal", autocomplete="off", class_name="number"),
            ],
            **part(axis),
        )
        for axis in ("x1", "x2")
    ]
    return view(
        "probe",
        text,
        [
            html.P(text("probe.help"), className="setting-help"),
            html.Div(className="setting-error", role="alert", **part("error")),
            html.Div(
                className="probe-body",
                tabIndex="0",  # it scrolls sideways on a phone
                role="group",
                **part("body"),
                **aria(label=text("panel.probe")),
            ),
        ],
        html.Div(fields, className="probe-fields"),
    )
