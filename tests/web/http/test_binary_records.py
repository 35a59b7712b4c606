"""Binary streams are written and read as a sequence of records."""

import io
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.web.http import binary_records

LETTERS = st.sampled_from([b"H", b"F", b"T", b"\0", b"\xff"])


def read(data):
    return list(binary_records.read(io.BytesIO(data)))


@given(st.lists(st.tuples(LETTERS, st.binary(max_size=300))))
def test_what_is_written_is_what_is_read(written):
    assert read(b"".join(binary_records.write(kind, body) for kind, body in written)) == written


def test_a_record_is_its_letter_three_zeros_its_length_and_its_body():
    assert binary_records.write(b"P", b"abc") == b"P\0\0\0" + b"\3\0\0\0" + b"abc"


def test_a_head_is_json_alone():
    ((kind, body),) = read(binary_records.write_json(binary_records.HEAD, {"a": [1, 0.1]}))
    assert kind == b"H"
    assert binary_records.read_head(body) == json.loads(body) == {"a": [1, 0.1]}


def test_any_other_json_has_its_length_before_it_and_numbers_after_it():
    ((_, body),) = read(binary_records.write_json(b"T", {"a": 1}, b"\1\2\3"))
    assert body == struct.pack("<I", 7) + b'{"a":1}' + b"\1\2\3"
    assert binary_records.read_json(body) == ({"a": 1}, b"\1\2\3")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_json_cannot_hold_is_not_written(number):
    with pytest.raises(ValueError, match="JSON"):
        binary_records.write_json(b"T", {"a": number})


def test_numbers_come_back_to_the_last_bit():
    numbers = [0.1, 1e-300, 5e-324, 1.7976931348623157e308, -0.0, 1 / 3]
    body = binary_records.write_json(binary_records.HEAD, {"a": numbers})[8:]
    assert struct.pack("<6d", *binary_records.read_head(body)["a"]) == struct.pack("<6d", *numbers)


@pytest.mark.parametrize("kept", [1, 7, 8, 10])
def test_a_stream_that_breaks_off_is_told_from_one_that_ends(kept):
    with pytest.raises(ValueError, match="breaks off"):
        read(binary_records.write(b"T", b"abc")[:kept])


def test_a_stream_is_read_as_it_arrives():
    arriving = binary_records.read(io.BytesIO(binary_records.write(b"H", b"whole") + b"T"))
    assert next(arriving) == (b"H", b"whole")
    with pytest.raises(ValueError, match="8 bytes must follow, got 1"):
        next(arriving)


@pytest.mark.parametrize("body", [b"", b"\1\0\0", b"\2\0\0\0{", b"\2\0\0\0{]", b"\1\0\0\0\xff"])
def test_a_body_without_its_json_is_a_value_error(body):
    with pytest.raises(ValueError):  # noqa: PT011  whose own words say what is wrong
        binary_records.read_json(body)


def test_numbers_that_a_body_is_too_short_for_are_a_value_error():
    form = struct.Struct("<II")
    assert binary_records.unpack(form, struct.pack("<II", 3, 4) + b"more") == (3, 4)
    with pytest.raises(ValueError, match="8 bytes must follow, got 7"):
        binary_records.unpack(form, bytes(7))
