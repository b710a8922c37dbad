"""What a unit that was sent says on the telephone, as a desk asks to have it entered."""

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
