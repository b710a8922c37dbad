"""Everything crosses to the UI thread by the bridge, in order, in helpings."""

import threading
from concurrent.futures import Future
from datetime import timedelta

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DeskKit
from PySide6.QtCore import QObject, QThread, Slot
from PySide6.QtWidgets import QApplication

from console import bridge
from console.bridge import ASK_AGAIN_S, CHANGES_AT_ONCE
from dispatch.case_commands import MakePromise, TurnCase
from dispatch.changes import UnitFix, UnitsMoved
from dispatch.commands import ReportCase
from dispatch.geo import moved
from dispatch.people import Actor, Role
from dispatch.questions import FindPlaces

EVERYONE = Actor("全能", "1号席", frozenset(Role) - {Role.DEVICE, Role.SYSTEM})


def test_changes_arrive_on_the_ui_thread(qtbot, kit: DeskKit):
    threads = []
    kit.desk.moved.connect(lambda _moved: threads.append(QThread.currentThread()))
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 1)
    assert set(threads) == {kit.desk.thread()}
    assert len(kit.board.alarms) == 1


def test_answers_arrive_on_the_ui_thread(qtbot, kit: DeskKit):
    got = []
    kit.bridge.when_done(
        kit.desk.ask(FindPlaces(text="桃源", limit=3)),
        lambda future: got.append((threading.get_ident(), future.result())),
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0] == threading.get_ident()
    assert any("桃源" in place.name for place in got[0][1])


class Gone(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    @Slot(object)
    def hear(self, _future: object) -> None:
        self.heard += 1


def test_a_widget_that_is_gone_hears_nothing(qtbot, kit: DeskKit):
    from shiboken6 import delete

    gone, here = Gone(), Gone()
    future: Future[int] = Future()
    kit.bridge.when_done(future, gone.hear)
    kit.bridge.when_done(future, here.hear)
    delete(gone)
    future.set_result(1)
    qtbot.waitUntil(lambda: here.heard == 1)


def test_a_flood_is_taken_in_helpings(qtbot, kit: DeskKit):
    """Between two helpings the person gets a turn."""
    number = kit.board.number
    changes = [
        UnitsMoved(
            number=number + index + 1,
            at=kit.clock(),
            actor="W01",
            seat="",
            command_id=f"c{index}",
            fixes=(
                UnitFix(
                    unit_id="W01",
                    point=moved(CENTRE, index % 360, 50),
                    point_at=kit.clock(),
                    accuracy_m=5.0,
                    doubt="",
                ),
            ),
        )
        for index in range(20 * CHANGES_AT_ONCE)
    ]
    helpings = []
    kit.desk.moved.connect(lambda moved: helpings.append(moved))
    threading.Thread(target=kit.bridge._put_changes, args=(changes,)).start()
    qtbot.waitUntil(lambda: kit.board.number == number + len(changes), timeout=10_000)
    assert len(helpings) == 20
    assert all("W01" in helping.units for helping in helpings)


def test_what_took_long_is_followed_by_a_rest_in_which_changes_gather(
    qtbot, kit: DeskKit, monkeypatch
):
    qtbot.waitUntil(lambda: not kit.bridge._inbox)
    monkeypatch.setattr(bridge, "SLICE_S", 0.0)  # whatever is taken took long
    monkeypatch.setattr(bridge, "REST", 1e6)
    monkeypatch.setattr(bridge, "MOST_REST_S", 3600.0)
    number, helpings = kit.board.number, []
    kit.desk.moved.connect(lambda moved: helpings.append(moved))

    def walk(step: int) -> UnitsMoved:
        said = {"actor": "W01", "seat": "", "command_id": f"c{step}"}
        return UnitsMoved(number=number + step, at=kit.clock(), fixes=(), **said)

    kit.bridge._put_changes([walk(1)])
    qtbot.waitUntil(lambda: kit.board.number == number + 1)
    for step in (2, 3, 4):
        kit.bridge._put_changes([walk(step)])
        QApplication.processEvents()
    assert kit.board.number == number + 1
    kit.bridge._rest_until = 0.0
    kit.bridge._drain()
    assert kit.board.number == number + 4
    assert len(helpings) == 2


@pytest.mark.expected_log("lookout.bridge", "lost the thread")
def test_a_gap_loads_the_board_afresh(qtbot, kit: DeskKit):
    number = kit.board.number
    change = UnitsMoved(
        number=number + 5,
        at=kit.clock(),
        actor="W01",
        seat="",
        command_id="c",
        fixes=(),
    )
    everything = []
    kit.desk.moved.connect(lambda moved: everything.append(moved.everything))
    kit.bridge._put_changes([change])
    qtbot.waitUntil(lambda: True in everything)
    assert kit.board.number >= number


def test_a_case_that_comes_back_comes_with_its_log(qtbot, kit: DeskKit):
    report = ReportCase(
        actor=EVERYONE, category="6002", place_name="老街", point=CENTRE
    )
    case_id = kit.client.do(report).value
    ended = TurnCase(actor=EVERYONE, case_id=case_id, action="reject", text="不归")
    kit.client.do(ended)
    kit.clock.go(hours=25)
    kit.alarm()
    qtbot.waitUntil(
        lambda: len(kit.board.cases) == 1 and case_id not in kit.board.cases
    )
    due_at = kit.clock() + timedelta(days=1)
    kit.client.do(
        MakePromise(actor=EVERYONE, case_id=case_id, what="修灯", due_at=due_at)
    )
    qtbot.waitUntil(lambda: len(kit.board.entries(case_id)) == 3)
    assert kit.bridge.as_of is None


@pytest.mark.expected_log("lookout.bridge", "what the bridge brought failed")
def test_a_slot_that_fails_does_not_stop_the_desk(qtbot, kit: DeskKit):
    future: Future[int] = Future()
    kit.bridge.when_done(future, lambda _done: 1 // 0)
    future.set_result(1)
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 1)


@pytest.mark.expected_log("lookout.bridge", "cannot be applied")
def test_a_change_nobody_can_apply_loads_the_board_afresh(qtbot, kit: DeskKit):
    broken = UnitsMoved(
        number=kit.board.number + 1,
        at=kit.clock(),
        actor="W01",
        seat="",
        command_id="c",
        fixes=(
            UnitFix(
                unit_id="nobody",
                point=CENTRE,
                point_at=kit.clock(),
                accuracy_m=5.0,
                doubt="",
            ),
        ),
    )
    everything = []
    kit.desk.moved.connect(lambda moved: everything.append(moved.everything))
    kit.bridge._put_changes([broken])
    qtbot.waitUntil(lambda: True in everything)
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 1)


