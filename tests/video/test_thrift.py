"""What a decoder leaves out at each step, on real packets."""

import itertools
import time
from collections import deque
from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext

from video.contract import FRESH_S, Step
from video.sources.packets import VideoPacket
from video.thrift import BEHIND_S, MOST_APART_S, STILL_EVERY_S, Thrift, Told

RATE, GROUP = 15, 30


def coded(seconds: float, *, reordered: bool = False) -> list[VideoPacket]:
    """Return packets with a key frame every two seconds; the level is their number."""
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = 64, 48, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, RATE), Fraction(RATE)
    codec.thread_count = 1
    frames = f"keyint={GROUP}:min-keyint={GROUP}:scenecut=0:b-pyramid=none"
    codec.options = {
        "preset": "medium" if reordered else "ultrafast",
        "x264-params": f"{frames}:bframes={2 if reordered else 0}:b-adapt=0:qp=10",
    }
    packets = []
    for number in range(int(seconds * RATE)):
        picture = np.full((48, 64, 3), 20 + number % 200, np.uint8)
        frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
        frame.pts = number
        packets += codec.encode(frame)
    packets += codec.encode(None)
    return [
        VideoPacket(packet, packet.is_keyframe, packet.size, at / RATE)
        for at, packet in enumerate(packets)
    ]


class Decoding:
    """A decoder with nothing but its thrift."""

    def __init__(self) -> None:
        self.told = Told()
        self.thrift = Thrift(self.told)
        context = av.CodecContext.create("h264", "r")
        assert isinstance(context, VideoCodecContext)
        self.context = context
        self.painted: list[int] = []

    def take(self, *packets: VideoPacket, late_s: float = 0.0) -> int:
        """Take packets one by one, so late; return how many were decoded."""
        decoded = 0
        for packet in packets:
            now = packet.arrived + late_s
            for each in self.thrift.sieve(deque([packet]), now):
                decoded += 1
                for frame in self.thrift.decode(
                    self.context, each.coded(), key=each.key, late_s=late_s
                ):
                    assert frame.pts is not None
                    self.painted.append(frame.pts)
        return decoded


def test_everything_is_painted_until_something_is_to_be_left_out():
    decoding = Decoding()
    packets = coded(4)
    assert decoding.take(*packets) == len(packets)
    assert decoding.painted == list(range(len(decoding.painted)))
    assert len(decoding.painted) >= len(packets) - 2


@pytest.mark.parametrize("step", [Step.HALF, Step.SMALL])
def test_as_long_as_there_is_time_nothing_is_left_out(step: Step):
    decoding = Decoding()
    packets = coded(8)
    decoding.told.step = step
    assert decoding.take(*packets, late_s=BEHIND_S) == len(packets)
    assert decoding.thrift.left == 0


def test_what_no_other_needs_is_not_decoded_where_there_is_no_time():
    decoding = Decoding()
    packets = coded(4, reordered=True)
    decoding.told.step = Step.HALF
    half = len(packets) // 2
    decoding.take(*packets[:half], late_s=0.0)
    assert len(decoding.painted) > half - 3
    decoding.painted.clear()
    decoding.take(*packets[half:], late_s=BEHIND_S + 0.01)
    assert len(decoding.painted) < half * 0.5  # two of three need not be
    assert decoding.thrift.left > half * 0.5
    assert decoding.painted[-1] > len(packets) - 5


@pytest.mark.parametrize(
    ("late_s", "left_out_s"),
    [(0.05, 0.0), (0.15, 0.2), (0.2, 0.4), (0.3, 0.8), (0.5, 1.0), (1.9, 1.0)],
)
def test_of_a_stream_that_needs_all_the_end_of_a_group_is_left_out(late_s, left_out_s):
    decoding = Decoding()
    groups, seconds = 10, GROUP / RATE
    packets = coded(groups * seconds)
    decoding.told.step = Step.HALF
    decoding.take(*packets[: 2 * GROUP])  # how far apart its key frames come
    assert decoding.thrift.left == 0
    decoding.take(*packets[2 * GROUP :], late_s=late_s)
    left = decoding.thrift.left / RATE / (groups - 2)
    assert left == pytest.approx(left_out_s, abs=1.01 / RATE)
    assert set(range(2 * GROUP, len(packets), GROUP)) <= set(decoding.painted)
    assert not decoding.thrift.waits or left_out_s


