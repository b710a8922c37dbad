"""The open case says that it will be late, once similar cases say so."""

from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from window_kit import raise_alarm

from console.forecasts import FRESH
from console.main_window import MainWindow
from dispatch.course import Limit, Stage, StageClock
from dispatch.questions import SimilarTook


def test_a_case_that_will_be_late_says_so_before_it_is(
    qtbot, kit: DeskKit, window: MainWindow, monkeypatch
):
    desk, head = kit.desk, window.case.head
    case_id = raise_alarm(qtbot, kit)
    asked: list[SimilarTook] = []
    took = [float(hours * 3600) for hours in (1, 3, 4, 5, 6, 7)]
    usual = desk.ask

    def ask(query: object) -> "Future[object]":
        if not isinstance(query, SimilarTook):
            return usual(query)
        asked.append(query)
        done: Future[object] = Future()
        done.set_result(tuple(took))
        return done

    monkeypatch.setattr(desk, "ask", ask)
    case = kit.board.cases[case_id]
    now = kit.clock()
    clock = StageClock(
        stage=Stage.HANDLE,
        begun_at=now,
        limit=Limit(code="urgent_hour", value=2),
        due_at=now + timedelta(hours=2),
    )

    def stands(due: timedelta) -> None:
        running = replace(clock, due_at=now + due)
        course = replace(case.course, clocks=(running,))
        kit.board.cases[case_id] = replace(case, course=course)

    stands(timedelta(hours=2))
    desk.open_case(case_id)
    qtbot.waitUntil(lambda: bool(asked))
    forecasts = head.forecasts

    def is_late() -> bool:
        stands(timedelta(hours=2))  # opening it was written down, and took that back
        return bool(forecasts.said(kit.board.cases[case_id]))

    qtbot.waitUntil(is_late)
    assert [query.category for query in asked] == [case.category]
    said = forecasts.said(kit.board.cases[case_id])
    assert "6 similar" in said
    assert any(text == said for _, text in head.facts())
    stands(timedelta(hours=5))
    assert forecasts.said(kit.board.cases[case_id]) == "", "it will be in time"
    stands(timedelta(seconds=-1))
    assert forecasts.said(kit.board.cases[case_id]) == "", "it is late already"

    # Opened again, what is known is fresh enough; later it is asked anew.
    stands(timedelta(hours=2))
    desk.open_case(None)
    desk.open_case(case_id)
    assert len(asked) == 1
    kit.clock.go(minutes=FRESH.total_seconds() / 60 + 1)
    desk.open_case(None)
    desk.open_case(case_id)
    assert len(asked) == 2
