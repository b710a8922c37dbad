"""Which cameras a desk keeps ready: near cases, a moment ago looked at, at risk."""

from dataclasses import replace
from datetime import UTC, datetime

from desk_fixtures import kit as kit

from console.kept_ready import Prospects, Rates, Recent, Wished, risky_grids, spec_of
from console.shown import Together, together
from console.stream_wants import BUDGET, StreamWants
from dispatch.board import Moved
from dispatch.cases import CaseState
from dispatch.geo import moved
from dispatch.places import Place
from video.contract import RING_S, Measured, StreamState, StreamStatus
from video.standby_choice import (
    LONG_RING_S,
    MAIN_MBIT_S,
    SUB_MBIT_S,
    Budget,
    Reason,
    choose,
)

SECONDS = 1000


def alarm(kit, qtbot):
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    return next(iter(kit.board.cases.values()))


def test_at_rest_the_first_few_and_near_a_case_two_minutes(kit, qtbot):
    wants = StreamWants(kit.desk)
    assert {each.reason for each in wants._kept(together(()))} == {Reason.REST}
    alarm(kit, qtbot)
    kept = {each.camera_id: each for each in wants._kept(together(()))}
    near = [k for k, each in kept.items() if each.reason is Reason.CASE]
    assert near
    assert {kept[each].ring_s for each in near} == {LONG_RING_S}
    assert next(iter(kept)) == near[0]


def test_what_is_shown_for_a_case_or_looked_at_again_is_kept_longer(kit):
    wants, size = StreamWants(kit.desk), (400, 224)

    def ring_s(camera_id, for_case):
        shown = Together({camera_id: size}, for_case=for_case)
        kept = wants._kept(shown)
        return next(each.ring_s for each in kept if each.camera_id == camera_id)

    assert ring_s("1203", {}) == RING_S
    assert ring_s("1203", {"1203": (1,)}) == LONG_RING_S


def test_what_was_left_a_moment_ago_stays_ready_for_a_while(kit):
    recent, at = Recent(), kit.clock()
    recent.note({"1203", "1207"}, at)
    assert recent.cameras(at) == []
    recent.note({"1207"}, at)
    recent.note(set(), at)
    assert recent.cameras(at) == ["1207", "1203"]
    wished = Wished(recent=recent.cameras(at))
    found = Prospects(kit.desk).candidates(wished, BUDGET)
    first = choose(found, BUDGET)[0]
    assert (first.camera_id, first.reason) == ("1207", Reason.RECENT)
    kit.clock.go(seconds=16 * 60)
    assert recent.cameras(kit.clock()) == []


def test_a_grid_with_much_or_bad_in_a_day_is_at_risk(kit, qtbot):
    case = alarm(kit, qtbot)
    bad = replace(case, severity=1, grid_code="g1")
    small = [replace(case, severity=4, grid_code="g2")] * 9
    urgent = [replace(case, severity=2, grid_code="g3")] * 2
    few = [replace(case, severity=4, grid_code="g4")] * 7
    nowhere = replace(case, severity=1, grid_code="")
    grids = risky_grids([bad, *small, *urgent, *few, nowhere])
    assert grids[0] == "g2"
    assert set(grids) == {"g1", "g2", "g3"}
    camera = next(iter(kit.board.cameras.values()))
    kit.board.cameras[camera.camera_id] = replace(camera, grid_code="g1")
    kit.board.cases = {1: replace(bad, point=moved(bad.point, 0, 90_000))}
    found = Prospects(kit.desk).candidates(Wished(), BUDGET)
    assert [each.camera_id for each in found if each.reason is Reason.RISK] == [
        camera.camera_id
    ]


def test_a_sealed_camera_stands_ready_for_nothing_but_whoever_called_it_up(kit, qtbot):
    case = alarm(kit, qtbot)
    bad = replace(case, severity=1, grid_code="g1")
    kit.board.cases = {case.case_id: bad}
    cameras = kit.board.cameras

    def reasons(camera_id, recent=()):
        found = Prospects(kit.desk).candidates(Wished(recent=recent), BUDGET)
        return {each.reason for each in found if each.camera_id == camera_id}

    cameras["1203"] = replace(cameras["1203"], grid_code="g1", point=case.point)
    assert reasons("1203") == {Reason.CASE, Reason.RISK, Reason.REST}
    cameras["1203"] = replace(cameras["1203"], sealed=True)
    assert reasons("1203") == set()
    assert reasons("1203", recent=["1203"]) == {Reason.RECENT}


