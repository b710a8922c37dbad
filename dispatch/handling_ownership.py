"""Handler of whose a case is at the desks; whatever version of it was seen."""

from dispatch import ownership
from dispatch.case_commands import ClaimCase, OfferCase
from dispatch.handling import Means
from dispatch.work import UnitOfWork


def claim_case(
    work: UnitOfWork, command: ClaimCase | OfferCase, _means: Means
) -> object:
    """Ask for a case, offer it, or answer who asked or offered."""
    offers = isinstance(command, OfferCase)
    step = ownership.turned(
        work.case(command.case_id),
        ownership.OFFER if offers else command.action,
        command.actor,
        work.at,
        said_at=command.at,
        seat=command.seat if offers else command.claim_seat,
        claim_at=None if offers else command.claim_at,
    )
    work.keep_step(step)
    return None
