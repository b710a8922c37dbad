"""Stage clocks: which run in which state, until when, and what is told before.

Pure: a case as it was and as it is, and a time. The unit of work applies it to
every step that it keeps, so that no handler can forget a clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from dispatch.calendar import WorkCalendar
from dispatch.case_states import RED_CARD, YELLOW_CARD, CaseState
from dispatch.cases import Case, Step
from dispatch.course import Limit, Part, Pause, Stage, StageClock, Told
from dispatch.joining import own_severity
from dispatch.moments import Moment
from dispatch.taxonomy import Taxonomy

DOUBT_HOLIDAYS = "holidays"  # 节假日未公布: a deadline that counts weekends alone

_S = CaseState
_OUT = frozenset({Stage.CONTACT, Stage.ARRIVE, Stage.HANDLE})
# Which stages a case is in; a state that is not here has none.
RUNNING: Mapping[CaseState, frozenset[Stage]] = {
    _S.NEW: frozenset({Stage.ACCEPT}),
    _S.VERIFYING: frozenset({Stage.VERIFY}),
    _S.ACCEPTED: frozenset({Stage.FILE}),
    _S.FILED: frozenset({Stage.DISPATCH}),
    _S.RETURNED: frozenset({Stage.DISPATCH}),
    _S.DISPATCHED: _OUT | {Stage.SIGN},
    _S.HANDLING: _OUT,
    _S.EN_ROUTE: _OUT,
    _S.ON_SCENE: frozenset({Stage.HANDLE}),
    _S.SUSPENDED: _OUT,
    _S.FEEDBACK: frozenset({Stage.CHECK, Stage.CALL_BACK}),
    _S.CHECKING: frozenset({Stage.CHECK}),
    _S.PENDING_CLOSE: frozenset({Stage.CLOSE}),
}
# Where all of them that run stand, and why; where they are kept as they are, to go on.
PAUSED: Mapping[CaseState, str] = {_S.SUSPENDED: "suspend"}
KEPT = frozenset({_S.MERGED})
# What ends a stage without leaving its state.
ENDED_BY: Mapping[str, Stage] = {"contact": Stage.CONTACT}
# When the clock of a stage began, where the case is older than its clocks.
_BEGUN = {
    Stage.DISPATCH: Moment.FILED,
    Stage.SIGN: Moment.DISPATCHED,
    Stage.CONTACT: Moment.DISPATCHED,
    Stage.ARRIVE: Moment.DISPATCHED,
    Stage.HANDLE: Moment.DISPATCHED,
    Stage.CHECK: Moment.FINISHED,
}
# Actions that end a stage without its work being done.
BROKEN_OFF = frozenset(
    {"recall", "return", "return_further", "void", "force_close", "transfer", "merge"}
)
_LONG = timedelta(days=3)
_DAY = timedelta(days=1)
_NEVER = datetime.max.replace(tzinfo=UTC)

HALF, FOUR_FIFTHS, DAY_BEFORE = "half", "four_fifths", "day_before"
DUE, YELLOW, RED = "due", "yellow", "red"
UNSIGNED = "unsigned"  # what the deadline of signing is called
RELIMITED = "relimited"  # the line of the log that names the stages with other limits
CARDS = {YELLOW: YELLOW_CARD, RED: RED_CARD}
_AHEAD = frozenset({HALF, FOUR_FIFTHS, DAY_BEFORE})  # told before a deadline


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """A stage that is over: a row of the journal `stage_times`."""

    clock: StageClock
    at: datetime
    action: str

    @property
    def overdue(self) -> bool:
        """Return whether it took longer than it might."""
        return self.clock.due_at is not None and self.at > self.clock.due_at


@dataclass(frozen=True, kw_only=True)
class Timing:
    """The town's working time and the profile's limits, for stage clocks."""

    calendar: WorkCalendar
    taxonomy: Taxonomy

    def timed(
        self, before: Case | None, step: Step, at: datetime
    ) -> tuple[Step, tuple[Ended, ...]]:
        """Return a step with the stage clocks that follow from it, and what ended."""
        case = step.case
        if before is not None and case.version == before.version:
            return self._regraded(before, step, at), ()
        action = step.entries[-1].action if step.entries else ""
        case, ended = self.clocked(before, case, at, action)
        entries = step.entries
        handle = case.course.clock(Stage.HANDLE)
        if handle is not None and handle.doubt and handle.begun_at == at and entries:
            entries = (*entries[:-1], replace(entries[-1], doubt=handle.doubt))
        return Step(case, entries), ended

    def clocked(
        self, before: Case | None, after: Case, at: datetime, action: str = ""
    ) -> tuple[Case, tuple[Ended, ...]]:
        """Return a case with the clocks of its state, and the stages that ended.

        Args:
            before: As it was; None: it has just come in.
            after: As a step left it.
            at: When.
            action: What was done, by its stable word.
        """
        if after.state in KEPT:
            return replace(after, deadline=None), ()
        held = after.course.clocks
        if before is not None and not held:
            held = self._adopted(before)
        in_state = self.stages_of(after)
        goes_on = before is not None and before.state in KEPT
        there = frozenset(clock.stage for clock in held)
        if before is not None and (goes_on or before.state is after.state):
            in_state = there
        elif before is not None and {before.state, after.state} & PAUSED.keys():
            in_state &= there  # what is over stays so: nothing begins by a pause
        in_state -= {ENDED_BY[action]} if action in ENDED_BY else frozenset()
        if goes_on:  # worked out anew: nothing stood while it was joined to another
            held = tuple(replace(clock, due_at=None) for clock in held)
        stays = [clock for clock in held if clock.stage in in_state]
        gone = [clock for clock in held if clock.stage not in in_state]
        running = {clock.stage for clock in stays}
        stays += [
            StageClock(stage=stage, begun_at=at, limit=self.limit(after, stage))
            for stage in Stage
            if stage in in_state
            and stage not in running
            and not (before is not None and self._past(before, after, stage))
        ]
        clocks = tuple(self._timed(c, after, at) for c in stays)
        ended = tuple(
            Ended(clock=_unpaused(clock, at), at=max(at, clock.begun_at), action=action)
            for clock in gone
        )
        late = any(each.overdue for each in ended if each.clock.stage is Stage.HANDLE)
        parts = tuple(self.part_timed(part, after, at) for part in after.course.parts)
        course = after.course
        if (clocks, parts) != (course.clocks, course.parts) or late:
            course = replace(
                course, clocks=clocks, parts=parts, overdue=course.overdue or late
            )
        handle = course.clock(Stage.HANDLE)
        deadline = None if handle is None else handle.due_at
        return replace(after, course=course, deadline=deadline), ended

    def stages_of(self, case: Case) -> frozenset[Stage]:
        """Return the stages a case is in; one reported online waits for an answer."""
        stages = RUNNING.get(case.state, frozenset())
        if not case.reporter_phone:
            stages -= {Stage.CALL_BACK}
        if case.state < CaseState.HANDLING and self._is_online(case):
            stages |= {Stage.CONTACT}
        return stages

    def _is_online(self, case: Case) -> bool:
        online = self.taxonomy.rules.online
        return online is not None and case.channel in online.channels

    def limit(self, case: Case, stage: Stage) -> Limit | None:
        """Return how long a stage of a case may take, by the profile."""
        rules = self.taxonomy.rules
        standard = self.taxonomy.standard(case.standard_id)
        online = rules.online
        is_online = self._is_online(case)
        if stage is Stage.HANDLE:
            limits: list[Limit] = []
            if standard is not None:  # first: of two that end together its own holds
                own = Limit(code=standard.limit_code, value=standard.limit_value)
                limits.append(own)
            if rules.within is not None:
                limits.append(rules.within)
            if online is not None and is_online:
                hard = case.category in online.hard_categories
                limits.append(online.hard if hard else online.solve)
            begun = case.clocks.get(Moment.DISPATCHED, case.opened_at)
            return min(limits, key=lambda each: self.due(each, begun), default=None)
        if stage is Stage.CONTACT and online is not None and is_online:
            return online.answer
        first = None if standard is None else standard.first_minutes
        if standard is not None and first and stage.value == standard.first:
            return Limit(code="urgent_hour", value=first / 60)
        by_severity = rules.stages.get(stage.value, ())
        if not by_severity:
            return None
        return by_severity[min(max(case.severity, 1), len(by_severity)) - 1]

    def due(self, limit: Limit, begun: datetime) -> datetime:
        """Return when a limit that begins somewhen has run out."""
        return self.calendar.deadline(begun, limit.code, limit.value)

    def signing(self, case: Case, at: datetime) -> StageClock:
        """Return the clock of a part of a case that is to be signed for from now on."""
        limit = self.limit(case, Stage.SIGN)
        clock = StageClock(stage=Stage.SIGN, begun_at=at, limit=limit)
        return self._timed(clock, case, at)

    def part_timed(self, part: Part, case: Case, at: datetime) -> Part:
        """Return a part with its clock as the case goes on: who is to sign has one."""
        if part.is_unclocked:
            return replace(part, clock=self.signing(case, part.since))
        clock = part.clock
        return part if not clock else replace(part, clock=self._timed(clock, case, at))

    def moment_of(self, clock: StageClock, share: float = 1.0) -> datetime | None:
        """Return when a share of a clock's limit has run out, or None without one."""
        if clock.limit is None:
            return None
        code, value = clock.limit.code, clock.limit.value
        begun = clock.counted_from or clock.begun_at
        if share == 1.0:
            moment = self.calendar.deadline(begun, code, value)
            for _ in range(clock.extensions):
                moment = self.calendar.deadline(moment, code, value)
        else:
            whole = value * (1 + clock.extensions)
            moment = self.calendar.deadline(begun, code, whole * share)
        for pause in clock.pauses:
            since = max(pause.begun_at, begun)
            if pause.ended_at is not None and since < min(moment, pause.ended_at):
                moment = self.calendar.after_pause(moment, code, since, pause.ended_at)
        return moment

    def recomputed(self, clock: StageClock) -> StageClock:
        """Return a clock with its deadline worked out from what it is made of."""
        if clock.is_paused or clock.limit is None:
            return replace(clock, due_at=None, next_at=None)
        due = self.moment_of(clock)
        assert due is not None
        known = self.calendar.knows(clock.limit.code, clock.begun_at, due)
        clock = replace(clock, due_at=due, doubt="" if known else DOUBT_HOLIDAYS)
        following = self.next_reminder(clock)
        return replace(clock, next_at=None if following is None else following[1])

    # -- reminders ------------------------------------------------------------

    def reminders(self, clock: StageClock) -> list[tuple[str, datetime]]:
        """Return what is to be told of a clock and when, in order of time.

        One whose moment lies before the start is skipped; outside office hours only
        紧急工作时 is spoken of. That nobody has signed is told whatever the profile
        reminds of.
        """
        rules = self.taxonomy.rules
        due = clock.due_at
        signs = clock.stage is Stage.SIGN
        before = rules.before if clock.stage.value in rules.remind else None
        if due is None or clock.limit is None or (before is None and not signs):
            return []
        shares: dict[str, datetime | None] = {
            HALF: self.moment_of(clock, 0.5),
            FOUR_FIFTHS: self.moment_of(clock, 0.8),
            DAY_BEFORE: due - _DAY if is_long(clock.limit) else None,
            UNSIGNED if signs else DUE: due,
        }
        if clock.stage is Stage.HANDLE:
            shares |= {
                card: self.due(after, due)
                for card, after in ((YELLOW, rules.yellow), (RED, rules.red))
                if after is not None
            }
        found = []
        begun = clock.counted_from or clock.begun_at
        for kind, moment in shares.items():
            if moment is None or moment <= begun:
                continue
            if kind in _AHEAD and kind not in (before or ()):
                continue
            if clock.limit.code != "urgent_hour":
                if kind == DAY_BEFORE:  # not forward, past the deadline
                    moment = self.calendar.office_moment_before(moment)
                if moment <= begun:
                    continue
                moment = self.calendar.next_office_moment(moment)
            if kind in _AHEAD and moment >= due:
                continue  # put off to office hours it would come too late
            found.append((kind, moment))
        return sorted(found, key=lambda each: each[1])

    def next_reminder(self, clock: StageClock) -> tuple[str, datetime] | None:
        """Return the next thing to be told of a clock, or None."""
        for kind, moment in self.reminders(clock):
            if kind not in clock.told:
                return kind, moment
        return None

    def remind(
        self, clock: StageClock, now: datetime
    ) -> tuple[StageClock, tuple[str, ...]]:
        """Return a clock that has told what is due, and that; the latest comes last."""
        due = [
            kind
            for kind, moment in self.reminders(clock)
            if moment <= now and kind not in clock.told
        ]
        if not due:
            return clock, ()
        told = replace(clock, told=(*clock.told, *due))
        return self.recomputed(told), tuple(due)

    # -- inside ---------------------------------------------------------------

    def _regraded(self, before: Case, step: Step, at: datetime) -> Step:
        """Return a step that joined reports to a case or parted them, with its limits.

        By what is joined alone, in whatever order it was: parted again, they are what
        they were. A case that is itself joined to another has them for when it goes on.
        """
        case = step.case
        was, now = before.course.joined, case.course.joined
        if was is now or {e.case_id for e in was} == {e.case_id for e in now}:
            return step
        severities = {own_severity(case), *(each.severity for each in (*was, *now))}
        held = case.course.clocks
        clocks = tuple(self._relimited(each, case, severities, at) for each in held)
        ends = zip(held, clocks, strict=True)
        moved = [new.stage.value for old, new in ends if new.due_at != old.due_at]
        case = replace(case, course=replace(case.course, clocks=clocks))
        if not moved:
            return Step(case, step.entries)
        line = replace(step.entries[-1], action=RELIMITED, text=" ".join(moved))
        return Step(case, (*step.entries, line))

    def _relimited(
        self, clock: StageClock, case: Case, severities: Iterable[int], at: datetime
    ) -> StageClock:
        """Return a clock with the limit that ends first: its own, or of a graver report.

        A report's counts from when it was joined. What was told of a limit stays told
        of it, and of any other that ends with it: what was not, while another held, is
        told once it holds again.
        """
        stage, begun, own = clock.stage, clock.begun_at, own_severity(case)
        limits = {s: self.limit(replace(case, severity=s), stage) for s in severities}
        if len(set(limits.values())) == 1:
            return clock  # whatever the severity is
        counts = [(limits[own], begun)] + [
            (limits[each.severity], each.at or clock.counted_from or begun)
            for each in case.course.joined
            if each.severity < own
        ]
        ends = [
            replace(clock, limit=limit, counted_from=since if since > begun else None)
            for limit, since in counts
        ]
        anew = min(ends, key=lambda each: self._end(each, at))
        if (anew.limit, anew.counted_from) == (clock.limit, clock.counted_from):
            return clock
        now = Told(limit=clock.limit, counted_from=clock.counted_from, kinds=clock.told)
        spoken = {(e.limit, e.counted_from): e for e in (*clock.told_before, now)}
        told = {
            kind
            for each in spoken.values()
            if self._end(_counted(clock, each), at) == self._end(anew, at)
            for kind in each.kinds
        }
        before = tuple(each for each in spoken.values() if each.kinds)
        anew = replace(anew, told=tuple(sorted(told)), told_before=before)
        return self.recomputed(anew)

    def _end(self, clock: StageClock, at: datetime) -> datetime:
        """Return when a limit would run out if its clock went on now."""
        return self.moment_of(_unpaused(clock, at)) or _NEVER

    def _past(self, before: Case, after: Case, stage: Stage) -> bool:
        """Return whether a stage is behind a case that goes on along its way."""
        there = stage in self.stages_of(before)
        held = before.course.clock(stage)
        return there and held is None and after.state > before.state

    def _adopted(self, case: Case) -> tuple[StageClock, ...]:
        """Return the clocks of a case that began before there were any."""
        return tuple(
            StageClock(
                stage=stage,
                begun_at=case.clocks.get(_BEGUN.get(stage, Moment.RECEIVED))
                or case.opened_at,
                limit=self.limit(case, stage),
            )
            for stage in Stage
            if stage in self.stages_of(case)
        )

    def _timed(self, clock: StageClock, case: Case, at: datetime) -> StageClock:
        reason = PAUSED.get(case.state)
        if reason is not None and not clock.is_paused:
            pause = Pause(begun_at=max(at, clock.begun_at), reason=reason)
            clock = replace(clock, pauses=(*clock.pauses, pause))
        elif reason is None and clock.is_paused:
            clock = replace(_unpaused(clock, at), due_at=None)
        elif clock.due_at is not None:
            return clock
        return self.recomputed(clock)


