"""Every operator action: its words, its key, when it is allowed, what it asks.

The only caller of `Bridge.submit`. Whether something may be done is asked of the
same case methods the service uses, on the board's copy: a button that is live
here is refused there only when someone else was faster.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.action_rules import alarm_seen, send_refusal
from console.action_table import ACTIONS
from console.one_action import Action
from console.pending import Ledger, Pending, Refusal, refusal_in
from console.station_table import STATION_ACTIONS
from dispatch.alarms import Alarm
from dispatch.case_states import HANDLED
from dispatch.cases import Case, CaseState
from dispatch.commands import (
    LOOKED,
    AcknowledgeAlarm,
    AddNote,
    CaseCommand,
    CloseCase,
    Command,
    Moment,
    NoteView,
    OpenStream,
    RecallUnit,
    RecordMoment,
    Refused,
    ReportCase,
    SendUnit,
    TakeCase,
    VoidCase,
)
from dispatch.numbers import SHOWN, NoteNumbers, NumberOf
from dispatch.profiles import in_use
from dispatch.taxonomy import Taxonomy
from dispatch.units import Unit
from video.sources import Login

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

log = logging.getLogger("lookout.actions")
Answered = Callable[[Refused | None], None]


class Actions(QObject):
    """What an operator can do at this desk, now.

    Thread: UI only.

    Signals:
        wanted: What the window does by itself: "new_report", "parked_report", "close",
            "save_report", "uncover", "recall", "contact", "phone", "third", "note", "complete",
            "enlarge", "near", "best_views", "cold_refresh", "keys", "settings", "back",
            "focus_1" … "_6".
        reported: Case id of a new report that was saved, and the id of its command.
        answered: `Pending` whose change is on the board, and None; or its `Refused`.
        came_back: A report of an earlier run that was refused, and why.

    Attributes:
        table: All of them, in order.
        has_parked_report: Whether a report waits out of sight; the window says so.
        has_picture, is_enlarged: Whether a picture can be, and is; likewise.
        is_reporting: Whether the form of a report is being filled; likewise.
        is_covered: Whether the report at hand, or else the open case, is out of sight.
    """

    wanted = Signal(str)
    reported = Signal(int, str)
    answered = Signal(object, object)
    came_back = Signal(object, object)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.desk = desk
        self.ledger = Ledger()
        self.table = ACTIONS if desk.actor.scope is None else STATION_ACTIONS
        self._by_name = {action.name: action for action in self.table}
        self.has_parked_report: Callable[[], bool] = lambda: False
        self.has_picture: Callable[[], bool] = lambda: False
        self.is_enlarged: Callable[[], bool] = lambda: False
        self.is_reporting: Callable[[], bool] = lambda: False
        self.is_covered: Callable[[], bool] = lambda: False
        self._next: dict[int, Callable[[], None]] = {}
        desk.bridge.answered.connect(self._on_answered)
        desk.second.connect(self._on_second)
        desk.moved.connect(self._on_moved)
        desk.link_changed.connect(self._on_link)
        desk.bridge.refused_earlier.connect(self._on_refused_earlier)

    @property
    def taxonomy(self) -> Taxonomy:
        """Return the kinds and rules that the town goes by."""
        return in_use(self.desk.board.profile)

    # -- asking --------------------------------------------------------------------

    def action(self, name: str) -> Action:
        """Return an action by its name."""
        return self._by_name[name]

    def refusal(self, name: str) -> Refused | None:
        """Return why an action may not be done now, or None."""
        return self._by_name[name].refusal(self.desk)

    def allowed(self, name: str) -> bool:
        """Return whether an action may be done now."""
        return self.refusal(name) is None

    def in_bar(self) -> list[Action]:
        """Return the actions that stand in the bottom bar now, in order."""
        return [
            action
            for action in self.table
            if action.in_bar and action.refusal(self.desk) is None
        ]

    def run(self, name: str) -> bool:
        """Do an action, or say at the case why not; return whether it was done."""
        action = self._by_name[name]
        refused = action.refusal(self.desk)
        if refused is None and action.in_sight and self.is_covered():
            self.wanted.emit("uncover")  # the form of a report, maybe
            unseen = Refused("out_of_sight", "the case was out of sight")
            refused = action.refusal(self.desk) or unseen
        if refused is not None:
            if refused.reason == "form_open":
                # To be read where the eye is, not at the case it covers.
                self.desk.refused.emit(self.desk.open_case_id, refused)
            elif refused.reason != "nothing":
                self.refuse_here(self._case_of(name), name, refused)
            return False
        action.run(self.desk)
        return True

    def _case_of(self, name: str) -> int | None:
        """Return the case an action is about, where its refusal is to be read."""
        if name == "acknowledge":
            alarm = alarm_seen(self.desk)
            return alarm.case_id if alarm is not None else None
        return self.desk.open_case_id

    def pending(self, case_id: int | None) -> Pending | None:
        """Return what is under way for a case."""
        return self.ledger.of_case(case_id)

    def standing_refusal(self, case_id: int | None) -> Refusal | None:
        """Return the refusal that stands at a case's row."""
        return self.ledger.refusal(case_id)

    def forget_refusal(self, case_id: int | None) -> bool:
        """Take a refusal away after it was read; return whether there was one."""
        gone = self.ledger.forget_refusal(case_id)
        if gone:
            self.desk.pending_changed.emit()
        return gone

    def may_ask(self, command_type: type[Command]) -> Refused | None:
        """Return a refusal where nobody at this desk has the role."""
        needs = command_type.needs
        missing = sorted(needs - self.desk.actor.roles)
        if missing:
            return Refused(
                "role",
                f"{command_type.__name__} needs another role",
                roles=" ".join(missing),
            )
        return None

    # -- what needs more than a key ------------------------------------------------

    def send(self, case: Case, unit: Unit) -> None:
        """Send a unit; waits for the taking of the case where that is under way.

        With nobody there to answer it does not wait: what waits only here would be
        lost with this desk, what is submitted stands in the outbox.
        """
        if self.ledger.blocking(case.case_id) and self._service_answers():
            self._next[case.case_id] = lambda: self._send_now(case.case_id, unit)
            return
        self._send_now(case.case_id, unit)

    def recall(self, case: Case) -> None:
        """Take back whoever was sent; the case waits for another one."""
        self.submit_case(RecallUnit, case, action="recall")

    def take(self, case: Case) -> None:
        """Take a case: accept and file it, its alarms acknowledged."""
        self.submit_case(TakeCase, case, action="take")

    def close_case(self, case: Case, outcome: str, *, opinion: str = "") -> str:
        """Close a case; who says handled has read its closing condition, and met it."""
        said = {"outcome": outcome, "opinion": opinion, "met": outcome == HANDLED}
        return self.submit_case(CloseCase, case, action="close", **said)

    def void_case(
        self, case: Case, reason: str, *, newest_alarm: int, text: str = ""
    ) -> str:
        """Void a case that nobody handles; not over a newer alarm than was seen."""
        return self.submit(
            VoidCase(
                actor=self.desk.actor,
                case_id=case.case_id,
                seen=case.version,
                reason=reason,
                text=text,
                newest_alarm=newest_alarm,
            ),
            action="void",
            case_id=case.case_id,
        )

    def add_note(self, case: Case, text: str) -> str:
        """Write a line into a case's log; return the command's id."""
        return self.submit(
            AddNote(actor=self.desk.actor, case_id=case.case_id, text=text),
            action="note",
            case_id=case.case_id,
        )

    def report(self, **said: Any) -> str:
        """Save a new report with fields of `ReportCase`; return the command's id."""
        command = ReportCase(actor=self.desk.actor, at=self.desk.clock(), **said)
        return self.submit(command, action="report", case_id=None)

    def acknowledge(self, alarm: Alarm) -> None:
        """Acknowledge one alarm without opening its case."""
        self.submit(
            AcknowledgeAlarm(actor=self.desk.actor, alarm_id=alarm.alarm_id),
            action="acknowledge",
            case_id=alarm.case_id,
        )

    def record_moment(self, case_id: int, moment: Moment, *, at: datetime) -> None:
        """Record a clock only this desk can read."""
        if self.may_ask(RecordMoment) is not None:
            return
        self._quietly(
            RecordMoment(actor=self.desk.actor, case_id=case_id, moment=moment, at=at)
        )

    def note_view(
        self,
        camera_id: str,
        *,
        case_id: int | None,
        at: datetime,
        done: Answered,
        deed: str = LOOKED,
    ) -> None:
        """Have it written down that someone looks at a camera; it waits if it must.

        `deed` says whether they listen; `done` is called on the UI thread with None, or
        with the refusal.
        """
        who = self.desk.actor
        command = NoteView(
            actor=who, camera_id=camera_id, case_id=case_id, at=at, deed=deed
        )
        self.desk.bridge.when_done(
            self.desk.bridge.submit(command), lambda future: done(refusal_in(future))
        )

    def note_numbers(
        self, case_id: int, owners: tuple[NumberOf, ...], *, deed: str = SHOWN
    ) -> None:
        """Have it written down whose numbers are read here; it waits if it must."""
        who, at = self.desk.actor, self.desk.clock()
        command = NoteNumbers(
            actor=who, case_id=case_id, owners=owners, deed=deed, at=at
        )
        self._quietly(command, level=logging.WARNING)

    def note_call(self, command: CaseCommand) -> None:
        """Have written down what became of a telephone call; it waits if it must."""
        self._quietly(command)

    def fetch_login(
        self, camera_id: str, *, case_id: int | None, done: Answered
    ) -> None:
        """Ask for a camera's log-in, which goes straight to the engine.

        One that comes after the camera's address was changed is not handed on: it may be
        another machine's. The change itself has it asked for again. `case_id` is what it
        is shown for, for the log; `done` gets None or the refusal, on the UI thread.
        """
        who = self.desk.actor
        command = OpenStream(
            actor=who, camera_id=camera_id, purpose="standby", case_id=case_id
        )
        addresses = self._addresses(camera_id)

        def answered(future: "Future[Any]") -> None:
            refused = refusal_in(future)
            engine = self.desk.engine
            if refused is None and engine is not None:
                value = future.result().value
                if value is None or addresses != self._addresses(camera_id):
                    engine.forget_login(camera_id)
                else:
                    engine.set_login(camera_id, Login(*value))
            done(refused)

        self.desk.bridge.when_done(self.desk.bridge.submit(command), answered)

    def submit_case(
        self, kind: type[CaseCommand], case: Case, *, action: str, **fields: Any
    ) -> str:
        """Submit a command about a case as it is now; return its id."""
        asked = {"case_id": case.case_id, "seen": case.version, **fields}
        command = kind(actor=self.desk.actor, **asked)
        self.submit(command, action=action, case_id=case.case_id)
        return command.command_id

    def _addresses(self, camera_id: str) -> tuple[str, str] | None:
        camera = self.desk.board.cameras.get(camera_id)
        return None if camera is None else (camera.main_url, camera.sub_url)

    # -- sending and hearing ---------------------------------------------------------

    def _send_now(self, case_id: int, unit: Unit) -> None:
        case = self.desk.board.cases.get(case_id)
        if case is None:
            return
        refused = send_refusal(self.desk, case, unit)
        if refused is not None:
            self.refuse_here(case_id, "send", refused)
            return
        self.submit(
            SendUnit(
                actor=self.desk.actor,
                case_id=case_id,
                seen=case.version + self._steps_ahead(case),
                unit_id=unit.unit_id,
            ),
            action="send",
            case_id=case_id,
        )

    def _steps_ahead(self, case: Case) -> int:
        """Return how many versions on a case is once its pending taking is done."""
        if not any(
            each.action == "take" for each in self.ledger.blocking(case.case_id)
        ):
            return 0
        return {CaseState.NEW: 2, CaseState.ACCEPTED: 1}.get(case.state, 0)

    def _service_answers(self) -> bool:
        link = self.desk.link
        return link is not None and bool(link.connected)

    def _on_link(self, _link: object) -> None:
        if not self._service_answers():
            waiting, self._next = self._next, {}
            for following in waiting.values():
                following()

    def submit(self, command: Command, *, action: str, case_id: int | None) -> str:
        """Submit a command; it is pending until its change is here. Return its id."""
        self.ledger.ask(
            Pending(
                command_id=command.command_id,
                action=action,
                case_id=case_id,
                since=self.desk.clock(),
            )
        )
        self.desk.pending_changed.emit()
        future = self.desk.bridge.submit(command)
        self.desk.bridge.when_done(
            future, lambda done: self._on_receipt(command, action, done)
        )
        return command.command_id

    def _quietly(self, command: Command, *, level: int = logging.INFO) -> None:
        def answered(future: "Future[Any]") -> None:
            refused = refusal_in(future)
            if refused is not None:
                log.log(level, "not recorded: %s", refused.text)

        self.desk.bridge.when_done(self.desk.bridge.submit(command), answered)

    def _on_receipt(self, command: Command, action: str, future: "Future[Any]") -> None:
        refused = refusal_in(future)
        command_id = command.command_id
        if refused is not None:
            pending = self.ledger.refuse(command_id, refused, self.desk.clock())
            if pending is not None:
                if pending.case_id is not None:
                    self._next.pop(pending.case_id, None)
                self.desk.refused.emit(pending.case_id, refused)
                self.desk.pending_changed.emit()
                self.answered.emit(pending, refused)
            return
        receipt = future.result()
        self.ledger.receipt(command_id, receipt.number)
        if action == "report" and isinstance(receipt.value, int):
            self.reported.emit(receipt.value, command_id)
        self._settle(frozenset())

    def _on_answered(self, command_ids: frozenset[str]) -> None:
        self._settle(command_ids)

    def _settle(self, command_ids: frozenset[str]) -> None:
        done = self.ledger.settle(command_ids, self.desk.board.number)
        if not done:
            return
        self.desk.pending_changed.emit()
        for pending in done:
            self.answered.emit(pending, None)
            if pending.case_id is not None:
                following = self._next.pop(pending.case_id, None)
                if following is not None:
                    following()

    def _on_refused_earlier(
        self, _command_id: str, refused: Refused, command: Command | None
    ) -> None:
        if isinstance(command, ReportCase):
            self.came_back.emit(command, refused)
        self.refuse_here(None, "earlier", refused)

    def refuse_here(self, case_id: int | None, action: str, refused: Refused) -> None:
        """Say why something is not asked at all, at a case or at none."""
        self.ledger.note(case_id, action, refused, self.desk.clock())
        self.desk.refused.emit(case_id, refused)
        self.desk.pending_changed.emit()

    def _on_moved(self, moved: "Moved") -> None:
        if self.ledger.overtake(moved.cases, self.desk.clock()):
            self.desk.pending_changed.emit()

    def _on_second(self) -> None:
        if self.ledger.age(self.desk.clock()):
            self.desk.pending_changed.emit()
