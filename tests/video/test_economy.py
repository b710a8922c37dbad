"""Which workers' streams give way: their own, or the least important of all."""

import itertools

from video.budget import Load
from video.contract import Importance, Mode, Step, StreamSpec, Want
from video.economy import Economy
from video.roster import Entry, Post


class Engine:
    """Two workers: one shows the open case, the other what is pinned and on tour."""

    def __init__(self) -> None:
        self.posts = [Post(), Post()]
        self.entries: dict[str, Entry] = {}
        ticket = itertools.count(1)
        for name, post, importance in (
            ("case", 0, Importance.CASE),
            ("called", 0, Importance.CALLED),
            ("pinned", 1, Importance.PINNED),
            ("tour", 1, Importance.TOUR),
        ):
            spec = StreamSpec(stream_id=name, main_url="")
            want = Want(spec, Mode.LIVE, 320, 180, importance)
            self.entries[name] = Entry(want, self.posts[post], next(ticket))
            self.posts[post].streams.add(name)
        self.economy = Economy()

    def look(self, times: int, *loads: Load) -> dict[str, Step]:
        for _ in range(times):
            for post, load in zip(self.posts, loads, strict=True):
                post.load = load
            self.economy.look(self.posts, self.entries)
        return {
            name: self.economy.step(entry.post, entry.want)
            for name, entry in self.entries.items()
        }


def test_a_shared_machine_takes_from_the_least_important_of_all():
    engine = Engine()
    kept = Load(0.95, 0.4)
    steps = engine.look(2, kept, kept)
    assert steps == {
        "case": Step.FULL,
        "called": Step.FULL,
        "pinned": Step.FULL,
        "tour": Step.HALF,
    }
    steps = engine.look(10, kept, kept)
    assert (steps["tour"], steps["pinned"]) == (Step.STILLS, Step.STILLS)
    assert (steps["called"], steps["case"]) == (Step.FULL, Step.FULL)
    steps = engine.look(60, Load(0.2, 0.2), Load(0.1, 0.1))
    assert set(steps.values()) == {Step.FULL}


def test_a_worker_with_too_much_of_its_own_takes_nothing_from_the_others():
    engine = Engine()
    steps = engine.look(6, Load(0.99, 0.98), Load(0.3, 0.3))
    assert steps["called"] is Step.STILLS
    assert steps["case"] is steps["pinned"] is steps["tour"] is Step.FULL


def test_what_is_only_kept_ready_gives_nothing_and_gets_everything():
    engine = Engine()
    spec = StreamSpec(stream_id="ready", main_url="")
    want = Want(spec, Mode.STANDBY, 320, 180, Importance.PRELOAD)
    kept = Load(0.95, 0.4)
    engine.look(20, kept, kept)
    assert engine.economy.step(engine.posts[0], want) is Step.FULL
