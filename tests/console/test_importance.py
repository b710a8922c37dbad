"""Who gives way on a wall, and what the tile that gave way says of itself."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import panel as panel
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from console import painting
from console.panels.picture_tile import paint_tile
from console.panels.tile_contents import TileContents, look_of
from console.panels.tile_look import Look
from console.panels.tour_tiles import TourTiles
from video.contract import Importance, Mode, Picture, Step, StreamState, StreamStatus
from video.tours import Sight
from video.wall import TileWall

SECONDS = 1000


def picture(age_s: float, level: int = 128) -> Picture:
    return Picture(memoryview(bytes([level]) * 320 * 180 * 4), 320, 180, 1280, 1, age_s)


def status(taken: Step, every_s: float = 0.0) -> StreamStatus:
    return StreamStatus(
        StreamState.LIVE, datetime.now(UTC), taken=taken, every_s=every_s
    )


@dataclass
class GaveWay:
    """An engine of which only the words are needed."""

    said: StreamStatus
    age_s: float

    def status(self, _stream_id: str) -> StreamStatus:
        return self.said

    def picture(self, _stream_id: str) -> Picture:
        return picture(self.age_s)

    def want(self, wants) -> None:
        self.wants = wants

    def poll(self) -> set[str]:
        return set()


def test_a_case_comes_before_what_was_called_and_that_before_what_is_pinned(
    kit, panel, qtbot
):
    kit.desk.engine = GaveWay(status(Step.FULL), 0.2)
    panel._declare()

    def matters() -> set[Importance]:
        live = (
            each for each in panel.wants.declared.values() if each.mode == Mode.LIVE
        )
        return {each.importance for each in live}

    assert matters() == {Importance.PINNED}
    focused = panel.shown[0]
    panel.enlarge(True)
    assert panel.wants.declared[focused].importance is Importance.CALLED
    panel.enlarge(False)
    assert matters() == {Importance.PINNED}

    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    kit.desk.open_case(next(iter(kit.board.cases)))
    views = {view.camera_id for view in kit.desk.views}
    shown = [each for each in panel.shown if each is not None]
    assert shown
    assert set(shown) <= views
    assert matters() == {Importance.CASE}
    kit.desk.open_case(None)
    assert matters() == {Importance.PINNED}


@pytest.mark.parametrize(
    ("every_s", "age_s", "look"),
    [
        (2.0, 2.0, Look.LIVE),
        (2.0, 4.9, Look.LIVE),
        (2.0, 5.1, Look.FROZEN),
        (0.0, 3.1, Look.FROZEN),
    ],
)
def test_a_still_is_no_fault_until_the_next_one_is_overdue(every_s, age_s, look):
    said = status(Step.STILLS, every_s)
    assert look_of(said, picture(age_s)) is look


@pytest.mark.parametrize(("age_s", "sight"), [(4.9, Sight.LIVE), (5.1, Sight.COMING)])
def test_a_still_is_as_live_in_a_tour_as_in_a_tile(kit, age_s, sight):
    kit.desk.engine = GaveWay(status(Step.STILLS, 2.0), age_s)
    tours = TourTiles(kit.desk, TileWall(), kit.desk.wants)
    assert tours._sight("1203") is sight


@pytest.mark.parametrize(
    ("taken", "every_s", "age_s", "says"),
    [
        (Step.FULL, 0.0, 0.3, "Live 0.3 s"),
        (Step.HALF, 0.0, 0.3, "Live 0.3 s, reduced"),
        (Step.SMALL, 0.0, 0.3, "Live 0.3 s, reduced"),
        (Step.STILLS, 2.0, 2.0, "Still of 10:42:05, every 2 s"),
        (Step.STILLS, 2.0, 12.0, "Frozen for 12 s"),
        (Step.HALF, 0.0, 12.0, "Frozen for 12 s"),
    ],
)
def test_a_tile_says_what_was_left_out(kit, taken, every_s, age_s, says):
    kit.desk.engine = GaveWay(status(taken, every_s), age_s)
    contents = TileContents(kit.desk)
    content = contents.of("1203", number=1, focused=False, typed="")
    assert content.status == says
    fresh = age_s < 10
    assert content.look is (Look.LIVE if fresh else Look.FROZEN)
    assert (contents.live_picture("1203") is not None) is fresh


@pytest.mark.parametrize("size", [(400, 257), (100, 67)])
def test_a_still_is_never_painted_like_a_live_picture(kit, qtbot, size):
    """At every size a frame and its time; where it is small its colours go, too."""
    red = memoryview(bytes((20, 30, 220, 0)) * 16)
    shown = replace(picture(1.5), data=red, width=4, height=4, bytes_per_line=16)
    kit.desk.engine = GaveWay(status(Step.STILLS, 2.0), 1.5)
    made = TileContents(kit.desk).of("1203", number=1, focused=False, typed="")
    still = replace(made, picture=shown)
    assert still.dated[-1] == "10:42"
    wide, high = size
    images, texts = [], []
    painting.watchers.append(lambda each: texts.append(each.shown))
    try:
        for content in (replace(still, dated=(), status="Live 0.3 s"), still):
            image = QImage(wide, high, QImage.Format.Format_RGB32)
            painter = QPainter(image)
            paint_tile(painter, QRectF(0, 0, wide, high), content, kit.desk.theme, 1.0)
            painter.end()
            images.append(image)
    finally:
        painting.watchers.clear()
    timed = [each for each in texts if "10:42" in each]
    assert len(timed) == 1, "the time stands there whole, and once: names need room"
    live, dated = (each.pixelColor(wide // 2, 1) for each in images)
    assert live != dated == kit.desk.theme.doubt, "a frame"
    below = wide // 2, high - 36 if high > 200 else high - 31
    live, dated = (each.pixelColor(*below) for each in images)
    assert live.saturation() > 100
    assert (dated.saturation() == 0) is (high < 200)
