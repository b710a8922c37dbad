"""The window of a station: its lists, five deeds by key, and what it says in words."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_kit import CENTRE, DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.fit_photo import fit_photo
from console.panels.deed_form import DeedForm
from console.panels.photo_field import PhotoField
from console.station_table import DEEDS, STATION_ACTIONS
from console.station_window import StationWindow
from dispatch.case_commands import AssignCase
from dispatch.case_log import PHOTO_BYTES
from dispatch.cases import CaseState
from dispatch.commands import ReportCase, TakeCase
from dispatch.people import SYSTEM, Actor, Role, Scope
from dispatch.queueing import station_lanes

MARKET, POLICE = "市场监管所", "派出所"
WHO = Actor("小张", "市监站", frozenset({Role.DEPARTMENT}), Scope(MARKET))
Key = Qt.Key


def sent(kit: DeskKit, place: str = "丁栅老街23号", category: str = "6002") -> int:
    report = ReportCase(
        actor=SYSTEM,
        category=category,
        place_name=place,
        point=CENTRE,
        details="油烟直排，居民多次反映",
        reporter_name="王芳",
        reporter_phone="13800000399",
    )
    case_id = int(str(kit.client.do(report).value))
    kit.client.do(TakeCase(actor=SYSTEM, case_id=case_id))
    kit.client.do(
        AssignCase(actor=SYSTEM, case_id=case_id, action="assign", department=MARKET)
    )
    return case_id


@pytest.fixture
def kit(qtbot: Any, tmp_path: Path) -> Iterator[DeskKit]:
    made = DeskKit(tmp_path, actor=WHO)
    made.start(qtbot)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: Any, kit: DeskKit) -> StationWindow:
    made = StationWindow(kit.desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    return made


def until(qtbot: Any, true: Callable[[], object]) -> None:
    qtbot.waitUntil(true, timeout=30_000)  # a machine may have other things to do


def press(window: StationWindow, key: Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def enabled(window: StationWindow) -> list[str]:
    return [name for name, each in window.deeds.buttons.items() if each.isEnabled()]


def test_five_deeds_have_five_keys_of_their_own():
    keys = [key for action in STATION_ACTIONS for key in action.keys]
    assert len(set(keys)) == len(keys)
    assert list(DEEDS) == ["sign", "return", "request_extend", "hand_on", "finish"]


def test_a_case_is_opened_signed_for_and_fed_back_with_keys_alone(
    qtbot, kit, window, tmp_path
):
    home = window.case.home
    assert MARKET in home.title.text()
    assert window.list.heads[0].count == 0
    assert not enabled(window)
    empty = home.text.text()
    case_id = sent(kit)
    until(qtbot, lambda: window.list.heads[0].count == 1)
    assert home.text.text() != empty
    press(window, Key.Key_Return)
    assert kit.desk.open_case_id == case_id
    assert enabled(window) == ["sign", "return", "hand_on"]
    assert window.case.step.step()[::2] == ("F2", True)

    # What may not be done yet is said in words, and nothing is asked.
    asked = len(kit.client.submitted)
    press(window, Key.Key_F6)
    assert window.case.step.refusal_text()
    assert len(kit.client.submitted) == asked
    # Under a page it is not signed for: the page gives way, the next press signs.
    kit.desk.actions.run("settings")
    press(window, Key.Key_F2)
    assert window.case.head.isVisible()
    assert "press again" in window.case.step.refusal_text()
    assert len(kit.client.submitted) == asked
    press(window, Key.Key_F2)
    until(qtbot, lambda: kit.board.cases[case_id].state is CaseState.HANDLING)
    until(qtbot, lambda: enabled(window)[-1:] == ["finish"])
    assert window.list.heads[1].count == 1

    press(window, Key.Key_F6)
    form = window.case.more.shown
    assert isinstance(form, DeedForm)
    press(window, Key.Key_Return)
    assert form.message.isVisible(), "what was done is missing"
    type_text(QApplication.focusWidget(), "已责令清洗，复查合格")
    photos = form.editors["photos"]
    assert isinstance(photos, PhotoField)
    large = QImage(3000, 2000, QImage.Format.Format_RGB32)
    large.fill(QColor("teal"))
    file, broken = tmp_path / "现场 {1}.png", tmp_path / "坏.jpg"
    large.save(str(file))
    broken.write_bytes(b"no picture")
    photos.add([file, broken])
    until(qtbot, lambda: not photos.problem())
    assert "坏.jpg" in photos.names.text()
    press(window, Key.Key_Return)
    until(qtbot, lambda: kit.board.cases[case_id].state is CaseState.FEEDBACK)
    entry = kit.board.entries(case_id)[-1]
    assert (entry.text, entry.seat) == ("已责令清洗，复查合格", "市监站")
    assert [photo.name for photo in entry.photos] == ["现场 {1}.jpg"]
    assert window.list.heads[2].count == 1


def test_what_is_handed_on_names_a_department_and_a_reason(qtbot, kit, window):
    case_id = sent(kit)
    until(qtbot, lambda: case_id in kit.board.cases)
    kit.desk.open_case(case_id)
    press(window, Key.Key_F5)
    form = window.case.more.shown
    assert isinstance(form, DeedForm)
    names = [text for _, text in form.deed.fields[0].choices]
    assert MARKET not in names
    assert {POLICE, "生态环保办"} <= set(names)
    for _ in range(names.index(POLICE) + 1):
        press(window, Key.Key_Right)
    assert form.values()["department"] == POLICE
    press(window, Key.Key_Return)
    type_text(QApplication.focusWidget(), "涉及治安")
    press(window, Key.Key_Return)
    until(qtbot, lambda: kit.board.cases[case_id].department == POLICE)
    assert kit.board.cases[case_id].state is CaseState.DISPATCHED


def test_lists_are_what_is_new_in_hand_and_done(qtbot, kit):
    first, second = sent(kit), sent(kit, "桃源农贸市场")
    until(qtbot, lambda: second in kit.board.cases)
    new, in_hand, done = station_lanes(kit.board, kit.clock(), Scope(MARKET))
    assert {row.case_id for row in new} == {first, second}
    assert (in_hand, done) == ([], [])


def test_a_photo_is_small_enough_and_keeps_nothing_of_its_file(tmp_path):
    noisy = QImage(2400, 1800, QImage.Format.Format_RGB32)
    for y in range(0, 1800, 3):
        for x in range(0, 2400, 3):
            noisy.setPixel(x, y, (x * 7919 + y * 104729) % 0xFFFFFF)
    noisy.setText("GPS", "30.91 120.95")
    file = tmp_path / "a.png"
    noisy.save(str(file))
    photo = fit_photo(file)
    assert photo is not None
    assert len(photo.data) <= PHOTO_BYTES
    assert photo.data.startswith(b"\xff\xd8")
    assert b"30.91" not in photo.data
    assert fit_photo(tmp_path / "none.jpg") is None
