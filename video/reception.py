"""Receive for all cameras of a worker on one thread, in rounds.

A processor that is woken for every packet spends as much on waking as on the packet.
So what comes in waits in the sockets until the next round, a thirtieth of a second at
most; then all of it is fetched at one stroke, and decoded at one stroke. Only for a
camera that somebody waits for is each packet fetched as it comes.

No camera holds up another: a source never waits, only so much is read of it in a round,
and whatever goes wrong with it ends that one only.
"""

import contextlib
import selectors
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from video.contract import ROUND_S
from video.sources.packets import DirectSource, SourceError, VideoPacket

#: Of one camera, in a round: 120 Mbit/s. A flood waits in its socket.
MOST_BYTES: Final = 512 * 1024
#: Fetches between two rounds for a camera that somebody waits for.
MOST_HURRIES: Final = 8
TEND_EVERY_S: Final = 0.25


class Receiver(Protocol):
    """Who a camera's packets are for. Thread: the reception's."""

    @property
    def urgent(self) -> bool:
        """Return whether somebody waits for its first picture."""

    @property
    def finished(self) -> bool:
        """Return whether nothing of it is wanted any more."""

    def received(self, packets: list[VideoPacket]) -> None:
        """Take what came in, in its order."""

    def lost(self, reason: str) -> None:
        """Hear that nothing more will come; one of `video.contract.REASONS`."""


@dataclass(slots=True, eq=False)
class _Line:
    """One camera: what is read, for whom, and how often since the last round."""

    source: DirectSource
    receiver: Receiver
    hurries: int = 0


class Reception(threading.Thread):
    """The receiving thread of a worker.

    Thread: itself; the other methods from any.

    Args:
        stroke: Is called when everything of a round has been handed over.
    """

    def __init__(self, stroke: Callable[[], None]) -> None:
        super().__init__(name="reception", daemon=True)
        self._stroke = stroke
        self._orders: deque[Callable[[], None]] = deque()
        self._lines: dict[Receiver, _Line] = {}
        self._hurried: set[_Line] = set()
        self._rounds = selectors.DefaultSelector()
        self._at_once = selectors.DefaultSelector()
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)
        self._rope.setblocking(False)
        self._at_once.register(self._bell, selectors.EVENT_READ)
        self._finished = False
        self._round = 0
        self._tend_at = 0.0

    def add(self, source: DirectSource, receiver: Receiver) -> None:
        """Read a source from now on, and close it in the end."""
        self._order(lambda: self._begin(_Line(source, receiver)))

    def hurry(self, receiver: Receiver) -> None:
        """Fetch at once what has come in, and what comes while it is urgent."""
        self._order(lambda: self._hurry(receiver))

    def drop(self, receiver: Receiver) -> None:
        """Let go of its source, if there is one."""
        self._order(lambda: self._let_go(receiver))

    def finish(self, limit_s: float) -> None:
        """End, with a good-bye to every camera; wait for that so long."""
        self._finished = True
        self._ring()
        if self.is_alive():
            self.join(limit_s)

    def run(self) -> None:
        """Receive until finished."""
        with self._rounds, self._at_once, self._bell, self._rope:
            while not self._finished:
                for key, _ in self._at_once.select(self._pause()):
                    if key.data is None:
                        self._hear_bell()
                    else:
                        self._serve_at_once(key.data)
                self._obey()
                now = time.monotonic()
                if self._lines and now // ROUND_S != self._round:
                    self._round = int(now // ROUND_S)
                    self._go_round(now)
            self._obey()
            for receiver in tuple(self._lines):
                self._let_go(receiver)

    def _pause(self) -> float | None:
        if not self._lines:
            return None
        return ROUND_S - time.monotonic() % ROUND_S

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.append(order)
        self._ring()

    def _obey(self) -> None:
        while self._orders:
            self._orders.popleft()()

    def _ring(self) -> None:
        # Rung often enough already, or ended: nobody is left to hear it.
        with contextlib.suppress(OSError):
            self._rope.send(b"!")

    def _hear_bell(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._bell.recv(4_096)

    def _begin(self, line: _Line) -> None:
        self._lines[line.receiver] = line
        self._rounds.register(line.source, selectors.EVENT_READ, line)
        self._hurry(line.receiver)  # packets may have overtaken the last answer

    def _hurry(self, receiver: Receiver) -> None:
        line = self._lines.get(receiver)
        if line is not None:
            self._hurried.add(line)
            self._serve_at_once(line)

    def _let_go(self, receiver: Receiver) -> None:
        line = self._lines.pop(receiver, None)
        if line is None:
            return
        self._hurried.discard(line)
        self._watch(line)
        self._rounds.unregister(line.source)
        line.source.close()

    def _watch(self, line: _Line) -> None:
        """Wait for this one's packets, or no more, as things stand."""
        watched = line.source.fileno() in self._at_once.get_map()
        wanted = line in self._hurried and line.hurries < MOST_HURRIES
        if wanted and not watched:
            self._at_once.register(line.source, selectors.EVENT_READ, line)
        elif watched and not wanted:
            self._at_once.unregister(line.source)

    def _serve_at_once(self, line: _Line) -> None:
        line.hurries += 1
        self._serve(line)
        if not line.receiver.urgent:
            self._hurried.discard(line)
        if line.receiver in self._lines:
            self._watch(line)
            self._stroke()

    def _go_round(self, now: float) -> None:
        for key, _ in self._rounds.select(0.0):
            self._serve(key.data)
        self._stroke()
        for line in tuple(self._lines.values()):
            line.hurries = 0
        for line in tuple(self._hurried):
            if not line.receiver.urgent:
                self._hurried.discard(line)
            self._watch(line)
        if now >= self._tend_at:
            self._tend_at = now + TEND_EVERY_S
            for line in tuple(self._lines.values()):
                self._guard(line, partial(line.source.tend, now))

    def _serve(self, line: _Line) -> None:
        self._guard(line, partial(self._fetch, line))

    def _fetch(self, line: _Line) -> None:
        if line.receiver.finished:
            self._let_go(line.receiver)
            return
        packets = line.source.receive(MOST_BYTES)
        if packets:
            line.receiver.received(packets)

    def _guard(self, line: _Line, what: Callable[[], None]) -> None:
        """Do something for one camera; whatever comes of it, the others go on."""
        reason = ""
        try:
            what()
        except SourceError as error:
            reason = error.reason
        except Exception:  # noqa: BLE001 - loud, and the end of this camera only
            reason = "no_picture"
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), self)))
        if reason and line.receiver in self._lines:
            self._let_go(line.receiver)
            line.receiver.lost(reason)
