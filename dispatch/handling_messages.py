"""Handler of a message to several people, and what became of those about a case."""

import sqlalchemy as sa

from dispatch import tables
from dispatch.cases import Step
from dispatch.commands import Refused
from dispatch.group_messages import (
    MESSAGE,
    MessagesOf,
    SendMessage,
    Sent,
    check,
    marked,
    said_of,
)
from dispatch.handling import Means
from dispatch.handling_notices import write
from dispatch.notices import WAITING, sms_number
from dispatch.store import Store
from dispatch.units import Unit
from dispatch.work import UnitOfWork


def send_message(work: UnitOfWork, command: SendMessage, means: Means) -> object:
    """Write a notice for each person and way; return how many people are told.

    A number that two of them share is told once; and so is a way with one address of
    its own, such as a mailbox.
    """
    case = work.case(command.case_id)
    check(command, work.at)
    text = marked(command.text, case)
    told: list[Unit] = []
    numbers: set[tuple[str, str]] = set()
    known = [work.unit(unit_id) for unit_id in dict.fromkeys(command.units)]
    ways = means.notifiers()
    for unit in known:
        found = [
            way
            for way in ways
            if not way.has_address
            and way.takes(cause=MESSAGE, department=unit.department, phone=unit.phone)
        ]
        for way in found:
            number = (way.name, sms_number(unit.phone))
            if number in numbers:
                continue
            numbers.add(number)
            key = f"{command.command_id}:{unit.unit_id}"
            write(work, case, way.name, MESSAGE, key, unit.unit_id, text)
        if found:
            told.append(unit)
    if not told:
        has_way = any(not way.has_address for way in ways)
        reason = "message_no_number" if has_way else "message_no_way"
        raise Refused(reason, "no way reaches any of them")
    for way in ways:
        if way.has_address and way.takes(
            cause=MESSAGE, department=case.department, phone=""
        ):
            write(work, case, way.name, MESSAGE, command.command_id, "", text)
    line = case.entry(MESSAGE, command.actor, work.at, text=said_of(told, text))
    work.keep_step(Step(case, (line,)))
    return len(told)


def messages_of(query: MessagesOf, store: Store, most: int) -> tuple[Sent, ...]:
    """Return what became of the messages about a case, the newest first."""
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
        .where(notices.c.case_id == query.case_id, notices.c.cause == MESSAGE)
        .order_by(notices.c.id.desc())
        .limit(most)
    )
    with store.reading() as connection:
        return tuple(
            Sent(
                message_id=row.key.split(":")[2],
                at=row.at,
                unit_id=row.unit_id,
                way=row.notifier,
                text=row.text,
                state=row.state or WAITING,
                reason=row.reason or "",
            )
            for row in connection.execute(asked)
        )
