"""Pictures of before: at the moment asked for, together, and never as live ones."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from test_decode import coded
from viewing import Cameras, Viewer, until

from video.contract import Playhead
from video.decode import Canvas
from video.frame_code import LOOP_TICKS, TICKS_PER_SECOND
from video.lanes import Lanes
from video.replay import Replay
from video.ring import Shelf
from video.slots import Arena, SlotWriter
from video.sources.packets import CodecSetup
from video.workers import Mode

FRAME_S = 1 / 15
WATCHED = ("2", "3", "4")
SEEN_LEAST = 15  # pictures, before it is known how a camera's clock runs against ours


class Seen:
    """What a viewer saw of each camera: when it came in, and its number."""

    def __init__(self, viewer: Viewer, *camera_ids: str) -> None:
        self.viewer, self.ids = viewer, camera_ids
        self.offsets: dict[str, list[float]] = {each: [] for each in camera_ids}

    def look(self) -> None:
        """Note how each camera's clock runs against ours, live."""
        for camera_id in self.viewer.engine.poll() & set(self.ids):
            picture, mark = self.viewer.engine.picture(camera_id), None
            if picture is not None and not picture.again:
                mark = self.viewer.mark(camera_id)
            if picture is not None and mark is not None:
                arrived = time.monotonic() - picture.age_s
                self.offsets[camera_id].append(
                    (mark.number / TICKS_PER_SECOND - arrived) % 12.0
                )

    def number_at(self, camera_id: str, moment: float) -> float:
        """Return the number that came in at a moment, from what was seen live."""
        first = self.offsets[camera_id][0]
        turned = [(each - first + 6.0) % 12.0 - 6.0 for each in self.offsets[camera_id]]
        return (first + float(np.median(turned)) + moment) % 12.0 * TICKS_PER_SECOND


def off_by(one: float, other: float) -> float:
    """Return the seconds between two numbers, over the loop's seam if need be."""
    half = LOOP_TICKS / 2
    return abs((one - other + half) % LOOP_TICKS - half) / TICKS_PER_SECOND


def kept_s(viewer: Viewer, camera_id: str) -> float:
    spans = viewer.engine.status(camera_id).kept
    return spans[-1][1] - spans[0][0] if spans else 0.0


@pytest.fixture(scope="module")
def shared(cameras: Cameras) -> Iterator[Viewer]:
    """A viewer that goes on from test to test: waiting for what is kept takes long."""
    made = Viewer()
    made.log_in(*WATCHED)
    wants = cameras.wants(*WATCHED, mode=Mode.LIVE)
    made.engine.want({name: replace(each, ring_s=120) for name, each in wants.items()})
    made.await_state("live", *WATCHED)
    yield made
    made.engine.close()


@pytest.fixture
def running(shared: Viewer) -> Iterator[Viewer]:
    """Yield a viewer of live cameras, and leave them live."""
    yield shared
    shared.engine.replay(None, ())
    shared.await_state("live", *WATCHED)


def watched(viewer: Viewer, seconds: float, *ids: str) -> Seen:
    """Watch live until so much is kept of each camera."""
    seen = Seen(viewer, *ids)

    def enough() -> bool:
        seen.look()
        known = all(len(seen.offsets[each]) >= SEEN_LEAST for each in ids)
        return known and all(kept_s(viewer, each) > seconds for each in ids)

    until(enough)
    return seen


def moments_ago(viewer: Viewer, seconds: float, *ids: str) -> float:
    """Return the moment so long before the newest that is kept of each."""
    return max(viewer.engine.status(each).kept[-1][1] for each in ids) - seconds


def await_again(viewer: Viewer, *ids: str) -> None:
    def shown() -> bool:
        viewer.engine.poll()
        pictures = [viewer.engine.picture(each) for each in ids]
        return all(each is not None and each.again for each in pictures)

    until(shown)


def test_a_still_moment_is_the_picture_that_came_in_then(running: Viewer):
    viewer = running
    seen = watched(viewer, 7.0, "2", "3")
    began = moments_ago(viewer, 6.5, "2", "3")
    for after in (0.5, 4.1, 1.7, 5.6):
        moment = began + after
        viewer.engine.replay(Playhead(moment, time.monotonic(), 0.0), {"2", "3"})
        for camera_id in ("2", "3"):

            def there(camera_id: str = camera_id, moment: float = moment) -> bool:
                viewer.engine.poll()
                picture = viewer.engine.picture(camera_id)
                if picture is None or not picture.again:
                    return False
                late = moment - (time.monotonic() - picture.age_s)
                return -0.01 <= late <= 2 * FRAME_S

            until(there)
            mark = viewer.mark(camera_id)
            assert mark is not None
            expected = seen.number_at(camera_id, moment)
            assert off_by(mark.number, expected) <= 2 * FRAME_S, (after, camera_id)


