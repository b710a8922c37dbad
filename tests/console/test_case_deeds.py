"""More steps of a case: exactly those that may be done, each by one form, by keyboard."""

from dataclasses import fields, replace
from datetime import UTC, date
from types import SimpleNamespace

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, START, DeskKit, type_text
from PySide6.QtCore import Qt
from window_kit import SHIFT, press, raise_alarm

from console.case_deeds import (
    DEEDS,
    KEYED,
    STRAIGHT,
    deed_of,
    offered,
    read_date,
    refusal_of,
)
from console.case_marks import marks
from console.deed_choices import mains, meeting
from console.main_window import MainWindow
from console.panels.case_more import DeedMenu
from console.panels.deed_form import DeedForm
from dispatch.alarms import Alarm
from dispatch.board import Board
from dispatch.case_commands import RequestSuspension, TurnCase
from dispatch.case_states import TRANSITIONS, CaseState
from dispatch.case_turns import PLAIN
from dispatch.cases import Case
from dispatch.commands import SignCase
from dispatch.grids import Grid
from dispatch.meetings import Meeting, line_of
from dispatch.people import Actor, Role
from dispatch.profiles import load_taxonomy
from dispatch.taxonomy import AdmitRule
from dispatch.units import Unit

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CASE = Case(
    case_id=7,
    number="3304211112611230417",
    version=3,
    state=CaseState.NEW,
    category="6002",
    severity=3,
    place_name="丁栅老街",
    point=CENTRE,
    opened_at=START,
    standard_id="6002-1",
)


def desk_of(*roles: Role) -> SimpleNamespace:
    """Return as much of a desk as the rules ask."""
    return SimpleNamespace(
        actor=Actor("李敏", "2号席", frozenset(roles)),
        clock=lambda: START,
        zone=UTC,
        actions=SimpleNamespace(taxonomy=load_taxonomy()),
        board=Board(),
        bridge=SimpleNamespace(stations=frozenset()),
        suggestions=[],
    )


def test_a_case_may_be_joined_to_one_of_a_kindred_kind() -> None:
    desk = desk_of(Role.ACCEPTOR)
    kindred = replace(CASE, case_id=8, number="3304211112611230418", category="6003")
    apart = replace(CASE, case_id=9, number="3304211112611230419", category="1002")
    desk.board.cases.update({each.case_id: each for each in (CASE, kindred, apart)})
    assert [each.case_id for each in mains(desk, CASE)] == [8]


def test_of_the_roles_of_a_town_none_is_left_out() -> None:
    desk = desk_of(Role.DISPATCHER)
    people = [Unit(unit_id=f"W{n:02}", name="某人", role=f"角色{n}") for n in range(11)]
    desk.board.units.update({each.unit_id: each for each in people})
    (whom, *_) = deed_of(desk, replace(CASE, state=CaseState.FILED), "dispatch").fields
    assert {text.split(":")[0] for _, text in whom.choices} == {u.role for u in people}


@pytest.mark.parametrize("action", ["assign", "hand_on"])
def test_a_department_that_only_a_station_names_can_be_chosen(action: str) -> None:
    desk = desk_of(Role.DISPATCHER, Role.DEPARTMENT)
    state = CaseState.FILED if action == "assign" else CaseState.DISPATCHED
    case = replace(CASE, state=state, department="综合执法队")

    def choices() -> set[str]:
        (whom, *_) = deed_of(desk, case, action).fields
        return {name for name, _ in whom.choices}

    before = choices()
    desk.bridge.stations = frozenset({"市场监管所", "新区驻点"})
    assert choices() - before == {"新区驻点"}, "and none twice"
    taxonomy = desk.actions.taxonomy
    admits = (AdmitRule(to="新区驻点", categories=("10",)),)
    desk.actions.taxonomy = replace(
        taxonomy, rules=replace(taxonomy.rules, admits=admits)
    )
    (whom, *_) = deed_of(desk, case, action).fields
    warned = {name for name, text in whom.choices if text != name}
    assert warned == {"新区驻点"}, "it may be sent there, and that is said before"


def test_two_who_lead_come_before_who_works_the_own_leader_first() -> None:
    desk = desk_of(*Role)
    lead = desk.actions.taxonomy.directing_roles[0]
    people = [Unit(unit_id=f"L{n:02}", name="某人", role=lead) for n in range(12)]
    people += [
        Unit(unit_id="W1", name="某人", role="专职网格员"),
        Unit(unit_id="Z9", name="某人", role="网格长"),
    ]
    desk.board.units.update({each.unit_id: each for each in people})
    code = "330421111001001"
    desk.board.grids[code] = Grid(
        code=code, name="第一网格", level="grid", leader_unit_id="Z9"
    )
    deed = deed_of(desk, replace(CASE, grid_code=code), "urgent_direct")
    first, second, third, *_ = [unit_id for unit_id, _ in deed.fields[0].choices]
    assert (first, third) == ("Z9", "W1")
    assert second.startswith("L")


