"""The page that a tile's content is written on: its lines, and letters read from afar."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from console.painting import text_width
from console.shapes import TimeLook, paint_time
from console.theme import MIN, ROW, Theme, Tokens
from console.tiles.wording import Wording

if TYPE_CHECKING:
    from console.desk import Desk

LINE: Final = 1.35  # of the letters' size: 80 px letters in rows of 108 px
TAILS: Final = 0.2  # of a line, above and below, so that no letter's tail is cut
LINES: Final = 10  # of a whole panel of a wall
BOX: Final = 0.9  # of a line; two under each other stay apart
FEWEST_LINES: Final = 2
EDGES: Final = 0.6  # of the letters' size, above and below the lines together
FEWEST: Final = 5  # characters a line
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
        wording: What it says of places and people.
    """

    desk: "Desk"
    painter: QPainter
    theme: Theme
    width: float
    height: float
    wording: Wording = field(default_factory=Wording)

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
        """Return the room of a line's words, or of some lines; the tails have some too."""
        side, tails = self.theme.px(10), TAILS * self.row
        top = self.edge + index * self.row
        high = count * self.row
        return QRectF(side, top - tails, self.width - 2 * side, high + 2 * tails)

    def time(self, line: QRectF, text: str, look: TimeLook) -> QRectF:
        """Paint a time or a figure at the right end of a line; return its box."""
        high = self.row * BOX
        return paint_time(self.painter, line, text, self.theme, look=look, high=high)

    def time_width(self, text: str, look: TimeLook) -> float:
        """Return how wide that box is."""
        pad = 0 if look is TimeLook.PLAIN else 2 * self.theme.px(8)
        return text_width(text, self.theme, weight=600) + pad


def letters(theme: Theme, width: float, height: float, least: int) -> int:
    """Return how large the letters of a tile are, in pixels.

    Args:
        theme: The window's.
        width: Of the tile, in pixels.
        height: Of the tile, in pixels.
        least: What can be read from where people stand; 0: at a desk. A very small
            tile has smaller ones: a word that is cut is read from nowhere.
    """
    room = min(height / LINES / LINE, width / ACROSS)
    lines = FEWEST_LINES * LINE + EDGES
    most = max(theme.px(MIN), min(height / lines, width / FEWEST))
    return max(min(least or theme.px(MIN), int(most)), int(room))


def theme_of(theme: Theme, letters_px: int) -> Theme:
    """Return the theme of a page with letters of that size."""
    return _theme(theme.tokens, letters_px)


@lru_cache(maxsize=32)
def _theme(tokens: Tokens, letters_px: int) -> Theme:
    # A page is painted once a second: nothing in it could blink.
    return Theme(tokens, scale=letters_px / ROW, reduced_motion=True)
