"""A click does what stood under it, once: no second one, no other button, no slip."""

from collections.abc import Callable

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from window_kit import raise_alarm

from console.main_window import MainWindow
from console.panels.action_bar import ActionBar
from dispatch.cases import CaseState
from dispatch.commands import RecordMoment, SendUnit

LEFT = Qt.MouseButton.LeftButton
RIGHT = Qt.MouseButton.RightButton
Where = tuple[QWidget, QPoint]


def on_step(window: MainWindow) -> Where:
    return window.case.step, QPoint(200, 30)


def on_bar(window: MainWindow) -> Where:
    bar = window.panels["action_bar"]
    assert isinstance(bar, ActionBar)
    bar.renew()
    bar.grab()
    return bar, bar._boxes[0][0].center().toPoint()


def on_strip(window: MainWindow) -> Where:
    window.strip.grab()
    box = next(box for box, name in window.strip._boxes if name == "open_worst")
    return window.strip, box.center().toPoint()


def on_home(window: MainWindow) -> Where:
    window.case.home.grab()
    return window.case.home, window.case.home._boxes[0][0].center().toPoint()


def acted(kit: DeskKit) -> tuple[int | None, int]:
    """Return what is open, and how much was asked by a hand."""
    asked = [c for c in kit.client.submitted if not isinstance(c, RecordMoment)]
    return kit.desk.open_case_id, len(asked)


def sent(kit: DeskKit) -> bool:
    return any(isinstance(each, SendUnit) for each in kit.client.submitted)


@pytest.mark.parametrize("where", [on_step, on_bar])
def test_a_double_click_takes_a_case_and_sends_nobody(
    qtbot, kit: DeskKit, window: MainWindow, where: Callable[[MainWindow], Where]
):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    widget, point = where(window)
    QTest.mouseClick(widget, LEFT, pos=point)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    where(window)  # painted anew: the same pixels say whom to send
    QTest.mouseDClick(widget, LEFT, pos=point)
    QTest.mouseRelease(widget, LEFT, pos=point)
    assert not sent(kit)
    assert kit.desk.actions.pending(case_id) is None


@pytest.mark.parametrize("where", [on_step, on_bar, on_strip, on_home])
@pytest.mark.parametrize("way", ["right", "slipped", "dragged here"])
def test_only_a_whole_click_of_the_left_button_counts(
    qtbot,
    kit: DeskKit,
    window: MainWindow,
    where: Callable[[MainWindow], Where],
    way: str,
):
    case_id = raise_alarm(qtbot, kit)
    if where is on_home:
        kit.desk.actions.run("step")
        qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
        kit.desk.open_case(None)
    elif where is not on_strip:
        kit.desk.open_case(case_id)
    widget, point = where(window)
    before = acted(kit)
    outside = QPoint(point.x(), widget.height() - 1)
    if way == "right":
        QTest.mouseClick(widget, RIGHT, pos=point)
    elif way == "slipped":
        QTest.mousePress(widget, LEFT, pos=point)
        QTest.mouseRelease(widget, LEFT, pos=outside)
    else:
        QTest.mousePress(widget, LEFT, pos=outside)
        QTest.mouseRelease(widget, LEFT, pos=point)
    assert acted(kit) == before
    QTest.mouseClick(widget, LEFT, pos=point)
    assert acted(kit) != before


def test_what_changed_under_the_button_is_not_done(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    kit.desk.actions.run("step")
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    step, point = on_step(window)
    QTest.mousePress(step, LEFT, pos=point)
    kit.desk.highlight_next_unit()
    QTest.mouseRelease(step, LEFT, pos=point)
    assert not sent(kit)


def test_a_second_click_does_not_put_away_what_the_first_one_showed(
    window: MainWindow,
):
    put_away: list[bool] = []
    page = window.keys_page
    page.put_away.connect(lambda: put_away.append(True))
    QTest.mouseDClick(page, LEFT, pos=QPoint(50, 50))
    QTest.mouseRelease(page, LEFT, pos=QPoint(50, 50))
    assert not put_away
    QTest.mouseClick(page, LEFT, pos=QPoint(50, 50))
    assert put_away
