"""Who could be sent to the open case, and who of them is chosen.

Working it out takes some 7 ms (measured), so that an opened case has it done in a turn of its
own. Who asks before that turn is told what holds for this case all the same: no key
finds nobody, nor whom was chosen for the case before.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from dispatch.recommending import (
    UnitSuggestion,
    is_free,
    suggest_units,
    suggestion_of,
)

if TYPE_CHECKING:
    from console.desk import Desk


class Suggested:
    """The units for the open case, best first, and whom the send key would send.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._units: list[UnitSuggestion] = []
        self._highlighted: str | None = None
        self._is_due = False  # they are to be worked out in the next turn
        self._is_new = False  # another case was opened since they were
        self._later = QTimer(desk, singleShot=True, interval=0)
        self._later.timeout.connect(self._hold)

    def begin(self) -> None:
        """Begin anew, another case was opened; its people come in the next turn."""
        self._desk.people.clear()
        self._units, self._highlighted = [], None  # chosen for another case
        self._is_new = True
        self.renew_soon()

    def renew_soon(self) -> None:
        """Bring up to date in the next turn who could be sent, or when it is asked."""
        self._is_due = True
        self._later.start()

    def units(self) -> list[UnitSuggestion]:
        """Return who could be sent to the open case, best first."""
        self._hold()
        return self._units

    def highlighted(self) -> str | None:
        """Return who is chosen, or None."""
        self._hold()
        return self._highlighted

    def highlight(self, unit_id: str | None) -> None:
        """Choose somebody, or nobody."""
        self._hold()
        self._choose(unit_id)

    def highlight_next(self, step: int) -> None:
        """Choose the next of the people on show, round and round."""
        self._hold()
        self._desk.people.touch()
        ids = [row.unit.unit_id for row in self._desk.people.rows]
        if not ids:
            return
        if self._highlighted in ids:
            index = (ids.index(self._highlighted) + step) % len(ids)
        else:
            index = 0
        self._choose(ids[index])

    def _renew(self) -> None:
        desk, case = self._desk, self._desk.case
        opened, self._is_due, self._is_new = self._is_new, False, False
        found: list[UnitSuggestion] = []
        if case is not None and case.state.is_unsent:
            found = suggest_units(
                desk.board, case, desk.clock(), taxonomy=desk.actions.taxonomy
            )
        renewed = found != self._units
        self._units = found
        # The choice stays with the person, whatever the order does meanwhile:
        # the name in the button must not change under the hand.
        chosen = self._highlighted
        if not found or not self._is_free(chosen):
            chosen = found[0].unit.unit_id if found else None
        changed = opened or chosen != self._highlighted
        self._highlighted = chosen
        shown = self._show()
        if changed:
            desk.highlighted_changed.emit()
        if shown or renewed:
            desk.suggestions_changed.emit()

    def _hold(self) -> None:
        """Work out now what is still to come."""
        if self._is_due:
            self._renew()

    def _choose(self, unit_id: str | None) -> None:
        if unit_id != self._highlighted:
            self._highlighted = unit_id
            self._show()
            self._desk.highlighted_changed.emit()

    def _is_free(self, unit_id: str | None) -> bool:
        unit = self._desk.board.units.get(unit_id or "")
        return unit is not None and is_free(unit)

    def _show(self) -> bool:
        """Bring the people on show up to date; return whether that changed them."""
        desk, case, unit_id = self._desk, self._desk.case, self._highlighted
        suggested = (each for each in self._units if each.unit.unit_id == unit_id)
        extra = next(suggested, None)
        if (
            extra is None
            and self._is_free(unit_id)
            and case is not None
            and self._units
        ):
            extra = suggestion_of(
                desk.board,
                case,
                desk.board.units[unit_id or ""],
                desk.clock(),
                taxonomy=desk.actions.taxonomy,
            )
        return desk.people.show(self._units, extra)
