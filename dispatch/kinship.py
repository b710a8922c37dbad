"""Same thing? Whether two reports may be of one matter, and why. Pure.

Near in place and time, of kinds alike or kindred, both real or both of a drill: that
is what 合并 asks, too. Which of several is the likeliest is a plain sum; every part of
it is a fact that the desk says in words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dispatch.case_states import SENT
from dispatch.case_terms import phone_digits
from dispatch.cases import Case
from dispatch.geo import Point, distance_m
from dispatch.places import SAME_PLACE_M
from dispatch.taxonomy import Rules

SAME, KINDRED = "same", "kindred"

# What each fact counts for. A place is the most certain thing anybody says.
PREMISES: Final = 4.0
NEARNESS: Final = 3.0  # at no distance; nothing at the furthest that may be joined
KIND: Final = {SAME: 2.0, KINDRED: 1.0, "": 0.0}
SOON: Final = 2.0  # at once; nothing at the longest
CALLER: Final = 2.0
LEAST_DIGITS: Final = 7  # fewer are no telephone number


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """What of a report is compared with another.

    Attributes:
        category: Taxonomy code; "" while nobody has chosen one.
        place_name: Where, in words.
        point: Where.
        at: When it came in.
        phone: Of who reported it, or "".
        drill: 演练.
    """

    category: str
    place_name: str
    point: Point
    at: datetime
    phone: str = ""
    drill: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """Why two reports may be of one matter.

    Attributes:
        metres: How far apart they lie.
        minutes: How long between them.
        kind: "same", "kindred", or "" where one has none yet.
        same_caller: The same telephone number.
        same_place: The same premises, by name or ground.
        score: The sum of what these count for; higher is likelier.
    """

    metres: float
    minutes: float
    kind: str
    same_caller: bool
    same_place: bool
    score: float


def matter_of(case: Case) -> Matter:
    """Return what of a case is compared."""
    return Matter(
        category=case.category,
        place_name=case.place_name,
        point=case.point,
        at=case.opened_at,
        phone=case.reporter_phone,
        drill=case.drill,
    )


def likeness(one: Matter, other: Matter, rules: Rules) -> Likeness | None:
    """Return why two reports may be of one matter, or None where they are not.

    It is the same from either side.
    """
    kind = kinship(one.category, other.category, rules)
    metres = _apart_m(one.point, other.point)
    apart = abs(one.at - other.at)
    longest = timedelta(hours=rules.merge_hours)
    if (
        kind is None
        or one.drill is not other.drill
        or metres > rules.merge_m
        or apart > longest
    ):
        return None
    same_place = metres <= SAME_PLACE_M or (
        bool(one.place_name) and one.place_name == other.place_name
    )
    same_caller = is_same_number(one.phone, other.phone)
    nearness = 1 - metres / rules.merge_m if rules.merge_m else 1.0
    soon = 1 - apart / longest if longest else 1.0
    return Likeness(
        metres=metres,
        minutes=apart / timedelta(minutes=1),
        kind=kind,
        same_caller=same_caller,
        same_place=same_place,
        score=(PREMISES if same_place else NEARNESS * nearness)
        + KIND[kind]
        + SOON * soon
        + (CALLER if same_caller else 0.0),
    )


def kinship(one: str, other: str, rules: Rules) -> str | None:
    """Return "same", "kindred" or "" (not known yet) of two kinds; None: apart."""
    if not one or not other:
        return ""
    if one == other:
        return SAME
    if any(one in group and other in group for group in rules.kindred):
        return KINDRED
    return None


def kindred_of(category: str, rules: Rules) -> tuple[str, ...]:
    """Return the kinds that may be of one matter with a kind, itself left out."""
    found = {code for group in rules.kindred if category in group for code in group}
    return tuple(sorted(found - {category}))


def main_of(one: Case, other: Case) -> tuple[Case, Case]:
    """Return which of two cases goes on for both, and which is joined to it.

    The one somebody was sent to, else the one that came first.
    """
    main, joined = sorted(
        (one, other),
        key=lambda case: (case.state not in SENT, case.opened_at, case.case_id),
    )
    return main, joined


def _apart_m(one: Point, other: Point) -> float:
    """Return the distance, the same to the last digit from either side."""
    first, second = sorted((one, other), key=lambda point: (point.lon, point.lat))
    return distance_m(first, second)


def is_same_number(one: str, other: str) -> bool:
    """Return whether two telephone numbers are one, however they are written."""
    digits = phone_digits(one)
    return len(digits) >= LEAST_DIGITS and digits == phone_digits(other)
