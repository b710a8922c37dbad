"""Both ends of the desk protocol, over a real encrypted line."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import zmq
from hypothesis import given
from hypothesis import strategies as st
from line_parts import HERE, LI, Desk, device, until

from dispatch import desk_wire
from dispatch.cameras import Camera
from dispatch.changes import Town
from dispatch.client import DeskClient
from dispatch.commands import (
    CloseCase,
    EnrolDevice,
    ImportTown,
    OpenStream,
    RecordHeartbeat,
    Refused,
    RegisterCamera,
    ReportCase,
    SignCase,
    TakeCase,
)
from dispatch.keys import make_keys
from dispatch.people import Actor, Role
from dispatch.questions import (
    CaseLog,
    FindPlaces,
    QuarantineList,
    ViewLog,
)
from dispatch.service import Service, desk_keys, enrolled_desks, utc_now
from dispatch.units import Unit
from resources.home import Home

CANARY = "Kanarien#vogel/7%:@"


def report(**fields: object) -> ReportCase:
    values = {"category": "B003", "place_name": "桃源新邨", "point": HERE} | fields
    return ReportCase(actor=LI, **values)  # type: ignore[arg-type]


def refused(desk: Desk, command: object) -> Refused:
    with pytest.raises(Refused) as caught:
        desk.client.submit(command).result(10)  # type: ignore[arg-type]
    return caught.value


def test_a_command_comes_back_as_a_receipt_and_a_change(
    home: Home, service: Service, desk: Desk
) -> None:
    other = Desk(home, service.ready, name="other")
    try:
        command = report(details="求助", reporter_name="王")
        receipt = desk.do(command)
        assert receipt.command_id == command.command_id
        case = desk.board.cases[receipt.value]  # type: ignore[index]
        assert case.details == "求助"
        until(lambda: other.board.cases == desk.board.cases, "at the other desk too")
        log = desk.client.ask(CaseLog(case_id=case.case_id)).result(10)
        assert log == desk.board.entries(case.case_id)
        assert desk.client.ask(FindPlaces(text="无")).result(10) == ()
        assert desk.client.ask(QuarantineList()).result(10).frames == ()
    finally:
        other.client.close()


def test_a_refusal_arrives_with_its_reason_and_details(desk: Desk) -> None:
    receipt = desk.do(report())
    case_id = receipt.value
    assert isinstance(case_id, int)
    desk.do(TakeCase(actor=LI, case_id=case_id))
    answer = refused(desk, TakeCase(actor=LI, case_id=case_id, seen=1))
    assert answer.reason
    assert answer.text
    assert isinstance(answer.details, dict)
    nobody = Actor("李文", "1号席", frozenset())
    answer = refused(desk, CloseCase(actor=nobody, case_id=case_id, outcome="done"))
    assert answer.reason == "role"
    until(lambda: desk.client.link.waiting == 0, "nothing waits")


@pytest.mark.parametrize(
    "actor",
    [
        Actor("SD-1", "", frozenset({Role.ACCEPTOR})),
        Actor("李文", "1号席", frozenset({Role.ACCEPTOR, Role.SYSTEM})),
        Actor("李文", "1号席", frozenset({Role.ACCEPTOR, Role.DEVICE})),
        Actor("李文", "1号席", frozenset(Role)),
    ],
)
def test_no_seat_holds_the_service_s_or_a_device_s_role(
    desk: Desk, actor: Actor
) -> None:
    assert refused(desk, replace(report(), actor=actor)).reason == "role"
    assert not desk.board.cases


@pytest.mark.parametrize("name", ["lookout", " Lookout"])
def test_no_seat_speaks_in_the_service_s_name(desk: Desk, name: str) -> None:
    asked = replace(report(), actor=Actor(name, LI.seat, LI.roles))
    assert refused(desk, asked).reason == "actor"
    assert not desk.board.cases


def test_what_devices_say_is_no_desk_s_command(desk: Desk) -> None:
    at = utc_now()
    for command in (
        SignCase(actor=LI, case_id=1, unit_id="W07", at=at),
        RecordHeartbeat(actor=LI, device_id="SD-1", sequence=1, at=at, received_at=at),
    ):
        with pytest.raises(ValueError, match="not a desk's command"):
            desk.client.submit(command)
        with pytest.raises(Refused):
            desk_wire.read_command(
                type(command).__name__, msgspec.msgpack.encode(command)
            )


@pytest.mark.parametrize("command_id", ["", "T1:kkkkkkkk:1", "0" * 31, "g" * 32])
def test_an_id_that_could_be_a_terminal_s_is_refused(
    desk: Desk, command_id: str
) -> None:
    """It would stand in the place of the terminal's answer, which were never heard."""
    name, body = desk_wire.write_command(replace(report(), command_id=command_id))
    with pytest.raises(Refused, match="its id") as caught:
        desk_wire.read_command(name, body)
    assert caught.value.reason == "bad_command"
    if command_id:
        assert refused(desk, replace(report(), command_id=command_id))


def test_a_command_sent_twice_is_done_once(desk: Desk) -> None:
    command = report()
    first = desk.do(command)
    second = desk.client.submit(command).result(10)
    assert second.duplicate
    assert second.value == first.value
    assert len(desk.board.cases) == 1


def test_a_stream_s_log_in_comes_back_and_is_nowhere_on_disk(
    home: Home, desk: Desk
) -> None:
    camera = Camera(
        camera_id="1203", name="桃源北门", point=HERE, main_url="rtsp://x/1"
    )
    desk.do(RegisterCamera(actor=LI, camera=camera, username="admin", password=CANARY))
    opened = desk.do(OpenStream(actor=LI, camera_id="1203", purpose="view"))
    assert opened.value == ("admin", CANARY)
    assert CANARY not in repr(opened)
    (viewed,) = desk.client.ask(ViewLog(camera_id="1203")).result(10)
    assert (viewed.actor, viewed.purpose) == ("李文", "view")
    for path in home.root.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path


