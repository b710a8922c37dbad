"""Payloads of Sparkplug B as edge nodes write them, and what is made of them."""

import struct
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from paho.mqtt.client import MQTTMessage

from dispatch import wire
from dispatch.gateways.book import Gateway, Template
from dispatch.gateways.door import Door
from dispatch.gateways.mqtt import Broker
from dispatch.gateways.reading import Meant
from dispatch.gateways.sparkplug import Metric, Sparkplug, parse, rebirth
from dispatch.service import utc_now
from dispatch.waiting import Offered
from tests.gateway_kit import free_port

TEMPLATE = Template(
    device="{node}.{device}",
    alarm={"Smoke/Alarm": ("true",)},
    restore={"Smoke/Alarm": ("false",)},
    values={"temperature_c": "Temp"},
)


def varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def text(number: int, said: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(said)) + said


def metric(
    name: str = "", value: object = None, alias: int | None = None, kind: int = 0
) -> bytes:
    data = text(1, name.encode()) if name else b""
    data += varint(2 << 3) + varint(alias) if alias is not None else b""
    data += varint(4 << 3) + varint(kind) if kind else b""
    if isinstance(value, bool):
        data += varint(14 << 3) + varint(value)
    elif isinstance(value, int):
        data += varint(10 << 3) + varint(value & 0xFFFFFFFF)
    elif isinstance(value, float):
        data += varint(12 << 3 | 5) + struct.pack("<f", value)
    elif isinstance(value, str):
        data += text(15, value.encode())
    return data


def payload(*metrics: bytes, stamp: int = 1795233600000, seq: int | None = 0) -> bytes:
    data = varint(1 << 3) + varint(stamp)
    data += b"".join(text(2, each) for each in metrics)
    return data + (b"" if seq is None else varint(3 << 3) + varint(seq))


BIRTH = payload(
    metric("Smoke/Alarm", value=False, alias=1, kind=11),
    metric("Temp", value=21.5, alias=2, kind=9),
    seq=1,
)


def nodes(path: Path | None = None) -> Sparkplug:
    return Sparkplug(TEMPLATE, path)


def born(found: Sparkplug) -> list[Meant]:
    topic = "spBv1.0/town/NBIRTH/N1"
    assert found.read(topic, payload(metric("bdSeq", value=3, kind=8))) == []
    return found.read("spBv1.0/town/DBIRTH/N1/A", BIRTH)


def test_a_payload_is_read() -> None:
    data = payload(
        metric("a", value=-5, kind=1),
        metric("b", value=True, kind=11),
        metric("c", value="火", alias=300, kind=12),
    )
    assert parse(data) == (
        1795233600000,
        0,
        [
            Metric("a", None, 1, 0xFFFFFFFB),
            Metric("b", None, 11, True),
            Metric("c", 300, 12, "火"),
        ],
    )
    stamp, sequence, (asked,) = parse(rebirth())
    assert (stamp, sequence) == (None, None)
    assert asked == Metric("Node Control/Rebirth", None, 11, True)


def test_damage_is_garbage_and_nothing_else() -> None:
    for cut in range(len(BIRTH)):
        for data in (BIRTH[:cut], BIRTH[:cut] + b"\xff" * 12 + BIRTH[cut:]):
            try:
                parse(data)
            except wire.BadFrame as bad:
                assert bad.reason == "garbage"  # noqa: PT017 - or it is whole
    with pytest.raises(wire.BadFrame):
        parse(b"\x12\xff\xff\xff\xff\x7f")


def test_a_birth_gives_names_to_what_follows() -> None:
    found = nodes()
    (birth,) = born(found)
    assert birth.called == "N1.A"
    assert birth.said == (
        wire.Restore(),
        wire.Reading(values={"temperature_c": 21.5}),
        wire.Reading(values={"online": 1.0}),
    )
    assert birth.at is not None
    data = payload(metric(alias=1, value=True), seq=2)
    (said,) = found.read("spBv1.0/town/DDATA/N1/A", data)
    assert said.said == (wire.Alarm(),)
    assert said.told_apart == found.read("spBv1.0/town/DDATA/N1/A", data)[0].told_apart
    (warm,) = found.read(
        "spBv1.0/town/DDATA/N1/A", payload(metric(alias=2, value=-3, kind=3), seq=3)
    )
    assert warm.said == (wire.Reading(values={"temperature_c": -3.0}),)


