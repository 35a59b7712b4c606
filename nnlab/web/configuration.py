"""The configuration of the page's JavaScript: defaults, bounds, choices, addresses and sentences, all taken from Python."""

from dataclasses import asdict
from typing import Any

from nnlab import i18n
from nnlab.core import solved_runs
from nnlab.core.data import datasets
from nnlab.core.experiment import (
    LARGEST_SEED,
    LARGEST_WEIGHT,
    MOST_LAYERS,
    MOST_UNITS,
    NEEDS,
    USED_WITH,
    Experiment,
    choices,
)
from nnlab.core.layer_statistics import STUCK
from nnlab.core.many import outcome_codes
from nnlab.core.many.trainability import DEFAULT_RANGES
from nnlab.core.stop_rules import ENDS
from nnlab.figures import boundary, cost, landscape_figure, map_figure, surface
from nnlab.figures.theme import THEMES
from nnlab.i18n import numbers
from nnlab.web.controls import inputs
from nnlab.web.controls.choices import CHOICES, FORMULAS, SEVERAL_OF
from nnlab.web.controls.inputs import POSITIONS, SLIDERS
from nnlab.web.http import json_endpoint
from nnlab.web.many import many_endpoints, many_format, many_limits
from nnlab.web.many.many_requests import LandscapeView, MapView, StartsView
from nnlab.web.pages import own_data_editor, task
from nnlab.web.pages.lazy_pages import PAGES
from nnlab.web.pages.lazy_pages import PATH as BODY_PATH
from nnlab.web.pages.view_frame import CONFIG
from nnlab.web.runs import run_format
from nnlab.web.runs.run_endpoint import HEALTH_PATH, RUN_PATH


def configuration(language: str, class_url: str | None) -> dict[str, Any]:
    """The configuration in a language, as JSON can hold it."""
    return {
        "language": language,
        "text": dict(i18n.catalogue(language)),
        "separators": "".join(numbers.separators(language)),
        "class_url": class_url,
        **_server(),
        **_settings(),
        **_controls(),
        **_pictures(),
        "formulas": {
            setting: {choice: numbers.localized(formula, language) for choice, formula in of.items()}
            for setting, of in FORMULAS.items()
        },
    }


def _server() -> dict[str, Any]:
    """The addresses of endpoints, and the options of requests to them."""
    return {
        "version": run_format.VERSION,
        "pages": PAGES,
        "views": {
            "starts": StartsView().model_dump(),
            "map": MapView().model_dump(),
            "landscape": {side: LandscapeView.model_fields[side].default for side in ("x", "y")},
        },
        "fewest": {"starts": many_limits.FEWEST_STARTS, "map": many_limits.SMALLEST_MAP},
        "paths": {
            "health": HEALTH_PATH,
            "run": RUN_PATH,
            "body": BODY_PATH,
            "ask": json_endpoint.PATH,
            **many_endpoints.PATHS,
        },
    }


def _settings() -> dict[str, Any]:
    """Defaults and bounds of the experiment, and how its settings depend on each other."""
    return {
        "defaults": Experiment().model_dump(mode="json"),
        "gates": {name: list(targets) for name, targets in datasets.GATES.items()},
        "rows": datasets.ROWS,
        "used_with": {name: [other, list(values)] for name, (other, values) in USED_WITH.items()},
        "needs": [
            {"setting": setting, "chosen": chosen, "needs": {name: list(all) for name, all in needs.items()}}
            for (setting, chosen), needs in NEEDS.items()
        ],
        "most_layers": MOST_LAYERS,
        "most_units": MOST_UNITS,
        "largest_seed": LARGEST_SEED,
        "largest_weight": LARGEST_WEIGHT,
        "learned_ends": [ENDS[place] for place in solved_runs.LEARNED_ENDS],
        "stuck": {way: list(activations) for way, activations in STUCK.items()},
    }


def _controls() -> dict[str, Any]:
    """The kind of control of each setting."""
    return {
        "sliders": {name: asdict(spec) | {"positions": POSITIONS} for name, spec in SLIDERS.items()},
        "choices": {name: choices(name) for name in CHOICES},
        "several_of": SEVERAL_OF,
        "numbers": inputs.NUMBERS,
        "switches": inputs.SWITCHES,
        "optional": dict(inputs.OPTIONAL),
        "most_start_sliders": inputs.MOST_OF_START,
        "own_data": own_data_editor.SETTINGS,
        "groups": {name: list(settings) for name, settings in task.GROUPS.items()},
    }


def _pictures() -> dict[str, Any]:
    """The colours, and the indices of the traces in each of Plotly's figures."""
    return {
        "themes": {name: theme.as_dict() for name, theme in THEMES.items()},
        "map": {
            "palette": {name: palette.tolist() for name, palette in map_figure.PALETTE.items()},
            "last_trained": outcome_codes.LAST_TRAINED,
            "first_failed": outcome_codes.FIRST_FAILED,
            "soon": outcome_codes.SOON,
            "well": outcome_codes.WELL,
            "levels": many_format.LEVELS,
            "axes": {name: list(ends) for name, ends in DEFAULT_RANGES.items()},
        },
        "graph": CONFIG,
        "traces": {
            "boundary": {
                "tests": boundary.TESTS,
                "points": boundary.POINTS,
                "probe": boundary.PROBE,
            },
            "surface": {"surface": surface.SURFACE, "points": surface.POINTS},
            "cost": {"before": cost.BEFORE, "test": cost.TEST, "cost": cost.COST},
            "landscape": {
                "ground": landscape_figure.GROUND,
                "path": landscape_figure.PATH,
                "point": landscape_figure.POINT,
            },
        },
    }
