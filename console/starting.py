"""The page that stands while the desk gets ready: what is done, what is awaited.

The work itself is a plain function on a thread of its own that reports steps;
this page looks at the reports ten times a second, so that nothing of it needs Qt.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.theme import ROW, TITLE, Theme

Result = TypeVar("Result")

POLL_MS = 100
WIDTH = 720
PARTS = 1000
# Which part of the bar is a step's; the bar never goes back.
SHARES = {
    "service": (0.02, 0.06),
    "town": (0.06, 0.1),
    "cameras": (0.1, 0.9),
    "field": (0.9, 0.95),
    "desk": (0.95, 1.0),
}


class Cancelled(Exception):  # noqa: N818 - an answer, not a fault
    """The person closed the start page."""


class StartFailed(Exception):  # noqa: N818 - an answer, not a fault
    """The desk cannot start.

    Attributes:
        what: Stable word for what failed: "cameras", "service" without a word, or
            "no_station", "other_station", or the service's own: "secrets", "store", "taken",
            "connected", "system".
        detail: Where to look or what it said.
    """

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(f"{what}: {detail}")
        self.what = what
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Step:
    """Where the start stands.

    Attributes:
        name: Stable word: "service", "town", "cameras", "field", "desk", "connect", or
            what hinders that (`dispatch.sockets.hindrance_of`).
        done: Part done, 0 to 1, or None where nobody can know.
        detail: What its words need, such as an address.
    """

    name: str
    done: float | None = None
    detail: str = ""


def done_of(step: Step) -> float:
    """Return how much of the whole start is done, 0 to 1, once a step is reported."""
    begins, ends = SHARES.get(step.name, (0.0, 0.0))
    return begins + (ends - begins) * min(max(step.done or 0.0, 0.0), 1.0)


class Reporter:
    """What the work reports to, from its own thread.

    Thread: any.
    """

    def __init__(self) -> None:
        self._steps: SimpleQueue[Step] = SimpleQueue()
        self._cancelled = threading.Event()

    def __call__(
        self, name: str, done: float | None = None, *, detail: str = ""
    ) -> None:
        """Report a step; raise `Cancelled` where the person gave up."""
        self.check()
        self._steps.put(Step(name, done, detail))

    def check(self) -> None:
        """Raise `Cancelled` where the person gave up."""
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled.set()

    def latest(self) -> Step | None:
        """Return the newest step since the last call."""
        newest = None
        while True:
            try:
                newest = self._steps.get_nowait()
            except Empty:
                return newest


class StartPage(QWidget, Generic[Result]):
    """A small window with the present step, its progress and a way out.

    Thread: UI.

    Signals:
        finished: The work's `Future`, done.
    """

    finished = Signal(object)

    def __init__(
        self,
        title: str,
        work: Callable[[Reporter], Result],
        *,
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        theme = theme or Theme()
        p = theme.px
        self.setWindowTitle(title)
        self.setFixedWidth(p(WIDTH))
        self._reporter = Reporter()
        self._future: Future[Result] = Future()
        self._title = QLabel(title)
        self._title.setObjectName("title")
        self._step = QLabel(self.tr("Starting…"))
        self._step.setObjectName("step")
        self._step.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, PARTS)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(self.tr("Cancel start (Esc)"))
        self._title.setFont(theme.font(TITLE, 600))
        self._step.setFont(theme.font(ROW))
        self._cancel.setFont(theme.font(ROW))
        # Esc cancels; a stray Enter or space, typed while one waits, must not.
        self._cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cancel.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(p(32), p(28), p(32), p(28))
        self._step_width = p(WIDTH) - 2 * p(32)
        layout.setSpacing(p(18))
        for widget in (self._title, self._step, self._bar):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._thread = threading.Thread(
            target=self._run, args=(work,), name="starting", daemon=True
        )

    def start(self) -> None:
        """Show the page and begin the work."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.show()
        self._thread.start()
        self._timer.start()

    def say(self, text: str) -> None:
        """Show a text, and make room for all of its lines."""
        if text == self._step.text():
            return
        self._step.setText(text)
        layout = self.layout()
        assert layout is not None
        self._step.setMinimumHeight(self._step.heightForWidth(self._step_width))
        layout.activate()
        self.adjustSize()

    def step_text(self, name: str, detail: str = "") -> str:
        """Return a step's words."""
        address, _, mark = detail.rpartition(" ")
        return {
            "connect": self.tr(
                "Waiting for the service at {address}. Either it does not run or cannot"
                " be reached there, or its key is another one (lookout desk card, on"
                " its machine), or this desk is not let in yet (lookout desk list, on"
                " its machine). This desk's fingerprint: {mark}"
            ),
            "unreachable": self.tr(
                "Nobody answers at {address}; it is tried again by itself. On its machine"
                " the service must run with --desks 0.0.0.0:{port}, and the firewall let"
                " the port through. Is the address right?"
            ),
            "other_key": self.tr(
                "What answers at {address} has not the key that this desk was given."
                " Write its card anew, on its machine: lookout desk card FILE. Then start"
                " this desk with --connect --server-key FILE."
            ),
            "silent": self.tr(
                "{address} takes the connection and says nothing, as the service does to"
                " a desk that is not let in yet. On its machine: lookout desk enrol"
                " --name SEAT --knocking {mark}. Then it opens by itself. If this desk"
                " is let in, the service hangs, or another program has this port."
            ),
            "service": self.tr("Starting the service"),
            "town": self.tr("Reading the town"),
            "cameras": self.tr("Drawing the demonstration cameras (first start only)"),
            "field": self.tr("Connecting the field devices"),
            "desk": self.tr("Opening the desk"),
        }.get(name, name).format(
            address=address, mark=mark, port=address.rpartition(":")[2]
        )

    def failure_text(self, error: BaseException) -> str:
        """Return why the desk cannot start, and where to look."""
        if isinstance(error, StartFailed) and error.what == "cameras":
            return self.tr("The demonstration cameras cannot play: {detail}").format(
                detail=error.detail
            )
        if isinstance(error, StartFailed):
            return self._service_text(error.what).format(detail=error.detail)
        return self.tr(
            "The desk could not be opened ({kind}). Please try again; "
            "the log has the details."
        ).format(kind=type(error).__name__)

    def _service_text(self, what: str) -> str:
        if what == "service":
            return self.tr("The service did not start. Its log: {detail}")
        if what == "secrets":
            return self.tr(
                "The sealed log-ins of the cameras cannot be opened. Put the missing "
                "file back from a backup, or ask your technician. {detail}"
            )
        if what == "no_station":
            return self.tr(
                'The service let this machine in as a desk, "{detail}", not as a station.'
                " There: lookout desk revoke --name {detail}, then lookout desk enrol"
                " with --department."
            )
        if what == "other_station":
            return self.tr("The service says that this is the station of {detail}.")
        if what == "store":
            return self.tr(
                "The store cannot be used. Check that the disk has room and that the "
                "database server runs. {detail}"
            )
        return self.tr("The service could not start: {detail}")

    def _run(self, work: Callable[[Reporter], Result]) -> None:
        try:
            self._future.set_result(work(self._reporter))
        except BaseException as error:  # noqa: BLE001 - handed over, not swallowed
            self._future.set_exception(error)

    def _poll(self) -> None:
        step = self._reporter.latest()
        if step is not None:
            self.say(self.step_text(step.name, step.detail))
            self._bar.setValue(max(self._bar.value(), round(done_of(step) * PARTS)))
        if self._future.done():
            self._timer.stop()
            self._thread.join()
            self.hide()
            self.finished.emit(self._future)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._future.done():
            self._reporter.cancel()
            self._cancel.setEnabled(False)
            self.say(self.tr("Stopping…"))
            event.ignore()
