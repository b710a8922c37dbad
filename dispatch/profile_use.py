"""Which profile a town goes by, and who chose it.

The newest row of `profile_uses` holds. A town for which nobody chose goes by 姚庄. What it
alters of a profile's rules over readings comes on top.
"""

from dataclasses import dataclass
from datetime import datetime

from dispatch.commands import Command
from dispatch.people import Role
from dispatch.rule_changes import RuleChange

DEFAULT = "yaozhuang"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileUse:
    """A profile that is gone by.

    Attributes:
        profile: Its name.
        at: Since when (UTC); None: nobody chose.
        actor: Who chose it, or "".
        seat: From where, or "".
        altered: What the town alters of its rules over readings, each rule once.
    """

    profile: str = DEFAULT
    at: datetime | None = None
    actor: str = ""
    seat: str = ""
    altered: tuple[RuleChange, ...] = ()


NOBODY_CHOSE = ProfileUse()


@dataclass(frozen=True, kw_only=True)
class UseProfile(Command):
    """Go by another profile from now on; clocks that run keep their limits.

    Attributes:
        profile: Its name, one of `dispatch.profiles.profile_names`.
    """

    needs = frozenset({Role.TECHNICIAN})

    profile: str
