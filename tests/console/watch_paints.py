"""Look at every paint of a wall's tiles: none may be black, none old without a word.

Nor may one become old without a word because nobody paints it: what stands there is
looked at between the paints, too.
"""

import time
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, QTimer

from console.panels.painted import Pixels, painted_pixels
from console.panels.pictures import PicturesPanel
from console.panels.tile_look import Look
from console.panels.wall_tile import picture_rect
from console.panels.wall_window import WallWindow

PROMISE_S = 4.0  # a picture older than this has to say so
BEAT_MS = 100
STALLED_S = 0.5  # the thread had no processor: then no program can say anything
OVER_IT_S = 1.0  # and by then it has looked at every tile again
KEPT = 200  # of each kind; beyond that they are counted
DARK = 8  # of 255: nothing brighter in a tile is nothing to see


@dataclass(frozen=True)
class Seen:
    """One tile at one paint.

    Attributes:
        tile: Which.
        camera_id: Whose picture.
        look: What it claimed to be.
        age_s: How old the picture was, or None without one.
    """

    tile: int
    camera_id: str | None
    look: Look
    age_s: float | None


@dataclass
class Tally:
    """What was seen of one tile."""

    cameras: set[str] = field(default_factory=set)
    last: str | None = None
    turns: int = 0
    look: Look = Look.EMPTY  # claimed by what stands there
    made_at: float | None = None  # when that was live, on the monotonic clock


class PaintWatch(QObject):
    """Looks at a wall after each of its paints, at the pixels and at the words.

    Thread: UI.

    Args:
        panel: The desk's tiles, or a wall on a monitor.

    Attributes:
        paints: How many paints there were.
        black: Tiles with nothing bright in their picture, at which paint.
        unmarked: Tiles whose picture was older than the promise and claimed to live
            as the paint began, or came to be before the next.
        waits: Tiles without a live picture that said so.
        counts: How many of each there were: "black", "unmarked", "waits"; and
            "stalled", those unmarked while the machine gave this thread no processor.
    """

    def __init__(self, panel: PicturesPanel | WallWindow) -> None:
        super().__init__(panel)
        self._panel = panel
        self._paint_event = panel.paintEvent
        self._claims: dict[int, Look] = {}  # of a wall, as last painted
        if isinstance(panel, WallWindow):
            self._paint_tile = panel._paint_tile
            panel._paint_tile = self._on_paint_tile
        self.paints = 0
        self.black: list[Seen] = []
        self.unmarked: list[Seen] = []
        self.waits: list[Seen] = []
        self.counts: Counter[str] = Counter()
        self._tallies: dict[int, Tally] = {}
        self._beaten = time.monotonic()
        self._stalled_until = 0.0
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start(BEAT_MS)
        panel.paintEvent = self._on_paint

    def close(self) -> None:
        """Look no more."""
        self._beat.stop()
        self._panel.paintEvent = self._paint_event
        if isinstance(self._panel, WallWindow):
            self._panel._paint_tile = self._paint_tile

    def shown_in(self, tile: int) -> set[str]:
        """Return the cameras a tile has shown."""
        return set(self._tally(tile).cameras)

    def turns_of(self, tile: int) -> int:
        """Return how often a tile came to show another camera."""
        return self._tally(tile).turns

    def without_picture(self, tile: int) -> list[Seen]:
        """Return the paints at which a tile had no picture, and said so."""
        return [each for each in self.waits if each.tile == tile]

    def _tally(self, tile: int) -> Tally:
        return self._tallies.setdefault(tile, Tally())

    def _on_paint(self, event: object) -> None:
        panel = self._panel
        stalled = self._is_stalled()
        ages = [self._age_of(each) for each in panel.shown]
        self._paint_event(event)
        self.paints += 1
        for tile, camera_id in enumerate(panel.shown):
            if camera_id is None:
                continue  # an empty tile says what to do
            if panel._only is not None and tile not in panel._only:
                continue
            self._look_at(tile, camera_id, ages[tile], stalled=stalled)

    def _on_paint_tile(self, painter, rect, tile: int, ratio: float) -> None:
        content = self._panel.content(tile)
        claim = content.look
        if content.hidden or (claim is Look.LIVE and content.dated):
            claim = Look.STILL
        elif not (content.words or content.dated):
            claim = Look.LIVE  # whatever it is, without a word it is taken for that
        self._claims[tile] = claim
        self._paint_tile(painter, rect, tile, ratio)

    def _claimed(self, tile: int) -> Look:
        if isinstance(self._panel, WallWindow):
            return self._claims.get(tile, Look.LIVE)
        return self._panel._looks[tile]

    def _pixels(self, tile: int) -> Pixels | None:
        panel = self._panel
        if isinstance(panel, PicturesPanel):
            return panel.painted_tile_image(tile)
        return painted_pixels(panel, picture_rect(panel.tile_rect(tile), panel.theme))

    def _on_beat(self) -> None:
        now = time.monotonic()
        if now - self._beaten > STALLED_S:
            self._stalled_until = now + OVER_IT_S
        self._beaten = now
        if not self._panel.isVisible():
            return
        for tile, camera_id in enumerate(self._panel.shown):
            tally = self._tally(tile)
            if camera_id is None or camera_id != tally.last or tally.made_at is None:
                continue  # what stands there is another one's, and painted anew
            age = now - tally.made_at
            if tally.look is Look.LIVE and age > PROMISE_S + self._every_s(camera_id):
                tally.made_at = None  # said once
                seen = Seen(tile, camera_id, tally.look, age)
                self._note_old(seen, stalled=self._is_stalled())

    def _every_s(self, camera_id: str) -> float:
        """Return how far apart stills come, which say that they are some."""
        engine = self._panel.desk.engine
        return 0.0 if engine is None else engine.status(camera_id).every_s

    def _is_stalled(self) -> bool:
        now = time.monotonic()
        return now - self._beaten > STALLED_S or now < self._stalled_until

    def _age_of(self, camera_id: str | None) -> float | None:
        engine = self._panel.desk.engine
        if engine is None or camera_id is None:
            return None
        picture = engine.picture(camera_id)
        return None if picture is None else picture.age_s

    def _look_at(
        self, tile: int, camera_id: str, age: float | None, *, stalled: bool
    ) -> None:
        tally = self._tally(tile)
        tally.turns += tally.last not in (None, camera_id)
        tally.last = camera_id
        tally.cameras.add(camera_id)
        look = tally.look = self._claimed(tile)
        tally.made_at = None if age is None else time.monotonic() - age
        seen = Seen(tile, camera_id, look, age)
        pixels = self._pixels(tile)
        if pixels is None or int(np.max(pixels[..., :3], initial=0)) <= DARK:
            self._note("black", self.black, seen)
        limit = PROMISE_S + self._every_s(camera_id)
        if look is Look.LIVE and (age is None or age > limit):
            self._note_old(seen, stalled=stalled)
        if look is not Look.LIVE:
            self._note("waits", self.waits, seen)

    def _note_old(self, seen: Seen, *, stalled: bool) -> None:
        if stalled:
            self.counts["stalled"] += 1
        else:
            self._note("unmarked", self.unmarked, seen)

    def _note(self, kind: str, found: list[Seen], seen: Seen) -> None:
        self.counts[kind] += 1
        if len(found) < KEPT:
            found.append(seen)
