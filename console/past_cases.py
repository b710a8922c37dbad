"""Cases that the board holds no longer, read from the store when somebody opens them.

A board keeps what closed in the last day. Whoever opens a case that was found by search
is written down, whether it stands on the board or not.
"""

from collections import ChainMap
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.looked_at import REMEMBERED
from console.pending import refusal_in
from dispatch.board import Moved
from dispatch.cases import Case, LogEntry
from dispatch.commands import Refused
from dispatch.numbers import OPENED, REPORTER, NumberOf
from dispatch.questions import ReadCase, WholeCase

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from typing import Any

    from console.desk import Desk

    Done = Callable[[Refused | None], object]


class PastCases(QObject):
    """What this desk has read of the store's cases besides those on the board.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._read: dict[int, WholeCase] = {}
        self._cases: dict[int, Case] = {}

    def known(self) -> Mapping[int, Case]:
        """Return every case that can be shown: those on the board, then these."""
        return ChainMap(self._desk.board.cases, self._cases)

    def case(self, case_id: int) -> Case | None:
        """Return a case that can be shown, or None; asked many times a paint."""
        found = self._desk.board.cases.get(case_id)
        return self._cases.get(case_id) if found is None else found

    def entries(self, case_id: int) -> tuple[LogEntry, ...]:
        """Return the whole log of a case that can be shown."""
        read = self._read.get(case_id)
        return self._desk.board.entries(case_id) if read is None else read.entries

    def open_found(self, case_id: int, done: "Done") -> None:
        """Open a case that was found by search, and have that written down.

        Args:
            case_id: Which.
            done: Told once it is open, or why it cannot be opened.
        """
        if case_id in self.known():
            self._open(case_id)
            done(None)
            return
        self._ask(case_id, lambda refused: self._open_read(case_id, refused, done))

    def renew(self, moved: Moved) -> None:
        """Read those again that have changed since: the board may not hold them."""
        for case_id in self._read if moved.everything else moved.cases:
            if case_id in self._read:
                self._ask(case_id, lambda _refused: None)

    # -- inside -----------------------------------------------------------------------

    def _open_read(self, case_id: int, refused: Refused | None, done: "Done") -> None:
        if refused is None:
            self._open(case_id)
        done(refused)

    def _open(self, case_id: int) -> None:
        owners = (NumberOf(kind=REPORTER),)
        self._desk.actions.note_numbers(case_id, owners, deed=OPENED)
        self._desk.open_case(case_id)

    def _ask(self, case_id: int, done: "Done") -> None:
        future = self._desk.ask(ReadCase(case_id=case_id))
        # A bound method: it is not called once the desk is gone.
        self._desk.bridge.when_done(future, partial(self._take, case_id, done))

    def _take(self, case_id: int, done: "Done", future: "Future[Any]") -> None:
        refused = refusal_in(future)
        if refused is None:
            whole: WholeCase = future.result()
            if whole.case is None:
                refused = Refused("case_unknown", f"there is no case {case_id}")
            else:
                self._keep(case_id, whole, whole.case)
        done(refused)

    def _keep(self, case_id: int, whole: WholeCase, case: Case) -> None:
        self._read.pop(case_id, None)
        self._read[case_id] = whole
        self._cases[case_id] = case
        for old in list(self._read)[:-REMEMBERED]:
            if old != self._desk.open_case_id:
                del self._read[old], self._cases[old]
        if case_id == self._desk.open_case_id:
            self._desk.moved.emit(Moved(cases=frozenset({case_id})))
