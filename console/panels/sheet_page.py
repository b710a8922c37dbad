"""Ctrl+P: the open case as a sheet of paper, printed or kept as PDF."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QTextBrowser, QVBoxLayout, QWidget

from console import words
from console.action_rules import may_note
from console.bar_keys import ANSWER, BarKey, HasKeys, typed
from console.case_sheet import SheetMaker, as_pdf
from console.keys import OWN_KEYS
from console.panels.case_log import LogDelegate
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
    """Shows the sheet as it will be printed; what is printed is what is shown.

    It is made for the machine's own queue (`lp`), which gets the PDF through a pipe:
    nothing is left in a folder that nobody asked for. Where there is none, and where
    somebody wants it, it is kept as a file that only this user can read.

    Thread: UI only.

    Attributes:
        folder: Where it is kept.
        command: What prints; "" where nothing does.
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
        self._made_at: datetime | None = None
        self._html = self._sheet_title = ""
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
        self.paper = QTextBrowser()
        self.paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.paper.setOpenLinks(False)
        self.paper.setFont(theme.font(MIN))
        self.paper.setStyleSheet("background: #ffffff; color: #101418;")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(p(16), p(10), p(16), p(12))
        layout.setSpacing(p(8))
        layout.addWidget(self._title)
        layout.addWidget(self.paper, 1)
        layout.addWidget(self.said)
        layout.addWidget(self._hint)
        desk.case_opened.connect(self._renew)
        desk.looks.changed.connect(self._renew)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what prints, what keeps, what puts away."""
        keep = typed("S", self.tr("Keep as PDF"))
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        if not self.command:
            return keep, away
        return BarKey(words.key("Num+Enter"), self.tr("Print"), ANSWER), keep, away

    def answer(self) -> None:
        """Print it; keep it where nothing prints."""
        if not self._html or self._process is not None:
            return
        if not self.command:
            self.keep()
            return
        process = QProcess(self)
        self._process, self._printing = process, self._case_id
        QTimer.singleShot(PATIENCE_MS, process, process.kill)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(self.command, ["-t", self._sheet_title])
        process.write(self._pdf())
        process.closeWriteChannel()
        self._say(self.tr("On its way to the printer …"))

    def keep(self) -> None:
        """Keep it as a file."""
        if not self._html or self._made_at is None:
            return
        made = f"{self._made_at.astimezone(self._desk.zone):%Y%m%d-%H%M%S}"
        path = self.folder / f"{self._sheet_title.replace(' ', '-')}-{made}.pdf"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(self._pdf())
        except OSError as error:
            said = self.tr("Not kept: {folder} takes no file ({why}).")
            self._say(said.format(folder=self.folder, why=error.strerror or error))
            return
        self._note(self._case_id, self.tr("Sheet kept as PDF"))
        self._say(self.tr("Kept: {path}").format(path=path))

    # -- inside -----------------------------------------------------------------------

    def _renew(self, *_ignored: object) -> None:
        """Make the sheet of the open case, where it is looked at."""
        if not self.isVisible():
            return
        desk, case = self._desk, self._desk.case
        self.said.hide()
        self._title.setText(self.tr("Print the case"))
        self._html = self._sheet_title = ""
        if case is None:
            self.paper.setPlainText(self.tr("No case is open. ⏎ in a lane opens one."))
            return
        entries = []
        for entry in sorted(desk.past.entries(case.case_id), key=lambda each: each.at):
            what, text = self._log.lines(entry)
            entries.append((self._maker.when(entry.at), what, text))
        sheet = self._maker.sheet_of(case, tuple(entries))
        self._case_id, self._made_at = case.case_id, desk.clock()
        self._html, self._sheet_title = self._maker.as_html(sheet), sheet.title
        self.paper.setHtml(self._html)
        hint = self.tr(
            "No printer is set up here (lp): S keeps it as PDF, to be printed."
        )
        if self.command:
            hint = self.tr("⏎ prints · S keeps it as PDF · ↑ ↓ · Esc back")
        self._hint.setText(hint)

    def _pdf(self) -> bytes:
        return as_pdf(self._html, self._sheet_title, self._desk.theme.font())

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
