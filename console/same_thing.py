"""What may be the same thing as the open case, or as the report being taken down.

Asked of the service, never more than one question at a time for each; what comes back
for something that stands there no more is passed over.
"""

from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch.cases import CaseState
from dispatch.joining import PARTED
from dispatch.kinship import Matter, kindred_of, matter_of
from dispatch.questions import FindKin, Kin
from dispatch.taxonomy import Rules

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

SHOWN = 3
ASK_AFTER_MS = 250


class KinFinder(QObject):
    """Finds what may be the same thing as one matter.

    Thread: UI only.

    Signals:
        changed: `kin` or what is chosen of it is another.

    Attributes:
        kin: What was found, the likeliest first.
    """

    changed = Signal()

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.kin: tuple[Kin, ...] = ()
        self._wanted: FindKin | None = None
        self._asked: FindKin | None = None  # its answer is on its way
        self._chosen: int | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(ASK_AFTER_MS)
        self._soon.timeout.connect(self._ask)

    def look(self, query: FindKin | None) -> None:
        """Look for what may be the same thing; None: for nothing any more."""
        if query is None:
            self._wanted, self._chosen = None, None
            self._soon.stop()
            self._show(())
            return
        before, self._wanted = self._wanted, query
        if before is not None and (before.point, before.kinds) != (
            query.point,
            query.kinds,
        ):
            self._chosen = None
            self._show(())  # what is near the former place has no say here
        if not self._soon.isActive():
            self._soon.start()

    def again(self) -> None:
        """Look again for the same: cases have come and gone."""
        if self._wanted is not None:
            self.look(replace(self._wanted))

    @property
    def chosen(self) -> Kin | None:
        """Return the one a key is about: the likeliest, unless somebody chose."""
        for kin in self.kin:
            if kin.case_id == self._chosen:
                return kin
        return self.kin[0] if self.kin else None

    def choose(self, case_id: int | None) -> None:
        """Let the key be about another one."""
        if case_id != self._chosen:
            self._chosen = case_id
            self.changed.emit()

    def _ask(self) -> None:
        link = self._desk.link
        query = self._wanted
        if query is None or self._asked is not None:
            return  # the answer on its way asks again
        if link is None or not link.connected:
            return
        self._asked = query
        future = self._desk.ask(query)
        self._desk.bridge.when_done(future, partial(self._take, query))

    def _take(self, query: FindKin, future: "Future[Any]") -> None:
        self._asked = None
        if query is not self._wanted:
            if self._wanted is not None:
                self._soon.start()
            return
        failed = future.cancelled() or future.exception() is not None
        self._show(() if failed else future.result())

    def _show(self, kin: tuple[Kin, ...]) -> None:
        if kin != self.kin:
            self.kin = kin
            if self._chosen is None and kin:  # a newer one never slips under the key
                self._chosen = kin[0].case_id
            self.changed.emit()


class SameThing(QObject):
    """What may be the same thing, at this desk.

    Thread: UI only.

    Attributes:
        case: For the open case.
        report: For the report at hand.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._stale = False
        self._parting: int | None = None  # which joined report somebody chose
        self.case = KinFinder(desk, self)
        self.report = KinFinder(desk, self)
        desk.case_opened.connect(self._on_case)
        desk.moved.connect(self._on_moved)
        desk.second.connect(self._on_second)

    @property
    def at_hand(self) -> KinFinder:
        """Return what the keys are about now."""
        return self.report if self._desk.actions.is_reporting() else self.case

    def to_part(self) -> int | None:
        """Return which report a key would part from its main case, or None."""
        case = self._desk.case
        if case is None:
            return None
        if case.state is CaseState.MERGED:
            return case.case_id
        ids = [each.case_id for each in case.course.joined]
        if self._parting in ids:
            return self._parting
        return ids[-1] if ids else None

    def choose_to_part(self, case_id: int) -> None:
        """Let the key be about another one of the reports that were joined."""
        self._parting = case_id
        self.case.changed.emit()

    def was_parted(self, kin: Kin) -> bool:
        """Return whether somebody has parted it from the open case before."""
        case = self._desk.case
        if case is None:
            return False
        return self._parted(case.case_id, kin.number) or self._parted(
            kin.case_id, case.number
        )

    def _parted(self, case_id: int, number: str) -> bool:
        return any(
            entry.action == PARTED and entry.text == number
            for entry in self._desk.board.entries(case_id)
        )

    def _on_case(self, _case_id: int | None) -> None:
        self._parting = None
        self.case.look(None)
        self._renew()

    def _on_moved(self, moved: "Moved") -> None:
        if moved.everything or moved.cases:
            self._stale = True

    def _on_second(self) -> None:
        if self._stale:
            self._renew()
            self.report.again()

    def _renew(self) -> None:
        self._stale = False
        case = self._desk.case
        if (
            case is None
            or not case.state.is_open
            or self._desk.actor.scope is not None  # a station knows its own alone
        ):
            self.case.look(None)
            return
        rules = self._desk.actions.taxonomy.rules
        self.case.look(query_of(matter_of(case), rules, case_id=case.case_id))


def query_of(matter: Matter, rules: Rules, *, case_id: int | None = None) -> FindKin:
    """Return the question what may be the same thing, by a town's rules."""
    kinds = (matter.category, *kindred_of(matter.category, rules))
    return FindKin(
        point=matter.point,
        at=matter.at,
        kinds=kinds if matter.category else (),
        place_name=matter.place_name,
        phone=matter.phone,
        drill=matter.drill,
        case_id=case_id,
        within_m=rules.merge_m,
        within_hours=rules.merge_hours,
        limit=SHOWN,
    )
