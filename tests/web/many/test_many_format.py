"""The binary format of streams about many networks: what is written is read back, and is documented."""

import io
import re
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core.many.outcome_codes import DIVERGED, FIRST_FAILED, LAST_FAILED, LAST_TRAINED
from nnlab.web.http import binary_records
from nnlab.web.http.scheduler import Scheduler
from nnlab.web.many import (
    landscape_stream,
    many_endpoints,
    many_format,
    many_limits,
    many_requests,
    map_stream,
    starts_stream,
)
from nnlab.web.many.job_reports import DEADLINE_SECONDS, ManyProgress
from nnlab.web.many.many_format import MapPart
from nnlab.work.executor import SerialExecutor

from .sample_requests import LANDSCAPE, MAP, STARTS, Recording, record, small, wanted

HEAD = {"version": 3, "x": [0.1, 0.2]}
PART = MapPart(4, 7, np.array([0, 127, 254], np.uint8), np.array([1, 2, 3], np.uint8))
COST = np.array([[0.5, 1e-300], [0.1, 2.0]])
SINCE = np.array([[0, -1], [4999, 3]])


def read(data):
    return list(many_format.read(io.BytesIO(data)))


def whole():
    """A stream with a record of every kind."""
    return (
        many_format.write_head(HEAD)
        + many_format.write_progress(0.25)
        + many_format.write_part(PART)
        + many_format.write_numbers(COST, SINCE)
        + many_format.write_slice({"x": [1, 2]}, COST)
        + many_format.write_tail({"reason": "completed"}, b"rest")
    )


# --- writer and reader --------------------------------------------------------------------------


def test_what_is_written_is_what_is_read():
    head, progress, part, numbers, cut, tail = read(whole())
    assert head == ("head", HEAD)
    assert progress == ("progress", ({"share": 0.25}, b""))
    assert (part[0], part[1].stride, part[1].start) == ("part", 4, 7)
    np.testing.assert_array_equal(part[1].codes, PART.codes)
    np.testing.assert_array_equal(part[1].levels, PART.levels)
    assert numbers[0] == "numbers"
    np.testing.assert_array_equal(numbers[1][0], COST.ravel())
    np.testing.assert_array_equal(numbers[1][1], SINCE.ravel())
    assert cut == ("slice", ({"x": [1, 2]}, COST.astype(np.float32).tobytes()))
    assert tail == ("tail", ({"reason": "completed"}, b"rest"))


def test_every_byte_of_a_part_is_where_the_documentation_says():
    data = many_format.write_part(PART)
    assert data == struct.pack("<c3xI", b"M", 18) + struct.pack("<III", 4, 7, 3) + bytes(
        [0, 127, 254, 1, 2, 3]
    )


def test_every_byte_of_the_numbers_is_where_the_documentation_says():
    data = many_format.write_numbers(COST, SINCE)
    assert data == struct.pack("<c3xI4d4i", b"N", 48, 0.5, 1e-300, 0.1, 2.0, 0, -1, 4999, 3)


@pytest.mark.parametrize(
    ("data", "letter", "text", "numbers"),
    [
        (many_format.write_progress(0.5), b"P", b'{"share":0.5}', b""),
        (many_format.write_slice({"x": [1]}, COST), b"L", b'{"x":[1]}', struct.pack("<4f", 0.5, 0, 0.1, 2)),
        (many_format.write_tail({"reason": "left"}, b"12"), b"T", b'{"reason":"left"}', b"12"),
    ],
    ids=["P", "L", "T"],
)
def test_every_byte_of_json_and_numbers_is_where_the_documentation_says(data, letter, text, numbers):
    length = 4 + len(text) + len(numbers)
    assert data == struct.pack("<c3xII", letter, length, len(text)) + text + numbers


def test_a_record_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="must be one of H, P, M, N, L and T"):
        read(binary_records.write(b"F", b""))


def test_a_part_with_more_or_fewer_points_than_it_says_is_refused():
    with pytest.raises(ValueError, match="3 points must take 6 bytes, got 5"):
        read(binary_records.write(b"M", many_format.write_part(PART)[8:-1]))


