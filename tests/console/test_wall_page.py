"""Scenes, tours and the schedule through the real window, by keyboard."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from window_kit import KEYPAD, press, raise_alarm

from console.main_window import MainWindow
from console.wall_store import FILE
from video.layouts import parse
from video.tile_content import TileRef, camera
from video.tours import Stop, Tour
from video.wall_scenes import Scene
from video.wall_schedule import Row

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier

MORNING = Scene(
    number=1, name="早班", layout="2x2", tiles=("camera:1203", "", "camera:1190", "")
)
NIGHT = Scene(
    number=2,
    name="夜间",
    layout="1+5",
    tiles=("tour:t1", "camera:1215", "", "", "", ""),
)
NORTH = Tour(key="t1", name="北片", stops=(Stop("1203"), Stop("1207")))


def arranged(window: MainWindow) -> None:
    book = window.desk.wall
    book.save_tour(NORTH)
    for scene in (MORNING, NIGHT):
        book.save_scene(scene)


def stands(window: MainWindow, scene: Scene) -> bool:
    wall = window.pictures.wall
    texts = tuple("" if each is None else str(each) for each in wall.resting)
    return (str(wall.layout), texts) == (scene.layout, scene.tiles)


def test_what_stands_is_saved_and_comes_back_exactly(kit, window) -> None:
    press(window, Key.Key_W, CTRL)
    page = window.wall_page
    assert page.isVisible()
    assert "No scene" in page.scenes.list.empty
    window.pictures.choose_layout(parse("1+5"))
    window.pictures.show_camera("1215", 2)
    before = page.front.present()
    page.scenes.name.setFocus()
    type_text(page.scenes.name, "夜间")
    press(window, Key.Key_Return)
    scene = kit.desk.wall.plan.scene(1)
    assert scene is not None
    assert (scene.name, (scene.layout, scene.tiles)) == ("夜间", before)
    assert "1 夜间" in page.now_words.text()
    # Something else on the wall, and one key has it back as it was.
    window.pictures.choose_layout(parse("2x2"))
    window.pictures.show_camera("1190", 0)
    kit.clock.go(seconds=5)
    press(window, Key.Key_1, CTRL)
    assert page.front.present() == before


def test_overwriting_is_asked_and_can_be_taken_back(kit, window) -> None:
    arranged(window)
    press(window, Key.Key_W, CTRL)
    part = window.wall_page.scenes
    part.number.setText("1")
    part.name.setFocus()
    type_text(part.name, "午班")
    press(window, Key.Key_Return)
    assert kit.desk.wall.plan.scene(1) == MORNING  # asked
    assert "already" in window.wall_page.message.text()
    assert part.save_button.text() == "Overwrite 1"
    press(window, Key.Key_Return)
    scene = kit.desk.wall.plan.scene(1)
    assert scene is not None
    assert scene.name == "午班"
    press(window, Key.Key_Escape)
    press(window, Key.Key_W, CTRL)
    press(window, Key.Key_Z, CTRL)
    assert kit.desk.wall.plan.scene(1) == MORNING


def test_a_scene_taken_away_comes_back_with_its_rows(kit, window) -> None:
    arranged(window)
    row, page = Row(days=frozenset({0}), at=time(8), scene=1), window.wall_page
    kit.desk.wall.set_rows((row,))
    window.pictures.choose_tile(2)
    press(window, Key.Key_W, CTRL)
    assert page.tours.run_button.text() == "Run in tile 3"
    assert "4 tiles, 2 filled" in page.scenes.list.item(0).text()
    press(window, Key.Key_Delete)
    assert kit.desk.wall.plan.scene(1) is None
    assert kit.desk.wall.plan.rows == ()
    assert "早班" in page.undo_button.text()
    press(window, Key.Key_Z, CTRL)
    assert kit.desk.wall.plan.scene(1) == MORNING
    assert kit.desk.wall.plan.rows == (row,)


def test_a_scene_is_called_by_every_key_of_the_design(kit, window) -> None:
    arranged(window)
    press(window, Key.Key_1, CTRL)
    assert stands(window, MORNING)
    press(window, Key.Key_0, KEYPAD)
    press(window, Key.Key_2, KEYPAD)
    tile = window.pictures.content(window.pictures.focused_tile)
    assert tile.typed_name == "Scene 2 夜间"
    press(window, Key.Key_Enter, KEYPAD)
    assert stands(window, NIGHT)
    press(window, Key.Key_W, CTRL)
    press(window, Key.Key_Home)
    press(window, Key.Key_Return)  # in the list
    assert stands(window, MORNING)
    said = []
    kit.desk.said.connect(said.append)
    press(window, Key.Key_7, CTRL)
    assert said == ["No scene 7 yet: Ctrl+W saves one"]
    assert stands(window, MORNING)
    press(window, Key.Key_0, CTRL)
    assert said[1:] == ["No schedule yet: Ctrl+W makes one"]


def test_a_case_borrows_the_tiles_and_gives_them_back(qtbot, kit, window) -> None:
    arranged(window)
    press(window, Key.Key_2, CTRL)
    wall = window.pictures.wall
    before = wall.tiles
    run = window.pictures.tours.run_of(TileRef("tour", "t1"))
    assert run is not None
    assert not run.gives_way
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    assert wall.tiles != before
    assert run.gives_way
    kit.desk.open_case(None)
    assert wall.tiles == before
    assert window.pictures.tours.run_of(TileRef("tour", "t1")) is run
    assert not run.gives_way
    assert stands(window, NIGHT)


def test_the_schedule_changes_the_scene_by_the_clock(kit, window) -> None:
    arranged(window)  # the clock says Monday, 10:42:07
    week = frozenset(range(7))
    kit.desk.wall.set_rows(
        (
            Row(days=week, at=time(8), scene=1),
            Row(days=week, at=time(11), scene=2),
        )
    )
    kit.desk.wall.to_schedule()
    assert stands(window, MORNING)
    press(window, Key.Key_W, CTRL)
    assert "Next 11:00: 2 夜间." in window.wall_page.now_words.text()
    window.pictures.show_camera("1220", 1)  # by hand, and left alone
    kit.desk.second.emit()
    assert window.pictures.wall.tiles[1] == camera("1220")
    kit.clock.go(minutes=17)
    kit.desk.second.emit()
    assert window.pictures.wall.tiles[1] == camera("1220")
    kit.clock.go(minutes=1)
    kit.desk.second.emit()
    assert stands(window, NIGHT)


def test_a_call_by_hand_outlives_the_schedule_or_not(kit, window) -> None:
    arranged(window)
    week = frozenset(range(7))
    book = kit.desk.wall
    book.set_rows(
        (
            Row(days=week, at=time(8), scene=1),
            Row(days=week, at=time(11), scene=1),
        )
    )
    book.call(2)
    kit.clock.go(hours=1)
    kit.desk.second.emit()
    assert stands(window, NIGHT)
    press(window, Key.Key_0, CTRL)
    assert stands(window, MORNING)
    book.call(2, until_turn=True)
    kit.desk.second.emit()
    assert stands(window, NIGHT)
    kit.clock.go(hours=22)
    kit.desk.second.emit()
    assert stands(window, MORNING)


def test_the_schedule_waits_for_an_open_case(qtbot, kit, window) -> None:
    arranged(window)
    book = kit.desk.wall
    week = frozenset(range(7))
    book.set_rows(
        (Row(days=week, at=time(8), scene=1), Row(days=week, at=time(11), scene=2))
    )
    book.to_schedule()
    kit.desk.open_case(raise_alarm(qtbot, kit))
    kit.clock.go(hours=1)
    kit.desk.second.emit()
    assert book.waiting
    assert window.pictures.wall.layout.name == "2x2"
    assert "put away" in window.wall_page.now_words.text()
    kit.desk.open_case(None)
    assert stands(window, NIGHT)
    assert not book.waiting


def test_rows_are_made_by_keyboard_and_refused_in_words(kit, window) -> None:
    arranged(window)
    press(window, Key.Key_W, CTRL)
    press(window, Key.Key_PageUp, CTRL)
    page, part = window.wall_page, window.wall_page.times
    assert part.isVisible()
    assert "No schedule" in part.list.empty
    part.at.setFocus()
    part.at.selectAll()
    for text in ("25:00", "12:61", "x"):
        part.at.setText(text)
        press(window, Key.Key_Return)
        assert "00:00 to 23:59" in page.message.text()
    part.at.setText("18:30")
    press(window, Key.Key_Return)
    (row,) = kit.desk.wall.plan.rows
    assert row == Row(days=frozenset(range(5)), at=time(18, 30), scene=1)
    press(window, Key.Key_Return)
    assert "Another row" in page.message.text()
    for day in part.days:
        day.setChecked(False)
    press(window, Key.Key_Return)
    assert "at least one day" in page.message.text()
    part.list.setFocus()
    press(window, Key.Key_Return)  # takes the row up
    assert part.at.hasFocus()
    part.at.setText("19.15")
    part.change_button.click()
    assert kit.desk.wall.plan.rows[0].at == time(19, 15)
    part.list.setFocus()
    press(window, Key.Key_Delete)
    assert kit.desk.wall.plan.rows == ()


def test_a_tour_is_made_of_the_cameras_on_the_wall(kit, window, qtbot) -> None:
    press(window, Key.Key_W, CTRL)
    press(window, Key.Key_PageDown, CTRL)
    part = window.wall_page.tours
    part.name.setFocus()
    type_text(part.name, "北片")
    press(window, Key.Key_Return)
    (tour,) = kit.desk.wall.plan.tours
    on_wall = [each.camera_id for each in window.pictures.wall.resting if each]
    assert [stop.camera_id for stop in tour.stops] == on_wall
    part.stops.setFocus()
    press(window, Key.Key_Plus)
    press(window, Key.Key_Down)
    press(window, Key.Key_Minus)
    press(window, Key.Key_Minus)
    tour = kit.desk.wall.plan.tours[0]
    assert [stop.dwell_s for stop in tour.stops] == [15, 5, 10, 10]
    press(window, Key.Key_Delete)
    assert len(kit.desk.wall.plan.tours[0].stops) == 3
    part.finder.setFocus()
    part.finder.line.setText("122")
    part.finder.line.textEdited.emit("122")
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: Stop("1220") in kit.desk.wall.plan.tours[0].stops)
    window.pictures.choose_tile(1)
    part.list.setFocus()
    press(window, Key.Key_Return)
    assert window.pictures.wall.tiles[1] == TileRef("tour", tour.key)
    run = window.pictures.tours.run_of(TileRef("tour", tour.key))
    assert run is not None
    press(window, Key.Key_4, Qt.KeyboardModifier.AltModifier)
    press(window, Key.Key_J)
    assert run.paused
    assert window.pictures.content(1).tour.after[0].startswith("Held")
    press(window, Key.Key_J)
    assert not run.paused
    following = run.next
    press(window, Key.Key_PageUp)
    assert run.next != following
    part.list.setFocus()
    kit.desk.wall.remove_tour(tour.key)
    assert "taken away" in window.pictures.content(1).reason
    press(window, Key.Key_Z, CTRL)
    assert window.pictures.tours.run_of(TileRef("tour", tour.key)) is not None


def test_what_stood_is_known_after_a_start_and_not_put_up_again(
    qtbot, tmp_path: Path
) -> None:
    made = DeskKit(tmp_path)
    made.start(qtbot)
    first = MainWindow(made.desk)
    qtbot.addWidget(first)
    arranged(first)
    made.clock.go(seconds=1)
    made.desk.wall.call(2)
    first.pictures.show_camera("1220", 3)  # by hand, after the call
    layout, tiles = first.wall_page.front.present()
    made.desk.settings.sync()
    made.close()
    again = DeskKit(tmp_path)
    again.start(qtbot)
    second = MainWindow(again.desk)
    qtbot.addWidget(second)
    again.desk.second.emit()
    assert again.desk.wall.plan.scene(2) == NIGHT
    assert second.wall_page.front.present() == (layout, tiles)
    standing = again.desk.wall.standing
    assert standing == NIGHT
    again.close()


@pytest.mark.expected_log("lookout.wall", "cannot be read")
def test_a_damaged_file_is_named_on_the_page(qtbot, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    made = DeskKit(tmp_path)
    made.start(qtbot)
    shown = MainWindow(made.desk)
    qtbot.addWidget(shown)
    shown.wall_page.renew()
    assert "wall.damaged-1.json" in shown.wall_page.now_words.text()
    made.close()


def test_the_page_is_put_away_with_one_key(window) -> None:
    press(window, Key.Key_W, CTRL)
    assert window.wall_page.isVisible()
    assert QApplication.focusWidget() is window.wall_page.scenes.list
    press(window, Key.Key_Escape)
    assert window.case.isVisible()


def test_a_week_of_turns_is_what_the_page_says(kit, window) -> None:
    arranged(window)
    book = kit.desk.wall
    book.set_rows(
        (
            Row(days=frozenset(range(5)), at=time(8), scene=1),
            Row(days=frozenset({5, 6}), at=time(9), scene=2),
        )
    )
    book.to_schedule()
    assert book.standing == MORNING
    seen = []
    book.called.connect(lambda scene: seen.append((book.now.weekday(), scene.number)))
    for _ in range(7 * 24):
        kit.clock.go(hours=1)
        kit.desk.second.emit()
    # The same scene again each morning: what was changed by hand goes at its time.
    assert seen == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 2), (6, 2), (0, 1)]
    assert book.now > datetime(2026, 11, 30, tzinfo=UTC)


def test_a_holiday_of_the_home_is_a_sunday_to_the_wall(qtbot, tmp_path: Path) -> None:
    (tmp_path / "holidays.txt").write_text("2026-11-23 holiday\n")
    made = DeskKit(tmp_path)
    made.start(qtbot)
    book = made.desk.wall
    for scene in (MORNING, NIGHT):
        book.save_scene(scene)
    book.set_rows(
        (
            Row(days=frozenset({0}), at=time(8), scene=1),
            Row(days=frozenset({6}), at=time(9), scene=2),
        )
    )
    book.to_schedule()
    assert book.standing == NIGHT  # a Monday by its date alone
    made.close()


def test_the_menu_of_a_tile_has_tours_and_scenes(kit, window) -> None:
    arranged(window)
    lines = {
        line.text().partition("\t")[0]: line
        for menu in (window.pictures.made_menu(),)
        for within in (menu, *menu.findChildren(QMenu))
        for line in within.actions()
    }
    lines["Tour 北片"].trigger()
    assert window.pictures.wall.focused_content == TileRef("tour", "t1")
    lines["1 早班"].trigger()
    assert stands(window, MORNING)
    lines["Scenes, tours, schedule …"].trigger()
    assert window.wall_page.isVisible()


def test_the_page_says_when_somebody_changed_the_tiles_since(kit, window) -> None:
    arranged(window)
    press(window, Key.Key_1, CTRL)
    press(window, Key.Key_W, CTRL)
    page = window.wall_page
    assert page.now_words.text().startswith("Now 1 早班")
    window.pictures.setFocus()
    press(window, Key.Key_T)
    kit.desk.second.emit()
    assert "changed by hand" in page.now_words.text()
    press(window, Key.Key_1, CTRL)
    kit.desk.second.emit()
    assert page.now_words.text().startswith("Now 1 早班")
    window.pictures.show_camera("1215", 1)
    kit.desk.second.emit()
    assert "changed by hand" in page.now_words.text()


def test_the_schedule_is_named_where_there_is_one(kit, window) -> None:
    arranged(window)
    press(window, Key.Key_W, CTRL)
    page = window.wall_page
    assert "Ctrl+0" not in page.now_words.text() + page._hint.text()
    kit.desk.wall.set_rows((Row(days=frozenset({0}), at=time(8), scene=1),))
    assert "Ctrl+0" in page._hint.text()
    press(window, Key.Key_1, CTRL)
    assert "Ctrl+0" in page.now_words.text()


def test_what_can_be_taken_back_is_called_what_it_was(kit, window) -> None:
    press(window, Key.Key_W, CTRL)
    book, words = kit.desk.wall, window.wall_page.undo_button.text
    book.save_tour(NORTH)
    assert words() == "Take back: tour 北片 made"
    book.save_tour(Tour(key="t1", name="北片", stops=(Stop("1203"),)))
    assert words() == "Take back: tour 北片 changed"
    book.save_scene(MORNING)
    assert words() == "Take back: scene 早班 made"
    book.save_scene(MORNING)
    assert words() == "Take back: scene 早班 overwritten"
    book.rename_scene(1, "午班")
    assert words() == "Take back: scene 早班 renamed"
    row = Row(days=frozenset({0}), at=time(8), scene=1)
    book.set_rows((row,))
    assert words() == "Take back: row of the schedule added"
    book.set_rows(())
    assert words() == "Take back: row of the schedule taken away"
    assert all(book.undo() for _ in range(7))
    assert not book.plan.tours
