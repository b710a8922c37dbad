"""What stood in the tiles comes back exactly: after an alarm, after a large picture."""

from PySide6.QtCore import Qt
from test_tour_tiles import DEAD
from test_tour_tiles import cameras as cameras
from test_tour_tiles import engine as engine
from test_tour_tiles import kit as kit
from test_tour_tiles import window as window
from window_kit import KEYPAD, press, raise_alarm

from console.panels.tile_look import Look
from video.tile_content import TOWN_MAP, TileRef, notice
from video.wall_scenes import Scene

Key = Qt.Key
SECONDS = 1000
WORDS = notice("今晚20时防汛值守")
SCENE = Scene(
    number=2,
    name="夜班",
    layout="1+5",
    tiles=(
        "tour:t1",
        str(TOWN_MAP),
        "camera:1215",
        str(WORDS),
        "camera:1220",
        "",
    ),
)


def stands(window) -> tuple[object, ...]:
    """Return all that an eye could tell from before."""
    panel = window.pictures
    wall = panel.wall
    return str(wall.layout), wall.tiles, panel.shown, wall.focused, wall.enlarged


def are_live(window) -> bool:
    panel = window.pictures
    shown = {*panel.shown} - {None, DEAD}
    return all(panel.contents.look(each) is Look.LIVE for each in shown)


def begin(qtbot, kit, window) -> None:
    kit.desk.wall.save_scene(SCENE)
    kit.desk.wall.call(2)
    qtbot.waitUntil(lambda: are_live(window), timeout=30 * SECONDS)
    run = window.pictures.tours.run_of(TileRef("tour", "t1"))
    qtbot.waitUntil(lambda: run.place > 0, timeout=30 * SECONDS)
    run.lead(0)  # held: what it shows is known


def test_an_alarm_takes_the_tiles_and_all_is_as_it_was_after_it(
    qtbot, kit, window
) -> None:
    begin(qtbot, kit, window)
    panel = window.pictures
    panel.setFocus()
    panel.choose_tile(2)
    before, wanted = stands(window), set(kit.desk.wants.declared)
    run = panel.tours.run_of(TileRef("tour", "t1"))
    share = run.share
    raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    qtbot.waitUntil(lambda: kit.desk.open_case_id is not None, timeout=5 * SECONDS)
    views = [view.camera_id for view in kit.desk.views]
    assert set(panel.wall.cameras) - {None} <= set(views)
    assert panel.wall.tiles[0] != TileRef("tour", "t1")
    assert str(panel.wall.layout) == before[0]
    qtbot.waitUntil(lambda: are_live(window), timeout=30 * SECONDS)
    press(window, Key.Key_F11)
    assert panel.enlarged
    press(window, Key.Key_F11)
    kit.desk.open_case(None)
    assert stands(window) == before
    assert (run.share, run.paused) == (share, True)
    qtbot.waitUntil(lambda: are_live(window), timeout=30 * SECONDS)
    assert wanted <= set(kit.desk.wants.declared)


def test_a_large_picture_goes_and_leaves_no_trace(qtbot, kit, window) -> None:
    begin(qtbot, kit, window)
    panel = window.pictures
    panel.setFocus()
    for tile, key in ((2, Key.Key_F11), (0, Key.Key_F11), (4, Key.Key_Return)):
        panel.choose_tile(tile)
        before, declared = stands(window), kit.desk.wants.declared
        small = declared[panel.shown[tile]]
        press(window, key)
        large = kit.desk.wants.declared[panel.shown[tile]]
        assert large.width * large.height > 1.5 * small.width * small.height
        assert window.focusWidget() is not None
        press(window, Key.Key_Escape)
        assert stands(window) == before
        assert kit.desk.wants.declared[panel.shown[tile]] == small