def test_two_cameras_play_by_one_clock_and_live_is_the_newest(running: Viewer):
    viewer = running
    seen = watched(viewer, 6.0, *WATCHED)
    now = time.monotonic()
    began = moments_ago(viewer, 5.8, "2", "3")
    head = Playhead(began + 0.5, now, 1.0)
    viewer.engine.replay(head, {"2", "3"})
    await_again(viewer, "2", "3")
    numbers: dict[str, set[int]] = {"2": set(), "3": set()}
    apart: list[float] = []

    def played() -> bool:
        for camera_id in viewer.engine.poll():
            picture = viewer.engine.picture(camera_id)
            assert picture is not None
            assert picture.again == (camera_id != "4")
            mark = viewer.mark(camera_id)
            assert mark is not None
            if camera_id != "4":
                numbers[camera_id].add(mark.number)
        pair = [viewer.engine.picture(each) for each in ("2", "3")]
        apart.append(abs(pair[0].age_s - pair[1].age_s) if all(pair) else 99.0)
        return all(len(each) > 30 for each in numbers.values())

    until(played)
    # Both show what came in at one moment: within a frame time, and a round.
    assert float(np.median(apart)) <= 2 * FRAME_S
    assert viewer.state("2") == "standby"
    assert viewer.state("4") == "live"
    kept_before = kept_s(viewer, "2")
    viewer.engine.replay(None, ())
    viewer.await_state("live", "2", "3")

    def live_again() -> bool:
        viewer.engine.poll()
        pictures = [viewer.engine.picture(each) for each in ("2", "3")]
        return all(p is not None and not p.again and p.age_s < 1 for p in pictures)

    until(live_again)
    for camera_id in ("2", "3"):
        picture, mark = viewer.engine.picture(camera_id), viewer.mark(camera_id)
        assert picture is not None
        assert mark is not None
        arrived = time.monotonic() - picture.age_s
        expected = seen.number_at(camera_id, arrived)
        assert off_by(mark.number, expected) <= 2 * FRAME_S
    assert kept_s(viewer, "2") >= kept_before  # nothing was lost meanwhile


def test_a_slider_that_is_dragged_shows_pictures_on_the_way_and_ends_right(
    running: Viewer,
):
    viewer = running
    watched(viewer, 6.0, "2")
    began = moments_ago(viewer, 5.8, "2")
    shown: set[int] = set()
    moment = began
    for step in range(60):
        moment = began + 0.3 + 5.0 * (step * 37 % 60) / 60
        viewer.engine.replay(Playhead(moment, time.monotonic(), 0.0), {"2"})
        time.sleep(0.02)
        viewer.engine.poll()
        picture = viewer.engine.picture("2")
        if picture is not None and picture.again:
            shown.add(picture.sequence)
    assert len(shown) > 5

    def there() -> bool:
        viewer.engine.poll()
        picture = viewer.engine.picture("2")
        assert picture is not None
        return abs(moment - (time.monotonic() - picture.age_s)) <= 2 * FRAME_S

    until(there)


def test_a_short_ring_lets_the_moment_go_and_the_last_picture_stays(
    cameras: Cameras, viewer: Viewer
):
    viewer.log_in("2")
    wants = cameras.wants("2", mode=Mode.LIVE)
    viewer.engine.want({"2": replace(wants["2"], ring_s=3)})
    until(lambda: kept_s(viewer, "2") > 3)
    moment = viewer.engine.status("2").kept[0][0] + 0.2
    viewer.engine.replay(Playhead(moment, time.monotonic(), 0.0), {"2"})
    await_again(viewer, "2")
    until(lambda: viewer.engine.status("2").kept[0][0] > moment)
    viewer.engine.poll()
    picture = viewer.engine.picture("2")
    assert picture is not None
    assert picture.again
    assert kept_s(viewer, "2") < 3 + 2.5


def test_where_a_group_cannot_be_decoded_the_next_one_is_tried_and_nothing_piles_up():
    lanes, arena = Lanes(1), Arena()
    try:
        reader = arena.take(640, 360)
        canvas = Canvas()
        canvas.aim(SlotWriter(reader.address, arena.fd), (640, 360))
        replay = Replay(Shelf(), canvas=canvas, lanes=lanes)
        good = CodecSetup("h264", None, 1.0)
        bad = CodecSetup("no such codec", None, 1.0)
        now = time.monotonic()
        for at, each in enumerate(coded(30)):
            packet = replace(each, arrived=now - 30.0 + at / 15)
            replay.add(packet, bad if at < 15 else good, source=1 + at // 15)
        replay.play(Playhead(now - 30.0, now, 0.0))
        assert replay.step(now)
        first = replay._decoder
        assert first is not None
        until(lambda: first.finished)
        for at in range(1, 10):
            replay.play(Playhead(now - 30.0 + at / 20, now, 0.0))
            replay.step(now + 10.0)
        assert not first._incoming
        replay.play(Playhead(now - 28.1, now, 0.0))
        assert replay.step(now + 20.0)
        until(reader.take)
        shot = reader.shot()
        assert shot is not None
        assert shot.again
        replay.end()
    finally:
        lanes.finish()
        arena.close()
