"""A lane on a tile: 现在 or 时限, its worst rows as many as there is room for."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF

from console import words
from console.case_looks import time_look
from console.notices import dated
from console.painting import (
    RIGHT,
    draw_text,
    fitting,
    shorten,
    text_width,
    wrapped,
)
from console.shapes import BadgeLook, TimeLook, paint_severity
from console.text_lines import ELLIPSIS
from console.theme import ROW, TITLE
from console.tiles.page import Page
from dispatch.cases import Case
from dispatch.queueing import LaneRow, due_at, due_counts, due_lane, now_lane
from video.tile_content import LANE, TileRef

KIND: Final = LANE
NOW: Final = "now"
KEPT: Final = 5  # characters of a place beside its time: fewer tell no place


def title(ref: TileRef) -> str:
    """Return what the lane is called."""
    if ref.value == NOW:
        return QCoreApplication.translate("LanesPanel", "Now")
    return QCoreApplication.translate("LanesPanel", "Due")


def paint(page: Page, ref: TileRef) -> None:
    """Paint the head with its count, then rows: of two lines where all have room."""
    desk = page.desk
    lane = now_lane if ref.value == NOW else due_lane
    rows = lane(desk.board, desk.clock())
    _paint_head(page, ref, len(rows))
    room = page.lines - 1
    if not rows:
        _paint_empty(page, ref, room)
        return
    high = 2 if 2 * len(rows) <= room else 1
    shown = rows if high * len(rows) <= room else rows[: max(1, room - 1)]
    for index, row in enumerate(shown[:room]):
        _paint_row(page, page.line(1 + index * high, high), row, high)
    left = len(rows) - len(shown)
    if left and room > len(shown):  # the head has the count of all
        text = QCoreApplication.translate("Tile", "{n} more").format(n=left)
        last = page.line(1 + len(shown))
        draw_text(page.painter, last, text, page.theme, colour=page.theme.text2)


def _paint_head(page: Page, ref: TileRef, count: int) -> None:
    theme, desk = page.theme, page.desk
    box = page.line(0)
    counts = due_counts(desk.board, desk.clock())
    total = count if ref.value == NOW else counts.total
    head = f"{title(ref)} {total if desk.board.heard else '–'}"
    large = text_width(head, theme, size=TITLE, weight=600) <= box.width()
    size = TITLE if large else ROW  # the count is what it is read for
    used = draw_text(page.painter, box, head, theme, size=size, weight=600)
    box.setLeft(box.left() + used + theme.px(14))
    if ref.value == NOW:
        return
    if counts.overdue:
        text = QCoreApplication.translate("LanesPanel", "{n} overdue")
        text = text.format(n=counts.overdue)
        if text_width(text, theme, weight=600) + theme.px(16) <= box.width():
            taken = page.time(box, text, TimeLook.INVERSE)
            box.setRight(taken.left() - theme.px(12))
    if counts.today:
        text = QCoreApplication.translate("LanesPanel", "{n} due today")
        text = text.format(n=counts.today)
        if text_width(text, theme) <= box.width():
            draw_text(page.painter, box, text, theme, colour=theme.text2, align=RIGHT)


def _paint_empty(page: Page, ref: TileRef, room: int) -> None:
    if ref.value == NOW:
        text = QCoreApplication.translate("LanesPanel", "Nothing needs you now.")
    else:
        text = QCoreApplication.translate("Tile", "Nothing has a deadline running.")
    theme = page.theme
    lines = wrapped(dated(page.desk, text), page.line(0).width(), theme)
    for index, line in enumerate(lines[:room]):
        draw_text(page.painter, page.line(1 + index), line, theme, colour=theme.text2)


def _paint_row(page: Page, box: QRectF, row: LaneRow, high: int) -> None:
    theme, case = page.theme, page.desk.board.cases.get(row.case_id or -1)
    gap = theme.px(6)
    side = page.row * 0.92
    badge = QRectF(box.left(), box.center().y() - side / 2, side, side)
    look = BadgeLook.FILLED
    if row.unacknowledged:
        look = BadgeLook.DOUBLE
    doubt = case is not None and bool(case.doubt)
    paint_severity(page.painter, badge, row.severity, theme, look=look, doubt=doubt)
    first = box.adjusted(side + gap, 0, 0, (1 - high) * page.row)
    second = box.adjusted(side + gap, page.row, 0, 0)
    if case is None:
        text = QCoreApplication.translate("LaneDelegate", "{n} overdue")
        said = _Time(text.format(n=row.count), TimeLook.INVERSE, str(row.count))
        name = page.wording.department(row.department)
        _paint_name(page, first, second if high > 1 else None, name, said)
        return
    about = _about(page, case)
    # Where its place may not be read what it is stands first.
    name = page.wording.place(case) or about.pop(0)
    said = _time_of(page, case)
    used = _paint_name(page, first, second if high > 1 else None, name, said)
    if high == 1:
        room = first.adjusted(used + gap, 0, 0, 0)
        if about and text_width(about[0], theme) <= room.width():
            text = fitting(about, room.width(), theme)
            draw_text(page.painter, room, text, theme, colour=theme.text2)
        return
    text = fitting(about, second.width(), theme)
    draw_text(page.painter, second, text, theme, colour=theme.text2)


def _paint_name(
    page: Page,
    first: QRectF,
    second: QRectF | None,
    name: str,
    said: "_Time",
) -> float:
    """Paint what a row is of, and its time where there is room; return what it took.

    The place is the last thing to go. Its time stands beside it, else at the end of the
    second line; in a narrow row of one line it goes before the place is a guess.

    Args:
        page: Where.
        first: The row's line; it ends before its time then.
        second: The line under it, which ends before its time then, or None.
        name: Of the place.
        said: The time.
    """
    theme, gap = page.theme, page.theme.px(10)
    whole = text_width(name, theme, weight=600)
    least = min(whole, text_width(name[:KEPT] + ELLIPSIS, theme, weight=600))
    texts = [each for each in (said.text, said.brief) if each]
    tries = [(place, text) for place in (whole, least) for text in texts]
    if second is not None:
        tries = [(whole, said.text)]
    for place, text in tries:
        if place + page.time_width(text, said.look) + gap <= first.width():
            first.setRight(page.time(first, text, said.look).left() - gap)
            break
    else:
        if second is not None:
            second.setRight(page.time(second, said.text, said.look).left() - gap)
    name = shorten(name, first.width(), theme, weight=600)
    return draw_text(page.painter, first, name, theme, weight=600)


def _about(page: Page, case: Case) -> list[str]:
    """Return what it is, how it stands and who is at it: of staff, never of others."""
    unit = page.desk.board.units.get(case.unit_id)
    kind = words.category(page.desk.actions.taxonomy, case.category)
    parts = [kind, words.state(case.state)]
    return [*parts, page.wording.unit(unit)] if unit is not None else parts


@dataclass(frozen=True, slots=True)
class _Time:
    """The time of a row.

    Attributes:
        text: In full.
        look: How it looks.
        brief: In a box whose look says the rest, or "".
    """

    text: str
    look: TimeLook
    brief: str = ""


def _time_of(page: Page, case: Case) -> _Time:
    now = page.desk.clock()
    look = time_look(case, now)
    if look is TimeLook.PLAIN and case.severity <= 2:
        text = words.span(now - case.opened_at)
    else:
        text = words.left_briefly(due_at(case) - now)
    late = look is TimeLook.INVERSE
    brief = words.length_briefly(due_at(case) - now) if late else ""
    return _Time(text, look, brief)
