"""When a worker may start again, and what its pipes do when it misbehaves."""

import sys
import threading

from hypothesis import given
from hypothesis import strategies as st
from viewing import until

from video.supervision import BACK_OFF_S, RestartLimit, WorkerProcess


def test_five_restarts_a_minute_are_free_and_then_it_waits_longer():
    limit = RestartLimit()
    now = 1_000.0
    for _ in range(5):
        assert limit.start_at(now) == now
        now += 1.0
    waits = []
    for _ in range(6):
        start = limit.start_at(now)
        waits.append(start - now)
        now = start + 0.5
    assert tuple(waits[:4]) == BACK_OFF_S
    assert set(waits[3:]) == {BACK_OFF_S[-1]}
    now += 120.0
    assert limit.start_at(now) == now


@given(st.lists(st.floats(0.0, 90.0), min_size=1, max_size=60))
def test_never_more_than_six_starts_in_a_minute(gaps):
    limit = RestartLimit()
    now, starts = 0.0, []
    for gap in gaps:
        now = limit.start_at(now + gap)
        starts.append(now)
    for at in starts:
        # Five free ones, one of the minute before, and what the first wait lets in.
        assert sum(at <= other < at + 60.0 for other in starts) <= 8


def worker(script: str) -> tuple[WorkerProcess, list[dict], threading.Event]:
    heard: list[dict] = []
    ended = threading.Event()
    process = WorkerProcess(
        [sys.executable, "-c", script],
        inherited=(),
        on_message=lambda _, message: heard.append(message),
        on_end=lambda _: ended.set(),
    )
    return process, heard, ended


def test_what_is_no_message_is_passed_over():
    script = "print('hello'); print('[1]'); print('{\"say\": 1}'); print('{\"cut')"
    process, heard, ended = worker(script)
    assert ended.wait(30)
    process.reap()
    assert heard == [{"say": 1}]


def test_sending_to_one_that_does_not_read_never_waits():
    process, _, ended = worker("import time; time.sleep(600)")
    for _ in range(2_000):
        process.send({"filler": "x" * 1_000})
    process.kill()
    assert ended.wait(30)
    process.reap()
    assert process.ended()


def test_it_ends_when_its_pipe_closes():
    process, heard, _ = worker(
        "import sys\nfor line in sys.stdin: print(line, flush=True)"
    )
    process.send({"one": 1})
    until(lambda: heard == [{"one": 1}])
    process.hang_up()
    assert process.wait(30)
    process.reap()
