"""What an operator may do, what it asks, and how it is answered."""

from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK, DeskKit
from PySide6.QtGui import QKeySequence

from console.action_rules import worst_alarm
from console.action_table import ACTIONS
from console.keys import keypad_keys
from console.step_rules import case_step, step_name
from dispatch.cases import CaseState
from dispatch.commands import (
    AcknowledgeAlarm,
    ArriveCase,
    CloseCase,
    DepartCase,
    RecordMoment,
    Refused,
    ReportCase,
    SendUnit,
    SignCase,
    TakeCase,
)
from dispatch.people import Actor, Role


def raise_alarm(qtbot, kit: DeskKit) -> int:
    known = set(kit.board.cases)
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.cases) > len(known))
    return next(iter(set(kit.board.cases) - known))


def wait_state(qtbot, kit: DeskKit, case_id: int, state: CaseState) -> None:
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is state)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)


def test_two_keys_from_alarm_to_dispatched(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    actions = kit.desk.actions
    assert actions.run("step")  # opens and takes
    assert kit.desk.open_case_id == case_id
    assert actions.pending(case_id) is not None
    # The second key does not wait for the first one's answer.
    assert actions.run("send")
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert kit.board.cases[case_id].unit_id == "W01"
    assert kit.board.cases[case_id].owner == DESK.name
    assert worst_alarm(kit.desk) is None
    sent = [c for c in kit.client.submitted if isinstance(c, SendUnit)]
    assert len(sent) == 1


def test_the_person_in_the_button_is_the_one_sent(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    kit.desk.actions.run("choose_next")
    chosen = kit.desk.highlighted_unit_id
    name = kit.board.units[chosen].name
    assert kit.desk.actions.action("send").text(kit.desk).endswith(name)
    kit.desk.actions.run("send")
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert kit.board.cases[case_id].unit_id == chosen


def test_the_highlight_stays_while_order_changes(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    assert kit.desk.highlighted_unit_id == "W01"
    kit.place("W02", CENTRE)  # now by far the nearest
    qtbot.waitUntil(lambda: kit.desk.suggestions[0].unit.unit_id == "W02")
    assert kit.desk.highlighted_unit_id == "W01"


def test_only_what_is_allowed_stands_in_the_bar(qtbot, kit: DeskKit):
    def bar() -> list[str]:
        return [action.name for action in kit.desk.actions.in_bar()]

    assert bar() == ["new_report"]
    case_id = raise_alarm(qtbot, kit)
    assert bar() == ["step", "acknowledge", "quiet", "new_report"]
    kit.desk.open_case(case_id)
    kit.desk.actions.run("step")
    wait_state(qtbot, kit, case_id, CaseState.FILED)
    assert {"send", "contact", "note"} <= set(bar())
    assert "close" in bar(), "a false alarm is void"
    assert not {"recall", "next", "acknowledge"} & set(bar())
    kit.desk.actions.run("send")
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert "recall" in bar()
    assert "send" not in bar()


def test_the_whole_job(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    actions = kit.desk.actions
    actions.run("step")
    wait_state(qtbot, kit, case_id, CaseState.FILED)
    actions.run("step")
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert actions.refusal("step") is not None  # now others have to do something
    kit.restore()
    for kind, state in (
        (SignCase, CaseState.HANDLING),
        (DepartCase, CaseState.EN_ROUTE),
        (ArriveCase, CaseState.ON_SCENE),
    ):
        kit.field(kind, case_id, "W01")
        wait_state(qtbot, kit, case_id, state)
    kit.finish(case_id, "W01", b"\xff\xd8\xff")
    wait_state(qtbot, kit, case_id, CaseState.FEEDBACK)
    actions.run("next")
    wait_state(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    with qtbot.waitSignal(actions.wanted) as asked:
        actions.run("step")  # closing asks for an outcome, it never guesses one
    assert asked.args == ["close"]
    actions.close_case(kit.board.cases[case_id], "false_alarm", opinion="油烟")
    wait_state(qtbot, kit, case_id, CaseState.CLOSED)
    assert kit.board.cases[case_id].outcome == "false_alarm"
    assert case_step(kit.board.cases[case_id]) is None


def test_recall_until_signed(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    actions = kit.desk.actions
    actions.run("step")
    actions.run("send")
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert "王建国" in actions.action("recall").text(kit.desk)
    actions.run("recall")
    wait_state(qtbot, kit, case_id, CaseState.FILED)


def test_a_worse_alarm_comes_before_the_next_step(qtbot, kit: DeskKit):
    first = raise_alarm(qtbot, kit)
    kit.desk.actions.run("step")
    wait_state(qtbot, kit, first, CaseState.FILED)
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    kit.desk.actions.run("step")
    assert kit.desk.open_case_id != first


def test_acknowledge_without_opening(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.actions.run("acknowledge")
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is None)
    assert kit.desk.open_case_id is None
    assert kit.board.cases[case_id].state is CaseState.NEW
    assert isinstance(kit.client.submitted[-1], AcknowledgeAlarm)


def test_pending_then_waiting_then_done(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    kit.client.lose()
    kit.desk.open_case(case_id)
    kit.desk.actions.run("take")
    pending = kit.desk.actions.pending(case_id)
    assert pending is not None
    assert not pending.waits(kit.clock())
    kit.clock.go(seconds=3)
    assert pending.waits(kit.clock())
    assert kit.desk.actions.refusal("take").reason == "pending"
    kit.client.find_again()
    wait_state(qtbot, kit, case_id, CaseState.FILED)


def test_someone_else_was_faster(qtbot, kit: DeskKit):
    """The refusal stands at the case until the next key, and is told once."""
    case_id = raise_alarm(qtbot, kit)
    kit.client.lose()
    kit.desk.open_case(case_id)
    kit.desk.actions.run("take")
    other = Actor("赵雷", "1号席", DESK.roles)
    kit.client.do(TakeCase(actor=other, case_id=case_id))
    with qtbot.waitSignal(kit.desk.refused) as told:
        kit.client.find_again()
    assert told.args[0] == case_id
    assert told.args[1].reason == "version"
    standing = kit.desk.actions.standing_refusal(case_id)
    assert standing is not None
    qtbot.waitUntil(lambda: kit.board.cases[case_id].owner == "赵雷")
    kit.desk.actions.run("send")
    assert kit.desk.actions.standing_refusal(case_id) is None


def test_old_refusals_go(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    assert not kit.desk.actions.run("recall")
    assert kit.desk.actions.standing_refusal(case_id) is not None
    kit.clock.go(seconds=61)
    kit.desk.second.emit()
    assert kit.desk.actions.standing_refusal(case_id) is None


def test_a_refusal_goes_when_its_case_goes_on(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    assert not kit.desk.actions.run("recall")
    kit.desk.actions.acknowledge(worst_alarm(kit.desk))
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is None)
    kit.desk.actions.refuse_here(case_id, "recall", Refused("changed", "by another"))
    version = kit.board.cases[case_id].version
    kit.clock.go(seconds=5)
    kit.client.do(TakeCase(actor=DESK, case_id=case_id))
    qtbot.waitUntil(lambda: kit.board.cases[case_id].version > version)
    assert kit.desk.actions.standing_refusal(case_id) is None


def test_a_closed_case_needs_its_alarm_acknowledged(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    actions = kit.desk.actions
    actions.run("step")
    actions.run("send")
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.field(kind, case_id, "W01")
    kit.restore()
    kit.finish(case_id, "W01", b"\xff\xd8\xff")
    wait_state(qtbot, kit, case_id, CaseState.FEEDBACK)
    kit.alarm()  # it smokes again
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is not None)
    actions.run("next")
    wait_state(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    assert actions.refusal("close").reason == "alarm_unacknowledged"
    assert not any(isinstance(c, CloseCase) for c in kit.client.submitted)
    assert step_name(kit.desk) == "acknowledge", "the keypad's Enter does it"
    actions.run("step")
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is None)
    assert step_name(kit.desk) == "close"


def test_roles_are_asked_before_the_service(qtbot, tmp_path):
    kit = DeskKit(tmp_path, actor=Actor("小周", "3号席", frozenset({Role.ACCEPTOR})))
    try:
        kit.start(qtbot)
        case_id = raise_alarm(qtbot, kit)
        kit.desk.open_case(case_id)
        refused = kit.desk.actions.refusal("take")
        assert refused.reason == "role"
        assert "shift_leader" in str(refused.details["roles"])
        assert kit.desk.actions.refusal("send").reason == "role"
        names = [action.name for action in kit.desk.actions.in_bar()]
        assert "send" not in names
        assert "new_report" in names
    finally:
        kit.close()


def test_reports_come_back_with_their_case(qtbot, kit: DeskKit):
    with qtbot.waitSignal(kit.desk.actions.reported) as told:
        kit.desk.actions.report(
            category="1002", place_name="桃源", point=CENTRE, channel="hotline"
        )
    kit.desk.open_when_there(told.args[0])
    qtbot.waitUntil(lambda: kit.desk.open_case_id == told.args[0])
    qtbot.waitUntil(lambda: len(kit.desk.actions.ledger) == 0)
    assert isinstance(kit.client.submitted[-1], ReportCase)
    # One key sends, taking the case with it.
    kit.desk.actions.run("send")
    wait_state(qtbot, kit, told.args[0], CaseState.DISPATCHED)


def test_moments_are_recorded_once(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    for _ in range(3):
        kit.desk.note_painted("on_screen", case_id)
        kit.desk.note_painted("first_picture", case_id)
    qtbot.waitUntil(lambda: len(kit.board.cases[case_id].clocks) >= 4)
    moments = [c for c in kit.client.submitted if isinstance(c, RecordMoment)]
    assert len(moments) == 2
    assert kit.board.cases[case_id].clocks[moments[0].moment] == kit.clock()


def test_a_case_painted_before_it_is_on_the_board_is_noted_later(qtbot, kit: DeskKit):
    kit.desk.note_painted("on_screen", 1)
    case_id = raise_alarm(qtbot, kit)
    assert case_id == 1
    kit.desk.note_painted("on_screen", 1)
    assert isinstance(kit.client.submitted[-1], RecordMoment)


def test_views_are_found_when_a_case_opens(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    with qtbot.waitSignal(kit.desk.views_changed):
        kit.desk.open_case(case_id)
    assert len(kit.desk.views) == 6
    assert kit.desk.views[0].camera_id in ("1203", "1207")


def test_keys_are_those_of_the_design_and_never_clash():
    keys = {action.name: action.keys for action in ACTIONS}
    keypad = {action.name: action.keypad for action in ACTIONS}
    assert keys["new_report"] == ("F2",)
    assert keys["parked_report"] == ("Shift+F2",)
    assert keys["send"] == ("F6",)
    assert keys["recall"] == ("Shift+F6",)
    assert keys["next"] == ("F7",)
    assert keys["close"] == ("F8",)
    assert keys["contact"] == ("F9",)
    assert keys["enlarge"] == ("F11",)
    assert keys["note"] == ("Ctrl+N",)
    assert "Ctrl+Return" in keys["acknowledge"]
    assert keypad["step"] == ("Num+Enter",)
    assert keypad["send"] == ("Num++",)
    assert keypad["acknowledge"] == ("Num+-",)
    assert keypad["choose_next"] == ("Shift+Num++",)
    bound = [
        QKeySequence(text).toString() for action in ACTIONS for text in action.keys
    ]
    assert len(bound) == len(set(bound))
    pressed = [keypad_keys(text) for action in ACTIONS for text in action.keypad]
    assert len(pressed) == len(set(pressed))
    kept_free = {"F10", "Ctrl+Space", "Alt+A", "Ctrl+Alt+A", "Alt+F4", "Ctrl+."}
    assert not kept_free & set(bound)
