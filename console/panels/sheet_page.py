"""Ctrl+P: the open case as a sheet of paper, printed or kept as PDF."""

import shutil
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QProcess, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console import words
from console.action_rules import may_note
from console.bar_keys import ANSWER, BarKey, HasKeys, typed
from console.case_sheet import Sheet, SheetMaker
from console.keys import OWN_KEYS
from console.panels.case_log import LogDelegate
from console.panels.paper_view import PaperView
from console.paper import Pages, Paper
from console.paper_setting import Order
from console.photos import PhotoShelf
from console.theme import MIN, ROW, TITLE

if TYPE_CHECKING:
    from console.desk import Desk

PATIENCE_MS = 30_000  # for the printer's queue
PRINTER = "lp"  # of CUPS: takes PDF, knows the printers, keeps the queue
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}


class SheetPage(HasKeys, QWidget):
    """Shows what the sheet will say, in letters for the screen: on more pages than A4.

    A process sets its pages while it is looked at. It is made for the machine's own queue
    (`lp`), which gets the PDF through a pipe: nothing is left in a folder that nobody asked
    for. Where there is none, and where somebody wants it, it is kept as a file that only
    this user can read.

    Thread: UI only.

    Attributes:
        folder: Where it is kept.
        command: What prints; "" where nothing does.
        sheet: What stands on it, or None.
        pages: It as pages, once they are set.
        said: What came of it, in words.
    """

    name = "sheet_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(OWN_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self._maker = SheetMaker(desk, self)
        self._log = LogDelegate(desk, PhotoShelf(desk, self), self)
        self._case_id: int | None = None
        self.sheet: Sheet | None = None
        self.pages: Pages | None = None
        self._making = Paper(self)
        self._making.made.connect(self._on_made)
        self._file = ""
        self._process: QProcess | None = None
        self._printing: int | None = None  # which case, while the window goes on
        places = QStandardPaths.StandardLocation
        self.folder = Path(
            QStandardPaths.writableLocation(places.DocumentsLocation) or Path.home()
        )
        self.command = shutil.which(PRINTER) or ""
        theme = desk.theme
        p = theme.px
        self._title, self.said, self._hint = QLabel(), QLabel(), QLabel()
        self._title.setFont(theme.font(TITLE, 600))
        self.said.setFont(theme.font(ROW))
        self.said.setWordWrap(True)
        self.said.setProperty("look", "framed")
        self.said.hide()
        self._hint.setFont(theme.font(MIN))
        self._hint.setWordWrap(True)
        self._hint.setProperty("look", "quiet")
        self.paper = PaperView(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(p(16), p(10), p(16), p(12))
        layout.setSpacing(p(8))
        layout.addWidget(self._title)
        layout.addWidget(self.paper, 1)
        layout.addWidget(self.said)
        layout.addWidget(self._hint)
        # The window puts this away for a case that is opened: nothing is made for that.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._renew)
        desk.case_opened.connect(self._soon.start)
        desk.looks.changed.connect(self._renew)
        desk.second.connect(self._on_second)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what prints, what keeps, what puts away."""
        keep = typed("S", self.tr("Keep as PDF"))
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        if not self.command:
            return keep, away
        return BarKey(words.key("Num+Enter"), self.tr("Print"), ANSWER), keep, away

    def answer(self) -> None:
        """Print it; keep it where nothing prints."""
        if not self.command:
            self.keep()
            return
        pages = self._ready()
        if pages is None or self.sheet is None or self._process is not None:
            return
        process = QProcess(self)
        self._process, self._printing = process, self._case_id
        QTimer.singleShot(PATIENCE_MS, process, process.kill)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(self.command, ["-t", self.sheet.title])
        process.write(pages.pdf)
        process.closeWriteChannel()
        self._say(self.tr("On its way to the printer …"))

    def keep(self) -> None:
        """Keep it as a file."""
        pages, bridge = self._ready(), self._desk.bridge
        if pages is None:
            return
        path = self.folder / self._file
        writing = bridge.compute(partial(_write, path, pages.pdf))
        bridge.when_done(writing, partial(self._on_kept, path, self._case_id))

    # -- inside -----------------------------------------------------------------------

    def _renew(self, *_ignored: object) -> None:
        """Make the sheet of the open case, where it is looked at."""
        if not self.isVisible():
            return
        desk, case = self._desk, self._desk.case
        self._stop()
        self.said.hide()
        self._title.setText(self.tr("Print the case"))
        if case is None:
            self.paper.say(self.tr("No case is open. ⏎ in a lane opens one."))
            return
        entries = []
        for entry in sorted(desk.past.entries(case.case_id), key=lambda each: each.at):
            what, text = self._log.lines(entry)
            entries.append((self._maker.when(entry.at), what, text))
        self.sheet = self._maker.sheet_of(case, tuple(entries))
        self._case_id = case.case_id
        made = f"{desk.clock().astimezone(desk.zone):%Y%m%d-%H%M%S}"
        self._file = f"{self.sheet.title.replace(' ', '-')}-{made}.pdf"
        self._begin(self.sheet)
        hint = self.tr(
            "No printer is set up here (lp): S keeps it as PDF, to be printed."
        )
        if self.command:
            hint = self.tr("⏎ prints · S keeps it as PDF · ↑ ↓ · Esc back")
        self._hint.setText(hint)

    def _begin(self, sheet: Sheet) -> None:
        """Have its pages set."""
        self.paper.say(self.tr("The sheet is being made …"))
        paper = self.paper
        order = Order(
            parts=self._maker.as_parts(sheet),
            title=sheet.title,
            width=paper.pixels(paper.viewport().width()) // 4 * 4,
            letters=paper.pixels(self._desk.theme.px(MIN)),
        )
        self._making.begin(order)

    def _stop(self) -> None:
        """Have none set any more, and none to be printed."""
        self._making.stop()
        self.sheet = self.pages = None

    def _on_made(self, pages: Pages | None) -> None:
        self.pages = pages
        if pages is None:
            self.paper.say(
                self.tr("The sheet could not be made. Esc, then Ctrl+P tries again.")
            )
        else:
            self.paper.show_pages(pages.pictures)

    def _on_second(self) -> None:
        making = self._making
        if making.pages:
            said = self.tr("Page {n} of {all} is being made … Esc stops it.")
            self.paper.say(said.format(n=making.page, all=making.pages))

    def _ready(self) -> Pages | None:
        """Return the pages; say that they are on their way where they are."""
        if self._making.waits:
            said = self.tr("The sheet is being made; once it stands here, again.")
            self.paper.say(said)
        return self.pages

    def _on_kept(self, path: Path, case_id: int | None, future: "Future[Any]") -> None:
        error = future.exception()
        if isinstance(error, OSError):
            said = self.tr("Not kept: {folder} takes no file ({why}).")
            self._say(said.format(folder=path.parent, why=error.strerror or error))
            return
        future.result()
        self._note(case_id, self.tr("Sheet kept as PDF"))
        self._say(self.tr("Kept: {path}").format(path=path))

    def _note(self, case_id: int | None, text: str) -> None:
        """Have it written into the case's log: paper leaves the room."""
        case = self._desk.past.case(case_id) if case_id else None
        if case is not None and may_note(self._desk) is None:
            self._desk.actions.add_note(case, text)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    def _on_finished(self, code: int, *_ignored: object) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        why = bytes(process.readAllStandardError().data()).decode(errors="replace")
        process.deleteLater()
        if code == 0:
            self._note(self._printing, self.tr("Sheet printed"))
            self._say(self.tr("The printer has it."))
            return
        ended = self.tr("{command} ended with {code}.")
        why = why.strip() or ended.format(command=PRINTER, code=code)
        self._say(self.tr("Not printed: {why} S keeps it as PDF.").format(why=why))

    def _on_error(self, *_ignored: object) -> None:
        process = self._process
        if process is not None and process.state() is QProcess.ProcessState.NotRunning:
            self._process = None
            process.deleteLater()
            why = self.tr("{command} does not start.").format(command=PRINTER)
            self._say(self.tr("Not printed: {why} S keeps it as PDF.").format(why=why))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop()
        self.paper.say("")  # the pictures of its pages are large

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.answer()
        elif key == Qt.Key.Key_S and not event.isAutoRepeat():
            self.keep()
        elif key in _STEPS:
            bar = self.paper.verticalScrollBar()
            bar.setValue(bar.value() + _STEPS[key] * self._desk.theme.px(36))
        else:
            super().keyPressEvent(event)


def _write(path: Path, data: bytes) -> None:
    """Keep a file that only this user can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(data)