def test_where_the_last_one_free_has_gone_that_is_said() -> None:
    desk = desk_of(Role.DISPATCHER)
    case = replace(CASE, state=CaseState.HANDLING, unit_id="W1")
    busy = Unit(unit_id="W2", name="某人", role="专职网格员", case_id=9)
    desk.board.units["W2"] = replace(busy, case_id=None)
    assert refusal_of(desk, case, "reinforce") is None
    desk.board.units["W2"] = busy
    for action, reason in (("reinforce", "no_unit"), ("force_arrive", "force")):
        refused = refusal_of(desk, case, action)
        assert refused is not None
        assert refused.reason == reason, "no word of choosing a case"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (CaseState.CLOSED, "done too late"),
        (CaseState.FORCE_CLOSED, "done too late"),
        (CaseState.MERGED, "overdue"),
        (CaseState.TRANSFERRED, "overdue"),
        (CaseState.VOIDED, "overdue"),
    ],
)
def test_only_what_was_done_was_done_too_late(state: CaseState, said: str) -> None:
    late = replace(CASE, state=state, course=replace(CASE.course, overdue=True))
    assert marks(desk_of(), late) == [said]


def test_every_transition_is_a_deed_or_has_its_own_key():
    assert set(DEEDS) | STRAIGHT == set(TRANSITIONS)
    assert not set(DEEDS) & STRAIGHT
    assert set(KEYED) <= set(DEEDS)


STANDING = Alarm(
    alarm_id=1,
    device_id="S1",
    category=CASE.category,
    severity=2,
    place_name="",
    point=CENTRE,
    first_at=START,
    last_at=START,
    acknowledged_at=START,
    case_id=CASE.case_id,
)


def test_by_hand_is_restored_what_stands_and_nothing_else() -> None:
    desk = desk_of(Role.SHIFT_LEADER)
    refused = refusal_of(desk, CASE, "restore_by_hand")
    assert refused is not None
    assert refused.reason == "nothing_active"
    desk.board.alarms[1] = STANDING
    assert refusal_of(desk, CASE, "restore_by_hand") is None
    (why,) = deed_of(desk, CASE, "restore_by_hand").fields
    assert (why.name, why.needed) == ("text", True)


def test_what_cries_is_shelved_with_an_end_and_a_reason() -> None:
    desk = desk_of(Role.SHIFT_LEADER)
    refused = refusal_of(desk, CASE, "shelve")
    assert refused is not None
    assert refused.reason == "nothing_active"
    desk.board.alarms[1] = replace(STANDING, severity=2)
    assert refusal_of(desk, CASE, "shelve") is None
    until, why = deed_of(desk, CASE, "shelve").fields
    assert [minutes for minutes, _words in until.choices] == [30, 60, 240, 480]
    assert (why.name, why.needed) == ("text", True)
    desk.board.alarms[1] = replace(STANDING, severity=1)
    refused = refusal_of(desk, CASE, "shelve")
    assert refused is not None
    assert refused.reason == "shelve_grave"
    not_shelved = refusal_of(desk, CASE, "unshelve")
    assert not_shelved is not None
    assert not_shelved.reason == "not_shelved"


@pytest.mark.parametrize("state", CaseState)
def test_what_is_offered_is_what_the_table_allows(state: CaseState):
    plain = {action for action in DEEDS if PLAIN.get(action, "") is None}
    for role in Role:
        # Where it was merged from: nothing is parted that was not joined.
        before = replace(CASE.course, before=CaseState.NEW)
        case = replace(CASE, state=state, course=before)
        desk = desk_of(role)
        desk.board.alarms[1] = STANDING
        found = set(offered(desk, case))
        allowed = {
            action
            for action in DEEDS
            if state in TRANSITIONS[action].starts and role in TRANSITIONS[action].roles
        }
        assert found <= allowed
        assert found & plain == allowed & plain


def test_who_asked_does_not_decide_and_nothing_is_decided_unasked():
    case = replace(CASE, state=CaseState.HANDLING)
    asked = replace(case, course=replace(case.course, asked="suspend"))
    decides = {"approve_suspend", "refuse_suspend"}
    assert not decides & set(offered(desk_of(Role.DISPATCHER), case))
    assert "request_suspend" in offered(desk_of(Role.DEPARTMENT), case)
    assert "request_suspend" not in offered(desk_of(Role.DEPARTMENT), asked)
    refuses = offered(desk_of(Role.DISPATCHER), asked)
    assert refuses[0] == "refuse_suspend", "its date is not known: it is not granted"


