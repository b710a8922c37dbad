"""Whom to send, each with the reasons: a pure rule over the board.

The order is by what cannot be outweighed first (who gave the case back last, whoever
answers for it in person, whom the roster has off shift last, who directs after who works,
whose position cannot be believed), then by one length in metres: the way, with what a
stale position may have added to it, and what lacking the trade or having other cases in
hand is taken to be worth. So who is nearer or has less to do never stands lower for it.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dispatch.board import Board
from dispatch.case_states import LEVELS
from dispatch.case_turns import direct_rule
from dispatch.cases import Case, CaseState
from dispatch.geo import Point, distance_m
from dispatch.roster import on_shift
from dispatch.routing import leader_of, route
from dispatch.taxonomy import Taxonomy
from dispatch.units import FRESH, Unit, UnitStatus

# Stable words of what speaks for or against somebody, in the order they are said.
ANSWERS = "answers"
ON_SHIFT = "on_shift"
OFF_SHIFT = "off_shift"
SKILL = "skill"
OWN_GRID = "own_grid"
STALE = "stale"
DOUBT = "doubt"
NO_POSITION = "no_position"
DIRECTS = "directs"
GAVE_BACK = "gave_back"  # 回退: had this case, and returned it

WALKING_MPS = 1.4
_FURTHEST_WALK = timedelta(hours=2)
# Being of the trade is worth some four minutes' walk, a case in hand some two.
UNSKILLED_M = 300.0
LOAD_M = 200.0
SUGGESTED = 20
NUMBERS = 4  # people named to be called where nobody is free

_M_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class UnitSuggestion:
    """Whom to send, and why there.

    Attributes:
        unit: The unit.
        distance_m: Ground metres from its last position, or None.
        position_age: How old that position is, or None.
        load: How many other cases it has in hand.
        reasons: Stable words, in the order they are said.
    """

    unit: Unit
    distance_m: float | None
    position_age: timedelta | None
    load: int = 0
    reasons: tuple[str, ...] = ()


def suggest_units(
    board: Board,
    case: Case,
    now: datetime,
    *,
    taxonomy: Taxonomy,
    limit: int = SUGGESTED,
) -> list[UnitSuggestion]:
    """Return who is free, the best first."""
    look = _Look.at(board, case, taxonomy)
    free = [unit for unit in board.units.values() if is_free(unit)]
    if len(free) > 2 * limit:
        # Thousands of units once a second: the exact distance only for the nearest.
        shrink = math.cos(math.radians(case.point.lat))
        free = heapq.nsmallest(
            2 * limit, free, key=lambda unit: look.roughly(unit, now, shrink)
        )
    found = [look.suggestion(unit, now) for unit in free]
    found.sort(key=rank)
    return found[:limit]


def suggest_leaders(
    board: Board, case: Case, now: datetime, *, taxonomy: Taxonomy
) -> list[UnitSuggestion]:
    """Return who is free and leads: the 网格长 of its grid, then who directs.

    What goes up to the county is first of who directs: they report it there.
    """
    look = _Look.at(board, case, taxonomy)
    own = leader_of(case.grid_code, board.grids)
    found = [
        look.suggestion(unit, now)
        for unit in board.units.values()
        if is_free(unit) and (unit.unit_id == own or unit.role in look.directing)
    ]
    rule = direct_rule(case, taxonomy.rules)
    above = rule is not None and rule.level == LEVELS[-1]

    def leads_it(unit: Unit) -> bool:
        return unit.role in look.directing if above else unit.unit_id == own

    return sorted(found, key=lambda each: (not leads_it(each.unit), rank(each)))


def on_duty_by_role(
    board: Board, case: Case, now: datetime, *, taxonomy: Taxonomy
) -> list[UnitSuggestion]:
    """Return of each role whom to send: free, and not off shift by the roster."""
    look = _Look.at(board, case, taxonomy)
    free = (look.suggestion(u, now) for u in board.units.values() if is_free(u))
    best: dict[str, UnitSuggestion] = {}
    for each in sorted(free, key=rank):
        if OFF_SHIFT not in each.reasons:
            best.setdefault(each.unit.role, each)
    return list(best.values())


def suggestion_of(
    board: Board, case: Case, unit: Unit, now: datetime, *, taxonomy: Taxonomy
) -> UnitSuggestion:
    """Return what is to be said of one unit for a case, whoever else there is."""
    return _Look.at(board, case, taxonomy).suggestion(unit, now)


def rank(
    suggestion: UnitSuggestion,
) -> tuple[bool, bool, bool, bool, bool, int, float, bool, str]:
    """Return what a suggestion is sorted by, the lowest first."""
    unit, reasons = suggestion.unit, suggestion.reasons
    metres = _worth_m(SKILL in reasons, suggestion.load)
    if suggestion.distance_m is not None and suggestion.position_age is not None:
        metres += suggestion.distance_m + _walked_m(suggestion.position_age)
    return (
        unit.status is UnitStatus.OFF_DUTY,
        GAVE_BACK in reasons,
        ANSWERS not in reasons,
        OFF_SHIFT in reasons,
        DIRECTS in reasons,
        _position_rank(unit),
        metres,
        OWN_GRID not in reasons,
        unit.unit_id,
    )


def is_free(unit: Unit) -> bool:
    """Return whether a unit is on duty with nothing to do."""
    return unit.status is UnitStatus.FREE and unit.case_id is None


def trades_of(case: Case, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return whose trade a case is: departments, and words that a role holds."""
    category = taxonomy.category(case.category)
    named = (
        role
        for rule in taxonomy.rules.skills
        if case.category.startswith(rule.category)
        for role in rule.roles
    )
    all_of_them = (category.department, *category.helpers, *named)
    return tuple(dict.fromkeys(each for each in all_of_them if each))


