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
    OnlyForFFmpeg,
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


def streams() -> dict[str, Loop | Stream | None]:
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
        "endless": coded(size=(64, 64), pictures=2_400, gop=2_400, rate=400),
        "only-ffmpeg": OnlyForFFmpeg(
            coded(pictures=LOOP_TICKS * RATE // TICKS_PER_SECOND)
        ),
        "busy-tcp": None,
        "busy-udp": None,
        "says-large": Lying(good, says=lambda said: Stream(large).sdp("127.0.0.1")),
    }


@pytest.fixture(scope="module")
def bad() -> Iterator[BadCameras]:
    made = BadCameras(streams())
    yield made
    made.close()


@pytest.fixture(params=["tcp", "udp"])
def transport(request: pytest.FixtureRequest) -> str:
    """Over TCP our own reception hears them, over UDP FFmpeg's."""
    return str(request.param)


def watch(viewer: Viewer, bad: BadCameras, *names: str, transport: str = "tcp") -> None:
    """Want these of one worker, in small tiles."""
    viewer.log_in(*names, user=USER, password=PASSWORD)
    specs = {name: bad.spec(name, transport=transport) for name in names}
    viewer.engine.want(
        {name: Want(spec, Mode.LIVE, 320, 180) for name, spec in specs.items()}
    )


def await_words(viewer: Viewer, words: dict[str, tuple[str, ...]]) -> None:
    """Wait until each says one of its words; the good one goes on after every one."""
    waiting = dict(words)
    while waiting:
        said: list[str] = []

        def somebody_says(said: list[str] = said) -> bool:
            viewer.engine.poll()
            said += [n for n, right in waiting.items() if viewer.reason(n) in right]
            return bool(said)

        until(somebody_says, limit=60)
        for name in said:
            del waiting[name]
        viewer.await_advance(GOOD)
        assert (viewer.state(GOOD), viewer.reason(GOOD)) == ("live", "")


@pytest.fixture
def alone() -> Iterator[Viewer]:
    made = Viewer(workers=1)
    yield made
    made.engine.close()


def worker_pids() -> list[int]:
    return sorted(each.pid for each in psutil.Process(os.getpid()).children())


def test_broken_streams_cost_nobody_else_a_picture(
    alone: Viewer, bad: BadCameras, transport: str
):
    names = (GOOD, "hevc-bits", *BROKEN, *FUZZED)
    watch(alone, bad, *names, transport=transport)
    alone.await_state("live", GOOD)
    before = worker_pids()
    await_words(alone, dict.fromkeys(BROKEN, WORDS))
    until(lambda: alone.engine.status(GOOD).fps > RATE / 2)
    assert worker_pids() == before


def test_a_stream_may_change_its_size(alone: Viewer, bad: BadCameras, transport: str):
    watch(alone, bad, GOOD, "sizes", transport=transport)
    alone.await_state("live", GOOD, "sizes")
    for _ in range(3 * RATE):  # through both sizes
        seen = alone.engine.status("sizes")
        assert seen.state is StreamState.LIVE
        sequence = shown(alone, "sizes")
        until(lambda seen=sequence: shown(alone, "sizes") > seen)
    assert alone.reason("sizes") == ""
    alone.await_advance(GOOD)


def shown(viewer: Viewer, name: str) -> int:
    viewer.engine.poll()
    picture = viewer.engine.picture(name)
    return 0 if picture is None else picture.sequence


def test_what_never_gives_a_picture_says_why(
    alone: Viewer, bad: BadCameras, transport: str
):
    watch(alone, bad, GOOD, "says-large", *NEVER, transport=transport)
    alone.await_state("live", GOOD, "says-large")
    before = worker_pids()
    await_words(alone, NEVER)
    assert worker_pids() == before
    for name in NEVER:
        assert name == "8k-later" or alone.engine.picture(name) is None


def test_a_group_without_end_is_begun_anew_when_it_is_called(
    alone: Viewer, bad: BadCameras, transport: str
):
    alone.log_in(GOOD, "endless", user=USER, password=PASSWORD)
    good = Want(bad.spec(GOOD, transport=transport), Mode.LIVE, 320, 180)
    spec = bad.spec("endless", transport=transport)
    alone.engine.want({GOOD: good, "endless": Want(spec, Mode.STANDBY, 64, 64)})
    until(lambda: alone.engine.status("endless").ready)
    until(lambda: not alone.engine.status("endless").ready)  # too long to keep
    assert alone.state("endless") == "standby"
    alone.engine.want({GOOD: good, "endless": Want(spec, Mode.LIVE, 64, 64)})
    until(lambda: alone.reason("endless") == "no_key_frame")
    alone.await_advance(GOOD)
    alone.await_state("live", GOOD, "endless")
    assert alone.reason("endless") == ""


def test_what_shows_us_nothing_is_opened_as_ffmpeg_does(alone: Viewer, bad: BadCameras):
    watch(alone, bad, GOOD, "only-ffmpeg")
    await_words(alone, {"only-ffmpeg": ("no_picture",)})
    alone.await_state("live", "only-ffmpeg")
    alone.await_advance(GOOD, "only-ffmpeg")


def test_a_busy_camera_is_said_to_be_busy_and_shown_when_it_is_not(
    alone: Viewer, bad: BadCameras, transport: str
):
    name = f"busy-{transport}"
    watch(alone, bad, GOOD, name, transport=transport)
    await_words(alone, {name: ("busy",)})
    bad.begin(name, coded())
    alone.await_state("live", GOOD, name)
    assert alone.reason(name) == ""
