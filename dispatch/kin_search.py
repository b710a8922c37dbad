"""Open cases in the store that may be the same thing as a report."""

import math
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from dispatch import tables
from dispatch.case_states import CaseState
from dispatch.geo import Point
from dispatch.kinship import Matter, likeness
from dispatch.questions import FindKin, Kin
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


def _near(query: FindKin) -> sa.Select[Any]:
    """Return the newest open cases in the time and the box around a report."""
    cases = tables.cases
    apart = timedelta(hours=query.within_hours)
    high = query.within_m / _M_PER_DEGREE
    wide = high / max(0.01, math.cos(math.radians(query.point.lat)))
    wanted = (
        sa.select(cases)
        .where(
            cases.c.state < int(CaseState.CLOSED),
            cases.c.opened_at.between(query.at - apart, query.at + apart),
            cases.c.lat.between(query.point.lat - high, query.point.lat + high),
            cases.c.lon.between(query.point.lon - wide, query.point.lon + wide),
        )
        .order_by(cases.c.opened_at.desc())
        .limit(_MOST_LOOKED_AT)
    )
    if query.case_id is not None:
        wanted = wanted.where(cases.c.case_id != query.case_id)
    if query.kinds:
        wanted = wanted.where(cases.c.category.in_(query.kinds))
    return wanted
