"""What stands in the tiles of a wall, and how it comes back.

No drawing and no streams: what is in which tile, which tile has the keyboard, what was
there before, and what stood there at rest.

There are two layers. Each tile has what stands in it at rest; over those that a case
may take (its column) lies what the case has there. Whatever is done beside the column
is done to the wall at rest and stays. The end of the case takes its layer away, and
nothing has to be put back.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from video import recut
from video.layouts import FOUR, Layout
from video.tile_content import OPEN_CASE, TileRef, camera
from video.tile_memory import Tile, Withdrawn


class TileWall:
    """The tiles of one wall, in reading order.

    Thread: whichever one owns it.

    Attributes:
        layout: How the wall is cut into tiles.
        focused: Index of the tile that keys act on.
        enlarged: The focused tile is shown alone.
        case_id: The case whose views stand here, or None at rest.
    """

    def __init__(self, layout: Layout = FOUR) -> None:
        self.layout = layout
        self.focused = 0
        self._focused_at_rest = 0
        self.enlarged = False
        self.case_id: int | None = None
        self._alarm_tiles: frozenset[int] | None = None
        # At rest, with what a larger layout would show besides.
        self._resting = [Tile() for _ in range(layout.count)]
        self._over: dict[int, Tile] = {}  # what the case has, by tile
        self._waiting: dict[int, dict[int, Tile]] = {}  # the same of other cases
        self._views: tuple[str, ...] = ()
        self._beside: frozenset[str] = frozenset()  # its best views that stood there
        self._page = 0

    @property
    def tiles(self) -> tuple[TileRef | None, ...]:
        """Return what each tile shows."""
        return tuple(self._shown(at).content for at in range(self.layout.count))

    def content(self, tile: int) -> TileRef | None:
        """Return what one tile shows."""
        return self._shown(tile).content

    @property
    def cameras(self) -> tuple[str | None, ...]:
        """Return the camera of each tile, None where there is none."""
        return tuple(None if each is None else each.camera_id for each in self.tiles)

    @property
    def resting(self) -> tuple[TileRef | None, ...]:
        """Return what stands in the tiles when no case is open."""
        return self.pinned[: self.layout.count]

    @property
    def pinned(self) -> tuple[TileRef | None, ...]:
        """Return the same, with what a larger layout would show besides."""
        return tuple(each.content for each in self._resting)

    @property
    def focused_content(self) -> TileRef | None:
        """Return what the tile shows that keys act on."""
        return self.content(self.focused)

    @property
    def focused_camera(self) -> str | None:
        """Return the camera of the tile that keys act on."""
        return self.cameras[self.focused]

    @property
    def alarm_tiles(self) -> frozenset[int] | None:
        """The tiles that a case may take; None: all of them."""
        return self._alarm_tiles

    @alarm_tiles.setter
    def alarm_tiles(self, tiles: frozenset[int] | None) -> None:
        self._alarm_tiles = tiles
        self._settle()

    @property
    def case_tiles(self) -> tuple[int, ...]:
        """Return the tiles that a case may take.

        A tile that shows the open case follows it by itself and is left alone. Where
        none of those that are meant is there, all are: a case is seen in any layout.
        """
        every, meant = range(self.layout.count), self._alarm_tiles
        chosen = [at for at in every if meant is None or at in meant] or every
        return tuple(at for at in chosen if self._resting[at].content != OPEN_CASE)

    def case_of(self, tile: int) -> int | None:
        """Return the case that a tile shows its camera for, or None.

        Its own tiles do, unless they still show what stands there at rest. So does a
        tile beside them that showed one of its best views when it was opened: that
        one is not shown twice. A tour is for no case.
        """
        content = self.content(tile)
        if content is None or content.camera_id is None:
            return None
        other = content != self._resting[tile].content or self.is_view(tile)
        taken = other and tile in self.case_tiles
        return self.case_id if taken or content.camera_id in self._beside else None

    def is_view(self, tile: int) -> bool:
        """Return whether a tile shows a camera that was offered for the case."""
        content = self.content(tile)
        return content is not None and content.camera_id in self._views

    def is_called(self, tile: int) -> bool:
        """Return whether what a tile shows came with the case, or since it came."""
        shown = self._shown(tile)
        here = self.case_id is not None and shown.content is not None
        return here and (shown.called or shown.content not in self.resting)

    def pin(self, contents: Sequence[TileRef | None]) -> None:
        """Say what stands in the tiles at rest; the column is the case's until its end."""
        count = max(self.layout.count, len(contents))
        self._make_room(count)
        del self._resting[count:]
        for at, tile in enumerate(self._resting):
            content = contents[at] if at < len(contents) else None
            tile.called, tile.left = False, None
            if tile.content is None:
                tile.content = content  # nothing is lost: nothing to go back to
                if content is not None:
                    tile.withdrawn = None
            else:
                tile.take(content)
        self._settle()

    def withdraw(self, allowed: Collection[str], at: datetime) -> None:
        """Empty the tiles at rest whose camera is none of these; they know which it was."""
        for tile in self._resting:
            camera_id = None if tile.content is None else tile.content.camera_id
            if camera_id is not None and camera_id not in allowed:
                tile.withdraw(camera_id, at)

    def withdrawn(self, tile: int, *, at_rest: bool = False) -> Withdrawn | None:
        """Return what was taken out of a tile, if nothing else was put there since."""
        return (self._resting[tile] if at_rest else self._shown(tile)).withdrawn

    def reshape(self, layout: Layout, *, by_place: bool = False) -> None:
        """Have another layout; what stands in a tile stays in the tile of that number.

        What a smaller wall has no place for comes back with the next larger one.

        Args:
            layout: The other one.
            by_place: It was made of the present one by hand, at the focused tile:
                everything stays where it lies instead, and so does the column.
        """
        self._forget_doubles()
        old, self.layout = self.layout, layout
        if by_place:
            self._cut(old)
        self._make_room(layout.count)
        self._settle(anew=not by_place)
        self.focused = min(self.focused, layout.count - 1)
        self.enlarged = self.enlarged and self.focused_content is not None
        self._page = 0

    def show(self, content: TileRef, tile: int | None = None) -> None:
        """Call a content into a tile; the focused one if none is named.

        What already stands in another tile changes places with it: the same picture
        twice would only hide another. But a column and what lies beside it are left
        to themselves: the room keeps its bearings, and the case its views.
        """
        tile = self.focused if tile is None else tile
        if self.tiles[tile] != content:
            self._put(tile, content)

    def clear(self, tile: int | None = None) -> bool:
        """Empty a tile; False if it is empty."""
        tile = self.focused if tile is None else tile
        if self.tiles[tile] is None:
            return False
        self._put(tile, None)
        return True

    def back(self, tile: int | None = None) -> bool:
        """Return a tile to what it showed before; False if nothing is remembered."""
        tile = self.focused if tile is None else tile
        here = self._own(tile)
        while here.before:
            content = here.before.pop()
            if content == here.content:
                continue
            # They had changed places: they change back.
            other = here.left if content is None else self._where(tile, content)
            if other is not None and other.content == content:
                self._lay(other, here.content, remembers=False)
            self._lay(here, content, remembers=False)
            return True
        return False

    def previous(self, tile: int) -> TileRef | None:
        """Return what `back` would put into a tile, None for nothing."""
        shown = self.tiles
        known = (each for each in reversed(self._own(tile).before) if each not in shown)
        return next((each for each in known if each is not None), None)

    def move(self, right: int, down: int) -> bool:
        """Let the focused tile change places with its neighbour, and go with it."""
        tile = self.focused
        other = self.layout.neighbour(tile, right, down)
        here, there = self.tiles[tile], self.tiles[other]
        if here == there:
            return False
        self._put(tile, there)
        self._put(other, here)
        self.focused = other
        return True

    def open_case(self, case_id: int | None, *, waiting: Collection[int] = ()) -> None:
        """Make room for a case, or put exactly what was there before back.

        Args:
            case_id: Which, or None.
            waiting: Cases that will come back, with what they had in their tiles.
        """
        kept = {*waiting, case_id}
        self._waiting = {at: each for at, each in self._waiting.items() if at in kept}
        if case_id == self.case_id:
            return
        self._forget_doubles()
        if self.case_id is None:
            self._focused_at_rest = self.focused
        elif self.case_id in waiting:
            self._waiting[self.case_id] = self._over
        self._over = self._waiting.pop(case_id or 0, {})
        self.case_id = case_id
        self.enlarged = False
        self._views, self._beside, self._page = (), frozenset(), 0
        for tile in self._resting:
            tile.called = False
        self._settle()
        self.focused = min(self.case_tiles, default=0)
        if case_id is None:
            self.focused = min(self._focused_at_rest, self.layout.count - 1)

    def offer(self, views: Sequence[str]) -> None:
        """Take the case's best views, best first.

        The first offer fills the tiles that a case may take. Later ones only fill what
        is empty or no longer among them: pictures do not change places under someone's
        eyes.
        """
        if self.case_id is None:
            return
        if not self._views:
            self._beside = frozenset(views[: len(self.case_tiles)]) & self._around()
        self._views = tuple(views)
        self._settle()
        fresh = self._fresh()
        for _, tile in self._column():
            view = None if tile.content is None else tile.content.camera_id
            if fresh and not tile.called and view not in views:
                tile.content = fresh.pop(0)

    def improve(self, dark: Collection[str], shining: Sequence[str]) -> bool:
        """Put cameras that have a picture where the case's views have none.

        What somebody called into a tile stays there; so does every picture.

        Args:
            dark: Cameras that have no picture, nor will have one soon.
            shining: Cameras that have one, best first.

        Returns:
            Whether a tile shows another camera now.
        """
        shown = self.cameras
        fresh = [each for each in shining if each not in shown]
        changed = False
        for at, tile in self._column():
            if shown[at] in dark and fresh and not tile.called:
                tile.content = camera(fresh.pop(0))
                changed = True
        return changed

    def best(self) -> None:
        """Show the best views again, as they rank now."""
        if self.case_id is not None and self._views:
            self._turn_to(0)

    def next_views(self) -> bool:
        """Show the next of the best views, as many as a case has tiles, round and round."""
        count, views = len(self.case_tiles), self._offered()
        if self.case_id is None or not 0 < count < len(views):
            return False
        self._turn_to((self._page + 1) % -(-len(views) // count))
        return True

    def forget(self, known: Collection[str]) -> None:
        """Empty tiles whose camera is no longer registered, and let none come back."""
        covers = [self._over, *self._waiting.values()]
        for row in (self._resting, *(each.values() for each in covers)):
            for tile in row:
                tile.forget(known)

    def move_focus(self, right: int, down: int) -> None:
        """Choose the neighbouring tile; at the edge the choice stays."""
        self.focused = self.layout.neighbour(self.focused, right, down)

    def _shown(self, at: int) -> Tile:
        return self._over.get(at) or self._resting[at]

    def _own(self, at: int) -> Tile:
        """Return what is changed where somebody changes a tile."""
        if self.case_id is None or at not in self.case_tiles:
            return self._resting[at]
        return self._cover(at)

    def _cover(self, at: int) -> Tile:
        """Return what the case has in a tile; at first what stands there at rest."""
        if at not in self._over:
            tile = self._resting[at]
            self._over[at] = Tile(tile.content, tile.before.copy())
        return self._over[at]

    def _column(self) -> list[tuple[int, Tile]]:
        """Return the tiles that the case has taken."""
        return [(at, self._over[at]) for at in self.case_tiles if at in self._over]

    def _put(self, at: int, content: TileRef | None) -> None:
        here = self._own(at)
        other = None if content is None else self._where(at, content)
        was = here.content
        self._lay(here, content)
        if other is not None:
            self._lay(other, was)
            here.left = other if was is None else None

    def _lay(
        self, tile: Tile, content: TileRef | None, *, remembers: bool = True
    ) -> None:
        if remembers:
            tile.take(content)
        tile.content, tile.called = content, self.case_id is not None
        tile.left = tile.withdrawn = None

    def _where(self, at: int, content: TileRef) -> Tile | None:
        """Return the other tile beside one, or in its column, that shows a content."""
        here, rows = self._own(at), self._resting
        if at in self._over:
            rows = [self._cover(other) for other in self.case_tiles]
            rows += self._over.values()  # with those of a larger layout
        found = (each for each in rows if each is not here and each.content == content)
        return next(found, None)

    def _make_room(self, count: int) -> None:
        self._resting += [Tile() for _ in range(count - len(self._resting))]

    def _cut(self, old: Layout) -> None:
        """Let everything stay where it lies, in a layout that was made of the old one."""
        order = recut.order(old, self.layout, self.focused, len(self._resting))
        now = {was: at for at, was in enumerate(order) if was is not None}
        tiles = self._resting
        self._resting = [Tile() if was is None else tiles[was] for was in order]
        grown = len(order) - len(tiles)
        for over in (self._over, *self._waiting.values()):
            moved = [(now.get(at, at + grown), tile) for at, tile in over.items()]
            over.clear()
            over.update(moved)
        if self._alarm_tiles is not None:
            there = recut.same_places(old, self.layout, self._alarm_tiles)
            beyond = {now.get(at, at) for at in self._alarm_tiles}
            self._alarm_tiles = there | {at for at in beyond if at >= self.layout.count}
        self.focused = now[self.focused]
        self._focused_at_rest = now.get(self._focused_at_rest, 0)

    def _settle(self, *, anew: bool = False) -> None:
        """Let the case have the tiles it may take, and views in those it has.

        What it has beyond a smaller layout comes back with the next larger one.

        Args:
            anew: Other tiles are seen now: what stands beside is not shown twice.
        """
        column, count = self.case_tiles, self.layout.count
        may = {at for at in self._over if at in column or at >= count}
        self._over = {at: tile for at, tile in self._over.items() if at in may}
        if not self._views:
            return
        for at in column:
            if at not in self._over:
                self._cover(at).take(None)
        fresh = self._fresh()
        kept = {tile.content for _, tile in self._column() if tile.called}
        if anew:
            kept |= {self.tiles[at] for at in range(count) if at not in column}
        for _, tile in self._column():
            if tile.called:
                continue
            if tile.content is None or tile.content in kept:
                tile.content = fresh.pop(0) if fresh else None
            kept.add(tile.content)

    def _forget_doubles(self) -> None:
        """Have nothing beyond the layout that stands in the column now anyway."""
        shown = {tile.content for _, tile in self._column()}
        for at in [at for at in self._over if at >= self.layout.count]:
            if self._over[at].content in shown:
                del self._over[at]

    def _fresh(self) -> list[TileRef]:
        """Return the views that stand in no tile."""
        shown = self.cameras
        return [camera(each) for each in self._views if each not in shown]

    def _around(self) -> set[str]:
        """Return the cameras where a case may not go."""
        taken = self.case_tiles
        return {
            each for at, each in enumerate(self.cameras) if each and at not in taken
        }

    def _offered(self) -> list[str]:
        """Return the views that do not stand where a case may not go."""
        beside = self._around()
        return [each for each in self._views if each not in beside]

    def _turn_to(self, page: int) -> None:
        """Show one page of the views; what was called there can be gone back to."""
        self._page, count = page, len(self.case_tiles)
        part = self._offered()[page * count : (page + 1) * count]
        for place, at in enumerate(self.case_tiles):
            tile = self._cover(at)
            tile.take(camera(part[place]) if place < len(part) else None)
            tile.called = False
