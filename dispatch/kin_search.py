"""Cases in the store that a report may be of, or that came before it."""

import math
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from dispatch import tables
from dispatch.case_search import find_cases
from dispatch.case_states import CaseState
from dispatch.case_terms import phone_digits
from dispatch.geo import Point, distance_m
from dispatch.kinship import LEAST_DIGITS, Matter, is_same_number, likeness
from dispatch.questions import Earlier, FindCases, FindEarlier, FindKin, Kin
from dispatch.store import Store
from dispatch.taxonomy import Rules

MOST_KIN: Final = 20
#: Cases looked at for one answer: in a flood hundreds lie at the same few places.
_MOST_LOOKED_AT: Final = 500
_M_PER_DEGREE: Final = 110_000.0  # a little less than there are: the box is the larger


def find_kin(query: FindKin, store: Store) -> tuple[Kin, ...]:
    """Return open cases that may be the same thing, the likeliest first."""
    category = query.kinds[0] if query.kinds else ""
    asked = Matter(
        category=category,
        place_name=query.place_name,
        point=query.point,
        at=query.at,
        phone=query.phone,
        drill=query.drill,
    )
    rules = Rules(
        merge_m=query.within_m,
        merge_hours=query.within_hours,
        kindred=tuple((category, each) for each in query.kinds[1:]),
    )
    with store.reading() as connection:
        rows = connection.execute(_near(query)).all()
    found = []
    for row in rows:
        other = Matter(
            category=row.category,
            place_name=row.place_name,
            point=Point(row.lon, row.lat, row.datum),
            at=row.opened_at,
            phone=row.reporter_phone,
            drill=row.drill,
        )
        why = likeness(asked, other, rules)
        if why is not None:
            found.append(
                Kin(
                    case_id=row.case_id,
                    number=row.number,
                    state=CaseState(row.state),
                    category=row.category,
                    severity=row.severity,
                    place_name=row.place_name,
                    why=why,
                )
            )
    found.sort(key=lambda kin: (-kin.why.score, kin.case_id))
    return tuple(found[: max(0, min(query.limit, MOST_KIN))])


def find_earlier(query: FindEarlier, store: Store) -> tuple[Earlier, ...]:
    """Return what was reported around a place and by a number, the newest first."""
    most = max(0, min(query.limit, MOST_KIN))
    here = _around(query, store, most)
    called: list[int] = []
    if len(phone_digits(query.phone)) >= LEAST_DIGITS:
        asked = FindCases(text=phone_digits(query.phone), limit=most)
        called = [each.case_id for each in find_cases(asked, store).cases]
    cases = tables.cases
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(cases).where(cases.c.case_id.in_({*here, *called}))
        ).all()
    found = []
    for row in rows:
        same_caller = is_same_number(row.reporter_phone, query.phone)
        if row.case_id in here or same_caller:
            found.append(
                Earlier(
                    case_id=row.case_id,
                    number=row.number,
                    state=CaseState(row.state),
                    category=row.category,
                    place_name=row.place_name,
                    opened_at=row.opened_at,
                    here=row.case_id in here,
                    same_caller=same_caller,
                )
            )
    found.sort(key=lambda each: (each.opened_at, each.case_id), reverse=True)
    return tuple(found)


def _around(query: FindEarlier, store: Store, most: int) -> list[int]:
    """Return the newest cases around a place; their order is worked out here.

    Asked in order of time, a store would read cases from the newest on until it had
    enough that lie there, which may be never.
    """
    if query.point is None:
        return []
    cases = tables.cases
    columns = cases.c.case_id, cases.c.opened_at, cases.c.lon, cases.c.lat
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(*columns).where(*_box(query.point, query.within_m))
        ).all()
    rows = sorted(rows, key=lambda row: (row.opened_at, row.case_id), reverse=True)
    near: list[int] = []
    for row in rows:
        if len(near) == most:
            break
        if distance_m(query.point, Point(row.lon, row.lat)) <= query.within_m:
            near.append(row.case_id)
    return near


def _near(query: FindKin) -> sa.Select[Any]:
    """Return the newest open cases in the time and the box around a report."""
    cases = tables.cases
    apart = timedelta(hours=query.within_hours)
    wanted = (
        sa.select(cases)
        .where(
            cases.c.state < int(CaseState.CLOSED),
            cases.c.opened_at.between(query.at - apart, query.at + apart),
            *_box(query.point, query.within_m),
        )
        .order_by(cases.c.opened_at.desc())
        .limit(_MOST_LOOKED_AT)
    )
    if query.case_id is not None:
        wanted = wanted.where(cases.c.case_id != query.case_id)
    if query.kinds:
        wanted = wanted.where(cases.c.category.in_(query.kinds))
    return wanted


def _box(point: Point, metres: float) -> tuple[sa.ColumnElement[bool], ...]:
    """Return that a case lies in the box around a circle."""
    cases = tables.cases
    high = metres / _M_PER_DEGREE
    wide = high / max(0.01, math.cos(math.radians(point.lat)))
    return (
        cases.c.lat.between(point.lat - high, point.lat + high),
        cases.c.lon.between(point.lon - wide, point.lon + wide),
    )