def test_where_nobody_knows_when_the_next_key_frame_comes_no_end_is_left_out():
    thrift = Thrift(told := Told())
    told.step = Step.HALF
    packet = coded(0.1)[0]
    at = 0.0
    for group_s in (2.0, 0.5, 4.0, 1.0, 3.0, 0.5, 8.0):
        for number in range(int(group_s * RATE)):
            at += 1 / RATE
            one = VideoPacket(packet.packet, number == 0, packet.size, at)
            assert thrift.sieve(deque([one]), at + 0.5)
    assert thrift.left == 0


def test_of_a_long_group_no_more_is_left_out_than_may_pass_for_live():
    thrift = Thrift(told := Told())
    told.step = Step.HALF
    packet = coded(0.1)[0]
    kept = []
    for number in range(5 * 10 * RATE):
        at = 1.0 + number / RATE
        one = VideoPacket(packet.packet, number % (10 * RATE) == 0, packet.size, at)
        if thrift.sieve(deque([one]), at + 1.9):
            kept.append(at)
    gaps = [later - sooner for sooner, later in itertools.pairwise(kept)]
    assert 1.0 < max(gaps) < FRESH_S - 1.0


def test_stills_are_the_key_frames_each_out_at_once_and_the_way_back_is_clean():
    decoding = Decoding()
    packets = coded(12, reordered=True)
    keys = [at for at, packet in enumerate(packets) if packet.key]
    assert len(keys) == 6
    decoding.told.step = Step.STILLS
    assert decoding.take(*packets[: keys[3] + 1]) == 4
    assert decoding.painted == [0, 30, 60, 90]  # each with its own packet
    assert decoding.told.every_s == 2.0
    decoding.told.step = Step.FULL
    decoding.painted.clear()
    assert decoding.take(*packets[keys[3] + 1 : keys[4]]) == 0  # it lacks what it needs
    decoding.take(*packets[keys[4] :])
    assert decoding.painted[0] == 120
    assert decoding.told.every_s == 0.0


def test_of_nothing_but_key_frames_one_a_second_is_enough():
    thrift = Thrift(told := Told())
    told.step = Step.STILLS
    packet = coded(0.1)[0]
    kept = 0
    for at in range(150):
        again = VideoPacket(packet.packet, True, packet.size, at / RATE)
        kept += len(thrift.sieve(deque([again]), again.arrived))
    assert kept == 150 / RATE / STILL_EVERY_S
    assert told.every_s == STILL_EVERY_S


def test_a_long_group_is_expected_for_as_long_as_packets_come():
    thrift = Thrift(told := Told())
    told.step = Step.STILLS
    began = time.monotonic()
    packet = coded(0.1)[0]
    thrift.sieve(deque([VideoPacket(packet.packet, True, packet.size, began)]))
    for second in range(1, 10):
        later = VideoPacket(packet.packet, False, packet.size, began + second)
        thrift.sieve(deque([later]))
        assert told.every_s == second


def test_a_key_frame_that_never_comes_is_not_waited_for_without_end():
    thrift = Thrift(told := Told())
    told.step = Step.STILLS
    packet = coded(0.1)[0]
    thrift.sieve(deque([VideoPacket(packet.packet, True, packet.size, 1.0)]))
    thrift.sieve(deque([VideoPacket(packet.packet, False, packet.size, 3_601.0)]))
    assert told.every_s == MOST_APART_S
