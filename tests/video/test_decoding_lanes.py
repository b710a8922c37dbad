"""Lanes: everybody has a turn, call-ups are soon served, who gives way comes last."""

import time

import pytest
from test_decode import GROUP, Bench, coded
from test_decode import bench as bench
from viewing import until

from tests.limits_kit import PATIENCE_S
from video.decode import Decoder
from video.lanes import STUCK_LOOKS, Lanes
from video.sources.packets import CodecSetup
from video.trouble import Trouble


class Slow:
    """Work that comes in slices, and notes in which order they are done."""

    def __init__(
        self,
        name: str,
        slices: int,
        done: list[str],
        *,
        urgent: bool = False,
        yields: bool = False,
    ) -> None:
        self.urgent = urgent
        self.yields = yields
        self._name = name
        self.left = slices
        self._done = done

    def work(self, until: float) -> bool:
        assert until > time.monotonic() - 1.0
        self.left -= 1
        self._done.append(self._name)
        return self.left > 0


def test_a_lane_gives_everybody_a_turn_while_one_catches_up(bench: Bench):
    done: list[str] = []
    bench.lane.wake(Slow("long", 4, done))
    bench.lane.wake(Slow("short", 1, done))
    bench.lane.wake(Slow("other", 2, done))
    bench.lane.start()
    until(lambda: len(done) == 7)
    assert done == ["long", "short", "other", "long", "other", "long", "long"]
    assert not bench.lane.stuck()


def test_of_several_call_ups_the_first_is_shown_first(bench: Bench):
    done: list[str] = []
    for name in ("first", "second"):
        bench.lane.wake(Slow(name, 3, done, urgent=True))
    bench.lane.start()
    until(lambda: len(done) == 6)
    assert done == ["first"] * 3 + ["second"] * 3


def test_of_several_call_ups_the_shortest_comes_first(bench: Bench):
    done: list[str] = []

    class Long(Slow):
        """During its first slice two more are called up."""

        def work(self, until: float) -> bool:
            if not done:
                bench.lane.wake(Slow("longer", 6, done, urgent=True))
                bench.lane.wake(Slow("short", 2, done, urgent=True))
            return super().work(until)

    bench.lane.wake(Long("long", 5, done, urgent=True))
    bench.lane.start()
    until(lambda: len(done) == 13)
    assert done == ["long", *["short"] * 2, *["long"] * 4, *["longer"] * 6]


def test_call_ups_leave_the_others_their_turns(bench: Bench):
    done: list[str] = []
    for name in ("first", "second"):
        bench.lane.wake(Slow(name, 2, done, urgent=True))
    bench.lane.wake(Slow("live", 1, done))
    bench.lane.start()
    until(lambda: len(done) == 5)
    assert done[2] == "live"


def test_who_gives_way_comes_last_and_lets_the_others_by(bench: Bench):
    done: list[str] = []

    class Waking(Slow):
        """Work during which something comes in."""

        def work(self, until: float) -> bool:
            bench.lane.wake(Slow("case", 1, done), at_stroke=True)
            bench.lane.wake(Slow("called up", 1, done, urgent=True))
            bench.lane.wake(Slow("next round", 1, done, yields=True))
            return super().work(until)

    bench.lane.wake(Waking("tour", 1, done, yields=True))
    bench.lane.wake(Slow("pinned", 1, done, yields=True))
    bench.lane.wake(Slow("first", 1, done))
    bench.lane.start()
    until(lambda: len(done) == 6)
    assert done == ["first", "tour", "case", "called up", "pinned", "next round"]


def test_a_decoder_that_never_returns_is_noticed(bench: Bench):
    bench.owner.free.clear()
    bench.put(coded(1))
    bench.lane.start()
    assert bench.owner.held.wait(30)
    assert not any(bench.lane.stuck() for _ in range(STUCK_LOOKS))
    assert bench.lane.stuck()
    bench.owner.free.set()
    until(lambda: not bench.lane.stuck())


class Broken:
    """Work that meets a fault of ours."""

    urgent = True
    yields = False
    left = 1

    def work(self, until: float) -> bool:
        raise RuntimeError(until)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_lane_that_has_died_is_noticed(bench: Bench):
    bench.lane.wake(Broken())
    bench.lane.start()
    bench.lane.join(PATIENCE_S)
    assert bench.lane.stuck()


def test_lanes_take_streams_in_turn():
    lanes = Lanes(2)
    first, second, third = (lanes.lane() for _ in range(3))
    assert first is not second
    assert first is third
    lanes.finish()
    for lane in (first, second, lanes.first(first)):
        lane.join(PATIENCE_S)


def test_a_worker_with_one_lane_makes_first_pictures_one_after_the_other():
    lanes = Lanes(1)
    home = lanes.lane()
    first = lanes.first(home)
    first._called.add(Slow("called up", 1, [], urgent=True))
    assert lanes.first(home) is first is not home
    lanes.finish()
    for lane in (first, home):
        lane.join(PATIENCE_S)


def test_a_first_picture_is_made_where_it_is_soonest_and_the_others_at_home():
    bench, lanes = Bench(), Lanes(2)
    home, other = lanes.lane(), lanes.lane()
    first = lanes.first(home)
    assert first is not home
    decoder = Decoder(
        CodecSetup("h264", None, 1.0),
        generation=1,
        canvas=bench.canvas,
        owner=bench.owner,
        lane=home,
        trouble=Trouble(),
        failed=bench.failures.append,
        first=first,
    )
    packets = coded(GROUP)
    bench.owner.free.clear()
    decoder.put(*packets[:5])
    assert bench.owner.held.wait(PATIENCE_S)
    assert (first.called, home.called) == (1, 0)
    assert lanes.first(home) is home  # somebody is being served there
    bench.owner.free.set()
    until(lambda: first.called == 0)
    until(lambda: bench.number() == 4)
    until(lambda: decoder._lane is home)
    begun = first._begun
    for packet in packets[5:]:
        decoder.put(packet)
    until(lambda: bench.number() == GROUP - 1)
    assert first._begun == begun
    lanes.finish()
    for lane in (first, home, other):
        lane.join(PATIENCE_S)
    bench.close()
