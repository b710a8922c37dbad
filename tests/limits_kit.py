"""Limits on what a test waits for: processes it runs, lines it reads, threads it left.

A wait without an end hangs the run, and nobody learns which test it was.
"""

import contextlib
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from typing import Any

PATIENCE_S = 60.0
"""How long a process may take to say a line, or to end, on a busy machine."""

KILLED_S = 10.0
"""How long a killed process may take to be gone."""


@contextlib.contextmanager
def running(
    command: Sequence[object], *, limit_s: float = PATIENCE_S, **options: Any
) -> Iterator["subprocess.Popen[Any]"]:
    """Run a process for a while; it is gone after, whatever happens meanwhile.

    `with subprocess.Popen(…)` waits for ever where its body fails before the process
    was told to end.
    """
    process: subprocess.Popen[Any] = subprocess.Popen(
        [str(word) for word in command], **options
    )
    try:
        yield process
        _close_pipes(process)
        process.wait(limit_s)
    finally:
        process.kill()
        process.wait(KILLED_S)
        _close_pipes(process)


@contextlib.contextmanager
def patience(
    process: "subprocess.Popen[Any]", limit_s: float = PATIENCE_S
) -> Iterator[None]:
    """Read a process's words in here: it is killed if they do not come in time.

    Its pipes end with it, so the reader is never left waiting.
    """
    watch = threading.Timer(limit_s, process.kill)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()


def next_line(process: "subprocess.Popen[Any]", limit_s: float = PATIENCE_S) -> Any:
    """Return a process's next line, empty if none came and it was killed."""
    assert process.stdout is not None
    with patience(process, limit_s):
        return process.stdout.readline()


def unended_threads(grace_s: float) -> str:
    """Return where each thread stands for which the interpreter would wait for ever.

    Args:
        grace_s: How long they may still take to end.
    """
    end = time.monotonic() + grace_s
    left = [
        thread
        for thread in threading.enumerate()
        if thread is not threading.current_thread() and not thread.daemon
    ]
    for thread in left:
        thread.join(max(0.0, end - time.monotonic()))
    frames = sys._current_frames()
    return "\n".join(
        f"thread {thread.name!r} never ended:\n"
        + "".join(traceback.format_stack(frames.get(thread.ident or 0)))
        for thread in left
        if thread.is_alive()
    )


def _close_pipes(process: "subprocess.Popen[Any]") -> None:
    for pipe in (process.stdout, process.stderr, process.stdin):
        if pipe is not None:
            with contextlib.suppress(OSError):  # it ended with words unread
                pipe.close()