@pytest.mark.expected_log("lookout.bridge", "cannot be applied")
@pytest.mark.expected_log("lookout.bridge", "what the bridge brought failed")
def test_a_snapshot_nobody_can_read_is_asked_for_again(qtbot, kit: DeskKit):
    """What is pending meanwhile is settled by the snapshot that comes at last."""
    follow, asked = kit.client.follow, []

    def broken_once(on_snapshot, on_changes, on_link):
        asked.append(1)
        if len(asked) == 1:
            on_snapshot(None)
        else:
            follow(on_snapshot, on_changes, on_link)

    kit.client.follow = broken_once  # type: ignore[method-assign]
    kit.bridge._put_changes([None])  # type: ignore[list-item]
    qtbot.waitUntil(lambda: len(asked) == 1)
    for _ in range(ASK_AGAIN_S):
        kit.bridge._on_second()
    assert len(asked) == 2
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 1)


def test_ticks_and_seconds_come(qtbot, kit: DeskKit):
    with qtbot.waitSignals([kit.desk.tick, kit.desk.second.told], timeout=3000):
        pass


def test_what_is_about_to_move_is_brought_over_from_any_thread(qtbot, kit: DeskKit):
    ticks = kit.bridge._ticks
    ticks._stirs_until = 0.0
    thread = threading.Thread(target=kit.bridge.put_stir)
    thread.start()
    thread.join(10)
    assert ticks._stirs_until == 0.0  # not on that thread
    qtbot.waitUntil(lambda: ticks._stirs_until > 0.0)


def test_after_stop_nothing_arrives(qtbot, kit: DeskKit):
    kit.bridge.stop()
    heard = []
    kit.desk.moved.connect(heard.append)
    kit.alarm()
    with qtbot.assertNotEmitted(kit.desk.tick, wait=100):
        pass
    assert heard == []


def test_the_link_is_told(qtbot, kit: DeskKit):
    qtbot.waitUntil(lambda: kit.desk.link is not None and kit.desk.link.connected)
    kit.client.lose()
    qtbot.waitUntil(lambda: not kit.desk.link.connected)
