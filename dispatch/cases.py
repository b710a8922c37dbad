"""Case 案件: states, transitions, moments and the append-only flow log.

A case is a value. Each method that does something returns a `Step`: the case as
it then is, and the log entries that say what was done; it raises `Refused` where
the thing may not be done. The desk asks the same methods on its own copy to know
which buttons are live; nothing here knows a clock, a store or a socket.

What leads where, and who may, stands in `dispatch.case_states`; what is asked and
granted on the way in `dispatch.case_turns`; the stage clocks follow the state, in
`dispatch.stages`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from dispatch.altered import altered
from dispatch.case_log import LogEntry as LogEntry
from dispatch.case_log import PhotoRef as PhotoRef
from dispatch.case_states import CLEARS, LEAVES, OUTCOMES, VOID_REASONS, WORKING, Leads
from dispatch.case_states import DESK_MOMENTS as DESK_MOMENTS
from dispatch.case_states import TRANSITIONS as TRANSITIONS
from dispatch.case_states import CaseState as CaseState
from dispatch.commands import Moment, Refused
from dispatch.course import NO_COURSE, Course
from dispatch.geo import Point
from dispatch.parts import besides, must_be_settled
from dispatch.people import Actor
from dispatch.units import Unit, UnitStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One case.

    Attributes:
        case_id: The store's number, never reused.
        number: 19 characters: town code, yyMMdd of the town's day, serial.
        version: Counts up with each transition; commands name the one they saw.
            Notes, clocks and repeated alarms leave it: a detector that repeats
            itself must not keep anyone from taking its case. So do parts of others
            and who asks for it: whoever has it goes on sending meanwhile.
        state: Where it stands.
        category: Taxonomy code.
        severity: 1 (危及生命) to 4 (常规).
        place_name: Where, in words.
        point: Where.
        grid_code: Grid of that point, or "".
        channel: How it came in: "device", "hotline", "walk_in", "grid_worker" …
        details: What was reported.
        reporter_name: Personal.
        reporter_phone: Personal.
        owner: Who at a seat has it, or "".
        owner_seat: That seat, or "".
        unit_id: The unit sent, or "".
        department: Responsible department, or "".
        standard_id: Filing standard chosen at 立案, or "".
        opened_at: When the service had it (UTC).
        deadline: When the running stage must be done, or None.
        clocks: Self-measured moments, each written once (UTC); those of a unit's
            way are the present unit's.
        alarm_count: How many alarm messages stand behind it.
        doubt: Why it is 存疑: "clock", "outside" or both, or "".
        outcome: Stable word chosen at closing or voiding, or "".
        drill: 演练.
        external_number: Number at an upper platform, or "".
        sending: How many times a unit was sent; an answer names the one it is to.
        course: What it carries on its way.
    """

    case_id: int
    number: str
    version: int
    state: CaseState
    category: str
    severity: int
    place_name: str
    point: Point
    grid_code: str = ""
    channel: str = ""
    details: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""
    owner: str = ""
    owner_seat: str = ""
    unit_id: str = ""
    department: str = ""
    standard_id: str = ""
    opened_at: datetime
    deadline: datetime | None = None
    clocks: dict[Moment, datetime] = field(default_factory=dict)
    alarm_count: int = 0
    doubt: str = ""
    outcome: str = ""
    drill: bool = False
    external_number: str = ""
    sending: int = 0
    course: Course = NO_COURSE

    # -- what may be asked ----------------------------------------------------

    def may(self, action: str) -> bool:
        """Return whether a transition starts from the state the case is in."""
        return self.state in TRANSITIONS[action].starts

    def check_version(self, seen: int | None) -> None:
        """Refuse what was decided on another version than the present one."""
        if seen is not None and seen != self.version:
            raise Refused(
                "version",
                f"case {self.number} has changed since it was seen",
                number=self.number,
                seen=seen,
                version=self.version,
                state=int(self.state),
            )

    # -- transitions at a desk ------------------------------------------------

    def accept(self, by: Actor, at: datetime) -> "Step":
        """受理: a seat owns it from now on."""
        return self.turn("accept", by, at, owner=by.name, owner_seat=by.seat)

    def file(
        self, by: Actor, at: datetime, *, standard_id: str, department: str = ""
    ) -> "Step":
        """立案 by a filing standard; the deadline does not run yet."""
        self.must("file", by)
        if not standard_id:
            raise Refused(
                "standard",
                f"case {self.number} cannot be filed without a filing standard",
                number=self.number,
            )
        return self.step(
            "file",
            by,
            at,
            text=standard_id,
            changed={
                "standard_id": standard_id,
                "department": department or self.department,
                "owner": self.owner or by.name,
                "owner_seat": self.owner_seat or by.seat,
            },
        )

    def dispatch(
        self,
        by: Actor,
        at: datetime,
        *,
        unit: Unit,
        action: str = "dispatch",
        course: Course | None = None,
        **changed: object,
    ) -> "Step":
        """派遣, or 紧急直报, a unit that is on duty and free; the handling clock starts."""
        self.must(action, by)
        if unit.status is UnitStatus.OFF_DUTY:
            raise Refused(
                "unit_off_duty",
                f"unit {unit.unit_id} is off duty",
                unit=unit.unit_id,
                name=unit.name,
            )
        if unit.case_id is not None and unit.case_id != self.case_id:
            raise Refused(
                "unit_busy",
                f"unit {unit.unit_id} is on case {unit.case_id}",
                unit=unit.unit_id,
                name=unit.name,
                case_id=unit.case_id,
            )
        return self.step(
            action,
            by,
            at,
            unit_id=unit.unit_id,
            course=course,
            changed={"unit_id": unit.unit_id, "sending": self.sending + 1, **changed},
        )

    def recall(self, by: Actor, at: datetime, *, reason: str = "") -> "Step":
        """撤回 the unit, signed or not: the case waits for another one.

        Its moments are cleared for the next one's; what it did stands in the log.
        """
        return self.turn("recall", by, at, text=reason)

    def turn(
        self,
        action: str,
        by: Actor,
        at: datetime,
        *,
        text: str = "",
        course: Course | None = None,
        **changed: object,
    ) -> "Step":
        """Do what the table alone says of an action."""
        self.must(action, by, text)
        return self.step(
            action,
            by,
            at,
            text=text,
            unit_id=self.unit_id if action in LEAVES else "",
            course=course,
            changed=changed,
        )

    def close(
        self, by: Actor, at: datetime, *, outcome: str, opinion: str = ""
    ) -> "Step":
        """结案 with an outcome."""
        self.must("close", by)
        if outcome not in OUTCOMES:
            raise Refused(
                "outcome",
                f"case {self.number} cannot be closed without an outcome",
                number=self.number,
            )
        return self.turn("close", by, at, text=opinion, outcome=outcome)

    def void(self, by: Actor, at: datetime, *, reason: str, text: str = "") -> "Step":
        """作废 what asks nothing of anybody; a unit that has not signed is let go."""
        self.must("void", by)
        other = reason == VOID_REASONS[-1]
        if reason not in VOID_REASONS or (other and not text.strip()):
            raise Refused(
                "void_reason",
                f"case {self.number} cannot be void without a reason",
                number=self.number,
            )
        return self.turn("void", by, at, text=text, outcome=reason)

    # -- transitions by the unit that was sent --------------------------------

    def go_on(
        self, action: str, by: Actor, at: datetime, *, unit_id: str, said_at: datetime
    ) -> "Step":
        """签收, 出动 or 到场, as the unit that was sent says it."""
        self._must_be_sent(unit_id)
        self.must(action, by)
        return self.step(action, by, at, unit_id=unit_id, said_at=said_at)

    def finish(
        self,
        by: Actor,
        at: datetime,
        *,
        unit_id: str,
        said_at: datetime,
        text: str,
        photos: tuple[PhotoRef, ...] = (),
    ) -> "Step":
        """处置完成→反馈: what was done, with its photos."""
        self._must_be_sent(unit_id)
        self.must("finish", by)
        return self.step(
            "finish",
            by,
            at,
            unit_id=unit_id,
            said_at=said_at,
            text=text,
            photos=photos,
        )

    def hand_back(
        self, by: Actor, at: datetime, *, unit_id: str, reason: str
    ) -> "Step":
        """回退: the unit cannot take it; the case waits for another one."""
        self._must_be_sent(unit_id)
        course = replace(self.course, returns=self.course.returns + 1)
        return self.turn("return", by, at, text=reason, course=course)

    # -- what changes no state, and so not the version either -----------------

    def noted(self, by: Actor, at: datetime, text: str) -> "Step":
        """批注: a line in the log of an open or closed case."""
        if not text.strip():
            raise Refused("text_empty", "a note needs a text")
        return Step(self, (self.entry("note", by, at, text=text),))

    def acknowledged(self, by: Actor, at: datetime) -> "Step":
        """An alarm of the case was acknowledged: say so, and stop that clock once."""
        return Step(
            replace(self, clocks=self._clocks_with(Moment.ACKNOWLEDGED, at)),
            (self.entry("acknowledge", by, at),),
        )

    def recorded(self, by: Actor, at: datetime, *, moment: Moment) -> "Step":
        """A clock only a desk can read; the first reading stands, later ones pass."""
        if moment not in DESK_MOMENTS:
            raise Refused(
                "moment",
                f"the clock {moment.value} is not a desk's to write",
                moment=moment.value,
            )
        if moment in self.clocks:
            return Step(self, ())
        return Step(
            replace(self, clocks=self._clocks_with(moment, at)),
            (self.entry("moment", by, at, text=moment.value),),
        )

    def alarmed(
        self, by: Actor, at: datetime, *, text: str, doubt: str, quiet: bool = False
    ) -> "Step":
        """One more alarm message stands behind the case; a quiet one has no line."""
        counted = altered(
            self, alarm_count=self.alarm_count + 1, doubt=self.doubt or doubt
        )
        if quiet:
            return Step(counted, ())
        return Step(counted, (self.entry("alarm", by, at, text=text, doubt=doubt),))

    def restored(self, by: Actor, at: datetime, *, text: str = "") -> "Step":
        """The condition behind an alarm has gone; the case goes on."""
        return Step(self, (self.entry("restore", by, at, text=text),))

    # -- inside ---------------------------------------------------------------

    def must(self, action: str, by: Actor, text: str | None = None) -> None:
        """Refuse what does not start here, who may not, and what lacks its words.

        Args:
            action: A key of `TRANSITIONS`.
            by: Who asks.
            text: The words; None: they are another's to look at.
        """
        row = TRANSITIONS[action]
        if self.state not in row.starts:
            raise Refused(
                "state",
                f"case {self.number} cannot {action} in state {self.state.name}",
                number=self.number,
                action=action,
                state=int(self.state),
            )
        if not row.roles & by.roles:
            roles = sorted(row.roles)
            raise Refused(
                "role", f"{action} needs a role of {', '.join(roles)}", roles=roles[0]
            )
        if row.wordy and text is not None and not text.strip():
            raise Refused(
                "reason_missing", f"{action} is done with a reason", action=action
            )
        if action == "finish":
            must_be_settled(self.course.parts, self.department, self.number)

    def _must_be_sent(self, unit_id: str) -> None:
        if not unit_id or unit_id != self.unit_id:
            raise Refused(
                "not_sent",
                f"unit {unit_id} is not sent to case {self.number}",
                unit=unit_id,
                number=self.number,
            )

    def _clocks_with(self, moment: Moment, at: datetime) -> dict[Moment, datetime]:
        return self.clocks if moment in self.clocks else {**self.clocks, moment: at}

    def entry(
        self,
        action: str,
        by: Actor,
        at: datetime,
        *,
        to_state: CaseState | None = None,
        text: str = "",
        unit_id: str = "",
        photos: tuple[PhotoRef, ...] = (),
        doubt: str = "",
    ) -> LogEntry:
        """Return a line of its log that moves nothing."""
        return LogEntry(
            case_id=self.case_id,
            at=at,
            actor=by.name,
            seat=by.seat,
            action=action,
            from_state=self.state,
            to_state=self.state if to_state is None else to_state,
            text=text,
            unit_id=unit_id,
            photos=photos,
            doubt=doubt,
        )

    def step(
        self,
        action: str,
        by: Actor,
        at: datetime,
        *,
        said_at: datetime | None = None,
        text: str = "",
        unit_id: str = "",
        photos: tuple[PhotoRef, ...] = (),
        course: Course | None = None,
        changed: dict[str, object] | None = None,
    ) -> "Step":
        """Return what an action that may be done leads to; `must` comes before."""
        row = TRANSITIONS[action]
        course = course or self.course
        to_state = self.state
        if row.to is Leads.BACK:
            assert course.before is not None
            to_state = course.before
        elif isinstance(row.to, CaseState):
            to_state = row.to
        if course.asked and to_state not in WORKING:
            course = replace(course, asked="", asked_until=None)
        clocks = self.clocks
        if action in CLEARS:
            cleared = CLEARS[action]
            clocks = {m: when for m, when in clocks.items() if m not in cleared}
        if row.moment is not None and row.moment not in clocks:
            clocks = {**clocks, row.moment: said_at or at}
        after = replace(
            self,
            state=to_state,
            version=self.version + 1,
            clocks=clocks,
            course=course,
            **{  # type: ignore[arg-type]
                **({"unit_id": ""} if action in LEAVES else {}),
                **(changed or {}),
            },
        )
        if after.department != self.department:  # whoever answers for it has no part
            parts = besides(course.parts, after.department)
            after = replace(after, course=replace(course, parts=parts))
        entry = self.entry(
            action, by, at, to_state=to_state, text=text, unit_id=unit_id, photos=photos
        )
        return Step(after, (entry,))


@dataclass(frozen=True, slots=True)
class Step:
    """What a transition gives: the case afterwards and what was written."""

    case: Case
    entries: tuple[LogEntry, ...]
