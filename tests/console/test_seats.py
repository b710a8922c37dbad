"""A case changes seats: asked for, offered, answered by keys, its seconds counting."""

from collections.abc import Callable

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, DeskKit
from PySide6.QtCore import Qt
from window_kit import Key, press

from console.main_window import MainWindow
from console.panels.deed_form import DeedForm
from dispatch.case_commands import ClaimCase
from dispatch.cases import Case
from dispatch.commands import ReportCase, TakeCase
from dispatch.people import Actor, Role

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WANG = Actor("王芳", "3号席", frozenset({Role.ACCEPTOR, Role.SHIFT_LEADER}))


def test_a_case_is_asked_for_offered_and_answered_by_keys(
    qtbot, kit: DeskKit, window: MainWindow
):
    me = kit.desk.actor
    report = ReportCase(actor=me, category="6002", place_name="老街", point=CENTRE)
    case_id = int(str(kit.client.do(report).value))
    kit.client.do(TakeCase(actor=me, case_id=case_id))

    def until(true: Callable[[Case], object]) -> None:
        qtbot.waitUntil(
            lambda: (
                case_id in kit.board.cases
                and bool(true(kit.board.cases[case_id]))
                and kit.desk.actions.pending(case_id) is None
            ),
            timeout=30_000,
        )

    def theirs(action: str) -> None:
        claim = kit.board.cases[case_id].course.claim
        said = ClaimCase(
            actor=WANG,
            case_id=case_id,
            action=action,
            at=kit.clock(),
            claim_seat="" if claim is None else claim.seat,
            claim_at=None if claim is None else claim.at,
        )
        kit.client.do(said)

    def fact(label: str) -> str:
        return dict(window.case.head.facts()).get(label, "")

    # Whatever else is open here, the question stands in the top bar, and counts.
    top = window.panels["top_bar"]
    until(lambda case: case.owner_seat == me.seat)
    theirs("own_ask")
    until(lambda case: case.course.claim)
    assert "3号席 王芳 asks for" in top.notice()
    assert "in 15 s" in top.notice()
    kit.clock.go(seconds=4)
    assert "in 11 s" in top.notice()
    press(window, Key.Key_O, CTRL | SHIFT)
    until(lambda case: case.course.claim is None)
    assert top.notice() == ""
    theirs("own_ask")
    until(lambda case: case.course.claim)
    press(window, Key.Key_O, CTRL)
    until(lambda case: case.owner_seat == WANG.seat)

    # Both see who has it; what is asked here waits for them.
    kit.desk.open_case(case_id)
    assert fact("In charge") == "3号席 王芳"
    press(window, Key.Key_T, CTRL)
    until(lambda case: case.course.claim)
    assert fact("Change of seat") == f"{me.seat} {me.name} asks for it, 15 s to answer"
    assert top.notice() == "", "it is not for this seat to answer"
    press(window, Key.Key_O, CTRL)
    assert "waits for your answer" in window.case.step.refusal_text()
    theirs("own_yes")
    until(lambda case: case.owner_seat == me.seat)
    assert fact("In charge") == ""

    # Handed over on purpose: to a seat that is there, if that one agrees.
    press(window, Key.Key_T, CTRL)
    assert "no other seat is open" in window.case.step.refusal_text()
    kit.client.looking = (("3号席", 0), ("3号席", 99))
    kit.desk.lookers.renew()
    press(window, Key.Key_T, CTRL)
    form = window.case.more.shown
    assert isinstance(form, DeedForm)
    assert form.deed.fields[0].choices == (("3号席", "3号席"),)
    press(window, Key.Key_Return)
    until(lambda case: case.course.claim)
    assert fact("Change of seat") == "offered to 3号席, not answered yet"
    press(window, Key.Key_O, CTRL | SHIFT)
    until(lambda case: case.course.claim is None)
    press(window, Key.Key_T, CTRL)
    press(window, Key.Key_Return)
    until(lambda case: case.course.claim)
    theirs("own_yes")
    until(lambda case: case.owner_seat == WANG.seat)
    said = [entry.action for entry in kit.board.entries(case_id)]
    assert [each for each in said if each.startswith("own_")] == [
        *("own_ask", "own_no", "own_ask", "own_yes", "own_ask", "own_yes"),
        *("own_offer", "own_no", "own_offer", "own_yes"),
    ]


def test_the_keys_answer_what_the_notice_names_and_not_what_has_just_come(
    qtbot, kit: DeskKit, window: MainWindow
):
    me, cases = kit.desk.actor, kit.board.cases
    top = window.panels["top_bar"]
    made: list[int] = []
    for place in ("老街", "新街"):
        report = ReportCase(actor=me, category="6002", place_name=place, point=CENTRE)
        made.append(int(str(kit.client.do(report).value)))
        kit.client.do(TakeCase(actor=me, case_id=made[-1]))
        about = {"case_id": made[-1], "at": kit.clock()}
        kit.client.do(ClaimCase(actor=WANG, **about, action="own_ask"))
        qtbot.waitUntil(
            lambda: made[-1] in cases and cases[made[-1]].course.claim is not None
        )
        kit.clock.go(seconds=1)
    first, second = made

    def owners() -> list[str]:
        return [cases[case_id].owner_seat for case_id in made]

    assert "老街" in top.notice(), "it waits longer"
    kit.desk.open_case(second)
    assert "新街" in top.notice(), "the open one is what the keys answer"
    kit.clock.go(seconds=2)
    press(window, Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: owners() == [me.seat, WANG.seat])

    # Another one stands there now: the key was not meant for that.
    assert "老街" in top.notice()
    press(window, Key.Key_O, CTRL)
    assert kit.desk.actions.pending(first) is None
    assert "another change of seat" in window.case.step.refusal_text()
    press(window, Key.Key_O, CTRL | SHIFT)
    assert kit.desk.actions.pending(first) is None
    kit.clock.go(seconds=2)
    press(window, Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: owners() == [WANG.seat, WANG.seat])
