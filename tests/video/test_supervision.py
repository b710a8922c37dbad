"""When a worker may start again, and what its pipes do when it misbehaves."""

import sys
import threading
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st
from viewing import until

from video.roster import Post
from video.supervision import (
    BACK_OFF_S,
    MOST_WORDS,
    RestartLimit,
    WorkerProcess,
)
from video.workers import VideoEngine


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


def worker(
    script: str, errors: Path | None = None
) -> tuple[WorkerProcess, list[dict], threading.Event]:
    heard: list[dict] = []
    ended = threading.Event()
    process = WorkerProcess(
        [sys.executable, "-c", script],
        inherited=(),
        errors=errors,
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


LEAVES_A_CHILD = """
import json, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(json.dumps({"pid": child.pid}), flush=True)
"""


def test_a_pipe_that_somebody_else_holds_is_not_waited_for():
    process, heard, ended = worker(LEAVES_A_CHILD)
    until(lambda: heard)
    assert process.wait(30)
    process.reap()
    assert not ended.is_set()
    psutil.Process(heard[0]["pid"]).kill()
    assert ended.wait(30)


def test_a_worker_on_probation_that_does_not_end_is_hung_up_once_and_killed():
    hung = [sys.executable, "-c", "import time; time.sleep(600)"]
    process, _, ended = worker(hung[-1])
    lines = []
    process.hang_up = lambda: lines.append(None)
    engine = VideoEngine(worker_command=hung, worker_count=1)
    try:
        post = Post(probation=True, process=process)
        with engine._lock:
            engine._posts.append(post)
        until(lambda: post not in engine._posts)
        assert process.ended()
        assert ended.is_set()
        assert lines == [None]
    finally:
        engine.close()


def test_it_ends_when_its_pipe_closes():
    process, heard, _ = worker(
        "import sys\nfor line in sys.stdin: print(line, flush=True)"
    )
    process.send({"one": 1})
    until(lambda: heard == [{"one": 1}])
    process.hang_up()
    assert process.wait(30)
    process.reap()


DIES = """
import sys
from video import worker_main
class Worker(worker_main.Worker):
    def obey(self, message):
        raise ValueError("rtsp://admin:kanarien@192.0.2.1/")
worker_main.Worker = Worker
sys.exit(worker_main.run())
"""


@pytest.mark.parametrize("folder", ["", "missing"])
def test_what_it_died_of_is_kept_without_its_words(tmp_path, folder, capfd):
    errors = tmp_path / folder / "video.err"
    process, _, ended = worker(DIES, errors)
    process.send({"do": "hello", "fd": -1})
    assert ended.wait(30)
    process.reap()
    said = capfd.readouterr().err if folder else errors.read_text("utf-8")
    assert said.endswith("video worker: ValueError in Worker.obey\n")
    assert "kanarien" not in said


def test_the_last_words_of_thousands_do_not_fill_the_disk(tmp_path):
    errors = tmp_path / "video.err"
    errors.write_bytes(b"x" * (MOST_WORDS + 1))
    process, _, ended = worker(DIES, errors)
    process.send({"do": "hello", "fd": -1})
    assert ended.wait(30)
    process.reap()
    (said,) = errors.read_text("utf-8").splitlines()
    assert said.endswith("video worker: ValueError in Worker.obey")
