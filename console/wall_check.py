"""大屏检查: what every tile shows, on all walls and the desk, the worst first.

Before a shift or a visit one wants to know of every picture that it is live, and of
every camera of a tour that it will be at its turn. Nothing is left out for being well.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from console.panels.tile_look import Look
from console.shown import Shown
from console.wall_trial import Trial
from dispatch.cameras import Camera
from dispatch.geo import Point, moved
from video.contract import Step
from video.tile_content import CAMERA, TOUR, TileRef, camera

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.tour_tiles import TourTiles
    from video.wall import TileWall

WORST_FIRST: Final = (
    Look.OFF,
    Look.FROZEN,
    Look.WAITING,
    Look.AGAIN,
    Look.STILL,
    Look.LIVE,
    Look.EMPTY,
)
AT_ONCE: Final = 3  # places looked up in one go: each asks what stands between
NAME: Final = "wall check"  # under which it asks for the cameras of tours


class Checked(Protocol):
    """A wall as the check sees it."""

    wall: "TileWall"
    tours: "TourTiles"

    def isVisible(self) -> bool:
        """Return whether it stands on a screen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckRow:
    """A tile, or one camera of the tour in it.

    Attributes:
        wall: The key of its wall, "" for the desk.
        tile: Its index.
        content: What stands in it.
        look: What it shows: live, and everything that is not; `LIVE` for a page.
        fine: Nothing about it needs anybody.
        camera_id: The camera it shows now, or "".
        unseen: Why nobody sees it now: "away", its monitor is; "hidden", its panel;
            "held" from visitors; "sealed" from every wall; or "".
        stops: Of a tour's tile: how many of its cameras are ready, and how many it has.
        is_stop: It is one camera of a tour, whose turn may come later.
        untried: Of such a one: "waits" for being tried, or it "runs"; else "".
        reason: Why such a one is not ready, one of `video.contract.REASONS`.
    """

    wall: str
    tile: int
    content: TileRef | None
    look: Look
    fine: bool
    camera_id: str = ""
    unseen: str = ""
    stops: tuple[int, int] | None = None
    is_stop: bool = False
    untried: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many tiles show something, how many of them are fine, and tours' cameras.

    Attributes:
        tiles: With something in them.
        fine: Of these.
        stops: Cameras of tours.
        ready: Of these.
    """

    tiles: int
    fine: int
    stops: int
    ready: int


def totals(rows: Iterable[CheckRow]) -> Totals:
    """Count what was found; a tile in which nothing shall stand is not counted."""
    found = [each for each in rows if each.content is not None]
    tiles = [each for each in found if not each.is_stop]
    stops = [each.stops for each in tiles if each.stops is not None]
    return Totals(
        tiles=len(tiles),
        fine=sum(each.fine for each in tiles),
        stops=sum(of for _, of in stops),
        ready=sum(ready for ready, _ in stops),
    )


class WallCheck:
    """Finds what each tile shows, and what could stand there where that is not live.

    Thread: UI only.
    """

    def __init__(
        self,
        desk: "Desk",
        walls: Callable[[], dict[str, Checked]],
        look: Callable[[str | None], Look],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk = desk
        self._walls = walls
        self._look = look
        self._views: dict[str, tuple[str, ...]] = {}
        self._monotonic = monotonic
        self._trial = Trial((), self._sight)

    def begin(self) -> None:
        """Look up places anew, and try every camera of the tours: none is told blind."""
        self._views.clear()
        stops = (
            stop
            for checked in self._walls().values()
            for stop in checked.tours.looked_at()
            if not self._is_sealed(stop)
        )
        self._trial = Trial(stops, self._sight)
        self.advance()

    def advance(self) -> None:
        """Go on to the next cameras of tours: a few at a time are connected for it."""
        before = self._trial.trying
        self._trial.advance(self._monotonic())
        if self._trial.trying != before:
            self._desk.wants.show(NAME, Shown(tried=self._trial.trying))

    def end(self) -> None:
        """Let go of the cameras that were only tried."""
        self._trial = Trial((), self._sight)
        self._desk.wants.show(NAME, Shown())

    def rows(self) -> list[CheckRow]:
        """Return every tile, the worst first, each tour with its cameras under it."""
        found = [
            self._group(key, checked, tile)
            for key, checked in self._walls().items()
            for tile in range(len(checked.wall.tiles))
        ]
        found.sort(key=lambda group: _rank(group[0]))
        dark = [group[0] for group in found if _is_dark(group[0])]
        self._look_up([each.camera_id for each in dark])
        return [row for group in found for row in group]

    def replacement(self, row: CheckRow) -> tuple[TileRef | None, bool]:
        """Return what could stand in a tile, and whether that is what stood there."""
        if not _is_dark(row) or row.is_stop or row.stops is not None:
            return None, False  # a tour finds its way by itself
        wall = self._walls()[row.wall].wall
        other = self._other_view(wall, row.camera_id, sealed_too=not row.wall)
        if other is not None:
            return other, False
        before = wall.previous(row.tile)
        return before, before is not None

    # -- within ------------------------------------------------------------------------

    def _group(self, key: str, checked: Checked, tile: int) -> list[CheckRow]:
        """Return a tile's row, and under it those of its tour."""
        content = checked.wall.tiles[tile]
        camera_id = checked.tours.cameras[tile] or ""
        if content is None or content.kind not in (CAMERA, TOUR):
            # A page is painted here: it is as true as the board.
            look = Look.EMPTY if content is None else Look.LIVE
            return [
                CheckRow(wall=key, tile=tile, content=content, look=look, fine=True)
            ]
        unseen = self._unseen(key, checked, camera_id)
        look = self._look_of(key, camera_id)
        stops = self._stops(key, checked, tile) if content.kind == TOUR else []
        open_ = [each for each in stops if not each.unseen]
        ready = (sum(each.fine for each in open_), len(open_)) if stops else None
        gone = content.kind == TOUR and not stops
        head = CheckRow(
            wall=key,
            tile=tile,
            content=content,
            look=Look.OFF if gone else look,
            fine=unseen == "sealed"  # a wall does not show it, and that is no fault
            or (
                look is Look.LIVE
                and all(each.fine for each in stops)
                and not (gone or unseen or self._is_wrong(camera_id))
            ),
            camera_id=camera_id,
            unseen=unseen,
            stops=ready,
        )
        return [head, *stops]

    def _stops(self, key: str, checked: Checked, tile: int) -> list[CheckRow]:
        run = checked.tours.run_of(checked.wall.tiles[tile])
        stops = () if run is None else run.tour.stops
        rows = []
        for camera_id in dict.fromkeys(stop.camera_id for stop in stops):
            look, reason, untried = self._ahead(camera_id)
            sealed = self._is_sealed(camera_id)
            rows.append(
                CheckRow(
                    wall=key,
                    tile=tile,
                    content=checked.wall.tiles[tile],
                    look=Look.STILL if sealed else look,
                    fine=sealed or look is Look.LIVE,
                    camera_id=camera_id,
                    unseen="sealed" if sealed else "",
                    is_stop=True,
                    untried=untried,
                    reason=reason,
                )
            )
        return sorted(rows, key=lambda row: WORST_FIRST.index(row.look))

    def _is_sealed(self, camera_id: str) -> bool:
        known = self._desk.board.cameras.get(camera_id)
        return known is not None and known.sealed

    def _is_wrong(self, camera_id: str) -> bool:
        known = self._desk.board.cameras.get(camera_id)
        return known is not None and known.wrong_since is not None

    def _unseen(self, key: str, checked: Checked, camera_id: str) -> str:
        walls = self._desk.walls
        if not checked.isVisible():
            return "away" if key else "hidden"
        if key and self._is_sealed(camera_id):
            return "sealed"
        if key and walls is not None and walls.visitors.held_for(camera_id) is not None:
            return "held"
        return ""

    def _look_of(self, key: str, camera_id: str) -> Look:
        """Return what a camera's tile shows; a picture that is stills is not live."""
        engine, look = self._desk.engine, self._look(camera_id or None)
        if look is Look.EMPTY or camera_id not in self._desk.board.cameras:
            return Look.OFF  # it stands there, and there is no such camera
        if look is Look.STILL and key:
            return Look.WAITING  # the desk's own still; a wall shows what is of now
        if engine is not None and look is Look.LIVE:
            taken = engine.status(camera_id).taken
            return Look.STILL if taken is Step.STILLS else Look.LIVE
        return look

    def _ahead(self, camera_id: str) -> tuple[Look, str, str]:
        """Return what a tour's camera will show at its turn, why, and if it is untried."""
        look, reason = self._sight(camera_id)
        if look is not Look.WAITING:
            return look, reason, ""
        found = self._trial.found.get(camera_id)
        if found is not None:  # a minute ago at most
            return found.look, found.reason, ""
        return look, "", "runs" if camera_id in self._trial.trying else "waits"

    def _sight(self, camera_id: str) -> tuple[Look, str]:
        """Return whether a camera would be live as soon as it is called up, or why not."""
        finder, engine = self._desk.finder, self._desk.engine
        reason = "" if engine is None else engine.status(camera_id).reason
        if camera_id not in self._desk.board.cameras or finder.is_dark(camera_id):
            return Look.OFF, reason
        return Look.LIVE if finder.shines(camera_id) else Look.WAITING, reason

    def _other_view(
        self, wall: "TileWall", camera_id: str, *, sealed_too: bool
    ) -> TileRef | None:
        """Return the best view of the same place that the wall does not show yet."""
        finder, shown = self._desk.finder, wall.cameras
        for other in self._views.get(camera_id, ()):
            if self._is_sealed(other) and not sealed_too:
                continue
            if other not in shown and not finder.is_dark(other):
                return camera(other)
        return None

    def _look_up(self, camera_ids: Sequence[str]) -> None:
        board = self._desk.board
        unknown = [each for each in camera_ids if each not in self._views]
        for camera_id in unknown[:AT_ONCE]:
            known = board.cameras.get(camera_id)
            if known is not None:
                place = self._looks_at(known)
                self._views[camera_id] = tuple(
                    view.camera_id
                    for view in self._desk.finder.views_about(place)
                    if view.covers and view.camera_id != camera_id
                )

    def _looks_at(self, known: Camera) -> Point:
        """Return the middle of what a camera shows: that is its place."""
        stands = self._desk.board.standing(known)
        if stands.bearing_deg is None:
            return stands.point
        return moved(stands.point, stands.bearing_deg, known.range_m / 2)


def _rank(row: CheckRow) -> tuple[int, bool]:
    """Return how bad a tile is; a tour that lacks a camera comes before the live.

    Nobody knows what a tile would show that nobody sees: it comes after the bad ones.
    """
    look = Look.STILL if row.unseen else row.look
    return WORST_FIRST.index(look), row.fine


def _is_dark(row: CheckRow) -> bool:
    dark = (Look.OFF, Look.FROZEN, Look.WAITING)
    return row.look in dark and row.camera_id != "" and not row.unseen