@pytest.mark.parametrize("kind", [b"H", b"P", b"M", b"N", b"L", b"T"])
@pytest.mark.parametrize("body", [b"", b"\0\0", b"\xff\xff\xff\xff", b"\2\0\0\0{]", b"{}}"])
def test_a_body_that_is_none_is_a_value_error_or_empty(kind, body):
    if kind == b"N" and not body:
        assert len(read(binary_records.write(kind, body))) == 1  # of a map without points
        return
    with pytest.raises(ValueError):  # noqa: PT011  whose own words say what is wrong
        read(binary_records.write(kind, body))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_stream_cut_short_or_turned_over_is_read_or_is_a_value_error(data):
    stream = bytearray(whole())
    for _ in range(data.draw(st.integers(0, 3))):
        stream[data.draw(st.integers(0, len(stream) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        read(bytes(stream[: data.draw(st.integers(0, len(stream)))]))


# --- costs as levels ----------------------------------------------------------------------------


COSTS = {
    "bipolar": (Experiment(), 4e-6, 2.0),
    "binary": (Experiment(encoding="binary", output_activation="sigmoid"), 1e-6, 0.5),
    "regression": (Experiment(dataset="plane", encoding="binary"), 4e-6, 2.0),
    "cross-entropy": (
        Experiment(encoding="binary", output_activation="sigmoid", loss="cross_entropy"),
        -np.log(0.9) / 5000,
        -np.log(0.1),
    ),
}


@pytest.mark.parametrize(("experiment", "low", "high"), COSTS.values(), ids=COSTS)
def test_levels_go_from_almost_nothing_to_all_answers_wrong(experiment, low, high):
    # squared error: half the squared distance between the classes is that of every row being told wrong
    assert many_format.cost_bounds(experiment) == pytest.approx((low, high), rel=1e-12)


@pytest.mark.parametrize("experiment", [case[0] for case in COSTS.values()], ids=COSTS)
def test_levels_tell_the_cost_to_half_a_step_of_equal_ratios(experiment):
    low, high = many_format.cost_bounds(experiment)
    cost = np.geomspace(low, high, 5000)
    levels = many_format.cost_levels(cost, experiment)
    told = low * (high / low) ** (levels / 254)
    assert (levels[0], levels[-1]) == (0, 254)
    assert np.abs(np.log(told / cost)).max() <= np.log(high / low) / 254 / 2 * (1 + 1e-9)


def test_costs_beyond_the_levels_are_cut_off():
    costs = np.array([0.0, 1e-300, 1e300, np.inf, np.nan])
    assert many_format.cost_levels(costs, Experiment()).tolist() == [0, 0, 254, 254, 254]


# --- whatever a cost has become -----------------------------------------------------------------

WILD = np.array([[0.25, 1.7e308], [np.inf, np.nan]])


def test_costs_are_sent_as_they_are_and_no_higher_than_can_be_sent():
    assert many_format.within(WILD).tolist() == [[0.25, 1e300], [1e300, 1e300]]
    assert many_format.within(WILD, 0.5).tolist() == [[0.25, 0.5], [0.5, 0.5]]


def test_nothing_that_is_written_is_infinite_or_no_number():
    ((_, (cost, _)),) = read(many_format.write_numbers(WILD, np.zeros((2, 2), int)))
    assert cost.tolist() == [0.25, 1e300, 1e300, 1e300]
    ((_, (_, ground)),) = read(many_format.write_slice({}, WILD))
    assert np.frombuffer(ground, "<f4").tolist() == np.array([0.25, 1e30, 1e30, 1e30], np.float32).tolist()


# --- the page that documents it -----------------------------------------------------------------

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "many-format.md"


@pytest.fixture(scope="module")
def documentation():
    return DOCUMENTATION.read_text(encoding="utf-8")


def section(documentation, heading):
    """What stands under a heading, up to the next."""
    return re.split(r"^#+ ", documentation.split(f"# {heading}\n")[1], flags=re.MULTILINE)[0]


def row_of(documentation, heading, name):
    """The cells of the row that explains a name."""
    rows = [line.strip("| ").split(" | ") for line in section(documentation, heading).splitlines()]
    (cells,) = [cells for cells in rows if f"`{name}`" in cells[0]]
    return cells


def answers():
    """An answer of each kind."""
    yield (
        "starts",
        record(starts_stream.stream, many_requests.StartsRequest.model_validate_json(small(STARTS))),
    )
    text = small(MAP).replace(b'"size"', b'"numbers": true, "size"')
    yield "map", record(map_stream.stream, many_requests.MapRequest.model_validate_json(text))
    asked, scheduler = many_requests.LandscapeRequest.model_validate_json(small(LANDSCAPE)), Scheduler(1)
    with scheduler.admit() as ticket:
        chunks = landscape_stream.stream(asked, scheduler, ticket, wanted, ManyProgress())
        yield "landscape", Recording.of(b"".join(chunks))


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("Many starts", many_requests.StartsView),
        ("A map", many_requests.MapView),
        ("An axis", many_requests.AxisView),
        ("A landscape", many_requests.LandscapeView),
    ],
)
def test_every_field_of_a_view_has_its_row_with_bounds_and_default(documentation, heading, model):
    for name, field in model.model_fields.items():
        _, meaning, default = row_of(documentation, heading, name)
        low = [limit.ge for limit in field.metadata if hasattr(limit, "ge")]
        high = [limit.le for limit in field.metadata if hasattr(limit, "le")]
        if low:
            assert f"({low[0]:,} to {high[0]:,})" in meaning
        if field.is_required():
            assert default == "refused"
        elif isinstance(field.default, many_requests.AxisView):
            axis = field.default
            assert default == f"`{axis.setting}` from {axis.low:g} to {axis.high:g}, {axis.spacing}"
        else:
            said = f"{field.default:,}" if type(field.default) is int else str(field.default).lower()
            assert default.strip("`") == said


def test_every_part_of_a_request_is_documented(documentation):
    for model in (
        many_requests.StartsRequest,
        many_requests.MapRequest,
        many_requests.PointRequest,
        many_requests.LandscapeRequest,
    ):
        for name in model.model_fields:
            assert f"`{name}`" in documentation, name


def test_every_address_is_documented(documentation):
    for path in many_endpoints.PATHS.values():
        assert f"`POST {path}`" in documentation, path


def test_every_record_letter_has_its_section(documentation):
    letters = [
        value for name, value in vars(many_format).items() if name.isupper() and isinstance(value, bytes)
    ]
    for letter in (binary_records.HEAD, *letters):
        assert re.search(rf"^### {letter.decode()}, ", documentation, re.MULTILINE), letter
        assert f"`{letter.decode()}` (0x{letter.hex()})" in documentation


def test_every_key_of_every_record_is_documented(documentation):
    for name, answer in answers():
        assert {kind for kind, _ in answer.records} <= {
            "head",
            "part",
            "progress",
            "numbers",
            "slice",
            "tail",
        }
        keys = [*answer.head, *answer.tail[0]]
        for kind in ("slice", "progress"):
            keys += [key for content in answer.all(kind) for key in content[0]]
        keys += [key for each in answer.tail[0].get("wall", []) for key in each]
        keys += [*answer.tail[0].get("success", {}), *answer.tail[0].get("ends", {})]
        for key in keys:
            assert f"`{key}`" in documentation, (name, key)


def test_the_page_names_version_media_type_deadline_and_ceilings(documentation):
    assert many_format.MEDIA_TYPE in documentation
    for number in (
        many_limits.WORK_LIMIT,
        many_limits.BYTES_LIMIT,
        int(DEADLINE_SECONDS),
        many_format.LEVELS,
    ):
        assert f"{number:,}" in documentation, number
    for largest in (many_format.LARGEST_COST, many_format.LARGEST_HEIGHT):
        assert f" {largest:g}".replace("+", "") in documentation


def test_the_page_says_what_each_code_is(documentation):
    codes = section(documentation, "M, some points of the map")
    assert f"A code from 0 to {LAST_TRAINED} is a run that trained" in codes
    assert f"{DIVERGED} is a run that diverged" in codes
    assert f"from\n{FIRST_FAILED} to {LAST_FAILED} is a run that failed otherwise" in codes


def test_the_example_is_what_is_sent(documentation):
    (request,) = re.findall(r"^`(\{.*\})`", documentation, re.MULTILINE)
    example = documentation.split(request)[1].split("```")[1]
    shown = bytes.fromhex("".join(line.split("|")[0] for line in example.splitlines()))
    asked = many_requests.MapRequest.model_validate_json(request)
    sent = zlib.decompress(
        b"".join(map_stream.stream(asked, SerialExecutor(), wanted, ManyProgress())), 16 + zlib.MAX_WBITS
    )
    assert shown in sent
    assert shown[0:1] == b"M"
