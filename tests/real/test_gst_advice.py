"""What would be better of real streams' settings: measured while they are watched."""

import sys
from contextlib import ExitStack
from pathlib import Path

from test_gst_camera import PASSWORD, USER, camera, until

from console import doctor_cameras
from console.camera_advice import said_of
from console.doctor import Level, examine
from dispatch.cameras import Camera
from dispatch.geo import Point
from resources.home import Home
from video.advice import advice
from video.contract import Login, Mode, StreamSpec, Want
from video.workers import VideoEngine

sys.path.insert(0, str(Path(__file__).parents[1] / "console"))
from test_doctor_cameras import register

WORKER = [sys.executable, "-m", "video.worker_main"]
LARGE = (1600, 900)
POOR = {
    "fine": ("h264", (640, 360), ()),
    "long": ("h264long", (640, 360), ("long_group",)),
    "order": ("h264b", (640, 360), ("b_frames",)),
    "h265": ("h265", (640, 360), ("h265_weak",)),
    "large": ("h264", LARGE, ("no_small",)),
}


def measured_all(engine: VideoEngine) -> bool:
    engine.poll()
    return all(engine.status(each).measured is not None for each in POOR)


def plain(_context: str, text: str) -> str:
    return text


def test_a_stream_that_is_shown_is_measured_and_advised_on():
    engine = VideoEngine(worker_command=WORKER, worker_count=1)
    with ExitStack() as stack:
        stack.callback(engine.close)
        wants = {}
        for number, (codec, size, _codes) in POOR.items():
            address = stack.enter_context(camera(codec, size=size))
            spec = StreamSpec(stream_id=number, main_url=address, needs_login=True)
            engine.set_login(number, Login(USER, PASSWORD))
            wants[number] = Want(spec, Mode.LIVE, 320, 180)
        engine.want(wants)
        until(lambda: measured_all(engine), limit=90.0)
        for number, (_codec, size, codes) in POOR.items():
            status = engine.status(number)
            measured = status.measured
            assert measured is not None
            assert (measured.width, measured.height) == size
            assert not status.small
            given = advice(measured, small=False, has_small=False, cores=2)
            assert given == codes, (number, measured)
        known = Camera(camera_id="1", name="东门", point=Point(120.9, 30.9))
        (said,) = said_of(engine.status("long"), known, plain)
        assert "key frame every 2 s" in said


def test_the_doctor_says_what_would_be_better(tmp_path: Path):
    home = Home(tmp_path / "home")
    with camera("h264long") as poor, camera("h264") as good:
        register(home, {"1001": (poor, ""), "1002": (good, "")}, (USER, PASSWORD))
        first, last = examine("cameras", doctor_cameras.cameras, home)
    assert (first.level, last.level) == (Level.LOOK, Level.OK)
    assert first.values["number"] == "1001"
    assert "key frame" in first.remedy
    assert PASSWORD not in str(first)
