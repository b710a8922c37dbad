"""A department's station on a real service: its window, its line, its own cases only."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from console import case_deeds
from console.app import DeskRun, StationRun
from console.connecting import prepare_connected
from console.desks import find_service
from console.panels.deed_form import DeedForm
from console.panels.photo_field import PhotoField
from console.starting import Reporter
from console.theme import Theme
from dispatch.cases import CaseState
from dispatch.geo import Point
from dispatch.people import Scope
from dispatch.service import (
    desk_keys,
    enrolled_desks,
    service_keys,
    where_desks_connect,
)
from resources.home import Home

MARKET, POLICE = "市场监管所", "派出所"

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.expected_log("console", "service"),
]


@pytest.fixture
def station(own_desk, tmp_path: Path) -> Iterator[StationRun]:
    """Open the station of the market office, in a home of its own."""
    home = Home(tmp_path / "station")
    enrolled_desks(own_desk.home).enrol(desk_keys(home).public, "市监站", Scope(MARKET))
    options = Namespace(
        connect=where_desks_connect(own_desk.home),
        server_key=service_keys(own_desk.home).public,
    )
    point = find_service(home, options)
    prepared = prepare_connected(home, point, Reporter(), station=MARKET)
    run = StationRun(home, prepared, Theme())
    run.open()
    run.window.showNormal()
    run.window.resize(1366, 768)
    yield run
    run.close()
    run.window.deleteLater()
    QApplication.processEvents()


def press(window: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


def write(text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def send_to(own_desk, place: str, department: str) -> int:
    """Report, take and send to a department, through the desk's window."""
    run: DeskRun = own_desk.run
    before = set(run.board.cases)
    run.desk.actions.report(
        category="6002",
        place_name=place,
        point=Point(120.95, 30.91),
        channel="walk_in",
        details="油烟直排",
    )
    own_desk.until(lambda: set(run.board.cases) - before, "the report")
    (case_id,) = set(run.board.cases) - before
    run.desk.open_case(case_id)
    run.desk.actions.run("take")
    own_desk.until(
        lambda: run.board.cases[case_id].state is CaseState.FILED, "it is filed"
    )
    own_desk.until(lambda: run.desk.actions.allowed("more"), "the menu")
    run.desk.actions.run("more")
    menu = run.window.case.more.shown
    assert menu is not None
    menu.chosen.emit("assign")
    form = run.window.case.more.shown
    assert isinstance(form, DeedForm)
    pick = form.editors["department"]
    assert isinstance(pick, QComboBox)
    pick.setCurrentText(department)
    form.confirm.click()
    own_desk.until(
        lambda: run.board.cases[case_id].state is CaseState.DISPATCHED, "it is sent"
    )
    return case_id


def test_a_station_signs_and_feeds_back_and_sees_no_other_s_case(
    own_desk, station, tmp_path
):
    own_desk.until(lambda: station.board.heard, "the station follows")
    assert MARKET in station.window.windowTitle()
    others = send_to(own_desk, "派出所大院", POLICE)
    own = send_to(own_desk, "老街茶馆", MARKET)
    own_desk.until(lambda: own in station.board.cases, "the case at its station")
    assert others not in station.board.cases
    assert station.window.list.heads[0].count == 1

    # From the first key to the last: choose, sign, feed back with a photo.
    window, board = station.window, own_desk.run.board
    window.activateWindow()
    window.list.start()
    press(window, Qt.Key.Key_Return)
    assert station.desk.open_case_id == own
    press(window, Qt.Key.Key_F2)
    own_desk.until(
        lambda: board.cases[own].state is CaseState.HANDLING, "signed, at the desk"
    )
    own_desk.until(lambda: station.desk.actions.allowed("finish"), "the next deed")
    press(window, Qt.Key.Key_F6)
    write("已责令清洗烟道，复查合格")
    form = window.case.more.shown
    assert isinstance(form, DeedForm)
    picture, photos = (
        QImage(800, 600, QImage.Format.Format_RGB32),
        form.editors["photos"],
    )
    picture.fill(QColor("teal"))
    assert picture.save(str(tmp_path / "后.png"))
    assert isinstance(photos, PhotoField)
    photos.add([tmp_path / "后.png"])
    own_desk.until(lambda: not photos.problem(), "the photo is ready")
    press(window, Qt.Key.Key_Return)
    own_desk.until(
        lambda: board.cases[own].state is CaseState.FEEDBACK,
        "the feedback, at the desk",
    )
    entry = [each for each in board.entries(own) if each.seat][-1]
    assert (entry.seat, entry.text) == ("市监站", "已责令清洗烟道，复查合格")
    shelf = own_desk.run.window.case.log.shelf
    (ref,) = entry.photos
    own_desk.until(lambda: shelf.photo(ref) is not None, "its photo at the desk")

    # What it hands on disappears, and it may not touch it any more.
    passed = send_to(own_desk, "菜场", MARKET)
    own_desk.until(lambda: passed in station.board.cases, "the next one")
    case = station.board.cases[passed]
    said = {"department": POLICE, "text": "涉及治安"}
    case_deeds.ask(station.desk, case, "hand_on", said)
    own_desk.until(lambda: passed not in station.board.cases, "it has left")
    # Desk and station hear of it each in its own time.
    own_desk.until(lambda: board.cases[passed].department == POLICE, "whose it is now")
    case_deeds.ask(station.desk, case, "sign", {})
    own_desk.until(
        lambda: station.desk.actions.standing_refusal(passed) is not None, "the refusal"
    )
    refusal = station.desk.actions.standing_refusal(passed)
    assert refusal is not None
    assert refusal.refused.reason == "not_yours"
