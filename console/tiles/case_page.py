"""A case on a tile: what, where, how it stands, and its clocks; no person's name."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF

from console import words
from console.case_looks import time_look
from console.notices import dated
from console.painting import RIGHT, draw_text, shorten, text_width, wrapped
from console.panels.case_clocks import SHOWN, awaited, taken, too_long
from console.shapes import BadgeLook, TimeLook, paint_severity
from console.theme import TITLE
from console.tiles.page import Page
from dispatch.cases import Case
from dispatch.commands import Moment
from dispatch.queueing import due_at
from dispatch.targets import start_of
from video.tile_content import CASE, OPEN_CASE, TileRef

KIND: Final = CASE


def title(ref: TileRef) -> str:
    """Return what is shown."""
    if ref == OPEN_CASE:
        return QCoreApplication.translate("Tile", "Open case")
    return QCoreApplication.translate("Tile", "Case #{n}").format(n=ref.value)


def paint(page: Page, ref: TileRef) -> None:
    """Paint badge, kind, number and state; the place; then clock after clock."""
    case = case_of(page, ref)
    if case is None:
        _paint_none(page, ref)
        return
    theme, desk, painter = page.theme, page.desk, page.painter
    gap = theme.px(10)
    head = page.line(0)
    side = page.row * 0.95
    look = BadgeLook.FILLED if case.state.is_open else BadgeLook.GREY
    badge = QRectF(head.left(), head.center().y() - side / 2, side, side)
    paint_severity(
        painter, badge, case.severity, theme, look=look, doubt=bool(case.doubt)
    )
    head.setLeft(badge.right() + gap)
    state = words.state(case.state)
    kind = words.category(desk.actions.taxonomy, case.category)
    text = page.wording.place(case)
    if page.lines == 1 and text:  # where it is, is the last thing to go
        short = shorten(text, head.width(), theme, weight=600)
        draw_text(painter, head, short, theme, weight=600)
        return
    beside = text_width(kind, theme, weight=600) + gap
    if beside + text_width(state, theme, weight=600) <= head.width():
        used = draw_text(painter, head, state, theme, weight=600, align=RIGHT)
        head.setRight(head.right() - used - gap)
    both = f"{kind} {words.case_number(case)}"
    fits = text_width(both, theme, weight=600) <= head.width()
    draw_text(painter, head, both if fits else kind, theme, weight=600)
    wide = page.line(0).width()
    place = wrapped(text, wide, theme, size=TITLE, weight=600) if text else []
    room = max(1, page.lines - 2)
    if len(place) > room:  # its last line has the rest, shortened
        rest = shorten("".join(place[room - 1 :]), wide, theme, size=TITLE, weight=600)
        place = [*place[: room - 1], rest]
    at = 1
    for line in place:
        draw_text(painter, page.line(at), line, theme, size=TITLE, weight=600)
        at += 1
    for label, value, time in _lines(page, case):
        if at >= page.lines:
            break
        row = page.line(at)
        box = page.time(row, value, time)
        row.setRight(box.left() - gap)
        draw_text(painter, row, label, theme, colour=theme.text2)
        at += 1


def case_of(page: Page, ref: TileRef) -> Case | None:
    """Return the case that is meant, as the board has it."""
    if ref == OPEN_CASE:
        return page.desk.case
    number = int(ref.value) if ref.value.isdecimal() else -1
    return page.desk.board.cases.get(number)


def _lines(page: Page, case: Case) -> list[tuple[str, str, TimeLook]]:
    """Return who is at it, the time left, and each clock that runs or stands."""
    desk, now = page.desk, page.desk.clock()
    found: list[tuple[str, str, TimeLook]] = []
    if case.state.is_open:
        left = words.left(due_at(case) - now)
        label = QCoreApplication.translate("Tile", "Time")
        found.append((label, left, time_look(case, now)))
    unit = desk.board.units.get(case.unit_id)
    if unit is not None:
        label = QCoreApplication.translate("Tile", "Handled by")
        found.append((label, page.wording.unit(unit), TimeLook.PLAIN))
    waits_for = awaited(case)
    start = start_of(case)
    for moment in SHOWN:
        at = case.clocks.get(moment)
        if moment is Moment.SIGNAL:
            value = words.clock_time(start, now=now, zone=desk.zone)
            found.append((words.moment(moment), value, TimeLook.PLAIN))
        elif at is not None or moment is waits_for:
            late = too_long(desk, case, moment, at or now)
            value = words.span(taken(desk, case, at or now))
            if at is None:
                value = f"{value} …"
            look = TimeLook.INVERSE if late else TimeLook.PLAIN
            found.append((words.moment(moment), value, look))
    return found


def _paint_none(page: Page, ref: TileRef) -> None:
    theme = page.theme
    draw_text(page.painter, page.line(0), title(ref), theme, size=TITLE, weight=600)
    text = QCoreApplication.translate("Tile", "No case is open.")
    if ref != OPEN_CASE:
        text = QCoreApplication.translate("Tile", "This case is no longer kept here.")
    lines = wrapped(dated(page.desk, text), page.line(0).width(), theme)
    for index, line in enumerate(lines[: page.lines - 1]):
        draw_text(page.painter, page.line(1 + index), line, theme, colour=theme.text2)
