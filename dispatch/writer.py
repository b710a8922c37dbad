"""The one thread that changes anything: operators before devices, small commits."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial

from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError

from dispatch.bus import Bus
from dispatch.commands import Command, Refused
from dispatch.receipts import Receipt
from dispatch.store import SetAside, Store

COMMIT_S = 0.05  # what an operator may have to wait behind one device batch
FLUSH_S = 1.0  # newest positions and readings go out this often
MOST_ASIDE = 1000  # frames waiting to be set aside; beyond that they are counted
_AIM_S = 0.6 * COMMIT_S
_SMALLEST, _LARGEST = 8, 400

Outcome = Receipt | Refused | Exception

# Full or failing disk, lost server: nothing about the command, so it is not refused.
_STORE_AWAY = (DatabaseError, InterfaceError)
_COMMAND_BAD = (DataError, IntegrityError)

_log = logging.getLogger(__name__)


class Writer:
    """Takes commands from every entrance and applies them one after the other.

    Thread: its own, the only one that calls the bus; every method may be called
    from any other. Futures come true on the writer's thread: only hand on there.
    """

    def __init__(
        self, bus: Bus, store: Store, *, clock: Callable[[], datetime]
    ) -> None:
        self._bus = bus
        self._store = store
        self._clock = clock
        self._wake = threading.Condition()
        self._commands: deque[tuple[Command, Future[Receipt]]] = deque()
        self._batches: deque[tuple[Sequence[Command], Future[list[Outcome]]]] = deque()
        self._aside: list[SetAside] = []
        self._aside_lost = 0
        self._closing = False
        self._store_lost = False
        self._flush_due = time.monotonic() + FLUSH_S
        self._batch_limit = 64
        self._thread = threading.Thread(target=self._run, name="writer")
        self._thread.start()

    @property
    def batch_limit(self) -> int:
        """Return how many device messages make one commit of the allowed length."""
        return self._batch_limit

    def submit(self, command: Command) -> Future[Receipt]:
        """Apply an operator's command before any waiting device batch."""
        future: Future[Receipt] = Future()
        with self._wake:
            if self._closing:
                future.set_exception(Refused("service_away", "the service is ending"))
            else:
                self._commands.append((command, future))
                self._wake.notify()
        return future

    def submit_batch(self, commands: Sequence[Command]) -> Future[list[Outcome]]:
        """Apply a batch of the field in one commit.

        The answers stand in the order of the commands: a receipt, a refusal, or the
        fault of a command that can never be applied. Where the store itself fails
        the future raises, and nothing may be acknowledged.
        """
        future: Future[list[Outcome]] = Future()
        with self._wake:
            if self._closing:
                future.cancel()
            else:
                self._batches.append((commands, future))
                self._wake.notify()
        return future

    def set_aside(self, item: SetAside) -> None:
        """Keep a frame that nobody could use, when there is time for it."""
        with self._wake:
            if len(self._aside) >= MOST_ASIDE:
                self._aside_lost += 1
                return
            self._aside.append(item)
            self._wake.notify()

    def close(self) -> None:
        """Finish what was accepted, then end."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    # -- on the writer's own thread ------------------------------------------------

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(
                    self._has_work, max(0.0, self._flush_due - time.monotonic())
                )
                command = self._commands.popleft() if self._commands else None
                batch = None
                if command is None and self._batches:
                    batch = self._batches.popleft()
                aside: list[SetAside] = []
                if command is None:
                    aside, self._aside = self._aside, []
                ending = self._closing and not (command or batch or aside)
            if command is not None:
                self._handle(*command)
            if batch is not None:
                self._handle_batch(*batch)
            if aside:
                self._guard(partial(self._store.quarantine_many, aside))
            if ending or time.monotonic() >= self._flush_due:
                self._flush_due = time.monotonic() + FLUSH_S
                self._guard(self._flush)
            if ending:
                return

    def _flush(self) -> None:
        self._bus.flush_coalesced(self._clock())

    def _has_work(self) -> bool:
        return bool(self._commands or self._batches or self._aside or self._closing)

    def _handle(self, command: Command, future: Future[Receipt]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            receipt = self._bus.handle(command)
        except Refused as refused:
            future.set_exception(refused)
        except Exception as fault:  # noqa: BLE001 - outermost loop: one bad command
            _log.exception("%s failed", type(command).__name__)
            future.set_exception(fault)
        else:
            future.set_result(receipt)

    def _handle_batch(
        self, commands: Sequence[Command], future: Future[list[Outcome]]
    ) -> None:
        future.set_running_or_notify_cancel()
        started = time.monotonic()
        try:
            outcomes = self._apply(commands)
        except _STORE_AWAY as fault:
            self._note_store(lost=True, fault=fault)
            future.set_exception(fault)
            return
        self._note_store(lost=False)
        self._learn(len(commands), time.monotonic() - started)
        future.set_result(outcomes)

    def _apply(self, commands: Sequence[Command]) -> list[Outcome]:
        try:
            return list(self._bus.handle_batch(commands))
        except Exception as fault:
            if isinstance(fault, _STORE_AWAY) and not isinstance(fault, _COMMAND_BAD):
                raise
            if len(commands) == 1:
                _log.exception("%s failed", type(commands[0]).__name__)
                return [fault]
            return [self._apply([command])[0] for command in commands]

    def _learn(self, count: int, took_s: float) -> None:
        """Keep a full batch's commit below the limit on this machine, today."""
        fitting = int(count * _AIM_S / max(took_s, 1e-4))
        if took_s > _AIM_S:
            limit = min(fitting, self._batch_limit)
        elif count >= self._batch_limit:
            limit = min(fitting, 2 * self._batch_limit)
        else:
            return
        self._batch_limit = max(_SMALLEST, min(limit, _LARGEST))

    def _guard(self, work: Callable[[], object]) -> None:
        try:
            work()
        except _STORE_AWAY as fault:
            self._note_store(lost=True, fault=fault)

    def _note_store(self, *, lost: bool, fault: Exception | None = None) -> None:
        if lost and not self._store_lost:
            _log.error("the store does not take anything: %s", type(fault).__name__)
        elif not lost and self._store_lost:
            _log.info("the store takes what it is given again")
        self._store_lost = lost
