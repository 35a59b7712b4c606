"""What kind of value a setting takes, read off the model: a name, a number, a list of them, or nested lists."""

from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from nnlab.command.spelling import listed, plain, spelled
from nnlab.core.experiment import Experiment


@dataclass(frozen=True)
class Kind:
    """A kind of value.

    Attributes:
        type: Literal, int, float, tuple or another.
        choices: of a Literal.
        limits: by pydantic's names: ge, le, min_length, max_length.
        items: what a tuple holds.
        optional: whether it may be left out: None.
    """

    type: Any
    choices: tuple[Any, ...]
    limits: dict[str, Any]
    items: "Kind | None"
    optional: bool = False

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return self.type is bool

    @property
    def is_flat(self) -> bool:
        """Whether it is no list of lists."""
        return self.items is None or self.items.items is None

    def read(self, text: str) -> Any:
        """What a text in a command stands for. It is the model that says whether it will do."""
        if self.optional and text == spelled(None):
            return None
        if self.items is not None:
            return listed(text) if self.is_flat else plain(text)
        return text if self.type is Literal else plain(text)

    @property
    def placeholder(self) -> str:
        """What stands for a value in a command's help."""
        if self.items is not None:
            return "LIST" if self.is_flat else "JSON"
        return {Literal: "NAME", int: "N", float: "X"}.get(self.type, "VALUE")

    def described(self) -> str:
        """What may be given, in words."""
        return f"{self._of_one()}, or {spelled(None)}" if self.optional else self._of_one()

    def _of_one(self) -> str:
        if self.items is None:
            return f"{self._name()}{self._range()}"
        if self.is_flat:
            return f"{self.items.described()}; {self._number()} with commas between"
        return f"{self._depth()} of numbers{self._innermost()._range()}, as JSON"

    def _name(self) -> str:
        if self.type is Literal:
            return ", ".join(map(str, self.choices))
        return {int: "whole number", float: "number", bool: "true or false"}.get(self.type, "JSON")

    def _range(self) -> str:
        low, high = self.limits.get("ge"), self.limits.get("le")
        if low is None and high is None:
            return ""
        if low is None or high is None:
            return f" up to {spelled(high)}" if low is None else f" from {spelled(low)}"
        return f" from {spelled(low)} to {spelled(high)}"

    def _number(self) -> str:
        least, most = self.limits.get("min_length", 0), self.limits.get("max_length")
        if least == most:
            return f"{least} of them"
        return f"{least} or more" if most is None else f"{least} to {most} of them"

    def _depth(self) -> str:
        below = self.items
        return "list" if below is None or below.items is None else f"{below._depth()} of lists"

    def _innermost(self) -> "Kind":
        return self if self.items is None else self.items._innermost()


LIMITS = ("ge", "le", "min_length", "max_length")


def kind_of(setting: str) -> Kind:
    """The kind of a setting of Experiment."""
    field = Experiment.model_fields[setting]
    return _kind(field.annotation, field.metadata)


def _kind(annotation: Any, metadata: list[Any]) -> Kind:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        flat = [rule for each in more for rule in getattr(each, "metadata", [each])]
        return _kind(inner, [*metadata, *flat])
    if origin in (Union, UnionType):
        inners = [each for each in get_args(annotation) if each is not NoneType]
        if len(inners) == 1:
            return replace(_kind(inners[0], metadata), optional=True)
    limits = {name: getattr(rule, name) for rule in metadata for name in LIMITS if hasattr(rule, name)}
    if origin is tuple:
        return Kind(tuple, (), limits, _kind(get_args(annotation)[0], []))
    if origin is Literal:
        return Kind(Literal, get_args(annotation), limits, None)
    return Kind(annotation, (), limits, None)
