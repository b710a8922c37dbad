"""大屏检查 as a page: every tile with what it shows, why, and what to do about it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from console import words
from console.painting import draw_text
from console.panels.list_page import HEAD, KEY_HEIGHT, ROW_HEIGHT, ListPage
from console.panels.picture_words import reason_words, status_words
from console.panels.tile_look import Look
from console.refusals import refusal
from console.theme import MIN
from console.tiles.pages import title_of
from console.wall_check import CheckRow, WallCheck, totals
from console.wall_trial import WAIT_S
from console.wrong_views import wrong_view
from video.contract import StreamState

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.tile_contents import TileContents

INDENT: Final = 28  # of a tour's cameras
PAGE: Final = 8  # rows that PgUp and PgDn walk
KEYS: Final = 5  # lines under the list


class WallCheckPage(ListPage):
    """Every tile of every wall, what is not live first, and what could stand there.

    Thread: UI only.

    Signals:
        replace: A `CheckRow` and a `TileRef` that shall stand in its tile.
        lead: A `CheckRow`; its camera is to be looked at here.
    """

    name = "wall_check"

    replace = Signal(object, object)
    lead = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._check: WallCheck | None = None
        self._contents: TileContents | None = None
        self._rows: list[CheckRow] = []
        self._most = 1  # rows there is room for
        desk.second.connect(self._on_second)

    def join(self, check: WallCheck, contents: "TileContents") -> None:
        """Have what is checked, and the words of its tiles."""
        self._check, self._contents = check, contents

    @property
    def chosen(self) -> CheckRow | None:
        """Return the row that keys act on."""
        return self._rows[self._row] if self._row < len(self._rows) else None

    def renew(self) -> None:
        """Look at every tile again; the hand stays at its row."""
        if self._check is not None:
            self._check.advance()
            here = self.chosen
            self._rows = self._check.rows()
            for at, each in enumerate(self._rows):
                if here is not None and _same(each, here):
                    self._row = at
        self.walk(0)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def title(self) -> str:
        """Return how many tiles are fine, and how many cameras of tours are ready."""
        found = totals(self._rows)
        said = self.tr("Wall check: {fine} of {n} tiles fine")
        if not found.tiles:
            said = self.tr("Wall check: nothing stands in any tile")
        elif found.fine == found.tiles:
            said = self.tr("Wall check: all {n} tiles fine")
        said = said.format(fine=found.fine, n=found.tiles)
        if found.stops:
            tours = self.tr("tours {ready}/{n} ready")
            said = f"{said} · {tours.format(ready=found.ready, n=found.stops)}"
        return said

    def rows(self) -> list[tuple[str, str]]:
        """Return what each tile shows, and where it is, why and what can be done."""
        return [(self._what(each), self._about(each)) for each in self._rows]

    # -- words -------------------------------------------------------------------------

    def _what(self, row: CheckRow) -> str:
        """Return which camera, and what its tile says of it."""
        if row.content is None:
            return self.tr("Empty")
        if page := title_of(row.content):
            return page
        name = self._named(row.camera_id)
        if row.stops is None and not row.is_stop and not row.content.camera_id:
            return self.tr("This tour was taken away")
        if row.unseen:
            state = {
                "away": self.tr("not shown: its monitor is not plugged in"),
                "hidden": self.tr("not shown: the pictures are not on the screen"),
                "held": self.tr("held back from visitors"),
                "sealed": self.tr("sealed: no wall shows it"),
            }[row.unseen]
        else:
            state = self._ahead(row) if row.is_stop else self._state(row)
        parts = [name, state]
        known = self._desk.board.cameras.get(row.camera_id)
        if known is not None and known.wrong_since is not None:
            parts.append(wrong_view())
        return " · ".join(each for each in parts if each)

    def _named(self, camera_id: str) -> str:
        known = self._desk.board.cameras.get(camera_id)
        return camera_id if known is None else f"{camera_id} {known.name}"

    def _state(self, row: CheckRow) -> str:
        """Return what the tile says."""
        engine, contents = self._desk.engine, self._contents
        if row.camera_id not in self._desk.board.cameras:
            return self.tr("there is no such camera")
        if engine is None or contents is None:
            return status_words(row.look, None, 0.0)
        if row.look is Look.WAITING:  # a wall shows no still of before
            reason = engine.status(row.camera_id).reason
            return status_words(row.look, None, 0.0, reason=reason)
        return contents.of(row.camera_id, number=0, focused=False, typed="").status

    def _ahead(self, row: CheckRow) -> str:
        """Return whether a camera of a tour will be there at its turn."""
        if row.look is Look.LIVE:
            return self.tr("ready")
        if row.camera_id not in self._desk.board.cameras:
            return self.tr("there is no such camera")
        if row.untried:
            being = self.tr("being tried")
            return being if row.untried == "runs" else self.tr("not tried yet")
        why = status_words(row.look, None, 0.0)
        if row.look is Look.WAITING:
            why = self.tr("no picture within {n} s").format(n=round(WAIT_S))
        return self.tr("not ready: {why}").format(why=why)

    def _since(self, row: CheckRow) -> str:
        """Return since when it is so, or nothing."""
        engine, desk = self._desk.engine, self._desk
        if engine is None or desk.wants.refused(row.camera_id) is not None:
            return ""
        status = engine.status(row.camera_id)
        if status.state is StreamState.OFF:  # it was tried, and let go
            return ""
        now, since = desk.clock(), status.since
        time = words.seconds_time(since, now=now, zone=desk.zone)
        return self.tr("since {time}").format(time=time)

    def _about(self, row: CheckRow) -> str:
        """Return where the tile is, why it is not live, and what Enter does."""
        parts = [self._where(row), self._tour(row)]
        if row.look in (Look.OFF, Look.WAITING) and row.camera_id and not row.unseen:
            parts.append(self._since(row))
        if row.unseen == "held":
            parts.append(self.tr("open its case, Ctrl+Shift+S shows it"))
        parts.append(self._why(row))
        if row.look in (Look.OFF, Look.FROZEN, Look.WAITING) and row.camera_id:
            parts.append(self._instead(row))
        return " · ".join(each for each in parts if each)

    def _where(self, row: CheckRow) -> str:
        walls = self._desk.walls
        if not row.wall or walls is None:
            return self.tr("Desk, tile {n}").format(n=row.tile + 1)
        number = walls.number(row.wall, row.tile)
        return self.tr("Wall, tile {n}").format(n=number)

    def _tour(self, row: CheckRow) -> str:
        tour = self._desk.wall.plan.tour(row.content.value) if row.content else None
        if tour is None or (row.stops is None and not row.is_stop):
            return ""
        said = self.tr("Tour {name}").format(name=tour.name)
        if row.stops is None:
            return said
        ready = self.tr("{ready} of {n} ready")
        said = f"{said} · {ready.format(ready=row.stops[0], n=row.stops[1])}"
        here = row.wall, row.tile
        untried = [each for each in self._rows if each.untried]
        left = sum((each.wall, each.tile) == here for each in untried)
        still = self.tr("{n} still to be tried")
        return f"{said} · {still.format(n=left)}" if left else said

    def _why(self, row: CheckRow) -> str:
        engine = self._desk.engine
        refused = self._desk.wants.refused(row.camera_id)
        if refused is not None:
            return refusal(refused)
        if engine is None or row.look not in (Look.OFF, Look.FROZEN, Look.WAITING):
            return ""
        reason = engine.status(row.camera_id).reason
        return reason_words(row.reason if row.is_stop else reason)

    def _instead(self, row: CheckRow) -> str:
        if self._check is None or row.is_stop or row.stops is not None or row.unseen:
            return ""
        found, previous = self._check.replacement(row)
        if found is None:
            return self.tr("nothing else shows this place")
        text = self.tr("Enter: {name}, same place")
        if previous:
            text = self.tr("Enter: {name}, as before")
        name = title_of(found) or self._named(found.camera_id or "")
        return text.format(name=name.strip())

    # -- within ------------------------------------------------------------------------

    def _act(self) -> None:
        """Put the replacement in where there is one, else lead to the camera."""
        row = self.chosen
        if row is None or self._check is None:
            self.put_away.emit()
            return
        found, _ = self._check.replacement(row)
        if found is None:
            self.lead.emit(row)
        else:
            self.replace.emit(row, found)
            self.renew()

    def _on_second(self) -> None:
        if self.isVisible():
            self.renew()

    def _first(self) -> int:
        """Return the first row that there is room for, the chosen one in sight."""
        p = self._desk.theme.px
        room = self.height() - p(HEAD + KEYS * KEY_HEIGHT)
        if room < self.count() * p(ROW_HEIGHT):
            room -= p(KEY_HEIGHT)  # where it says that there is more
        self._most = max(1, int(room // p(ROW_HEIGHT)))
        return max(0, self._row - self._most + 1)

    def more(self, first: int) -> str:
        """Return how many rows there are above and below those that are shown."""
        below = self.count() - first - self._most
        parts = [self.tr("↑ {n} more").format(n=first)] if first else []
        if below > 0:
            parts.append(self.tr("{n} more ↓").format(n=below))
        return "  ".join(parts)

    def _paint_more(self, painter: QPainter, top: float, first: int) -> float:
        theme, text = self._desk.theme, self.more(first)
        if not text:
            return top
        p = theme.px
        box = QRectF(p(16), top, self.width() - p(32), p(KEY_HEIGHT))
        draw_text(painter, box, text, theme, colour=theme.text2, size=MIN)
        return box.bottom()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        far = {
            Qt.Key.Key_PageUp: -PAGE,
            Qt.Key.Key_PageDown: PAGE,
            Qt.Key.Key_Home: -self.count(),
            Qt.Key.Key_End: self.count(),
        }
        if self.arrows(event):
            return
        if event.key() in far:
            self.walk(far[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._act()
        elif event.key() == Qt.Key.Key_Right and self.chosen is not None:
            self.lead.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        p = self._desk.theme.px
        at = self._first() + int((event.position().y() - p(HEAD)) // p(ROW_HEIGHT))
        if event.position().y() >= p(HEAD) and at < self.count():
            self.walk(at - self._row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._check is not None:
            self._check.begin()
        self._row, self._rows = 0, []  # at the worst, whatever that was before
        self.renew()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._check is not None:
            self._check.end()

    def paint(self, painter: QPainter) -> None:
        """Paint the count, the rows there is room for, and the keys."""
        self.paint_head(painter, self.title())
        top, first = float(self._desk.theme.px(HEAD)), self._first()
        shown = self._rows[first : first + self._most]
        for at, row in enumerate(shown, start=first):
            top = self.paint_row(
                painter,
                top,
                (self._what(row), self._about(row)),
                chosen=at == self._row,
                indent=INDENT if row.is_stop else 0,
                quiet=row.fine,
            )
        top = self._paint_more(painter, top, first)
        self.paint_keys(
            painter,
            top,
            (
                ("↑ ↓", self.tr("walk from tile to tile")),
                ("⏎", self.tr("put the replacement in, else look at the camera")),
                ("→", self.tr("look at the camera here")),
                ("Esc", self.tr("back")),
            ),
        )


def _same(one: CheckRow, other: CheckRow) -> bool:
    """Return whether two rows are about the same thing, a second apart."""
    if (one.wall, one.tile, one.is_stop) != (other.wall, other.tile, other.is_stop):
        return False
    return not one.is_stop or one.camera_id == other.camera_id
