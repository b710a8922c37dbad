"""What stands in the tiles of a wall of pictures, and how it comes back.

No drawing and no streams: which camera is in which tile, which tile has the
keyboard, what was there before, and what stood there at rest.
"""

from collections import deque
from collections.abc import Collection, Sequence

REMEMBERED = 8


class TileWall:
    """The tiles of one wall, row by row.

    Thread: whichever one owns it.

    Attributes:
        columns: Tiles in a row.
        focused: Index of the tile that keys act on.
        enlarged: The focused tile is shown alone.
        case_id: The case whose views stand here, or None at rest.
    """

    def __init__(self, count: int = 4, *, columns: int = 2) -> None:
        self.columns = columns
        self.focused = 0
        self.enlarged = False
        self.case_id: int | None = None
        self._tiles: list[str | None] = [None] * count
        self._resting: list[str | None] = [None] * count
        self._before: list[deque[str | None]] = [
            deque(maxlen=REMEMBERED) for _ in range(count)
        ]
        self._views: tuple[str, ...] = ()
        self._page = 0

    @property
    def tiles(self) -> tuple[str | None, ...]:
        """Return the camera of each tile."""
        return tuple(self._tiles)

    @property
    def resting(self) -> tuple[str | None, ...]:
        """Return what stands in the tiles when no case is open."""
        return tuple(self._resting[: len(self._tiles)])

    @property
    def pinned(self) -> tuple[str | None, ...]:
        """Return the same, with what a larger layout would show besides."""
        return tuple(self._resting)

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return -(-len(self._tiles) // self.columns)

    @property
    def focused_camera(self) -> str | None:
        """Return the camera of the tile that keys act on."""
        return self._tiles[self.focused]

    def pin(self, camera_ids: Sequence[str | None]) -> None:
        """Say what stands in the tiles at rest."""
        missing = max(0, len(self._tiles) - len(camera_ids))
        self._resting = [*camera_ids, *[None] * missing]
        if self.case_id is None:
            self._tiles = list(self.resting)

    def reshape(self, count: int, *, columns: int) -> None:
        """Have another number of tiles; those there are stay where one reads them.

        What a smaller wall has no place for comes back with the next larger one.
        """
        self.columns = columns
        self._resting += [None] * (count - len(self._resting))
        if self.case_id is None:
            self._tiles = list(self._resting[:count])
        else:
            shown = self._tiles[:count]
            more = [each for each in self._views if each not in shown]
            spare = [*more, *[None] * count]
            self._tiles = [*shown, *spare[: count - len(shown)]]
        before: list[deque[str | None]] = [
            deque(maxlen=REMEMBERED) for _ in range(count)
        ]
        self._before = [*self._before[:count], *before[len(self._before) :]]
        self.focused = min(self.focused, count - 1)
        self.enlarged = self.enlarged and self.focused_camera is not None
        self._page = 0

    def show(self, camera_id: str, tile: int | None = None) -> None:
        """Call a camera into a tile; the focused one if none is named.

        A camera that already stands in another tile changes places with it: the
        same picture twice would only hide another.
        """
        tile = self.focused if tile is None else tile
        if self._tiles[tile] == camera_id:
            return
        if camera_id in self._tiles:
            other = self._tiles.index(camera_id)
            self._put(other, self._tiles[tile])
        self._put(tile, camera_id)

    def back(self, tile: int | None = None) -> bool:
        """Return a tile to what it showed before; False if nothing is remembered."""
        tile = self.focused if tile is None else tile
        before = self._before[tile]
        while before:
            camera_id = before.pop()
            if camera_id not in self._tiles or camera_id is None:
                self._tiles[tile] = camera_id
                self._remember_rest()
                return True
        return False

    def open_case(self, case_id: int | None) -> None:
        """Make room for a case, or put exactly what was there before back."""
        if case_id == self.case_id:
            return
        self.case_id = case_id
        self.enlarged = False
        self._views, self._page = (), 0
        for before in self._before:
            before.clear()
        self._tiles = list(self.resting)
        self.focused = 0

    def offer(self, views: Sequence[str]) -> None:
        """Take the case's best views, best first.

        The first offer fills the tiles. Later ones only fill what is empty or no
        longer among them: pictures do not change places under someone's eyes.
        """
        if self.case_id is None:
            return
        first = not self._views
        self._views = tuple(views)
        if first:
            if views:
                self._tiles = self._page_of(0)
            return
        fresh = [each for each in views if each not in self._tiles]
        for tile, camera_id in enumerate(self._tiles):
            if (camera_id is None or camera_id not in views) and fresh:
                called = camera_id is not None and self._before[tile]
                if not called:
                    self._tiles[tile] = fresh.pop(0)

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
        fresh = [each for each in shining if each not in self._tiles]
        changed = False
        for tile, camera_id in enumerate(self._tiles):
            if camera_id in dark and fresh and not self._before[tile]:
                self._tiles[tile] = fresh.pop(0)
                changed = True
        return changed

    def best(self) -> None:
        """Show the best views again, as they rank now."""
        if self.case_id is not None:
            self._page = 0
            self._fill(self._page_of(0))

    def next_views(self) -> bool:
        """Show the next of the best views, as many as there are tiles, round and round."""
        if self.case_id is None or len(self._views) <= len(self._tiles):
            return False
        pages = -(-len(self._views) // len(self._tiles))
        self._page = (self._page + 1) % pages
        self._fill(self._page_of(self._page))
        return True

    def forget(self, known: Sequence[str]) -> None:
        """Empty tiles whose camera is no longer registered."""
        for row in (self._tiles, self._resting):
            for tile, camera_id in enumerate(row):
                if camera_id is not None and camera_id not in known:
                    row[tile] = None

    def move_focus(self, right: int, down: int) -> None:
        """Choose the neighbouring tile; at the edge the choice stays."""
        row, column = divmod(self.focused, self.columns)
        column = min(max(column + right, 0), self.columns - 1)
        row = min(max(row + down, 0), self.rows - 1)
        self.focused = min(row * self.columns + column, len(self._tiles) - 1)

    def _page_of(self, page: int) -> list[str | None]:
        count = len(self._tiles)
        part = self._views[page * count : (page + 1) * count]
        return [*part, *[None] * count][:count]

    def _fill(self, tiles: Sequence[str | None]) -> None:
        for tile, camera_id in enumerate(tiles):
            if self._tiles[tile] != camera_id:
                self._put(tile, camera_id)

    def _put(self, tile: int, camera_id: str | None) -> None:
        self._before[tile].append(self._tiles[tile])
        self._tiles[tile] = camera_id
        self._remember_rest()

    def _remember_rest(self) -> None:
        if self.case_id is None:
            beyond = self._resting[len(self._tiles) :]
            beyond = [None if each in self._tiles else each for each in beyond]
            self._resting = [*self._tiles, *beyond]
