"""The binary form of a run: what is written is what is read, to the byte."""

import io
import json
import re
import struct
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnlab.web.border.errors import RULES
from nnlab.web.border.experiments import Shape
from nnlab.web.runs import format as run_format
from nnlab.web.runs.format import FrameRecord, HiddenRecord, Tail, UnitsRecord
from nnlab.web.runs.request import RunRequest, View
from nnlab.web.runs.stream import Run

FRAME = FrameRecord(
    epoch=7,
    costs=np.array([0.5, 0.25]),
    test_costs=np.array([0.75, 0.5]),
    parameters=np.array([0.1, -0.2, 1e-300]),
    outputs=np.array([-1.0, 1.0]),
    measures=np.array([0.875]),
    reach=0.75,
    levels=np.array([[0, 127], [254, 1]], dtype=np.uint8),
)


def frame_of(levels, reach):
    return replace(FRAME, levels=levels, reach=reach)


def read(data):
    return list(run_format.read(io.BytesIO(data)))


def test_what_is_written_is_what_is_read():
    head, tail = (
        {"version": 2, "middle": 0.1},
        Tail({"reason": "completed"}, np.array([[0.1, 0.2], [0.3, 0.4]])),
    )
    data = run_format.write_head(head) + run_format.write_frame(FRAME) + run_format.write_tail(tail)
    read_head, read_frame, read_tail = read(data)
    assert read_head == head
    assert (read_frame.epoch, read_frame.reach) == (FRAME.epoch, FRAME.reach)
    for name in ("costs", "test_costs", "parameters", "outputs", "measures", "levels"):
        np.testing.assert_array_equal(getattr(read_frame, name), getattr(FRAME, name))
    assert read_tail.summary == tail.summary
    np.testing.assert_array_equal(read_tail.surface, tail.surface)


def test_every_byte_of_a_frame_is_where_the_documentation_says():
    data = run_format.write_frame(FRAME)
    assert struct.unpack_from("<c3xI", data) == (b"F", len(data) - 8)
    assert struct.unpack_from("<IIIIIId", data, 8) == (7, 2, 2, 3, 2, 1, 0.75)
    numbers = (0.5, 0.25, 0.75, 0.5, 0.1, -0.2, 1e-300, -1.0, 1.0, 0.875)
    assert struct.unpack_from("<10d", data, 40) == numbers
    # as differences: 127 - 0 and 254 - 0 along, 1 - 254 - 127 + 0 across, modulo 256
    assert data[40 + 10 * 8 :] == bytes([0, 127, 254, (1 - 254 - 127) % 256])


def test_levels_are_the_sums_of_their_differences():
    levels = np.random.default_rng(0).integers(0, 255, (3, 7, 7), dtype=np.uint8)
    np.testing.assert_array_equal(run_format.summed(run_format.differences(levels)), levels)
    assert run_format.differences(levels).dtype == np.uint8


def test_units_are_read_as_they_are_written():
    generator = np.random.default_rng(1)
    units = UnitsRecord(
        generator.random(5).astype(np.float32), generator.integers(0, 255, (5, 4, 4), dtype=np.uint8)
    )
    data = run_format.write_units(units)
    assert struct.unpack_from("<c3xIII", data) == (b"U", len(data) - 8, 5, 4)
    (back,) = read(data)
    np.testing.assert_array_equal(back.reaches, units.reaches)
    np.testing.assert_array_equal(back.levels, units.levels)


def test_the_hidden_space_is_read_as_it_is_written():
    places = np.random.default_rng(2).random((6, 3)).astype(np.float32)
    data = run_format.write_hidden(HiddenRecord(places))
    assert struct.unpack_from("<c3xIII", data) == (b"S", len(data) - 8, 6, 3)
    (back,) = read(data)
    np.testing.assert_array_equal(back.places, places)


def test_units_are_quantized_each_by_its_own_reach():
    maps = np.stack([np.full((2, 2), 0.5), np.array([[0.0, 1.0], [0.5, 0.25]])]).astype(np.float32)
    reaches, levels = run_format.quantize_each(maps, 0.5)
    assert reaches.tolist() == [0.0, 0.5]
    assert levels[0].tolist() == [[127, 127], [127, 127]]
    assert levels[1].tolist() == [[0, 254], [127, 63]]


@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_a_surface_beyond_all_numbers_is_drawn_at_their_end(precision):
    surface = np.array([[np.inf, -np.inf], [np.nan, 1.0]], dtype=precision)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reach, levels = run_format.quantize(surface, 0.5)
        dequantized = run_format.dequantize(frame_of(levels, reach), 0.5)
    assert np.isfinite(reach)
    assert np.isfinite(dequantized).all()
    assert levels.tolist() == [[254, 0], [127, 127]]


