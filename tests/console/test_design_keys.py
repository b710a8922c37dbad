"""Every key of the design that belongs to the line: it exists, acts, stands under F1."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_kit import KEYPAD, SHIFT, press, raise_alarm

from console.main_window import MainWindow
from console.panels.keys_page import KeysPage
from dispatch.cases import CaseState

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Does = Callable[[DeskKit, MainWindow], bool]


@dataclass(frozen=True)
class Row:
    """A key of the design.

    Attributes:
        cap: As it stands on the page.
        keys: What is pressed, in turn.
        done: Whether it was done.
        first: What has to be so before: "", "alarm", "case", "sent", "form", "parked".
    """

    cap: str
    keys: tuple[tuple[Key, Qt.KeyboardModifier], ...]
    done: Does
    first: str = "case"


def row(cap: str, key: Key, modifiers=NONE, *, first: str = "case") -> Callable:
    return lambda done: Row(cap, ((key, modifiers),), done, first)


def state(kit: DeskKit) -> CaseState:
    return kit.board.cases[max(kit.board.cases)].state


def focused(window: MainWindow, panel) -> bool:
    found = QApplication.focusWidget()
    return found is not None and (panel is found or panel.isAncestorOf(found))


TABLE = [
    row("Keypad ⏎", Key.Key_Enter, KEYPAD, first="alarm")(
        lambda kit, window: kit.desk.open_case_id is not None
    ),
    row("Keypad +", Key.Key_Plus, KEYPAD)(
        lambda kit, window: state(kit) is CaseState.DISPATCHED
    ),
    row("Keypad Shift +", Key.Key_Plus, KEYPAD | SHIFT)(
        lambda kit, window: kit.desk.highlighted_unit_id == "W02"
    ),
    row("Keypad −", Key.Key_Minus, KEYPAD, first="alarm")(
        lambda kit, window: window.strip.shown() is None
    ),
    row("*", Key.Key_Asterisk, KEYPAD)(
        lambda kit, window: window.pictures.shown[0] not in (None, "1203")
    ),
    row("Keypad /", Key.Key_Slash, KEYPAD)(
        lambda kit, window: window.map.canvas.selection is not None
    ),
    row("0–9 ⏎", Key.Key_7, KEYPAD, first="")(
        lambda kit, window: window.pictures.plate.typed == "7"
    ),
    row("Keypad .", Key.Key_Period, KEYPAD)(
        lambda kit, window: kit.desk.open_case_id is None
    ),
    row("F1", Key.Key_F1)(lambda kit, window: window.keys_page.isVisible()),
    row("F2", Key.Key_F2)(lambda kit, window: window.form.isVisible()),
    row("Shift+F2", Key.Key_F2, SHIFT, first="parked")(
        lambda kit, window: window.form.isVisible()
    ),
    row("F4", Key.Key_F4)(lambda kit, window: focused(window, window.map)),
    row("F5", Key.Key_F5)(lambda kit, window: window.pictures.shown[0] == "1203"),
    row("F6", Key.Key_F6)(lambda kit, window: state(kit) is CaseState.DISPATCHED),
    row("Shift+F6", Key.Key_F6, SHIFT, first="sent")(
        lambda kit, window: state(kit) is CaseState.FILED
    ),
    row("F7", Key.Key_F7, first="untaken")(
        lambda kit, window: state(kit) is CaseState.FILED
    ),
    row("F9", Key.Key_F9)(lambda kit, window: window.case.choice() is not None),
    row("F11", Key.Key_F11)(lambda kit, window: window.pictures.enlarged),
    row("Esc", Key.Key_Escape)(lambda kit, window: kit.desk.open_case_id is None),
    row("Pause", Key.Key_Pause, first="alarm")(
        lambda kit, window: bool(kit.desk.sounds.silent_for())
    ),
    row("Ctrl+⏎", Key.Key_Return, CTRL, first="alarm")(
        lambda kit, window: window.strip.shown() is None
    ),
    Row(
        "N",
        ((Key.Key_4, ALT), (Key.Key_N, NONE)),
        lambda kit, window: kit.board.cameras["1203"].wrong_since is not None,
    ),
    row("Ctrl+N", Key.Key_N, CTRL)(lambda kit, window: window.case.note.isVisible()),
    row("Ctrl+S", Key.Key_S, CTRL, first="form")(
        lambda kit, window: "place is missing" in window.form._message.text()
    ),
    row("Ctrl+,", Key.Key_Comma, CTRL)(
        lambda kit, window: window.panels["settings_page"].isVisible()
    ),
    row("Alt+←", Key.Key_Left, ALT, first="put away")(
        lambda kit, window: kit.desk.open_case_id is not None
    ),
    row("Alt+1  2  3", Key.Key_1, ALT)(
        lambda kit, window: focused(window, window.lanes.now_view)
    ),
    row("Alt+1  2  3", Key.Key_2, ALT)(
        lambda kit, window: focused(window, window.lanes.due_view)
    ),
    row("Alt+1  2  3", Key.Key_3, ALT)(
        lambda kit, window: focused(window, window.case)
    ),
    row("Alt+4  5  6", Key.Key_4, ALT)(
        lambda kit, window: focused(window, window.pictures)
    ),
    row("Alt+4  5  6", Key.Key_5, ALT)(lambda kit, window: focused(window, window.map)),
    row("Alt+4  5  6", Key.Key_6, ALT)(
        lambda kit, window: focused(window, window.case.people)
    ),
]


def prepare(qtbot, kit: DeskKit, window: MainWindow, first: str) -> None:
    if first in ("", "form", "parked"):
        if first:
            kit.desk.actions.run("new_report")
        if first == "parked":
            window.form.reporter.setText("x")
            press(window, Key.Key_Escape)
        return
    case_id = raise_alarm(qtbot, kit)
    if first == "alarm":
        return
    if first == "untaken":
        kit.desk.open_case(case_id)
        return
    kit.desk.actions.run("step")
    qtbot.waitUntil(lambda: state(kit) is CaseState.FILED)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    if first == "sent":
        kit.desk.actions.run("send")
        qtbot.waitUntil(lambda: state(kit) is CaseState.DISPATCHED)
        qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    if first == "put away":
        press(window, Key.Key_Escape)


@pytest.mark.parametrize("wanted", TABLE, ids=lambda row: row.cap + row.first)
def test_the_key_does_what_the_design_says(
    qtbot, kit: DeskKit, window: MainWindow, wanted: Row
):
    prepare(qtbot, kit, window, wanted.first)
    assert not wanted.done(kit, window) or wanted.cap in ("F5", "Alt+1  2  3")
    for key, modifiers in wanted.keys:
        press(window, key, modifiers)
    qtbot.waitUntil(lambda: wanted.done(kit, window))


def test_every_key_stands_on_the_page(qtbot, kit: DeskKit):
    page = KeysPage(kit.desk)
    qtbot.addWidget(page)
    page.show_all()
    caps = {cap for line in page.shown_lines() for cap in line.caps}
    assert {row.cap for row in TABLE} <= caps


def test_the_way_back_and_forward_again(qtbot, kit: DeskKit, window: MainWindow):
    first = raise_alarm(qtbot, kit)
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    second = max(kit.board.cases)
    kit.desk.open_case(first)
    kit.desk.open_case(second)
    press(window, Key.Key_Left, ALT)
    assert kit.desk.open_case_id == first
    assert not kit.desk.actions.allowed("looked_before")
    press(window, Key.Key_Right, ALT)
    assert kit.desk.open_case_id == second
    press(window, Key.Key_Escape)
    press(window, Key.Key_Left, ALT)
    assert kit.desk.open_case_id == second


def test_a_number_nobody_has_says_so(qtbot, kit: DeskKit, window: MainWindow):
    before = window.pictures.shown
    for digit in "12":
        press(window, getattr(Key, f"Key_{digit}"), KEYPAD)
    tile = window.pictures.focused_tile
    assert window.pictures.content(tile).typed_name == "…"
    press(window, Key.Key_Enter, KEYPAD)
    content = window.pictures.content(tile)
    assert (content.typed, content.typed_name) == ("12", "No camera has this number")
    assert window.pictures.shown == before
    press(window, Key.Key_7, KEYPAD)
    assert window.pictures.plate.typed == "7"


def test_what_enter_does_is_said_before_it_is_pressed(
    qtbot, kit: DeskKit, window: MainWindow
):
    bar = window.panels["action_bar"]
    case_id = raise_alarm(qtbot, kit)
    qtbot.waitUntil(lambda: "⏎ Open and take" in bar.texts())
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: state(kit) is CaseState.FILED)
    qtbot.waitUntil(lambda: "⏎ F6 Send 王建国" in bar.texts())
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    # Walked to another row, the main Enter opens that; the keypad's still steps.
    window.lanes.focus_now()
    view, model = window.lanes.now_view, window.lanes.now_model
    kit.clock.go(seconds=10)  # no hand on the lane: the new row may come in
    qtbot.waitUntil(lambda: len(model.rows()) == 2)
    press(window, Key.Key_Home)
    if model.rows()[view.currentIndex().row()].case_id == case_id:
        press(window, Key.Key_Down)
    assert "Keypad ⏎ Open and take" in bar.texts()
    assert not window.lanes.now_view.enter_steps()
    window.pictures.setFocus()
    assert "Keypad ⏎ Open and take" in bar.texts()
