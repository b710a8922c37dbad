"""The page that a tile's content is written on: its lines, and letters read from afar."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from console.theme import MIN, ROW, Theme, Tokens

if TYPE_CHECKING:
    from console.desk import Desk

LINE: Final = 27 / 22  # of the letters' size, as 108 px rows hold 88 px letters
LINES: Final = 10  # of a whole panel of a wall
ACROSS: Final = 20  # characters a line has at least, where the height alone allows more


@dataclass(frozen=True, slots=True)
class Page:
    """A tile, cut into lines.

    Attributes:
        desk: Board, clock and words.
        painter: At the page's own pixels, its corner at 0, 0.
        theme: Colours, and sizes of this page: `px(ROW)` is the size of its letters.
        width: In pixels.
        height: In pixels.
    """

    desk: "Desk"
    painter: QPainter
    theme: Theme
    width: float
    height: float

    @property
    def row(self) -> float:
        """Return how high a line is."""
        return self.theme.px(ROW) * LINE

    @property
    def lines(self) -> int:
        """Return how many lines there are, one at least."""
        return max(1, int((self.height - 2 * self.edge) / self.row))

    @property
    def edge(self) -> float:
        """Return how far the lines stay from the edge."""
        return self.theme.px(6)

    def line(self, index: int, count: int = 1) -> QRectF:
        """Return a line, or some lines in one."""
        side = self.theme.px(10)
        top = self.edge + index * self.row
        return QRectF(side, top, self.width - 2 * side, count * self.row)


def letters(theme: Theme, width: float, height: float, least: int) -> int:
    """Return how large the letters of a tile are, in pixels.

    Args:
        theme: The window's.
        width: Of the tile, in pixels.
        height: Of the tile, in pixels.
        least: What can be read from where people stand; 0: at a desk.
    """
    room = min(height / LINES / LINE, width / ACROSS)
    return max(least or theme.px(MIN), int(room))


def theme_of(theme: Theme, letters_px: int) -> Theme:
    """Return the theme of a page with letters of that size."""
    return _theme(theme.tokens, letters_px)


@lru_cache(maxsize=32)
def _theme(tokens: Tokens, letters_px: int) -> Theme:
    # A page is painted once a second: nothing in it could blink.
    return Theme(tokens, scale=letters_px / ROW, reduced_motion=True)