def _counted(clock: StageClock, told: Told) -> StageClock:
    return replace(clock, limit=told.limit, counted_from=told.counted_from)


def _unpaused(clock: StageClock, at: datetime) -> StageClock:
    if not clock.is_paused:
        return clock
    *earlier, last = clock.pauses
    ended = replace(last, ended_at=max(at, last.begun_at))
    return replace(clock, pauses=(*earlier, ended))


def is_long(limit: Limit) -> bool:
    """Return whether a limit is of three days at least."""
    days = limit.value if limit.code in ("natural_day", "work_day") else 0.0
    if limit.code == "urgent_hour":
        days = limit.value / 24
    return timedelta(days=days) >= _LONG


def light(clock: StageClock, now: datetime, timing: Timing) -> str:
    """Return "overdue", "yellow" or "": there is no green.

    Yellow when less than a fifth of the limit is left, or less than a day where the
    limit is at least three days.
    """
    if clock.due_at is None or clock.limit is None:
        return ""
    if now > clock.due_at:
        return "overdue"
    if is_long(clock.limit):
        begins: datetime | None = clock.due_at - _DAY
    else:
        begins = timing.moment_of(clock, 0.8)
    return "yellow" if begins is not None and now > begins else ""


def paused_for(clock: StageClock, now: datetime) -> timedelta:
    """Return how long a clock has stood."""
    return sum(
        ((pause.ended_at or now) - pause.begun_at for pause in clock.pauses),
        timedelta(),
    )
