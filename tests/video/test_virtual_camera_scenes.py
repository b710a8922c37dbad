"""The drawn scenes: each its own, alive, without a seam, with room for the mark."""

import itertools
import math
from functools import cache

import numpy as np
import pytest

from video.frame_code import FrameMark, read_frame_mark, write_frame_mark
from video.scenes import SCENES, Drawable, open_scene
from video.scenes_look import Look
from video.scenes_overlay import LETTERING, Overlay
from video.scenes_vehicle import driven
from video.virtual_camera import DEMO_CAMERAS

SIZE = (160, 90)  # what takes long is done pixel by pixel


@cache
def by_day(name: str) -> Drawable:
    return open_scene(name, SIZE)


def difference(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.abs(a.astype(np.int16) - b.astype(np.int16)).mean())


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_lives_and_closes_its_loop(name: str) -> None:
    scene = by_day(name)
    # Five pictures share one grain; the fifth picture on has the first one's.
    first = scene.draw(0.0)
    for t in (1.0, 2.0, 3.0, 4.0):
        scene.draw(t)
    later = scene.draw(6.0)
    for t in (1.0, 2.0, 3.0, 4.0):
        scene.draw(t)
    again = scene.draw(12.0)
    assert first.shape == (SIZE[1], SIZE[0], 3)
    assert first.std() > 25  # a picture, not a grey field
    assert difference(first, later) > 0.4
    assert difference(first, again) < 0.05


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_has_a_night_and_other_places_like_it(name: str) -> None:
    day = by_day(name).draw(0.0)
    looks = (Look(seed=5), Look(seed=9, mirrored=True, night=True))  # each is slow
    others = [open_scene(name, SIZE, look).draw(0.0) for look in looks]
    for picture in others:
        assert difference(day, picture) > 6
    assert others[-1].mean() < 0.75 * day.mean()
    assert others[-1].max() > 200  # lamps
    again = open_scene(name, SIZE, Look(seed=5)).draw(0.0)
    assert difference(others[0], again) == 0


def test_a_mirrored_place_is_the_other_way_round() -> None:
    day = by_day("market").draw(0.0)  # the quickest
    turned = open_scene("market", SIZE, Look(mirrored=True)).draw(0.0)
    assert difference(day, turned) > 20
    assert difference(day, turned[:, ::-1]) < 4  # grain, and signs that stay readable


def test_the_vehicle_turns_right_and_stands_where_it_began() -> None:
    places = [driven(share / 60 * 65.2) for share in range(61)]
    headings = [heading for _, heading, _ in places]
    assert headings == sorted(headings)
    assert headings[0] == 0
    assert headings[-1] == pytest.approx(math.pi / 2)
    for ((ax, ay), _, _), ((bx, by), _, _) in itertools.pairwise(places):
        assert math.hypot(bx - ax, by - ay) < 1.2


def test_the_scenes_differ() -> None:
    pictures = [by_day(name).draw(0.0) for name in SCENES]
    for i, a in enumerate(pictures):
        for b in pictures[i + 1 :]:
            assert difference(a, b) > 15


def test_every_demonstration_camera_has_its_lettering() -> None:
    assert {c.scene for c in DEMO_CAMERAS} == set(SCENES) - {"vehicle"}
    for camera in DEMO_CAMERAS:
        assert camera.label.is_file()


@pytest.mark.parametrize("size", [(640, 360), (1920, 1080)])
def test_the_overlay_leaves_the_mark_alone(size: tuple[int, int]) -> None:
    picture = np.full((size[1], size[0], 3), 120, np.uint8)
    overlay = Overlay(size, camera_id="1203", label=LETTERING / "1203.png")
    overlay.draw(picture, 3.0)
    lettered = picture.copy()
    write_frame_mark(picture, FrameMark(225, 1))
    assert read_frame_mark(picture) == FrameMark(225, 1)
    changed = np.any(picture != lettered, axis=2)
    assert not np.any(changed & np.any(lettered != 120, axis=2))
    clock = lettered[: size[1] // 8, : size[0] // 2]
    name = lettered[-size[1] // 8 :, size[0] // 2 :]
    assert clock.max() > 220
    assert name.max() > 220


def test_a_camera_without_lettering_shows_its_number() -> None:
    picture = np.full((360, 640, 3), 120, np.uint8)
    Overlay((640, 360), camera_id="77", label=None).draw(picture, 0.0)
    assert picture[-45:, 320:].max() > 220
