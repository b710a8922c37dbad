import itertools
import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from video.slots import Arena, SlotWriter, buffer_size


def write(writer: SlotWriter, value: int, *, width: int = 32, height: int = 18) -> bool:
    buffer = writer.begin(width, height)
    if buffer is None:
        return False
    buffer[:] = bytes([value % 256]) * len(buffer)
    writer.publish(width, height, arrived=float(value), now=float(value) + 0.5)
    return True


def test_a_reader_sees_the_newest_frame_and_only_once():
    arena = Arena()
    reader = arena.take(32, 18)
    writer = SlotWriter(reader.address, arena.fd)
    assert not reader.take()
    assert reader.shot() is None
    assert reader.newest_arrival() is None
    assert write(writer, 1)
    assert write(writer, 2)
    assert reader.take()
    shot = reader.shot()
    assert shot is not None
    assert (shot.data[0], shot.width, shot.height, shot.sequence) == (2, 32, 18, 2)
    assert (shot.arrived, shot.written) == (2.0, 2.5)
    assert not reader.take()
    arena.close()
    assert bytes(shot.data) == bytes([2]) * (32 * 18 * 4)


@given(st.lists(st.sampled_from("wr"), max_size=80))
def test_a_picture_in_hand_never_changes_and_numbers_only_rise(steps):
    arena = Arena()
    reader = arena.take(32, 18)
    writer = SlotWriter(reader.address, arena.fd)
    written = seen = 0
    held: tuple[memoryview, bytes] | None = None
    for step in steps:
        if step == "w":
            written += 1
            assert write(writer, written)
            assert reader.newest_arrival() == written
            if held is not None:
                assert bytes(held[0]) == held[1]
        else:
            assert reader.take() == (seen != written)
            seen = written
            shot = reader.shot()
            if shot is not None:
                assert shot.sequence == written
                held = (shot.data, bytes(shot.data))
    arena.close()


def test_a_writer_as_fast_as_it_can_never_tears_a_picture():
    arena = Arena()
    reader = arena.take(320, 180)
    writer = SlotWriter(reader.address, arena.fd)
    done = threading.Event()

    def run() -> None:
        value = 0
        while not done.is_set():
            value += 1
            write(writer, value, width=320, height=180)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        taken = last = 0
        deadline = time.monotonic() + 20.0
        while taken < 300 and time.monotonic() < deadline:
            if not reader.take():
                continue
            shot = reader.shot()
            assert shot is not None
            assert shot.sequence > last
            last = shot.sequence
            expected = bytes([int(shot.arrived) % 256])
            assert bytes(shot.data) == expected * len(shot.data)
            taken += 1
        assert taken == 300
    finally:
        done.set()
        thread.join(30)
        arena.close()


def test_a_new_writer_goes_on_where_a_killed_one_stopped():
    arena = Arena()
    reader = arena.take(32, 18)
    first = SlotWriter(reader.address, arena.fd)
    write(first, 1)
    reader.take()
    shot = reader.shot()
    assert shot is not None
    first.mark_decoding(True)
    first.begin(32, 18)  # and dies here
    assert reader.decoding
    reader.forget_decoding()
    assert not reader.decoding
    second = SlotWriter(reader.address, arena.fd)
    assert write(second, 2)
    assert shot.data[0] == 1
    assert reader.take()
    newer = reader.shot()
    assert newer is not None
    assert (newer.sequence, newer.data[0]) == (2, 2)
    arena.close()


def test_a_writer_of_an_earlier_use_is_refused():
    arena = Arena()
    reader = arena.take(32, 18)
    writer = SlotWriter(reader.address, arena.fd)
    assert write(writer, 1)
    reader.retire()
    assert not write(writer, 2)
    arena.give_back(reader)
    again = arena.take(32, 18)
    assert again.address.offset == reader.address.offset
    assert again.address.generation != reader.address.generation
    assert not write(writer, 3)
    assert not again.take()
    arena.close()


def test_a_frame_too_large_for_its_slot_is_refused():
    arena = Arena()
    reader = arena.take(32, 18)
    writer = SlotWriter(reader.address, arena.fd)
    assert writer.begin(1920, 1080) is None
    assert buffer_size(32, 18) == reader.address.buffer_bytes
    arena.close()


def test_memory_is_used_again_and_two_uses_never_overlap():
    arena = Arena()
    slots = [arena.take(640, 360) for _ in range(4)]
    spans = sorted((s.address.offset, s.address.size) for s in slots)
    for (start, size), (following, _) in itertools.pairwise(spans):
        assert start + size <= following
    before = {s.address.offset for s in slots}
    for slot in slots:
        arena.give_back(slot)
    assert {arena.take(640, 360).address.offset for _ in range(4)} == before
    arena.close()
