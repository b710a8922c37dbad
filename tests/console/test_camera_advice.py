"""What would be better of a camera's settings stands where its picture is seen."""

from dataclasses import replace
from datetime import UTC, datetime

from desk_fixtures import kit as kit
from desk_fixtures import panel as panel

from console.camera_advice import ADVISED, said_of
from dispatch.cameras import Camera
from dispatch.geo import Point
from video.advice import ADVICE, Measured
from video.contract import Picture, StreamState, StreamStatus

CAMERA = Camera(camera_id="1203", name="东门", point=Point(120.9, 30.9))
LIVE = StreamStatus(state=StreamState.LIVE, since=datetime.now(UTC))
POOR = Measured(
    codec="h264", width=1920, height=1080, fps=25.0, group_s=10.0, reordered=True
)


class Watched:
    """An engine that has seen enough of each stream."""

    measured: Measured | None = POOR

    def status(self, _camera_id: str) -> StreamStatus:
        return replace(LIVE, measured=self.measured)

    def picture(self, _camera_id: str) -> Picture | None:
        return None


def test_every_advice_has_words() -> None:
    assert set(ADVISED) == set(ADVICE)


def test_a_stream_nobody_has_seen_enough_of_is_not_advised_on() -> None:
    assert said_of(LIVE, CAMERA, lambda _context, text: text) == []


def test_the_menu_of_a_tile_says_what_would_be_better(kit, panel, monkeypatch) -> None:
    engine = Watched()
    monkeypatch.setattr(kit.desk, "engine", engine)

    def said() -> list[str]:
        lines = panel.made_menu().actions()
        return [each.text() for each in lines if "settings" in each.text()]

    small = any(each.sub_url for each in kit.board.cameras.values())
    found = said()
    assert "set a key frame every 2 s (it is 10.0 s)" in found[0]
    assert "B-frames" in found[1]
    assert len(found) == (2 if small else 3)
    assert not any(
        each.isEnabled()
        for each in panel.made_menu().actions()
        if "settings" in each.text()
    )
    engine.measured = replace(POOR, width=640, height=360, group_s=2.0, reordered=False)
    assert said() == []
    monkeypatch.undo()
