"""Ctrl+D: what an AI box believes to see is not so."""

from dataclasses import replace
from datetime import timedelta

from case_panel_kit import picture
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import START, DeskKit
from PySide6.QtCore import Qt
from window_kit import press, raise_alarm

from console.main_window import MainWindow
from console.seen import PictureShows
from dispatch.cases import CaseState
from dispatch.commands import EnrolDevice, Photo
from dispatch.people import SYSTEM

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def seen(qtbot, kit: DeskKit) -> int:
    like = kit.board.devices["SD-12-301"]
    box = replace(like, device_id="AI-1", kind="ai_box", public_key="b" * 40)
    kit.client.do(EnrolDevice(actor=SYSTEM, device=box))
    qtbot.waitUntil(lambda: "AI-1" in kit.board.devices)
    photo = Photo(
        name="1.jpg", media_type="image/jpeg", data=picture(), taken_at=kit.clock()
    )
    said = {"source": "banner@1203", "text": "横幅 1203"}
    kit.alarm("AI-1", "B009", **said, photos=(photo,))
    qtbot.waitUntil(lambda: bool(kit.board.alarms))
    return max(kit.board.cases)


def test_one_key_voids_what_a_box_saw_wrongly(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    case_id = seen(qtbot, kit)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: kit.desk.open_case_id == case_id)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    shows = kit.desk.picture_shows
    qtbot.waitUntil(lambda: shows._of is not None)
    kit.clock.go(seconds=1)
    press(window, Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.VOIDED)
    assert kit.board.cases[case_id].outcome == "false_alarm"


def test_of_a_smoke_detector_it_asks_as_ever(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    press(window, Key.Key_D, CTRL)
    assert kit.desk.actions.pending(case_id) is None
    assert kit.board.cases[case_id].state is not CaseState.VOIDED


def test_without_its_picture_looked_at_it_asks(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    case_id = seen(qtbot, kit)
    kit.desk.open_case(case_id)
    kit.desk.picture_shows.begin()
    press(window, Key.Key_D, CTRL)
    assert window.case.choice() is not None, "as F8 does"
    assert kit.desk.actions.pending(case_id) is None


def test_a_picture_was_looked_at_with_the_alarm_that_stood_there() -> None:
    now = [START]
    shows = PictureShows(lambda: now[0])
    shows.paint(7, 1)
    assert shows.seen(7) is None, "it stands there for no time yet"
    now[0] += timedelta(seconds=1)
    shows.paint(7, 2)  # its picture goes on, an alarm came
    assert shows.seen(7) == 1
    assert shows.seen(8) is None
    shows.begin()
    assert shows.seen(7) is None
