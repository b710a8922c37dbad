"""Apply budgets to an engine's streams: one budget a worker, and one of the machine."""

import time
from collections.abc import Iterable, Mapping
from typing import Final

from video.budget import UNDER, Budget, Load, steps_at
from video.contract import Importance, Mode, Step, Want
from video.roster import Entry, Post

LOOK_EVERY_S: Final = 1.0


class Economy:
    """What each live stream of an engine gets, while not all can have everything.

    A worker that decodes all the time has too much itself; giving way elsewhere would
    not help it. One that is kept from decoding shares the machine with too much, and
    there the least important picture of all gives way, whichever worker has it.

    Thread: under the engine's lock.
    """

    def __init__(self) -> None:
        self._machine = Budget()
        self._looked_at = 0.0

    def turn(self, posts: Iterable[Post], entries: Mapping[str, Entry]) -> list[str]:
        """Look where it is time to; return the streams whose step is another now."""
        now = time.monotonic()
        if now - self._looked_at < LOOK_EVERY_S:
            return []
        self._looked_at = now
        self.look(posts, entries)
        changed = []
        for stream_id, entry in entries.items():
            step = self.step(entry.post, entry.want)
            if step is not entry.step:
                entry.step = step
                changed.append(stream_id)
        return changed

    def look(self, posts: Iterable[Post], entries: Mapping[str, Entry]) -> None:
        """Look at how busy the workers were since the last look."""
        loads: list[Load] = []
        everybody: set[Importance] = set()
        for post in posts:
            wants = [entries[each].want for each in post.streams]
            live = {each.importance for each in wants if each.mode is Mode.LIVE}
            everybody |= live
            load, post.load = post.load, None
            if load is not None:
                loads.append(load)
                # Kept from decoding: that is for the machine's budget to settle.
                unsure = load.contended and load.busy > UNDER
                post.budget.look(None if unsure else load.busy, live)
        if loads:
            contended = [load.busy for load in loads if load.contended]
            busiest = max(contended or [load.busy for load in loads])
            unsure = not contended and busiest > UNDER
            self._machine.look(None if unsure else busiest, everybody)

    def step(self, post: Post, want: Want) -> Step:
        """Return how much is to be left out of a stream now."""
        if want.mode is not Mode.LIVE:
            return Step.FULL
        return steps_at(max(self._machine.level, post.budget.level))[want.importance]
