"""Which loop a camera plays when, and what is drawn next."""

import asyncio
import shutil
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rtsp_viewer import Cameras, Rtsp
from viewing import until
from virtual_camera_kit import Pattern

from video.scenes_loops import encode_loop
from video.virtual_camera_plan import (
    STAND_IN,
    DrawingQueue,
    Night,
    TownClock,
    camera_specs,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def answers(port: int, path: str) -> bool:
    with Rtsp(port, path) as viewer:
        viewer.ask("DESCRIBE")
        return viewer.ask("DESCRIBE")[0] == 200


def test_cameras_of_one_scene_look_different_and_keep_their_looks() -> None:
    scenes = {"1203": "street", "1225": "street", "1226": "street:106", "1": "park"}
    specs = {s.camera_id: s for s in camera_specs(scenes)}
    assert specs["1203"].seed == specs["1"].seed == 0
    assert specs["1226"].seed == 106
    assert len({s.look for s in specs.values() if s.scene == "street"}) == 3
    again = {s.camera_id: s for s in camera_specs(scenes)}
    assert again == specs
    names = {
        spec.loop_spec(i, form, night=night).file_name
        for i, spec in enumerate(specs.values())
        for form in ("sub", "main")
        for night in (False, True)
    }
    assert len(names) == 16


@pytest.mark.parametrize("scene", ["moon", "street:x", ""])
def test_what_is_no_scene_is_refused(scene: str) -> None:
    with pytest.raises(ValueError, match=r"scene|invalid"):
        camera_specs({"1": scene})


@given(st.times(), st.times(), st.times())
def test_it_is_night_or_day(begins: time, ends: time, moment: time) -> None:
    night, day = Night(begins, ends), Night(ends, begins)
    if begins != ends:
        assert night.at(moment) != day.at(moment)
    assert Night(time(18), time(6)).at(time(23))
    assert Night(time(18), time(6)).at(time(5, 59))
    assert not Night(time(18), time(6)).at(time(6))


def test_the_town_s_clock_can_be_set_and_goes_on() -> None:
    now = [NOON]
    clock = TownClock(lambda: now[0])
    assert clock.time() == time(12)
    clock.set(time(22, 10))
    now[0] += timedelta(minutes=5)
    assert clock.time() == time(22, 15)


def test_the_most_urgent_is_drawn_first_and_nothing_twice() -> None:
    one, two = (
        spec.loop_spec(i, "sub", night=False)
        for i, spec in enumerate(camera_specs({"1": "street", "2": "park"}))
    )

    async def run() -> list[object]:
        queue = DrawingQueue()
        asyncio.get_running_loop().call_soon(lambda: queue.want([one, two], urgency=3))
        first = await queue.next()
        queue.want([one, two], urgency=3)
        queue.want([two], urgency=1)
        queue.want([two], urgency=4)
        return [first, await queue.next(), await queue.next(), len(queue)]

    assert asyncio.run(run()) == [(one, 3), (two, 1), (one, 3), 0]


def test_a_camera_that_is_not_drawn_yet_says_so_and_night_falls_when_told(
    tmp_path,
) -> None:
    scenes = dict.fromkeys(map(str, range(1, 6)), "street")
    specs = camera_specs(scenes)
    day = [spec.loop_spec(at, "sub", night=False) for at, spec in enumerate(specs[:4])]
    made = encode_loop(day[0], tmp_path, lambda done, of: None, scene=Pattern())
    for each in (*day[1:], specs[0].loop_spec(0, "sub", night=True)):
        for suffix in (".h264", ".json"):  # nobody looks at them: the same will do
            there = tmp_path / each.file_name
            shutil.copy(made.with_suffix(suffix), there.with_suffix(suffix))
    encode_loop(STAND_IN, tmp_path, lambda done, of: None)
    cameras = Cameras(
        tmp_path,
        cameras=scenes,
        main="asked",
        background=False,
        night={"from": "00:00", "to": "00:00"},
    )
    try:
        until(lambda: answers(cameras.port, "5/sub"))
        with Rtsp(cameras.port, "5/sub") as viewer:
            viewer.play()  # the card
            viewer.packet()
        with Rtsp(cameras.port, "1/main") as viewer:
            viewer.ask("DESCRIBE")
            assert viewer.ask("DESCRIBE")[0] == 503
        cameras.wait("progress")  # somebody asked: it is being drawn
        cameras.say(time="22:10")
        assert cameras.wait("done") == {"time": "22:10", "night": False}
    finally:
        assert cameras.close() == 0
