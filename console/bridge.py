"""The only crossing between threads: what other threads bring becomes signals.

Futures, snapshots, change batches and the link's state arrive on the client's
thread, are put into one inbox and taken out on the UI thread, a slice at a time.
Nothing else in the console is called from another thread.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from console.paint_ticks import PaintTicks
from dispatch.board import Board, CameBackError, GapError
from dispatch.changes import Change, Snapshot
from dispatch.commands import Command, Refused

if TYPE_CHECKING:
    from dispatch.client import Link, OnRefused
    from dispatch.receipts import Receipt

log = logging.getLogger("lookout.bridge")

T = TypeVar("T")

SLICE_S = 0.008  # of the UI thread for one helping of the inbox
CHANGES_AT_ONCE = 200
ASK_AGAIN_S = 5  # for a snapshot that does not come or cannot be read


class Client(Protocol):
    """The desk's end of the desk protocol, as `dispatch.client.DeskClient`."""

    def submit(self, command: Command) -> "Future[Receipt]":
        """Send a command; the future is done on another thread."""

    def ask(self, query: Any) -> "Future[Any]":
        """Ask a question; the future is done on another thread."""

    def follow(
        self,
        on_snapshot: Callable[[Snapshot], None],
        on_changes: Callable[[Sequence[Change]], None],
        on_link: "Callable[[Link], None]",
    ) -> None:
        """Call back on another thread with everything that happens."""

    def look(self, seat: str, case_id: int | None) -> None:
        """Let the other desks know which case is open here."""

    @property
    def looking(self) -> tuple[tuple[str, int], ...]:
        """Return seat and case of whatever is open at other desks; 0: it is there."""

    @property
    def stations(self) -> frozenset[str]:
        """Return the departments that have a station."""


