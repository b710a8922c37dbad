"""The state machine of a stream, its ladder and its choice of address."""

import time
from typing import TYPE_CHECKING, Any, cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from video.contract import REASONS, STALLED_AFTER_S, Mode, StreamState
from video.ring import Shelf
from video.sources import StreamSpec
from video.stream import Stream, StreamMachine
from video.ways import choose_url

if TYPE_CHECKING:
    from video.lanes import Lanes
    from video.reception import Reception

BOTH = StreamSpec(stream_id="1", main_url="rtsp://c/main", sub_url="rtsp://c/sub")


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_from_nothing_to_a_picture_and_back():
    clock = Clock()
    machine = StreamMachine(clock)
    assert machine.state is StreamState.OFF
    machine.demand(Mode.LIVE)
    assert machine.state is StreamState.CONNECTING
    machine.start(1)
    machine.lost(1, reason="refused")
    assert (machine.state, machine.reason) == (StreamState.CONNECTING, "refused")
    machine.start(2)
    assert machine.ready(2)
    assert machine.frame(2, at=clock.now)
    assert (machine.state, machine.reason) == (StreamState.LIVE, "")
    clock.now += STALLED_AFTER_S + 0.1
    machine.look()
    assert machine.state is StreamState.STALLED
    assert machine.frame(2, at=clock.now)
    assert machine.state is StreamState.LIVE
    machine.stop()
    assert machine.state is StreamState.OFF
    assert not machine.frame(2, at=clock.now)


def test_an_old_frame_is_shown_but_is_no_sign_of_life():
    clock = Clock()
    machine = StreamMachine(clock)
    machine.demand(Mode.STANDBY)
    machine.start(1)
    machine.ready(1)
    clock.now += 10.0
    machine.look()
    assert machine.state is StreamState.STALLED
    machine.demand(Mode.LIVE)
    assert machine.frame(1, at=clock.now - 10.0)
    machine.look()
    assert machine.state is StreamState.STALLED


def test_a_follower_takes_over_with_its_first_frame_and_silences_the_former():
    clock = Clock()
    machine = StreamMachine(clock)
    machine.demand(Mode.LIVE)
    machine.start(1)
    machine.frame(1, at=clock.now)
    assert not machine.ready(2)  # a key frame is no picture yet
    assert machine.frame(1, at=clock.now)
    assert machine.frame(2, at=clock.now)
    assert not machine.frame(1, at=clock.now)
    assert not machine.lost(1, reason="timeout")
    assert machine.state is StreamState.LIVE


def test_a_stall_on_standby_ends_with_the_next_packet():
    clock = Clock()
    machine = StreamMachine(clock)
    machine.demand(Mode.STANDBY)
    machine.start(1)
    machine.ready(1)
    for _ in range(20):
        clock.now += 1.0
        machine.packet(1, at=clock.now)
        machine.look()
        assert machine.state is StreamState.STANDBY
    clock.now += 5.0
    machine.look()
    assert machine.state is StreamState.STALLED
    machine.packet(1, at=clock.now)
    assert machine.state is StreamState.STANDBY


class Lives(RuleBasedStateMachine):
    """Whatever connections do, in whatever order, the state stays true."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.machine = StreamMachine(self.clock)
        self.newest = 0
        self.mode: Mode | None = None
        self.heard = 0

    generations = st.integers(0, 8)

    @rule(mode=st.sampled_from(list(Mode)))
    def demand(self, mode: Mode) -> None:
        self.mode = mode
        self.machine.demand(mode)

    @rule()
    def stop(self) -> None:
        self.mode = None
        self.machine.stop()

    @rule(seconds=st.floats(0.0, 6.0))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.machine.look()

    @precondition(lambda self: self.mode is not None)
    @rule()
    def start(self) -> None:
        self.newest += 1
        self.machine.start(self.newest)

    @rule(generation=generations)
    def ready(self, generation: int) -> None:
        before = self._facts()
        if not self.machine.ready(generation):
            assert self._facts() == before

    @rule(generation=generations, late=st.floats(0.0, 8.0))
    def frame(self, generation: int, late: float) -> None:
        before, speaking = self._facts(), self.machine.speaking
        if self.machine.frame(generation, at=self.clock.now - late):
            assert generation >= speaking
            assert self.mode is Mode.LIVE
        else:
            assert self._facts() == before

    @rule(generation=generations, reason=st.sampled_from(REASONS[1:]))
    def lost(self, generation: int, reason: str) -> None:
        before = self._facts()
        if self.machine.lost(generation, reason=reason):
            assert self.machine.state is StreamState.CONNECTING
            assert self.machine.reason == reason
        else:
            assert self._facts() == before

    @invariant()
    def only_wanted_streams_have_a_state(self) -> None:
        assert (self.machine.state is StreamState.OFF) == (self.mode is None)

    @invariant()
    def live_means_a_frame_and_standby_mode_is_never_live(self) -> None:
        if self.mode is Mode.STANDBY:
            assert self.machine.state is not StreamState.LIVE

    @invariant()
    def a_later_generation_is_never_given_up_for_an_earlier(self) -> None:
        assert self.machine.speaking >= self.heard
        self.heard = self.machine.speaking

    @invariant()
    def a_picture_needs_no_excuse(self) -> None:
        if self.machine.state in (StreamState.LIVE, StreamState.STANDBY):
            assert self.machine.reason == ""

    def _facts(self) -> tuple[object, ...]:
        machine = self.machine
        return machine.state, machine.reason, machine.since, machine.speaking


TestLives = Lives.TestCase


def test_small_tiles_get_the_small_stream():
    assert choose_url(BOTH, width=640) == BOTH.sub_url
    assert choose_url(BOTH, width=900) == BOTH.sub_url
    assert choose_url(BOTH, width=901) == BOTH.main_url
    assert choose_url(BOTH, width=1360) == BOTH.main_url


def test_a_tile_near_the_limit_does_not_flutter():
    current = choose_url(BOTH, width=950)
    for width in (850, 899, 801, 860):
        current = choose_url(BOTH, width=width, current=current)
        assert current == BOTH.main_url
    current = choose_url(BOTH, width=799, current=current)
    assert current == BOTH.sub_url
    for width in (850, 899, 900):
        current = choose_url(BOTH, width=width, current=current)
        assert current == BOTH.sub_url


def test_a_camera_with_one_stream_shows_that_one():
    only = StreamSpec(stream_id="1", main_url="rtsp://c/only")
    assert choose_url(only, width=320) == only.main_url
    small = StreamSpec(stream_id="1", main_url="", sub_url="rtsp://c/sub")
    assert choose_url(small, width=1920) == small.sub_url


class Ended:
    """A session as its stream sees it."""

    def __init__(self, generation: int) -> None:
        self.generation, self.opened_at = generation, None

    def set_live(self, _live: bool) -> None:
        pass

    def finish(self) -> None:
        pass


def test_a_lane_that_is_late_with_an_ended_follower_silences_nobody():
    stream = Stream(
        "1",
        lanes=cast("Lanes", None),
        reception=cast("Reception", None),
        shelf=Shelf(),
        wake=lambda: None,
    )
    stream._shows, stream._follows = cast("Any", (Ended(1), Ended(2)))
    stream.want(BOTH, mode=Mode.LIVE, width=640, height=360, writer=None)
    now = time.monotonic()
    assert stream.may_show(1, at=now)
    stream._follows = None  # the tile is small again: the large stream is ended
    stream.ready(2)
    assert not stream.may_show(2, at=now)
    assert stream.may_show(1, at=now)