def test_each_view_is_logged_whatever_its_command_is_called(desk: Desk) -> None:
    for number in ("1203", "1204"):
        camera = Camera(camera_id=number, name=number, point=HERE)
        desk.do(
            RegisterCamera(actor=LI, camera=camera, username=number, password=CANARY)
        )
    for number in ("1203", "1204", "1204"):
        view = OpenStream(
            actor=LI, camera_id=number, purpose="view", command_id="a" * 32
        )
        assert desk.client.submit(view).result(10).value == (number, CANARY)
    assert len(desk.client.ask(ViewLog(camera_id="1203")).result(10)) == 1
    assert len(desk.client.ask(ViewLog(camera_id="1204")).result(10)) == 2


def test_a_kind_nobody_knows_is_not_enrolled(desk: Desk) -> None:
    entry = device("X-1", "toaster", make_keys())
    assert refused(desk, EnrolDevice(actor=LI, device=entry)).reason == "kind_unknown"


def test_an_import_of_the_town_reaches_desks_that_follow(desk: Desk) -> None:
    town = Town(
        code="330421100",
        name="姚庄镇",
        origin=HERE,
        timezone="Asia/Shanghai",
        is_demo=True,
    )
    unit = Unit(unit_id="W07", name="张伟", role="专职网格员")
    desk.do(ImportTown(actor=LI, town=town, units=(unit,)))
    until(lambda: desk.board.town == town, "the town")
    assert desk.board.units == {"W07": unit}


def test_missing_changes_are_asked_for(desk: Desk) -> None:
    for _ in range(3):
        desk.do(report())
    # As if two pushed messages had been lost on the way.
    desk.client._following.number = desk.board.number - 2
    desk.numbers.clear()
    receipt = desk.client.submit(report()).result(10)
    until(lambda: receipt.number in desk.numbers, "the newest change")
    assert desk.numbers == list(range(receipt.number - 2, receipt.number + 1))


def test_a_lost_last_change_is_missed_too(desk: Desk) -> None:
    desk.do(report())
    desk.client._following.number = desk.board.number - 1
    desk.numbers.clear()
    until(lambda: desk.numbers == [desk.board.number], "asked for after some pings")


@pytest.mark.expected_log("dispatch.server", "unknown key")
def test_a_desk_with_an_unknown_key_is_let_in_once_enrolled(
    home: Home, service: Service, desk: Desk
) -> None:
    keys = make_keys()
    stranger = DeskClient(
        service.ready.desk_address,
        server_key=service.ready.server_key,
        desk_keys=keys,
        outbox=home.data / "stranger.db",
        clock=utc_now,
    )
    try:
        waiting = stranger.submit(report())
        with pytest.raises(Refused, match="does not answer"):
            stranger.ask(QuarantineList()).result(10)
        assert not stranger.link.connected
        enrolled_desks(home).enrol(keys.public, "2号机")
        assert waiting.result(20).value
        assert stranger.link.connected
    finally:
        stranger.close()


@pytest.mark.expected_log("dispatch.server", "not understood")
def test_garbage_on_the_desk_line_harms_nobody(
    home: Home, service: Service, desk: Desk
) -> None:
    keys = desk_keys(home)
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    socket = context.socket(zmq.DEALER)
    socket.linger = 0
    socket.rcvtimeo = 10_000
    socket.curve_serverkey = service.ready.server_key.encode()
    socket.curve_publickey = keys.public.encode()
    socket.curve_secretkey = keys.secret.encode()
    try:
        socket.connect(service.ready.desk_address)
        for data in (b"", b"\xff\x00", b"[]", msgspec.msgpack.encode({"v": 1})):
            socket.send(data)
        socket.send(
            desk_wire.write_up(desk_wire.Submit(id=5, name="TakeCase", body=b"\xc0"))
        )
        answer = desk_wire.read_down(socket.recv())
        assert isinstance(answer, desk_wire.Refusal)
        assert (answer.id, answer.reason) == (5, "bad_command")
        socket.send(desk_wire.write_up(desk_wire.Ask(id=6, name="os", body=b"")))
        answer = desk_wire.read_down(socket.recv())
        assert isinstance(answer, desk_wire.Refusal)
        assert answer.reason == "unknown_question"
    finally:
        socket.close()
        context.term()
    assert desk.do(report()).number == desk.board.number


@given(st.sampled_from(sorted(desk_wire.COMMANDS)), st.binary(max_size=100))
def test_any_bytes_as_a_command_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(Refused):
        desk_wire.read_command(name, data)


def test_a_slow_follower_loses_nothing(
    home: Home, service: Service, desk: Desk
) -> None:
    slow = Desk(home, service.ready, name="slow")
    try:
        for _ in range(30):
            desk.client.submit(report())
        until(lambda: len(desk.board.cases) == 30, "all at one desk")
        until(lambda: slow.board.cases == desk.board.cases, "all at the other")
        assert slow.numbers == sorted(set(slow.numbers))
    finally:
        slow.client.close()


def test_it_ends_while_things_are_on_their_way(
    home: Home, service: Service, tmp_path: Path
) -> None:
    desk = Desk(home, service.ready)
    futures = [desk.client.submit(report()) for _ in range(20)]
    desk.client.close()
    for future in futures:
        assert future.done()
    again = Desk(home, service.ready)
    try:
        until(lambda: len(again.board.cases) == 20, "each was done once")
    finally:
        again.client.close()
