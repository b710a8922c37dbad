"""Handler of a circular to several people."""

from dispatch.cases import Step
from dispatch.circulars import (
    CIRCULAR,
    SendCircular,
    check,
    marked,
    said_of,
)
from dispatch.commands import Refused
from dispatch.handling import Means
from dispatch.handling_notices import write
from dispatch.notices import sms_number
from dispatch.units import Unit
from dispatch.work import UnitOfWork


def send_circular(work: UnitOfWork, command: SendCircular, means: Means) -> object:
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
            and way.takes(cause=CIRCULAR, department=unit.department, phone=unit.phone)
        ]
        for way in found:
            number = (way.name, sms_number(unit.phone))
            if number in numbers:
                continue
            numbers.add(number)
            key = f"{command.command_id}:{unit.unit_id}"
            write(work, case, way.name, CIRCULAR, key, unit.unit_id, text)
        if found:
            told.append(unit)
    if not told:
        has_way = any(not way.has_address for way in ways)
        reason = "circular_no_number" if has_way else "circular_no_way"
        raise Refused(reason, "no way reaches any of them")
    for way in ways:
        if way.has_address and way.takes(
            cause=CIRCULAR, department=case.department, phone=""
        ):
            write(work, case, way.name, CIRCULAR, command.command_id, "", text)
    line = case.entry(CIRCULAR, command.actor, work.at, text=said_of(told, text))
    work.keep_step(Step(case, (line,)))
    return len(told)
