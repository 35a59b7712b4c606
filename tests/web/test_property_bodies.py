"""8,000 bodies and addresses that nobody meant: each is answered, or refused with a reason; nothing fails, nothing hangs.

2,000 links more are in tests/browser/test_link_mutations.py. What is drawn is the same every time, and a failure
shows the body. Bodies that would be right and dear are left out: long runs are other tests' business.
"""

import gzip
import json
import random
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from flask.testing import FlaskClient
from pydantic import ValidationError
from werkzeug.test import TestResponse

from nnlab.core.experiment import Experiment
from nnlab.web.document import LabApp
from nnlab.web.factory import create_app
from nnlab.web.many import many_limits
from nnlab.web.many.many_requests import LandscapeRequest, MapRequest, StartsRequest
from nnlab.web.runs import run_limit
from nnlab.web.runs.run_request import RunRequest
from nnlab.web.settings import Settings
from nnlab.work.executor import SerialExecutor

CHEAP = 4_000_000
"""Of estimated work: some milliseconds."""

POINTS = [[1.0, 2.0, 0], [-1.5, 0.25, 1], [3.0, -2.0, 1], [0.5, 0.5, 0]]
EXPERIMENTS: list[dict[str, Any]] = [
    {"epochs": 2},
    {"epochs": 3, "dataset": "own", "points": POINTS, "standardize": True, "batch_size": 3},
    {"epochs": 1, "dataset": "spiral", "samples": 20, "noise": 10.0, "optimizer": "adam", "shuffle": True},
    {"epochs": 2, "hidden_layer_sizes": [3, 2], "initialization": "he", "activation": "relu", "scale": 0.5},
    {"epochs": 2, "loss": "cross_entropy", "encoding": "binary", "output_activation": "sigmoid", "stop_cost": 0.01},
    {"epochs": 2, "initialization": "explicit", "weights": [[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0]]],
     "biases": [[0.0, 1.0], [2.0]], "regularization": "l1", "momentum": 0.5},
    {"epochs": 3, "dataset": "plane", "samples": 30, "hidden_layer_sizes": [], "initialization": "zeros",
     "features": ["x1", "x2^2"], "learning_rate": 10.0, "stop_all_correct": True},
]  # fmt: skip
SHAPE = {"features": ["x1", "x1*x2"], "hidden_layer_sizes": [3, 2]}

ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2, 3, 7, 20, 0.5, -0.0, 1e-9, 1e308, -1e308, 2**31, 2**53 + 1, 2**64, 10**30, 10**400,
    float("nan"), float("inf"), "", "0", "x1", "tanh", "own", "NaN", "__proto__", "constructor", "\ud800", "\0", "\u202e",
    "<script>", "é" * 40, "a" * 3000, [], {}, [[]], [[[]]], [[[[1]]]], {"a": {"b": []}}, [None], [1, "a"],
    [0] * 2000, [[1, 2]] * 300, POINTS * 200, {"__proto__": {}}, {"": None}, "weights.0.0.0", "biases.9.9", [1, 2],
]  # fmt: skip
NAMES = [
    *Experiment.model_fields,
    "version",
    "view",
    "reshape",
    "__proto__",
    "constructor",
    "",
    "\0",
    "\ud800",
    "a" * 500,
]
PIECES = [
    b"", b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\ud800", b"\\u0000", b"1e400", b"-", b"9" * 5000, b"NaN",
    b"null", b"\xff", b"\xed\xa0\x80", b"\0", b"[" * 3000, b'{"a":' * 3000, b'"epochs":1,', b"1_000", b"0x10",
]  # fmt: skip


# --- what is asked right ------------------------------------------------------------------------


def run_body(draw: random.Random, experiment: dict[str, Any]) -> dict[str, Any]:
    view = draw.choice(
        [
            {"frames": 2},
            {"epoch": 1, "gradients": True},
            {"gradients": True},
        ]
    )
    return {"view": view} | draw.choice([{}, {}, {"reshape": SHAPE}])


def starts_body(draw: random.Random, experiment: dict[str, Any]) -> dict[str, Any]:
    return {"view": {"starts": draw.choice([10, 12]), "wall": 2}}


def map_body(draw: random.Random, experiment: dict[str, Any]) -> dict[str, Any]:
    return {"view": {"size": draw.choice([2, 3])}}


def point_body(draw: random.Random, experiment: dict[str, Any]) -> dict[str, Any]:
    return {"view": {"size": 3}, "row": draw.randrange(3), "column": 2}


