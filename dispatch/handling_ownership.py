"""Handler of whose a case is at the desks; whatever version of it was seen."""

from dispatch import ownership
from dispatch.case_commands import ClaimCase, OfferCase
from dispatch.handling import Means
from dispatch.work import UnitOfWork


def claim_case(
    work: UnitOfWork, command: ClaimCase | OfferCase, _means: Means
) -> object:
    """Ask for a case, offer it, or answer who asked or offered."""
    action, claim_at = ownership.OFFER, None
    if isinstance(command, OfferCase):
        seat = command.seat
    else:
        action, seat = command.action, command.claim_seat
        claim_at = command.claim_at
    step = ownership.turned(
        work.case(command.case_id),
        action,
        command.actor,
        work.at,
        said_at=command.at,
        seat=seat,
        claim_at=claim_at,
    )
    work.keep_step(step)
    return None
