"""What a gateway's line makes of clocks, retained messages and its own failures."""

from collections import deque
from datetime import timedelta
from types import SimpleNamespace

import msgspec
import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from test_gateways import NOW, SMOKE, Intake, gateway, meant

from dispatch import wire
from dispatch.aside import PER_MINUTE, Aside
from dispatch.gateways.book import Spot, Template
from dispatch.gateways.door import Door
from dispatch.gateways.mqtt import Broker
from dispatch.gateways.running import Gateways


def numbers_of(payload: str, template: Template, *, days: int = 0) -> set[int]:
    """Return the numbers under which a message that comes twice is handed in."""
    intake = Intake()
    door = Door(intake.offer, clock=lambda: NOW + timedelta(days=days))
    for _ in range(2):
        door.take("iot", [meant(payload, template)], b"", lambda _refused: None)
    return {each.seq for each in intake.offered}


@pytest.mark.parametrize(
    "time", ['""', '"N/A"', "0", '"1970-01-01T00:00:00Z"', '"2026-11-21 12:00"', "null"]
)
def test_a_clock_that_is_not_believed_tells_nothing_apart(time: str) -> None:
    """An equal alarm days later is another alarm."""
    template = msgspec.structs.replace(SMOKE, offset="")
    assert len(numbers_of(f'{{"time":{time},"state":1}}', template)) == 2
    # By its id it is told apart whatever its time is.
    assert len(numbers_of(f'{{"time":{time},"state":1,"msgId":7}}', template)) == 1


def test_a_clock_that_stands_still_is_believed_for_a_day() -> None:
    said = '{"time":"2026-11-21T04:00:00Z","state":1}'
    assert len(numbers_of(said, SMOKE)) == 1
    assert len(numbers_of(said, SMOKE, days=2)) == 2


@pytest.mark.parametrize(("x", "y"), [(120.7, 90), (120.7, -90), (-180, 0), (180, -90)])
def test_the_edge_of_the_world_costs_an_alarm_its_place_at_most(x: float, y: float):
    spot = Spot(lon="x", lat="y", datum="gcj02")
    button = Template(device="{device}", alarm={"s": ("1",)}, where=spot)
    (said,) = meant(f'{{"s":1,"x":{x},"y":{y}}}', button).said
    assert isinstance(said, wire.Alarm)


def test_a_reading_without_a_proper_name_is_refused() -> None:
    (said,) = meant('{"t":1}', Template(device="{device}", values={"T c": "t"})).said
    assert isinstance(said, wire.BadFrame)


def broker(template: Template, intake: Intake) -> Broker:
    """Return one that has no connection, and no thread."""
    made = object.__new__(Broker)
    made.gateway = gateway(template=template)
    made._nodes, made._newest, made._tickets = None, {}, {}
    made._door = Door(intake.offer, clock=lambda: NOW)
    made._is_full, made._connection, made._confirmed = False, 1, deque()
    return made


def come(to: Broker, payload: bytes, *, retained: bool = False) -> None:
    said = MQTTMessage(topic=b"t/A1")
    said.payload, said.retain, said.qos = payload, retained, 1
    to._on_message(Client(CallbackAPIVersion.VERSION2), None, said)


def test_a_retained_message_says_nothing_new_unless_another_came_between() -> None:
    intake = Intake()
    plain = Template(device="{device}", alarm={"s": ("1",)}, restore={"s": ("0",)})
    line = broker(plain, intake)
    line._waker = SimpleNamespace(wake=lambda: None)
    for payload, retained, counted in (
        (b'{"s":1}', True, 1),
        (b'{"s":1}', True, 1),
        (b'{"s":0}', False, 2),
        (b'{"s":0}', True, 2),
        (b'{"s":1}', True, 3),  # published again while we were away
        (b'{"s":1}', False, 4),
    ):
        come(line, payload, retained=retained)
        assert len({each.seq for each in intake.offered}) == counted
    assert len(line._confirmed) == 2  # those that said nothing


def test_topics_that_somebody_makes_up_do_not_fill_the_memory(monkeypatch) -> None:
    monkeypatch.setattr("dispatch.gateways.mqtt.MOST_TOPICS", 10)
    line = broker(SMOKE, Intake())
    for number in range(100):
        line._is_newest(f"t/{number}", b"")
        assert len(line._newest) <= 10


@pytest.mark.expected_log("dispatch.gateways.door", "gateway iot fails on a message")
def test_what_we_fail_on_is_refused_and_confirmed(monkeypatch, caplog) -> None:
    def fails(*_: object, **_more: object) -> None:
        raise IndexError("secret words of the message")

    monkeypatch.setattr("dispatch.gateways.mqtt.read", fails)
    intake = Intake()
    line = broker(SMOKE, intake)
    line._waker = SimpleNamespace(wake=lambda: None)
    for _ in range(3):
        come(line, b"{}")
    assert [each.body.reason for each in intake.offered] == ["fault"] * 3
    intake.offered[0].answered(wire.Reject(seq=None, reason="fault", text=""))
    assert len(line._confirmed) == 1
    assert caplog.text.count("fails on a message") == 1
    assert "secret" not in caplog.text


def test_a_webhook_without_a_token_is_told_of() -> None:
    failing: dict[str, str] = {}
    lines = object.__new__(Gateways)
    assert lines._login(gateway(kind="webhook"), failing) is None
    assert lines._login(gateway(name="town"), failing) is None
    assert list(failing) == ["iot"]


def test_a_broker_is_not_waited_for_where_the_others_are_looked_after() -> None:
    left: list[str] = []
    lines = object.__new__(Gateways)
    old = SimpleNamespace(
        gateway=gateway(topic="u/{device}"),
        is_gone=False,
        leave=lambda: left.append("left"),
        close=lambda: left.append("closed"),
    )
    lines._brokers, lines._leaving = {"iot": old}, {}
    lines._renew_brokers([gateway()], {"iot": None})
    # The new one waits until the old one has gone: they have one name at the broker.
    assert (left, lines._brokers, lines._have_left()) == (["left"], {}, False)
    old.is_gone = True
    assert (lines._have_left(), left, lines._leaving) == (True, ["left", "closed"], {})


def test_made_up_names_use_up_what_is_kept_of_their_gateway_alone() -> None:
    kept: list[str] = []
    writer = SimpleNamespace(set_aside=lambda item: kept.append(item.peer_key))
    aside = Aside(writer, clock=lambda: NOW)
    for number in range(3 * PER_MINUTE):
        aside.put("unknown_key", f"iot/{number}", b"", counted="iot")
    assert len(kept) <= 2 * PER_MINUTE  # a minute may end meanwhile
    assert aside.put("unknown_key", "town/1", b"", counted="town")
