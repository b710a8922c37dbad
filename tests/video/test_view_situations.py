"""Twenty drawn situations: which camera shows a place best, in which order, and why.

The place is P, at the origin; north is up, and a step in the drawings some ten metres.
"""

import dataclasses
import math
import random
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.obstacles import Obstacles
from video.views import REASONS, Candidate, Preset, View, best_views

# The houses and the fence of the drawings.
HOUSE = ((-8.0, 12.0), (8.0, 12.0), (8.0, 22.0), (-8.0, 22.0), (-8.0, 12.0))
OWN_HOUSE = ((-6.0, -6.0), (6.0, -6.0), (6.0, 6.0), (-6.0, 6.0), (-6.0, -6.0))
LOW_WALL = ((-30.0, 15.0), (30.0, 15.0))


def at(
    camera_id: str,
    bearing: float,
    metres: float,
    *,
    off: float = 0.0,
    **values: object,
) -> Candidate:
    """Return a camera so far from the place, turned so far away from it."""
    angle = math.radians(bearing)
    given = {"range_m": 100.0, "ready": True, **values}
    return Candidate(
        camera_id=camera_id,
        east_m=metres * math.sin(angle),
        north_m=metres * math.cos(angle),
        **{"bearing_deg": (bearing + 180.0 + off) % 360.0, **given},
    )


@dataclass(frozen=True)
class Situation:
    """A drawing.

    Attributes:
        cameras: In no order.
        expected: Each camera in the order of its rank, with its reasons.
        between: What stands there.
    """

    cameras: tuple[Candidate, ...]
    expected: tuple[tuple[str, str], ...]
    between: tuple[tuple[tuple[float, float], ...], ...] = ()


