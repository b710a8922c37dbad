"""The line at the head of a tile of a wall: whose the column is, and visitor mode.

It stands above the tile, which is lower by it: no picture and no word lies under it.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from console import words
from console.painting import LEFT, RIGHT, draw_text, text_width
from console.panels.wall_tile import LINE_SHARE, edge, whole_words
from console.shapes import paint_severity
from console.theme import MIN, Theme

if TYPE_CHECKING:
    from console.desk import Desk
    from console.wall_wording import WallWording
    from video.layouts import Layout
    from video.wall import TileWall

PART: Final = 4  # of a tile's height: the head of a low one has no more than this part
BADGE: Final = 0.8  # of the head's height


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What stands at the head of a tile.

    Attributes:
        severity: Of the case that has the column, 0 where none has.
        case: Which case that is, in ever shorter words.
        mark: What holds of the whole wall, or "".
    """

    severity: int = 0
    case: tuple[str, ...] = ()
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
        column, number = wall.case_tiles[0], words.case_number(case)
        kind = words.category(desk.actions.taxonomy, case.category)
        place = wording.place(case)
        said = (f"{number} {kind} {place}".strip(), f"{number} {kind}", number)
        head = found.get(column, Head())
        found[column] = replace(head, severity=case.severity, case=said)
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
    line, pad = edge(theme), theme.px(6)
    painter.fillRect(rect, theme.plate)
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), line), theme.line)
    painter.fillRect(QRectF(rect.left(), rect.top(), line, rect.height()), theme.line)
    room = rect.adjusted(line + pad, line, -pad, 0)
    if head.mark:
        most = room.width() / 2 if head.case else room.width()
        text, size = whole_words((head.mark,), most, room.height(), theme)
        ink, wide = theme.plate_text, text_width(text, theme, size=size, weight=600)
        draw_text(
            painter,
            room,
            text,
            theme,
            colour=ink,
            size=size,
            weight=600,
            align=RIGHT,
        )
        room.setRight(room.right() - wide - 2 * pad)
    if not head.case:
        return
    side = room.height() * BADGE
    badge = QRectF(room.left(), room.center().y() - side / 2, side, side)
    paint_severity(painter, badge, head.severity, theme)
    room.setLeft(badge.right() + pad)
    text, size = whole_words(head.case, room.width(), room.height(), theme)
    draw_text(
        painter,
        room,
        text,
        theme,
        colour=theme.plate_text,
        size=size,
        weight=600,
        align=LEFT,
    )
