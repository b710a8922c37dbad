"""Look at every paint of a wall's tiles: none may be black, none old without a word."""

import time
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, QTimer

from console.panels.pictures import PicturesPanel
from console.panels.tile_look import Look

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


class PaintWatch(QObject):
    """Looks at a panel after each of its paints, at the pixels and at the words.

    Thread: UI.

    Attributes:
        paints: How many paints there were.
        black: Tiles with nothing bright in their picture, at which paint.
        unmarked: Tiles whose picture was older than the promise and claimed to live
            as the paint began.
        waits: Tiles without a live picture that said so.
        counts: How many of each there were: "black", "unmarked", "waits"; and
            "stalled", those unmarked while the machine gave this thread no processor.
    """

    def __init__(self, panel: PicturesPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._paint_event = panel.paintEvent
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

    def _on_beat(self) -> None:
        now = time.monotonic()
        if now - self._beaten > STALLED_S:
            self._stalled_until = now + OVER_IT_S
        self._beaten = now

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
        panel = self._panel
        tally = self._tally(tile)
        tally.turns += tally.last not in (None, camera_id)
        tally.last = camera_id
        tally.cameras.add(camera_id)
        look = panel._looks[tile]
        seen = Seen(tile, camera_id, look, age)
        pixels = panel.painted_tile_image(tile)
        if pixels is None or int(np.max(pixels[..., :3], initial=0)) <= DARK:
            self._note("black", self.black, seen)
        if look is Look.LIVE and (age is None or age > PROMISE_S):
            if stalled:
                self.counts["stalled"] += 1
            else:
                self._note("unmarked", self.unmarked, seen)
        if look is not Look.LIVE:
            self._note("waits", self.waits, seen)

    def _note(self, kind: str, found: list[Seen], seen: Seen) -> None:
        self.counts[kind] += 1
        if len(found) < KEPT:
            found.append(seen)
