"""What the limits promise: nothing here waits for ever, and it is said what did."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from limits_kit import next_line, running

SILENT = [sys.executable, "-c", "import time; time.sleep(600)"]
ROOT = Path(__file__).resolve().parent.parent

LEAVES_A_THREAD = """
import threading

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, name="field line").start()
    {then}
"""


@pytest.mark.parametrize("then", ["pass", "assert False"])
def test_a_thread_that_was_left_is_named_and_keeps_no_run_from_ending(
    tmp_path: Path, then: str
) -> None:
    (tmp_path / "conftest.py").write_text(
        "import tests.conftest\n"
        "tests.conftest.GRACE_S = 0.2\n"  # nothing here ends by itself
        "from tests.conftest import pytest_sessionfinish, pytest_unconfigure\n"
    )
    (tmp_path / "test_it.py").write_text(LEAVES_A_THREAD.format(then=then))
    done = subprocess.run(
        [*(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"), tmp_path],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "thread 'field line' never ended" in done.stderr
    assert "in wait" in done.stderr
    assert ("1 failed" if "assert" in then else "1 passed") in done.stdout


def test_a_process_is_gone_when_what_was_done_with_it_failed() -> None:
    with (
        pytest.raises(ZeroDivisionError),
        running(SILENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,
    ):
        raise ZeroDivisionError
    assert process.returncode not in (None, 0)


def test_a_process_that_does_not_end_is_ended_and_said() -> None:
    with pytest.raises(subprocess.TimeoutExpired), running(SILENT, limit_s=0.01) as one:
        pass
    assert one.returncode not in (None, 0)


def test_a_process_that_says_nothing_is_not_waited_for() -> None:
    with running(SILENT, stdout=subprocess.PIPE) as process:
        assert next_line(process, 0.01) == b""


def test_a_process_that_speaks_and_ends_is_left_alone() -> None:
    command = [sys.executable, "-c", "print('said'); input()"]
    with running(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert next_line(process) == "said\n"
        process.stdin.write("\n")
    assert process.returncode == 0
