"""Decoding: the newest frame wins, what is left out is counted, damage passes."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from viewing import until

from tests.limits_kit import PATIENCE_S
from video.contract import Step
from video.decode import LATE_PACKETS, Canvas, Decoder
from video.frame_code import FrameMark, read_frame_mark, write_frame_mark
from video.hardware import Devices
from video.lanes import Lane
from video.slots import Arena, SlotReader, SlotWriter
from video.sources.packets import CodecSetup, VideoPacket
from video.trouble import Trouble

SIZE = (640, 360)
GROUP = 15


def coded(count: int) -> list[VideoPacket]:
    """Return packets of pictures that carry their number, a key frame every 15."""
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = *SIZE, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, 15), Fraction(15)
    codec.thread_count = 1
    codec.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "x264-params": f"keyint={GROUP}:min-keyint={GROUP}:scenecut=0",
    }
    packets = []
    for number in range(count):
        picture = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
        write_frame_mark(picture, FrameMark(number, 0))
        frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
        frame.pts = number
        packets += codec.encode(frame)
    return [VideoPacket(p, p.is_keyframe, p.size, time.monotonic()) for p in packets]


class Owner:
    """Lets frames be shown, and can hold the decoder up."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.held = threading.Event()
        self.willing = True

    def may_show(self, generation: int, *, at: float) -> bool:
        self.held.set()
        self.free.wait(30)
        return self.willing


class Bench:
    """One decoder with everything around it."""

    def __init__(self, codec: str = "h264", devices: Devices | None = None) -> None:
        self.arena = Arena()
        self.reader: SlotReader = self.arena.take(480, 270)
        self.canvas = Canvas()
        self.canvas.aim(SlotWriter(self.reader.address, self.arena.fd), (480, 270))
        self.owner = Owner()
        self.failures: list[str] = []
        self.lane = Lane("decode", devices)
        self.decoder = Decoder(
            CodecSetup(codec, None, 1.0),
            generation=1,
            canvas=self.canvas,
            owner=self.owner,
            lane=self.lane,
            trouble=Trouble(),
            failed=self.failures.append,
        )

    def put(self, packets: list[VideoPacket]) -> None:
        self.decoder.put(*packets)

    def number(self) -> int | None:
        self.reader.take()
        shot = self.reader.shot()
        if shot is None:
            return None
        pixels = np.frombuffer(shot.data, np.uint8)
        mark = read_frame_mark(pixels.reshape(shot.height, shot.width, 4))
        return None if mark is None else mark.number

    def close(self) -> None:
        self.owner.free.set()
        self.decoder.finish()
        self.end_lane()
        self.arena.close()

    def end_lane(self) -> None:
        self.lane.finish()
        if self.lane.ident is not None:
            self.lane.join(PATIENCE_S)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def test_a_call_up_shows_the_newest_frame_first_and_counts_no_drop(bench: Bench):
    bench.put(coded(GROUP))
    bench.lane.start()
    until(lambda: bench.number() == GROUP - 1)
    assert bench.reader.seen == 1
    assert bench.canvas.dropped == 0


def test_what_came_in_while_the_first_picture_was_made_is_in_it_once(bench: Bench):
    packets = coded(12)
    bench.lane.wake = lambda *_, **__: None
    decode, coming = bench.decoder._thrift.decode, packets[4:]

    def as_slow_as_the_camera(*what: object, **how: object) -> list[av.VideoFrame]:
        if coming:
            bench.put([coming.pop(0)])
        return decode(*what, **how)

    bench.decoder._thrift.decode = as_slow_as_the_camera
    bench.put(packets[:4])
    bench.decoder.work(float("inf"))
    assert bench.number() == 7  # of the 12 that have come in by now
    assert bench.canvas.dropped == 0
    served(bench, 11)
    assert bench.reader.seen == 2


def test_one_that_is_late_jumps_to_the_key_frame_and_counts(bench: Bench):
    packets = coded(3 * GROUP)
    bench.put(packets[:1])
    bench.owner.free.clear()
    bench.lane.start()
    assert bench.owner.held.wait(30)
    bench.put(packets[1:])  # two more key frames among them
    bench.owner.free.set()
    until(lambda: bench.number() == 3 * GROUP - 1)
    assert bench.reader.seen == 2
    # All but the first and the newest: left out before decoding, or after.
    assert bench.canvas.dropped == 3 * GROUP - 2


def test_one_that_is_far_behind_waits_for_the_next_key_frame(bench: Bench):
    packets = coded(2 * GROUP)
    start = packets[0].arrived
    bench.put(packets[:1])
    bench.owner.free.clear()
    bench.lane.start()
    assert bench.owner.held.wait(30)
    old = [
        replace(packet, arrived=start + at)
        for at, packet in enumerate(packets[1 : LATE_PACKETS + 3])
    ]
    bench.put(old)
    bench.owner.free.set()
    until(lambda: bench.canvas.dropped == len(old))
    bench.put(packets[GROUP - 2 : GROUP])  # of the group that was given up
    bench.put(packets[GROUP:])
    until(lambda: bench.number() == 2 * GROUP - 1)


