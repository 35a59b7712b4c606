"""Links of TensorFlow Playground, translated into settings of ours, with a list of what differs.

Names and defaults are those of ``src/state.ts`` in https://github.com/tensorflow/playground. What cannot be
had here becomes the nearest thing that can, and is listed as a difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

LONGEST_LINK, CUT = 8192, 60  # characters
MOST_LAYERS, MOST_UNITS = 6, 8


@dataclass(frozen=True)
class Unequal:
    """A parameter that does not mean here what it means in the playground.

    The value is that of the link, decoded, or empty if the link does not have the parameter. Name and value are
    cut to 60 characters. The reason is number, choice, shape, feature, samples, seed, biases, hidden_control or unknown.
    """

    name: str
    value: str
    reason: str


@dataclass(frozen=True)
class Translation:
    """A link in settings of ours, and the list of what differs.

    Attributes:
        settings: every field of Experiment that the playground decides.
        view: whether to show "test" rows and to paint "classes" only, if the link says so.
        unequal: what differs: first parameters of the link, in its order, then what follows from several of them.
    """

    settings: dict[str, object]
    view: dict[str, bool]
    unequal: tuple[Unequal, ...]


NUMBERS: Mapping[str, tuple[str, float, float, float]] = {
    "batchSize": ("batch_size", 10, 1, 1000),
    "learningRate": ("learning_rate", 0.03, 0.001, 10.0),
    "regularizationRate": ("regularization_rate", 0.0, 0.0, 10.0),
    "noise": ("noise", 0.0, 0.0, 50.0),
    "percTrainData": ("train_share", 50, 10, 90),
}
"""Our field, the playground's default, and our bounds; a field is a whole number if its default is one."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    "activation": {"tanh": "tanh", "relu": "relu", "sigmoid": "sigmoid", "linear": "linear"},
    "regularization": {"none": "none", "L1": "l1", "L2": "l2"},
    "dataset": {"circle": "circle", "xor": "quadrants", "gauss": "gaussians", "spiral": "spiral"},
    "regDataset": {"reg-plane": "plane", "reg-gauss": "multi_gaussians"},
    "problem": {"classification": "classification", "regression": "regression"},
}
"""The values of each of the playground's settings, with our name for each; the default stands first."""

# The parameter that names the data, the output's activation, the number of points, of which regressions there have 1,200.
PROBLEMS = {"classification": ("dataset", "tanh", 500), "regression": ("regDataset", "linear", 1000)}
FEATURES: Mapping[str, str] = {
    "x": "x1", "y": "x2", "xSquared": "x1^2", "ySquared": "x2^2", "xTimesY": "x1*x2",
    "sinX": "sin x1", "sinY": "sin x2",
}  # fmt: skip
NO_FEATURES = ("cosX", "cosY")
VIEWS: Mapping[str, str] = {"showTestData": "test", "discretize": "classes"}
IGNORED = ("hideText", "tutorial", "collectStats", "numHiddenLayers")

DEFAULTS: Mapping[str, Any] = (
    {name: default for name, (_, default, _, _) in NUMBERS.items()}
    | {name: next(iter(choice.values())) for name, choice in CHOICES.items()}
    | dict.fromkeys((*FEATURES, *NO_FEATURES, *VIEWS, "initZero"), False)
    | {"x": True, "y": True, "networkShape": (4, 2), "seed": ""}
)
NEVER_OURS = {*NUMBERS, "networkShape", "regDataset", "problem"} - {"noise"}  # names of the playground alone
HEXADECIMAL = frozenset(b"0123456789abcdefABCDEF")


def is_playground_link(text: str) -> bool:
    """Whether a text holds, after its first '#', what the playground writes there; the host does not matter.

    A name of the playground alone is enough. ``activation`` and ``dataset``, which are ours too, count with a
    value of the playground's and no name beside them in our spelling; "#dataset=xor", which is either, counts.
    """
    given = _parameters(text)
    if not NEVER_OURS.isdisjoint(given):
        return True
    ours = any("." in name or "_" in name.removesuffix("_hide") for name in given)
    return not ours and any(given.get(name) in CHOICES[name] for name in ("activation", "dataset"))