def landscape_body(draw: random.Random, experiment: dict[str, Any]) -> dict[str, Any]:
    count = Experiment.model_validate(experiment).parameter_count
    return {"parameters": [0.5] * count, "view": {"x_path": [-1, 1], "y_path": [-1, 1], "size": 5}}


def work_of_run(text: bytes) -> float:
    return run_limit.work(RunRequest.model_validate_json(text))


def work_of_starts(text: bytes) -> float:
    asked = StartsRequest.model_validate_json(text)
    return many_limits.work(asked.experiment, asked.view.starts)


def work_of_map(text: bytes) -> float:
    asked = MapRequest.model_validate_json(text)
    return many_limits.work(asked.experiment, asked.view.size**2)


def work_of_landscape(text: bytes) -> float:
    return 100 * LandscapeRequest.model_validate_json(text).view.size ** 2


def formulas_body(draw: random.Random, experiment: dict[str, Any]) -> dict[str, Any]:
    parameters = [0.5] * Experiment.model_validate(experiment).parameter_count
    return {"experiment": experiment, "parameters": parameters, "row": draw.choice((None, 0, 1))}


def table_body(draw: random.Random, _: dict[str, Any]) -> dict[str, Any]:
    return {"text": draw.choice(("x1,x2,label\n1,2,0\n3,4,1", "a;b", "", "1 2 0\n" * 200))}


def points_body(_: random.Random, experiment: dict[str, Any]) -> dict[str, Any]:
    return {"experiment": experiment}


def link_body(_: random.Random, __: dict[str, Any]) -> dict[str, Any]:
    return {"text": "#networkShape=4,2&noise=50&seed=0.5"}


def no_work(_: bytes) -> float:
    return 0


Work = Callable[[bytes], float]
Right = Callable[[random.Random, dict[str, Any]], dict[str, Any]]
ASKED: dict[str, tuple[int, Right, Work]] = {
    "/run": (2000, run_body, work_of_run),
    "/starts/run": (1200, starts_body, work_of_starts),
    "/map/run": (1200, map_body, work_of_map),
    "/map/point": (1000, point_body, no_work),
    "/landscape/run": (1000, landscape_body, work_of_landscape),
    "/ask/en/formulas": (250, formulas_body, no_work),
    "/ask/ru/table": (250, table_body, no_work),
    "/ask/en/points": (250, points_body, no_work),
    "/ask/ru/playground-link": (250, link_body, no_work),
}
"""For each address how many bodies, what is right there, and what a right one costs."""

ADDRESSES = 600


def test_there_are_8000() -> None:
    assert sum(count for count, _, _ in ASKED.values()) + ADDRESSES == 8000


# --- what becomes of it -------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a body."""
    yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*path, key))


def changed(draw: random.Random, body: Any) -> Any:
    """The body with something put in, taken out or put in its place; often a setting of the experiment."""
    body = json.loads(json.dumps(body))
    path = draw.choice(list(places(body)))
    if not path:
        return draw.choice(ODD) if draw.random() < 0.3 else body | {draw.choice(NAMES): draw.choice(ODD)}
    around = body
    for key in path[:-1]:
        around = around[key]
    way = draw.random()
    if way < 0.5:
        around[path[-1]] = draw.choice(ODD)
    elif way < 0.65:
        del around[path[-1]]
    elif isinstance(around, dict):
        around[draw.choice(NAMES)] = draw.choice(ODD)
    else:
        around.append(draw.choice(ODD))
    return body


def torn(draw: random.Random, text: bytes) -> bytes:
    """The text with some of it taken out, doubled or put in."""
    for _ in range(draw.choice((1, 1, 2, 5))):
        at = draw.randrange(len(text) + 1)
        to = min(len(text), at + draw.choice((0, 1, 1, 4, 40)))
        piece = draw.choice(PIECES) if draw.random() < 0.7 else bytes([draw.randrange(256)])
        text = draw.choice(
            (text[:at] + piece + text[to:], text[:at] + text[to:], text[:to] + text[at:], text[:at])
        )
    return text