class EarlierRefusals:
    """Keeps refusals that come before the desk stands, and hands them on after.

    Given to `DeskClient` as its `on_refused`; the bridge listens once it is there.

    Thread: any.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: list[tuple[str, Refused, Command | None]] = []
        self._listener: OnRefused | None = None

    def __call__(
        self, command_id: str, refused: Refused, command: Command | None = None
    ) -> None:
        """Take a refusal of a command that an earlier run had left behind."""
        with self._lock:
            if self._listener is None:
                self._kept.append((command_id, refused, command))
            else:
                self._listener(command_id, refused, command)

    def listen(self, listener: "OnRefused") -> None:
        """Hand on what came and what will come; any thread calls the listener."""
        with self._lock:
            self._listener = listener
            for command_id, refused, command in self._kept:
                listener(command_id, refused, command)
            self._kept.clear()


class Bridge(QObject):
    """Brings what happens on other threads to the UI thread.

    Thread: UI; the methods named `_put_…` are called on the client's thread.

    Attributes:
        board: The live picture, changed here and nowhere else.
        link: The last known state of the link, or None before the first.
        as_of: Since when the board is not kept up, or None while it is.

    Signals:
        moved: `Moved`, after the board applied a helping of changes.
        answered: The ids of the commands whose changes are on the board now.
        link_changed: `Link`.
        refused_earlier: The id of a command of an earlier run, `Refused`, and the
            command or None.
        tick: Paint tick, after each of the video workers' rounds; where nothing
            stirs, after every third.
        second: At each full second of the desk's clock.
    """

    moved = Signal(object)
    answered = Signal(object)
    link_changed = Signal(object)
    refused_earlier = Signal(str, object, object)
    tick = Signal()
    second = Signal()
    _woken = Signal()

    def __init__(
        self,
        client: Client,
        board: Board,
        *,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.board = board
        self.link: Link | None = None
        self.as_of: datetime | None = None
        self._client = client
        self._clock = clock
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="desk work")
        self._inbox: deque[tuple[str, Any, Any]] = deque()
        self._awake = False
        self._stopped = False
        self._astray_for = -1  # seconds since a lost thread made us ask for a snapshot
        self._woken.connect(self._drain, Qt.ConnectionType.QueuedConnection)
        self._ticks = PaintTicks(self)
        self._ticks.tick.connect(self.tick)
        self._second_timer = QTimer(self)
        self._second_timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._second_timer.setSingleShot(True)
        self._second_timer.timeout.connect(self._on_second)

    def start(self) -> None:
        """Follow the service and start ticking."""
        self._follow()
        self._ticks.start()
        self._on_second()

    def stop(self) -> None:
        """Stop ticking and let everything that still arrives fall."""
        with self._lock:
            self._stopped = True
            self._inbox.clear()
        self._ticks.stop()
        self._second_timer.stop()
        self._worker.shutdown(cancel_futures=True)

    # -- going out ---------------------------------------------------------------

    def submit(self, command: Command) -> "Future[Receipt]":
        """Send a command. `console.actions` is the only caller."""
        return self._client.submit(command)

    def ask(self, query: object) -> "Future[Any]":
        """Ask the service something."""
        return self._client.ask(query)

    def look(self, seat: str, case_id: int | None) -> None:
        """Let the other desks know which case is open here."""
        self._client.look(seat, case_id)

    @property
    def looking(self) -> tuple[tuple[str, int], ...]:
        """Return seat and case of whatever is open at other desks; 0: it is there."""
        return self._client.looking

    @property
    def stations(self) -> frozenset[str]:
        """Return the departments that have a station."""
        return self._client.stations

    def compute(self, work: Callable[[], T]) -> "Future[T]":
        """Do something slow on the desk's one working thread; no Qt widgets there."""
        return self._worker.submit(work)

    def when_done(
        self, future: "Future[Any]", slot: Callable[["Future[Any]"], None]
    ) -> None:
        """Call a slot with a future on the UI thread once it is done.

        A slot whose widget is gone by then is not called.
        """
        future.add_done_callback(lambda done: self._put("future", done, slot))

    def put_refused_earlier(
        self, command_id: str, refused: Refused, command: Command | None
    ) -> None:
        """Bring over the refusal of a command of an earlier run; any thread."""
        self._put("refused", (command_id, refused, command))

    def stir(self) -> None:
        """Tick in every round for a while: something moves."""
        self._ticks.stir()

    def put_stir(self) -> None:
        """Bring over that something is about to move; any thread."""
        self._put("stir", None)

    # -- coming in, on the client's thread -----------------------------------------

    def _put_snapshot(self, snapshot: Snapshot) -> None:
        self._put("snapshot", snapshot)

    def _put_changes(self, changes: Sequence[Change]) -> None:
        for start in range(0, len(changes), CHANGES_AT_ONCE):
            self._put("changes", changes[start : start + CHANGES_AT_ONCE])

    def _put_link(self, link: "Link") -> None:
        self._put("link", link)

    def _put(self, kind: str, what: Any, slot: Any = None) -> None:
        with self._lock:
            if self._stopped:
                return
            self._inbox.append((kind, what, slot))
            if self._awake:
                return
            self._awake = True
        self._woken.emit()

    # -- on the UI thread ------------------------------------------------------------

    def _drain(self) -> None:
        end = time.perf_counter() + SLICE_S
        while True:
            with self._lock:
                if not self._inbox:
                    self._awake = False
                    return
                kind, what, slot = self._inbox.popleft()
                if kind == "changes":
                    what = self._with_those_behind(what)
            try:
                self._take(kind, what, slot)
            except Exception:  # outermost loop: the desk goes on
                log.exception("what the bridge brought failed: %s", kind)
            if time.perf_counter() >= end:
                break
        self._woken.emit()  # the rest after what the person does meanwhile

    def _with_those_behind(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Return changes with the batches that wait behind them: one repaint for all."""
        together = list(changes)
        while self._inbox and self._inbox[0][0] == "changes":
            if len(together) + len(self._inbox[0][1]) > CHANGES_AT_ONCE:
                break
            together += self._inbox.popleft()[1]
        return together

    def _take(self, kind: str, what: Any, slot: Any) -> None:
        if kind == "snapshot":
            moved = self.board.load(what)
            self._astray_for = -1
            link = self.link
            if link is None or (link.connected and link.not_storing_since is None):
                self.as_of = None
            self.moved.emit(moved)
            self.answered.emit(frozenset())
        elif kind == "changes":
            self._apply(what)
        elif kind == "link":
            was, self.link = self.link, what
            if not what.connected:
                self.as_of = self.as_of or what.since
            elif what.not_storing_since is not None:
                self.as_of = self.as_of or what.not_storing_since
            elif was is not None and was.connected and was.not_storing_since:
                self.as_of = None
            self.link_changed.emit(what)
        elif kind == "refused":
            self.refused_earlier.emit(*what)
        elif kind == "stir":
            self.stir()
        else:
            owner = getattr(getattr(slot, "func", slot), "__self__", None)
            if not isinstance(owner, QObject) or isValid(owner):
                slot(what)

    def _apply(self, changes: Sequence[Change]) -> None:
        if self._astray_for >= 0:
            return  # the snapshot that is on its way holds them
        try:
            moved = self.board.apply(changes)
        except CameBackError as error:
            self._lost(str(error), level=logging.INFO)  # it happens
            return
        except GapError as error:
            self._lost(str(error))
            return
        except Exception:  # noqa: BLE001 - a board that took half is worth nothing
            self._lost("changes cannot be applied", exc_info=True)
            return
        self.moved.emit(moved)
        self.answered.emit(frozenset(change.command_id for change in changes))

    def _lost(
        self, why: str, *, level: int = logging.ERROR, exc_info: bool = False
    ) -> None:
        """Ask for a snapshot; the board is not to be trusted until it is there."""
        log.log(
            level,
            "the board lost the thread, loading it afresh: %s",
            why,
            exc_info=exc_info,
        )
        self._astray_for = 0
        self.as_of = self.as_of or self._clock()
        self._follow()

    def _follow(self) -> None:
        self._client.follow(self._put_snapshot, self._put_changes, self._put_link)

    def _on_second(self) -> None:
        rest = 1000 - self._clock().microsecond // 1000
        self._second_timer.start(rest + 3)
        if self._astray_for >= 0:
            self._astray_for += 1
            if self._astray_for % ASK_AGAIN_S == 0:
                self._follow()
        self.second.emit()