def test_damaged_packets_do_not_end_it(bench: Bench):
    packets = coded(2 * GROUP)
    damaged = av.Packet(b"\x00\x00\x00\x01\x41" + bytes(range(256)) * 4)
    bench.put(packets[:3])
    bench.put([VideoPacket(damaged, False, damaged.size, time.monotonic())] * 3)
    bench.put(packets[GROUP:])
    bench.lane.start()
    until(lambda: bench.number() == 2 * GROUP - 1)
    assert bench.failures == []


def jpegs(count: int) -> list[VideoPacket]:
    """Return pictures of JPEG that carry their number."""
    codec = av.CodecContext.create("mjpeg", "w")
    codec.width, codec.height, codec.pix_fmt = *SIZE, "yuvj422p"
    codec.time_base = Fraction(1, 15)
    packets = []
    for number in range(count):
        picture = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
        write_frame_mark(picture, FrameMark(number, 0))
        frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
        frame.pts = number
        packets += codec.encode(frame.reformat(format="yuvj422p"))
    return [VideoPacket(p, p.is_keyframe, p.size, time.monotonic()) for p in packets]


def test_of_jpeg_only_the_newest_is_decoded():
    bench = Bench("mjpeg")
    packets = jpegs(6)
    assert all(packet.key for packet in packets)
    bench.put(packets)
    bench.lane.start()
    until(lambda: bench.number() == 5)
    assert bench.reader.seen == 1
    assert bench.canvas.dropped == 5
    bench.close()


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1))
def test_damaged_jpeg_is_painted_or_left(turns: list[tuple[int, int]]):
    made = Bench("mjpeg")
    try:
        well = jpegs(2)
        data = bytearray(bytes(well[0].packet))
        for at, bits in turns:
            data[at % len(data)] ^= bits
        bad = av.Packet(bytes(data))
        for packet in (VideoPacket(bad, True, bad.size, well[0].arrived), well[1]):
            made.put([packet])
            served_or_left(made)
        assert made.number() == 1
        assert made.failures == []
    finally:
        made.close()


def test_what_is_not_to_be_shown_is_not_painted(bench: Bench):
    bench.owner.willing = False
    bench.put(coded(3))
    bench.lane.start()
    assert bench.owner.held.wait(30)
    bench.decoder.finish()
    bench.end_lane()
    assert bench.number() is None


def test_it_starts_at_a_key_frame_only(bench: Bench):
    packets = coded(GROUP + 2)
    bench.put(packets[5:8])
    bench.lane.start()
    bench.put(packets[GROUP:])
    until(lambda: bench.number() == GROUP + 1)


def test_an_unknown_codec_is_said():
    bench = Bench("h264_of_tomorrow")
    bench.put(coded(1))
    bench.lane.start()
    until(lambda: bench.failures == ["no_picture"])
    bench.close()


def test_a_canvas_without_a_slot_or_with_too_small_a_one_shows_nothing():
    canvas = Canvas()
    frame = av.VideoFrame(*SIZE, "yuv420p")
    assert not canvas.show(frame, arrived=1.0, aspect=1.0)
    arena = Arena()
    reader = arena.take(32, 18)
    canvas.aim(SlotWriter(reader.address, arena.fd), (1920, 1080))
    assert not canvas.show(frame, arrived=1.0, aspect=1.0)
    assert canvas.rates() == (0.0, 0.0)
    arena.close()


