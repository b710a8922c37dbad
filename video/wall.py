"""What stands in the tiles of a wall, and how it comes back.

No drawing and no streams: what is in which tile, which tile has the keyboard, what was
there before, and what stood there at rest.
"""

from collections import deque
from collections.abc import Collection, Sequence

from video.layouts import FOUR, Layout
from video.tile_content import OPEN_CASE, TileRef, camera, cameras

REMEMBERED = 8


class TileWall:
    """The tiles of one wall, in reading order.

    Thread: whichever one owns it.

    Attributes:
        layout: How the wall is cut into tiles.
        focused: Index of the tile that keys act on.
        enlarged: The focused tile is shown alone.
        case_id: The case whose views stand here, or None at rest.
        alarm_tiles: The tiles that a case may take; None: all of them.
    """

    def __init__(self, layout: Layout = FOUR) -> None:
        self.layout = layout
        self.focused = 0
        self._focused_at_rest = 0
        self.enlarged = False
        self.case_id: int | None = None
        self.alarm_tiles: frozenset[int] | None = None
        self._tiles: list[TileRef | None] = [None] * layout.count
        self._resting: list[TileRef | None] = [None] * layout.count
        self._before = [_empty_row() for _ in range(layout.count)]
        self._views: tuple[str, ...] = ()
        self._beside: frozenset[str] = frozenset()  # its best views that stood there
        self._page = 0

    @property
    def tiles(self) -> tuple[TileRef | None, ...]:
        """Return what each tile shows."""
        return tuple(self._tiles)

    @property
    def cameras(self) -> tuple[str | None, ...]:
        """Return the camera of each tile, None where there is none."""
        return tuple(None if each is None else each.camera_id for each in self._tiles)

    @property
    def resting(self) -> tuple[TileRef | None, ...]:
        """Return what stands in the tiles when no case is open."""
        return tuple(self._resting[: len(self._tiles)])

    @property
    def pinned(self) -> tuple[TileRef | None, ...]:
        """Return the same, with what a larger layout would show besides."""
        return tuple(self._resting)

    @property
    def focused_content(self) -> TileRef | None:
        """Return what the tile shows that keys act on."""
        return self._tiles[self.focused]

    @property
    def focused_camera(self) -> str | None:
        """Return the camera of the tile that keys act on."""
        return self.cameras[self.focused]

    @property
    def case_tiles(self) -> tuple[int, ...]:
        """Return the tiles that a case may take.

        A tile that shows the open case follows it by itself and is left alone. Where
        none of those that are meant is there, all are: a case is seen in any layout.
        """
        follows = {at for at, each in enumerate(self._resting) if each == OPEN_CASE}
        every = [at for at in range(len(self._tiles)) if at not in follows]
        meant = self.alarm_tiles
        chosen = [at for at in every if meant is None or at in meant]
        return tuple(chosen or every)

    def case_of(self, tile: int) -> int | None:
        """Return the case that a tile shows its camera for, or None.

        Its own tiles do, unless they still show what stands there at rest. So does a
        tile beside them that showed one of its best views when it was opened: that
        one is not shown twice. A tour is for no case.
        """
        content = self._tiles[tile]
        if content is None or content.camera_id is None:
            return None
        other = content != self._resting[tile] or self.is_view(tile)
        taken = other and tile in self.case_tiles
        return self.case_id if taken or content.camera_id in self._beside else None

    def is_view(self, tile: int) -> bool:
        """Return whether a tile shows a camera that was offered for the case."""
        content = self._tiles[tile]
        return content is not None and content.camera_id in self._views

    def is_called(self, tile: int) -> bool:
        """Return whether what a tile shows came with the case, and goes with it."""
        content = self._tiles[tile]
        here = self.case_id is not None and content is not None
        return here and content not in self.resting

    def pin(self, contents: Sequence[TileRef | None]) -> None:
        """Say what stands in the tiles at rest."""
        missing = max(0, len(self._tiles) - len(contents))
        self._resting = [*contents, *[None] * missing]
        if self.case_id is None:
            self._tiles = list(self.resting)

    def reshape(self, layout: Layout) -> None:
        """Have another layout; what stands in a tile stays in the tile of that number.

        What a smaller wall has no place for comes back with the next larger one.
        """
        count, before = layout.count, self.case_tiles
        self.layout = layout
        self._resting += [None] * (count - len(self._resting))
        shown = self._tiles[:count]
        self._tiles = list(self._resting[:count])
        if self.case_id is not None:
            beside = [None if each in shown else each for each in self._tiles]
            self._tiles = [*shown, *beside[len(shown) :]]
            if self._views:
                self._put_into([at for at in self.case_tiles if at not in before])
        self._before += [_empty_row() for _ in range(count - len(self._before))]
        del self._before[count:]
        self.focused = min(self.focused, count - 1)
        self.enlarged = self.enlarged and self.focused_content is not None
        self._page = 0

    def show(self, content: TileRef, tile: int | None = None) -> None:
        """Call a content into a tile; the focused one if none is named.

        What already stands in another tile changes places with it: the same picture
        twice would only hide another.
        """
        tile = self.focused if tile is None else tile
        if self._tiles[tile] == content:
            return
        if content in self._tiles:
            other = self._tiles.index(content)
            self._put(other, self._tiles[tile])
        self._put(tile, content)

    def clear(self, tile: int | None = None) -> bool:
        """Empty a tile; False if it is empty."""
        tile = self.focused if tile is None else tile
        if self._tiles[tile] is None:
            return False
        self._put(tile, None)
        return True

    def back(self, tile: int | None = None) -> bool:
        """Return a tile to what it showed before; False if nothing is remembered."""
        tile = self.focused if tile is None else tile
        before = self._before[tile]
        while before:
            content = before.pop()
            if content is not None and content == self._tiles[tile]:
                continue
            if content is not None and content in self._tiles:
                # They had changed places: they change back.
                self._tiles[self._tiles.index(content)] = self._tiles[tile]
            self._tiles[tile] = content
            self._remember_rest()
            return True
        return False

    def previous(self, tile: int) -> TileRef | None:
        """Return what `back` would put into a tile, None for nothing."""
        shown = self._tiles
        known = (each for each in reversed(self._before[tile]) if each not in shown)
        return next((each for each in known if each is not None), None)

    def move(self, right: int, down: int) -> bool:
        """Let the focused tile change places with its neighbour, and go with it."""
        tile = self.focused
        other = self.layout.neighbour(tile, right, down)
        here, there = self._tiles[tile], self._tiles[other]
        if here == there:
            return False
        self._put(tile, there)
        self._put(other, here)
        self.focused = other
        return True

    def open_case(self, case_id: int | None) -> None:
        """Make room for a case, or put exactly what was there before back."""
        if case_id == self.case_id:
            return
        if self.case_id is None:
            self._focused_at_rest = self.focused
        self.case_id = case_id
        self.enlarged = False
        self._views, self._beside, self._page = (), frozenset(), 0
        for before in self._before:
            before.clear()
        self._tiles = list(self.resting)
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
        first = not self._views
        self._views = tuple(views)
        if first:
            if views:
                best, shown = views[: len(self.case_tiles)], self.cameras
                around = {
                    each for at, each in enumerate(shown) if at not in self.case_tiles
                }
                self._beside = frozenset(best) & around
                for tile, content in zip(
                    self.case_tiles, self._page_of(0), strict=True
                ):
                    self._tiles[tile] = content
            return
        fresh = self._fresh()
        for tile in self.case_tiles:
            content = self._tiles[tile]
            among = content is not None and content.camera_id in views
            called = content is not None and self._before[tile]
            if not among and not called and fresh:
                self._tiles[tile] = camera(fresh.pop(0))

    def improve(self, dark: Collection[str], shining: Sequence[str]) -> bool:
        """Put cameras that have a picture where the case's views have none.

        What somebody called into a tile stays there; so does every picture.

        Args:
            dark: Cameras that have no picture, nor will have one soon.
            shining: Cameras that have one, best first.

        Returns:
            Whether a tile shows another camera now.
        """
        if self.case_id is None:
            return False
        shown = self.cameras
        fresh = [each for each in shining if each not in shown]
        changed = False
        for tile in self.case_tiles:
            if shown[tile] in dark and fresh and not self._before[tile]:
                self._tiles[tile] = camera(fresh.pop(0))
                changed = True
        return changed

    def best(self) -> None:
        """Show the best views again, as they rank now."""
        if self.case_id is not None:
            self._page = 0
            self._fill(self._page_of(0))

    def next_views(self) -> bool:
        """Show the next of the best views, as many as a case has tiles, round and round."""
        count, views = len(self.case_tiles), self._offered()
        if self.case_id is None or not 0 < count < len(views):
            return False
        self._page = (self._page + 1) % -(-len(views) // count)
        self._fill(self._page_of(self._page))
        return True

    def forget(self, known: Collection[str]) -> None:
        """Empty tiles whose camera is no longer registered."""
        for row in (self._tiles, self._resting):
            for tile, content in enumerate(row):
                camera_id = None if content is None else content.camera_id
                if camera_id is not None and camera_id not in known:
                    row[tile] = None

    def move_focus(self, right: int, down: int) -> None:
        """Choose the neighbouring tile; at the edge the choice stays."""
        self.focused = self.layout.neighbour(self.focused, right, down)

    def _fresh(self) -> list[str]:
        """Return the views that stand in no tile."""
        shown = self.cameras
        return [each for each in self._views if each not in shown]

    def _offered(self) -> list[str]:
        """Return the views that do not stand where a case may not go."""
        taken = set(self.case_tiles)
        kept = {each for at, each in enumerate(self.cameras) if at not in taken}
        return [each for each in self._views if each not in kept]

    def _page_of(self, page: int) -> list[TileRef | None]:
        count = len(self.case_tiles)
        part = self._offered()[page * count : (page + 1) * count]
        return cameras([*part, *[None] * (count - len(part))])

    def _fill(self, contents: Sequence[TileRef | None]) -> None:
        for tile, content in zip(self.case_tiles, contents, strict=True):
            if self._tiles[tile] != content:
                self._put(tile, content)

    def _put_into(self, tiles: Sequence[int]) -> None:
        """Put views into tiles that a case may take from now on."""
        for tile in tiles:
            self._tiles[tile] = None
        for tile, view in zip(tiles, self._fresh(), strict=False):
            self._tiles[tile] = camera(view)

    def _put(self, tile: int, content: TileRef | None) -> None:
        self._before[tile].append(self._tiles[tile])
        self._tiles[tile] = content
        self._remember_rest()

    def _remember_rest(self) -> None:
        if self.case_id is None:
            beyond = self._resting[len(self._tiles) :]
            beyond = [None if each in self._tiles else each for each in beyond]
            self._resting = [*self._tiles, *beyond]


def _empty_row() -> deque[TileRef | None]:
    return deque(maxlen=REMEMBERED)
