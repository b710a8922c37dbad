"""Handlers of 联合处置: the parts that departments have in a case.

Whatever version was seen: several work on one case at once, each on a part of its own.
"""

from datetime import datetime

from dispatch import case_parts
from dispatch.case_commands import FeedBackPart, TurnPart
from dispatch.case_log import MOST_PHOTOS
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.course import Stage
from dispatch.handling import Means
from dispatch.handling_field import keep_photo
from dispatch.handling_notices import tell
from dispatch.notices import DISPATCH, RECALL
from dispatch.routing import departments
from dispatch.work import UnitOfWork

_TOLD = {case_parts.ASSIGN: DISPATCH, case_parts.RELEASE: RECALL}


def turn_part(work: UnitOfWork, command: TurnPart, means: Means) -> object:
    """Assign a part, sign for it, return it or release it; whose it is, is told."""
    case = work.case(command.case_id)
    to = command.department.strip()
    assigns = command.action == case_parts.ASSIGN
    if command.action == "part_done":
        raise Refused("action", "a part is fed back in words", action=command.action)
    step = case_parts.turned(
        case,
        command.action,
        command.actor,
        work.at,
        department=to,
        rules=means.taxonomy.rules,
        text=command.text,
        sign_by=_sign_by(case, work, means) if assigns else None,
    )
    units = work.working.things["unit"].values()
    known = departments(means.taxonomy, units, means.stations())
    if assigns and to not in known:
        raise Refused("unknown_department", f"nobody knows a department {to}", to=to)
    after = work.keep_step(step)
    cause = _TOLD.get(command.action)
    if cause is not None:
        key = f"{command.command_id}-{to}"  # a part leaves the case its version
        tell(work, after, means, cause=cause, key=key, unit_id="", departments=(to,))
    return None


def feed_back_part(work: UnitOfWork, command: FeedBackPart, means: Means) -> object:
    """反馈 of a part, with its photos."""
    if len(command.photos) > MOST_PHOTOS:
        raise Refused("photo_count", f"at most {MOST_PHOTOS} photos", most=MOST_PHOTOS)
    step = case_parts.turned(
        work.case(command.case_id),
        "part_done",
        command.actor,
        work.at,
        department=command.department,
        rules=means.taxonomy.rules,
        text=command.text,
        photos=tuple(keep_photo(work, each) for each in command.photos),
    )
    work.keep_step(step)
    return None


def _sign_by(case: Case, work: UnitOfWork, means: Means) -> datetime | None:
    limit = means.timing.limit(case, Stage.SIGN)
    return None if limit is None else means.timing.due(limit, work.at)
