"""Which workers' streams give way: their own, or the least important of all."""

import itertools

from video.budget import Load
from video.contract import Importance, Mode, Step, StreamSpec, Want
from video.economy import Economy
from video.roster import Entry, Post

#: Others had the processor, and a third of the pictures waited in vain.
KEPT = Load(0.99, 0.4, undone=0.3)


class Engine:
    """Two workers: one shows the open case, the other what is pinned and on tour."""

    def __init__(self) -> None:
        self.posts = [Post(), Post()]
        self.entries: dict[str, Entry] = {}
        self.tickets = itertools.count(1)
        self.economy = Economy()
        for name, post, importance in (
            ("case", 0, Importance.CASE),
            ("called", 0, Importance.CALLED),
            ("pinned", 1, Importance.PINNED),
            ("tour", 1, Importance.TOUR),
        ):
            self.add(name, post, importance)

    def add(
        self, name: str, post: int, importance: Importance, mode: Mode = Mode.LIVE
    ) -> Entry:
        spec = StreamSpec(stream_id=name, main_url="")
        want = Want(spec, mode, 320, 180, importance)
        entry = Entry(want, self.posts[post], next(self.tickets))
        self.entries[name] = entry
        self.posts[post].streams.add(name)
        return entry

    def look(self, times: int, *loads: Load) -> dict[str, Step]:
        for _ in range(times):
            for post, load in zip(self.posts, loads, strict=True):
                post.load = load
            self.economy.look(self.posts, self.entries)
        return {name: self.economy.step(each) for name, each in self.entries.items()}


def test_a_shared_machine_takes_from_the_least_important_of_all():
    engine = Engine()
    steps = engine.look(2, KEPT, KEPT)
    assert (steps["tour"], steps["pinned"]) == (Step.STILLS, Step.FULL)
    steps = engine.look(3, KEPT, KEPT)
    assert (steps["tour"], steps["pinned"]) == (Step.STILLS, Step.STILLS)
    assert (steps["called"], steps["case"]) == (Step.FULL, Step.FULL)
    steps = engine.look(60, Load(0.2, 0.2), Load(0.1, 0.1))
    assert set(steps.values()) == {Step.FULL}


def test_as_many_as_it_takes_and_no_more():
    engine = Engine()
    slightly = Load(0.99, 0.4, undone=0.1)
    steps = engine.look(2, slightly, slightly)
    assert steps.pop("tour") is Step.STILLS
    assert set(steps.values()) == {Step.FULL}


def test_a_worker_with_too_much_of_its_own_takes_nothing_from_the_others():
    engine = Engine()
    steps = engine.look(2, Load(0.99, 0.98, undone=0.3), Load(0.3, 0.3))
    assert steps["called"] is Step.STILLS
    assert steps["case"] is steps["pinned"] is steps["tour"] is Step.FULL


def test_what_gave_way_to_others_on_the_machine_comes_back_beside_a_worker_with_too_much():
    engine = Engine()
    engine.look(5, KEPT, KEPT)
    steps = engine.look(300, Load(0.99, 0.98, undone=0.3), Load(0.1, 0.1))
    assert steps["pinned"] is steps["tour"] is Step.FULL


def test_what_is_only_kept_ready_gives_nothing_and_gets_everything():
    engine = Engine()
    ready = engine.add("ready", 0, Importance.PRELOAD, Mode.STANDBY)
    engine.look(20, KEPT, KEPT)
    assert engine.economy.step(ready) is Step.FULL
