"""The parts of a case agree with each other: head and clocks, state and people."""

from dataclasses import replace

import pytest
from case_panel_kit import cells, finished, opened, picture, until
from case_panel_kit import panel as panel
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DeskKit
from layout_check import Watch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console import words
from console.case_marks import marks
from console.panels.case import CasePanel
from console.panels.case_contacts import ContactQuestion
from console.panels.case_head import time_look
from console.panels.case_people import PeopleView
from console.panels.deed_form import DeedForm
from console.shapes import TimeLook
from dispatch.case_commands import (
    AnswerHelp,
    AssignCase,
    CallForce,
    MoveForce,
    Reinforce,
)
from dispatch.cases import CaseState
from dispatch.commands import ArriveCase, DepartCase, EnrolDevice, SignCase
from dispatch.numbers import NoteNumbers
from dispatch.people import SYSTEM
from dispatch.queueing import due_at
from dispatch.units import UnitStatus


def test_the_head_and_the_clock_want_the_same(qtbot, kit: DeskKit, panel: CasePanel):
    case = kit.board.cases[opened(qtbot, kit)]
    assert case.severity == 1
    kit.desk.actions.run("step")
    until(qtbot, kit, case.case_id, CaseState.FILED)
    case = kit.board.cases[case.case_id]
    for seconds in (0, 59, 2, 600):
        kit.clock.go(seconds=seconds)
        _, late = cells(panel, kit)["Sent"]
        assert (time_look(case, kit.clock()) is TimeLook.INVERSE) == late
        assert (due_at(case) < kit.clock()) == late
    assert late


def test_a_row_of_the_head_is_painted_whole_or_not_at_all(
    qtbot, kit: DeskKit, panel: CasePanel
):
    opened(qtbot, kit)
    head = panel.head
    labels = [label for label, _ in head.facts()]
    wanted = head.sizeHint().height()
    for height, whole in ((wanted, len(labels)), (wanted - 20, len(labels) - 1)):
        head.setFixedHeight(height)
        with Watch() as watch:
            head.grab()
        said = [each.text for each in watch.painted]
        assert [label for label in labels if label in said] == labels[:whole]


def read(kit: DeskKit) -> list[str]:
    """Return whose numbers were written down as read, in that order."""
    told = [c for c in kit.client.submitted if isinstance(c, NoteNumbers)]
    return [owner.ref for each in told for owner in each.owners]


def without_terminal(qtbot, kit: DeskKit, unit_id: str) -> None:
    """Nobody but a telephone reaches them."""
    device = replace(kit.board.devices[f"T{unit_id}"], revoked=True)
    kit.client.do(EnrolDevice(actor=SYSTEM, device=device))
    qtbot.waitUntil(lambda: kit.board.devices[f"T{unit_id}"].revoked)


def test_numbers_of_helpers_are_written_down_as_they_are_painted(qtbot, kit: DeskKit):
    """At a case of a department too; in a low window one row, and one number read."""
    people = PeopleView(kit.desk)
    qtbot.addWidget(people)
    people.low = True
    people.show()
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    department = AssignCase(
        actor=kit.desk.actor,
        case_id=case_id,
        action="assign",
        department="市场监管所",
    )
    kit.client.do(department)
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    kit.clock.go(seconds=5)  # the hand has left those who could be sent
    kit.desk._on_second()
    qtbot.waitUntil(lambda: not kit.desk.people.rows)
    free = [
        unit.unit_id
        for unit in kit.board.units.values()
        if unit.phone and unit.status is UnitStatus.FREE
    ][:2]
    for unit_id in free:
        without_terminal(qtbot, kit, unit_id)
        helps = Reinforce(actor=kit.desk.actor, case_id=case_id, unit_id=unit_id)
        kit.client.do(helps)
        qtbot.waitUntil(lambda one=unit_id: read(kit)[-1:] == [one])
        ((_name, said),) = people.forces()
        assert kit.board.units[unit_id].phone in said
    assert read(kit) == free
    people.low = False
    assert len(people.forces()) == 2
    assert read(kit) == [*free, free[0]], "there is room for it again"


