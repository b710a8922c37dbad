"""Lines into a pipe: in order, none lost, and whoever sends never waits."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pytest
from viewing import until

from video.outgoing import AT_ONCE, Outgoing

LIMIT_S = 60.0
MORE_THAN_A_PIPE = 4_000_000


@contextmanager
def pipe() -> Iterator[tuple[IO[bytes], Outgoing]]:
    """Give the reading end, and who sends; the thread runs when the test starts it."""
    ends = os.pipe()
    reading, writing = os.fdopen(ends[0], "rb", 0), os.fdopen(ends[1], "wb", 0)
    outgoing = Outgoing(writing)
    try:
        yield reading, outgoing
    finally:
        outgoing.hang_up()
        if not outgoing.is_alive() and outgoing.ident is None:
            outgoing.start()
        reading.close()
        outgoing.join(LIMIT_S)
        assert not outgoing.is_alive()


def all_of(reading: IO[bytes]) -> bytes:
    """Read until the other side hangs up."""
    return b"".join(iter(lambda: reading.read(1 << 16), b""))


@pytest.mark.skipif(not AT_ONCE, reason="Windows leaves it to the thread")
def test_a_line_is_in_the_pipe_before_send_returns():
    with pipe() as (reading, outgoing):  # no thread runs yet
        outgoing.send(b"call up 3\n")
        outgoing.send(b"call up 4\n")
        assert reading.read(100) == b"call up 3\ncall up 4\n"


def test_a_full_pipe_is_not_waited_for_and_nothing_is_lost_or_turned_round():
    lines = [b"%06d %s\n" % (number, b"x" * 1_000) for number in range(4_000)]
    assert sum(map(len, lines)) > MORE_THAN_A_PIPE
    with pipe() as (reading, outgoing):
        outgoing.start()
        for line in lines:
            outgoing.send(line)  # nobody has read yet
        outgoing.hang_up()
        assert all_of(reading) == b"".join(lines)


def test_a_line_longer_than_the_pipe_arrives_whole_and_before_the_next():
    long = b"y" * MORE_THAN_A_PIPE + b"\n"
    with pipe() as (reading, outgoing):
        outgoing.start()
        outgoing.send(long)
        outgoing.send(b"after\n")
        outgoing.hang_up()
        assert all_of(reading) == long + b"after\n"


@pytest.mark.skipif(not AT_ONCE, reason="Windows leaves it to the thread")
def test_what_follows_a_pause_goes_at_once_again():
    with pipe() as (reading, outgoing):
        outgoing.start()
        outgoing.send(b"y" * MORE_THAN_A_PIPE)
        left = MORE_THAN_A_PIPE
        while left:
            left -= len(reading.read(left))
        until(lambda: outgoing._behind == 0)
        taken: list[bytes | None] = []
        outgoing._leave = taken.append  # type: ignore[method-assign]
        outgoing.send(b"at once\n")
        assert reading.read(100) == b"at once\n"
        assert taken == []
        del outgoing._leave  # type: ignore[method-assign]


def test_many_threads_each_in_their_order():
    def tell(name: int) -> None:
        for number in range(500):
            outgoing.send(b"%d %d %s\n" % (name, number, b"z" * 300))

    with pipe() as (reading, outgoing):
        outgoing.start()
        tellers = [threading.Thread(target=tell, args=(name,)) for name in range(4)]
        heard: list[bytes] = []
        listener = threading.Thread(target=lambda: heard.append(all_of(reading)))
        for thread in (*tellers, listener):
            thread.start()
        for thread in tellers:
            thread.join(LIMIT_S)
        outgoing.hang_up()
        listener.join(LIMIT_S)
        words = [line.split() for line in heard[0].splitlines()]
        assert len(words) == 2_000
        for name in range(4):
            told = [int(each[1]) for each in words if int(each[0]) == name]
            assert told == list(range(500))


def test_nobody_reads_any_more():
    with pipe() as (reading, outgoing):
        outgoing.start()
        reading.close()
        for _ in range(100):
            outgoing.send(b"hello\n")
        outgoing.join(LIMIT_S)
        assert not outgoing.is_alive()


@pytest.mark.skipif(sys.platform == "win32", reason="numbers of files are POSIX's")
def test_after_the_end_another_file_of_the_same_number_is_left_alone(tmp_path):
    with pipe() as (reading, outgoing):
        outgoing.start()
        number = outgoing._fd
        outgoing.hang_up()
        outgoing.join(LIMIT_S)
        other = os.open(tmp_path / "other", os.O_CREAT | os.O_WRONLY)
        os.dup2(other, number)
        outgoing.send(b"hello\n")
        assert (tmp_path / "other").read_bytes() == b""
        for each in {other, number}:
            os.close(each)
        assert all_of(reading) == b""


def test_after_hanging_up_nothing_more_is_sent():
    with pipe() as (reading, outgoing):
        outgoing.send(b"one\n")
        outgoing.hang_up()
        outgoing.send(b"two\n")
        outgoing.start()
        assert all_of(reading) == b"one\n"