@pytest.mark.parametrize(("tile", "made"), [(960, 480), (480, 320), (240, 240)])
def test_a_picture_that_gives_way_is_still_something_to_see(tile: int, made: int):
    canvas, arena = Canvas(), Arena()
    reader = arena.take(tile, tile * 9 // 16)
    canvas.aim(SlotWriter(reader.address, arena.fd), (tile, tile * 9 // 16))
    canvas.told.step = Step.SMALL
    frame = av.VideoFrame(1920, 1080, "yuv420p")
    assert canvas.show(frame, arrived=1.0, aspect=1.0)
    assert reader.take()
    shot = reader.shot()
    assert shot is not None
    assert shot.width == made
    arena.close()


def test_the_age_of_what_is_looked_at_again_is_no_delay():
    canvas, arena = Canvas(), Arena()
    reader = arena.take(480, 270)
    canvas.aim(SlotWriter(reader.address, arena.fd), (480, 270))
    frame = av.VideoFrame(*SIZE, "yuv420p")
    before = time.monotonic() - 20.0
    assert canvas.show(frame, arrived=before, aspect=1.0, again=True)
    assert canvas.rates() == (0.0, 0.0)
    assert reader.take()
    arena.close()


def test_the_cheap_decode_is_for_small_tiles_only():
    canvas = Canvas()
    canvas.aim(None, (480, 270))
    assert canvas.skips_loop_filter(640)
    assert not canvas.skips_loop_filter(600)
    canvas.aim(None, (1360, 765))
    assert not canvas.skips_loop_filter(1280)
    assert canvas.skips_loop_filter(1920)


def test_a_picture_there_is_no_memory_for_ends_its_stream_only(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    def no_memory(*_: object, **__: object) -> bool:
        raise MemoryError

    monkeypatch.setattr(bench.canvas, "show", no_memory)
    bench.put(coded(1))
    bench.lane.start()
    until(lambda: bench.failures == ["no_picture"])
    assert not bench.lane.stuck()


def test_nobody_hurries_for_a_stream_that_never_shows_anything(bench: Bench):
    assert bench.decoder.urgent
    damaged = av.Packet(b"\x00\x00\x00\x01\x41" + bytes(range(256)))
    bench.put([VideoPacket(damaged, True, damaged.size, time.monotonic())])
    bench.lane.start()
    until(lambda: not bench.decoder.urgent)
    assert bench.number() is None


def test_two_that_come_in_one_round_are_both_shown(bench: Bench):
    packets = coded(GROUP)
    bench.put(packets[:1])
    bench.lane.start()
    until(lambda: bench.number() == 0)
    until(lambda: not bench.lane._turns)
    bench.owner.held.clear()
    bench.owner.free.clear()
    bench.put(packets[1:3])
    assert bench.owner.held.wait(PATIENCE_S)
    bench.owner.free.set()
    until(lambda: bench.number() == 2)
    assert bench.reader.seen == 3
    assert bench.canvas.dropped == 0


def served(bench: Bench, number: int) -> None:
    """Serve the decoder, on no lane, until it has shown this one."""

    def shown() -> bool:
        bench.decoder.work(float("inf"))
        return bench.number() == number

    until(shown)


def test_what_is_kept_waits_for_the_stroke_of_the_next_round(bench: Bench):
    packets = coded(3)
    woken: list[bool] = []
    bench.lane.wake = lambda _, *, at_stroke=False: woken.append(at_stroke)
    bench.decoder.put(packets[0], at_stroke=True)
    served(bench, 0)
    assert woken == [True]
    bench.decoder.put(*packets[1:], at_stroke=True)
    served(bench, 1)
    assert len(woken) >= 3  # once more than was put, at the least
    assert all(woken)
    served(bench, 2)
    assert bench.reader.seen == 3
    assert bench.canvas.dropped == 0


def test_no_picture_takes_the_place_of_one_that_nobody_can_have_seen(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    packets = coded(3)
    tick = 7
    monkeypatch.setattr("video.decode.tick_of", lambda _: tick)
    bench.lane.wake = lambda *_, **__: None
    for number, packet in enumerate(packets):
        bench.decoder.put(packet, at_stroke=True)
        bench.decoder.work(float("inf"))
        assert bench.number() == max(0, number - 1)
        tick += number > 0
        bench.decoder.work(float("inf"))
        assert bench.number() == number
    assert bench.canvas.dropped == 0


def test_where_much_waits_a_tick_is_not_waited_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("video.decode.tick_of", lambda _: 7)
    bench.lane.wake = lambda *_, **__: None
    packets = coded(6)
    bench.put(packets[:1])
    served(bench, 0)
    bench.put(packets[1:])
    bench.decoder.work(float("inf"))
    assert bench.number() == 5
    assert bench.canvas.dropped == 4


def test_one_that_gives_way_shows_what_it_decodes_and_is_heard_of(bench: Bench):
    told: list[tuple[float, float]] = []
    bench.lane.note = lambda came, *, undone, late_s: told.append((came, undone))
    bench.lane.wake = lambda *_, **__: None
    bench.canvas.told.step = Step.HALF
    packets = coded(3 * GROUP)
    start = time.monotonic() - 3 * GROUP / 15
    packets = [
        replace(each, arrived=start + at / 15) for at, each in enumerate(packets)
    ]
    bench.put(packets[:2])
    served(bench, 1)
    for packet in packets[2:]:  # all of them late
        bench.put([packet])
        served_or_left(bench)
    assert bench.canvas.dropped == sum(undone for _, undone in told)
    assert sum(came for came, _ in told) == 3 * GROUP - 2
    assert bench.canvas.dropped > 0
    assert bench.reader.take()
    assert bench.reader.seen == 1 + 3 * GROUP - 2 - bench.canvas.dropped


def served_or_left(bench: Bench) -> None:
    until(lambda: bench.decoder.work(float("inf")) or not bench.decoder._incoming)
