"""What goes wrong on the desk line ends in words, and in time; who looks at what."""

import sqlite3
import threading
from collections import deque
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path

import pytest
from line_parts import HERE, LI, Desk, until

from dispatch import client, desk_answers
from dispatch.cameras import Camera
from dispatch.changes import Snapshot
from dispatch.client import DeskClient
from dispatch.commands import (
    AddNote,
    Command,
    NoteView,
    OpenStream,
    Refused,
    RegisterCamera,
    ReportCase,
)
from dispatch.feed import Feed
from dispatch.keys import EnrolledKeys, make_keys
from dispatch.numbers import NoteNumbers, NumberOf
from dispatch.questions import (
    NumberLog,
    QuarantineList,
    ViewLog,
)
from dispatch.receipts import Receipt
from dispatch.secrets import SecretsError, SecretStore
from dispatch.service import Service, desk_keys, utc_now
from dispatch.store import Store, sqlite_url
from resources.home import Home

CANARY = "Kanarien#vogel/7%:@"


def report(**fields: object) -> ReportCase:
    values = {"category": "B003", "place_name": "桃源新邨", "point": HERE} | fields
    return ReportCase(actor=LI, **values)  # type: ignore[arg-type]


def refused(desk: Desk, command: object) -> Refused:
    with pytest.raises(Refused) as caught:
        desk.client.submit(command).result(10)  # type: ignore[arg-type]
    return caught.value


def far_from(service: Service, home: Home) -> DeskClient:
    """Return the line of the desk `other` while its service is not to be reached."""
    return DeskClient(
        "tcp://127.0.0.1:9",  # nobody listens there
        server_key=service.ready.server_key,
        desk_keys=desk_keys(home),
        outbox=home.data / "other.db",
        clock=utc_now,
    )


def test_what_is_open_at_a_desk_is_known_at_the_others(
    home: Home, service: Service, desk: Desk
) -> None:
    other = Desk(home, service.ready, name="other")
    one, two = ("1号席", 0), ("2号席", 0)  # at no case: it is there
    try:
        desk.client.look("1号席", 7)
        until(lambda: other.client.looking == (one, ("1号席", 7)), "who looks")
        assert desk.client.looking == (), "it is no other of itself"
        other.client.look("2号席", 7)
        until(lambda: desk.client.looking == (two, ("2号席", 7)), "at both")
        desk.client.look("1号席", None)
        until(lambda: other.client.looking == (one,), "put away")
    finally:
        other.client.close()


def test_a_log_in_that_cannot_be_read_is_a_refusal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = Camera(camera_id="1203", name="桃源北门", point=HERE)

    def locked(*_: object) -> None:
        raise SecretsError("locked")

    monkeypatch.setattr(SecretStore, "put", locked)
    monkeypatch.setattr(SecretStore, "get", locked)
    register = RegisterCamera(actor=LI, camera=camera, username="a", password="b")
    assert refused(desk, register).reason == "secrets_away"
    monkeypatch.undo()
    desk.do(register)
    monkeypatch.setattr(SecretStore, "get", locked)
    view = OpenStream(actor=LI, camera_id="1203", purpose="view")
    assert refused(desk, view).reason == "secrets_away"


def test_a_desk_taken_off_the_list_is_heard_no_more(
    home: Home, service: Service, expected_log: object
) -> None:
    expected_log("dispatch.server", "unknown key")  # type: ignore[operator]
    desk = Desk(home, service.ready)
    path = home.keys / "desks.txt"
    enrolled = path.read_bytes()
    try:
        desk.do(report())
        path.write_text("", encoding="utf-8")
        with pytest.raises(Refused):
            desk.client.ask(QuarantineList()).result(20)
        waiting = desk.client.submit(report())
        until(lambda: not desk.connected, "it is let in no more")
        store = Store(sqlite_url(home.data / "lookout.db"))
        assert len(Feed(store).snapshot().cases) == 1
        store.close()
        path.write_bytes(enrolled)
        assert waiting.result(20).value == 2
    finally:
        desk.client.close()


@pytest.mark.parametrize("damage", [b"\xef\xbb\xbf", b"\xff\xfe\xc4\xe3 a name\n"])
def test_a_list_of_desks_written_with_any_editor_is_read(
    home: Home, service: Service, desk: Desk, damage: bytes
) -> None:
    path = home.keys / "desks.txt"
    path.write_bytes(damage + path.read_bytes())
    assert desk.do(report()).value
    second = Desk(home, service.ready, name="second")
    second.client.close()
    assert service.alive


