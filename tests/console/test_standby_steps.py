"""What only stands ready is opened step by step; what somebody looks at is not."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QTimer

from console.standby_steps import EACH_STEP, StandbySteps, next_told
from video.contract import Mode, StreamSpec, Want


def want(stream_id: str, mode: Mode = Mode.STANDBY) -> Want:
    spec = StreamSpec(stream_id=stream_id, main_url=f"rtsp://127.0.0.1/{stream_id}")
    return Want(spec, mode, 400, 224)


def wants(live: int, ready: int) -> dict[str, Want]:
    shown = {f"L{at}": want(f"L{at}", Mode.LIVE) for at in range(live)}
    return shown | {f"S{at}": want(f"S{at}") for at in range(ready)}


@given(st.integers(0, 9), st.integers(0, 70), st.integers(1, 9))
def test_step_by_step_all_of_it_is_told_in_order_of_importance(
    live: int, ready: int, more: int
):
    all_, told, steps = wants(live, ready), dict[str, Want](), 0
    while (longer := next_told(all_, told, more)) != told:
        assert list(longer) == list(all_)[: len(longer)]
        assert len(longer) - max(len(told), live) <= more
        told, steps = longer, steps + 1
    assert told == all_
    assert steps <= 1 + -(-ready // more)


def test_what_is_looked_at_is_told_at_once_and_what_is_left_too():
    told = wants(4, 6)
    later = wants(0, 60)
    later["L2"] = want("L2")  # looked at no more, and not closed for that
    later["S50"] = want("S50", Mode.LIVE)  # called up before its turn has come
    found = next_told(later, told, 0)
    assert list(found) == [*(f"S{at}" for at in range(6)), "S50", "L2"]
    assert found["S50"].mode is Mode.LIVE
    assert found["L2"].mode is Mode.STANDBY


def test_the_rest_comes_by_itself_and_then_nothing_more(qtbot):
    told: list[Mapping[str, Want]] = []
    parent = QObject()
    steps = StandbySteps(lambda each: told.append(dict(each)), parent)
    steps.want(wants(4, 2 * EACH_STEP + 1))
    assert len(told[0]) == 4 + EACH_STEP
    (timer,) = steps.findChildren(QTimer)
    steps._step()
    called = wants(4, 2 * EACH_STEP + 1) | {"L9": want("L9", Mode.LIVE)}
    steps.want(called)  # no more of what stands ready for that
    assert len(told[2]) == 4 + 2 * EACH_STEP + 1
    assert timer.isActive()
    steps._step()
    assert told[-1] == called
    assert not timer.isActive()
    steps.want({})
    assert told[-1] == {}
    assert not timer.isActive()
