"""The names of the page's parts, as Python and JavaScript both know them.

A setting's controls are named after the setting: ``slider-scale``, ``number-scale``, ``choice-dataset``,
``error-scale``. A start weight's setting is its path, ``weights-0-1-0`` for layer 0, unit 1, input 0.
"""

TITLE = "page-title"


def body(part: str) -> str:
    """Where a part stands that is drawn when it is needed: a page beside the Lab."""
    return f"body-{part}"


def slider(setting: str) -> str:
    """The range control of a setting."""
    return f"slider-{_plain(setting)}"


def number(setting: str) -> str:
    """The number field beside it."""
    return f"number-{_plain(setting)}"


def choice(setting: str) -> str:
    """The buttons or the list of a setting."""
    return f"choice-{_plain(setting)}"


def switch(setting: str) -> str:
    """The box of a setting that is on or off, or of a number that may be left out."""
    return f"switch-{_plain(setting)}"


def error(setting: str) -> str:
    """Where a setting's error is said."""
    return f"error-{_plain(setting)}"


def _plain(setting: str) -> str:
    return setting.replace(".", "-")