# -- where they stand, and what they take ----------------------------------------------


def test_a_case_that_changes_costs_no_other_look_at_the_town(kit, qtbot):
    case = alarm(kit, qtbot)
    prospects = Prospects(kit.desk)
    near = prospects.candidates(Wished(), BUDGET)
    assert prospects.near.looked_up == 1
    kit.board.cases[case.case_id] = replace(case, version=case.version + 1)
    assert prospects.candidates(Wished(), BUDGET) == near
    assert prospects.near.looked_up == 1
    kit.board.cases[case.case_id] = replace(case, point=moved(case.point, 90, 50_000))
    far = prospects.candidates(Wished(), BUDGET)
    assert prospects.near.looked_up == 2
    assert Reason.CASE not in {each.reason for each in far}


def test_only_what_has_a_say_of_a_case_has_the_town_weighed_again(kit, qtbot):
    case, prospects = alarm(kit, qtbot), Prospects(kit.desk)
    cases = kit.board.cases
    this = Moved(cases=frozenset({case.case_id}))
    assert prospects.altered(this), "a new case"
    assert not prospects.altered(this)
    for nothing in (replace(case, alarm_count=3), replace(case, owner="王芳")):
        cases[case.case_id] = nothing
        assert not prospects.altered(this)
    assert not prospects.altered(Moved(units=frozenset({"A05"})))
    assert prospects.altered(Moved(carried=frozenset({"1203"})))
    moved_on = moved(case.point, 90, 50)
    for something in (
        replace(case, point=moved_on),
        replace(case, point=moved_on, severity=3),
        replace(case, point=moved_on, severity=3, state=CaseState.CLOSED),
    ):
        cases[case.case_id] = something
        assert prospects.altered(this), something
    del cases[case.case_id]
    assert prospects.altered(this), "it is gone"
    assert prospects.altered(Moved(everything=True))


def test_only_as_many_cases_are_looked_at_as_cameras_can_be_kept(kit, qtbot):
    case = alarm(kit, qtbot)
    kit.board.cases = {
        n: replace(case, case_id=n, point=moved(case.point, n, 0.2 * n))
        for n in range(1, 40)
    }
    prospects = Prospects(kit.desk)
    found = prospects.candidates(Wished(), Budget(cameras=2))
    assert [each.reason for each in found].count(Reason.CASE) == 2
    assert prospects.near.looked_up == 1


def test_at_rest_they_stand_all_over_the_town(kit):
    first, *_ = kit.board.cameras.values()
    at = kit.desk.frame.origin
    kit.board.places = {
        "k": Place(
            place_id="k", name="学校", kind="key_place", point=moved(at, 90, 900)
        )
    }
    kit.board.cameras = {
        f"{n}": replace(
            first,
            camera_id=f"{n}",
            unit_id="",
            sealed=False,
            grid_code=f"g{n % 2}" if n else "g9",
            point=moved(at, 90, 100.0 * n),
        )
        for n in range(7)
    }
    prospects = Prospects(kit.desk)
    found = prospects.candidates(Wished(), Budget(at_rest=5))
    assert [each.camera_id for each in found] == ["6", "5", "0", "4", "3"]


def measuring(mbit_s, *, small):
    return StreamStatus(
        StreamState.LIVE,
        datetime.now(UTC),
        measured=Measured(codec="h264", mbit_s=mbit_s),
        small=small,
    )


def test_what_a_ring_takes_is_what_was_measured_or_that_of_the_stream_that_comes(kit):
    camera = next(iter(kit.board.cameras.values()))
    spec = spec_of(replace(camera, main_url="rtsp://c/main", sub_url="rtsp://c/sub"))
    rates = Rates()
    assert rates.of(spec, None, 400) == SUB_MBIT_S
    assert rates.of(spec, None, 1280) == MAIN_MBIT_S
    small, large = measuring(1.5, small=True), measuring(7.0, small=False)
    assert rates.of(spec, small, 400) == 1.5
    assert rates.of(spec, small, 1280) == MAIN_MBIT_S  # another stream will come
    assert rates.of(spec, large, 850) == 7.0  # the large one, as long as it may
    assert rates.of(spec, None, 400) == 1.5
    assert rates.of(spec, None, 1280) == 7.0
    assert rates.of(replace(spec, sub_url=""), None, 400) == 7.0
