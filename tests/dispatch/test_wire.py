import contextlib
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import wire
from dispatch.names import Names
from dispatch.utc_time import utc
from dispatch.wire import BadFrame, Encoding
from dispatch.wire_schema import schema_path, schema_text

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)

numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)
wheres = st.builds(
    wire.Where,
    lon=st.floats(-180, 180),
    lat=st.floats(-90, 90),
    accuracy_m=st.none() | st.floats(0, 100_000),
)
tasks = st.builds("{}.{}".format, st.integers(1, 10**9), st.integers(1, 999))
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=100)
times = st.datetimes(timezones=st.just(UTC))
bodies = st.one_of(
    st.builds(wire.Heartbeat, battery=st.none() | st.floats(0, 100)),
    st.builds(
        wire.Reading,
        values=st.dictionaries(
            st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True),
            st.floats(-1e12, 1e12),
            min_size=1,
            max_size=8,
        ),
    ),
    st.builds(
        wire.Alarm,
        text=texts,
        where=st.none() | st.builds(wire.ClaimedWhere, lon=numbers, lat=numbers),
        drill=st.booleans(),
        test=st.booleans(),
    ),
    st.builds(wire.Restore),
    st.builds(wire.Position, where=wheres),
    st.builds(wire.Sign, task=tasks),
    st.builds(wire.Depart, task=tasks),
    st.builds(wire.Arrive, task=tasks, where=st.none() | wheres),
    st.builds(
        wire.Finish,
        task=tasks,
        text=texts.filter(bool),
        photo=st.none()
        | st.builds(
            wire.Photo,
            media_type=st.sampled_from(["image/jpeg", "image/png"]),
            data=st.binary(min_size=1, max_size=300),
            taken_at=st.none() | times,
        ),
    ),
)
messages = st.builds(
    wire.DeviceMessage,
    v=st.just(1),
    device=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", fullmatch=True),
    seq=st.integers(1, 2**63 - 1),
    at=st.none() | times,
    body=bodies,
)


def refusal(frames: list[bytes]) -> BadFrame | None:
    try:
        wire.parse(frames)
    except BadFrame as bad:
        return bad
    return None


def frame(body: str, *, seq: object = 1, v: str = "1", device: str = "SD-1") -> bytes:
    return f'{{"v":{v},"device":"{device}","seq":{seq},"body":{body}}}'.encode()


@given(messages, st.sampled_from(list(Encoding)))
def test_what_is_written_is_read(
    message: wire.DeviceMessage, encoding: Encoding
) -> None:
    assert wire.parse([wire.write(message, encoding)]) == (message, encoding)


@given(st.lists(st.binary(max_size=200), max_size=3))
def test_any_bytes_raise_nothing_but_bad_frame(frames: list[bytes]) -> None:
    bad = refusal(frames)
    assert bad is not None
    assert bad.reason in {"frames", "oversize", "garbage", "version", "schema"}
    assert bad.text


@given(messages, st.sampled_from(list(Encoding)), st.data())
def test_damaged_messages_raise_nothing_but_bad_frame(
    message: wire.DeviceMessage, encoding: Encoding, data: st.DataObject
) -> None:
    raw = bytearray(wire.write(message, encoding))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    for damaged in (bytes(raw), bytes(raw[:cut])):
        bad = refusal([damaged])
        assert bad is None or bad.seq is None or 0 <= bad.seq < 2**63


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=20)
    | st.binary(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries(
        {"v": st.just(1) | json_values},
        optional={
            "device": json_values | st.just("SD-1"),
            "seq": json_values | st.just(3),
            "at": json_values | st.just("2026-11-21T12:00:00+08:00"),
            "body": json_values
            | st.fixed_dictionaries(
                {"type": st.sampled_from(["alarm", "reading", "finish", "hello"])},
                optional={"where": json_values, "values": json_values},
            ),
        },
    )
)
def test_well_formed_nonsense_raises_nothing_but_bad_frame(value: object) -> None:
    for raw in (msgspec.msgpack.encode(value), msgspec.json.encode(value)):
        bad = refusal([raw])
        assert bad is None or bad.text


@pytest.mark.parametrize(
    ("raw", "reason", "seq"),
    [
        (b"", "garbage", None),
        (b"[" * 200_000, "garbage", None),
        (b'{"a":' * 60_000, "garbage", None),
        (b"\x91" * 200_000, "garbage", None),
        (b"[1,2]", "garbage", None),
        (b'{"v":1}', "schema", None),
        (frame('{"type":"restore"}', v="2"), "version", 1),
        (frame('{"type":"restore"}', v="true"), "version", 1),
        (frame('{"type":"restore"}', seq="true"), "schema", None),
        (frame('{"type":"restore"}', seq='"7"'), "schema", None),
        (frame('{"type":"restore"}', seq="7.5"), "schema", None),
        (frame('{"type":"restore"}', seq=-4), "schema", None),
        (frame('{"type":"restore"}', seq=2**63), "schema", None),
        (frame('{"type":"restore"}', seq=0), "schema", 0),
        (frame('{"type":"hello"}', seq=3), "schema", 3),
        (frame('{"type":"restore"}', device="../etc"), "schema", 1),
        (frame('{"type":"restore","more":1}'), "schema", 1),
        (frame('{"type":"levitate"}'), "schema", 1),
        (frame('{"type":"heartbeat","battery":"80"}'), "schema", 1),
        (frame('{"type":"heartbeat","battery":101}'), "schema", 1),
        (frame('{"type":"reading","values":{}}'), "schema", 1),
        (frame('{"type":"reading","values":{"Temp":1}}'), "schema", 1),
        (frame('{"type":"reading","values":{"t":1e999}}'), "garbage", None),
        (frame('{"type":"position","where":{"lon":181,"lat":0}}'), "schema", 1),
        (frame('{"type":"sign","task":"0.1"}'), "schema", 1),
        (frame('{"type":"sign","task":"7"}'), "schema", 1),
        (frame('{"type":"finish","task":"7.1","text":""}'), "schema", 1),
        (
            b'{"v":1,"device":"a","seq":1,"at":"1970-01-01T00:00:00","body":'
            b'{"type":"restore"}}',
            "schema",
            1,
        ),
    ],
)
def test_refusals_have_a_reason_and_the_number(
    raw: bytes, reason: str, seq: int | None
) -> None:
    with pytest.raises(BadFrame) as caught:
        wire.parse([raw])
    assert (caught.value.reason, caught.value.seq) == (reason, seq)


