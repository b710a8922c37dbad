"""What foreign messages mean, by their template, and how they come through the door."""

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch import wire
from dispatch.book import BookError
from dispatch.changes import DeviceReading
from dispatch.devices import Device
from dispatch.gateways.book import (
    Gateway,
    Spot,
    Template,
    check,
    gateway_book,
    identity_of,
    key_written,
    read_template,
)
from dispatch.gateways.door import LONGEST_WAIT_S, Door, Refusal
from dispatch.gateways.reading import Meant, decoded, number_of, read
from dispatch.gateways.sparkplug import parse
from dispatch.gateways.topics import filter_of, gaps_of
from dispatch.geo import Point
from dispatch.keys import is_public_key
from dispatch.silence import silent_among
from dispatch.waiting import Offered

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
SMOKE = Template(
    device="{device}",
    id="msgId",
    at="time",
    offset="+08:00",
    alarm={"state": ("1", "ALARM")},
    restore={"state": ("0",)},
    test={"mode": ("test",)},
    text="{place}: {data.smoke} %/m",
    battery="bat",
    values={"smoke_pct_per_m": "data.smoke", "temperature_c": "data.t"},
)


def meant(payload: str, template: Template = SMOKE, **gaps: str) -> Meant:
    raw = payload.encode()
    return read(template, decoded(raw), gaps=gaps or {"device": "A1"}, payload=raw)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (
            '{"state":1,"place":"12幢","data":{"smoke":12,"t":"41.5"}}',
            (
                wire.Alarm(text="12幢: 12 %/m"),
                wire.Reading(values={"smoke_pct_per_m": 12.0, "temperature_c": 41.5}),
            ),
        ),
        ('{"state":"ALARM","mode":"test"}', (wire.Alarm(text=":  %/m", test=True),)),
        ('{"state":0,"bat":87}', (wire.Restore(), wire.Heartbeat(battery=87.0))),
        ('{"bat":"12"}', (wire.Heartbeat(battery=12.0),)),
        ("{}", (wire.Heartbeat(),)),
        ("[]", (wire.Heartbeat(),)),
    ],
)
def test_captured_messages(payload: str, said: tuple[wire.Body, ...]) -> None:
    assert meant(payload).said == said


@pytest.mark.parametrize(
    ("payload", "at", "words"),
    [
        ('{"state":2}', 0, "neither an alarm nor its end"),
        ('{"state":1,"data":{"t":"warm"}}', 1, "data.t is no number: warm"),
        ('{"bat":140}', 0, "<= 100"),
        ('{"data":{"t":1e300}}', 0, "<= 1000000000000"),
        ('{"data":{"t":[1]}}', 0, "data.t is no number"),
    ],
)
def test_what_cannot_be_understood_is_said_and_spoils_nothing_else(
    payload: str, at: int, words: str
) -> None:
    said = meant(payload).said
    bad = said[at]
    assert isinstance(bad, wire.BadFrame)
    assert (bad.reason, words in bad.text) == ("schema", True)
    assert not any(isinstance(each, wire.BadFrame) for each in said[:at])


@pytest.mark.parametrize("payload", [b"", b"{", b"\xff{}", b"{1:2}", b"[" * 100_000])
def test_what_is_no_json_is_garbage(payload: bytes) -> None:
    with pytest.raises(wire.BadFrame) as bad:
        decoded(payload)
    assert bad.value.reason == "garbage"


def test_nobody_knows_whose_it_is() -> None:
    by_body = msgspec.structs.replace(SMOKE, device="{dev.imei}")
    assert meant('{"dev":{"imei":8661}}', by_body, other="x").called == "8661"
    for payload in ("{}", '{"dev":{"imei":""}}', "3"):
        with pytest.raises(wire.BadFrame, match=r"lacks dev\.imei"):
            meant(payload, by_body, other="x")


def test_what_no_store_could_keep_is_no_name_and_leaves_no_trace() -> None:
    for name in ("A\\u00001", "A\\n1", "A" * 201):
        with pytest.raises(wire.BadFrame, match="too long or no text"):
            meant(f'{{"imei":"{name}"}}', Template(device="{imei}"), other="x")
    words = Template(device="{device}", alarm={"s": ("1",)}, text="{words}")
    (said,) = meant('{"s":1,"words":"12\\u0000 幢\\n"}', words).said
    assert said == wire.Alarm(text="12  幢 ")


@pytest.mark.parametrize(
    ("time", "at"),
    [
        ('"2026-11-21T12:00:00+08:00"', NOW),
        ('"2026-11-21 12:00:00"', NOW),
        ('"2026-11-21T04:00:00Z"', NOW),
        ("1795233600", NOW),
        ("1795233600000", NOW),
        ('"1795233600"', NOW),
        ('"yesterday"', None),
        ("1e30", None),
        ("true", None),
        ("{}", None),
    ],
)
def test_a_time_is_read_or_left_out(time: str, at: datetime | None) -> None:
    """An alarm is not refused for its clock."""
    found = meant(f'{{"state":1,"time":{time}}}')
    assert found.at == at
    assert isinstance(found.said[0], wire.Alarm)