def translate(link: str) -> Translation:
    """Settings of ours for a playground link; a text that is none gives the playground's defaults.

    Raises:
        ValueError: the link is longer than 8,192 characters.
    """
    if len(link) > LONGEST_LINK:
        raise ValueError(f"link must be at most {LONGEST_LINK} characters long, got {len(link)}")
    given = _parameters(link)
    read = {name: _read(name, text) for name, text in given.items()}
    values = {**DEFAULTS, **{name: value for name, (value, _) in read.items()}}
    # A feature whose control is hidden is none to the playground.
    on = [name for name in FEATURES if values[name] and not values.get(f"{name}_hide")]
    reasons = [
        *((name, reason) for name, (_, reason) in read.items()),
        ("x", "" if on else "feature"),
        ("problem", "samples" if values["problem"] == "regression" else ""),
        ("initZero", "" if values["initZero"] else "biases"),
    ]
    return Translation(
        settings=_settings(values, tuple(FEATURES[name] for name in on or ["x"])),
        view={ours: values[name] for name, ours in VIEWS.items() if given.get(name)},
        unequal=tuple(Unequal(name[:CUT], given.get(name, "")[:CUT], why) for name, why in reasons if why),
    )


def _settings(values: Mapping[str, Any], features: tuple[str, ...]) -> dict[str, object]:
    dataset, output_activation, samples = PROBLEMS[values["problem"]]
    seed = _hash(values["seed"]) if values["seed"] else 0
    return {
        "dataset": values[dataset], "samples": samples, "data_seed": seed, "encoding": "bipolar",
        "features": features, "hidden_layer_sizes": values["networkShape"],
        "activation": values["activation"], "output_activation": output_activation,
        "initialization": "zeros" if values["initZero"] else "uniform", "scale": 0.5, "seed": seed,
        "loss": "squared_error", "optimizer": "gradient_descent", "batch_divisor": "actual",
        "regularization": values["regularization"], "l1_clamp": True, "shuffle": False, "epochs": 500,
        **{field: values[name] for name, (field, *_) in NUMBERS.items()},
    }  # fmt: skip


def _parameters(text: str) -> dict[str, str]:
    """Names and values after the first '#'; of two values of one name the last counts."""
    pairs = (part.partition("=") for part in text.partition("#")[2].split("&") if part.strip())
    return {_decoded(name).strip(): _decoded(value).strip() for name, _, value in pairs}


def _decoded(text: str) -> str:
    """The text with its percent codes resolved; a '%' that begins none stays, and no lone surrogate does."""
    head, *parts = text.encode(errors="replace").split(b"%")
    coded = (
        bytes.fromhex(part[:2].decode()) + part[2:]
        if len(part) > 1 and HEXADECIMAL.issuperset(part[:2])
        else b"%" + part
        for part in parts
    )
    return b"".join([head, *coded]).decode(errors="replace")


def _read(name: str, text: str) -> tuple[Any, str]:
    """The value of a parameter, and the reason why it differs here, or ''."""
    if name.endswith("_hide"):
        return text == "true", "hidden_control" if text == "true" else ""
    if name not in DEFAULTS:
        return text, "" if name in IGNORED else "unknown"
    if name == "networkShape":
        return _shape(text)
    if not text:
        return DEFAULTS[name], ""
    if name in NUMBERS:
        return _bounded(text, *NUMBERS[name][1:])
    if name in CHOICES:
        return CHOICES[name].get(text, DEFAULTS[name]), "" if text in CHOICES[name] else "choice"
    if name == "seed":
        return text, "seed"
    on = text != "false"  # the playground takes anything else for true
    return on, "feature" if on and name in NO_FEATURES else ""


def _bounded(text: str, default: float, low: float, high: float) -> tuple[float, str]:
    value = _number(text)
    if value is None:
        return default, "number"
    nearest = min(max(low, value), high)
    nearest = round(nearest) if isinstance(default, int) else nearest
    return nearest, "" if nearest == value else "number"


def _shape(text: str) -> tuple[tuple[int, ...], str]:
    """Units a layer; an empty text is a network without a hidden one."""
    sizes = [_number(size) for size in text.split(",")] if text else []
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes):
        return DEFAULTS["networkShape"], "number"
    shape = tuple(round(min(max(1, size), MOST_UNITS)) for size in known[:MOST_LAYERS])
    return shape, "" if list(shape) == known else "shape"


def _number(text: str) -> float | None:
    """A decimal number; Python's other spellings (1_000, nan, ...) are none to the playground."""
    try:
        return float(text) if set(text.strip()) <= set("0123456789+-.eE") else None
    except ValueError:
        return None


def _hash(text: str) -> int:
    """FNV-1a in 32 bits (Fowler, Noll & Vo): the same seed every time the link is opened."""
    return reduce(lambda state, byte: (state ^ byte) * 0x01000193 % 2**32, text.encode(), 0x811C9DC5)
