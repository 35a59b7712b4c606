"""Hypothesis strategies of what a client may send: any number, any JSON, valid requests with changed bytes."""

import json

from hypothesis import strategies as st


def any_number(*edges):
    """Any number, these and other edges among them."""
    return st.one_of(
        st.integers(),
        st.floats(),
        st.sampled_from([0, 1, -1, 1000, -1000, 2**32, 10**30, 1e-320, 1e308, *edges]),
    )


def any_json(numbers, *others):
    """Anything that JSON can say, with such numbers in it, and what else is asked for."""
    return st.recursive(
        st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=20), *others),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=12,
    )


def any_bytes(json_values):
    """Bodies that are hardly a request."""
    return json_values.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200)


@st.composite
def turned_over(draw, asked):
    """The bytes of a request, of which at most two are others."""
    data = bytearray(json.dumps(asked).encode())
    for _ in range(draw(st.integers(0, 2))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)
