"""The statements that every commit uses, ready once for all of them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from dispatch import tables
from dispatch.bulk import Bulk, insert_all
from dispatch.packing import Packed

# Appended to, never altered.
JOURNALS = (
    tables.log_entries,
    tables.stage_times,
    tables.reminders,
    tables.notices,
    tables.deliveries,
    tables.messages,
    tables.readings,
    tables.positions,
    tables.view_log,
    tables.number_log,
    tables.profile_uses,
    tables.rule_changes,
    tables.applied_commands,
)
INSERTS = {table.name: insert_all(table) for table in JOURNALS}
_INSERT_CHANGES = insert_all(tables.changes)
INSERT_CLOCKS = insert_all(tables.case_clocks)
FENCE = Bulk(
    sa.update(tables.counters)
    .where(
        tables.counters.c.id == sa.bindparam("one", type_=sa.Integer),
        tables.counters.c.change_number == sa.bindparam("before", type_=sa.BigInteger),
    )
    .values(
        {
            name: sa.bindparam(name)
            for name in ("change_number", "case_number", "alarm_number", "changed_at")
        }
    ),
    ["one", "before", "change_number", "case_number", "alarm_number", "changed_at"],
)


def write_changes(
    connection: sa.Connection, packed: Sequence[Packed], *, at: datetime
) -> None:
    """Keep numbered changes as they go to the desks."""
    _INSERT_CHANGES(
        connection,
        [
            {"number": number, "at": at, "kind": kind, "body": body}
            for number, kind, body in packed
        ],
    )
