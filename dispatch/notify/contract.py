"""What every way to reach people is given, and what it says became of it.

Accepted, refused for good, certainly not sent, or nobody knows: the last one is why a
message that may have gone out is not sent a second time by itself.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dispatch.notify.book import Notifier

# What became of a sending, as far as the way itself can know.
ACCEPTED, REFUSED, NOT_SENT, UNKNOWN = "accepted", "refused", "not_sent", "unknown"

_DETAIL = 60  # characters of what the other side said


class Login(Protocol):
    """A log-in as the sealed store gives it."""

    @property
    def username(self) -> str:
        """Return the log-in name."""

    @property
    def password(self) -> str:
        """Return the password."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What a letter tells of one case; it names no person but whom it is for.

    Attributes:
        case_number: Which case.
        cause: Why it is told.
        unit_id: Whom it concerns, or "".
        department: Whose it is, or "".
        text: In words.
    """

    case_number: str
    cause: str
    unit_id: str
    department: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One message to one address, of one notice or of several.

    Attributes:
        letter_id: 32 hexadecimal digits, the same however often it is tried.
        to: The number or mailbox; "" where the way has none.
        text: All of it in words.
        items: The same, case by case.
        at: When it was put together (UTC).
    """

    letter_id: str
    to: str
    text: str
    items: tuple[Item, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of a sending.

    Attributes:
        state: One of the four above.
        reason: A stable word, or "".
        detail: What the other side said, cut short and without the log-in.
    """

    state: str
    reason: str = ""
    detail: str = ""


class Way(Protocol):
    """A module of this package: a kind of notifier."""

    KIND: str

    def send(
        self, letter: Letter, notifier: Notifier, login: Login | None, /
    ) -> Outcome:
        """Send a letter, within a limit of time."""

    def knock(self, notifier: Notifier, login: Login | None, /) -> str:
        """Return why nothing can be sent, or ""; nobody is told anything."""


class Lost(Exception):  # noqa: N818 - an answer of the line, not a fault
    """A conversation that came to nothing.

    Attributes:
        reason: A stable word: "unreachable", "tls", "timeout", "broken", "template".
        sent: Something may have reached the other side.
    """

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent

    def outcome(self) -> Outcome:
        """Return what that means for a letter."""
        return Outcome(state=UNKNOWN if self.sent else NOT_SENT, reason=self.reason)


def clean(said: str, login: Login | None) -> str:
    """Return what the other side said in one short line, without the log-in in it."""
    for secret in (login.password, login.username) if login is not None else ():
        if secret:
            said = said.replace(secret, "…")
    line = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    return line if len(line) <= _DETAIL else f"{line[: _DETAIL - 1]}…"
