"""The page's modules agree with Python: the stream's reader, the verdict, the sliders' scales."""

import base64
import io

import numpy as np
import pytest

from nnlab.core import experiment
from nnlab.web.controls.sliders import SLIDERS
from nnlab.web.runs import format as run_format
from nnlab.web.runs.format import FrameRecord, Tail

READ = """(() => {
  const whole = Uint8Array.from(atob(argument.bytes), (letter) => letter.charCodeAt(0));
  const reader = new its.RunReader();
  const records = [];
  let at = 0;
  for (let piece = 0; at < whole.length; piece += 1) {
    const size = argument.sizes[piece % argument.sizes.length];
    records.push(...reader.push(whole.slice(at, at + size)));
    at += size;
  }
  const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
  return records.map((record) => {
    const body = record[record.kind];
    const shown = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, plain(value)]));
    if (record.kind === "frame") shown.decoded = Array.from(its.outputsOf(body, argument.middle));
    return [record.kind, shown];
  });
})()"""


def stream_of_odd_numbers():
    """Head, frames and tail with numbers that a careless reader would lose."""
    generator = np.random.default_rng(5)
    head = {"version": 1, "name": "Ünïcödé – Обучение", "epochs": [0, 3], "tiny": 5e-324}
    frames = [
        FrameRecord(0, np.array([0.1 + 0.2]), np.array([0.7]), np.array([-0.0, 1e-308, 1 / 3]), np.array([1.0, -1.0]),
                    np.array([0.5]), 0.0, np.full((3, 3), 127, dtype=np.uint8)),
        FrameRecord(4_000_000_000, generator.normal(size=3), np.array([]), generator.normal(size=7) * 1e300, np.array([]),
                    generator.random(9), 1.7, generator.integers(0, 255, (5, 5), dtype=np.uint8)),
        FrameRecord(5, *[np.array([])] * 5, 1e-9, np.zeros((0, 0), dtype=np.uint8)),
    ]  # fmt: skip
    tail = Tail(
        {"reason": "completed", "epoch": 3, "cost": 0.004025440700573944, "outputs": [0.5]},
        generator.normal(size=(4, 4)),
    )
    return (
        run_format.write_head(head)
        + b"".join(map(run_format.write_frame, frames))
        + run_format.write_tail(tail)
    )


@pytest.mark.parametrize("sizes", [[1], [7, 1, 64, 3], [10_000]])
def test_both_readers_agree_on_the_same_bytes(lab, sizes):
    data, middle = stream_of_odd_numbers(), 0.5
    asked = {"bytes": base64.b64encode(data).decode(), "sizes": sizes, "middle": middle}
    read = lab.module("streams/run_format.mjs", READ, asked)
    expected = []
    for record in run_format.read(io.BytesIO(data)):
        if isinstance(record, FrameRecord):
            its = {
                key: np.asarray(value).ravel().tolist()
                for key, value in vars(record).items()
                if key not in ("epoch", "reach")
            }
            its["testCosts"] = its.pop("test_costs")
            its |= {
                "epoch": record.epoch,
                "reach": record.reach,
                "decoded": run_format.dequantize(record, middle).ravel(),
            }
            expected.append(("frame", its))
        elif isinstance(record, Tail):
            expected.append(("tail", record.summary | {"surface": record.surface.ravel().tolist()}))
        else:
            expected.append(("head", record))
    assert [kind for kind, _ in read] == [kind for kind, _ in expected] == ["head", *["frame"] * 3, "tail"]
    for (_, ours), (_, theirs) in zip(read, expected, strict=True):
        assert ours.keys() == theirs.keys()
        for key in theirs:
            if key == "decoded":  # the two round the step differently, by one last bit
                assert ours[key] == pytest.approx(theirs[key], rel=1e-15, abs=1e-15)
            else:
                assert ours[key] == theirs[key]


def test_a_record_of_an_unknown_kind_is_refused(lab):
    refused = lab.module(
        "streams/run_format.mjs",
        """(() => {
      try { new its.RunReader().push(new Uint8Array(8)); } catch (error) { return error.message; }
    })()""",
    )
    assert refused.startswith("a record must be one of H, F, U, S and T")


@pytest.mark.parametrize(("output", "target", "middle", "verdict"), [
    (0.9, 1, 0, 1), (-0.01, 1, 0, -1), (0, 1, 0, 0), (0.5, 1, 0.5, 0), (0.51, 1, 0.5, 1), (0.49, 1, 0.5, -1),
    (-3, -1, 0, 1), (0.2, 0, 0.5, 1),
])  # fmt: skip
def test_right_is_the_targets_side_of_the_middle(lab, output, target, middle, verdict):
    assert lab.module("views/tables.mjs", "its.verdict(...argument)", [output, target, middle]) == verdict


@pytest.mark.parametrize("setting", SLIDERS)
def test_every_place_of_a_track_stands_for_a_value_within_the_bounds(lab, setting):
    spec = SLIDERS[setting]
    values = lab.module(
        "slider_scale.mjs",
        """(() => {
      const slider = document.getElementById(`slider-${argument}`);
      const steps = Math.round((slider.max - slider.min) / slider.step);
      const places = Array.from({ length: steps + 1 }, (_, at) => Number(slider.min) + at * Number(slider.step));
      return places.map((place) => its.valueAt(argument, place));
    })()""",
        setting,
    )
    most = 4 if setting == "batch_size" else spec.high  # a gate has four rows, and its track no more
    assert (values[0], values[-1]) == pytest.approx((spec.low, most))
    assert values == sorted(values)
    if spec.whole:
        assert all(value == int(value) for value in values)


@pytest.mark.parametrize(
    "setting", [name for name, spec in SLIDERS.items() if spec.scale == "log" and not spec.whole]
)
def test_a_place_and_its_value_find_each_other(lab, setting):
    returned = lab.module(
        "slider_scale.mjs",
        """Array.from({ length: 601 }, (_, place) =>
      its.positionOf(argument, its.valueAt(argument, place)))""",
        setting,
    )
    assert returned == list(range(601))


@pytest.mark.parametrize("value", [0, 0.9, -2, 2.01, -77.7, 500.5, 1000, -1000])
def test_a_start_weights_track_is_wide_enough(lab, value):
    track = lab.module("slider_scale.mjs", "its.startTrack(argument)", value)
    assert -experiment.LARGEST_WEIGHT <= track["min"] <= value <= track["max"] <= experiment.LARGEST_WEIGHT
    assert track["min"] == -track["max"]
