"""The room's figures on a tile: what waits, who is free, what ended, what is silent."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from console import shift, words
from console.notices import dated
from console.painting import RIGHT, draw_text, text_width
from console.shapes import TimeLook
from console.theme import TITLE
from console.tiles.page import Page
from dispatch.queueing import due_counts, now_lane
from dispatch.units import UnitStatus
from video.tile_content import BOARD, TileRef

KIND: Final = BOARD


def title(_ref: TileRef) -> str:
    """Return what the board is called."""
    return QCoreApplication.translate("Tile", "Shift")


def paint(page: Page, ref: TileRef) -> None:
    """Paint the clock, then a figure a line, the weightiest first."""
    theme, desk = page.theme, page.desk
    head = page.line(0)
    clock = f"{desk.clock().astimezone(desk.zone):%H:%M}"
    used = draw_text(
        page.painter, head, clock, theme, size=TITLE, weight=600, align=RIGHT
    )
    head.setRight(head.right() - used - theme.px(12))
    name = dated(desk, title(ref))
    if text_width(name[:2], theme, size=TITLE, weight=600) * 2 <= head.width():
        draw_text(page.painter, head, name, theme, size=TITLE, weight=600)
    for index, (label, value, late) in enumerate(figures(page)[: page.lines - 1]):
        line = page.line(1 + index)
        look = TimeLook.INVERSE if late else TimeLook.PLAIN
        box = page.time(line, value, look)
        line.setRight(box.left() - theme.px(12))
        draw_text(page.painter, line, label, theme, colour=theme.text2)


def figures(page: Page) -> list[tuple[str, str, bool]]:
    """Return what each figure is called, the figure, and whether it is overdue.

    What is silent stands there only where something is: a room at rest is quiet.
    """
    desk = page.desk
    if not desk.board.heard:
        return []
    now = desk.clock()
    due = due_counts(desk.board, now)
    units = list(desk.board.units.values())
    found = [
        (
            QCoreApplication.translate("LanesPanel", "Now"),
            len(now_lane(desk.board, now)),
            False,
        ),
        (QCoreApplication.translate("LanesPanel", "Due"), due.total, False),
        (QCoreApplication.translate("Tile", "Due today"), due.today, False),
        (QCoreApplication.translate("Tile", "Overdue"), due.overdue, bool(due.overdue)),
    ]
    found += [
        (words.unit_status(status), sum(each.status is status for each in units), False)
        for status in (UnitStatus.FREE, UnitStatus.EN_ROUTE, UnitStatus.ON_SCENE)
    ]
    found.append(
        (
            QCoreApplication.translate("Tile", "Ended within 12 h"),
            len(shift.ended(desk)),
            False,
        )
    )
    silent = [
        (
            QCoreApplication.translate("Tile", "Cameras without a picture"),
            len(shift.cameras_out(desk)),
            False,
        ),
        (
            QCoreApplication.translate("Tile", "Silent devices"),
            len(shift.silent_devices(desk)),
            False,
        ),
        (
            QCoreApplication.translate("Tile", "Wrong views"),
            len(shift.wrong_views(desk)),
            False,
        ),
    ]
    found += [each for each in silent if each[1]]
    return [(label, str(value), late) for label, value, late in found]
