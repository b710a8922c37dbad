"""画面不符: a camera does not show what it should, says somebody who looks at it.

It was turned, it stands elsewhere than the register says, something grew before it.
From then on no desk takes it for a good view, until somebody says that it is right
again. Who said so, and when, is written down beside the looks at cameras.
"""

from dataclasses import dataclass
from datetime import datetime

from dispatch.commands import Command
from dispatch.people import Role

#: What the log of looks says of them, in place of why somebody looked.
FLAGGED, TAKEN_BACK = "wrong_view", "wrong_view_taken_back"


@dataclass(frozen=True, kw_only=True)
class FlagWrongView(Command):
    """画面不符: lower a camera at every seat.

    One that is flagged already stays as it was flagged first.

    Attributes:
        camera_id: Which camera.
        case_id: The case it was looked at for, or None.
        at: When, by the desk's clock.
    """

    needs = frozenset({Role.ACCEPTOR})

    camera_id: str
    case_id: int | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TakeBackWrongView(FlagWrongView):
    """The camera shows what it should after all, or again; none is refused."""
