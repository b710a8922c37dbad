"""What will be late, by what similar cases took: asked once for a kind, and said in words."""

from concurrent.futures import Future
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from console import words
from console.pending import refusal_in
from dispatch.cases import Case
from dispatch.course import Stage
from dispatch.forecast import forecast
from dispatch.questions import SimilarTook

if TYPE_CHECKING:
    from console.desk import Desk

FRESH: Final = timedelta(minutes=10)  # what similar cases took is good for so long


class Forecasts(QObject):
    """Knows how long cases of the open one's kind took, from the store.

    Thread: UI only.

    Signals:
        changed: An answer came.
    """

    changed = Signal()

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._took: dict[str, tuple[datetime, list[timedelta]]] = {}
        desk.case_opened.connect(self._ask)

    def said(self, case: Case) -> str:
        """Return that a case will be late, in words, or "" where nothing says so.

        Nor is it said of one whose time is up: that stands there already.
        """
        now = self._desk.clock()
        clock = case.course.clock(Stage.HANDLE)
        _, took = self._took.get(case.category, (now, []))
        if clock is None or clock.due_at is None or now > clock.due_at:
            return ""
        expected = forecast(clock, took, now)
        if expected is None or not expected.late:
            return ""
        at = words.clock_time(expected.expected_at, now=now, zone=self._desk.zone)
        text = self.tr("likely late: done about {when}, as {n} similar cases took")
        return text.format(when=at, n=expected.similar)

    def _ask(self, _case_id: int | None) -> None:
        case, now = self._desk.case, self._desk.clock()
        if case is None or not case.state.is_open:
            return
        asked_at, took = self._took.get(case.category, (None, []))
        if asked_at is not None and now - asked_at < FRESH:
            return
        self._took[case.category] = now, took  # until the answer is here
        future = self._desk.ask(SimilarTook(category=case.category))
        self._desk.bridge.when_done(future, partial(self._take, case.category))

    def _take(self, category: str, future: "Future[Any]") -> None:
        if future.exception() is not None or refusal_in(future) is not None:
            self._took.pop(category, None)  # the service is away: asked anew
            return
        took = [timedelta(seconds=each) for each in future.result()]
        self._took[category] = self._desk.clock(), took
        self.changed.emit()
