"""Which profile a town goes by, and who chose it.

The newest row of `profile_uses` holds. A town for which nobody chose goes by 姚庄.
"""

from dataclasses import dataclass
from datetime import datetime

from dispatch.commands import Command
from dispatch.people import Role

DEFAULT = "yaozhuang"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileUse:
    """A profile that is gone by.

    Attributes:
        profile: Its name.
        at: Since when (UTC); None: nobody chose.
        actor: Who chose it, or "".
        seat: From where, or "".
    """

    profile: str = DEFAULT
    at: datetime | None = None
    actor: str = ""
    seat: str = ""


NOBODY_CHOSE = ProfileUse()


@dataclass(frozen=True, kw_only=True)
class UseProfile(Command):
    """Go by another profile from now on; clocks that run keep their limits.

    Attributes:
        profile: Its name, one of `dispatch.profiles.profile_names`.
    """

    needs = frozenset({Role.TECHNICIAN})

    profile: str
