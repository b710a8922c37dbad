"""What a station of a department or village has of the town: its own cases, no more.

Decided in the service for every line that goes to it, by the key it is enrolled with.
A station has the cases that were sent to it and not taken back, and those it has a part
in (联合处置); of people those of its own department and whoever is on a case of its own,
without where they are; of places those its cases are at. Cameras, devices and everybody
else's cases it never hears of. Who called, and the whole log, stand in the cases it
answers for, not in those it has a part in; what was recorded of a call, and who came
into it, in none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from dispatch.case_commands import (
    AssignCase,
    FeedBack,
    FeedBackPart,
    HoldMeeting,
    MarkStep,
    RequestSuspension,
    TurnCase,
    TurnPart,
)
from dispatch.case_parts import DECIDED, answers_for, only_a_part, own_part
from dispatch.cases import Case, LogEntry
from dispatch.changes import (
    AlarmChanged,
    CaseChanged,
    Change,
    GridChanged,
    ProfileChanged,
    Snapshot,
    UnitChanged,
    Withheld,
)
from dispatch.commands import Command, Refused
from dispatch.history import answer
from dispatch.numbers import NoteNumbers
from dispatch.packing import Packed, pack, unpack
from dispatch.parts import PART_REMINDED, PART_TURNS
from dispatch.people import Scope
from dispatch.phone_calls import LINES, RECORDED
from dispatch.profile_use import ProfileUse
from dispatch.questions import CaseLog, PhotoBytes, Query, ReadCase, SimilarTook
from dispatch.store import Store
from dispatch.units import Unit

# What a station may ask where it has a part in a case that another answers for.
_OF_A_PART: Final = (TurnPart, FeedBackPart, NoteNumbers)
# What a station may ask at all; each is about one case.
COMMANDS: Final = (
    *(TurnCase, RequestSuspension, AssignCase, FeedBack, MarkStep, HoldMeeting),
    *_OF_A_PART,
)
_PART_LINES: Final = frozenset({*PART_TURNS, PART_REMINDED})
_UNSAID: Final = "…"  # why a step was left out, to who has only a part
_CALL_LINES: Final = frozenset({RECORDED, *LINES.values()})


def owns(scope: Scope, case: Case) -> bool:
    """Return whether a station has a case: it answers for it, or has a part in it."""
    return answers_for(scope, case) or own_part(scope, case) is not None


def must_be_own(scope: Scope, case: Case, command: Command) -> None:
    """Refuse a station what is not about a case of its own, or more than its part."""
    if answers_for(scope, case):
        return
    if own_part(scope, case) is None:
        raise not_yours()
    if not isinstance(command, _OF_A_PART):
        raise only_a_part(case)


def narrowed(scope: Scope, case: Case) -> Case:
    """Return what a station is told of a case that it has."""
    course = case.course
    if course.calls or course.three_ways:
        case = replace(case, course=replace(course, calls=(), three_ways=()))
    if answers_for(scope, case):
        return case
    marks = case.course.steps
    steps = tuple(replace(m, by="", skipped=m.skipped and _UNSAID) for m in marks)
    course = replace(case.course, promises=(), joined=(), forces=(), steps=steps)
    return replace(case, reporter_name="", reporter_phone="", course=course)


def narrowed_log(
    scope: Scope, case: Case, entries: Iterable[LogEntry]
) -> tuple[LogEntry, ...]:
    """Return what a station is told of the log of a case that it has.

    Who answers for the case reads all but its calls, and not who sits at the stations
    of others. With a part in it a station reads of that part everything, of the case
    and of the other parts only how they went on: neither words, photos nor names.
    """
    answers = answers_for(scope, case)
    lines = (_line(scope.department, answers, each) for each in entries)
    return tuple(line for line in lines if line is not None)


def _line(own: str, answers: bool, entry: LogEntry) -> LogEntry | None:
    if entry.action in _CALL_LINES:
        return None
    if entry.action in _PART_LINES:
        whose = entry.text.partition(" · ")[0]
        if whose == own or (answers and entry.action in DECIDED):
            return entry
        said = entry if answers else replace(entry, text=whose, photos=())
        return replace(said, actor="", seat="")
    if answers:
        return entry
    if entry.from_state is entry.to_state:
        return None
    return replace(entry, actor="", seat="", text="", photos=())


def not_yours() -> Refused:
    """Return the answer about a case of others; one that is not there reads the same."""
    return Refused("not_yours", "the case is not with this station")


def answer_within(scope: Scope | None, query: Query, store: Store) -> object:
    """Return the answer to a question, as far as whoever asks may know it.

    Thread: any.

    Raises:
        Refused: A station asks for what is not its own. A photo is asked for by the
            hash of its bytes, which only the log of its case names.
    """
    if scope is None or isinstance(query, PhotoBytes | SimilarTook):
        return answer(query, store)
    if not isinstance(query, CaseLog | ReadCase):
        raise Refused(
            "not_for_station", f"a station does not ask {type(query).__name__}"
        )
    whole = answer(ReadCase(case_id=query.case_id), store)
    if whole.case is None or not owns(scope, whole.case):
        raise not_yours()
    entries = narrowed_log(scope, whole.case, whole.entries)
    if isinstance(query, CaseLog):
        return entries
    return replace(whole, case=narrowed(scope, whole.case), entries=entries)


class StationView:
    """What one station has been told, so that it hears of nothing else.

    Thread: `narrowed` a question's, before the station follows; `told` the server's.

    Args:
        scope: Whose cases it is for.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._cases: frozenset[int] = frozenset()
        self._answered: frozenset[int] = frozenset()  # those of them it answers for
        self._units: frozenset[str] = frozenset()

    def narrowed(self, snapshot: Snapshot) -> Snapshot:
        """Return what of a snapshot is the station's; from then on that is what it has."""
        scope = self.scope
        held = {case.case_id: case for case in snapshot.cases if owns(scope, case)}
        own = frozenset(held)
        cases = tuple(narrowed(scope, case) for case in held.values())
        entries = tuple(
            line
            for each in snapshot.entries
            if each.case_id in own
            for line in narrowed_log(scope, held[each.case_id], (each,))
        )
        self._answered = frozenset(n for n, c in held.items() if answers_for(scope, c))
        sent = {case.unit_id for case in cases}
        units = tuple(
            _unplaced(unit)
            for unit in snapshot.units
            if unit.unit_id in sent or self._employs(unit)
        )
        places = {case.place_name for case in cases}
        self._cases, self._units = own, frozenset(unit.unit_id for unit in units)
        return replace(
            snapshot,
            cases=cases,
            entries=entries,
            alarms=tuple(a for a in snapshot.alarms if a.case_id in own),
            units=units,
            cameras=(),
            devices=(),
            readings=(),
            places=tuple(each for each in snapshot.places if each.name in places),
            profile=_unaltered(snapshot.profile),
        )

    def told(self, packed: Sequence[Packed]) -> list[Packed] | None:
        """Return changes as the station may have them, under the same numbers.

        None where it needs more than a change tells: a case has come to it, or is more
        or less its own than it was, with all that was written of it before. It is to
        begin anew then.
        """
        told: list[Packed] = []
        for number, kind, body in packed:
            change = unpack(kind, body)
            if isinstance(change, CaseChanged):
                case = change.case
                owned = owns(self.scope, case)
                if owned and (
                    case.case_id not in self._cases
                    or answers_for(self.scope, case) != (case.case_id in self._answered)
                    or (case.unit_id and case.unit_id not in self._units)
                ):
                    return None
                if owned:
                    change = replace(
                        change,
                        case=narrowed(self.scope, case),
                        entries=narrowed_log(self.scope, case, change.entries),
                    )
                else:
                    change = self._withheld(change, case.case_id)
            elif isinstance(change, UnitChanged):
                if change.unit.unit_id in self._units:
                    change = replace(change, unit=_unplaced(change.unit))
                else:
                    change = self._withheld(change)
            elif isinstance(change, ProfileChanged):
                change = replace(change, use=_unaltered(change.use))
            elif not isinstance(change, GridChanged) and not (
                isinstance(change, AlarmChanged) and change.alarm.case_id in self._cases
            ):
                change = self._withheld(change)
            # Who did it stands in the lines of a case that may be read, and only there.
            told.append((number, *pack(replace(change, actor="", seat=""))))
        return told

    # -- inside ---------------------------------------------------------------

    def _employs(self, unit: Unit) -> bool:
        return unit.department == self.scope.department and unit.grid_code.startswith(
            self.scope.grid
        )

    def _withheld(self, change: Change, case_id: int | None = None) -> Withheld:
        held = case_id if case_id in self._cases else None
        if held is not None:
            self._cases -= {held}
        return Withheld(
            number=change.number,
            at=change.at,
            actor="",
            seat="",
            command_id="",
            case_id=held,
        )


def _unaltered(use: ProfileUse) -> ProfileUse:
    """Return a profile in use without what a town alters of its rules: by whom, too."""
    return replace(use, altered=())


def _unplaced(unit: Unit) -> Unit:
    """Return a unit without where it is: a station follows nobody on a map."""
    return replace(unit, point=None, point_at=None, accuracy_m=None, heading_deg=None)
