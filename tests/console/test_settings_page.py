"""Language, looks and sound are chosen by keyboard, at once, and kept."""

from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DESK, DeskKit
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from window_kit import KEYPAD, press, raise_alarm

from console.layers.palette import palette
from console.looks import SHARES, Looks
from console.main_window import MainWindow
from console.seat import Seat
from console.theme import DARK, LIGHT, Theme, largest_for, scale_of
from dispatch.people import Role

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def own_words(kit: DeskKit):
    yield
    kit.desk.looks.hush()


def open_page(window: MainWindow) -> None:
    press(window, Key.Key_Comma, CTRL)
    assert window.panels["settings_page"].isVisible()


def test_by_keyboard_alone(qtbot, kit: DeskKit, window: MainWindow):
    open_page(window)
    page = window.panels["settings_page"]
    assert QApplication.focusWidget() is page.groups[0].checkedButton()
    press(window, Key.Key_Right)  # English
    assert kit.desk.looks.language == "en"
    press(window, Key.Key_Down)
    press(window, Key.Key_Right)  # light
    assert kit.desk.looks.background == "light"
    for _ in range(3):
        press(window, Key.Key_Down)
    press(window, Key.Key_Left)  # medium
    assert kit.desk.sounds.volume == 50
    press(window, Key.Key_Down)
    press(window, Key.Key_Right)
    assert kit.desk.sounds.only_p1
    press(window, Key.Key_Down)
    assert kit.desk.sounds.speech
    press(window, Key.Key_Right)  # off
    assert not kit.desk.sounds.speech
    press(window, Key.Key_Down)
    assert kit.desk.decoding.automatic
    press(window, Key.Key_Right)  # software only
    assert not kit.desk.decoding.automatic
    press(window, Key.Key_Down)
    press(window, Key.Key_Right)  # acceptor
    assert kit.desk.actor.roles == {Role.ACCEPTOR}
    press(window, Key.Key_Left)
    press(window, Key.Key_Down)
    assert QApplication.focusWidget() is page._try
    press(window, Key.Key_Up)
    assert QApplication.focusWidget() is page.groups[-1].checkedButton()
    press(window, Key.Key_Escape)
    assert not page.isVisible()


def test_a_seat_has_one_role_for_a_while_and_none_it_was_not_started_with(
    qtbot, kit: DeskKit
):
    seat, started = kit.desk.seat, kit.desk.actor.roles
    with qtbot.waitSignal(seat.changed):
        seat.choose(Role.DEPARTMENT)
    assert kit.desk.actor.roles == {Role.ACCEPTOR, Role.DEPARTMENT}
    seat.choose("")
    assert kit.desk.actor.roles == started
    kit.desk.actor = replace(DESK, roles=started - {Role.SHIFT_LEADER})
    later = Seat(kit.desk)
    assert Role.SHIFT_LEADER not in later.parts()
    later.choose(Role.SHIFT_LEADER)
    assert kit.desk.actor.roles == {Role.ACCEPTOR}


def test_the_alarm_job_goes_on_over_it(qtbot, kit: DeskKit, window: MainWindow):
    open_page(window)
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    assert kit.desk.open_case_id == case_id


def test_another_language_at_once_everywhere(qtbot, kit: DeskKit, window: MainWindow):
    raise_alarm(qtbot, kit)
    kit.desk.actions.run("step")
    looks = kit.desk.looks
    looks.set_language("zh_CN")
    assert window.windowTitle() == "瞭望 姚庄镇"
    assert window.map.buttons[2].text() == "全镇"
    assert window.form._save_button.text().startswith("保存")
    assert window.lanes.now_view.accessibleName() == "现在"
    assert any("登记" in text for text in window.panels["action_bar"].texts())
    looks.set_language("en")
    assert window.windowTitle() == "Lookout 姚庄镇"
    assert window.map.buttons[2].text() == "Town"
    assert window.form._save_button.text().startswith("Save")