def test_after_a_recall_head_and_clock_count_anew(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    kit.clock.go(minutes=5)
    kit.desk.actions.run("recall")
    until(qtbot, kit, case_id, CaseState.FILED)
    case = kit.board.cases[case_id]
    for seconds, wanted in ((30, False), (31, True)):
        kit.clock.go(seconds=seconds)
        value, late = cells(panel, kit)["Sent"]
        assert late is wanted
        assert (time_look(case, kit.clock()) is TimeLook.INVERSE) is wanted
        assert (due_at(case) < kit.clock()) is wanted
    assert value == "waiting 6 min 01 s", "the figure still counts from the signal"


@pytest.mark.parametrize("again", [False, True])
def test_a_late_sending_stays_late_once_it_is_made(
    qtbot, kit: DeskKit, panel: CasePanel, again: bool
):
    case_id = opened(qtbot, kit)
    kit.clock.go(seconds=40)  # filed late, so that it may be sent within the minute
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    kit.clock.go(seconds=40)
    assert cells(panel, kit)["Sent"][1]
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    if again:
        kit.desk.actions.run("recall")
        until(qtbot, kit, case_id, CaseState.FILED)
        kit.clock.go(seconds=40)
        kit.desk.actions.run("send")
        until(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert cells(panel, kit)["Sent"][1] is not again


def test_who_reported_done_is_not_called_free(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    sent = panel.people.sent()
    assert sent is not None
    assert panel.people.doing(sent) == words.unit_status(sent.status)
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.field(kind, case_id, sent.unit_id)
    kit.finish(case_id, sent.unit_id, picture())
    until(qtbot, kit, case_id, CaseState.FEEDBACK)
    qtbot.waitUntil(lambda: kit.board.units[sent.unit_id].status is UnitStatus.FREE)
    sent = panel.people.sent()
    assert sent is not None
    assert panel.people.doing(sent) == "Reported done"


def test_reinforcements_stand_below_whoever_was_sent_with_their_times(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    for say in (SignCase, ArriveCase):
        kit.field(say, case_id, "W01")
    until(qtbot, kit, case_id, CaseState.ON_SCENE)
    kit.desk.actions.run("reinforce")
    form = panel.more.shown
    assert isinstance(form, DeedForm)
    (unit_id, _name), *_ = form.deed.fields[0].choices
    assert isinstance(unit_id, str)
    without_terminal(qtbot, kit, unit_id)
    form.confirm.click()
    qtbot.waitUntil(lambda: len(panel.people.forces()) == 1)
    assert kit.board.units[unit_id].case_id == case_id
    kit.client.do(CallForce(actor=kit.desk.actor, case_id=case_id, force="119"))
    kit.clock.go(minutes=3)
    arrive = MoveForce(
        actor=kit.desk.actor, case_id=case_id, action="force_arrive", force="119"
    )
    kit.client.do(arrive)
    kit.clock.go(minutes=9)
    name = kit.board.units[unit_id].name
    number = kit.board.units[unit_id].phone
    assert number
    helper = f"please telephone: {number} · helping · called 12 min ago"
    qtbot.waitUntil(
        lambda: (
            panel.people.forces()
            == [
                (name, helper),
                ("Fire brigade 119", "there for 9 min"),
            ]
        )
    )
    assert read(kit) == [unit_id], "whose number stood there is written down"
    asked_for = ContactQuestion(kit.desk, panel).of(kit.board.cases[case_id])
    assert unit_id in [each.owner.ref for each in asked_for], "and F9 has it"
    panel.people.resize(560, panel.people.height())
    with Watch() as watch:
        panel.people.grab()
    assert any(number in each.shown for each in watch.painted), (
        "cut, if at all, after it"
    )
    asked = next(e for e in kit.board.entries(case_id) if e.action == "reinforce")
    delegate = panel.log.itemDelegate()
    assert delegate.lines(asked)[1] == "No terminal: to be told by telephone"
    come = MoveForce(
        actor=kit.desk.actor, case_id=case_id, action="force_arrive", force=unit_id
    )
    kit.client.do(come)
    qtbot.waitUntil(lambda: "there for" in dict(panel.people.forces())[name])
    assert number not in dict(panel.people.forces())[name]
    sent = panel.people.sent()
    assert sent is not None
    assert panel.people.doing(sent) == "On scene 12 min"
    assert panel.people.silent_for() is not None
    kit.place("W01", CENTRE)
    qtbot.waitUntil(lambda: panel.people.silent_for() is None)


def test_a_helper_s_row_follows_what_their_terminal_says(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    helps = Reinforce(actor=kit.desk.actor, case_id=case_id, unit_id="W02")
    kit.client.do(helps)
    name = kit.board.units["W02"].name
    kit.clock.go(minutes=1)

    def says(action: str, row: str, **more: object) -> None:
        kit.field(AnswerHelp, case_id, "W02", action=action, call=1, **more)
        kit.clock.go(minutes=1)
        qtbot.waitUntil(lambda: panel.people.forces() == [(name, row)])

    waits = [(name, "not yet signed · helping · called 1 min ago")]
    qtbot.waitUntil(lambda: panel.people.forces() == waits)
    assert read(kit) == [], "a terminal tells them, nobody need read the number"
    says("force_sign", "helping · signed 1 min ago")
    says("force_depart", "helping · under way for 1 min")
    says("force_arrive", "helping · there for 1 min")
    says("force_return", "handed back 1 min ago · 另有急事", text="另有急事")
    case = kit.board.cases[case_id]
    assert (case.state, case.unit_id) == (CaseState.DISPATCHED, "W01")
    assert "help handed back" in marks(kit.desk, case)
    lines = [panel.log.itemDelegate().lines(e) for e in kit.board.entries(case_id)]
    assert any(head.startswith("Helper handed back") for head, _ in lines)
    assert any(text == "另有急事" for _, text in lines)


def test_while_the_alarm_stands_no_outcome_is_chosen_beforehand(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = finished(qtbot, kit, restored=False)
    kit.desk.actions.run("next")
    until(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    kit.desk.actions.run("close")
    choice = panel.choice()
    assert choice is not None
    qtbot.waitUntil(choice.hasFocus)
    assert choice.picked is None
    QTest.keyClick(choice, Qt.Key.Key_Return)  # handled would be refused
    assert panel.choice() is choice