def test_every_byte_of_a_tail_is_where_the_documentation_says():
    data = run_format.write_tail(Tail({"reason": "completed"}, np.array([[0.5]])))
    summary = b'{"reason":"completed"}'
    assert data == struct.pack("<c3xII", b"T", 4 + len(summary) + 8, len(summary)) + summary + struct.pack(
        "<d", 0.5
    )


def test_a_tail_without_an_exact_surface_reads_as_an_empty_one():
    (tail,) = read(run_format.write_tail(Tail({"reason": "completed"}, np.empty((0, 0)))))
    assert tail.surface.shape == (0, 0)


def test_level_127_is_the_middle_exactly():
    surface = np.array([[-0.3, 0.0], [0.1, 0.9]])
    reach, levels = run_format.quantize(surface, 0.0)
    assert reach == 0.9
    assert levels[0, 1] == run_format.MIDDLE_LEVEL == 127
    assert levels[1, 1] == 254


@pytest.mark.parametrize("middle", [0.0, 0.5])
@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_levels_tell_the_surface_to_half_a_step(middle, precision):
    surface = (middle + np.random.default_rng(0).uniform(-0.4, 0.3, (40, 40))).astype(precision)
    reach, levels = run_format.quantize(surface, middle)
    frame = frame_of(levels, reach)
    error = np.abs(run_format.dequantize(frame, middle) - surface)
    assert error.max() <= reach / 254 * (1 + 1e-4)


def test_levels_tell_each_side_of_the_boundary_unless_they_call_it_the_middle():
    surface = np.random.default_rng(0).uniform(-1, 1, (40, 40))
    _, levels = run_format.quantize(surface, 0.0)
    sides = np.sign(levels.astype(int) - 127)
    assert ((sides == np.sign(surface)) | (sides == 0)).all()


def test_a_flat_surface_in_the_middle_has_no_reach():
    reach, levels = run_format.quantize(np.full((3, 3), 0.5), 0.5)
    assert reach == 0.0
    assert (levels == 127).all()


@pytest.mark.parametrize("tiny", [np.float32(1e-44), np.float64(5e-324)])
def test_a_surface_almost_flat_does_not_overflow(tiny):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _, levels = run_format.quantize(np.array([[tiny, -tiny]]), 0.0)
    assert levels.tolist() == [[254, 0]]


@pytest.mark.parametrize("kept", [3, 9, 20, -1])
def test_a_stream_that_breaks_off_is_told_from_one_that_ends(kept):
    with pytest.raises(ValueError, match="breaks off"):
        read(run_format.write_frame(FRAME)[:kept])


def test_a_record_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="must be one of H, F, U, S and T"):
        read(struct.pack("<c3xI", b"X", 0))


def test_a_head_is_strict_json():
    with pytest.raises(ValueError, match="JSON"):
        run_format.write_head({"middle": float("nan")})
    data = run_format.write_head({"middle": 0.1})
    assert json.loads(data[8:]) == {"middle": 0.1}


# --- the page that documents it -----------------------------------------------------------------

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "run-format.md"
SMALL = {"hidden_layer_sizes": [], "initialization": "zeros", "epochs": 1}


@pytest.fixture(scope="module")
def documentation():
    return DOCUMENTATION.read_text(encoding="utf-8")


def test_every_part_of_a_request_is_documented(documentation):
    for model in (RunRequest, View, Shape):
        for name in model.model_fields:
            assert f"`{name}`" in documentation or f'"{name}"' in documentation, name


def test_every_key_of_head_and_tail_is_documented(documentation):
    run = Run(RunRequest.model_validate({"version": 2, "experiment": SMALL}))
    run.advance(until=0.0)
    (*_, tail) = read(run.tail("completed"))
    for key in (*run.head(), *tail.summary):
        assert f"`{key}`" in documentation, key


def test_every_rule_is_documented(documentation):
    for rule in {rule for rule, _ in RULES.values()} | {"type", "work", "bytes", "origin", "busy"}:
        assert f"`{rule}`" in documentation, rule


def test_the_example_is_what_is_sent(documentation):
    (request,) = re.findall(r"^`(\{.*\})`", documentation, re.MULTILINE)
    example = documentation.split(request)[1].split("```")[1]
    shown = "".join(line.split("|")[0] for line in example.splitlines())
    pieces = [piece.replace(" ", "") for piece in shown.split("...")]
    sent = Run(RunRequest.model_validate_json(request)).advance(until=0.0).hex()
    assert re.fullmatch("(00)*".join(pieces), sent)
