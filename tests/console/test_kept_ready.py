"""Which cameras a desk keeps ready: near cases, a moment ago looked at, at risk."""

from dataclasses import replace

from desk_fixtures import kit as kit

from console.kept_ready import Recent, candidates, risky_grids
from console.shown import Together, together
from console.stream_wants import BUDGET, StreamWants
from dispatch.geo import moved
from video.contract import RING_S
from video.standby_choice import LONG_RING_S, Reason, choose

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
    found = candidates(kit.desk, shown=(), spare=(), recent=recent.cameras(at))
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
    found = candidates(kit.desk, shown=(), spare=(), recent=())
    assert [each.camera_id for each in found if each.reason is Reason.RISK] == [
        camera.camera_id
    ]


def test_a_sealed_camera_stands_ready_for_nothing_but_whoever_called_it_up(kit, qtbot):
    case = alarm(kit, qtbot)
    bad = replace(case, severity=1, grid_code="g1")
    kit.board.cases = {case.case_id: bad}
    cameras = kit.board.cameras

    def reasons(camera_id, recent=()):
        found = candidates(kit.desk, shown=(), spare=(), recent=recent)
        return {each.reason for each in found if each.camera_id == camera_id}

    cameras["1203"] = replace(cameras["1203"], grid_code="g1", point=case.point)
    assert reasons("1203") == {Reason.CASE, Reason.RISK, Reason.REST}
    cameras["1203"] = replace(cameras["1203"], sealed=True)
    assert reasons("1203") == set()
    assert reasons("1203", recent=["1203"]) == {Reason.RECENT}
