"""Where decoding happens: a few threads a worker, each serving many streams in turn.

A processor that is woken for every single picture spends as much on waking, and on
fetching back what its cache has lost, as on the picture. So a lane gathers what comes
in for a thirtieth of a second, which is how often a desk paints, and goes through it
at one stroke. Where the reception gathers, a lane begins as soon as that has its round
together. Nobody waits for long: a stream with much to catch up gets slices, and who
gives way lets the others by. Of call-ups the shortest comes first: side by side on one
processor all would be there as late as the last.
"""

import math
import os
import sys
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

    @property
    def yields(self) -> bool:
        """Return whether it gives way to those that do not."""

    @property
    def left(self) -> int:
        """Return how many packets it has before it."""

    def work(self, until: float) -> bool:
        """Do what has come in; at `until` (monotonic) stop, and say if more is left."""


class Lane(threading.Thread):
    """One decoding thread.

    Thread: itself; the other methods from any.

    Args:
        name: Of the thread.
        devices: What may decode here besides the processor.
        niceness: What it has on Linux at the least; else its process's.

    Attributes:
        devices: What may decode here besides the processor.
    """

    def __init__(
        self, name: str, devices: Devices | None = None, *, niceness: int = 0
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.devices = devices or Devices()
        self._niceness = niceness
        self._lock = threading.Lock()
        self._turns: deque[Work] = deque()
        self._waiting = threading.Event()
        self._hurry = threading.Event()
        self._called: set[Work] = set()  # whose first picture is waited for
        self._yielding = False  # somebody in this round gives way
        self._pressed = False  # somebody has come whom those let by
        self._begun = 0  # pieces of work, the one under way included
        self._busy = False
        self._seen = 0
        self._looks = 0
        self._finished = False
        self.worked_s = 0.0  # with work under way, so far
        self.own_s = 0.0  # on a processor, so far
        self._came = self._undone = self._late_s = 0.0

    @property
    def called(self) -> int:
        """Return for how many first pictures somebody waits."""
        return len(self._called)

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
                self._called.add(work)
            self._pressed = self._pressed or self._presses(work)
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

    def note(self, came: float, *, undone: float, late_s: float) -> None:
        """Hear from work of pictures that came in. Thread: itself.

        Args:
            came: How many.
            undone: As many of them, or parts of one, there was no time for.
            late_s: How old the oldest was when its turn came.
        """
        self._came += came
        self._undone += undone
        if late_s > self._late_s:
            self._late_s = late_s

    def load(self, passed_s: float, *, worked_s: float, own_s: float) -> Load:
        """Return how it went since the last call. Thread: always one.

        Args:
            passed_s: How long that is.
            worked_s: What it was then.
            own_s: What it was then.
        """
        came, self._came = self._came, 0.0
        undone, self._undone = self._undone, 0.0
        late_s, self._late_s = self._late_s, 0.0
        return Load(
            busy=(self.worked_s - worked_s) / passed_s,
            own=(self.own_s - own_s) / passed_s,
            undone=undone / came if came else 0.0,
            late_s=late_s,
        )

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
        self._give_way()
        while not self._finished:
            self._waiting.wait()
            self._hurry.wait(GATHER_S - time.monotonic() % GATHER_S)
            self._hurry.clear()
            self._waiting.clear()
            with self._lock:
                turns, self._turns = self._turns, deque()
            self._yielding = any(each.yields for each in turns)
            if self._yielding or self._called:
                turns = deque(sorted(turns, key=_rank))
            self._serve(turns)

    def _serve(self, turns: deque[Work]) -> None:
        began = time.monotonic()
        while turns:
            work = turns.popleft()
            self._begun += 1
            self._busy = True
            more = work.work(began + SLICE_S)
            self._busy = False
            now = time.monotonic()
            self.worked_s += now - began
            began = now
            if work in self._called and not work.urgent:
                self._called.discard(work)
            if more:
                self.own_s = time.thread_time()
                self._join(turns, work)
            elif self._pressed:
                self._let_by(turns)
        self.own_s = time.thread_time()  # not at each turn: it costs as much as one

    def _join(self, turns: deque[Work], work: Work) -> None:
        # While one catches up the others' pictures go on coming. Where nothing but
        # call-ups is left, the shortest is shown before the next is gone on with.
        with self._lock:
            fresh = [each for each in self._turns if each not in turns]
            self._turns.clear()
        others = [each for each in (*turns, *fresh) if each is not work]
        turns.clear()
        if work.urgent and all(each.urgent for each in others):
            turns.extend(sorted((work, *others), key=_rank))
        else:
            turns.extend((*others, work))

    def _let_by(self, turns: deque[Work]) -> None:
        """Serve those next who have come and cannot wait."""
        with self._lock:
            self._pressed = False
            first = [each for each in self._turns if self._presses(each)]
            for each in first:
                self._turns.remove(each)
        turns.extendleft(reversed([each for each in first if each not in turns]))

    def _presses(self, work: Work) -> bool:
        return work.urgent or (self._yielding and not work.yields)

    def _give_way(self) -> None:
        # On Linux a thread has a niceness of its own; it may only ever become nicer.
        if sys.platform == "linux" and self._niceness:
            own = threading.get_native_id()
            now = os.getpriority(os.PRIO_PROCESS, own)
            os.setpriority(os.PRIO_PROCESS, own, max(now, self._niceness))


def _rank(work: Work) -> tuple[bool, float]:
    """Return whose turn comes first: a call-up's, the shortest before the others."""
    gives_way = work.yields and not work.urgent
    return gives_way, work.left if work.urgent else math.inf


class Lanes:
    """The decoding threads of a worker.

    One more than those does nothing but call-ups, so that nobody who waits for a
    picture waits for the others' too.

    Thread: any.

    Args:
        count: Threads; None: what leaves each processor about one.
        niceness: Of those that go on decoding, on Linux.

    Attributes:
        devices: What may decode besides the processor, for all of them.
    """

    def __init__(self, count: int | None = None, *, niceness: int = 0) -> None:
        self.devices = Devices()
        if count is None:
            count = -(-(os.cpu_count() or 1) // default_worker_count())
        self._lanes = [
            Lane(f"decode {number}", self.devices, niceness=niceness)
            for number in range(count)
        ]
        self._quick = Lane("decode first", self.devices)
        self._all = (self._quick, *self._lanes)
        self._next = 0
        self._looked_at = time.monotonic()
        self._seen = [(0.0, 0.0)] * count
        for lane in self._all:
            lane.start()

    def lane(self) -> Lane:
        """Return the lane for one more stream, each in its turn."""
        self._next = (self._next + 1) % len(self._lanes)
        return self._lanes[self._next]

    def first(self, lane: Lane) -> Lane:
        """Return where a stream of this lane is soonest given its first picture.

        A worker with one lane has one processor: there they come one after the other.
        """
        if len(self._lanes) == 1:
            return self._quick
        return min(self._quick, lane, key=lambda each: each.called)

    def stroke(self) -> None:
        """Have each serve now all who wait."""
        for lane in self._all:
            lane.stroke()

    def finish(self) -> None:
        """End them."""
        for lane in self._all:
            lane.finish()

    def load(self) -> Load:
        """Return how it went in the most burdened one since the last call.

        Thread: always one.
        """
        now = time.monotonic()
        passed, self._looked_at = max(now - self._looked_at, 1e-3), now
        before = self._seen
        self._seen = [(lane.worked_s, lane.own_s) for lane in self._lanes]
        return max(
            (
                lane.load(passed, worked_s=worked, own_s=own)
                for lane, (worked, own) in zip(self._lanes, before, strict=True)
            ),
            key=lambda load: load.asked,
        )

    def stuck(self) -> bool:
        """Look at each; return whether one no longer moves. Thread: one, regularly."""
        looks = [lane.stuck() for lane in self._all]  # each is looked at
        return any(looks)
