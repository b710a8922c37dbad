"""What is said on the telephone, and becomes of a call, as a desk has it entered."""

from dataclasses import dataclass
from datetime import datetime

from dispatch.commands import CaseCommand
from dispatch.people import Role


@dataclass(frozen=True, kw_only=True)
class PhoneCommand(CaseCommand):
    """What a unit told a desk by telephone, because no terminal says it.

    Attributes:
        unit_id: Who was on the telephone; only the one that is sent counts.
        at: When it was said, by the desk's clock; it may wait in the outbox.
    """

    needs = frozenset({Role.DISPATCHER})

    unit_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SignByPhone(PhoneCommand):
    """签收 by telephone: the unit has been told and goes."""


@dataclass(frozen=True, kw_only=True)
class ArriveByPhone(PhoneCommand):
    """到场 by telephone."""


@dataclass(frozen=True, kw_only=True)
class FinishByPhone(PhoneCommand):
    """处置完成→反馈 by telephone: what was done, in words, without a photo."""

    text: str


@dataclass(frozen=True, kw_only=True)
class NoteRecording(CaseCommand):
    """录音: where a telephone system keeps what was said in a call about a case.

    Attributes:
        call: The system's name for the call.
        recording: Its id or address, without a log-in; see `phone_calls.recording_of`.
    """

    needs = frozenset({Role.ACCEPTOR})

    call: str
    recording: str


@dataclass(frozen=True, kw_only=True)
class NoteThreeWay(CaseCommand):
    """三方转接: somebody is asked into a call about a case, has come, or has not.

    Attributes:
        to: Whom: one of `phone_calls.THIRD`.
        deed: `phone_calls.ASKED`, `CONNECTED` or `FAILED`.
        at: When, by the desk's clock; it may wait in the outbox.
        call: The telephone system's name for the call, or "" where there is none.
        reason: One of `phone_calls.REASONS`, or "".
    """

    needs = frozenset({Role.ACCEPTOR})

    to: str
    deed: str
    at: datetime
    call: str = ""
    reason: str = ""
