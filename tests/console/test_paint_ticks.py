"""When the desk paints, against the workers' rounds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTimer

from console.paint_ticks import REST_ROUNDS, STIRS_S, PaintTicks, next_tick
from video.contract import ROUND_S, TICK_AFTER_S


def test_it_comes_a_moment_after_the_next_round_begins():
    begun = 300 * ROUND_S
    assert next_tick(begun) == pytest.approx(begun + TICK_AFTER_S)


def test_one_that_comes_in_time_is_followed_by_the_next():
    due = 300 * ROUND_S + TICK_AFTER_S
    assert next_tick(due) == pytest.approx(due + ROUND_S)
    assert next_tick(due + 0.3 * ROUND_S) == pytest.approx(due + ROUND_S)


def test_a_late_one_leaves_out_what_it_missed():
    due = 300 * ROUND_S + TICK_AFTER_S
    assert next_tick(due + 0.9 * ROUND_S) == pytest.approx(due + 2 * ROUND_S)
    assert next_tick(due + 7.9 * ROUND_S) == pytest.approx(due + 9 * ROUND_S)


@given(st.floats(0.0, 1e7))
def test_ticks_neither_bunch_nor_stay_away(now):
    wait = next_tick(now) - now
    assert 0.499 * ROUND_S < wait < 1.501 * ROUND_S


def test_a_window_that_was_held_up_gets_one_tick_not_many(qtbot):
    ticks = PaintTicks()
    came: list[float] = []
    ticks.tick.connect(lambda: came.append(time.monotonic()))
    ticks.start()
    time.sleep(6 * ROUND_S)  # the window's thread does something else
    assert not came
    QCoreApplication.processEvents()
    assert len(came) == 1
    qtbot.waitUntil(lambda: len(came) > 1, timeout=30_000)
    ticks.stop()


def test_ticks_go_on_while_one_waits_for_a_dialog(qtbot):
    ticks = PaintTicks()
    came: list[float] = []

    def opens_a_dialog() -> None:
        came.append(time.monotonic())
        if len(came) == 1:
            qtbot.waitUntil(lambda: len(came) >= 3, timeout=30_000)

    ticks.tick.connect(opens_a_dialog)
    ticks.start()
    qtbot.waitUntil(lambda: len(came) >= 3, timeout=30_000)
    ticks.stop()


def test_stopped_or_gone_it_ticks_no_more(qtbot):
    ticks = PaintTicks()
    ticks.start()
    (timer,) = ticks.findChildren(QTimer)
    assert timer.isActive()
    ticks.stop()
    assert not timer.isActive()
    with qtbot.assertNotEmitted(ticks.tick, wait=100):
        pass


@given(st.floats(0.0, 1e7))
def test_at_rest_it_comes_in_every_third_round(now):
    wait = next_tick(now, REST_ROUNDS) - now
    assert wait == pytest.approx(next_tick(now) - now + (REST_ROUNDS - 1) * ROUND_S)


def test_what_stirs_brings_the_next_round_and_a_while_of_them(
    qapp, monkeypatch: pytest.MonkeyPatch
):
    now = 300 * ROUND_S + TICK_AFTER_S
    monkeypatch.setattr(time, "monotonic", lambda: now)
    ticks = PaintTicks()
    (timer,) = ticks.findChildren(QTimer)
    ticks.stir()  # before it starts: nothing to hurry
    assert not timer.isActive()
    now += 2 * STIRS_S
    ticks.start()
    rest_ms = timer.interval()
    assert rest_ms == pytest.approx(1000 * REST_ROUNDS * ROUND_S, abs=1.1)
    ticks.stir()
    assert timer.interval() == pytest.approx(1000 * ROUND_S, abs=1.1)
    now += 0.9 * STIRS_S
    ticks.start()
    assert timer.interval() < rest_ms / 2
    now += 0.2 * STIRS_S
    ticks.start()
    assert timer.interval() > rest_ms / 2
    ticks.stop()
