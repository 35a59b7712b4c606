"""The shape of nnlab: which way imports point, what the core keeps away from, and that languages agree."""

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnlab.i18n.sentence import placeholders

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "nnlab"
MODULES = sorted(path.relative_to(ROOT) for path in PACKAGE.rglob("*.py"))
MOST_LINES = 400

# What each room may take from the others; nobody takes from web or command, where arrows end.
OWN_IMPORTS = {
    "core": {"core"},
    "formats": {"core", "formats"},
    "figures": {"core", "figures"},
    "formulas": {"core", "formulas"},
    "i18n": {"i18n"},
    "work": {"core", "work"},
    "web": {"core", "formats", "figures", "formulas", "i18n", "work", "web"},
    "command": {"core", "formats", "work", "figures", "command", ""},
    "": {"core"},  # nnlab/__init__.py
}
FOREIGN_IMPORTS = {
    "core": {"numpy"},
    "formats": set[str](),
    "figures": {"numpy", "plotly"},
    "formulas": {"numpy"},
    "i18n": set[str](),
    "work": {"numpy", "distributed"},
    "command": {"numpy", "plotly", "PIL", "tqdm", "click"},
    "web": {
        "numpy", "plotly", "dash", "dash_bootstrap_components", "flask", "werkzeug",
        "pydantic", "pydantic_core", "pydantic_settings", "segno", "waitress",
    },
    "": set[str](),
}  # fmt: skip
# The same within the web, whose rooms take nothing from a sibling that is not named here; the files beside them put
# all of them together.
WEB_IMPORTS = {
    "http": {"http"},
    "runs": {"http", "runs"},
    "many": {"http", "many"},
    "controls": {"controls", "elements"},
    "pages": {"http", "controls", "many", "pages", "elements"},
}
KNOWS_PYDANTIC = Path("nnlab/core/experiment.py")
SERVES_THE_WEB = Path("nnlab/command/serve.py")

# The core computes: from the standard library it takes only what neither reads, writes nor tells the time.
CORE_STANDARD_LIBRARY = {
    "abc", "collections", "dataclasses", "enum", "functools", "itertools", "math", "operator", "types", "typing",
    "warnings",
}  # fmt: skip
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"}
FORBIDDEN_OF_NUMPY = {
    "load", "save", "savez", "savez_compressed", "loadtxt", "savetxt", "genfromtxt", "fromfile",
    "tofile", "memmap", "datetime64",
}  # fmt: skip

# Only these draw with NumPy, and only from a generator that is given a seed.
DRAWS_WITH_NUMPY = {Path("nnlab/core/data/samples.py"), Path("nnlab/core/batches.py")}
MADE_FROM_A_SEED = {".default_rng", ".PCG64", ".Generator"}


def room(module: Path) -> str:
    """The folder of nnlab that a module stands in: core, figures, ...; ``python -m nnlab`` is the commands' door."""
    if module.name == "__main__.py":
        return "command"
    return module.parts[1] if len(module.parts) > 2 else ""


def syntax(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), str(module))