def written(draw: random.Random, body: Any) -> bytes:
    text = json.dumps(body, ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")
    return torn(draw, text) if draw.random() < 0.25 else text


def sent(draw: random.Random, text: bytes) -> dict[str, Any]:
    """How a body is sent: as it is, or packed, rightly or not; seldom as something else."""
    way = draw.random()
    headers = {}
    if way < 0.15:
        text = gzip.compress(text, 1)
        headers = {"Content-Encoding": "gzip"}
        if way < 0.08:
            text = draw.choice((torn(draw, text), text[:-9], text + b"more", b"", zlib.compress(text), BOMB))
    elif way < 0.18:
        headers = {"Content-Encoding": draw.choice(("br", "deflate", "gzip, gzip", "", "GZIP"))}
    elif way < 0.2:
        headers = {"Origin": draw.choice(("http://elsewhere", "null", "http://[", "\xff"))}
    kind = (
        "application/json"
        if way < 0.97
        else draw.choice(("", "text/plain", "application/x-www-form-urlencoded"))
    )
    return {"data": text, "headers": headers, "content_type": kind}


BOMB = gzip.compress(b" " * 20_000_000, 9)


def held(answer: TestResponse, shown: Any) -> int:
    """The status of an answer that is one: 200, or a refusal that says why."""
    assert answer.status_code == 200 or 400 <= answer.status_code < 500, (answer.status_code, shown)
    if answer.status_code != 200:
        assert json.loads(answer.get_data(), parse_constant=pytest.fail)["errors"], shown
    return answer.status_code


@pytest.fixture(scope="module")
def alone() -> LabApp:
    """A lab whose large work is done here and now."""
    return create_app(Settings(public_url="http://192.0.2.7:8050"), SerialExecutor())


@pytest.fixture
def ask(alone: LabApp) -> FlaskClient:
    return alone.server.test_client()


@pytest.mark.parametrize("path", ASKED)
def test_every_body_is_answered_or_refused(ask: FlaskClient, path: str) -> None:
    count, right, work = ASKED[path]
    draw = random.Random(f"bodies of {path}")
    answered: Counter[int] = Counter()
    while answered.total() < count:
        experiment = draw.choice(EXPERIMENTS)
        first = {} if path.startswith("/ask/") else {"version": 3, "experiment": experiment}
        body: Any = first | right(draw, experiment)
        for _ in range(draw.choice((0, 1, 1, 1, 2, 4))):
            body = changed(draw, body) if isinstance(body, dict) else body
        text = written(draw, body)
        try:
            if work(text) > CHEAP:
                continue
        except ValidationError:
            pass  # it will be refused
        how = sent(draw, text)
        answered[held(ask.post(path, buffered=True, **how), how)] += 1
    assert answered[200] > count // 20
    assert answered[422] > count // 4


# --- addresses ----------------------------------------------------------------------------------

PATHS = [
    "/", "/starts", "/map", "/landscape", "/join", "/healthz", "/_dash-layout", "/_dash-dependencies",
    "/_dash-component-suites/dash/dcc/dash_core_components.js", "/static/0/nnlab.css", "/run", "/map/point", "/ask/en/table",
    "/_dash-update-component",
]  # fmt: skip
PARTS = [
    "/", "//", ".", "..", "/../..", "%2e%2e%2f", "%00", "%ff", "%", "%ZZ", "%ED%A0%80", "?", "?x=1", "?x=1&x=2", "?%00=%ff",
    "&", ";", "\\", ":", "@", "é", "🦊", "~", "*", "<script>", "a" * 3000, "?" + "a=1&" * 500, "__proto__", " ", "%0d%0aX:1",
]  # fmt: skip


def test_every_address_gives_a_page_or_says_that_there_is_none(ask: FlaskClient) -> None:
    draw = random.Random("addresses")
    answered: Counter[int] = Counter()
    for _ in range(ADDRESSES):
        path = draw.choice(PATHS)
        for _ in range(draw.choice((0, 1, 1, 2, 5))):
            at = draw.randrange(1, len(path) + 1)
            to = min(len(path), at + draw.choice((0, 0, 1, 5)))
            path = path[:at] + draw.choice(PARTS) + path[to:]
        headers = {"Accept-Language": draw.choice(("ru", "en", "", "*;q=x", "xx-" * 500, "ru;q=nan"))}
        headers["Cookie"] = draw.choice(
            ("", "nnlab_language=ru", "nnlab_language=xx", "nnlab_theme=<", "a" * 1000)
        )
        method = draw.choice((*["GET"] * 8, "HEAD", "OPTIONS", "PUT", "DELETE"))
        place, _, query = path.partition("?")
        raw = {
            "PATH_INFO": unquote_to_bytes(place).decode("latin-1"),
            "QUERY_STRING": query.encode().decode("latin-1"),
        }
        answer = ask.open("/", method=method, headers=headers, buffered=True, environ_overrides=raw)
        assert answer.status_code < 500, (method, path, headers)
        answered[answer.status_code] += 1
    assert answered[200] > ADDRESSES // 8
    assert answered[404] > ADDRESSES // 20
