"""What a look at a camera's addresses finds, in the technician's words."""

import dataclasses

import pytest

from console.camera_looks import LOOKED, NO_PICTURE, looks
from console.command_words import CommandWords
from dispatch.cameras import Camera
from dispatch.geo import Point
from resources.home import Home
from video.advice import Looked, Measured

CAMERA = Camera(
    camera_id="1203",
    name="东门",
    point=Point(120.9, 30.9),
    bearing_deg=0.0,
    fov_deg=60.0,
    range_m=60.0,
    main_url="rtsp://127.0.0.1/main",
    sub_url="rtsp://127.0.0.1/sub",
)
MAIN = Measured(codec="h264", width=1920, height=1080, fps=25.0, group_s=10.0)
SUB = Measured(codec="h264", width=640, height=360, fps=15.0, group_s=2.0)


@pytest.fixture
def say(tmp_path) -> CommandWords:
    return CommandWords.of(Home(tmp_path))


def test_a_poor_setting_is_said_below_the_picture_it_is_of(say):
    at = {CAMERA.main_url: Looked("", MAIN), CAMERA.sub_url: Looked("", SUB)}
    lines, status = looks(CAMERA, None, lambda url, _login: at[url], say)
    assert (len(lines), status) == (3, 0)
    assert "10.0" in lines[1]
    assert lines[0] == say("picture: {found}", found=say(LOOKED[""]))


def test_a_camera_without_a_small_stream_is_told_of_one(say):
    alone = dataclasses.replace(CAMERA, sub_url="")
    lines, _status = looks(alone, None, lambda _url, _login: Looked("", MAIN), say)
    assert len(lines) == 3
    assert "1920x1080" in lines[2]


def test_of_what_gave_no_picture_nothing_is_advised(say):
    looked = Looked("timeout", MAIN)
    lines, status = looks(CAMERA, None, lambda _url, _login: looked, say)
    assert (len(lines), status) == (2, NO_PICTURE)
    assert all(say(LOOKED["timeout"]) in line for line in lines)


def test_one_stream_of_two_that_gives_no_picture_is_told_by_the_status(say):
    at = {CAMERA.main_url: Looked("login", None), CAMERA.sub_url: Looked("", SUB)}
    lines, status = looks(CAMERA, None, lambda url, _login: at[url], say)
    assert status == NO_PICTURE
    assert f"lookout camera login {CAMERA.camera_id}" in lines[-1]
