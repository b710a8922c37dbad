"""Who stands ready, for how long, and what all of it may take."""

from hypothesis import given
from hypothesis import strategies as st

from video.standby_choice import (
    LONG_RING_S,
    RING_S,
    Budget,
    Candidate,
    Kept,
    Reason,
    choose,
)


def test_what_matters_more_is_kept_first_and_each_camera_once():
    kept = choose(
        [
            Candidate("1", Reason.SHOWN),
            Candidate("1", Reason.CASE),
            Candidate("2", Reason.PINNED),
            Candidate("3", Reason.CASE),
            Candidate("2", Reason.RECENT),
            Candidate("4", Reason.RISK),
            Candidate("5", Reason.REST),
        ],
        Budget(),
    )
    assert kept == [
        Kept("1", Reason.SHOWN, LONG_RING_S),
        Kept("2", Reason.PINNED, RING_S),
        Kept("3", Reason.CASE, LONG_RING_S),
        Kept("4", Reason.RISK, RING_S),
        Kept("5", Reason.REST, RING_S),
    ]


def test_at_rest_only_so_many_stand_ready():
    resting = [Candidate(str(n), Reason.REST) for n in range(40)]
    assert len(choose(resting, Budget(at_rest=16))) == 16
    near = [Candidate(f"c{n}", Reason.CASE) for n in range(20)]
    kept = choose([*near, *resting], Budget(at_rest=16))
    assert {each.reason for each in kept} == {Reason.CASE}


def test_a_large_stream_that_does_not_fit_leaves_room_for_small_ones():
    kept = choose(
        [
            Candidate("a", Reason.CASE, 4.0),
            Candidate("b", Reason.CASE, 4.0),
            Candidate("c", Reason.CASE, 0.5),
        ],
        Budget(mbit_s=5.0),
    )
    assert [each.camera_id for each in kept] == ["a", "c"]


def test_where_memory_is_short_the_past_is_shorter_and_the_camera_stays():
    near = [Candidate(str(n), Reason.CASE, 0.8) for n in range(4)]
    kept = choose(near, Budget(mb=22.0))  # 12 MB for two minutes, 3 MB for 30 s
    assert [each.ring_s for each in kept] == [LONG_RING_S, RING_S, RING_S, RING_S]
    kept = choose(near, Budget(mb=8.0))
    assert [each.ring_s for each in kept] == [RING_S, RING_S, 0, 0]


def test_a_large_picture_of_a_case_leaves_the_views_beside_it_their_past():
    views = [Candidate("large", Reason.CASE, 4.0)]
    views += [Candidate(str(n), Reason.CASE) for n in range(3)]
    at_rest = [Candidate(f"r{n}", Reason.REST) for n in range(20)]
    kept = {k.camera_id: k for k in choose([*views, *at_rest], Budget())}
    assert kept["large"].ring_s == RING_S
    assert [kept[str(n)].ring_s for n in range(3)] == [LONG_RING_S] * 3


def test_what_is_shown_takes_no_place_of_what_stands_ready():
    shown = [Candidate(f"s{n}", Reason.SHOWN) for n in range(70)]
    others = [
        Candidate("case", Reason.CASE),
        Candidate("pinned", Reason.PINNED),
        Candidate("recent", Reason.RECENT),
        Candidate("rest", Reason.REST),
    ]
    kept = choose([*shown, *others], Budget())
    assert [each.camera_id for each in kept[70:]] == ["case", "pinned", "recent"]


def test_what_is_only_tried_takes_no_place_and_no_memory():
    tried = [Candidate(f"t{n}", Reason.TRIED, 9.0) for n in range(8)]
    kept = choose([*tried, Candidate("1", Reason.REST)], Budget(5.0, 64.0, 1, 9))
    assert [each.ring_s for each in kept] == [0] * 8 + [RING_S]


def test_sixty_stand_ready_at_rest():
    kept = choose([Candidate(str(n), Reason.REST) for n in range(99)], Budget())
    assert len(kept) == 60
    assert kept[0].ring_s == RING_S
    assert kept[-1].ring_s == 0


@given(
    st.lists(
        st.builds(
            Candidate,
            st.sampled_from([str(n) for n in range(30)]),
            st.sampled_from(list(Reason)),
            st.floats(0.1, 9.0),
        )
    ),
    st.floats(0.0, 50.0),
    st.floats(0.0, 500.0),
    st.integers(0, 30),
)
def test_the_budget_holds(
    candidates: list[Candidate], mbit_s: float, mb: float, cameras: int
):
    first = {each.camera_id: each for each in reversed(candidates)}
    kept = choose(candidates, Budget(mbit_s, mb, cameras, cameras))
    given_ = (Reason.SHOWN, Reason.TRIED)
    ready = [each for each in kept if each.reason not in given_]
    assert len(ready) <= cameras
    assert sum(first[each.camera_id].mbit_s for each in ready) <= mbit_s + 1e-9
    used = sum(first[each.camera_id].mbit_s * each.ring_s / 8 for each in kept)
    assert used <= mb + 1e-9
    assert len({each.camera_id for each in kept}) == len(kept)
    shown = {k for k, each in first.items() if each.reason in given_}
    assert shown <= {each.camera_id for each in kept}