def imported(module: Path) -> Iterator[str]:
    """The dotted name of everything a module imports, wherever in it and however it is spelled."""
    for node in ast.walk(syntax(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_imports_only_what_its_room_may(module: Path) -> None:
    foreign = FOREIGN_IMPORTS[room(module)] | (
        {"pydantic", "pydantic_core"} if module == KNOWS_PYDANTIC else set()
    )
    own = OWN_IMPORTS[room(module)] | ({"web"} if module == SERVES_THE_WEB else set())
    for name in imported(module):
        top, *below = name.split(".")
        if top == "nnlab":
            assert below, f"{module} imports nnlab itself: import what it needs of it"
            taken = below[0] if (PACKAGE / below[0]).is_dir() else ""
            assert taken in own, f"{module} must not import {name}"
        elif top not in sys.stdlib_module_names:
            assert top in foreign, f"{module} must not import {name}"


WEB_MODULES = [path for path in MODULES if room(path) == "web" and len(path.parts) > 3]


@pytest.mark.parametrize("module", WEB_MODULES, ids=str)
def test_a_room_of_the_web_does_not_reach_into_its_siblings(module: Path) -> None:
    for name in imported(module):
        if name.startswith("nnlab.web."):
            assert name.split(".")[2] in WEB_IMPORTS[module.parts[2]], f"{module} must not import {name}"


@pytest.mark.parametrize("module", [path for path in MODULES if room(path) == "core"], ids=str)
def test_the_core_reads_writes_prints_and_times_nothing(module: Path) -> None:
    for name in imported(module):
        top = name.split(".")[0]
        assert top not in sys.stdlib_module_names or top in CORE_STANDARD_LIBRARY, f"{module} imports {name}"
    for node in ast.walk(syntax(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"{module}:{node.lineno} calls {node.func.id}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "np":
            assert node.attr not in FORBIDDEN_OF_NUMPY, f"{module}:{node.lineno} uses np.{node.attr}"


def of_numpys_random(node: ast.AST) -> str | None:
    """The name that a node takes from ``np.random``, with its dot; "" if it is ``np.random`` itself."""
    found = (
        re.fullmatch(r"np\.random((?:\.\w+)*)", ast.unparse(node))
        if isinstance(node, ast.Attribute)
        else None
    )
    return found and found[1]


def is_seed(argument: ast.expr) -> bool:
    """Whether something is given, as far as can be seen."""
    return not isinstance(argument, ast.Starred) and ast.unparse(argument) != "None"


def drawn_without_a_seed(tree: ast.Module) -> list[str]:
    """What is taken from ``np.random``, but for generators called with a seed, and the name of their type."""
    fine = set[ast.AST]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any(map(is_seed, node.args)):
            fine.update([node.func] if of_numpys_random(node.func) in MADE_FROM_A_SEED else [])
        elif isinstance(node, ast.arg) and node.annotation:
            fine.add(node.annotation)
        elif isinstance(node, ast.Subscript):
            fine.update(part for part in ast.walk(node.slice) if of_numpys_random(part) == ".Generator")
    fine = {part for node in fine for part in ast.walk(node)}
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if of_numpys_random(node) is not None and node not in fine
    ]


@pytest.mark.parametrize("module", [path for path in MODULES if room(path) == "core"], ids=str)
def test_the_core_draws_no_random_number_but_from_a_seed(module: Path) -> None:
    assert not [name for name in imported(module) if name.startswith("numpy.random")], module
    taken = [node for node in ast.walk(syntax(module)) if of_numpys_random(node) is not None]
    assert bool(taken) == (module in DRAWS_WITH_NUMPY), (
        f"who draws with NumPy is said in DRAWS_WITH_NUMPY: {module}"
    )
    assert not drawn_without_a_seed(syntax(module)), module


@pytest.mark.parametrize(
    "code",
    [
        "np.random.default_rng()",
        "np.random.default_rng(None)",
        "np.random.default_rng(*seeds)",
        "np.random.Generator(np.random.PCG64())",
        "np.random.normal(size=3)",
        "np.random.seed(3)",
        "draw = np.random.default_rng",
        "random = np.random",
        "np.random.mtrand.RandomState(3)",
        "generator: np.random.Generator = np.random.default_rng()",
    ],
)
def test_a_draw_without_a_seed_is_seen(code: str) -> None:
    assert drawn_without_a_seed(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "np.random.default_rng((seed, epoch)).permutation(4)",
        "np.random.Generator(np.random.PCG64(seed))",
        "def draw(generator: np.random.Generator) -> float: return generator.uniform()",
        "Draw = Callable[[int, float, np.random.Generator], tuple[Array, Array]]",
    ],
)
def test_a_draw_from_a_seed_passes(code: str) -> None:
    assert not drawn_without_a_seed(ast.parse(code))


def test_the_app_imports_only_the_web() -> None:
    names = [name for name in imported(Path("app.py")) if name.split(".")[0] not in sys.stdlib_module_names]
    assert names
    assert all(name.startswith("nnlab.web.") for name in names)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_can_be_read_in_one_sitting(module: Path) -> None:
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) < MOST_LINES


CATALOGUES = sorted((PACKAGE / "i18n").glob("*.json"))
SUBJECTS = sorted({path.stem.rpartition("_")[0] for path in CATALOGUES})


def sentences(subject: str, language: str) -> dict[str, str]:
    """A catalogue; a key written twice would quietly lose its first sentence."""

    def unique(pairs: list[tuple[str, str]]) -> dict[str, str]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"{subject}_{language}: {[k for k in keys if keys.count(k) > 1]}"
        return dict(pairs)

    text = (PACKAGE / "i18n" / f"{subject}_{language}.json").read_text(encoding="utf-8")
    return dict(json.loads(text, object_pairs_hook=unique))


def test_there_are_catalogues_and_each_is_in_both_languages() -> None:
    assert SUBJECTS
    languages = ("en", "ru")
    assert {path.stem for path in CATALOGUES} == {f"{name}_{tag}" for name in SUBJECTS for tag in languages}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_have_the_same_sentences(subject: str) -> None:
    english, russian = sentences(subject, "en"), sentences(subject, "ru")
    assert english.keys() == russian.keys()
    for key, sentence in english.items():
        assert sentence.strip(), key
        assert russian[key].strip(), key
        assert placeholders(sentence).keys() == placeholders(russian[key]).keys(), key


def test_no_sentence_stands_in_two_catalogues() -> None:
    keys = [key for subject in SUBJECTS for key in sentences(subject, "en")]
    assert len(keys) == len(set(keys)), sorted({key for key in keys if keys.count(key) > 1})
