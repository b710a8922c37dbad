"""What this seat does, chosen in the window until accounts exist; nobody checks it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from dispatch.people import Role

if TYPE_CHECKING:
    from console.desk import Desk

ALL: Final = ""
#: Whoever sits at a desk looks at pictures and takes reports; one part more, or all.
PARTS: Final = (
    ALL,
    Role.ACCEPTOR,
    Role.DISPATCHER,
    Role.SHIFT_LEADER,
    Role.DEPARTMENT,
)


class Seat(QObject):
    """Which of the roles that it was started with a seat has now, until its end.

    It never has one that it was not started with: `--no-leader` stays so.

    Thread: UI only.

    Signals:
        changed: The roles are others now.

    Attributes:
        part: One of `PARTS`.
    """

    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._roles = desk.actor.roles
        self.part: str = ALL

    def parts(self) -> tuple[str, ...]:
        """Return what can be chosen here."""
        return tuple(part for part in PARTS if part == ALL or part in self._roles)

    def choose(self, part: str) -> None:
        """Have these roles from now on, in whatever is asked from here."""
        desk = self._desk
        self.part = part
        roles = self._roles & {Role.ACCEPTOR, Role(part)} if part else self._roles
        desk.actor = replace(desk.actor, roles=roles)
        # A sealed camera may be seen now, or may not be any more.
        desk.wants.renew([c.camera_id for c in desk.board.cameras.values() if c.sealed])
        self.changed.emit()
        desk.pending_changed.emit()
