"""The tours in the tiles of a wall: which camera each shows now, and what is made ready.

A tile holds the tour's key; what it shows is asked here. The next camera is wanted live
before its turn and unseen, at the size of its tile; the tile changes when it has a
picture. Where a case has the tile the tour stands still, and goes on where it was.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.panels.tile_look import TileContent, TourLook
from video.tile_content import TOUR, TileRef
from video.tours import Needs, Sight, TourRun

if TYPE_CHECKING:
    from console.desk import Desk
    from console.stream_wants import StreamWants
    from video.wall import TileWall

STANDBY_EACH = 8  # stops of a tour kept at hand behind the next one


class TourTiles:
    """Runs the tours of one wall.

    Thread: UI only.

    Args:
        desk: The cameras, the engine, and the plan with the tours.
        wall: What stands in the tiles.
        wants: Who may not be seen.
        monotonic: Seconds.
    """

    def __init__(
        self,
        desk: "Desk",
        wall: "TileWall",
        wants: "StreamWants",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk, self._wall, self._wants = desk, wall, wants
        self._monotonic = monotonic
        self._runs: dict[str, TourRun] = {}
        self._shown = wall.cameras

    # -- what stands in the tiles ----------------------------------------------------

    @property
    def cameras(self) -> tuple[str | None, ...]:
        """Return the camera of each tile, that of a tour as of the last `advance`."""
        return self._shown

    def run_of(self, content: TileRef | None) -> TourRun | None:
        """Return the tour a content runs, or None."""
        if content is None or content.kind != TOUR:
            return None
        return self._runs.get(content.value)

    def sync(self) -> None:
        """Begin tours that were put up, end those that are gone, take over changes."""
        now, before = self._monotonic(), self._shown
        wanted: dict[str, int | None] = {}
        for content in self._wall.resting:
            if content is not None and content.kind == TOUR:
                wanted[content.value] = None
        for tile, content in enumerate(self._wall.tiles):
            if content is not None and content.kind == TOUR:
                wanted[content.value] = tile
        for key, shown_in in wanted.items():
            tour = self._desk.wall.plan.tour(key)
            run = self._runs.get(key)
            if tour is None:
                self._runs.pop(key, None)
            elif run is None:
                stood = None
                if shown_in is not None and shown_in < len(before):
                    stood = before[shown_in]
                self._runs[key] = TourRun(tour, now, before=stood)
            elif run.tour != tour:
                run.go_on_with(tour)
        self._runs = {key: run for key, run in self._runs.items() if key in wanted}
        for key, run in self._runs.items():
            run.gives_way = wanted[key] is None
        self._look()

    def advance(self) -> bool:
        """Let time pass; return whether what is wanted or shown is another now."""
        now = self._monotonic()
        changed = False
        for run in self._runs.values():
            if self._desk.replay.covers(run.shown):
                continue  # what is looked at again stays under the eyes
            before = run.needs()
            run.advance(now, self._sight)
            changed = run.needs() != before or changed
        if changed:
            self._look()
        return changed

    # -- what is wanted --------------------------------------------------------------

    def unseen(self, tile: int) -> str | None:
        """Return the camera that is made ready for a tile, or None."""
        run = self.run_of(self._wall.content(tile))
        live: tuple[str, ...] = () if run is None else run.needs().live[1:]
        return live[0] if live else None

    def at_hand(self) -> list[str]:
        """Return the cameras that follow, those shown too: a case may take the tile."""
        found: dict[str, None] = {}
        for run in self._runs.values():
            needs: Needs = run.needs()
            found |= dict.fromkeys((*needs.live, *needs.standby[:STANDBY_EACH]))
        return list(found)

    def looked_at(self) -> list[str]:
        """Return every camera of the tours in the tiles.

        Who puts a tour up looks at all of them: that is written down once, not with
        each turn.
        """
        runs = [self.run_of(each) for each in self._wall.tiles]
        return [
            stop.camera_id for run in runs if run is not None for stop in run.tour.stops
        ]

    # -- what is said ----------------------------------------------------------------

    def dressed(self, tile: int, content: TileContent) -> TileContent:
        """Return a tile's content with what is to be said of its tour."""
        gone = self.gone(tile)
        if gone:
            return replace(content, reason=gone)
        return replace(content, tour=self.said(tile))

    def said(self, tile: int, *, named: bool = True) -> TourLook | None:
        """Return what is said of the tour of a tile, with names where they may be read."""
        run = self.run_of(self._wall.content(tile))
        if run is None:
            return None
        return TourLook(self._after(run, named=named), run.share, run.paused)

    def gone(self, tile: int) -> str:
        """Return that the tour of a tile was taken away, in words; "" where it was not."""
        shown = self._wall.content(tile)
        if shown is None or shown.kind != TOUR or self.run_of(shown) is not None:
            return ""
        return QCoreApplication.translate("Tour", "This tour was taken away.")

    # -- by hand -----------------------------------------------------------------------

    def lead(self, tile: int, step: int) -> TourRun | None:
        """Lead the tour of a tile; return it, or None where there is none.

        Args:
            tile: Of the wall.
            step: 1 to the next camera, -1 to the one before, 0 holds it or lets it go.
        """
        run = self.run_of(self._wall.content(tile))
        if run is not None:
            run.lead(step)
            self._desk.wall.changed.emit()
        return run

    def _after(self, run: TourRun, *, named: bool) -> tuple[str, ...]:
        """Return what comes next and what was passed over, in ever shorter words."""
        following, short = "", ""
        if run.paused:
            following = short = QCoreApplication.translate("Tour", "Held")
        elif run.next is not None:
            text = QCoreApplication.translate("Tour", "Next {camera}")
            name = self._named(run.next) if named else run.next
            following = text.format(camera=name)
            short = text.format(camera=run.next)
        gone = ""
        if run.skipped:
            text = QCoreApplication.translate("Tour", "No signal {cameras}")
            gone = text.format(cameras=" ".join(run.skipped))
        rows = [(following, gone), (short, gone), (short,)]
        if run.next is not None and not run.paused:
            rows.append((f"→ {run.next}",))
        said = (" · ".join(filter(None, row)) for row in rows)
        return tuple(dict.fromkeys(filter(None, said)))

    def _named(self, camera_id: str) -> str:
        camera = self._desk.board.cameras.get(camera_id)
        return camera_id if camera is None else f"{camera_id} {camera.name}"

    def _look(self) -> None:
        self._shown = tuple(self._camera_of(each) for each in self._wall.tiles)

    def _camera_of(self, content: TileRef | None) -> str | None:
        run = self.run_of(content)
        if run is not None:
            return run.shown
        return None if content is None else content.camera_id

    def _sight(self, camera_id: str) -> Sight:
        engine = self._desk.engine
        camera = self._desk.board.cameras.get(camera_id)
        if (
            engine is None
            or camera is None
            or camera.sealed  # it is called up on purpose, or not at all
            or self._wants.refused(camera_id) is not None
        ):
            return Sight.DEAD
        picture = engine.picture(camera_id)
        if picture is not None and picture.is_live(engine.status(camera_id).every_s):
            return Sight.LIVE
        return Sight.DEAD if self._desk.finder.is_dark(camera_id) else Sight.COMING
