"""What every handler works with, and what several of them share."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from dispatch.cases import TRANSITIONS, Case, CaseState, LogEntry, PhotoRef, Step
from dispatch.commands import Moment, Refused
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.notify.book import Notifier
from dispatch.people import Actor
from dispatch.stages import Timing
from dispatch.taxonomy import Category, Taxonomy
from dispatch.units import Unit, UnitStatus
from dispatch.work import UnitOfWork

# A message older than a day has waited in no outbox we know of; a clock that runs
# ahead by more than five minutes is wrong, not late.
OLDEST_BELIEVED = timedelta(hours=24)
FURTHEST_AHEAD = timedelta(minutes=5)

DOUBT_CLOCK = "clock"
DOUBT_OUTSIDE = "outside"

# Of a day's serials beyond 9999 the first digit is a letter, so that a number
# keeps its 19 characters on the worst of days.
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DECIMAL_SERIALS = 9_999


class SealedSecret(Protocol):
    """A log-in as the sealed store gives it."""

    @property
    def username(self) -> str:
        """Return the log-in name."""

    @property
    def password(self) -> str:
        """Return the password."""


class Secrets(Protocol):
    """The sealed store of log-ins, as far as handlers need it."""

    def put(self, ref: str, username: str, password: str) -> None:
        """Keep a log-in under a reference."""

    def get(self, ref: str) -> SealedSecret:
        """Return the log-in kept under a reference."""

    def delete(self, ref: str) -> None:
        """Forget a log-in; none there is no fault."""


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a handler may use besides its unit of work.

    Attributes:
        taxonomy: Categories and filing standards.
        timing: Stage clocks, by the town's working time and the profile.
        secrets: The sealed store, or None where there is none.
        kinds: The device kinds there are, or None where any will do.
        notifiers: Returns the ways to reach people there are now.
        stations: Returns the departments that have a station now.
    """

    taxonomy: Taxonomy
    timing: Timing
    secrets: Secrets | None
    kinds: frozenset[str] | None = None
    notifiers: Callable[[], tuple[Notifier, ...]] = tuple
    stations: Callable[[], frozenset[str]] = frozenset


def believable(at: datetime, received_at: datetime) -> tuple[datetime, str]:
    """Return the time to go by, and the doubt about the one that was sent."""
    if -OLDEST_BELIEVED <= at - received_at <= FURTHEST_AHEAD:
        return at, ""
    return received_at, DOUBT_CLOCK


def doubts(*words: str) -> str:
    """Return stable words of doubt as one text."""
    return " ".join(word for word in words if word)


def sender(work: UnitOfWork, device_id: str, public_key: str) -> Device:
    """Return the device that spoke, if it may still speak with that key.

    What it had on its way is answered after it was revoked or given another key.
    """
    device = work.device(device_id)
    if public_key not in ("", device.public_key):
        raise Refused(
            "unknown_key", "this key was replaced by another", device=device_id
        )
    return device


def open_case(
    work: UnitOfWork,
    by: Actor,
    *,
    action: str,
    category: Category,
    place_name: str,
    point: Point,
    grid_code: str,
    channel: str,
    details: str,
    signal_at: datetime,
    received_at: datetime,
    doubt: str = "",
    drill: bool = False,
    alarm_count: int = 0,
    reporter_name: str = "",
    reporter_phone: str = "",
    photos: tuple[PhotoRef, ...] = (),
    unit_id: str = "",
    standard_id: str = "",
    outcome: str = "",
) -> Case:
    """Open a case: its number, its first two clocks and the first line of its log."""
    to = TRANSITIONS[action].to if action in TRANSITIONS else CaseState.NEW
    state = to if isinstance(to, CaseState) else CaseState.NEW
    clocks = {Moment.SIGNAL: signal_at, Moment.RECEIVED: received_at}
    if not state.is_open:
        clocks[Moment.CLOSED] = work.at
    day, serial = work.next_serial()
    case = Case(
        case_id=work.next_number("case"),
        number=f"{work.working.town.code}{day}{_serial_text(serial)}",
        version=1,
        state=state,
        category=category.code,
        severity=category.severity,
        place_name=place_name,
        point=point,
        grid_code=grid_code or work.grid_of(point),
        channel=channel,
        details=details,
        reporter_name=reporter_name,
        reporter_phone=reporter_phone,
        department=category.department,
        opened_at=received_at,
        clocks=clocks,
        alarm_count=alarm_count,
        doubt=doubt,
        drill=drill,
        standard_id=standard_id,
        outcome=outcome,
    )
    first = LogEntry(
        case_id=case.case_id,
        at=work.at,
        actor=by.name,
        seat=by.seat,
        action=action,
        from_state=None,
        to_state=state,
        text=details,
        doubt=doubt,
        photos=photos,
        unit_id=unit_id,
    )
    return work.keep_step(Step(case, (first,)))


def set_unit(
    work: UnitOfWork, unit: Unit, status: UnitStatus, *, case_id: int | None
) -> None:
    """Move a unit's status; without a case it is free again."""
    work.keep("unit", replace(unit, status=status, case_id=case_id))


def free_unit(work: UnitOfWork, unit_id: str, case_id: int) -> None:
    """Free the unit of a case, unless it is on another one by now."""
    unit: Unit | None = work.find("unit", unit_id)
    if unit is not None and unit.case_id == case_id:
        set_unit(work, unit, UnitStatus.FREE, case_id=None)


def _serial_text(serial: int) -> str:
    if serial <= _DECIMAL_SERIALS:
        return f"{serial:04d}"
    rest = serial - _DECIMAL_SERIALS - 1 + 10 * 36**3
    digits = ""
    while rest:
        rest, digit = divmod(rest, 36)
        digits = _LETTERS[digit] + digits
    return digits
