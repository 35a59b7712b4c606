"""The binary format of a run's stream: what is written is read back, to the byte, and is documented."""

import io
import json
import re
import struct
from pathlib import Path

import numpy as np
import pytest

from nnlab.core.setting_problems import RULES
from nnlab.web.http.experiment_request import Shape
from nnlab.web.runs import run_format
from nnlab.web.runs.run_format import Frames, Tail
from nnlab.web.runs.run_request import RunRequest, View
from nnlab.web.runs.run_stream import Run

FRAMES = Frames(
    first=6,
    costs=np.array([0.5, 0.25]),
    test_costs=np.array([0.75, 0.5]),
    epochs=[6, 7],
    parameters=np.array([[0.1, -0.2, 1e-300], [0.1 + 0.2, -0.0, 1e300]]),
    gradients=np.array([[0.875], [5e-324]]),
)


def read(data):
    return list(run_format.read(io.BytesIO(data)))


def test_what_is_written_is_what_is_read():
    head, tail = {"version": 3, "middle": 0.1}, Tail({"reason": "completed"})
    data = run_format.write_head(head) + run_format.write_frames(FRAMES) + run_format.write_tail(tail)
    read_head, frames, read_tail = read(data)
    assert (read_head, read_tail) == (head, tail)
    assert (frames.first, frames.epochs) == (FRAMES.first, FRAMES.epochs)
    for name in ("costs", "test_costs", "parameters", "gradients"):
        assert getattr(frames, name).tobytes() == getattr(FRAMES, name).tobytes()
        assert getattr(frames, name).shape == getattr(FRAMES, name).shape


@pytest.mark.parametrize("frames", [
    Frames(0, np.array([0.5]), np.array([]), [0], np.zeros((1, 3)), np.zeros((1, 0))),
    Frames(3, np.array([]), np.array([]), [1, 2], np.zeros((2, 9)), np.zeros((2, 2))),
])  # fmt: skip
def test_parts_that_are_empty_stay_empty(frames):
    (back,) = read(run_format.write_frames(frames))
    for name in ("costs", "test_costs", "parameters", "gradients"):
        assert getattr(back, name).shape == getattr(frames, name).shape


def test_every_byte_of_a_frames_record_is_where_the_documentation_says():
    data = run_format.write_frames(FRAMES)
    assert struct.unpack_from("<c3xI", data) == (b"F", len(data) - 8)
    assert struct.unpack_from("<IIIIII", data, 8) == (6, 2, 2, 2, 3, 1)
    numbers = (0.5, 0.25, 0.75, 0.5, 0.1, -0.2, 1e-300, 0.1 + 0.2, -0.0, 1e300, 0.875, 5e-324)
    assert struct.unpack_from("<12d", data, 32) == numbers
    assert struct.unpack("<2I", data[32 + 12 * 8 :]) == (6, 7)


def test_every_byte_of_a_tail_is_where_the_documentation_says():
    data = run_format.write_tail(Tail({"reason": "completed"}))
    summary = b'{"reason":"completed"}'
    assert data == struct.pack("<c3xII", b"T", 4 + len(summary), len(summary)) + summary


@pytest.mark.parametrize("kept", [3, 9, 20, -1])
def test_a_stream_that_breaks_off_is_told_from_one_that_ends(kept):
    with pytest.raises(ValueError, match="breaks off"):
        read(run_format.write_frames(FRAMES)[:kept])


def test_a_record_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="must be one of H, F and T"):
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
    run = Run(RunRequest.model_validate({"version": 3, "experiment": SMALL}))
    run.advance(0.0)
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
    run = Run(RunRequest.model_validate_json(request))
    run.advance(60)
    assert re.fullmatch("(00)*".join(pieces), run.written().hex())
