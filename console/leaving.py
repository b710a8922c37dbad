"""Whether the desk may be closed: while lives may hang on it, it asks first.

It asks in the top bar, not in a box: nothing covers the alarm, and whoever pressed by
mistake goes on working.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from console.desk import Desk

ASKS = timedelta(seconds=10)
URGENT = 2  # severities up to this one are asked about


class Leaving:
    """What was asked before closing, and until when the answer counts.

    Thread: UI only.

    Attributes:
        settled: The desk ends in any case: nobody is asked.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._asked_at: datetime | None = None
        self._let_go_at: datetime | None = None
        self.settled = False

    def may_close(self) -> bool:
        """Return whether to close now; where not, begin to ask."""
        if self.settled or self._is_let_go() or not self._why() or self.text():
            return True
        self._asked_at = self._desk.clock()
        return False

    def let_go(self) -> None:
        """Ask nobody for a while: the session ends, unless it is called off."""
        self._let_go_at = self._desk.clock()

    def text(self) -> str:
        """Return the question while it stands, or nothing."""
        asked, why = self._asked_at, self._why()
        if asked is None or not why or self._desk.clock() - asked > ASKS:
            return ""
        text = QCoreApplication.translate(
            "Leaving", "✕ {why}. Close again within 10 s to close the desk"
        )
        return text.format(why=why)

    def _is_let_go(self) -> bool:
        at = self._let_go_at
        return at is not None and self._desk.clock() - at <= ASKS

    def _why(self) -> str:
        board = self._desk.board
        urgent = sum(
            case.state.is_open and case.severity <= URGENT
            for case in board.cases.values()
        )
        if urgent:
            text = QCoreApplication.translate(
                "Leaving", "{n} urgent cases are not closed"
            )
            return text.format(n=urgent)
        waiting = sum(
            alarm.acknowledged_at is None and not alarm.test
            for alarm in board.alarms.values()
        )
        text = QCoreApplication.translate("Leaving", "{n} alarms are unacknowledged")
        return text.format(n=waiting) if waiting else ""
