"""What a rule's subject was heard to say, as far as a rule still goes by it.

Read where nothing is kept in mind: at the first reading after a start, for each subject.
A threshold is mostly told by the newest reading; two days of one a minute are not read
for that.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from dispatch import tables
from dispatch.devices import Device
from dispatch.rules import AnyRule, Threshold, look_back
from dispatch.rules_known import Read
from dispatch.rules_weighing import settles

_NEWEST: Final = 8  # readings, among which one mostly says where a value stands


def heard(
    connection: sa.Connection, rule: AnyRule, members: Sequence[Device], now: datetime
) -> list[Read]:
    """Return the readings by which a rule knows how things stand, as they came.

    Args:
        connection: To the store.
        rule: Which.
        members: The devices of what it looks at as one.
        now: Up to when.
    """
    kinds = {member.device_id: member.kind for member in members}
    readings = tables.readings
    rows = sa.select(
        readings.c.id, readings.c.device_id, readings.c.at, readings.c["values"]
    ).where(
        readings.c.device_id.in_(list(kinds)),
        readings.c.at > now - look_back(rule),
        readings.c.doubt == "",
    )
    if isinstance(rule, Threshold):
        newest = rows.order_by(readings.c.at.desc(), readings.c.id.desc())
        found = _settled(rule, connection.execute(newest.limit(_NEWEST)).all())
        if found is not None:
            return [_read(row, kinds) for row in found]
    whole = connection.execute(rows.order_by(readings.c.id)).all()
    return [_read(row, kinds) for row in whole]


def _settled(rule: Threshold, newest: Sequence[Any]) -> list[Any] | None:
    """Return readings from one on before which nothing counts, as they came, or None.

    One that came later than what was read after it was passed over: it settles nothing.
    """
    for count, row in enumerate(newest, start=1):
        value = row.values.get(rule.value)
        came_first = all(row.id <= each.id for each in newest[:count])
        if value is not None and came_first and settles(rule, value):
            return sorted(newest[:count], key=lambda each: each.id)
    return None


def _read(row: Any, kinds: dict[str, str]) -> Read:
    kind = kinds[row.device_id]
    return Read(device_id=row.device_id, kind=kind, at=row.at, values=row.values)
