"""Every formula of every run is LaTeX that MathJax takes offline, and fits a page."""

import re

import pytest
from hypothesis import given, settings

from nnlab import Experiment
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.experiment import choices
from nnlab.core.features import FEATURES
from nnlab.core.initializers import INITIALIZERS
from nnlab.core.optimizers import OPTIMIZERS
from nnlab.formulas import Formula, sections, symbols
from nnlab.formulas.functions import ACTIVATION_NOTATION, FEATURE_NOTATION
from nnlab.formulas.layout import LINE_WIDTH
from nnlab.formulas.notation import OPTIMIZER_SETTINGS
from nnlab.formulas.optimizer import OPTIMIZER_NOTATION
from nnlab.formulas.start import RULES
from nnlab.formulas.width import width
from tests.formulas.formula_runs import assorted, everything, experiments, lines, rows

# of MathJax's base and ams packages, which are bundled; anything else might be fetched when met
MACROS = set(
    re.findall(
        r"\w+",
        "begin end left right bigl bigr Bigl Bigr frac sqrt partial cdot cdots vdots ddots ldots odot times sum in "
        "leq sim quad hat bar tilde mathcal mathbf mathbb mathsf operatorname beta delta eta gamma lambda mu rho "
        "sigma theta varepsilon tanh sin min max ln leftarrow Longleftrightarrow Longrightarrow",
    )
)


def check_balance(latex: str) -> None:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if brace == "{" else -1
        assert depth >= 0, latex
    assert depth == 0, latex
    for opening, closing in (("left", "right"), ("bigl", "bigr"), ("Bigl", "Bigr"), ("begin", "end")):
        count = [len(re.findall(rf"\\{name}(?![a-z])", latex)) for name in (opening, closing)]
        assert count[0] == count[1], latex
    for line in lines(latex):  # \left cannot reach over a line's end
        inside = re.sub(r"\\begin\{(pmatrix|cases)\}.*?\\end\{\1\}", "", line)
        assert inside.count(r"\left") - inside.count(r"\leftarrow") == inside.count(r"\right"), line
        assert inside.count("&") <= 1, line


@given(experiments(), rows)
@settings(max_examples=40, deadline=None)
def test_whatever_the_run_every_formula_is_well_formed(experiment: Experiment, row: int) -> None:
    for formula in [*everything(experiment), *everything(experiment, row)]:
        check_balance(formula.latex)
        assert set(re.findall(r"\\([A-Za-z]+)", formula.latex)) <= MACROS, formula.latex
        assert "nan" not in formula.latex.lower()
        assert "$" not in formula.latex


@given(experiments(), rows)
@settings(max_examples=40, deadline=None)
def test_no_line_is_wider_than_a_page(experiment: Experiment, row: int) -> None:
    for formula in [*everything(experiment), *everything(experiment, row)]:
        matrices = "pmatrix" in formula.latex
        for line in lines(formula.latex):
            assert width(line) <= (1.5 if matrices else 1.2) * LINE_WIDTH, (formula.key, line)


@pytest.mark.parametrize("hidden", [(8,), (8, 8, 8, 8, 8, 8), (1, 1, 1, 1, 1, 1)])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"dataset": "spiral", "samples": 1000, "train_share": 90, "batch_size": 1000, "regularization": "l1"},
        {"dataset": "moons", "samples": 1000, "batch_size": 1, "optimizer": "adam", "shuffle": True},
    ],
)
def test_a_large_network_on_many_rows_is_written_in_few_words(
    hidden: tuple[int, ...], settings: dict[str, object]
) -> None:
    experiment = Experiment(
        hidden_layer_sizes=hidden,
        features=choices("features"),
        initialization="normal",
        scale=5.0,
        **settings,
    )
    formulas = everything(experiment, 0)
    assert max(len(formula.latex) for formula in formulas) < 3000
    assert sum(len(formula.latex) for formula in formulas) < 8000 * (len(hidden) + 1)
    assert not [formula for formula in formulas if formula.key.endswith((".weight", ".bias"))]


def test_thirteen_parameters_are_spelled_out_and_fourteen_are_not() -> None:
    thirteen = Experiment(hidden_layer_sizes=(3,), initialization="zeros")
    more = Experiment(hidden_layer_sizes=(1,) * 6, features=("x1",), initialization="zeros")
    assert (thirteen.parameter_count, more.parameter_count) == (13, 14)
    each = [formula.key for formula in everything(thirteen)]
    assert each.count("formulas.backward.weight") + each.count("formulas.backward.bias") == 13
    assert "formulas.backward.layer_gradient" in {formula.key for formula in everything(more)}


def test_every_activation_and_feature_of_the_core_can_be_written() -> None:
    assert set(ACTIVATION_NOTATION) == set(ACTIVATIONS)
    assert set(FEATURE_NOTATION) == set(FEATURES)


def test_every_optimizer_and_initialization_of_the_core_can_be_written() -> None:
    assert {name: len(rule.memory) for name, rule in OPTIMIZER_NOTATION.items()} == {
        name: optimizer.memory for name, optimizer in OPTIMIZERS.items()
    }
    own_settings = {name for optimizer in OPTIMIZERS.values() for name in optimizer.settings}
    assert set(OPTIMIZER_SETTINGS) == own_settings
    assert set(RULES) == set(INITIALIZERS) - {"notebook"}


LETTER = re.compile(r"\\(?:operatorname|bar|tilde|hat)\{\w+\}|\\(?!begin|end)[A-Za-z]+|[A-Za-z]")
NO_LETTERS = set(
    re.findall(
        r"\S+",
        r"\left \right \bigl \bigr \Bigl \Bigr \frac \sqrt \cdot \cdots \vdots \ddots \ldots \times \quad \in "
        r"\leq \mathcal \mathbf \mathsf \mathbb \Longleftrightarrow \Longrightarrow",
    )
)


def letters_of(latex: str) -> set[str]:
    plain = re.sub(r"\\(?:begin|end)\{\w+\}|\[4pt\]", " ", latex)
    return set(LETTER.findall(plain)) - NO_LETTERS


@pytest.mark.parametrize("experiment", assorted()[::3], ids=str)
def test_the_symbols_explained_are_those_that_are_used(experiment: Experiment) -> None:
    explained = set().union(*(letters_of(symbol.latex) for symbol in symbols(experiment)))
    used = set().union(*(letters_of(formula.latex) for formula in everything(experiment, 1)))
    assert used <= explained
    assert explained <= used | {"x"}  # a point has both coordinates, whatever the features are


def test_letters_alone_need_no_numbers() -> None:
    keys = [section.key for section in sections(Experiment())]
    names = ("forward", "expanded", "cost", "backward", "start", "update")
    assert keys == [f"formulas.section.{name}" for name in names]


def test_a_formula_is_a_value() -> None:
    assert Formula("k", "x") == Formula("k", "x", {})


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("a", "a b"),
        (r"\frac{1}{2}", r"1 + 2"),
        ("w_{11}^{(1)}", "w 1 1 ( 1 )"),
        (r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}", "1 + 2 + 3"),
    ],
)
def test_width_knows_what_stands_above_each_other(narrow: str, wide: str) -> None:
    assert width(narrow) < width(wide)
