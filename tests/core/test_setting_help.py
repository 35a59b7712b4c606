"""The help on Experiment explains every setting, with the bounds that the model has."""

import inspect

import pytest

from nnlab import Experiment
from nnlab.core.experiment import field
from nnlab.core.setting_help import MEANINGS

LINES = {
    line.strip().partition(": ")[0]: line
    for line in (Experiment.__doc__ or "").partition("Attributes:")[2].splitlines()
    if line.strip()
}


def test_every_setting_is_explained_in_the_models_order():
    assert list(MEANINGS) == list(Experiment.model_fields)
    assert list(LINES) == list(Experiment.model_fields)


@pytest.mark.parametrize("name", Experiment.model_fields)
def test_the_help_on_a_setting_has_its_bounds_and_choices(name):
    kind, line = field(name), LINES[name].replace(",", "")
    for bound in (kind.low, kind.high, kind.longest):
        assert bound is None or f"{bound:g}" in line or str(bound) in line
    for choice in kind.innermost.choices:
        assert str(choice) in line
    assert kind.optional == ("or None" in line)
    assert (kind.type is bool) == ("True or False" in line)


def test_the_signature_names_every_setting_with_its_default_alone():
    parameters = inspect.signature(Experiment).parameters
    assert list(parameters) == list(Experiment.model_fields)
    assert all(each.annotation is each.empty for each in parameters.values())
    assert {name: each.default for name, each in parameters.items()} == dict(Experiment())
