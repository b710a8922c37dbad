"""The flow log of a case: what was done, by whom, with which photos."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch.case_states import CaseState

# Written on a sending that no terminal hears: somebody has to telephone.
NO_TERMINAL = "no_terminal"

PHOTO_BYTES = 256 * 1024  # of one photo
MOST_PHOTOS = 6  # of one report of a department

# The lines that say that somebody was sent.
SENDS = frozenset({"dispatch", "urgent_direct"})

# What whoever is sent says, by a terminal or on the telephone.
_SAID_BY_UNIT = frozenset({"sign", "depart", "arrive", "finish"})


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoRef:
    """A photo kept by the service; its bytes are asked for by its digest.

    Attributes:
        digest: SHA-256 of the bytes, hexadecimal.
        name: File name as sent.
        media_type: "image/jpeg" or "image/png".
        taken_at: Sender's time.
    """

    digest: str
    name: str
    media_type: str
    taken_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """One line of a case's flow log. Never altered, never removed.

    Attributes:
        case_id: Which case.
        at: When (UTC, the service's clock).
        actor: Who.
        seat: From which seat; empty for devices and terminals.
        action: Stable word: an action of `case_states.TRANSITIONS`, or "note",
            "moment", "alarm", "restore", "acknowledge", "remind", "recompute", "notify",
            "joined", "separated", "recorded", "three_way_asked".
        from_state: State before; None for the first entry.
        to_state: State after.
        text: Opinion, note or result, in the words of whoever wrote it; of a
            sending `NO_TERMINAL` or "", of 请求增援 that before what it is for.
        unit_id: The unit concerned, or "".
        photos: Photos that came with it.
        doubt: Why what is said here is 存疑, or "".
    """

    case_id: int
    at: datetime
    actor: str
    seat: str
    action: str
    from_state: CaseState | None
    to_state: CaseState
    text: str = ""
    unit_id: str = ""
    photos: tuple[PhotoRef, ...] = ()
    doubt: str = ""

    @property
    def by_phone(self) -> bool:
        """Return whether a seat entered what the unit said on the telephone.

        A terminal has no seat: what a unit does with one in its line, it told a desk.
        A station says the same of its own, and names no unit.
        """
        return bool(self.seat and self.unit_id) and self.action in _SAID_BY_UNIT


def stood(entries: Iterable[LogEntry], until: datetime) -> timedelta:
    """Return how long a case stood 挂账 before a moment: no time of its clocks.

    Args:
        entries: Its log, oldest first.
        until: The moment.
    """
    whole = timedelta()
    since: datetime | None = None
    for entry in entries:
        if entry.at >= until:
            break
        stands = entry.to_state is CaseState.SUSPENDED
        if stands and since is None:
            since = entry.at
        elif since is not None and not stands:
            whole, since = whole + (entry.at - since), None
    return whole if since is None else whole + (until - since)