SITUATIONS = {
    #   1v
    #   P      both look here; the nearer one is better.
    #
    #   2^
    "near before far": Situation(
        (at("2", 180, 60), at("1", 0, 20)),
        (("1", "covers ready"), ("2", "covers ready")),
    ),
    #   1^
    #   P      the nearer one looks the other way.
    #
    #   2^
    "cone away": Situation(
        (at("1", 0, 20, off=180), at("2", 180, 60)),
        (("2", "covers ready"), ("1", "looks_away ready")),
    ),
    # Its cone holds the place, its lens does not reach so far.
    "out of range": Situation(
        (at("1", 0, 70, range_m=60), at("2", 180, 95)),
        (("2", "covers ready"), ("1", "too_far ready")),
    ),
    # The same distance: one has the place in the middle, the other at its edge.
    "at the edge of the picture": Situation(
        (at("1", 0, 40, off=34), at("2", 180, 40, off=5)),
        (("2", "covers ready"), ("1", "covers off_axis ready")),
    ),
    #   1v
    #  [##]    a house stands between the nearer one and the place.
    #   P
    #   2^
    "a house between": Situation(
        (at("1", 0, 40), at("2", 180, 80)),
        (("2", "covers ready"), ("1", "hidden ready")),
        (HOUSE,),
    ),
    #   1v
    #  ----    a fence without an inside hides as well.
    #   P   <2
    "a fence between": Situation(
        (at("1", 0, 30), at("2", 90, 70)),
        (("2", "covers ready"), ("1", "hidden ready")),
        (LOW_WALL,),
    ),
    #   1v
    #  [P#]    the house the place is in is what shall be seen.
    "the own house": Situation(
        (at("1", 0, 40), at("2", 180, 80)),
        (("1", "covers ready"), ("2", "covers ready")),
        (OWN_HOUSE,),
    ),
    #  [##]
    #   1v      it hangs on the house's front and looks away from it.
    #   P
    "it hangs on the house": Situation(
        (at("1", 0, 11.5), at("2", 180, 30)),
        (("1", "covers ready"), ("2", "covers ready")),
        (HOUSE,),
    ),
    #  [#1#]    it is registered within the house it hangs on.
    #   P
    "registered in the house": Situation(
        (at("1", 0, 17), at("2", 180, 30)),
        (("1", "covers ready"), ("2", "covers ready")),
        (HOUSE,),
    ),
    "dead": Situation(
        (at("1", 0, 20, healthy=False, ready=False), at("2", 180, 90)),
        (("2", "covers ready"), ("1", "dead covers opens_cold")),
    ),
    # Better a camera that shows nothing of it than one without a picture.
    "dead against looking away": Situation(
        (at("1", 0, 20, healthy=False), at("2", 180, 90, off=120)),
        (("2", "looks_away ready"), ("1", "dead covers ready")),
    ),
    # Somebody says that the nearest shows something else: also after a far one.
    "wrong view flagged": Situation(
        (at("1", 0, 20, wrong_view=True), at("2", 180, 90), at("3", 90, 99, off=90)),
        (("2", "covers ready"), ("3", "looks_away ready"), ("1", "wrong_view ready")),
    ),
    # What shows something else may be turned; what is dead shows nothing.
    "wrong view against dead": Situation(
        (at("1", 0, 20, healthy=False), at("2", 0, 20, wrong_view=True)),
        (("2", "wrong_view ready"), ("1", "dead covers ready")),
    ),
    # The same distance; one was looked at on site this year, one never, one long ago.
    "unverified for long": Situation(
        (
            at("1", 0, 40, verified_days=None),
            at("2", 120, 40, verified_days=700),
            at("3", 240, 40, verified_days=200),
        ),
        (
            ("3", "covers ready"),
            ("2", "covers verified_long_ago ready"),
            ("1", "covers never_verified ready"),
        ),
    ),
    # An old entry costs some metres, it is no reason to take one from far away.
    "unverified but much nearer": Situation(
        (at("1", 0, 30, verified_days=None), at("2", 180, 60)),
        (("1", "covers never_verified ready"), ("2", "covers ready")),
    ),
    "standby ready against cold": Situation(
        (at("1", 0, 40, ready=False), at("2", 180, 45)),
        (("2", "covers ready"), ("1", "covers opens_cold")),
    ),
    "cold but much nearer": Situation(
        (at("1", 0, 20, ready=False), at("2", 180, 45)),
        (("1", "covers opens_cold"), ("2", "covers ready")),
    ),
    # A vehicle stood here 20 s ago, another one says so now.
    "vehicle moved": Situation(
        (
            at("1", 0, 20, place_age_s=20.0),
            at("2", 180, 40, place_age_s=1.0),
            at("3", 90, 60),
        ),
        (
            ("2", "covers moving ready"),
            ("3", "covers ready"),
            ("1", "covers moving ready"),
        ),
    ),
    # Where the vehicle is nobody has heard for minutes: after all who stand there.
    "vehicle unheard of": Situation(
        (
            at("1", 0, 10, place_age_s=300.0, sure=False),
            at("2", 180, 90, off=100),
        ),
        (("2", "looks_away ready"), ("1", "unsure moving ready")),
    ),
    # It looks away, and one of its presets looks here: after who does so already.
    "a preset looks there": Situation(
        (
            at("1", 0, 20, off=180, presets=(Preset(name="3", bearing_deg=178.0),)),
            at("2", 180, 90),
            at("3", 90, 15, off=180),
        ),
        (
            ("2", "covers ready"),
            ("1", "looks_away preset ready"),
            ("3", "looks_away ready"),
        ),
    ),
    "no preset reaches": Situation(
        (
            at("1", 0, 70, off=180, presets=(Preset(name="3", bearing_deg=180.0),)),
            at("2", 180, 20, off=90, presets=(Preset(name="1", bearing_deg=90.0),)),
        ),
        (("2", "looks_away ready"), ("1", "looks_away ready")),
    ),
    # Straight above the place one sees the tops of heads; all round is no matter.
    "under the pole": Situation(
        (at("1", 0, 2), at("2", 180, 9), at("3", 90, 3, bearing_deg=None)),
        (
            ("3", "covers all_round ready"),
            ("2", "covers ready"),
            ("1", "covers under_pole ready"),
        ),
    ),
    "nothing known between two alike": Situation(
        (at("7", 180, 30), at("12", 0, 30)),
        (("12", "covers ready"), ("7", "covers ready")),  # by number, as text
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_drawing_has_the_expected_order_and_reasons(name: str) -> None:
    drawn = SITUATIONS[name]
    cameras = list(drawn.cameras)
    for _ in range(3):
        views = best_views(cameras, between=Obstacles(drawn.between))
        found = tuple((view.camera_id, " ".join(view.reasons)) for view in views)
        assert found == drawn.expected
        random.Random(name).shuffle(cameras)


def test_a_preset_is_named_and_the_most_central_one() -> None:
    presets = tuple(
        Preset(name=name, bearing_deg=bearing)
        for name, bearing in (("gate", 150.0), ("door", 176.0), ("lane", 205.0))
    )
    (view,) = best_views([at("1", 0, 20, off=180, presets=presets)])
    assert (view.preset, view.covers) == ("door", False)


# -- what always holds ---------------------------------------------------------------

corners = st.tuples(st.floats(-120.0, 120.0), st.floats(-120.0, 120.0))
outlines = st.lists(corners, min_size=2, max_size=5).flatmap(
    lambda line: st.sampled_from([tuple(line), (*line, line[0])])
)
obstacles = st.lists(outlines, max_size=4).map(Obstacles)
presets = st.lists(
    st.builds(
        Preset,
        name=st.sampled_from("1234"),
        bearing_deg=st.floats(0.0, 359.9),
        range_m=st.floats(10.0, 200.0),
    ),
    max_size=3,
).map(tuple)


@st.composite
def cameras(draw: st.DrawFn, **fixed: object) -> Candidate:
    values = {
        "off": draw(st.floats(-180.0, 180.0)),
        "fov_deg": draw(st.floats(20.0, 180.0)),
        "range_m": draw(st.floats(10.0, 200.0)),
        "presets": draw(presets),
        "healthy": draw(st.booleans()),
        "ready": draw(st.booleans()),
        "place_age_s": draw(st.sampled_from([0.0, 2.0, 60.0])),
        "sure": draw(st.booleans()),
        "verified_days": draw(st.none() | st.floats(0.0, 2000.0)),
        "wrong_view": draw(st.booleans()),
    }
    number = str(draw(st.integers(1, 9_999)))
    where = draw(st.floats(0.0, 359.9)), draw(st.floats(4.5, 250.0))
    return at(number, *where, **(values | fixed))


many = st.lists(cameras(), max_size=10, unique_by=lambda each: each.camera_id)


def ranks(views: list[View]) -> list[str]:
    return [view.camera_id for view in views]


@given(many, obstacles, st.randoms(use_true_random=False))
def test_the_order_is_total_and_the_same_however_one_asks(some, between, dice) -> None:
    again = list(some)
    dice.shuffle(again)
    assert best_views(some, between=between) == best_views(again, between=between)


@given(many, cameras(), obstacles)
def test_one_more_camera_changes_no_two_others_places(some, more, between) -> None:
    more = dataclasses.replace(more, camera_id="0")
    before = ranks(best_views(some, between=between))
    after = ranks(best_views([*some, more], between=between))
    assert [each for each in after if each != "0"] == before


@given(cameras(), obstacles, st.floats(1.001, 3.0))
def test_farther_on_the_same_line_is_never_better(camera, between, more) -> None:
    near = dataclasses.replace(camera, camera_id="2")
    far = dataclasses.replace(
        camera,
        camera_id="1",
        east_m=camera.east_m * more,
        north_m=camera.north_m * more,
    )
    hidden = ["hidden" in view.reasons for view in best_views([near], between=between)]
    if hidden == [False]:  # in a house that hides nothing a step may lead out of it
        assert ranks(best_views([far, near], between=between)) == ["2", "1"]


@pytest.mark.parametrize(
    ("what", "worse"),
    [
        ("wrong_view", True),
        ("healthy", False),
        ("sure", False),
        ("ready", False),
        ("verified_days", None),
        ("presets", ()),
    ],
)
@given(camera=cameras(), between=obstacles)
def test_no_fault_ever_lifts_a_camera_above_its_equal(
    what, worse, camera, between
) -> None:
    camera = dataclasses.replace(camera, camera_id="2")
    other = dataclasses.replace(camera, camera_id="3", **{what: worse})
    assert ranks(best_views([other, camera], between=between)) == ["2", "3"]


@given(many, obstacles)
def test_a_flagged_camera_comes_after_each_one_that_is_not_and_lives(
    some, between
) -> None:
    views = best_views(some, between=between)
    kinds = [
        2 if "dead" in view.reasons else int("wrong_view" in view.reasons)
        for view in views
    ]
    assert kinds == sorted(kinds)
    assert not any(view.covers for view in views if "wrong_view" in view.reasons)


@given(many, obstacles)
def test_reasons_are_known_ordered_and_agree_with_the_rank(some, between) -> None:
    for view in best_views(some, between=between):
        places = [REASONS.index(each) for each in view.reasons]
        assert places == sorted(set(places))
        assert view.covers == ("covers" in view.reasons)
        assert bool(view.preset) == ("preset" in view.reasons)
        assert not (
            view.covers and {"hidden", "looks_away", "too_far"} & {*view.reasons}
        )
        assert ("ready" in view.reasons) != ("opens_cold" in view.reasons)


@given(many, st.lists(outlines, max_size=4), outlines)
def test_one_more_house_uncovers_nothing(some, standing, outline) -> None:
    before, more = Obstacles(standing), Obstacles([*standing, outline])
    seen = {v.camera_id for v in best_views(some, between=before) if v.covers}
    still = {v.camera_id for v in best_views(some, between=more) if v.covers}
    assert still <= seen