def test_who_was_not_born_is_asked_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("dispatch.gateways.sparkplug.time.monotonic", lambda: now[0])
    found = nodes()
    for _ in range(2):
        with pytest.raises(wire.BadFrame) as bad:
            found.read("spBv1.0/town/DDATA/N1/A", payload(metric(alias=1, value=True)))
        assert bad.value.reason == "no_birth"
    assert found.asks == [("spBv1.0/town/NCMD/N1", rebirth())]
    # By name it is understood all the same.
    named = payload(metric("Smoke/Alarm", value=True))
    (said,) = found.read("spBv1.0/town/DDATA/N1/A", named)
    assert said.said == (wire.Alarm(),)
    # A number that is missing: what it said may have been a birth.
    born(found)
    now[0] += 60
    found.read("spBv1.0/town/DDATA/N1/A", payload(metric(alias=1, value=True), seq=2))
    assert len(found.asks) == 1
    found.read("spBv1.0/town/DDATA/N1/A", payload(metric(alias=1, value=True), seq=4))
    assert len(found.asks) == 2


def test_deaths_are_of_one_device_or_of_all_of_a_node(tmp_path: Path) -> None:
    path = tmp_path / "births.json"
    found = nodes(path)
    born(found)
    found.read("spBv1.0/town/DBIRTH/N1/B", payload(seq=2))
    gone = (wire.Reading(values={"online": 0.0}),)
    (one,) = found.read("spBv1.0/town/DDEATH/N1/A", payload(seq=3))
    assert (one.called, one.said, one.told_apart) == ("N1.A", gone, "")
    # The death of an earlier life of the node comes late.
    late = payload(metric("bdSeq", value=2, kind=8), seq=None)
    assert found.read("spBv1.0/town/NDEATH/N1", late) == []
    death = payload(metric("bdSeq", value=3, kind=8), seq=None)
    both = found.read("spBv1.0/town/NDEATH/N1", death)
    assert [(each.called, each.said) for each in both] == [
        ("N1.A", gone),
        ("N1.B", gone),
    ]
    found.keep()
    # After a restart a node's death is that of its devices too; and it is asked.
    later = nodes(path)
    assert len(later.read("spBv1.0/town/NDEATH/N1", death)) == 2
    later.begin()
    assert later.asks == [("spBv1.0/town/NCMD/N1", rebirth())]


def test_births_are_written_together_and_made_up_nodes_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    module = "dispatch.gateways.sparkplug"
    monkeypatch.setattr(f"{module}.write_private", lambda _, data: written.append(data))
    monkeypatch.setattr(f"{module}.MOST_NODES", 10)
    found = nodes(tmp_path / "births.json")
    alarm = payload(metric("Smoke/Alarm", value=True))
    for number in range(50):
        (said,) = found.read(f"spBv1.0/town/DBIRTH/N{number}/A", alarm)
        assert said.said[0] == wire.Alarm()  # whoever says it
    assert written == []
    found.keep()
    found.keep()
    (once,) = written
    assert len(msgspec.json.decode(once)) == 10 == len(found.asks)


@pytest.mark.parametrize(
    "topic",
    [
        "spBv1.0/STATE/host",
        "spBv1.0/town/NCMD/N1",
        "spBv1.0/town/DCMD/N1/A",
        "spBv1.0/town/DDATA/N1",
        "spBv1.0/town/NDATA/N1/A",
        "town/A/smoke",
    ],
)
def test_what_is_for_others_is_left_alone(topic: str) -> None:
    assert nodes().read(topic, b"\xff") == []


def test_a_damaged_memory_of_births_is_forgotten(tmp_path: Path, expected_log) -> None:
    path = tmp_path / "births.json"
    path.write_text("[1", encoding="utf-8")
    expected_log("dispatch.gateways.sparkplug", "cannot be read")
    found = nodes(path)
    assert len(born(found)) == 1


@pytest.mark.expected_log("dispatch.gateways.mqtt", "is lost")
@pytest.mark.expected_log("dispatch.gateways.mqtt", "nobody keeps what comes at QoS 0")
def test_what_has_no_room_while_the_store_is_away_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch.gateways.mqtt.MOST_WAITING", 4)
    offered: list[Offered] = []
    gateway = Gateway(
        name="sp",
        kind="sparkplug",
        url=f"mqtt://127.0.0.1:{free_port()}",
        topic="spBv1.0/#",
        template=TEMPLATE,
    )
    door = Door(offered.extend, clock=utc_now)
    broker = Broker(gateway, None, door, identity="us", data=tmp_path)
    asked: list[str] = []
    client = SimpleNamespace(publish=lambda topic, _payload: asked.append(topic))
    try:
        for seq in range(1, 7):
            said = MQTTMessage(topic=b"spBv1.0/town/DDATA/N1/A")
            said.payload = payload(metric("Smoke/Alarm", value=True), seq=seq)
            broker._on_message(client, None, said)
        assert len({one.seq for one in offered}) == 4
        assert asked == ["spBv1.0/town/NCMD/N1"]
    finally:
        broker.close()
