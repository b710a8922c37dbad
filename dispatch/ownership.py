"""Which seat has a case: asked for, offered, and handed over with consent. Pure.

A seat that asks is answered within `SILENCE`; who is silent hands it over, so that an
empty chair keeps nobody from a case. Who is offered one and is silent does not get it.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dispatch.cases import Case, Step
from dispatch.commands import Refused
from dispatch.course import Claim
from dispatch.people import SYSTEM, Actor

SILENCE: Final = timedelta(seconds=15)
# An answer that nobody could give, the service being away, is none; and what waited
# for the service as long is nobody's wish any more.
STALE: Final = timedelta(minutes=1)

ASK, OFFER, YES, NO, LAPSE = "own_ask", "own_offer", "own_yes", "own_no", "own_lapse"


def turned(
    case: Case,
    action: str,
    by: Actor,
    at: datetime,
    *,
    said_at: datetime,
    seat: str = "",
    claim_at: datetime | None = None,
) -> Step:
    """Do what a seat may: ask for a case, offer it to a seat, agree, or do not.

    Args:
        case: The case.
        action: `ASK`, `OFFER`, `YES` or `NO`.
        by: Who says so.
        at: When that is written down.
        said_at: When it was said, by the desk's clock.
        seat: To which seat it is offered; of an answer, which seat is to have it.
        claim_at: Of an answer: since when what it answers waits.

    Raises:
        Refused: It is not this seat's to do, nothing waits for it, something else does
            by now, or it was said too long ago.
    """
    if at - said_at >= STALE:
        raise Refused("seat_late", "it waited too long for the service")
    if action == ASK:
        return _asked(case, by, at)
    if action == OFFER:
        return _offered(case, by, at, seat.strip())
    if action not in (YES, NO):
        raise Refused("action", f"there is no action {action}", action=action)
    claim = case.course.claim
    if claim is not None and (claim.seat, claim.at) != (seat, claim_at):
        raise Refused(
            "other_claim",
            f"{claim.seat} is to have case {case.number} by now",
            seat=claim.seat,
        )
    return _answered(case, by, at, yes=action == YES)


def lapsed(case: Case, at: datetime) -> Step:
    """Hand a case over that was asked for, nobody having said a word; see `is_silent`."""
    claim = case.course.claim
    assert claim is not None
    if at - claim.at >= STALE:
        return _kept(case, LAPSE, SYSTEM, at, None)
    return _handed(case, LAPSE, SYSTEM, at, claim.name, claim.seat)


def is_silent(case: Case, at: datetime) -> bool:
    """Return whether whoever was asked for a case has let the time go by."""
    claim = case.course.claim
    return (
        claim is not None
        and not claim.offered
        and case.state.is_open
        and at - claim.at >= SILENCE
    )


def answers(case: Case) -> str:
    """Return the seat that has to answer, or ""."""
    claim = case.course.claim
    if claim is None or not case.state.is_open:
        return ""
    return claim.seat if claim.offered else case.owner_seat


def _asked(case: Case, by: Actor, at: datetime) -> Step:
    """要求接手 of a case that another seat has; what that one offered is taken."""
    case.must(ASK, by)
    if not case.owner_seat:
        raise Refused("nobody_has_it", f"nobody has case {case.number}")
    if case.owner_seat == by.seat:
        raise Refused("own_already", f"{by.seat} has case {case.number}")
    claim = case.course.claim
    if claim is not None and claim.offered and claim.seat == by.seat:
        return _answered(case, by, at, yes=True)
    _must_be_unasked(case)
    return _kept(case, ASK, by, at, Claim(seat=by.seat, name=by.name, at=at))


def _offered(case: Case, by: Actor, at: datetime, seat: str) -> Step:
    """交给他席: whoever sits there takes it or does not."""
    case.must(OFFER, by)
    if case.owner_seat != by.seat:
        raise Refused(
            "not_own", f"{case.owner_seat} has case {case.number}", seat=case.owner_seat
        )
    _must_be_unasked(case)
    if seat in ("", by.seat):
        raise Refused("no_seat", "a case is handed to another seat")
    claim = Claim(seat=seat, at=at, offered=True)
    return _kept(case, OFFER, by, at, claim, f"→ {seat}")


def _answered(case: Case, by: Actor, at: datetime, *, yes: bool) -> Step:
    """同意, or not, of whom it waits for; who asked or offered may take it back."""
    action = YES if yes else NO
    case.must(action, by)
    claim = case.course.claim
    waits = answers(case)
    may = {waits} if yes or claim is None else {case.owner_seat, claim.seat}
    if claim is None or by.seat not in may:
        raise Refused(
            "nothing_claimed", f"nothing of {case.number} waits for {by.seat}"
        )
    if not yes:
        return _kept(case, NO, by, at, None)
    name = by.name if claim.offered else claim.name
    return _handed(case, YES, by, at, name, claim.seat)


def _must_be_unasked(case: Case) -> None:
    claim = case.course.claim
    if claim is not None and not claim.offered:
        raise Refused(
            "asked_already",
            f"{claim.seat} has asked for case {case.number}",
            seat=claim.seat,
        )


def _kept(
    case: Case,
    action: str,
    by: Actor,
    at: datetime,
    claim: Claim | None,
    text: str = "",
) -> Step:
    """Return a case that is whose it was: no other version, whoever decides goes on."""
    course = replace(case.course, claim=claim)
    entry = case.entry(action, by, at, text=text)
    return Step(replace(case, course=course), (entry,))


def _handed(
    case: Case, action: str, by: Actor, at: datetime, name: str, seat: str
) -> Step:
    return case.step(
        action,
        by,
        at,
        text=f"→ {seat} {name}",
        course=replace(case.course, claim=None),
        changed={"owner": name, "owner_seat": seat},
    )
