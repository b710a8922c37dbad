"""Apply budgets to an engine's streams: one budget a worker, and one of the machine."""

import time
from collections.abc import Iterable, Mapping
from typing import Final

from video.budget import AIM, SOME, Budget, Claim, Load, step_at, turn_of
from video.contract import Mode, Step
from video.roster import Entry, Post

LOOK_EVERY_S: Final = 1.0


def claim_of(entry: Entry) -> Claim:
    """Return what a live stream has to say for itself."""
    return Claim(entry.want.importance, turn_of(entry.ticket))


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
            step = self.step(entry)
            if step is not entry.step:
                entry.step = step
                changed.append(stream_id)
        return changed

    def look(self, posts: Iterable[Post], entries: Mapping[str, Entry]) -> None:
        """Look at how it went in the workers since the last look."""
        loads: list[Load] = []
        everybody: list[Claim] = []
        for post in posts:
            live = [entries[each] for each in post.streams]
            claims = [claim_of(each) for each in live if each.want.mode is Mode.LIVE]
            everybody += claims
            load, post.load = post.load, None
            if load is not None:
                loads.append(load)
                # Kept from decoding: that is for the machine's budget to settle.
                unsure = load.contended and load.asked > SOME
                post.budget.look(None if unsure else load.asked, claims)
        if loads:
            contended = [load.asked for load in loads if load.contended]
            # A worker with too much of its own says nothing of the machine.
            busiest = min(AIM, max(load.asked for load in loads))
            self._machine.look(max(contended, default=busiest), everybody)

    def step(self, entry: Entry) -> Step:
        """Return how much is to be left out of a stream now."""
        if entry.want.mode is not Mode.LIVE:
            return Step.FULL
        level = max(self._machine.level, entry.post.budget.level)
        return step_at(level, claim_of(entry))
