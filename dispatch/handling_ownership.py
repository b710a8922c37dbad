"""Handler of whose a case is at the desks; whatever version of it was seen."""

from dispatch import ownership
from dispatch.case_commands import ClaimCase, OfferCase
from dispatch.handling import Means
from dispatch.work import UnitOfWork


def claim_case(
    work: UnitOfWork, command: ClaimCase | OfferCase, _means: Means
) -> object:
    """Ask for a case, offer it, or answer who asked or offered."""
    action, seat = ownership.OFFER, ""
    if isinstance(command, OfferCase):
        seat = command.seat
    else:
        action = command.action
    case = work.case(command.case_id)
    work.keep_step(ownership.turned(case, action, command.actor, work.at, seat))
    return None
