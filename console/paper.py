"""A document in pages, as PDF and for the screen: made beside the window.

What is shown says what is printed, in letters for the screen and so on more pages. A
long log takes seconds to be set: a process does it, which is ended as soon as nobody
waits for it any more.
"""

import logging
import re
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from PySide6.QtGui import QImage

from console.paper_setting import GRAYS, Order, line_of
from console.processes import own_command

_log = logging.getLogger(__name__)

PATIENCE_MS = 60_000
_LINE = re.compile(rb"(page|pdf|picture|end)((?: \d+)*)")
KILLED_MS = 500  # for the machine to take back what was ended: a few in truth


@dataclass(frozen=True, kw_only=True, slots=True)
class Pages:
    """What came of it.

    Attributes:
        pdf: All of them, on A4.
        pictures: The same on pages for the screen.
    """

    pdf: bytes
    pictures: tuple[QImage, ...]


class Paper(QObject):
    """Has documents set, one at a time: a new one ends the one before.

    Thread: UI only.

    Attributes:
        waits: One is being set.
        page: Which of its pages is drawn, and
        pages: of how many; 0 while that is not known.

    Signals:
        made: `Pages`, or None: it could not be made.
    """

    made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self.page = self.pages = 0
        self._heard = b""
        self._pdf = b""
        self._pictures: list[QImage] = []

    @property
    def waits(self) -> bool:
        """Return whether one is being set."""
        return self._process is not None

    def begin(self, order: Order) -> None:
        """Have a document set."""
        self.stop()
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(partial(self._on_heard, process))
        process.finished.connect(partial(self._on_failed, process))
        process.errorOccurred.connect(partial(self._on_failed, process))
        QTimer.singleShot(PATIENCE_MS, process, process.kill)
        program, *arguments = own_command("paper")
        process.start(program, arguments)
        process.write(line_of(order))

    def stop(self) -> None:
        """Have none set any more."""
        process, self._process = self._process, None
        self._heard, self._pdf, self._pictures = b"", b"", []
        self.page = self.pages = 0
        if process is not None:
            process.kill()
            process.waitForFinished(KILLED_MS)
            process.deleteLater()

    # -- inside -----------------------------------------------------------------------

    def _on_heard(self, process: QProcess) -> None:
        if process is not self._process:
            return
        self._heard += bytes(process.readAllStandardOutput().data())
        while b"\n" in self._heard:
            line, _, rest = self._heard.partition(b"\n")
            told = _LINE.fullmatch(line)
            if told is None:  # a library's, maybe
                _log.warning("the process that sets paper said: %s", line[:200])
                self._heard = rest
                continue
            word, numbers = told[1].decode(), [int(each) for each in told[2].split()]
            size = {"pdf": 1, "picture": 2}.get(word, 0)
            size = numbers[0] * (numbers[1] if size == 2 else 1) if size else 0
            if len(rest) < size:
                return
            data, self._heard = rest[:size], rest[size:]
            self._take(word, numbers, data)

    def _take(self, word: str, numbers: list[int], data: bytes) -> None:
        if word == "page":
            self.page, self.pages = numbers
        elif word == "pdf":
            self._pdf = data
        elif word == "picture":
            width, height = numbers
            self._pictures.append(QImage(data, width, height, width, GRAYS).copy())
        else:
            pages = Pages(pdf=self._pdf, pictures=tuple(self._pictures))
            self.stop()
            self.made.emit(pages)

    def _on_failed(self, process: QProcess, *_ignored: object) -> None:
        gone = process.state() is QProcess.ProcessState.NotRunning
        if process is not self._process or not gone:
            return
        said = bytes(process.readAllStandardError().data()).decode(errors="replace")
        _log.error("no paper was made: %s", said[-500:] or process.errorString())
        self.stop()
        self.made.emit(None)
