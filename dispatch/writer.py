"""The one thread that changes anything: operators before devices, small commits."""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)

from dispatch.bus import Bus
from dispatch.commands import Command, Refused
from dispatch.postgres import why_away
from dispatch.receipts import Receipt
from dispatch.retention import Retirement
from dispatch.rules_known import RuleKey
from dispatch.store import STORE_AWAY, SetAside, Store
from dispatch.working import StoreMovedError

COMMIT_S = 0.05  # what an operator may have to wait behind one device batch
RETIRE_S = 600.0  # after everything old is gone, and at the start
FLUSH_S = 1.0  # newest positions and readings go out this often
MOST_ASIDE = 1000  # frames waiting to be set aside; beyond that they are counted
FAULTS_BORNE = 3  # failures of ours on one message; then it is refused for good
_FAULTS_KEPT = 1000
_AIM_S = 0.6 * COMMIT_S
_SMALLEST, _LARGEST = 8, 600

Outcome = Receipt | Refused | Exception
Done = TypeVar("Done")
Due = TypeVar("Due", int, RuleKey)

_COMMAND_BAD = (DataError, IntegrityError)
_OURS = (*_COMMAND_BAD, ProgrammingError, NotSupportedError)

_log = logging.getLogger(__name__)


def is_away(fault: BaseException | None) -> bool:
    """Return whether a command failed because of the store alone, for the moment."""
    return isinstance(fault, (*STORE_AWAY, StoreMovedError)) and not isinstance(
        fault, _OURS
    )


