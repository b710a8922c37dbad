"""What became of the circulars about a case, read from the outbox."""

import sqlalchemy as sa

from dispatch import tables
from dispatch.circulars import CIRCULAR, CircularsOf, Sent
from dispatch.notices import WAITING
from dispatch.store import Store


def fates_of(query: CircularsOf, store: Store, most: int) -> tuple[Sent, ...]:
    """Return what became of the circulars about a case, the newest first."""
    notices, last = tables.notices, tables.deliveries
    each = tables.deliveries.alias()
    newest = (
        sa.select(sa.func.max(each.c.id))
        .where(each.c.notice_id == notices.c.id)
        .correlate(notices)
        .scalar_subquery()
    )
    asked = (
        sa.select(notices, last.c.state, last.c.reason)
        .select_from(notices.outerjoin(last, last.c.id == newest))
        .where(notices.c.case_id == query.case_id, notices.c.cause == CIRCULAR)
        .order_by(notices.c.id.desc())
        .limit(most)
    )
    with store.reading() as connection:
        return tuple(
            Sent(
                circular_id=row.key.split(":")[2],
                at=row.at,
                unit_id=row.unit_id,
                way=row.notifier,
                text=row.text,
                state=row.state or WAITING,
                reason=row.reason or "",
            )
            for row in connection.execute(asked)
        )
