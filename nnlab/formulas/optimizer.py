"""The notation of each optimizer of the core: its rule in letters, and the same rule in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nnlab.core.experiment import Experiment
from nnlab.core.optimizers import OPTIMIZERS
from nnlab.formulas import notation
from nnlab.formulas.layout import chain
from nnlab.formulas.notation import factor, number

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "theta": notation.PARAMETER,
        "eta": notation.LEARNING_RATE,
        "g": notation.GRADIENT,
        "v": notation.VELOCITY,
        "s": notation.SQUARES,
        "v_hat": rf"\hat{{{notation.VELOCITY}}}",
        "s_hat": rf"\hat{{{notation.SQUARES}}}",
        "t": notation.UPDATE_NUMBER,
        **notation.OPTIMIZER_SETTINGS,
    }
)

CORRECTED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"v_hat": ("v", "beta1"), "s_hat": ("s", "beta2")}
)
"""The bias-corrected means: which mean each corrects, and its decay rate."""


@dataclass(frozen=True)
class OptimizerNotation:
    """The notation of an optimizer: its memory and its steps.

    Attributes:
        memory: the names of the vectors that it remembers, in the core's order.
        steps: what becomes of what; on the right names in braces, a star for a product, a bar where a line may
            end. A negative number gets parentheses, unless its name is followed by ``_bare``.
    """

    memory: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]

    def in_letters(self) -> list[str]:
        """The rule, as lines of an aligned block."""
        lines = []
        for name, rule in self.steps:
            written = rule.replace(" * ", " ").replace("_bare}", "}").format(**LETTERS)
            lines += chain(LETTERS[name], written.split(" | "), relation=_relation(name))
        return lines

    def in_numbers(
        self, experiment: Experiment, parameter: str, before: Mapping[str, float], after: Mapping[str, float]
    ) -> list[str]:
        """The first update of one parameter, as lines of an aligned block.

        Args:
            experiment: whose settings are put in.
            parameter: its own letter, in place of theta.
            before: by name, theta and g; all memory is 0.
            after: by name, theta and the memory.
        """
        known = {**settings(experiment), **dict.fromkeys(self.memory, 0.0), **before, "t": 1.0}
        lines = []
        for name, rule in self.steps:
            written = {each: factor(value) for each, value in known.items()}
            written |= {f"{each}_bare": number(value) for each, value in known.items()}
            put_in = rule.replace(" * ", r" \cdot ").format(**written).split(" | ")
            known[name] = _corrected(name, known) if name in CORRECTED else after[name]
            left = parameter if name == "theta" else LETTERS[name]
            lines += chain(left, [*put_in, f"= {number(known[name])}"], relation=_relation(name))
        return lines


def settings(experiment: Experiment) -> dict[str, float]:
    """The numbers that an experiment's update is made with, by name: the learning rate, the optimizer's own."""
    own = {name: getattr(experiment, name) for name in OPTIMIZERS[experiment.optimizer].settings}
    return {"eta": experiment.learning_rate, **own}


def _corrected(name: str, known: Mapping[str, float]) -> float:
    mean, beta = CORRECTED[name]
    return float(known[mean] / (1.0 - known[beta] ** known["t"]))


def _relation(name: str) -> str:
    return "=" if name in CORRECTED else r"\leftarrow"


OPTIMIZER_NOTATION: Mapping[str, OptimizerNotation] = MappingProxyType(
    {
        "gradient_descent": OptimizerNotation((), (("theta", "{theta_bare} | - {eta} * {g}"),)),
        "momentum": OptimizerNotation(
            ("v",), (("v", "{momentum} * {v} | + {g}"), ("theta", "{theta_bare} | - {eta} * {v}"))
        ),
        "nesterov": OptimizerNotation(
            ("v",),
            (
                ("v", "{momentum} * {v} | + {g}"),
                ("theta", r"{theta_bare} | - {eta} * \bigl({g} | + {momentum} * {v}\bigr)"),
            ),
        ),
        "rmsprop": OptimizerNotation(
            ("s",),
            (
                ("s", r"{decay} * {s} | + (1 - {decay}) * {g}^{{2}}"),
                ("theta", r"{theta_bare} | - {eta} * \frac{{{g_bare}}}{{\sqrt{{{s}}} + {epsilon}}}"),
            ),
        ),
        "adam": OptimizerNotation(
            ("v", "s"),
            (
                ("v", "{beta1} * {v} | + (1 - {beta1}) * {g}"),
                ("s", "{beta2} * {s} | + (1 - {beta2}) * {g}^{{2}}"),
                ("v_hat", r"\frac{{{v_bare}}}{{1 - {beta1}^{{{t}}}}}"),
                ("s_hat", r"\frac{{{s}}}{{1 - {beta2}^{{{t}}}}}"),
                ("theta", r"{theta_bare} | - {eta} * \frac{{{v_hat_bare}}}{{\sqrt{{{s_hat}}} + {epsilon}}}"),
            ),
        ),
    }
)
