"""Where decoding happens: a few threads a worker, each serving many streams in turn.

A processor that is woken for every single picture spends as much on waking, and on
fetching back what its cache has lost, as on the picture. So a lane gathers what comes
in for a thirtieth of a second, which is how often a desk paints, and goes through it
at one stroke. Where the reception gathers, a lane begins as soon as that has its round
together. Nobody waits for long: a stream with much to catch up gets slices.
"""

import os
import threading
import time
from collections import deque
from typing import Final, Protocol

from video.budget import Load
from video.contract import ROUND_S
from video.hardware import Devices
from video.roster import default_worker_count

GATHER_S: Final = ROUND_S
SLICE_S: Final = 0.012
#: A call into a decoder that is not back after so many looks will not come back.
STUCK_LOOKS: Final = 100


class Work(Protocol):
    """What a lane serves: the decoder of one connection."""

    @property
    def urgent(self) -> bool:
        """Return whether somebody waits for its first picture."""

    def work(self, until: float) -> bool:
        """Do what has come in; at `until` (monotonic) stop, and say if more is left."""


class Lane(threading.Thread):
    """One decoding thread.

    Thread: itself; the other methods from any.

    Attributes:
        devices: What may decode here besides the processor.
    """

    def __init__(self, name: str, devices: Devices | None = None) -> None:
        super().__init__(name=name, daemon=True)
        self.devices = devices or Devices()
        self._lock = threading.Lock()
        self._turns: deque[Work] = deque()
        self._waiting = threading.Event()
        self._hurry = threading.Event()
        self._begun = 0  # pieces of work, the one under way included
        self._busy = False
        self._seen = 0
        self._looks = 0
        self._finished = False
        self.worked_s = 0.0  # with work under way, so far
        self.own_s = 0.0  # on a processor, so far

    def finish(self) -> None:
        """End after the round that is under way."""
        self._finished = True
        self._hurry.set()
        self._waiting.set()

    def wake(self, work: Work, *, at_stroke: bool = False) -> None:
        """Serve this one in the next round, or at the next `stroke`."""
        with self._lock:
            if work not in self._turns:
                self._turns.append(work)
        if work.urgent:
            self._hurry.set()
        elif at_stroke:
            return
        self._waiting.set()

    def stroke(self) -> None:
        """Serve now all who wait: a round is together."""
        if self._turns:
            self._hurry.set()
            self._waiting.set()

    def stuck(self) -> bool:
        """Look once more; return whether it will never serve anybody again.

        Looks are counted, not seconds: a machine that was suspended is no fault.
        """
        moves = not self._busy or self._begun != self._seen
        self._looks = 0 if moves else self._looks + 1
        self._seen = self._begun
        return self._looks >= STUCK_LOOKS or not self.is_alive()

    def run(self) -> None:
        """Serve until finished."""
        while not self._finished:
            self._waiting.wait()
            self._hurry.wait(GATHER_S - time.monotonic() % GATHER_S)
            self._hurry.clear()
            self._waiting.clear()
            with self._lock:
                turns, self._turns = self._turns, deque()
            while turns:
                work = turns.popleft()
                self._begun += 1
                self._busy = True
                began, own = time.monotonic(), time.thread_time()
                more = work.work(began + SLICE_S)
                self._busy = False
                self.worked_s += time.monotonic() - began
                self.own_s += time.thread_time() - own
                if more:
                    self._join(turns, work)

    def _join(self, turns: deque[Work], work: Work) -> None:
        # While one catches up the others' pictures go on coming. Where nothing but
        # call-ups is left, the first is shown before the next is gone on with.
        with self._lock:
            fresh = [each for each in self._turns if each not in turns]
            self._turns.clear()
        others = [each for each in (*turns, *fresh) if each is not work]
        turns.clear()
        if work.urgent and all(each.urgent for each in others):
            turns.extend((work, *others))
        else:
            turns.extend((*others, work))


class Lanes:
    """The decoding threads of a worker.

    Thread: any.

    Args:
        count: Threads; None: what leaves each processor about one.

    Attributes:
        devices: What may decode besides the processor, for all of them.
    """

    def __init__(self, count: int | None = None) -> None:
        self.devices = Devices()
        if count is None:
            count = -(-(os.cpu_count() or 1) // default_worker_count())
        self._lanes = [
            Lane(f"decode {number}", self.devices) for number in range(count)
        ]
        self._next = 0
        self._looked_at = time.monotonic()
        self._seen = [(0.0, 0.0)] * count
        for lane in self._lanes:
            lane.start()

    def lane(self) -> Lane:
        """Return the lane for one more stream, each in its turn."""
        self._next = (self._next + 1) % len(self._lanes)
        return self._lanes[self._next]

    def stroke(self) -> None:
        """Have each serve now all who wait."""
        for lane in self._lanes:
            lane.stroke()

    def finish(self) -> None:
        """End them."""
        for lane in self._lanes:
            lane.finish()

    def load(self) -> Load:
        """Return how busy the busiest was since the last call. Thread: always one."""
        now = time.monotonic()
        passed, self._looked_at = max(now - self._looked_at, 1e-3), now
        before = self._seen
        self._seen = [(lane.worked_s, lane.own_s) for lane in self._lanes]
        return max(
            (
                Load((worked - was) / passed, (own - had) / passed)
                for (worked, own), (was, had) in zip(self._seen, before, strict=True)
            ),
            key=lambda load: load.busy,
        )

    def stuck(self) -> bool:
        """Look at each; return whether one no longer moves. Thread: one, regularly."""
        looks = [lane.stuck() for lane in self._lanes]  # each is looked at
        return any(looks)
