import time

import pytest

from console.layers import slices as module
from console.layers.slices import Slices

SECONDS = 1000


def painting(steps: int, seen: list[int], closed: list[bool]):
    try:
        for step in range(steps):
            seen.append(step)
            time.sleep(module.SLICE_S)  # each step is a slice of its own
            yield
    finally:
        closed.append(True)
    return "image"


def test_work_is_done_in_slices_and_its_result_told(qtbot):
    made, seen, closed = Slices(), [], []
    with qtbot.waitSignal(made.finished, timeout=5 * SECONDS) as told:
        made.begin(painting(4, seen, closed))
        assert made.busy
        assert not seen  # nothing before the window had its turn
    assert told.args == ["image"]
    assert seen == [0, 1, 2, 3]
    assert closed == [True]
    assert not made.busy
    assert made.spent_ms >= 4 * module.SLICE_S * 1000
    assert made.longest_ms < made.spent_ms


def test_work_that_nobody_wants_any_more_is_closed(qtbot):
    made, seen, closed = Slices(), [], []
    made.begin(painting(1000, seen, closed))
    qtbot.waitUntil(lambda: bool(seen), timeout=5 * SECONDS)
    with qtbot.waitSignal(made.finished, timeout=5 * SECONDS):
        made.begin(painting(1, [], []))
    assert closed == [True]
    assert len(seen) < 1000


def test_work_that_fails_is_heard_of_once(qtbot):
    made = Slices()

    def fails():
        raise ValueError("bad ground")
        yield

    with qtbot.captureExceptions() as heard:
        made.begin(fails())
        qtbot.waitUntil(lambda: not made.busy, timeout=5 * SECONDS)
        qtbot.wait(10 * module.PAUSE_MS)
    assert [str(each[1]) for each in heard] == ["bad ground"]
    with pytest.raises(qtbot.TimeoutError), qtbot.waitSignal(made.finished, timeout=50):
        pass