def test_a_message_is_told_apart_by_its_id_or_by_its_time_and_all_it_says() -> None:
    assert meant('{"msgId":7,"state":1}').told_apart == "7"
    timed = meant('{"time":1,"state":1}').told_apart
    assert timed == meant('{"time":1,"state":1}').told_apart != ""
    assert timed != meant('{"time":2,"state":1}').told_apart
    # Nothing tells these apart, so neither may be taken for the other.
    assert meant('{"state":1}').told_apart == ""
    # A counter that begins again after a power cut is told apart by its time.
    counted = {
        meant(f'{{"msgId":7,"time":{time},"state":1}}').told_apart for time in (1, 1, 2)
    }
    assert len(counted) == 2
    numbers = {number_of("7", 0), number_of("7", 1), number_of("8", 0)}
    assert len(numbers) == 3
    assert all(0 < number < 2**62 for number in numbers)


def test_a_position_is_the_device_s_or_the_alarm_s() -> None:
    spot = Spot(lon="x", lat="y", accuracy_m="r", moves=True)
    tracker = Template(device="{device}", where=spot)
    (said,) = meant('{"x":120.95,"y":"30.91","r":6}', tracker).said
    assert said == wire.Position(
        where=wire.Where(lon=120.95, lat=30.91, accuracy_m=6.0)
    )
    (said,) = meant('{"x":520,"y":30}', tracker).said
    assert isinstance(said, wire.BadFrame)
    (said,) = meant('{"x":"east","y":30}', tracker).said
    assert isinstance(said, wire.BadFrame)
    shifted = msgspec.structs.replace(spot, datum="gcj02")
    (said,) = meant(
        '{"x":120.95,"y":30.91}', msgspec.structs.replace(tracker, where=shifted)
    ).said
    assert isinstance(said, wire.Position)
    assert 0.001 < abs(said.where.lon - 120.95) < 0.01
    # An alarm goes without its place rather than not at all.
    button = Template(
        device="{device}", alarm={"s": ("1",)}, where=Spot(lon="x", lat="y")
    )
    (said,) = meant('{"s":1,"x":120.95,"y":30.91}', button).said
    assert said == wire.Alarm(where=wire.ClaimedWhere(lon=120.95, lat=30.91))
    for x in ("520", '"east"'):
        (said,) = meant(f'{{"s":1,"x":{x},"y":30}}', button).said
        assert said == wire.Alarm()


def test_an_identity_is_a_key_of_one_device_at_one_gateway() -> None:
    keys = {
        identity_of("a", "1"),
        identity_of("a", "2"),
        identity_of("b", "1"),
        identity_of("a", "烟感-1"),
    }
    assert len(keys) == 4
    assert all(map(is_public_key, keys))
    # As a table of devices has it.
    assert key_written("网关:a/烟感-1") == identity_of("a", "烟感-1")
    assert key_written("gateway:b/1") == identity_of("b", "1")
    assert key_written("gateway:b") == "gateway:b"


@pytest.mark.parametrize(
    ("topic", "gaps"),
    [
        ("town/A1/smoke", {"device": "A1"}),
        ("town//smoke", {"device": ""}),
        ("town/A1/gas", None),
        ("town/A1", None),
        ("town/A1/smoke/x", None),
    ],
)
def test_a_topic_fills_its_gaps(topic: str, gaps: dict[str, str] | None) -> None:
    assert gaps_of("town/{device}/smoke", topic) == gaps
    assert filter_of("town/{device}/smoke") == "town/+/smoke"
    assert gaps_of("t/{a}/+/#", "t/1/2/3/4") == {"a": "1"}


def gateway(**altered: object) -> Gateway:
    plain = Gateway(
        name="iot",
        kind="mqtt",
        url="mqtts://broker.example",
        topic="t/{device}",
        template=SMOKE,
    )
    return msgspec.structs.replace(plain, **altered)


@pytest.mark.parametrize(
    ("altered", "words"),
    [
        ({"name": "a b"}, "a name is"),
        ({"kind": "coap"}, "webhook, mqtt or sparkplug"),
        ({"url": "https://broker.example"}, "must look like mqtts://"),
        ({"url": "mqtt://broker.example"}, "only for an IP address"),
        ({"url": "mqtts://me:word@broker.example"}, "leave the log-in out"),
        ({"topic": ""}, "a topic looks like"),
        ({"topic": "t/x{device}"}, "a topic looks like"),
        ({"topic": "t/#/{device}"}, "a topic looks like"),
        ({"topic": "{device}/{device}"}, "a topic looks like"),
        ({"topic": "$share/us/t/{device}"}, "a topic looks like"),
        ({"template": Template(device="{x}{y}")}, "put a / between"),
        (
            {"template": Template(device="{x}", values={"T": "t"})},
            "this is no template",
        ),
        ({"kind": "webhook", "url": "https://192.168.1.9:8443"}, "needs a certificate"),
        ({"template": Template(device="x")}, "must hold a gap"),
        (
            {"template": Template(device="{x}", values={"温度": "t"})},
            "this is no template",
        ),
        ({"template": Template(device="{x}", offset="8")}, "an offset looks like"),
        ({"template": Template(device="{x}", offset="+99:99")}, "an offset looks like"),
    ],
)
def test_a_gateway_that_could_take_nothing_in_is_refused(
    altered: dict[str, object], words: str
) -> None:
    check(gateway())
    check(gateway(kind="webhook", url="http://192.168.1.9:8080"))
    with pytest.raises(BookError, match=words):
        check(gateway(**altered))