@pytest.mark.expected_log("dispatch.keys", "cannot be read")
def test_a_list_that_cannot_be_read_counts_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "desks.txt"
    key, other = make_keys().public, make_keys().public
    desks = EnrolledKeys(path)
    desks.enrol(key, "1号机")
    assert desks.admits(key)
    path.unlink()
    path.mkdir()
    assert desks.admits(key)
    with pytest.raises(OSError, match="cannot be read"):
        desks.enrol(other, "2号机")


@pytest.mark.expected_log("dispatch.server", "no snapshot")
@pytest.mark.expected_log("dispatch.following", "no snapshot")
def test_a_snapshot_that_never_came_is_asked_for_again(
    home: Home, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Feed.snapshot
    tries: list[int] = []

    def fails_once(feed: Feed) -> Snapshot:
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        return real(feed)

    monkeypatch.setattr(Feed, "snapshot", fails_once)
    desk = Desk(home, service.ready)
    try:
        assert desk.do(report()).value
    finally:
        desk.client.close()
    assert len(tries) >= 2


@pytest.mark.expected_log("dispatch.writer", "does not take anything")
def test_a_command_waits_while_the_store_is_away(
    home: Home,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(client, "RESEND_S", 0.2)
    database = sqlite3.connect(home.data / "lookout.db", isolation_level=None)
    database.execute("ALTER TABLE applied_commands RENAME TO away")
    waiting = desk.client.submit(report())
    until(lambda: "does not take anything" in caplog.text, "it is tried")
    assert not waiting.done()
    assert desk.client.link.waiting == 1
    database.execute("ALTER TABLE away RENAME TO applied_commands")
    database.close()
    assert waiting.result(20).value == 1
    until(lambda: desk.client.link.waiting == 0, "nothing waits")
    until(lambda: len(desk.board.cases) == 1, "the case is on the board, once")


@pytest.mark.expected_log("dispatch.client", "outbox does not take")
def test_a_command_the_outbox_does_not_take_is_refused(home: Home, desk: Desk) -> None:
    database = sqlite3.connect(home.data / "desk.db", isolation_level=None)
    database.execute("ALTER TABLE commands RENAME TO away")
    assert refused(desk, report()).reason == "outbox"
    database.execute("ALTER TABLE away RENAME TO commands")
    database.close()
    assert desk.do(report()).value


class LateDeque(deque[object]):
    """Takes something in only after a while, or after the line has ended."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.ended = threading.Event(), threading.Event()

    def append(self, item: object) -> None:
        self.begun.set()
        self.ended.wait(0.5)
        super().append(item)


def test_a_command_submitted_while_the_desk_closes_waits_in_the_outbox(
    home: Home, service: Service
) -> None:
    desk = Desk(home, service.ready)
    fresh = desk.client._fresh = LateDeque()  # type: ignore[assignment]
    futures: list[Future[Receipt]] = []
    late = threading.Thread(
        target=lambda: futures.append(desk.client.submit(report())), name="late"
    )
    late.start()
    assert fresh.begun.wait(10)
    desk.client.close()
    fresh.ended.set()
    late.join()
    with pytest.raises(Refused, match="closing"):
        futures[0].result(0)
    again = Desk(home, service.ready)
    try:
        until(lambda: len(again.board.cases) == 1, "it is done by the next run")
    finally:
        again.client.close()


@pytest.mark.expected_log("dispatch.client", "not understood")
def test_an_answer_that_means_nothing_still_ends_the_wait(
    service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_answers, "write_answer", lambda _answer: b"\xc1")
    with pytest.raises(Refused) as caught:
        desk.client.ask(QuarantineList()).result(10)
    assert caught.value.reason == "bad_answer"


def test_a_question_without_an_answer_ends_in_time(
    service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ANSWER_S", 0.5)
    monkeypatch.setattr(service._server, "_ask", lambda *_: None)
    with pytest.raises(Refused) as caught:
        desk.client.ask(QuarantineList()).result(10)
    assert caught.value.reason == "no_answer"


def test_an_answer_that_finds_a_full_queue_is_kept(
    service: Service, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service._server is not None
    real = service._server._send
    full = [True, True, True]

    def send(route: bytes, data: bytes) -> bool:
        if b"answer" in data and full:
            full.pop()
            return False
        return real(route, data)

    monkeypatch.setattr(service._server, "_send", send)
    assert desk.client.ask(QuarantineList()).result(10).frames == ()
    assert not full


def test_an_unknown_key_is_named_once_a_minute(
    service: Service, expected_log: object, caplog: pytest.LogCaptureFixture
) -> None:
    expected_log("dispatch.server", "unknown key")  # type: ignore[operator]
    assert service._server is not None
    for _ in range(50):
        service._server._turn_away("a key", "127.0.0.1")
    assert len([r for r in caplog.records if r.name == "dispatch.server"]) == 1


def test_secrets_never_wait_in_the_outbox(home: Home) -> None:
    client = DeskClient(
        "tcp://127.0.0.1:9",  # nobody listens there
        server_key=make_keys().public,
        desk_keys=desk_keys(home),
        outbox=home.data / "desk.db",
        clock=utc_now,
    )
    try:
        camera = Camera(camera_id="1203", name="桃源北门", point=HERE)
        for command in (
            RegisterCamera(actor=LI, camera=camera, username="admin", password=CANARY),
            OpenStream(actor=LI, camera_id="1203", purpose="view"),
        ):
            with pytest.raises(Refused) as caught:
                client.submit(command).result(10)
            assert caught.value.reason == "service_away"
        kept = client.submit(RegisterCamera(actor=LI, camera=camera))
        until(lambda: client.link.waiting == 1, "no secret, so it waits")
    finally:
        client.close()
    with pytest.raises(Refused) as caught:
        kept.result(0)
    assert caught.value.reason == "closed"
    for path in home.data.iterdir():
        assert CANARY.encode() not in path.read_bytes()


def test_a_look_that_was_told_while_nobody_listened_is_written_down_once(
    home: Home, service: Service, desk: Desk
) -> None:
    desk.do(
        RegisterCamera(actor=LI, camera=Camera(camera_id="1203", name="", point=HERE))
    )
    earlier = utc_now() - timedelta(minutes=5)
    look = NoteView(actor=LI, camera_id="1203", case_id=7, at=earlier)
    away = far_from(service, home)
    away.submit(look)
    until(lambda: away.link.waiting == 1, "it waits")
    away.close()
    back = Desk(home, service.ready, name="other")
    try:
        until(lambda: back.client.link.waiting == 0, "it was sent")
        assert back.client.submit(look).result(10).duplicate
    finally:
        back.client.close()
    desk.do(NoteView(actor=LI, camera_id="1203", at=utc_now() + timedelta(days=1)))
    newer, older = desk.client.ask(ViewLog(camera_id="1203")).result(10)
    assert (older.at, older.case_id, older.purpose) == (earlier, 7, "view")
    assert (older.actor, older.seat) == ("李文", "1号席")
    assert newer.at <= utc_now()  # nobody has looked tomorrow


def test_a_number_read_while_nobody_listened_is_written_down_without_the_number(
    home: Home, service: Service, desk: Desk
) -> None:
    number, reporter = "13800007777", NumberOf(kind="reporter")
    case_id = desk.do(report(reporter_phone=number)).value
    assert isinstance(case_id, int)
    look = NoteNumbers(actor=LI, case_id=case_id, owners=(reporter,), at=utc_now())
    away = far_from(service, home)
    away.submit(look)
    until(lambda: away.link.waiting == 1, "it waits")
    away.close()
    kept = [path.read_bytes() for path in home.data.glob("other.db*")]
    assert not any(number.encode() in each for each in kept)
    back = Desk(home, service.ready, name="other")
    try:
        until(lambda: back.client.link.waiting == 0, "it was sent")
    finally:
        back.client.close()
    (read,) = desk.client.ask(NumberLog(case_id=case_id)).result(10)
    assert (read.actor, read.seat, read.deed) == ("李文", "1号席", "shown")
    assert read.owner == reporter
    assert number not in repr(read)


def test_a_former_run_s_commands_are_sent_by_the_next(
    home: Home, service: Service, desk: Desk
) -> None:
    away = far_from(service, home)
    away.submit(report(details="早班"))
    bad = AddNote(actor=LI, case_id=999, text="无此案")
    away.submit(bad)
    until(lambda: away.link.waiting == 2, "both wait")
    away.close()
    told: list[tuple[str, Refused, Command | None]] = []
    next_run = Desk(
        home,
        service.ready,
        name="other",
        on_refused=lambda *refused: told.append(refused),
    )
    try:
        until(lambda: told, "the refusal")
        assert told[0][0] == bad.command_id
        assert told[0][2] == bad  # as it was asked: nothing typed is lost
        until(lambda: desk.board.cases, "the case")
        (case,) = desk.board.cases.values()
        assert case.details == "早班"
        until(lambda: next_run.client.link.waiting == 0, "nothing waits")
    finally:
        next_run.client.close()
