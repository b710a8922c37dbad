"""The words of pages on a wall: no names or telephone numbers of persons.

A whole room reads a wall. Who is at a case stands there as role or kind, a name the
registers know as 张*, a telephone number as asterisks. Before visitors only what is
known to be public is left (`visitor_words`).
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject

from console import words
from console.tiles.wording import Wording
from console.unit_kinds import UnitKind, kind_of, name_and_members, title_of
from console.visitors import Visitors
from dispatch.cameras import Camera
from dispatch.cases import Case
from dispatch.units import Unit

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

HIDDEN: Final = "***"
# Seven digits and more, also written apart: 139 0573 1234. A date has dots or 月.
_TELEPHONE: Final = re.compile(r"(?<!\d)\d(?:[ -]?\d){6,}(?!\d)")
_BETWEEN: Final = re.compile(r"[、,，/; ]+")
# A vehicle's or a post's name is no person's.
_PEOPLE: Final = frozenset({UnitKind.STAFF, UnitKind.POLICE, UnitKind.VOLUNTEER})


class WallWording(QObject, Wording):
    """What may be read on a wall now.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", visitors: Visitors, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._visitors = visitors
        self._names: re.Pattern[str] | None = None
        desk.moved.connect(self._on_moved)

    def place(self, case: Case) -> str:
        """Return where a case is; before visitors its road or community at most."""
        if self._visitors.on:
            return self._visitors.words().place(case.place_name, case.grid_code)
        return self._nameless(case.place_name)

    def camera(self, camera: Camera) -> str:
        """Return what a camera is called; before visitors its road or community."""
        if self._visitors.on:
            return self._visitors.words().place(camera.name, camera.grid_code)
        return self._nameless(camera.name)

    def unit(self, unit: Unit) -> str:
        """Return the role of who is at it; before visitors no more than the kind."""
        kind = title_of(kind_of(unit))
        return kind if self._visitors.on else unit.role or kind

    def department(self, name: str) -> str:
        """Return whose cases these are; before visitors nothing."""
        return "" if self._visitors.on else self._nameless(name)

    def notice(self, text: str) -> str:
        """Return a notice; before visitors only one that was put up before them."""
        if self._visitors.on and not self._visitors.may_read(text):
            return QCoreApplication.translate("WallWindow", "Held back")
        return self._nameless(text)

    # -- within ----------------------------------------------------------------------

    def _nameless(self, text: str) -> str:
        if self._names is None:
            known = sorted(set(self._persons()), key=lambda each: (-len(each), each))
            # Nothing matches (?!): a town without names hides none.
            self._names = re.compile("|".join(map(re.escape, known)) or "(?!)")
        hidden = self._names.sub(lambda found: words.masked(found[0]), text)
        return _TELEPHONE.sub(HIDDEN, hidden)

    def _persons(self) -> Iterator[str]:
        """Yield every name of a person that the registers know."""
        board = self._desk.board
        for place in board.places.values():
            yield from _names_in(place.contact)
        for unit in board.units.values():
            own, members = name_and_members(unit)
            if kind_of(unit) in _PEOPLE:
                yield from _names_in(own)
            yield from _names_in(members)

    def _on_moved(self, moved: "Moved") -> None:
        if moved.everything or moved.places or moved.units:
            self._names = None


def _names_in(text: str) -> Iterator[str]:
    """Yield the names of persons in a list of names; of one letter there are none."""
    for each in _BETWEEN.split(text):
        number = any(letter.isdigit() for letter in each)
        if len(each) > 1 and not number and not words.is_organisation(each):
            yield each
