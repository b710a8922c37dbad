"""Who else looks at a case now: what is open at the other desks, by their heartbeat.

Nothing of it is stored, and nothing follows from it: it keeps two seats from doing the
same thing. A desk that is gone is gone from here some seconds later.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

if TYPE_CHECKING:
    from console.desk import Desk


class Lookers(QObject):
    """Says what is open here, and hears what is elsewhere, each second.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._heard: tuple[tuple[str, int], ...] = ()
        desk.second.connect(self.renew)
        desk.case_opened.connect(self.renew)

    def renew(self, *_ignored: object) -> None:
        """Say, and hear."""
        desk = self._desk
        desk.bridge.look(desk.actor.seat, desk.open_case_id)
        heard = desk.bridge.looking
        if heard != self._heard:
            self._heard = heard
            desk.pending_changed.emit()  # rows and the case are painted anew

    def seats(self, case_id: int | None) -> str:
        """Return the other seats at which a case is open, or ""."""
        found = {seat or self._nameless() for seat, at in self._heard if at == case_id}
        return " · ".join(sorted(found))

    def there(self) -> list[str]:
        """Return the other seats of the command room that are there now, by name."""
        return sorted({seat for seat, at in self._heard if not at and seat})

    def text(self, case_id: int | None) -> str:
        """Return that in words, or ""."""
        seats = self.seats(case_id)
        said = QCoreApplication.translate("Lookers", "open at {seats}")
        return said.format(seats=seats) if seats else ""

    def _nameless(self) -> str:
        return QCoreApplication.translate("Lookers", "another seat")