def test_size_is_limited_and_a_full_photo_fits_in_json() -> None:
    with pytest.raises(BadFrame) as caught:
        wire.parse([b"x" * (wire.MAX_MESSAGE_BYTES + 1)])
    assert (caught.value.reason, caught.value.seq) == ("oversize", None)
    for frame in (b'{"seq": 7, "x": "%b"}', b"\x82\xa3seq\x07\xa1x\xdb%b"):
        filler = b"x" * wire.MAX_MESSAGE_BYTES
        if frame[:1] != b"{":
            filler = len(filler).to_bytes(4, "big") + filler
        with pytest.raises(BadFrame) as caught:
            wire.parse([frame % filler])
        assert (caught.value.reason, caught.value.seq) == ("oversize", 7)
    full = wire.DeviceMessage(
        v=1,
        device="T" * 64,
        seq=2**63 - 1,
        at=NOON,
        body=wire.Finish(
            task="7.1",
            text="处" * 2000,
            photo=wire.Photo(
                media_type="image/jpeg", data=b"\xff" * wire.MAX_PHOTO_BYTES
            ),
        ),
    )
    for encoding in Encoding:
        raw = wire.write(full, encoding)
        assert len(raw) <= wire.MAX_MESSAGE_BYTES
        assert wire.parse([raw])[0] == full
    too_big = msgspec.structs.replace(
        full,
        body=wire.Finish(
            task="7.1",
            text="x",
            photo=wire.Photo(
                media_type="image/jpeg", data=b"\xff" * (wire.MAX_PHOTO_BYTES + 1)
            ),
        ),
    )
    with pytest.raises(BadFrame):
        wire.parse([wire.write(too_big)])


def test_two_frames_are_refused() -> None:
    with pytest.raises(BadFrame) as caught:
        wire.parse([b"", frame('{"type":"restore"}')])
    assert caught.value.reason == "frames"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1970-01-01T00:00:00Z", 1970),
        ("2027-11-21T00:00:00+08:00", 2027),
        ("0001-01-01T00:00:00+08:00", 1),
        ("9999-12-31T23:59:59-08:00", 9999),
    ],
)
def test_any_year_with_a_zone_is_a_time(text: str, year: int) -> None:
    raw = (
        f'{{"v":1,"device":"a","seq":1,"at":"{text}","body":{{"type":"alarm"}}}}'
    ).encode()
    message, _ = wire.parse([raw])
    assert message.at is not None
    assert abs(utc(message.at).year - year) <= 1


@given(
    st.one_of(
        st.builds(wire.Ack, seq=st.integers(1, 2**63 - 1)),
        st.builds(
            wire.Reject,
            seq=st.none() | st.integers(1, 2**63 - 1),
            reason=texts,
            text=texts,
        ),
        st.builds(wire.Recalled, task=tasks, reason=texts),
    ),
    st.sampled_from(list(Encoding)),
)
def test_the_service_is_understood(body: wire.Downward, encoding: Encoding) -> None:
    assert wire.parse_down(wire.write_down(body, encoding)) == body


@given(st.binary(max_size=200))
def test_any_bytes_from_a_service_raise_nothing_but_bad_frame(raw: bytes) -> None:
    with contextlib.suppress(BadFrame):
        wire.parse_down(raw)


def test_the_committed_schema_is_current() -> None:
    assert schema_path().read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("label", ["A b", "店外", "x\0y", "person\n", "a" * 200_000])
def test_a_label_is_a_name(label: str) -> None:
    said = wire.Detection(label=label)
    message = wire.DeviceMessage(v=1, device="box-1", seq=1, body=said)
    with pytest.raises(BadFrame, match="does not match"):
        wire.parse([wire.write(message)])


def test_a_name_is_looked_at_however_often_its_like_was_good():
    names = Names(r"^[a-z]{1,3}$")
    for _ in range(2):
        names.check(["a", "bc"])
        with pytest.raises(ValueError, match="'Bad' does not match"):
            names.check(["a", "Bad"])


def test_made_up_names_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr("dispatch.names.KEPT", 10)
    names = Names(r"^[a-z0-9]{1,9}$")
    for number in range(100):
        names.check([f"a{number}", "often"])
        assert len(names._good) <= 12
