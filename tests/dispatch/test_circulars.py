"""群发: each person once, by every way that reaches them, and the log says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from bus_kit import DESK, Kit, refusal

from dispatch.circulars import (
    MOST_NAMED,
    MOST_TEXT,
    TEMPLATES,
    CircularsOf,
    SendCircular,
    Sent,
    filled,
)
from dispatch.commands import ImportTown
from dispatch.desk_wire import read_command, write_command
from dispatch.history import answer
from dispatch.notices import ACCEPTED, NoteDelivery, Told
from dispatch.notify.book import Notifier, Template
from dispatch.numbers import COPIED, UNIT, NoteNumbers, NumberOf
from dispatch.people import SYSTEM, Role
from dispatch.profiles import load_taxonomy
from dispatch.questions import NumberLog
from dispatch.units import Unit

SMS = Notifier(
    name="短信",
    kind="sms",
    url="https://sms.example/send",
    template=Template(fields={"to": "{phone}", "say": "{text}"}),
)
HOOK = Notifier(name="大屏", kind="webhook", url="https://town.example/say")
PHONES = {"W01": "138 0000 0001", "W02": "13800000002", "W04": "13800000001"}


class Town(Kit):
    """A kit with people who have numbers, and with ways to reach them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        units = tuple(
            Unit(unit_id=unit_id, name=unit_id, role="网格员", phone=phone)
            for unit_id, phone in PHONES.items()
        )
        self.bus.handle(ImportTown(actor=DESK, units=units))
        self.ways: tuple[Notifier, ...] = (SMS, HOOK)
        self.bus = self.new_bus(notifiers=lambda: self.ways)
        self.case_id = self.report()

    def circular(
        self, *units: str, text: str = "请集合", **more: object
    ) -> SendCircular:
        said = {"actor": DESK, "case_id": self.case_id, "at": self.clock(), **more}
        return SendCircular(**said, units=units, text=text)  # type: ignore[arg-type]

    def sent(self) -> list[tuple[str, str, str]]:
        found: tuple[Sent, ...] = answer(CircularsOf(case_id=self.case_id), self.store)
        return sorted((each.unit_id, each.way, each.state) for each in found)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


def test_each_is_told_once_and_the_log_says_whom_and_what(town: Town) -> None:
    version = town.case(town.case_id).version
    asker = replace(DESK, roles=SendCircular.needs)
    circular = town.circular("W01", "W02", "W01", "W03", actor=asker)
    said = read_command(*write_command(circular))
    assert town.bus.handle(said).value == 2
    assert town.bus.handle(circular).duplicate, "the same command counts once"
    waiting = [("", "大屏"), ("W01", "短信"), ("W02", "短信")]
    assert town.sent() == [(*each, "waiting") for each in waiting]
    entry = town.board().entries(town.case_id)[-1]
    assert (entry.action, entry.text) == ("circular", "W01、W02 · 请集合")
    assert town.case(town.case_id).version == version, "it keeps nobody from the case"


def test_a_number_that_two_share_is_told_once(town: Town) -> None:
    town.bus.handle(town.circular("W01", "W04"))
    assert town.sent()[1:] == [("W01", "短信", "waiting")]


def test_what_became_of_it_is_known_and_only_failures_fill_the_log(town: Town) -> None:
    town.bus.handle(town.circular("W01"))
    lines = len(town.board().entries(town.case_id))
    told = Told(notice_id=1, case_id=town.case_id, unit_id="W01")
    note = NoteDelivery(actor=SYSTEM, notices=(told,), letter_id="1", state=ACCEPTED)
    town.bus.handle(note)
    assert town.sent()[1] == ("W01", "短信", ACCEPTED)
    assert len(town.board().entries(town.case_id)) == lines


def test_what_cannot_be_said_is_refused(town: Town) -> None:
    assert refusal(town, town.circular("W01", text=" ")).reason == "circular_empty"
    long = town.circular("W01", text="长" * (MOST_TEXT + 1))
    assert refusal(town, long).reason == "circular_long"
    assert refusal(town, town.circular()).reason == "circular_nobody"
    assert refusal(town, town.circular("W03")).reason == "circular_no_number"
    old = town.circular("W01", at=town.clock() - timedelta(minutes=11))
    assert refusal(town, old).reason == "circular_late"
    others = replace(DESK, roles=frozenset({Role.ACCEPTOR}))
    assert refusal(town, town.circular("W01", actor=others)).reason == "role"
    town.ways = (HOOK,)
    assert refusal(town, town.circular("W01")).reason == "circular_no_way"
    assert town.sent() == []


def test_a_template_names_place_kind_and_number_and_says_of_a_drill(town: Town) -> None:
    case = replace(town.case(town.case_id), reporter_name="张桂英", drill=True)
    for template in TEMPLATES:
        text = filled(template, case, load_taxonomy())
        assert text.startswith("演练 ")
        assert case.place_name in text
        assert case.number in text
        assert "张" not in text
        assert len(text) <= MOST_TEXT


def test_many_are_counted_in_the_log(town: Town) -> None:
    units = tuple(
        Unit(unit_id=f"V{n}", name=f"V{n}", role="志愿者", phone=f"1390000{n:04}")
        for n in range(MOST_NAMED + 2)
    )
    town.bus.handle(ImportTown(actor=DESK, units=units))
    town.bus.handle(town.circular(*(each.unit_id for each in units)))
    text = town.board().entries(town.case_id)[-1].text
    assert text == "V0、V1、V2、V3、V4、V5等8人 · 请集合"


def test_a_number_read_without_a_case_is_written_down_too(town: Town) -> None:
    owner = NumberOf(kind=UNIT, ref="W01")
    look = NoteNumbers(
        actor=DESK, case_id=0, owners=(owner,), deed=COPIED, at=town.clock()
    )
    town.bus.handle(look)
    (read,) = answer(NumberLog(owner=owner), town.store)
    assert (read.actor, read.case_id, read.deed) == (DESK.name, 0, COPIED)