def test_what_was_typed_and_chosen_survives_a_language(
    qtbot, kit: DeskKit, window: MainWindow
):
    kit.desk.looks.set_language("en")
    kit.desk.actions.run("new_report")
    window.form.reporter.setText("张")
    window.form.details.setPlainText("液化气味")
    kit.desk.looks.set_language("zh_CN")
    assert window.form.reporter.text() == "张"
    assert window.form.details.toPlainText() == "液化气味"
    assert window.form.isVisible()


def test_a_question_is_asked_again_in_the_other_language(
    qtbot, kit: DeskKit, window: MainWindow
):
    raise_alarm(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("contact")
    choice = window.case.choice()
    assert choice is not None
    kit.desk.looks.set_language("zh_CN")
    choice = window.case.choice()
    assert choice is not None
    assert "号码" in choice.title.text()


def test_another_background_at_once_everywhere(qtbot, kit: DeskKit, window: MainWindow):
    dark = palette(kit.desk.theme).land
    kit.desk.looks.set_background("light")
    theme = kit.desk.theme
    assert theme.tokens is LIGHT
    assert LIGHT.surface in window.styleSheet()
    assert palette(theme).land != dark
    image = window.grab().toImage()
    assert image.pixelColor(4, 20) == QColor(LIGHT.bg)  # top bar
    assert image.pixelColor(4, 600) == QColor(LIGHT.surface)  # lanes
    box = window.map.geometry()
    corner = window.map.mapTo(window, box.topLeft() - box.topLeft())
    qtbot.waitUntil(
        lambda: (
            window.grab()
            .toImage()
            .pixelColor(corner.x() + 12, corner.y() + 12)
            .lightness()
            > 150
        )
    )


def test_kept_for_the_next_start(qtbot, tmp_path):
    file = str(tmp_path / "desk.ini")
    settings = QSettings(file, QSettings.Format.IniFormat)
    first = Looks(Theme(), settings)
    first.set_background("light")
    first.set_language("en")
    first.set_share(130)
    first.set_still(True)
    first.hush()
    settings.sync()
    theme = Theme()
    again = Looks(theme, QSettings(file, QSettings.Format.IniFormat))
    assert (again.language, again.background, again.share) == ("en", "light", 130)
    again.apply()
    assert theme.tokens is LIGHT
    assert theme.reduced_motion
    again.hush()


@pytest.mark.parametrize(
    ("key", "kept"),
    [("language", "xx"), ("background", "pink"), ("share", "9000"), ("share", "a")],
)
def test_nonsense_in_the_file_is_the_default(tmp_path, key: str, kept: str):
    settings = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    settings.setValue(f"looks/{key}", kept)
    looks = Looks(Theme(), settings)
    assert (looks.language, looks.background) == ("zh_CN", DARK.name)
    assert looks.share == SHARES[0]


@pytest.mark.parametrize("width", [1024, 1280, 1366, 1707, 1920, 2560, 3840])
def test_a_desk_fits_every_width(width: int):
    scale = scale_of(width, round(width * 9 / 16), 0, 0)
    assert 0.5 < scale <= max(1.0, largest_for(width))
    assert width / scale >= 1359


def test_the_tab_of_a_narrow_window_is_as_it_was_left(
    qtbot, kit: DeskKit, window: MainWindow
):
    window.resize(1366, 768)
    assert window.pictures.isVisible()
    kit.desk.actions.run("focus_5")
    window.close()
    again = MainWindow(kit.desk)
    qtbot.addWidget(again)
    again.resize(1366, 768)
    again.show()
    assert again.map.isVisible()
    assert not again.pictures.isVisible()


def test_layers_and_legend_are_as_they_were_left(
    qtbot, kit: DeskKit, window: MainWindow
):
    window.map.show_layer("places", False)
    window.map.setFocus()
    press(window, Key.Key_L)
    window.close()
    again = MainWindow(kit.desk)
    qtbot.addWidget(again)
    assert again.map.legend is not None
    hidden = [layer.name for layer in again.map.canvas.layers if not layer.shown]
    assert hidden == ["places"]
