"""At the desk: what may be the same thing is shown, joined by a key and parted by one."""

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, DeskKit
from PySide6.QtCore import Qt
from window_kit import press

from console.main_window import MainWindow
from console.panels.kin_view import JOIN, PART
from dispatch.cases import CaseState
from dispatch.commands import ReportCase
from dispatch.geo import moved
from dispatch.numbers import MATCHED, NoteNumbers
from dispatch.people import Actor, Role

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
OTHER = Actor("赵雷", "1号席", frozenset({Role.ACCEPTOR}))


def report(kit: DeskKit, category: str, metres: float, **more: str) -> int:
    value = kit.client.do(
        ReportCase(
            actor=OTHER,
            category=category,
            place_name="桃源农贸市场",
            point=moved(CENTRE, 140, metres),
            channel="hotline",
            **more,  # type: ignore[arg-type]
        )
    ).value
    assert isinstance(value, int)
    return value


def test_a_duplicate_is_proposed_joined_and_parted_by_keys(
    qtbot, kit: DeskKit, window: MainWindow
):
    main = report(kit, "6002", 260, reporter_phone="13800000777")
    kit.clock.go(minutes=4)
    report(kit, "1002", 260)  # of another kind: left out once a kind is chosen
    press(window, Key.Key_F2)
    form = window.form
    form.set_place("市场东门", moved(CENTRE, 140, 295))
    form.phone.setText("138 0000 0777")
    qtbot.waitUntil(lambda: len(form.kin.rows()) == 2)
    row = form.kin.rows()[0]
    assert (row.deed, row.case_id, row.chosen) == (JOIN, main, True)
    assert row.parts[:2] == ("35 m apart", "4 min between")
    assert "same caller" in row.parts
    qtbot.waitUntil(lambda: len(form.history.lines()) == 2)
    assert form.history.lines()[1][0] == "This number: 1"
    # Whose report a number was matched with is written down, as any look at a number.
    said = [each for each in kit.client.submitted if isinstance(each, NoteNumbers)]
    assert [(each.case_id, each.deed) for each in said] == [(main, MATCHED)]
    # What someone sent there must know is said while the caller is on the line.
    form.set_place("桃源新邨7幢502室", CENTRE)
    assert form.history.lines()[0] == ("Hazards", ("液化气", "独居老人"))
    form.set_place("市场东门", moved(CENTRE, 140, 295))
    qtbot.waitUntil(lambda: len(form.kin.rows()) == 2)
    window.grab()

    asked = len(kit.client.submitted)
    window.pictures.enlarge(True)
    press(window, Key.Key_J, CTRL)
    assert window.form.isVisible(), "the report was out of sight: it is shown first"
    assert not window.pictures.enlarged
    assert len(kit.client.submitted) == asked

    press(window, Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: bool(kit.board.cases[main].course.joined))
    qtbot.waitUntil(lambda: kit.desk.open_case_id == main)
    assert form.is_empty()
    (joined,) = kit.board.cases[main].course.joined
    same = kit.board.cases[joined.case_id]
    assert (same.state, same.category) == (CaseState.MERGED, "6002")
    assert same.place_name == "市场东门"
    assert window.case.kin.rows()[-1].deed == PART
    assert (
        "To call back",
        f"#{main:04} #{same.case_id:04}",
    ) in window.case.head.facts()
    window.grab()

    qtbot.waitUntil(lambda: kit.desk.actions.allowed("separate"))
    press(window, Key.Key_J, CTRL | SHIFT)
    qtbot.waitUntil(lambda: not kit.board.cases[main].course.joined)
    assert kit.board.cases[same.case_id].state is CaseState.NEW
    # It stands there again, as what was parted; the same key joins it once more.
    qtbot.waitUntil(lambda: bool(window.case.kin.rows()))
    (row,) = window.case.kin.rows()
    assert (row.case_id, row.parts[0]) == (same.case_id, "was parted before")
    qtbot.waitUntil(lambda: kit.desk.actions.allowed("join"))
    press(window, Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: bool(kit.board.cases[main].course.joined))


def test_arrows_choose_which_one_the_key_is_about(
    qtbot, kit: DeskKit, window: MainWindow
):
    nearest, next_one = report(kit, "6002", 260), report(kit, "6002", 300)
    qtbot.waitUntil(lambda: nearest in kit.board.cases)
    kit.desk.open_case(nearest)
    third = report(kit, "6003", 280)
    kin = window.case.kin
    qtbot.waitUntil(lambda: len(kin.rows()) == 2)
    order = [row.case_id for row in kin.rows()]
    assert set(order) == {next_one, third}
    assert kit.desk.same.case.chosen.case_id == order[0]
    kin.setFocus()
    press(window, Key.Key_Down)
    assert kit.desk.same.case.chosen.case_id == order[1]
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(kit.board.cases[nearest].course.joined))
    assert kit.board.cases[order[1]].state is CaseState.MERGED
