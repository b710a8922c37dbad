"""Writing what somebody is to hear of, and what became of it, into the store.

A notice is written in the transaction of what causes it, under a key that there is
once: whatever is killed in between, it is neither lost nor written a second time.
"""

from datetime import datetime

from dispatch import tables
from dispatch.cases import Case, Step
from dispatch.handling import Means
from dispatch.notices import NoteDelivery, send_at, text_of
from dispatch.notify.book import LOG
from dispatch.people import SYSTEM
from dispatch.units import Unit
from dispatch.work import UnitOfWork


def tell(
    work: UnitOfWork,
    case: Case,
    means: Means,
    *,
    cause: str,
    key: str = "",
    unit_id: str | None = None,
    departments: tuple[str, ...] | None = None,
    kind: str = "",
    level: int = 0,
    due: datetime | None = None,
) -> None:
    """Write one notice for each way that is for it; the log file where none is.

    Args:
        work: The transaction of what causes it.
        case: As that left it.
        means: Says which ways there are.
        cause: Why: one of `dispatch.notify.book.CAUSES`.
        key: What makes it this notice and no other; the case's version if "".
        unit_id: Whom it concerns; None: who is sent.
        departments: Whose it is, and who has a copy; None: the case's alone.
        kind: Of a reminder, its word.
        level: Of 督办, its level.
        due: When its limit runs out, or None.
    """
    unit_id = case.unit_id if unit_id is None else unit_id
    departments = (case.department,) if departments is None else departments
    unit: Unit | None = work.find("unit", unit_id)
    phone = "" if unit is None else unit.phone
    told: dict[str, str] = {}  # by which way, and whose it is there
    for whose in departments:
        ways = [
            each.name
            for each in means.notifiers()
            if each.takes(cause=cause, department=whose, phone=phone)
        ]
        for way in ways or [LOG]:
            told.setdefault(way, whose)
    text = text_of(
        case,
        means.taxonomy,
        work.working.zone,
        cause=cause,
        kind=kind,
        level=level,
        due=due,
        at=work.at,
    )
    key = key or str(case.version)
    for way, whose in told.items():
        write(work, case, way, cause, key, unit_id, text, department=whose)


def write(
    work: UnitOfWork,
    case: Case,
    way: str,
    cause: str,
    key: str,
    unit_id: str,
    text: str,
    *,
    department: str = "",
) -> None:
    """Write one notice for one way; its key there is once."""
    work.add_row(
        tables.notices,
        {
            "key": f"{cause}:{case.case_id}:{key}:{way}",
            "case_id": case.case_id,
            "at": work.at,
            "send_at": send_at(cause, work.at),
            "cause": cause,
            "notifier": way,
            "unit_id": unit_id,
            "department": department,
            "text": text,
        },
    )


def note_delivery(work: UnitOfWork, command: NoteDelivery, _means: Means) -> object:
    """Note what became of notices, and say it once in the log of each case."""
    for each in command.notices:
        work.add_row(
            tables.deliveries,
            {
                "notice_id": each.notice_id,
                "at": work.at,
                "letter_id": command.letter_id,
                "state": command.state,
                "reason": command.reason,
                "next_at": command.next_at,
            },
        )
    units = {each.case_id: each.unit_id for each in command.notices}
    for case_id, unit_id in units.items() if command.line else ():
        case = work.case(case_id)
        line = case.entry("notify", SYSTEM, work.at, text=command.line, unit_id=unit_id)
        work.keep_step(Step(case, (line,)))
    return None
