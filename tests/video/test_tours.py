import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video.tours import (
    DWELL_S,
    LATE_S,
    PRELOAD_S,
    Sight,
    Stop,
    Tour,
    TourRun,
    faults,
)

TICK = 0.25


def tour(*ids: str, dwell_s: float = DWELL_S) -> Tour:
    return Tour(key="t1", name="北片", stops=tuple(Stop(each, dwell_s) for each in ids))


class Street:
    """Cameras that answer once they are wanted live, but for the dead ones."""

    def __init__(self, run: TourRun, *, dead: tuple[str, ...] = (), takes=1.0) -> None:
        self.run, self.dead, self.takes = run, set(dead), takes
        self.now = 0.0
        self.wanted: dict[str, float] = {}
        self.never: set[str] = set()

    def sight(self, camera_id: str) -> Sight:
        if camera_id in self.dead:
            return Sight.DEAD
        since = self.wanted.get(camera_id)
        if since is None or camera_id in self.never or self.now - since < self.takes:
            return Sight.COMING
        return Sight.LIVE

    def live(self, seconds: float) -> list[tuple[float, str]]:
        """Return when the tile came to show what."""
        found = []
        end = self.now + seconds
        while self.now < end:
            self.now += TICK
            live = self.run.needs().live
            self.wanted = {each: self.wanted.get(each, self.now) for each in live}
            if self.run.advance(self.now, self.sight):
                assert self.sight(self.run.shown) is Sight.LIVE
                found.append((self.now, self.run.shown))
        return found


def test_cameras_take_turns() -> None:
    run = TourRun(tour("A", "B", "C"), 0.0)
    street = Street(run)
    turns = street.live(40)
    assert [each for _, each in turns] == ["B", "C", "A", "B"]
    assert [at for at, _ in turns] == [10.0, 20.0, 30.0, 40.0]


def test_the_next_one_is_made_live_before_its_turn_and_not_long_before() -> None:
    run = TourRun(tour("A", "B", "C", "D"), 0.0)
    street = Street(run)
    street.live(10 - PRELOAD_S - TICK)
    assert run.needs().live == ("A",)
    assert run.needs().standby[:2] == ("B", "C")
    street.live(TICK)
    assert run.needs().live == ("A", "B")
    assert run.next == "B"


def test_a_dead_camera_is_passed_over_and_named() -> None:
    run = TourRun(tour("A", "B", "C"), 0.0)
    street = Street(run, dead=("B",))
    turns = street.live(20)
    assert [each for _, each in turns] == ["C", "A"]
    assert turns[0][0] == 10.0  # found out while it was to be made ready
    assert run.skipped == ("B",)
    street.dead.clear()
    street.live(20)
    assert run.skipped == ()


def test_a_late_camera_is_waited_for_and_then_passed_over() -> None:
    run = TourRun(tour("A", "B", "C"), 0.0)
    street = Street(run)
    street.never.add("B")
    turns = street.live(10 + LATE_S)
    assert turns == []
    assert run.shown == "A"
    turns = street.live(3)
    assert [each for _, each in turns] == ["C"]
    assert run.skipped == ("B",)


def test_what_stood_there_stays_until_the_first_stop_has_a_picture() -> None:
    run = TourRun(tour("A", "B"), 0.0, before="X")
    street = Street(run, takes=3.0)
    assert run.shown == "X"
    assert run.place == 0
    assert street.live(2.5) == []
    assert run.shown == "X"
    assert [each for _, each in street.live(1)] == ["A"]
    assert run.place == 1


def test_all_others_dead_the_one_with_a_picture_stays() -> None:
    run = TourRun(tour("A", "B", "C"), 0.0)
    street = Street(run, dead=("B", "C"))
    assert street.live(60) == []
    assert run.shown == "A"
    assert set(run.skipped) == {"B", "C"}
    street.dead = {"C"}
    assert [each for _, each in street.live(15)][:1] == ["B"]


def test_a_shown_camera_that_dies_is_left_early() -> None:
    run = TourRun(tour("A", "B"), 0.0)
    street = Street(run)
    street.live(2)
    street.dead.add("A")
    turns = street.live(2)
    assert [each for _, each in turns] == ["B"]


def test_held_it_stays_and_goes_on_with_the_rest_of_its_time() -> None:
    run = TourRun(tour("A", "B"), 0.0)
    street = Street(run)
    street.live(7)
    run.pause()
    assert street.live(100) == []
    run.resume()
    assert street.live(3)[-1][1] == "B"


def test_held_while_the_next_one_is_late_it_stays_when_that_comes() -> None:
    run = TourRun(tour("A", "B"), 0.0)
    street = Street(run, takes=5.0)  # B is wanted from 6 s on, and there at 11
    assert street.live(10.5) == []
    run.lead(0)
    assert run.needs().live == ("A",), "what cannot come next is not decoded"
    assert street.live(30) == []
    run.lead(0)
    assert [each for _, each in street.live(6)] == ["B"]


