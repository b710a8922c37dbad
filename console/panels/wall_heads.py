"""The line at the head of a tile of a wall: whose the column is, and visitor mode.

It stands above the tile, which is lower by it: no picture and no word lies under it.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter

from console import words
from console.painting import LEFT, RIGHT, draw_text, shorten, text_width
from console.panels.wall_tile import LINE_SHARE, edge, lettered, whole_words
from console.shapes import paint_severity
from console.theme import MIN, Theme

if TYPE_CHECKING:
    from console.desk import Desk
    from console.wall_wording import WallWording
    from video.layouts import Layout
    from video.wall import TileWall

PART: Final = 4  # of a tile's height: the head of a low one has no more than this part
BADGE: Final = 0.8  # of the head's height
LETTERS: Final = 5  # a place of less says nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What stands at the head of a tile.

    Attributes:
        severity: Of the case that has the column, 0 where none has.
        number: Its number.
        kind: What it is.
        place: Where it is, "" where that may not be read.
        mark: What holds of the whole wall, or "".
    """

    severity: int = 0
    number: str = ""
    kind: str = ""
    place: str = ""
    mark: str = ""


def heads(
    desk: "Desk", wall: "TileWall", wording: "WallWording", *, visitors: bool
) -> dict[int, Head]:
    """Return the heads of a wall's tiles: over the column its case, in a corner the mark.

    Args:
        desk: Its cases.
        wall: What stands in the tiles.
        wording: What may be read on it.
        visitors: They stand before it.
    """
    case = desk.board.cases.get(wall.case_id or 0)
    found: dict[int, Head] = {}
    if visitors:
        text = QCoreApplication.translate("WallWindow", "Visitor mode")
        found[corner(wall.layout)] = Head(mark=text)
    if case is not None and wall.case_tiles:
        column = wall.case_tiles[0]
        found[column] = replace(
            found.get(column, Head()),
            severity=case.severity,
            number=words.case_number(case),
            kind=words.category(desk.actions.taxonomy, case.category),
            place=wording.place(case),
        )
    return found


def corner(layout: "Layout") -> int:
    """Return the tile in the upper right corner."""
    cells = layout.cells
    return max(range(layout.count), key=lambda at: (cells[at].right, -cells[at].row))


def head_height(rect: QRectF, theme: Theme) -> float:
    """Return how much of a tile its head takes."""
    return float(min(round(theme.px(MIN) * LINE_SHARE), int(rect.height() // PART)))


def paint_head(painter: QPainter, rect: QRectF, head: Head, theme: Theme) -> None:
    """Paint the head of a tile: the case from the left, the mark at the right.

    Args:
        painter: At the widget's own pixels.
        rect: The head's alone.
        head: What stands there.
        theme: Colours, and sizes for the eye's distance.
    """
    line = edge(theme)
    painter.fillRect(rect, theme.plate)
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), line), theme.line)
    painter.fillRect(QRectF(rect.left(), rect.top(), line, rect.height()), theme.line)
    theme = lettered(theme, rect.height() / LINE_SHARE)
    pad = theme.px(6)
    room = rect.adjusted(line + pad, line, -pad, 0)
    if head.mark:
        most = room.width() / 2 if head.number else room.width()
        text, size = whole_words((head.mark,), most, room.height(), theme)
        _set(painter, room, text, theme, size=size, align=RIGHT)
        taken = text_width(text, theme, size=size, weight=600)
        room.setRight(room.right() - taken - 2 * pad)
    if head.number:
        side = room.height() * BADGE
        badge = QRectF(room.left(), room.center().y() - side / 2, side, side)
        paint_severity(painter, badge, head.severity, theme)
        room.setLeft(badge.right() + pad)
        text, size = case_words(head, room, theme)
        _set(painter, room, text, theme, size=size)


def case_words(head: Head, room: QRectF, theme: Theme) -> tuple[str, int]:
    """Return as much of a case as there is room for, and the letters' size.

    Its kind goes first, then the middle of its place; its number never.
    """
    number, kind, place = head.number, head.kind, head.place
    for text in (f"{number} {kind} {place}".strip(), f"{number} {place or kind}"):
        if text_width(text, theme, size=MIN, weight=600) <= room.width():
            return text, MIN
    left = room.width() - text_width(f"{number} ", theme, size=MIN, weight=600)
    if place and left >= LETTERS * theme.px(MIN):
        short = shorten(place, left, theme, size=MIN, weight=600)
        return f"{number} {short}", MIN
    return whole_words((number,), room.width(), room.height(), theme)


def _set(
    painter: QPainter,
    room: QRectF,
    text: str,
    theme: Theme,
    *,
    size: int,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    ink = theme.plate_text
    draw_text(
        painter, room, text, theme, colour=ink, size=size, weight=600, align=align
    )
