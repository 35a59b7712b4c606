"""The pictures and tables of a run, as they stand before its first frame arrives.

Dash draws each picture once; from then on the page's painters keep it moving.
"""

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from nnlab.core import plane
from nnlab.core.arrays import Surface
from nnlab.core.descent import network_activations
from nnlab.core.experiment import Experiment
from nnlab.core.plane import Plane
from nnlab.core.training import Training
from nnlab.figures.boundary import boundary_figure
from nnlab.figures.cost import cost_figure
from nnlab.figures.surface import surface_figure
from nnlab.figures.theme import THEMES
from nnlab.i18n import Translator
from nnlab.web import ids
from nnlab.web.attributes import aria
from nnlab.web.pages import closer
from nnlab.web.pages.picture import fold_button, graph, late_graph, picture

GRID = 40


def boundary(text: Translator) -> Component:
    """The filled map on a canvas, and over it the boundary line and the points."""
    training = Training(Experiment())
    axis = plane.axis(training.dataset, GRID)
    figure = boundary_figure(axis, _outputs(training, GRID), training.dataset, THEMES["light"])
    shown = html.Div(
        [html.Div(id="boundary-map", className="map", **aria(hidden="true")), graph(ids.BOUNDARY, figure)],
        className="picture square",
        id="boundary-picture",
        role="img",
        **aria(labelledby="title-boundary", describedby="words"),
    )
    readout = html.Div(text("boundary.hint"), id="readout", className="readout")
    switches = [
        dbc.Checkbox(id=f"boundary-{name}", label=text(f"boundary.{key}"), value=value)
        for name, key, value in (("tests", "test_points", True), ("classes", "classes", False))
    ]
    return picture(
        "boundary",
        text,
        [shown, html.Div([_legend(text), readout], className="under")],
        *switches,
        on="on-lab",
    )


def _legend(text: Translator) -> Component:
    return html.Div(
        [
            html.Span([html.I(className="dot low"), html.Span(id="legend-low")], title=text("boundary.low")),
            html.Span(
                [html.I(className="dot high"), html.Span(id="legend-high")], title=text("boundary.high")
            ),
            html.Span(id="standardized", className="standardized"),
        ],
        className="legend",
    )


def surface(text: Translator) -> Component:
    """The output as a height; where the browser has no WebGL, a sentence and level lines."""
    shown = html.Div(
        [html.Div(id=ids.body("surface"), className="graph"), dcc.Store(id=ids.body_request("surface"))],
        className="picture square",
        id="surface-picture",
        role="img",
        **aria(labelledby="title-surface", describedby="words"),
    )
    return picture(
        "surface",
        text,
        [
            shown,
            html.Div(
                html.Div(text("surface.hint"), id="surface-note", className="readout"), className="under"
            ),
        ],
        fold_button("surface", text),
        on="on-lab",
    )


def surface_graph(text: Translator) -> list[Component]:
    """The graph of the surface. WebGL takes its time to begin, which a folded view need not wait for."""
    training = Training(Experiment())
    axis = plane.axis(training.dataset, GRID)
    outputs = _outputs(training, GRID)
    figure = surface_figure(axis, outputs, training.dataset, THEMES["light"], height=text("surface.height"))
    return [late_graph(ids.SURFACE, figure)]


def cost(text: Translator) -> Component:
    """The cost of every epoch, that of the run before in grey."""
    training = Training(Experiment())
    figure = cost_figure(
        training.cost[:0], THEMES["light"], epoch=text("cost.epoch"), cost_title=text("cost.cost")
    )
    shown = html.Div(
        [graph(ids.COST, figure), html.Div(id="cost-marker", className="cost-marker")],
        className="picture wide",
        id="cost-picture",
        role="img",
        **aria(labelledby="title-cost", describedby="words"),
    )
    switch = dbc.Checkbox(id="cost-log", label=text("cost.log"), value=True)
    under = html.Div(
        [
            html.Div(id="cost-now", className="readout"),
            html.Div(id="cost-test", className="readout test"),
            html.Div(id="cost-before", className="readout before"),
        ],
        className="under",
    )
    return picture("cost", text, [shown, under], switch, on="on-lab on-landscape")


def table(text: Translator) -> Component:
    """The truth table and the weights at the current epoch; the page's painter writes the rows."""
    columns = ("x1", "x2", "target", "output", "verdict")
    head = html.Thead(html.Tr([html.Th(text(f"table.{column}"), scope="col") for column in columns]))
    rows = html.Tbody([html.Tr([html.Td(html.Span()) for _ in columns]) for _ in range(4)], id="truth-table")
    return html.Section(
        [
            html.Div([html.H2(text("panel.table"), id="title-table")], className="view-head"),
            html.Div(html.Table([head, rows], className="numbers"), id="truth-rows"),
            closer.metrics(text),
            html.H3(text("table.weights")),
            html.Div(
                html.Div(id="weights-now"),
                className="scroll",
                tabIndex="0",
                role="group",
                **aria(label=text("table.weights")),
            ),
        ],
        id="view-table",
        className="view on-lab",
        **aria(labelledby="title-table"),
    )


def probe(text: Translator) -> Component:
    """The forward pass of one point of the plane, chosen on the picture or typed."""
    fields = [
        part
        for axis in ("x1", "x2")
        for part in (
            html.Label(text(f"table.{axis}"), htmlFor=f"probe-{axis}"),
            dbc.Input(
                id=f"probe-{axis}", type="text", inputmode="decimal", autocomplete="off", class_name="number"
            ),
        )
    ]
    return html.Section(
        [
            html.Div(
                [html.H2(text("panel.probe"), id="title-probe"), html.Div(fields, className="probe-fields")],
                className="view-head",
            ),
            html.P(text("probe.help"), className="setting-help"),
            html.Div(id=ids.error("probe"), className="setting-error", role="alert"),
            html.Div(
                id=ids.PROBE,
                className="probe-body",
                tabIndex="0",  # it scrolls sideways on a phone
                role="group",
                **aria(label=text("panel.probe")),
            ),
            dcc.Store(id=ids.PROBE_REQUEST),
        ],
        id="view-probe",
        className="view on-lab",
        **aria(labelledby="title-probe"),
    )


def _outputs(training: Training, size: int) -> Surface:
    experiment = training.experiment
    grid = Plane.over(plane.axis(training.dataset, size), experiment.features)
    return grid.outputs(training.parameters, network_activations(experiment))
