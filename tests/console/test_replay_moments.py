"""Where the replay of a desk stands: steps, ends of what is kept, notes."""

from datetime import UTC, datetime

from console.replay import MARGIN_S, Replay
from video.contract import Playhead, StreamState, StreamStatus

AT = datetime(2026, 5, 4, 10, 41, 26, tzinfo=UTC)


class Kept:
    """What the engine says is kept, and what it was told."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.spans = {"1": ((960.0, 1000.0),), "2": ((980.0, 1000.0),)}
        self.head: Playhead | None = None
        self.cameras: frozenset[str] = frozenset()

    def status(self, camera_id: str) -> StreamStatus:
        return StreamStatus(StreamState.LIVE, AT, kept=self.spans.get(camera_id, ()))

    def replay(self, head: Playhead | None, cameras: frozenset[str]) -> None:
        self.head, self.cameras = head, cameras


def begun() -> tuple[Replay, Kept]:
    kept = Kept()
    return Replay(kept, lambda: AT, monotonic=lambda: kept.now), kept


def test_steps_add_up_and_end_live():
    replay, kept = begun()
    replay.back(("1", "2"))
    assert kept.cameras == {"1", "2"}
    assert kept.head == Playhead(990.0, 1000.0, 1.0)
    kept.now += 2.0
    replay.back(("1", "2"))
    assert replay.moment == 982.0
    replay.forward()
    assert replay.moment == 992.0
    replay.pause()
    kept.now += 5.0
    assert replay.moment == 992.0
    assert replay.paused
    replay.forward()
    assert replay.moment == 1002.0
    assert replay.paused
    replay.forward()
    assert not replay.active
    assert kept.head is None
    assert not replay.live()


def test_it_goes_back_no_further_than_what_is_kept_and_says_so():
    replay, _ = begun()
    replay.back(("1", "2"), 300.0)
    assert replay.moment == 960.0 + MARGIN_S
    assert replay.note
    assert replay.has("1")
    assert not replay.has("2")
    replay.seek(985.0)
    assert not replay.note
    assert replay.has("2")


def test_a_moment_that_is_let_go_is_left_with_a_word():
    replay, kept = begun()
    replay.back(("1",), 39.0)
    replay.pause()
    replay.step()
    assert replay.moment == 961.0
    assert not replay.note
    kept.spans["1"] = ((970.0, 1010.0),)
    kept.now = 1010.0
    replay.step()
    assert replay.moment == 970.0 + MARGIN_S
    assert replay.paused
    assert "earlier" in replay.note


def test_a_moment_has_the_time_of_the_town():
    replay, _ = begun()
    replay.back(("1",), 26.0)
    assert f"{replay.time_of(replay.moment):%H:%M:%S}" == "10:41:00"


def test_cameras_that_leave_the_tiles_leave_the_replay_and_the_last_ends_it():
    replay, kept = begun()
    replay.back(("1", "2"))
    replay.follow(("2", "3"))
    assert kept.cameras == {"2"}
    replay.follow(("3",))
    assert not replay.active
    assert kept.head is None


def test_without_a_camera_nothing_begins():
    replay, _ = begun()
    replay.back(())
    assert not replay.active
