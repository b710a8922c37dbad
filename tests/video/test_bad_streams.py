"""Streams that are broken, lie or never begin: the worker lives, the others go on.

Each is sent by a real RTSP server; what is wrong with it is said in its status.
"""

import os
from collections.abc import Iterator

import psutil
import pytest
from bad_cameras import (
    PASSWORD,
    RATE,
    USER,
    BadCameras,
    Lying,
    coded,
    flipped,
    fuzzed,
    one_after_the_other,
    reordered,
    truncated,
    without_key_frames,
)
from viewing import Viewer, until

from video.coded_loop import Loop
from video.contract import Mode, StreamState, Want
from video.frame_code import LOOP_TICKS, TICKS_PER_SECOND
from video.virtual_camera_rtsp import Stream

GOOD = "good"
FUZZED = tuple(f"fuzz-{seed}" for seed in range(4))
BROKEN = ("bits", "cut", "order", "hevc-order")
WORDS = ("damaged", "no_picture")  # a decoder hides more of it, or gives up sooner
OTHERS = ("no_key_frame", "no_picture")  # what FFmpeg makes of another codec's packets
NEVER = {
    "no-key": ("no_key_frame",),
    "hevc-no-key": ("no_key_frame",),
    "8k": ("too_large",),
    "8k-untold": ("too_large",),
    "8k-later": ("too_large",),
    "says-h265": OTHERS,
    "says-h264": OTHERS,
    "says-jpeg": OTHERS,
    "says-sound": ("no_picture",),
    "says-rubbish": ("no_picture",),
}


def untold(description: str) -> str:
    lines = description.split("\r\n")
    return "\r\n".join(line for line in lines if not line.startswith("a=fmtp"))


def jpeg(description: str) -> str:
    said = description.replace("AVP 96", "AVP 26")
    return said.replace("a=rtpmap:96 H264", "a=rtpmap:26 JPEG")


def streams() -> dict[str, Loop | Stream]:
    good, hevc = coded(), coded("hevc")
    large = coded(size=(640, 384))
    huge = coded(size=(7680, 4320), pictures=2, gop=1)
    return {
        GOOD: coded(pictures=LOOP_TICKS * RATE // TICKS_PER_SECOND),
        "bits": flipped(good, 1, share=1.0),
        "cut": truncated(good, 2, share=1.0),
        "order": reordered(good, 3),
        "hevc-bits": flipped(hevc, 4),
        "hevc-order": reordered(hevc, 5),
        **{name: fuzzed(good, at) for at, name in enumerate(FUZZED)},
        "no-key": without_key_frames(good),
        "hevc-no-key": without_key_frames(hevc),
        "8k": huge,
        "8k-untold": Lying(huge, says=untold),
        "8k-later": one_after_the_other(good, huge),
        "sizes": one_after_the_other(
            coded(pictures=RATE), coded(size=(640, 384), pictures=RATE)
        ),
        "says-h265": Lying(good, says=lambda said: said.replace("H264", "H265")),
        "says-h264": Lying(hevc, says=lambda said: said.replace("H265", "H264")),
        "says-jpeg": Lying(good, says=jpeg),
        "says-sound": Lying(
            good,
            says=lambda said: said.replace("m=video", "m=audio").replace("H264", "L16"),
        ),
        "says-rubbish": Lying(good, says=lambda said: "v=9\r\nm=video\r\n\x01\x02"),
        "says-large": Lying(good, says=lambda said: Stream(large).sdp("127.0.0.1")),
    }


@pytest.fixture(scope="module")
def bad() -> Iterator[BadCameras]:
    made = BadCameras(streams())
    yield made
    made.close()


def watch(viewer: Viewer, bad: BadCameras, *names: str) -> None:
    """Want these of one worker, in small tiles."""
    viewer.log_in(*names, user=USER, password=PASSWORD)
    viewer.engine.want(
        {name: Want(bad.spec(name), Mode.LIVE, 320, 180) for name in names}
    )


@pytest.fixture
def alone() -> Iterator[Viewer]:
    made = Viewer(workers=1)
    yield made
    made.engine.close()


def worker_pids() -> list[int]:
    return sorted(each.pid for each in psutil.Process(os.getpid()).children())


def test_broken_streams_cost_nobody_else_a_picture(alone: Viewer, bad: BadCameras):
    watch(alone, bad, GOOD, "hevc-bits", *BROKEN, *FUZZED)
    alone.await_state("live", GOOD)
    before = worker_pids()
    silent = set(BROKEN)

    def all_said() -> bool:
        alone.engine.poll()
        silent.difference_update(n for n in BROKEN if alone.reason(n) in WORDS)
        return not silent

    until(all_said, limit=60)
    alone.await_advance(GOOD)
    until(lambda: alone.engine.status(GOOD).fps > RATE / 2)
    assert worker_pids() == before
    assert alone.reason(GOOD) == ""


def test_a_stream_may_change_its_size(alone: Viewer, bad: BadCameras):
    watch(alone, bad, "sizes")
    alone.await_state("live", "sizes")
    for _ in range(3 * RATE):  # through both sizes
        seen = alone.engine.status("sizes")
        assert seen.state is StreamState.LIVE
        sequence = shown(alone, "sizes")
        until(lambda seen=sequence: shown(alone, "sizes") > seen)
    assert alone.reason("sizes") == ""


def shown(viewer: Viewer, name: str) -> int:
    viewer.engine.poll()
    picture = viewer.engine.picture(name)
    return 0 if picture is None else picture.sequence


def test_what_never_gives_a_picture_says_why(alone: Viewer, bad: BadCameras):
    watch(alone, bad, GOOD, "says-large", *NEVER)
    alone.await_state("live", GOOD, "says-large")
    before = worker_pids()
    waiting = dict(NEVER)

    def all_said() -> bool:
        alone.engine.poll()
        for name in tuple(waiting):
            if alone.reason(name) in waiting[name]:
                del waiting[name]
        return not waiting

    until(all_said, limit=60)
    alone.await_advance(GOOD)
    assert worker_pids() == before
    for name in NEVER:
        assert name == "8k-later" or alone.engine.picture(name) is None


def test_a_group_without_end_is_begun_anew_when_it_is_called(alone: Viewer):
    endless = coded(size=(64, 64), pictures=2_400, gop=2_400, rate=400)
    cameras = BadCameras({"endless": endless})
    try:
        alone.log_in("endless", user=USER, password=PASSWORD)
        spec = cameras.spec("endless")
        alone.engine.want({"endless": Want(spec, Mode.STANDBY, 64, 64)})
        until(lambda: alone.engine.status("endless").ready)
        until(lambda: not alone.engine.status("endless").ready)  # too long to keep
        assert alone.state("endless") == "standby"
        alone.engine.want({"endless": Want(spec, Mode.LIVE, 64, 64)})
        until(lambda: alone.reason("endless") == "no_key_frame")
        alone.await_state("live", "endless")
        assert alone.reason("endless") == ""
    finally:
        cameras.close()
