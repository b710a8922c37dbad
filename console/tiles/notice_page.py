"""A notice on a tile: somebody's words, as large as there is room for."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF

from console.painting import CENTRE, draw_text, elide, wrapped
from console.theme import ROW
from console.tiles.page import Page
from video.tile_content import NOTICE, TileRef

KIND: Final = NOTICE
SMALLER: Final = 0.9
LARGEST: Final = 0.4  # of the page's height
FEWEST: Final = 4  # characters a line has at least
LINE: Final = 1.3


def title(_ref: TileRef) -> str:
    """Return what is shown."""
    return QCoreApplication.translate("Tile", "Notice")


def paint(page: Page, ref: TileRef) -> None:
    """Paint the text in the middle, on as many lines as it needs."""
    theme = page.theme
    room = page.line(0, page.lines)
    least = theme.px(ROW)
    text = page.wording.notice(ref.value)
    wanted = max(least, min(room.height() * LARGEST, room.width() / FEWEST))
    while True:
        size = max(1, round(wanted / theme.scale))
        lines = wrapped(text, room.width(), theme, size=size, weight=600)
        step = theme.px(size) * LINE
        if len(lines) * step <= room.height() or wanted <= least:
            break
        wanted = max(least, wanted * SMALLER)
    most = max(1, int(room.height() / step))
    if len(lines) > most:  # the rest is missing, and that is to be seen
        rest = "".join(lines[most - 1 :])
        cut = elide(rest, room.width(), theme, size=size, weight=600)
        lines = [*lines[: most - 1], cut]
    top = room.center().y() - step * len(lines) / 2
    for index, line in enumerate(lines):
        box = QRectF(room.left(), top + index * step, room.width(), step)
        draw_text(page.painter, box, line, theme, size=size, weight=600, align=CENTRE)
