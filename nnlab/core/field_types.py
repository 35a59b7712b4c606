"""Reads the type, choices and bounds of a model's field from its annotation."""

from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

LIMITS = ("ge", "le", "min_length", "max_length")


@dataclass(frozen=True)
class FieldType:
    """The type of a field, its choices and its bounds.

    Attributes:
        type: bool, int, float, str for a name that is chosen, tuple, or another type.
        choices: the names, where one is chosen; else empty.
        low, high: the bounds of a number; None where there is none.
        shortest, longest: how many items a tuple has; None where there is no bound.
        items: the type of a tuple's items.
        optional: whether the field may be None.
    """

    type: Any
    choices: tuple[Any, ...] = ()
    low: float | None = None
    high: float | None = None
    shortest: int | None = None
    longest: int | None = None
    items: "FieldType | None" = None
    optional: bool = False

    @property
    def innermost(self) -> "FieldType":
        """The type of what lists of lists hold in the end; of anything else, the type itself."""
        return self if self.items is None else self.items.innermost


def field_type(annotation: Any, metadata: list[Any]) -> FieldType:
    """Read the type of a field.

    Args:
        annotation: the field's.
        metadata: pydantic's, beside the annotation: objects with attributes ge, le, min_length, max_length.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner, *more = arguments
        rules = [rule for each in more for rule in getattr(each, "metadata", [each])]
        return field_type(inner, [*metadata, *rules])
    if origin in (Union, UnionType):
        (inner,) = (each for each in arguments if each is not NoneType)
        return replace(field_type(inner, metadata), optional=True)
    limits = {name: getattr(rule, name) for rule in metadata for name in LIMITS if hasattr(rule, name)}
    low, high, shortest, longest = (limits.get(name) for name in LIMITS)
    if origin is Literal:
        return FieldType(str, choices=arguments)
    if origin is tuple:
        items = field_type(arguments[0], [])
        return FieldType(tuple, shortest=shortest, longest=longest, items=items)
    return FieldType(annotation, low=low, high=high)
