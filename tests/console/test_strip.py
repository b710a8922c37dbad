"""The strip shows the worst alarm, and is one grey line at rest."""

import pytest
from desk_fixtures import kit as kit
from desk_kit import DeskKit
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from console.panels.strip import AlarmStrip
from console.theme import DARK, Theme
from dispatch.commands import Moment, RecordMoment


@pytest.fixture
def strip(qtbot, kit: DeskKit) -> AlarmStrip:
    made = AlarmStrip(kit.desk)
    qtbot.addWidget(made)
    made.resize(1920, 60)
    made.show()
    return made


def picture(strip: AlarmStrip) -> QImage:
    return strip.grab().toImage()


def has_colour(image: QImage, colour: str, *, until_x: int = 1920) -> bool:
    wanted = QColor(colour).rgb()
    return any(
        image.pixel(x, y) == wanted
        for x in range(0, min(until_x, image.width()), 2)
        for y in range(0, image.height(), 2)
    )


def test_rest_is_grey(strip: AlarmStrip):
    assert strip.shown() is None
    image = picture(strip)
    for fill in DARK.severities:
        assert not has_colour(image, fill.fill)


def test_the_worst_stands_there(qtbot, kit: DeskKit, strip: AlarmStrip):
    kit.alarm("PB-YH-01", "B005")  # urgent
    qtbot.waitUntil(lambda: strip.shown() is not None)
    kit.clock.go(seconds=5)
    kit.alarm()  # danger to life
    qtbot.waitUntil(lambda: len(kit.board.alarms) == 2)
    shown = strip.shown()
    assert shown is not None
    assert shown.severity == 1
    assert "桃源新邨12幢301" in strip.text()
    assert has_colour(picture(strip), DARK.severities[0].fill, until_x=80)


def test_among_equals_who_waits_longest(qtbot, kit: DeskKit, strip: AlarmStrip):
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.alarms) == 1)
    kit.clock.go(seconds=30)
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.alarms) == 2)
    shown = strip.shown()
    assert shown is not None
    assert shown.device_id == "PB-YH-01"


def test_being_painted_is_recorded(qtbot, kit: DeskKit, strip: AlarmStrip):
    kit.alarm()
    qtbot.waitUntil(
        lambda: any(isinstance(c, RecordMoment) for c in kit.client.submitted)
    )
    case_id = max(kit.board.cases)
    qtbot.waitUntil(lambda: Moment.ON_SCREEN in kit.board.cases[case_id].clocks)


def test_only_the_badge_blinks(qtbot, kit: DeskKit, strip: AlarmStrip):
    kit.alarm()
    qtbot.waitUntil(lambda: strip.shown() is not None)
    on = picture(strip)
    kit.clock.go(seconds=0.6)
    off = picture(strip)
    assert on != off
    box = strip.rect().adjusted(76, 0, 0, 0)
    assert on.copy(box) == off.copy(box), "text never blinks"


def test_reduced_motion_stands_still(qtbot, tmp_path):
    kit = DeskKit(tmp_path, theme=Theme(reduced_motion=True))
    try:
        kit.start(qtbot)
        strip = AlarmStrip(kit.desk)
        qtbot.addWidget(strip)
        strip.resize(1920, 60)
        kit.alarm()
        qtbot.waitUntil(lambda: strip.shown() is not None)
        on = picture(strip)
        kit.clock.go(seconds=0.6)
        assert picture(strip) == on
    finally:
        kit.close()


def test_it_says_which_alarm_can_have_been_seen(qtbot, kit: DeskKit, strip: AlarmStrip):
    kit.alarm("PB-YH-01", "B005")
    qtbot.waitUntil(lambda: strip.shown() is not None)
    first = strip.shown()
    assert first is not None
    picture(strip)
    kit.clock.go(seconds=1)
    kit.alarm()
    qtbot.waitUntil(lambda: strip.shown() != first)
    picture(strip)
    assert kit.desk.strip_shows.seen() == first.alarm_id
    kit.clock.go(seconds=0.6)
    second = strip.shown()
    assert second is not None
    assert kit.desk.strip_shows.seen() == second.alarm_id


def test_its_buttons_work(qtbot, kit: DeskKit, strip: AlarmStrip):
    kit.alarm()
    qtbot.waitUntil(lambda: strip.shown() is not None)
    picture(strip)
    boxes = {name: box for box, name in strip._boxes}
    middle = boxes["open_worst"].center().toPoint()
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle)
    assert kit.desk.open_case_id == max(kit.board.cases)


def test_others_are_counted(qtbot, kit: DeskKit, strip: AlarmStrip):
    kit.alarm()
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.alarms) == 2)
    picture(strip)
    assert "others" in {name for _, name in strip._boxes}
    box = next(box for box, name in strip._boxes if name == "others")
    with qtbot.waitSignal(kit.desk.actions.wanted) as asked:
        QTest.mouseClick(
            strip,
            Qt.MouseButton.LeftButton,
            pos=QPoint(int(box.center().x()), int(box.center().y())),
        )
    assert asked.args == ["focus_1"]


def test_at_rest_the_last_alarm_is_named(qtbot, kit: DeskKit, strip: AlarmStrip):
    kit.alarm()
    qtbot.waitUntil(lambda: strip.shown() is not None)
    kit.desk.actions.run("acknowledge")
    qtbot.waitUntil(lambda: strip.shown() is None)
    assert "10:42" in strip.text()
    assert "桃源新邨12幢301" in strip.text()


def test_while_someone_types_the_strip_names_the_key_that_works(
    qtbot, kit: DeskKit, strip: AlarmStrip
):
    kit.alarm()
    qtbot.waitUntil(lambda: strip.shown() is not None)
    caps = [cap for _, cap, _ in strip.offers()]
    assert caps == ["−", "⏎"]
    before = picture(strip)
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert [cap for _, cap, _ in strip.offers()] == ["Ctrl+⏎", ""]
    assert picture(strip) != before