def test_a_form_asks_for_what_the_command_needs():
    case = replace(CASE, state=CaseState.HANDLING)
    desk = desk_of(*Role)
    given = {"actor", "command_id", "case_id", "seen", "action"}
    for action, command in (
        ("request_suspend", RequestSuspension),
        ("rework", TurnCase),
    ):
        deed = deed_of(desk, case, action)
        asked = [field.name for field in deed.fields]
        assert asked == [f.name for f in fields(command) if f.name not in given]
        assert not deed.careful
    assert [f.needed for f in deed_of(desk, case, "expedite").fields] == [False]
    forced = deed_of(desk, case, "force_close")
    assert forced.careful
    assert [field.name for field in forced.fields] == ["text", "typed"]
    sat = deed_of(desk, case, "mediate")
    assert [(field.name, field.needed) for field in sat.fields] == [
        *(("participants", True), ("text", True), ("agreement", True)),
        *(("follow_up", False), ("due_at", False)),
    ]
    assert sat.fields[4].goes_with == "follow_up", "no date of nothing"
    assert sat.fields[2].first is None, "nobody agrees by a key too many"
    kept = line_of(
        Meeting(
            participants="张三",
            decision="各让一步",
            agreement="written",
            follow_up="回访",
        )
    )
    said = "张三 · 各让一步 · Agreement: Written · What follows: 回访"
    assert meeting(kept) == said
    card = replace(case, course=replace(case.course, supervision=100))
    assert deed_of(desk, card, "supervise").fields[0].first == 2, "the next one up"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2026-12-08", date(2026, 12, 8)),
        ("12-08", date(2026, 12, 8)),
        ("12/8", date(2026, 12, 8)),
        ("01-05", date(2027, 1, 5)),
        ("+15", date(2026, 12, 8)),
        ("13-40", None),
        ("soon", None),
        ("", None),
        ("+99999999999", None),
    ],
)
def test_dates_as_they_are_typed(typed: str, found: date | None):
    assert read_date(typed, date(2026, 11, 23)) == found


def signed(qtbot, kit: DeskKit, window: MainWindow) -> int:
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    kit.field(SignCase, case_id, "W01")
    until(qtbot, kit, case_id, CaseState.HANDLING)
    return case_id


def until(qtbot, kit: DeskKit, case_id: int, state: CaseState) -> None:
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is state)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)


def test_asked_decided_and_closed_by_force_by_keyboard(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = signed(qtbot, kit, window)
    bar = window.action_bar
    qtbot.waitUntil(lambda: "Ctrl+M More steps" in bar.texts())
    press(window, Key.Key_M, CTRL)
    menu = window.case.more.shown
    assert isinstance(menu, DeedMenu)
    qtbot.waitUntil(menu.buttons[0].hasFocus)
    at = menu.offers.index("request_suspend")
    press(window, getattr(Key, f"Key_{at + 1}"))
    form = window.case.more.shown
    assert isinstance(form, DeedForm)
    assert form.editors["until"].value() == date(2026, 12, 8)
    line = form.editors["text"]
    qtbot.waitUntil(line.hasFocus)
    press(window, Key.Key_Return)
    assert form.message.text() == "Still missing: Reason."
    press(window, Key.Key_Up)
    form.editors["until"].setText("昨天")
    press(window, Key.Key_Return)
    assert "A date from tomorrow until 2027-11-23" in form.message.text()
    form.editors["until"].setText("12-20")
    type_text(line, "种植季节")
    press(window, Key.Key_Escape)  # back to the menu; the words are kept
    press(window, getattr(Key, f"Key_{at + 1}"))
    form = window.case.more.shown
    assert form.editors["text"].value() == "种植季节"
    assert bar.texts()[0].startswith("⏎ Ask to suspend #")
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].course.asked == "suspend")
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    assert window.case.more.shown is None
    assert window.case.head.facts()[0] == (
        "To decide",
        "suspension until 12-08  Ctrl+M",
    )
    press(window, Key.Key_M, CTRL)
    assert window.case.more.shown.offers[:2] == ("approve_suspend", "refuse_suspend")
    press(window, Key.Key_Return)
    press(window, Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.SUSPENDED)
    assert dict(window.case.head.facts())["Marks"] == "suspended until 12-08"

    press(window, Key.Key_F8, SHIFT)
    form = window.case.more.shown
    assert isinstance(form, DeedForm)
    type_text(form.editors["text"], "权属单位注销")
    press(window, Key.Key_Return)
    qtbot.waitUntil(form.editors["typed"].hasFocus)
    type_text(form.editors["typed"], "Close")
    press(window, Key.Key_Return)
    assert "cannot be taken back" in form.message.text()
    type_text(form.editors["typed"], " by force")
    press(window, Key.Key_Return)
    assert form.confirm.hasFocus()
    assert kit.board.cases[case_id].state is CaseState.SUSPENDED
    press(window, Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.FORCE_CLOSED)
    assert not kit.desk.actions.allowed("more")