class Writer:
    """Takes commands from every entrance and applies them one after the other.

    Thread: its own, the only one that calls the bus; every method may be called
    from any other. Futures come true on the writer's thread: only hand on there.

    Args:
        bus: Applies the commands.
        store: Takes what is set aside.
        clock: The service's time.
        retirement: Takes old rows away while nobody waits; nothing is if None.
    """

    def __init__(
        self,
        bus: Bus,
        store: Store,
        *,
        clock: Callable[[], datetime],
        retirement: Retirement | None = None,
    ) -> None:
        self._retirement = retirement
        self._retire_due = time.monotonic() + RETIRE_S
        self._bus = bus
        self._store = store
        self._clock = clock
        self._wake = threading.Condition()
        self._commands: deque[tuple[Command, Future[Receipt]]] = deque()
        self._batches: deque[tuple[Sequence[Command], Future[list[Outcome]]]] = deque()
        self._aside: list[SetAside] = []
        self._aside_lost = 0
        self._aside_after = 0.0
        self._faults: Counter[tuple[str, str]] = Counter()
        self._failing: set[str] = set()
        # Of which the clock asks something.
        self._due: deque[int] = deque()
        self._due_rules: deque[RuleKey] = deque()
        self._closing = False
        self._store_lost = False
        self._flush_due = time.monotonic() + FLUSH_S
        # Few at first: a device's first reading after a start has others read with it.
        self._batch_limit = _SMALLEST
        self._thread = threading.Thread(target=self._run, name="writer")
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Return whether the thread runs; without it nothing is ever written."""
        return self._thread.is_alive()

    @property
    def stores(self) -> bool:
        """Return whether the store takes what it is given, as far as is known."""
        return not self._store_lost

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

        The answers stand in the order of the commands: a receipt, a refusal, or a
        fault of ours. A fault is no answer: the sender keeps the command and sends
        it again, and only after `FAULTS_BORNE` of the same kind it is refused with
        the reason "fault". Where the store itself fails the future raises, and
        nothing may be acknowledged.
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
                self._lose_aside(1)
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
        try:
            while self._turn():
                pass
        except Exception:
            _log.exception("the writer has failed")
            raise

    def _turn(self) -> bool:
        """Do what comes first; return False at the end."""
        with self._wake:
            self._wake.wait_for(
                self._has_work, max(0.0, self._flush_due - time.monotonic())
            )
            command = self._commands.popleft() if self._commands else None
            batch = None
            if command is None and self._batches:
                batch = self._batches.popleft()
            aside: list[SetAside] = []
            if command is None and self._aside_is_due():
                aside, self._aside = self._aside, []
            ending = self._closing and not (command or batch or aside)
        if command is not None:
            self._handle(*command)
        if batch is not None:
            self._handle_batch(*batch)
        if aside:
            self._set_aside(aside)
        if ending or time.monotonic() >= self._flush_due:
            self._flush_due = time.monotonic() + FLUSH_S
            self._guard("telling the newest positions and readings", self._flush)
            self._keep_time()
            self._look_for_store()
            self._retire()
        return not ending

    def _flush(self) -> None:
        self._bus.flush_coalesced(self._clock())

    def _keep_time(self) -> None:
        """Do what is due by the clock: each case by itself, then each rule's subject.

        What there is no time for while others wait comes next second, from where this
        one ended: neither they nor a case that fails keep the rest from their turn. The
        cases have theirs first each second, however many subjects there are.
        """
        now = time.monotonic()
        self._keep_due(self._due, self._bus.due_cases, until=None)
        self._keep_due(self._due_rules, self._bus.due_rules, until=now + FLUSH_S)

    def _keep_due(
        self, due: deque[Due], look: Callable[[], list[Due]], *, until: float | None
    ) -> None:
        if not due:
            self._guard("seeing what is due", lambda: due.extend(look()))
        started = time.monotonic()
        while due:
            each = due.popleft()
            what = (
                f"case {each}"
                if isinstance(each, int)
                else "rule {} at {}".format(*each)
            )
            done = self._guard(
                f"keeping the time of {what}", partial(self._bus.keep_time, each)
            )
            if not done and self._store_lost:
                due.clear()
            now = time.monotonic()
            if now - started > COMMIT_S and self._is_wanted():
                return
            if until is not None and now > until:
                return

    def _is_wanted(self) -> bool:
        with self._wake:
            return bool(self._commands or self._batches or self._closing)

    def _look_for_store(self) -> None:
        """See whether a store that was lost is back, though nobody writes."""
        if not self._store_lost or self._aside:
            return
        if self._guard("looking for the store", self._store.touch):
            self._note_store(lost=False)

    def _retire(self) -> None:
        """Take a slice of old rows away, at most one a second, if nobody waits."""
        if self._retirement is None or time.monotonic() < self._retire_due:
            return
        if self._is_wanted():
            return
        if not self._guard("taking old rows away", self._retire_slice):
            self._retire_due = time.monotonic() + RETIRE_S

    def _retire_slice(self) -> None:
        assert self._retirement is not None
        if not self._retirement.step(self._clock()):
            self._retire_due = time.monotonic() + RETIRE_S

    def _has_work(self) -> bool:
        return bool(
            self._commands or self._batches or self._aside_is_due() or self._closing
        )

    def _aside_is_due(self) -> bool:
        return bool(self._aside) and time.monotonic() >= self._aside_after

    def _set_aside(self, items: list[SetAside]) -> None:
        """Write frames; those that cannot be written wait for a better moment."""
        write = partial(self._store.quarantine_many, items)
        if self._guard("setting refused frames aside", write):
            return
        with self._wake:
            self._aside_after = time.monotonic() + FLUSH_S
            waiting = [*items, *self._aside]
            self._aside = waiting[:MOST_ASIDE]
            if len(waiting) > MOST_ASIDE:
                self._lose_aside(len(waiting) - MOST_ASIDE)

    def _lose_aside(self, count: int) -> None:
        if not self._aside_lost:
            _log.warning("refused frames come faster than they can be set aside")
        self._aside_lost += count

    def _handle(self, command: Command, future: Future[Receipt]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            receipt = self._again_if_moved(partial(self._bus.handle, command))
        except Refused as refused:
            future.set_exception(refused)
        except Exception as fault:  # noqa: BLE001 - outermost loop: one bad command
            if is_away(fault):
                self._note_store(lost=True, fault=fault)
            else:
                _log.exception("%s failed", type(command).__name__)
            future.set_exception(fault)
        else:
            self._note_store(lost=False)
            future.set_result(receipt)

    def _handle_batch(
        self, commands: Sequence[Command], future: Future[list[Outcome]]
    ) -> None:
        future.set_running_or_notify_cancel()
        started = time.monotonic()
        try:
            outcomes = self._apply(commands)
        except (*STORE_AWAY, StoreMovedError) as fault:
            self._note_store(lost=True, fault=fault)
            future.set_exception(fault)
            return
        self._note_store(lost=False)
        self._learn(len(commands), time.monotonic() - started)
        future.set_result(outcomes)

    def _apply(self, commands: Sequence[Command]) -> list[Outcome]:
        batch = partial(self._bus.handle_batch, commands)
        try:
            outcomes: list[Outcome] = list(self._again_if_moved(batch))
        except Exception as fault:
            if isinstance(fault, (*STORE_AWAY, StoreMovedError)) and not isinstance(
                fault, _COMMAND_BAD
            ):
                raise
            if len(commands) == 1:
                return [self._failed(commands[0], fault)]
            return [self._apply([command])[0] for command in commands]
        if self._faults:
            self._forget_faults(commands)
        return outcomes

    def _again_if_moved(self, work: Callable[[], Done]) -> Done:
        """Do something; once more where our picture of the store was not it."""
        try:
            return work()
        except StoreMovedError:
            _log.warning("someone else has written to the store; it is read anew")
            self._bus.reload()
            return work()

    def _failed(self, command: Command, fault: Exception) -> Outcome:
        """Note a fault of ours; give a command up that has met it too often."""
        kind = (command.command_id, type(fault).__name__)
        if len(self._faults) >= _FAULTS_KEPT:
            self._faults.clear()
        self._faults[kind] += 1
        name = type(command).__name__
        if self._faults[kind] == 1:
            _log.error("%s failed", name, exc_info=fault)
        if self._faults[kind] < FAULTS_BORNE:
            return fault
        self._forget_faults([command])
        _log.error("%s failed %d times and is refused", name, FAULTS_BORNE)
        return Refused("fault", "the service failed on this message")

    def _forget_faults(self, commands: Sequence[Command]) -> None:
        ids = {command.command_id for command in commands}
        for kind in [kind for kind in self._faults if kind[0] in ids]:
            del self._faults[kind]

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

    def _guard(self, what: str, work: Callable[[], object]) -> bool:
        """Do what nobody waits for; return whether it was done. The thread goes on."""
        try:
            self._again_if_moved(work)
        except Exception as fault:  # noqa: BLE001 - outermost loop: else nobody writes
            if isinstance(fault, STORE_AWAY) and not isinstance(fault, _COMMAND_BAD):
                self._note_store(lost=True, fault=fault)
            elif what not in self._failing:
                self._failing.add(what)
                _log.exception("%s failed", what)
            return False
        if what in self._failing:
            self._failing.discard(what)
            _log.info("%s goes on", what)
        return True

    def _note_store(self, *, lost: bool, fault: Exception | None = None) -> None:
        if lost and not self._store_lost:
            why = why_away(fault) if isinstance(fault, DBAPIError) else ""
            name = type(fault).__name__
            _log.error("the store does not take anything: %s %s", name, why)
        elif not lost and self._store_lost:
            _log.info("the store takes what it is given again")
        self._store_lost = lost
