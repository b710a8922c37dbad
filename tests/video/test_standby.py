from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from video.standby import GroupBuffer


@dataclass(frozen=True)
class Packet:
    key: bool
    size: int


packets = st.lists(st.builds(Packet, st.booleans(), st.integers(1, 400)), max_size=60)


def test_a_buffer_is_ready_from_its_first_key_frame_on():
    buffer: GroupBuffer[Packet] = GroupBuffer()
    buffer.add(Packet(False, 10))
    assert not buffer.ready
    buffer.add(Packet(True, 10))
    buffer.add(Packet(False, 5))
    assert buffer.ready
    assert [p.size for p in buffer.packets()] == [10, 5]
    buffer.add(Packet(True, 7))
    assert [p.size for p in buffer.packets()] == [7]


@given(packets)
def test_what_is_kept_can_be_decoded_and_stays_within_bounds(stream):
    buffer: GroupBuffer[Packet] = GroupBuffer(max_bytes=1_000, max_packets=10)
    for at, packet in enumerate(stream):
        buffer.add(packet)
        kept = list(buffer.packets())
        assert buffer.bytes == sum(p.size for p in kept) <= 1_000
        assert len(kept) <= 10
        if kept:
            assert kept[0].key
            assert not any(p.key for p in kept[1:])
            assert kept == stream[at + 1 - len(kept) : at + 1]


def test_a_group_that_outgrows_the_bound_is_let_go_and_counted():
    buffer: GroupBuffer[Packet] = GroupBuffer(max_bytes=100, max_packets=10)
    buffer.add(Packet(True, 90))
    buffer.add(Packet(False, 20))
    assert not buffer.ready
    assert buffer.overflows == 1
    buffer.add(Packet(False, 20))
    assert not buffer.ready
    buffer.add(Packet(True, 20))
    assert buffer.ready
