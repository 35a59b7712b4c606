"""Requests about many networks that are refused, by what is wrong with them."""

from .sample_requests import LANDSCAPE, MAP, POINT, SLICE, SMALL, STARTS, body, small


def view(path, **settings):
    """The bytes of a request with other settings of the view."""
    return body(**SMALL[path] | {"view": SMALL[path]["view"] | settings})


def axis(**settings):
    return {"setting": "learning_rate", "low": 0.1, "high": 1} | settings


def huge(text, digits=10_000):
    """A request with a number of so many digits where it says HUGE."""
    return text.replace(b'"HUGE"', b"9" * digits)


ANYWHERE = {
    "unknown field": lambda path: body(momentum=0.9, **SMALL[path]),
    "unknown setting": lambda path: body({"dropout": 0.5}, **SMALL[path]),
    "unknown view": lambda path: view(path, colors=3),
    "NaN": lambda path: body({"learning_rate": float("nan")}, **SMALL[path]),
    "NaN in the view": lambda path: view(path, **{next(iter(SMALL[path]["view"])): float("nan")}),
    "Infinity": lambda path: view(path, **{next(iter(SMALL[path]["view"])): float("inf")}),
    "1e400": lambda path: body({"scale": "HUGE"}, **SMALL[path]).replace(b'"HUGE"', b"1e400"),
    "10,000 digits": lambda path: huge(body({"seed": "HUGE"}, **SMALL[path])),
    "4,000 digits": lambda path: huge(body({"seed": "HUGE"}, **SMALL[path]), 4000),
    "wrong shape": lambda path: body({"initialization": "explicit", "weights": [[[1]]]}, **SMALL[path]),
    "impossible shape": lambda path: body(
        reshape={"features": ["x1"], "hidden_layer_sizes": [9]}, **SMALL[path]
    ),
    "out of bounds": lambda path: body({"epochs": 5001}, **SMALL[path]),
    "view is a list": lambda path: body(**SMALL[path] | {"view": [1, 2]}),
    "version 1": lambda path: body(**SMALL[path] | {"version": 1}),
    "hostile text": lambda path: body(
        {"dataset": "'; DROP TABLE runs; --<script>alert(1)</script>\0\u202e{bound}%s"}, **SMALL[path]
    ),
    "hostile name": lambda path: view(path, **{"{setting}<img src=x>\0%n" * 100: 1}),
    "nested 10,000 deep": lambda _: b'{"version": 3, "view": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "nested objects": lambda _: b'{"view": ' * 6000 + b"1" + b"}" * 6000,
    "cut short": lambda path: small(path)[:-1],
    "not UTF-8": lambda path: small(path).replace(b"epochs", b"\xff\xfe"),
    "a lone surrogate": lambda _: b'{"version": 3, "experiment": {"dataset": "\\ud800"}}',
    "nothing": lambda _: b"",
    "a list": lambda _: b"[]",
    "null": lambda _: b"null",
}

BAD = {
    "9 starts": (STARTS, view(STARTS, starts=9)),
    "half a start": (STARTS, view(STARTS, starts=10.5)),
    "a seed too large": (STARTS, body({"seed": 2**32 - 5}, **SMALL[STARTS])),
    "too much work for starts": (
        STARTS,
        body({"epochs": 5000, "hidden_layer_sizes": [8] * 6, "initialization": "xavier"}, view={"starts": 10_000}),
    ),
    "too much work for a map": (MAP, body({"epochs": 5000}, view={"size": 512})),
    "an axis of 3 numbers": (MAP, view(MAP, x=[0.1, 0.5, 1])),
    "an axis of text": (MAP, view(MAP, x="learning_rate")),
    "an axis twice": (MAP, view(MAP, x=axis(), y=axis(high=2))),
    "a weight twice": (MAP, view(MAP, x=axis(setting="weights.0.0.0"), y=axis(setting="weights.0.0.0"))),
    "a logarithm of 0": (MAP, view(MAP, x=axis(setting="biases.0.0", low=0, spacing="log"))),
    "a logarithm below 0": (MAP, view(MAP, x=axis(setting="weights.0.0.0", low=-1, spacing="log"))),
    "ends that are one": (MAP, view(MAP, x=axis(low=1))),
    "ends that fall": (MAP, view(MAP, x=axis(low=2))),
    "an end of 10,000 digits": (MAP, huge(view(MAP, x=axis(high="HUGE")))),
    "an end of 4,000 digits": (MAP, huge(view(MAP, x=axis(high="HUGE")), 4000)),
    "an end of -1e400": (MAP, view(MAP, x=axis(low="HUGE")).replace(b'"HUGE"', b"-1e400")),
    "an end that is true": (MAP, view(MAP, x=axis(high=True))),
    "a hostile axis": (MAP, view(MAP, x=axis(setting="{bound}<script>\0\u202e" * 1000))),
    "an axis that no network has": (MAP, view(MAP, x=axis(setting="weights.9.9.9"))),
    "epochs as an axis": (MAP, view(MAP, x=axis(setting="epochs"))),
    "a point off the map": (POINT, body(**SMALL[POINT] | {"row": 3})),
    "a point of 4,000 digits": (POINT, huge(body(**SMALL[POINT] | {"row": "HUGE"}), 4000)),
    "8 parameters of 9": (LANDSCAPE, body(**SLICE | {"parameters": [0] * 8})),
    "30,000 parameters": (LANDSCAPE, body(**SLICE | {"parameters": [0] * 15_000})),
    "parameters far out": (LANDSCAPE, body(**SLICE | {"parameters": [1e101] * 9})),
    "a parameter of 4,000 digits": (LANDSCAPE, huge(body(**SLICE | {"parameters": [0] * 8 + ["HUGE"]}), 4000)),
    "a path of 3 numbers": (LANDSCAPE, view(LANDSCAPE, x_path=[0, 1, 2])),
    "a path that falls": (LANDSCAPE, view(LANDSCAPE, y_path=[1, 0])),
    "one parameter twice": (LANDSCAPE, view(LANDSCAPE, x="biases.0.0", y="biases.0.0")),
    "no view": (LANDSCAPE, body(parameters=[0] * 9)),
}  # fmt: skip