def loads_of(board: Board, case: Case) -> Counter[str]:
    """Return how many cases other than this one each unit has in hand."""
    return Counter(
        other.unit_id
        for other in board.cases.values()
        if other.unit_id
        and other.state < CaseState.FEEDBACK
        and other.case_id != case.case_id
    )


def returned_by(board: Board, case: Case) -> frozenset[str]:
    """Return who gave a case back: 回退, not theirs."""
    if not case.course.returns:
        return frozenset()
    entries = board.entries(case.case_id)
    return frozenset(each.unit_id for each in entries if each.action == "return")


def nearest_numbers(units: Iterable[Unit], point: Point) -> list[str]:
    """Return who has a number, nearest to a point first; off duty comes last."""
    known = [unit for unit in units if unit.phone]
    known.sort(
        key=lambda unit: (
            unit.status is UnitStatus.OFF_DUTY,
            distance_m(unit.point, point) if unit.point else math.inf,
            unit.unit_id,
        )
    )
    return [unit.unit_id for unit in known[:NUMBERS]]


# -- inside -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """What is the same for all units that are looked at for one case."""

    case: Case
    answers: str
    directing: tuple[str, ...]
    trades: tuple[str, ...]
    loads: Mapping[str, int]
    zone: ZoneInfo
    returned: frozenset[str]

    @classmethod
    def at(cls, board: Board, case: Case, taxonomy: Taxonomy) -> "_Look":
        return cls(
            case,
            route(case, taxonomy, board.grids).unit_id,
            taxonomy.directing_roles,
            trades_of(case, taxonomy),
            loads_of(board, case),
            ZoneInfo(board.town.timezone),
            returned_by(board, case),
        )

    def suggestion(self, unit: Unit, now: datetime) -> UnitSuggestion:
        case, load = self.case, self.loads.get(unit.unit_id, 0)
        is_on = self._is_on_shift(unit, now)
        holds = {
            GAVE_BACK: unit.unit_id in self.returned,
            ANSWERS: unit.unit_id == self.answers,
            ON_SHIFT: is_on is True,
            OFF_SHIFT: is_on is False,
            SKILL: self._is_skilled(unit),
            OWN_GRID: bool(unit.grid_code) and unit.grid_code == case.grid_code,
            DIRECTS: unit.role in self.directing,
        }
        reasons = [word for word, it_does in holds.items() if it_does]
        if unit.point is None or unit.point_at is None:
            return UnitSuggestion(unit, None, None, load, (*reasons, NO_POSITION))
        age = max(now - unit.point_at, timedelta())
        if age > FRESH:
            reasons.append(STALE)
        if unit.doubt:
            reasons.append(DOUBT)
        metres = distance_m(case.point, unit.point)
        return UnitSuggestion(unit, metres, age, load, tuple(reasons))

    def roughly(
        self, unit: Unit, now: datetime, shrink: float
    ) -> tuple[bool, bool, bool, bool, int, float]:
        """Return nearly the rank of a free unit; `shrink` is of a degree eastward."""
        metres = _worth_m(self._is_skilled(unit), self.loads.get(unit.unit_id, 0))
        if unit.point is not None and unit.point_at is not None:
            origin = self.case.point
            east = (unit.point.lon - origin.lon) * shrink
            degrees = math.hypot(east, unit.point.lat - origin.lat)
            metres += degrees * _M_PER_DEGREE + _walked_m(now - unit.point_at)
        return (
            unit.unit_id in self.returned,
            unit.unit_id != self.answers,
            self._is_on_shift(unit, now) is False,
            unit.role in self.directing,
            _position_rank(unit),
            metres,
        )

    def _is_on_shift(self, unit: Unit, now: datetime) -> bool | None:
        return on_shift(unit.roster, now.astimezone(self.zone)) if unit.roster else None

    def _is_skilled(self, unit: Unit) -> bool:
        return any(each == unit.department or each in unit.role for each in self.trades)


def _position_rank(unit: Unit) -> int:
    if unit.point is None or unit.point_at is None:
        return 2
    return int(bool(unit.doubt))


def _worth_m(skilled: bool, load: int) -> float:
    return LOAD_M * load + (0.0 if skilled else UNSKILLED_M)


def _walked_m(age: timedelta) -> float:
    """Return how far somebody can have walked since a position of that age."""
    beyond = min(max(age - FRESH, timedelta()), _FURTHEST_WALK)
    return beyond.total_seconds() * WALKING_MPS