def test_gateways_are_kept_without_their_secrets(tmp_path: Path) -> None:
    book = gateway_book(tmp_path)
    book.put(gateway(secret_ref="gateway:iot:1"))
    assert gateway_book(tmp_path).all() == (gateway(secret_ref="gateway:iot:1"),)
    with pytest.raises(BookError, match="this is no template"):
        read_template(b'{"device":"{x}","alarms":{}}')


class Intake:
    """What a door offers, to be answered by a test."""

    def __init__(self) -> None:
        self.offered: list[Offered] = []

    def offer(self, messages: Sequence[Offered]) -> None:
        self.offered.extend(messages)


def test_a_message_is_told_of_when_all_its_parts_are() -> None:
    intake = Intake()
    door = Door(intake.offer, clock=lambda: NOW)
    told: list[tuple[Refusal, ...]] = []
    door.take("iot", [meant('{"msgId":1,"state":1,"bat":3}')], b"raw", told.append)
    alarm, battery = intake.offered
    assert alarm.key == battery.key == identity_of("iot", "A1")
    assert (alarm.peer, alarm.raw) == ("iot/A1", b"raw")
    assert (alarm.seq, battery.seq) == (number_of("1", 0), number_of("1", 1))
    alarm.answered(wire.Ack(seq=alarm.seq))
    alarm.answered(wire.Ack(seq=alarm.seq))  # twice, being offered twice
    assert told == []
    battery.answered(wire.Reject(seq=None, reason="unknown_key", text="who?"))
    battery.answered(wire.Ack(seq=battery.seq))
    assert told == [(Refusal("unknown_key", "who?"),)]


def test_what_is_not_answered_is_offered_again_with_its_number() -> None:
    now = [100.0]
    intake = Intake()
    door = Door(intake.offer, clock=lambda: NOW, ticks=lambda: now[0])
    told: list[tuple[Refusal, ...]] = []
    ticket = door.take("iot", [meant('{"state":1}')], b"", told.append)
    door.take("iot", [meant('{"state":1}')], b"", told.append)
    first, second = intake.offered
    assert first.seq != second.seq  # nothing tells them apart: both count
    waits = []
    for _ in range(8):
        before, since = len(intake.offered), now[0]
        while len(intake.offered) == before:
            assert now[0] - since < 2 * LONGEST_WAIT_S
            now[0] += 1
            door.again()
        waits.append(now[0] - since)
    assert waits == [2, 4, 8, 16, 30, 30, 30, 30]
    assert {each.seq for each in intake.offered} == {first.seq, second.seq}
    door.drop(ticket)
    first.answered(wire.Ack(seq=first.seq))
    second.answered(wire.Ack(seq=second.seq))
    assert told == [()]


def test_what_a_gateway_knows_to_be_gone_counts_as_silent() -> None:
    entry = Device(
        device_id="SD-1",
        kind="smoke_detector",
        name="",
        public_key=identity_of("iot", "A1"),
        place_name="",
        point=Point(120.95, 30.91),
    )
    for online, silent in ((0.0, 1), (1.0, 0)):
        heard = DeviceReading(
            device_id="SD-1", last_seen=NOW, battery=None, values={"online": online}
        )
        now = NOW + timedelta(minutes=1)
        assert len(silent_among([entry], {"SD-1": heard}, now)) == silent


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["state", "bat", "data", "t", "x", "y"]), inner
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(said=ANY_JSON, payload=st.binary(max_size=40))
def test_whatever_comes_is_understood_or_refused(said: object, payload: bytes) -> None:
    template = msgspec.structs.replace(
        SMOKE,
        at="data.t",
        id="t",
        values={"a": "data.x", "b": "t.0", "c": "x"},
        where=Spot(lon="x", lat="y", accuracy_m="t", datum="gcj02", moves=True),
    )
    found = read(template, said, gaps={"device": "A1"}, payload=payload)
    for each in found.said:
        if not isinstance(each, wire.BadFrame):
            message = wire.DeviceMessage(
                v=1, device="SD-1", seq=1, at=found.at, body=each
            )
            assert wire.parse([wire.write(message)])[0] == message
    for broken in (decoded, parse):
        with contextlib.suppress(wire.BadFrame):
            broken(payload)
