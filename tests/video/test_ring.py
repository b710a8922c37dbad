"""What a ring keeps, and from which group a moment is decodable."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from video.ring import MAX_GROUPS, PACKET_BYTES, Ring, Shelf


@dataclass(frozen=True)
class Packet:
    key: bool
    size: int
    arrived: float


def fill(ring: Ring, *, seconds: int, size: int = 10, source: int = 1) -> None:
    """Ten packets a second, a key frame every two seconds."""
    for at in range(seconds * 10):
        packet = Packet(at % 20 == 0, size, at / 10)
        ring.add(packet, head=f"head {source}", source=source)


def test_a_moment_is_decodable_from_its_own_key_frame():
    ring = Ring(Shelf(), seconds=30)
    fill(ring, seconds=60)
    found = ring.find(45.32)
    assert found is not None
    group, count = found
    assert group.packets[0].key
    assert group.begins == 44.0
    assert group.packets[count - 1].arrived == 45.3
    assert [each.key for each in group.packets].count(True) == 1


def test_it_keeps_the_seconds_it_was_told_and_no_more_than_a_group_beyond():
    ring = Ring(Shelf(), seconds=30)
    fill(ring, seconds=60)
    ((begins, ends),) = ring.spans()
    assert ends == 59.9
    assert ends - 32 <= begins <= ends - 30
    assert ring.find(begins - 0.1) is None
    ring.keep_for(10)
    ((begins, _),) = ring.spans()
    assert ends - 12 <= begins <= ends - 10


def test_a_group_larger_than_the_bound_is_let_go_whole():
    bound = 10 * (10 + PACKET_BYTES)
    ring = Ring(Shelf(), seconds=30, max_bytes=bound)
    fill(ring, seconds=4)
    assert ring.bytes <= bound
    found = ring.find(99.0)
    assert found is None or found[0].packets[0].key


def test_what_came_before_the_first_key_frame_is_not_kept():
    ring = Ring(Shelf(), seconds=30)
    ring.add(Packet(False, 10, 1.0), head="", source=1)
    assert ring.bytes == 0
    assert ring.spans() == ()


def test_a_gap_is_told():
    ring = Ring(Shelf(), seconds=30)
    ring.add(Packet(True, 1, 1.0), head="", source=1)
    ring.add(Packet(False, 1, 1.5), head="", source=1)
    ring.add(Packet(True, 1, 9.0), head="", source=2)
    assert ring.spans() == ((1.0, 1.5), (9.0, 9.0))
    found = ring.find(5.0)
    assert found is not None
    assert found[0].packets[found[1] - 1].arrived == 1.5


def test_of_two_connections_the_one_with_the_newer_picture_answers():
    ring = Ring(Shelf(), seconds=30)
    for at in range(40):
        ring.add(Packet(at % 20 == 0, 1, at / 10), head="small", source=1)
        if 10 <= at < 15:
            ring.add(Packet(at == 10, 1, at / 10 + 0.05), head="large", source=2)
    during, after = ring.find(1.47), ring.find(1.9)
    assert during is not None
    assert after is not None
    assert during[0].head == "large"
    assert after[0].head == "small"
    assert after[0].packets[after[1] - 1].arrived == 1.9


def test_after_its_end_nothing_is_kept_nor_counted():
    shelf = Shelf()
    ring = Ring(shelf, seconds=30)
    fill(ring, seconds=3)
    ring.end()
    fill(ring, seconds=3)
    assert (shelf.bytes, ring.bytes, ring.spans()) == (0, 0, ())


def test_a_flood_of_tiny_packets_is_bounded_by_what_keeping_them_costs():
    shelf = Shelf(max_bytes=100 * PACKET_BYTES)
    ring = Ring(shelf, seconds=30)
    for at in range(1_000):
        ring.add(Packet(at % 20 == 0, 1, at / 1e6), head="", source=1)
    found = ring.find(1.0)
    assert found is not None
    assert len(found[0].packets) <= 100
    for at in range(MAX_GROUPS + 10):
        ring.add(Packet(True, 0, 1 + at / 1e6), head="", source=1)
    assert len(ring._groups) <= 100


def test_no_more_groups_are_kept_than_can_be_looked_through():
    ring = Ring(Shelf(), seconds=30)
    for at in range(MAX_GROUPS + 10):
        ring.add(Packet(True, 1, at / 1e6), head="", source=1)
    assert len(ring._groups) == MAX_GROUPS


def test_a_full_shelf_lets_go_of_the_oldest_whosesoever():
    bound = 200 * (5 + PACKET_BYTES)
    shelf = Shelf(max_bytes=bound)
    first, second = Ring(shelf, seconds=60), Ring(shelf, seconds=60)
    for at in range(400):
        packet = Packet(at % 20 == 0, 5, at / 10)
        first.add(packet, head="", source=1)
        second.add(packet, head="", source=1)
        assert shelf.bytes == first.bytes + second.bytes <= bound
    assert abs(first.spans()[0][0] - second.spans()[0][0]) <= 2.0
    first.end()
    assert shelf.bytes == second.bytes > 0
    second.clear()
    assert shelf.bytes == 0


@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 2),  # ring
            st.integers(1, 3),  # connection
            st.booleans(),
            st.integers(1, 60),
            st.floats(0.01, 3.0),
        ),
        max_size=200,
    ),
    seconds=st.integers(1, 20),
    moment=st.floats(0.0, 400.0),
)
def test_whatever_comes_the_bounds_hold_and_every_answer_is_decodable(
    steps: list[tuple[int, int, bool, int, float]], seconds: int, moment: float
):
    few, most = 10 * (30 + PACKET_BYTES), 20 * (30 + PACKET_BYTES)
    shelf = Shelf(max_bytes=most)
    rings = [Ring(shelf, seconds=seconds, max_bytes=few) for _ in range(3)]
    now = 0.0
    for index, source, key, size, step in steps:
        now += step
        rings[index].add(Packet(key, size, now), head=source, source=source)
        assert shelf.bytes == sum(each.bytes for each in rings) <= most
        assert all(each.bytes <= few for each in rings)
    for ring in rings:
        for begins, ends in ring.spans():
            assert begins <= ends
        found = ring.find(moment)
        if found is not None:
            group, count = found
            wanted = group.packets[:count]
            assert wanted[0].key
            assert not any(each.key for each in wanted[1:])
            assert wanted[-1].arrived <= moment
