"""The demonstration's desk: takes calls in, and with `attend` does the operators' work.

It is a desk like any other on the line, without a window, under names of its own that
say what it is. A case that a person has taken it leaves alone.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from dispatch.board import Board, CameBackError
from dispatch.case_commands import MarkStep, NoteCallBack
from dispatch.case_steps import ANSWERED, DONE, steps_now
from dispatch.cases import Case, CaseState
from dispatch.changes import Change, Snapshot
from dispatch.client import DeskClient, Link
from dispatch.commands import (
    AcknowledgeAlarm,
    CheckCase,
    CloseCase,
    Command,
    Moment,
    RecallUnit,
    Refused,
    ReportCase,
    SendUnit,
    TakeCase,
)
from dispatch.day_texts import DayTexts
from dispatch.devices import has_terminal
from dispatch.joining import owed_calls
from dispatch.keys import KeyPair
from dispatch.living_day import Call
from dispatch.people import Actor, Role
from dispatch.profiles import in_use
from dispatch.queueing import due_lane, now_lane
from dispatch.receipts import Receipt
from dispatch.recommending import suggest_units

ROLES = frozenset({Role.ACCEPTOR, Role.DISPATCHER, Role.SHIFT_LEADER})
CALL_CHANNEL = "hotline"
LOOKS_S = 8.0  # at a new case, a reported one, before anything is done
HANDS_S = 4.0  # for one thing; nobody does two at a time
LEAST_HANDS_S = 0.5
UNSIGNED = timedelta(seconds=90)  # a terminal that says nothing: someone else
STUCK = timedelta(minutes=20)
ANSWER_S = 20.0
SUGGESTED = 12
NOT_FOUND = "not_found"  # nothing on the scene, and a device that says otherwise

_log = logging.getLogger(__name__)


class Attendant:
    """What someone at the desk would do next. Pure: a board and a time.

    Attributes:
        actor: Under whose name.
    """

    def __init__(self, texts: DayTexts, *, speed: float = 1.0) -> None:
        self.actor = Actor(texts.desk["attendant"], texts.desk["seat"], ROLES)
        self._texts = texts
        self._looks = timedelta(seconds=LOOKS_S / max(1.0, speed))

    def next_step(self, board: Board, now: datetime) -> Command | None:
        """Return the next thing to do, the most urgent case first; None: nothing."""
        for row in (*now_lane(board, now), *due_lane(board, now)):
            for case_id in row.case_ids:
                case = board.cases[case_id]
                if case.owner not in ("", self.actor.name):
                    continue
                step = self._step(board, case, now)
                if step is not None:
                    return step
        return None

    def _step(self, board: Board, case: Case, now: datetime) -> Command | None:
        by, case_id, seen = self.actor, case.case_id, case.version
        state = case.state
        if state in (CaseState.NEW, CaseState.ACCEPTED):
            if now - case.opened_at < self._looks:
                return None
            return TakeCase(actor=by, case_id=case_id, seen=seen)
        for alarm in board.alarms_of(case.case_id):
            if alarm.acknowledged_at is None:
                return AcknowledgeAlarm(actor=self.actor, alarm_id=alarm.alarm_id)
        if case.may("dispatch"):
            unit_id = self._whom(board, case, now)
            if unit_id is None:
                return None
            return SendUnit(actor=by, case_id=case_id, seen=seen, unit_id=unit_id)
        if case.may("recall"):
            sent_at = case.clocks.get(Moment.DISPATCHED, case.opened_at)
            patience = UNSIGNED if state is CaseState.DISPATCHED else STUCK
            if now - sent_at < patience:
                return None
            reason = self._texts.desk["recall"]
            return RecallUnit(actor=by, case_id=case_id, seen=seen, reason=reason)
        if state in (CaseState.FEEDBACK, CaseState.CHECKING):
            done_at = case.clocks.get(Moment.FINISHED, case.opened_at)
            if now - done_at < self._looks:
                return None
            opinion = self._texts.desk["check"]
            return CheckCase(actor=by, case_id=case_id, seen=seen, opinion=opinion)
        if state is CaseState.PENDING_CLOSE:
            return self._end(board, case, now)
        return None

    def _end(self, board: Board, case: Case, now: datetime) -> Command | None:
        """Do what is still asked before a case is closed; not over an alarm."""
        taxonomy = in_use(board.profile)
        for each in steps_now(case, taxonomy):
            if each.is_missing:
                answers = each.step.answers
                return MarkStep(
                    actor=self.actor,
                    case_id=case.case_id,
                    step=each.step.step_id,
                    deed=ANSWERED if answers else DONE,
                    answer=answers[-1].answer_id if answers else "",
                )
        for owed in owed_calls(case):
            text = self._texts.desk["called"]
            return NoteCallBack(actor=self.actor, case_id=owed.case_id, text=text)
        stands = any(alarm.active for alarm in board.alarms_of(case.case_id))
        done_at = case.clocks.get(Moment.FINISHED, case.opened_at)
        if stands and now - done_at < STUCK:
            return None  # whoever was there has put it right: it will say so
        return CloseCase(
            actor=self.actor,
            case_id=case.case_id,
            seen=case.version,
            outcome=NOT_FOUND if stands else _outcome(board, case),
            opinion=self._texts.desk["close"],
            met=True,
        )

    def _whom(self, board: Board, case: Case, now: datetime) -> str | None:
        """Return the nearest unit with a terminal that has not handed it back."""
        tried = {
            entry.unit_id
            for entry in board.entries(case.case_id)
            if entry.action in ("return", "recall")
        }
        taxonomy = in_use(board.profile)
        found = suggest_units(board, case, now, limit=SUGGESTED, taxonomy=taxonomy)
        for suggestion in found:
            unit = suggestion.unit
            reachable = has_terminal(unit.unit_id, unit.device_id, board.devices)
            if reachable and unit.unit_id not in tried and unit.point is not None:
                return unit.unit_id
        return None


class VirtualDesk:
    """The demonstration's desk on the line.

    Thread: one of its own decides; `call` and `close` may be called from any other.
    """

    def __init__(
        self,
        address: str,
        *,
        server_key: str,
        keys: KeyPair,
        outbox: Path,
        clock: Callable[[], datetime],
        texts: DayTexts,
        tell: Callable[[dict[str, object]], None],
        seed: int,
        speed: float,
        attend: bool,
    ) -> None:
        self._clock, self._texts, self._tell = clock, texts, tell
        self._random = Random(seed)
        self._caller = Actor(texts.desk["caller"], texts.desk["seat"], ROLES)
        self._attendant = Attendant(texts, speed=speed) if attend else None
        self._hands_s = max(LEAST_HANDS_S, HANDS_S / speed)
        self._board = Board()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._client = DeskClient(
            address,
            server_key=server_key,
            desk_keys=keys,
            outbox=outbox,
            clock=clock,
        )
        self._thread: threading.Thread | None = None
        if attend:
            self._follow()
            self._thread = threading.Thread(target=self._run, name="attendant")
            self._thread.start()

    def call(self, call: Call) -> None:
        """Take a call in: a case that waits, as the intake form makes it."""
        number = self._random.randrange(10**6)
        report = ReportCase(
            actor=self._caller,
            category=call.category,
            place_name=call.place.name,
            point=call.place.point,
            channel=CALL_CHANNEL,
            details=call.text,
            reporter_name=call.caller,
            reporter_phone=f"10000{number:06d}",  # nobody's
            at=self._clock(),
        )
        self._client.submit(report).add_done_callback(self._note)
        self._tell({"called": call.category, "place": call.place.name})

    def close(self) -> None:
        """Go home; what nobody has answered yet stays in the outbox."""
        self._closing.set()
        self._client.close()  # first: it ends the wait for an answer
        if self._thread is not None:
            self._thread.join()

    # -- on its own thread ---------------------------------------------------------

    def _run(self) -> None:
        assert self._attendant is not None
        while not self._closing.wait(self._hands_s):
            with self._lock:
                step = self._attendant.next_step(self._board, self._clock())
            if step is not None:
                self._do(step)

    def _do(self, step: Command) -> None:
        try:
            receipt = self._client.submit(step).result(ANSWER_S)
        except Refused as refused:
            _log.info("%s: %s", type(step).__name__, refused.text)
            return
        except TimeoutError:
            return  # it waits in the outbox, and so do we
        self._tell({"attended": type(step).__name__})
        end = time.monotonic() + ANSWER_S
        while self._number() < receipt.number and time.monotonic() < end:
            if self._closing.wait(0.02):
                return

    def _number(self) -> int:
        with self._lock:
            return self._board.number

    # -- on the client's -----------------------------------------------------------

    def _load(self, snapshot: Snapshot) -> None:
        with self._lock:
            self._board.load(snapshot)

    def _apply(self, changes: list[Change]) -> None:
        try:
            with self._lock:
                self._board.apply(changes)
        except CameBackError:
            self._follow()

    def _follow(self) -> None:
        self._client.follow(self._load, self._apply, self._note_link)

    def _note_link(self, link: Link) -> None:
        _log.info("the service %s", "answers" if link.connected else "is away")

    def _note(self, future: "Future[Receipt]") -> None:
        error = future.exception()
        if error is not None:
            _log.info("a call was not taken in: %s", error)


def _outcome(board: Board, case: Case) -> str:
    """A device that came back before anybody was there has cried wolf."""
    arrived = case.clocks.get(Moment.ARRIVED)
    alarms = board.alarms_of(case.case_id)
    gone = [alarm.restored_at for alarm in alarms if alarm.restored_at is not None]
    if alarms and arrived is not None and len(gone) == len(alarms):
        return "false_alarm" if max(gone) < arrived else "handled"
    return "handled"
