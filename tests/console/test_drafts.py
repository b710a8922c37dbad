"""A report half typed survives the end of the desk."""

import os
import stat
from pathlib import Path

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, DeskKit, type_text
from PySide6.QtCore import Qt
from window_kit import press

from console.drafts import FILE, Draft, Drafts
from console.main_window import MainWindow
from dispatch.commands import Refused, ReportCase

Key = Qt.Key


def file_of(kit: DeskKit) -> Path:
    return Path(kit.desk.settings.fileName()).with_name(FILE)


def again(qtbot, kit: DeskKit) -> MainWindow:
    made = MainWindow(kit.desk)
    qtbot.addWidget(made)
    made.show()
    return made


def test_half_a_report_comes_back_after_the_window(
    qtbot, kit: DeskKit, window: MainWindow
):
    press(window, Key.Key_F2)
    window.form.set_place("桃源新邨附近", CENTRE)
    type_text(window.form.kind.line, "消防")
    type_text(window.form.phone, "13800000999")
    type_text(window.form.details, "楼道有烟味")
    window.form.channel = 1
    press(window, Key.Key_F2)
    type_text(window.form.details, "另一通")
    window.close()
    path = file_of(kit)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    second = again(qtbot, kit)
    assert not second.form.isVisible()  # quietly: the bar offers it
    assert kit.desk.actions.allowed("parked_report")
    assert any("Shift+F2" in text for text in second.panels["action_bar"].texts())
    second._parked_report()  # a key would reach both windows of this one desk
    assert second.form.isVisible()
    assert second.form.details.toPlainText() == "另一通"
    second._parked_report()
    form = second.form
    assert form.place.value is not None
    assert form.place.value.key.point == CENTRE
    assert form.kind.line.text() == "消防"
    assert form.phone.text() == "13800000999"
    assert form.details.toPlainText() == "楼道有烟味"
    assert form.channel == 1
    assert "before" in form._hint.text()


def test_what_is_saved_or_emptied_is_no_draft(qtbot, kit: DeskKit, window: MainWindow):
    press(window, Key.Key_F2)
    window.form.set_place("桃源", CENTRE)
    kit.desk.second.emit()
    assert file_of(kit).exists()
    type_text(window.form.kind.line, "1002")
    window.form.kind.take_highlighted()
    window.form.save()
    kit.desk.second.emit()
    assert not file_of(kit).exists()  # it is on its way; the outbox has it
    qtbot.waitUntil(lambda: kit.desk.open_case_id is not None)
    press(window, Key.Key_F2)
    type_text(window.form.details, "半句")
    kit.desk.second.emit()
    assert file_of(kit).exists()
    window.form.clear()
    window.close()
    assert not file_of(kit).exists()


def test_a_report_refused_after_a_restart_comes_back_as_it_was_typed(
    qtbot, kit: DeskKit, window: MainWindow
):
    press(window, Key.Key_F2)
    type_text(window.form.details, "正在记的另一通")
    report = ReportCase(
        actor=kit.desk.actor,
        category="1002",
        place_name="桃源新邨附近",
        point=CENTRE,
        channel="grid_worker",
        details="楼道有烟味",
        reporter_name="张阿姨",
        reporter_phone="13800000999",
    )
    refused = Refused("category_unknown", "there is no category")
    kit.bridge.put_refused_earlier(report.command_id, refused, report)
    qtbot.waitUntil(lambda: kit.desk.actions.allowed("parked_report"))
    assert window.form.details.toPlainText() == "正在记的另一通"  # nobody's hand is led
    assert "楼道有烟味" in file_of(kit).read_text("utf-8").encode().decode(
        "unicode_escape"
    )
    window._parked_report()
    form = window.form
    assert form.place.value is not None
    assert form.place.value.key.point == CENTRE
    assert (form.place.line.text(), form.channel) == ("桃源新邨附近", 2)
    assert (form.reporter.text(), form.phone.text()) == ("张阿姨", "13800000999")
    assert form.details.toPlainText() == "楼道有烟味"
    assert "Not saved" in form._message.text()
    form.save()  # corrected or not, it can be asked again
    qtbot.waitUntil(lambda: kit.desk.open_case_id is not None)


@pytest.mark.expected_log("lookout.drafts", "cannot be read")
@pytest.mark.parametrize("text", ["{", "[1]", '[{"never": 1}]', "3"])
def test_a_broken_file_stops_no_desk(tmp_path: Path, text: str):
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    drafts = Drafts(path)
    assert drafts.load() == []
    drafts.keep([Draft(details="好")])
    assert Drafts(path).load() == [Draft(details="好")]


@pytest.mark.expected_log("lookout.drafts", "cannot be kept")
def test_a_disk_that_takes_nothing_stops_no_desk(tmp_path: Path):
    drafts = Drafts(tmp_path / "nowhere" / FILE)
    drafts.keep([Draft(details="好")])