def test_held_after_the_shown_one_died_it_stays_and_may_be_led_on() -> None:
    run = TourRun(tour("A", "B", "C"), 0.0)
    street = Street(run, dead=("A",), takes=3.0)
    assert street.live(1) == []
    run.pause()
    assert street.live(30) == []
    run.step(1)
    assert [each for _, each in street.live(5)] == ["B"]
    assert street.live(30) == []


def test_held_before_a_step_by_hand_was_done_it_stays() -> None:
    run = TourRun(tour("A", "B", "C"), 0.0)
    street = Street(run, takes=3.0)
    run.step(-1)
    assert street.live(2) == []
    run.pause()
    assert street.live(20) == []
    run.resume()
    assert run.next == "B"


def test_a_case_has_the_tile_and_gives_it_back_where_it_was() -> None:
    run = TourRun(tour("A", "B", "C"), 0.0)
    street = Street(run)
    street.live(16)
    share = run.share
    run.gives_way = True
    assert street.live(500) == []
    run.gives_way = False
    assert (run.shown, run.share) == ("B", share)
    assert street.live(4)[-1] == (pytest.approx(520.0), "C")


def test_by_hand_to_the_next_and_to_the_one_before() -> None:
    run = TourRun(tour("A", "B", "C", "D"), 0.0)
    street = Street(run)
    run.step(1)
    assert [each for _, each in street.live(2)] == ["B"]
    run.step(-1)
    run.step(-1)
    assert [each for _, each in street.live(2)] == ["D"]
    run.pause()
    run.step(1)
    assert [each for _, each in street.live(2)] == ["A"]
    assert street.live(30) == []


def test_by_hand_backwards_past_a_dead_one() -> None:
    run = TourRun(tour("A", "B", "C"), 0.0)
    street = Street(run, dead=("C",))
    run.step(-1)
    assert [each for _, each in street.live(2)] == ["B"]


def test_a_tour_of_one_stays() -> None:
    run = TourRun(tour("A"), 0.0)
    street = Street(run)
    assert street.live(60) == []
    assert run.next is None
    assert run.needs().live == ("A",)


def test_a_changed_tour_keeps_what_is_shown() -> None:
    run = TourRun(tour("A", "B"), 0.0)
    street = Street(run)
    street.live(11)
    run.go_on_with(tour("B", "C"))
    assert (run.shown, run.next) == ("B", "C")
    run.go_on_with(tour("D", "C"))
    assert run.shown == "B"
    assert [each for _, each in street.live(3)] == ["D"]


def test_what_cannot_stand_says_why() -> None:
    assert faults(tour("A")) == ()
    assert faults(Tour(key="t", name=" ", stops=())) == ("name", "stops")
    assert faults(tour("A", dwell_s=0.5)) == ("dwell",)
    assert faults(tour(*map(str, range(65)))) == ("many",)


CAMERAS = ("A", "B", "C", "D")


@given(
    st.lists(st.sampled_from(CAMERAS), min_size=1, max_size=6),
    st.lists(
        st.tuples(
            st.sampled_from(
                ["time", "time", "time", "pause", "resume", "next", "previous"]
            ),
            st.floats(0, 30),
            st.fixed_dictionaries({each: st.sampled_from(Sight) for each in CAMERAS}),
        ),
        max_size=40,
    ),
    st.sampled_from([None, "X"]),
)
@settings(max_examples=300, deadline=None)
def test_it_never_changes_to_a_camera_without_a_picture(ids, deeds, before) -> None:
    run = TourRun(tour(*ids), 0.0, before=before)
    now, led = 0.0, False  # led: a step by hand may still be under way
    for deed, seconds, sights in deeds:
        shown = run.shown
        if deed == "pause":
            run.pause()
            led = False
        elif deed == "resume":
            run.resume()
        elif deed != "time":
            run.step(1 if deed == "next" else -1)
            led = True
        assert run.shown == shown  # nothing but time and a picture changes it
        now += seconds
        changed = run.advance(now, lambda each, at=sights: at.get(each, Sight.LIVE))
        if changed:
            assert sights[run.shown] is Sight.LIVE
            assert led or not run.paused, "held"
            led = False
        else:
            assert run.shown == shown
        assert run.shown in {*ids, before}
        assert set(run.skipped) <= set(ids)
        assert 0.0 <= run.share <= 1.0
        needs = run.needs()
        if run.paused and not led:
            assert needs.live == (run.shown,)
        assert needs.live[0] == run.shown
        assert len(needs.live) <= 2
        assert not set(needs.live) & set(needs.standby)


@given(
    st.lists(st.sampled_from(CAMERAS), min_size=2, max_size=6, unique=True),
    st.sets(st.sampled_from(CAMERAS)),
)
@settings(max_examples=100, deadline=None)
def test_every_camera_with_a_picture_has_its_turn(ids, dead) -> None:
    run = TourRun(tour(*ids), 0.0)
    street = Street(run, dead=tuple(dead))
    shown = {each for _, each in street.live(DWELL_S * len(ids) * 2 + 1)}
    alive = [each for each in ids if each not in dead]
    if alive and (len(alive) > 1 or alive[0] != ids[0]):
        assert shown == set(alive) or (len(alive) == 1 and shown == set(alive))
