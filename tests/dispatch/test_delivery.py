"""Notices from their cause to whoever they are for: once each, whatever dies."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from bus_kit import DESK, Kit
from life_kit import EVERYONE, ask
from line_parts import LI, Desk, ServiceProcess, until

from dispatch import delivery, notices, tables
from dispatch.case_commands import SendDirect, SuperviseCase
from dispatch.cases import LogEntry
from dispatch.circulars import SendCircular
from dispatch.commands import ImportTown, RecallUnit, ReportCase, SendUnit
from dispatch.delivery import Delivery, open_notices
from dispatch.geo import Point
from dispatch.notices import SENDING, NoteDelivery, Told
from dispatch.notify.book import FILE, Notifier, NotifierBook, Template
from dispatch.notify.contract import Letter, Outcome
from dispatch.people import SYSTEM
from dispatch.secrets import SecretStore
from dispatch.units import Unit
from dispatch.writer import Writer
from resources.home import Home
from tests.gateway_kit import CUT, HANG, Gateway, free_port, gateway

CANARY = "Kanarien#vogel/7%:@"
TEMPLATE = Template(
    fields={"key": "{secret}", "to": "{phone}", "text": "{text}", "uid": "{id}"},
    accepted={"code": ("0",)},
)
PHONES = {"W01": "13800000001", "W02": "13800000002"}


class Town:
    """A kit whose notices are sent while `running`, and a home for its notifiers."""

    def __init__(self, address: str | sa.URL, home: Home) -> None:
        self.book = NotifierBook(home.data / FILE)
        self.secrets = SecretStore(home)
        self.kit = Kit(address)
        units = tuple(
            Unit(unit_id=unit_id, name=unit_id, role="专职网格员", phone=phone)
            for unit_id, phone in PHONES.items()
        )
        self.kit.bus.handle(ImportTown(actor=DESK, units=units))
        self.again()

    def again(self) -> None:
        """Begin as a service that was started anew."""
        self.kit.bus = self.kit.new_bus(notifiers=self.book.all)

    def sms(self, url: str, name: str = "sms", **more: object) -> None:
        self.secrets.put(f"notify:{name}", "", CANARY)
        notifier = Notifier(
            name=name,
            kind="sms",
            url=url,
            template=TEMPLATE,
            secret_ref=f"notify:{name}",
            **more,  # type: ignore[arg-type]
        )
        self.book.put(notifier)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        writer = Writer(self.kit.bus, self.kit.store, clock=self.kit.clock)
        sender = Delivery(
            self.kit.store,
            writer,
            book=self.book,
            secrets=self.secrets,
            clock=self.kit.clock,
        )
        try:
            yield
        finally:
            sender.close()
            writer.close()

    def send(self, unit_id: str = "W01", **more: object) -> int:
        """Have a case that somebody was sent to."""
        case_id = self.kit.report("1002", **more)
        self.kit.send(case_id, unit_id)
        return case_id

    def said(self, case_id: int) -> list[str]:
        """Return what the log of a case says of its notices."""
        entries = self.kit.board().entries(case_id)
        return [entry.text for entry in entries if entry.action == "notify"]

    def rows(self, *columns: str) -> list[tuple[object, ...]]:
        table = tables.notices
        with self.kit.store.reading() as connection:
            asked = sa.select(*(table.c[name] for name in columns)).order_by(table.c.id)
            return [tuple(row) for row in connection.execute(asked)]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "TICK_S", 0.02)
    monkeypatch.setattr(notices, "RETRY", (timedelta(0),))


@pytest.fixture
def town(store_address: str | sa.URL, home: Home) -> Iterator[Town]:
    town = Town(store_address, home)
    yield town
    town.kit.close()


@pytest.fixture
def there() -> Iterator[Gateway]:
    with gateway() as found:
        yield found


def test_whoever_is_sent_is_told_once_and_the_log_says_so(
    town: Town, there: Gateway
) -> None:
    town.sms(there.url)
    case_id = town.send()
    with town.running():
        until(lambda: town.said(case_id), "the log says so")
    assert town.said(case_id) == ["sms accepted"]
    (asked,) = there.asked
    assert asked.json["to"] == PHONES["W01"]
    assert town.kit.case(case_id).number in asked.json["text"]


def test_without_a_notifier_it_is_written_down_and_said_plainly(
    town: Town, there: Gateway
) -> None:
    case_id = town.send()
    with town.running():
        until(lambda: town.said(case_id), "the log says so")
    assert town.said(case_id) == ["log accepted no_notifier"]
    town.sms(there.url, causes=("direct",))
    town.again()
    other = town.send("W02")
    with town.running():
        until(lambda: town.said(other), "the log says so")
    assert town.said(other) == ["log accepted no_address"]
    assert there.asked == []


def test_reminders_of_one_address_are_one_message_and_never_come_again(
    town: Town, there: Gateway
) -> None:
    town.sms(there.url, "leader", to="13900000000", causes=("remind", "supervise"))
    town.again()
    cases = [town.send("W01"), town.send("W02")]
    kit = town.kit
    kit.clock.go(days=3)
    kit.keep_time()
    town.again()  # killed after the commit: the next service has nothing to add
    kit.keep_time()
    assert [row[0] for row in town.rows("cause")].count("remind") == 2
    with town.running():
        until(lambda: not _of(town, "log"), "the sendings are written down")
        assert there.asked == []
        kit.clock.go(seconds=61)
        until(lambda: all(len(town.said(each)) == 2 for each in cases), "both told")
    assert [town.said(each)[1] for each in cases] == ["sms/leader accepted"] * 2
    (asked,) = there.asked
    assert asked.json["to"] == "13900000000"
    assert asked.json["text"].startswith("共2件：\n1. 办理提醒：已到期。")
    town.again()
    with town.running():
        until(lambda: open_notices(kit.store) == [], "nothing is left")
    assert len(there.asked) == 1


def _of(town: Town, notifier: str) -> list[object]:
    return [each for each in open_notices(town.kit.store) if each.notifier == notifier]


def test_cards_direct_reports_and_recalls_are_told(town: Town, there: Gateway) -> None:
    town.book.put(Notifier(name="all", kind="webhook", url=there.url))
    town.again()
    kit = town.kit
    case_id = town.send()
    kit.bus.handle(SuperviseCase(actor=EVERYONE, case_id=case_id, level=200, text="催"))
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id))
    grave = kit.raise_case()
    kit.bus.handle(SendDirect(actor=EVERYONE, case_id=grave, unit_id="W02"))
    kit.bus.handle(ask(kit, "force_close", grave))
    assert town.rows("cause", "unit_id", "notifier") == [
        ("dispatch", "W01", "all"),
        ("supervise", "W01", "all"),
        ("recall", "W01", "all"),
        ("dispatch", "W02", "all"),
        ("direct", "", "all"),
        ("recall", "W02", "all"),
    ]
    texts = [str(row[0]) for row in town.rows("text")]
    assert texts[1].startswith("红牌督办。")
    assert texts[4].startswith("紧急直报。")


@pytest.mark.expected_log("dispatch.delivery", "sends nothing: unreachable")
def test_a_gateway_that_was_away_gets_it_when_it_is_back(town: Town) -> None:
    port = free_port()
    town.sms(f"http://127.0.0.1:{port}/send")
    town.again()
    case_id = town.send()
    with town.running():
        until(lambda: town.said(case_id), "the failure is said")
        with gateway(port) as there:
            until(lambda: len(town.said(case_id)) == 2, "it is back")
            assert len(there.asked) == 1
    assert town.said(case_id) == ["sms waiting unreachable", "sms accepted"]


@pytest.mark.expected_log("dispatch.delivery", "sends nothing: unreachable")
def test_what_comes_too_late_is_given_up(town: Town) -> None:
    town.sms(f"http://127.0.0.1:{free_port()}/send")
    town.again()
    case_id = town.send()
    with town.running():
        until(lambda: town.said(case_id), "the failure is said")
        town.kit.clock.go(minutes=31)
        until(lambda: len(town.said(case_id)) == 2, "it is given up")
    assert town.said(case_id)[1] == "sms given_up unreachable"


def test_a_task_does_not_wait_behind_circulars(
    town: Town, there: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.sms(there.url)
    town.again()
    case_id = town.kit.report("1002")
    at = town.kit.clock()
    town.kit.bus.handle(
        SendCircular(
            actor=DESK, case_id=case_id, units=tuple(PHONES), text="请集合", at=at
        )
    )
    causes: list[str] = []
    attempt = delivery.attempt

    def attempted(letter: Letter, notifier: Notifier, secrets: SecretStore) -> Outcome:
        causes.append(letter.items[0].cause)
        if len(causes) == 1:  # while the first of them is on its way
            town.kit.send(case_id, "W01")
        return attempt(letter, notifier, secrets)

    monkeypatch.setattr(delivery, "attempt", attempted)
    with town.running():
        until(lambda: len(there.asked) == 3, "all three")
    assert causes == ["circular", "dispatch", "circular"]


def test_what_is_refused_is_not_tried_again(town: Town, there: Gateway) -> None:
    there.answer = (200, f'{{"code":22,"msg":"模板不匹配 {CANARY}"}}')
    town.sms(there.url)
    town.again()
    case_id = town.send()
    with town.running():
        until(lambda: town.said(case_id), "the refusal is said")
    (said,) = town.said(case_id)
    assert said.startswith("sms failed answer ")
    assert "模板不匹配" in said
    assert CANARY not in said
    assert len(there.asked) == 1


def test_in_doubt_it_is_sent_again_only_where_it_counts_once(
    town: Town, there: Gateway
) -> None:
    there.answer = CUT
    town.sms(there.url, "plain")
    town.sms(there.url, "keyed", once=True)
    town.again()
    case_id = town.send()
    with town.running():
        until(lambda: len(town.said(case_id)) == 2, "both are in doubt")
        there.answer = (200, '{"code":0}')
        until(lambda: len(town.said(case_id)) == 3, "one was sent again")
    said = town.said(case_id)
    assert said[0] == "sms/plain uncertain broken"
    assert said[1] == "sms/keyed waiting broken"
    assert said[2] == "sms/keyed accepted"
    plain, *keyed = [asked.json["uid"] for asked in there.asked]
    assert len(keyed) >= 2
    assert len(set(keyed)) == 1
    assert plain not in keyed


def test_what_was_being_sent_when_a_service_died_is_uncertain(
    town: Town, there: Gateway
) -> None:
    town.sms(there.url, "plain")
    town.sms(there.url, "keyed", once=True)
    town.again()
    case_id = town.send()
    for number, each in enumerate(open_notices(town.kit.store)):
        told = Told(notice_id=each.notice_id, case_id=case_id, unit_id="W01")
        town.kit.bus.handle(
            NoteDelivery(
                actor=SYSTEM,
                notices=(told,),
                letter_id=f"{number}" * 32,
                state=SENDING,
            )
        )
    with town.running():
        until(lambda: len(town.said(case_id)) == 2, "both are seen to")
    assert sorted(town.said(case_id)) == [
        "sms/keyed accepted",
        "sms/plain uncertain crash",
    ]
    assert [asked.json["uid"] for asked in there.asked] == ["1" * 32]


def test_a_notifier_that_was_removed_gives_its_notices_up(town: Town) -> None:
    town.sms("https://sms.example/")
    town.again()
    case_id = town.send()
    town.book.remove("sms")
    with town.running():
        until(lambda: town.said(case_id), "it is said")
    assert town.said(case_id) == ["sms given_up removed"]


@pytest.mark.expected_log("dispatch.delivery", "notifier sms failed")
def test_a_fault_of_a_way_stops_no_other_and_tells_no_secret(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def bug(*_: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(delivery, "attempt", bug)
    town.sms("https://sms.example/")
    town.again()
    case_id = town.send()
    with town.running():
        until(lambda: town.said(case_id), "it is said")
    assert town.said(case_id) == ["sms uncertain fault"]
    assert CANARY not in caplog.text


def notified(desk: Desk, case_id: int) -> list[LogEntry]:
    return [e for e in desk.board.entries(case_id) if e.action == "notify"]


def test_a_service_killed_while_it_sends_never_sends_twice(
    home: Home, there: Gateway
) -> None:
    there.answer = HANG
    SecretStore(home).put("notify:sms", "", CANARY)
    NotifierBook(home.data / FILE).put(
        Notifier(
            name="sms",
            kind="sms",
            url=there.url,
            template=TEMPLATE,
            secret_ref="notify:sms",
        )
    )
    process = ServiceProcess(home)
    desk = Desk(home, process.ready)
    try:
        unit = Unit(
            unit_id="W01", name="王建国", role="专职网格员", phone="13800000001"
        )
        desk.do(ImportTown(actor=LI, units=(unit,)))
        report = ReportCase(
            actor=LI, category="1002", place_name="老街", point=Point(120.95, 30.91)
        )
        case_id = desk.do(report).value
        assert isinstance(case_id, int)
        desk.do(SendUnit(actor=LI, case_id=case_id, unit_id="W01"))
        until(lambda: there.asked, "the gateway is asked")
        process.kill()
        there.answer = (200, '{"code":0}')
        there.released.set()
        process.again()
        until(lambda: notified(desk, case_id), "the next one says what it knows")
        (line,) = notified(desk, case_id)
        assert line.text == "sms uncertain crash"
        desk.do(RecallUnit(actor=LI, case_id=case_id))
        until(lambda: len(notified(desk, case_id)) == 2, "the next message goes out")
    finally:
        desk.client.close()
        assert process.close() == 0
    first, second = there.asked
    assert first.json["uid"] != second.json["uid"]
    assert "任务撤回" in second.json["text"]
    for path in home.root.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path
