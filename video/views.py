"""Choose the cameras that show a place best, and say why. Pure.

The place is the origin; cameras are given by their offset from it in ground metres, and
so is what may stand between.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from video.obstacles import Obstacles

#: What costs a camera its rank, in metres of extra distance.
_BEYOND_RANGE_M: Final = 1.5  # per metre beyond the useful range
_OFF_AXIS_M: Final = 15.0  # at the edge of the cone, against its axis
_NOT_READY_M: Final = 8.0  # a second of waiting is worth a few metres,
_NOT_READY_SHARE: Final = 0.15  # or what makes no difference at that distance
#: Closer than this a camera on its pole looks over the place, not at it.
_UNDER_THE_POLE_M: Final = 4.0
_UNDER_THE_POLE_COST_M: Final = 10.0
_ALL_ROUND_DEG: Final = 360.0
#: What each second since a moving one's position costs; on a call it drives about so.
_MOVES_MPS: Final = 4.0
#: Directions in registers are estimates; a little outside the cone is still covered.
_CONE_TOLERANCE_DEG: Final = 3.0
#: Once a year somebody looks whether a camera stands and looks as the register says.
_VERIFIED_FOR_DAYS: Final = 365.0
_DOUBT_GROWS_DAYS: Final = 730.0  # after two years more it is as if never
_NEVER_VERIFIED_M: Final = 10.0

_NOTHING_KNOWN: Final = Obstacles()


@dataclass(frozen=True, kw_only=True, slots=True)
class Preset:
    """A direction that a camera can be turned to.

    Attributes:
        name: Its name or number.
        bearing_deg: Where it looks then, clockwise from north.
        fov_deg: Horizontal angle of view then.
        range_m: How far it can usefully see then.
    """

    name: str
    bearing_deg: float
    fov_deg: float = 60.0
    range_m: float = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A camera as seen from the place that shall be watched.

    Attributes:
        camera_id: Its number.
        east_m: Where it stands now, ground metres east of the place.
        north_m: Ground metres north of the place.
        bearing_deg: Where it looks, clockwise from north; None: all round.
        fov_deg: Horizontal angle of view.
        range_m: How far it can usefully see.
        presets: Where it can be turned to.
        healthy: It delivers pictures, as far as is known.
        ready: Its stream is on standby or live already.
        place_age_s: How old the position of a moving one is; 0: it stays.
        sure: It can be trusted to be there, and to look there.
        verified_days: How long ago somebody looked whether it stands and looks as it
            is registered; None: nobody ever did.
        wrong_view: Somebody says that it does not show what it should (画面不符).
    """

    camera_id: str
    east_m: float
    north_m: float
    bearing_deg: float | None = None
    fov_deg: float = 70.0
    range_m: float = 60.0
    presets: tuple[Preset, ...] = ()
    healthy: bool = True
    ready: bool = False
    place_age_s: float = 0.0
    sure: bool = True
    verified_days: float | None = 0.0
    wrong_view: bool = False


#: Every word in `View.reasons`, the weightiest first; the desk says it in words.
REASONS: Final = (
    "dead",  # it has no picture to give
    "wrong_view",  # somebody says that it does not show what it should
    "unsure",  # nobody knows where it is, or where it looks
    "hidden",  # something known stands between: a building, a fence
    "looks_away",
    "too_far",
    "preset",  # turned to one of its presets it would look here
    "covers",  # the place lies in its cone and range, and nothing known between
    "all_round",
    "off_axis",  # at the edge of its picture
    "under_pole",  # too near: it looks over the place
    "moving",  # it is where it is only for now
    "never_verified",  # nobody ever looked whether it stands and looks as registered
    "verified_long_ago",
    "ready",  # called up, it shows at once
    "opens_cold",
)


@dataclass(frozen=True, slots=True)
class View:
    """A camera's rank for one place.

    Attributes:
        camera_id: Its number.
        distance_m: From the camera to the place, ground metres.
        bearing_from_target_deg: Direction from the place to the camera.
        covers: It shows the place as it looks now, as far as is known.
        score: Lower is better, among those that cover as among the others: metres,
            with what counts against it added.
        reasons: Words of `REASONS`, in that order.
        preset: The preset that looks here where it does not by itself, or "".
    """

    camera_id: str
    distance_m: float
    bearing_from_target_deg: float
    covers: bool
    score: float
    reasons: tuple[str, ...]
    preset: str = ""


def off_axis_deg(candidate: Candidate) -> float:
    """Return the angle between where a camera looks and where the place lies."""
    if candidate.bearing_deg is None or _distance(candidate) == 0.0:
        return 0.0
    return _off(candidate, candidate.bearing_deg)


def best_views(
    candidates: Iterable[Candidate], *, between: Obstacles = _NOTHING_KNOWN
) -> list[View]:
    """Return all candidates in order of how well they show the place, best first.

    Healthy cameras whose cone and range hold the place, with nothing known between,
    come first, nearest and most central before others; then those that a preset would
    turn here; then healthy ones that do not show it; then those of which nobody is
    sure where they are, however near they seem; then those that somebody says show
    something else; dead ones last. Equal ones are ordered by number, so the same
    question has the same answer on every desk.
    """
    views = [_view(candidate, between) for candidate in candidates]
    return sorted(views, key=_rank)


def _rank(view: View) -> tuple[bool, bool, bool, bool, bool, float, str]:
    return (
        "dead" in view.reasons,
        "wrong_view" in view.reasons,
        "unsure" in view.reasons,
        not view.covers,
        not view.preset,
        view.score,
        view.camera_id,
    )


def _distance(candidate: Candidate) -> float:
    return math.hypot(candidate.east_m, candidate.north_m)


def _off(candidate: Candidate, bearing_deg: float) -> float:
    to_place = math.degrees(math.atan2(-candidate.east_m, -candidate.north_m))
    turn = (to_place - bearing_deg) % 360.0
    return min(turn, 360.0 - turn)


def _view(candidate: Candidate, between: Obstacles) -> View:
    distance = _distance(candidate)
    half = candidate.fov_deg / 2
    off_axis = off_axis_deg(candidate)
    all_round = candidate.bearing_deg is None or candidate.fov_deg >= _ALL_ROUND_DEG
    in_cone = all_round or off_axis <= half + _CONE_TOLERANCE_DEG
    in_range = distance <= candidate.range_m
    trusted = candidate.sure and not candidate.wrong_view
    aimed = in_cone and in_range
    preset = "" if aimed or not trusted else _preset(candidate, distance)
    hidden = (aimed or bool(preset)) and between.hide(
        (candidate.east_m, candidate.north_m)
    )
    covers = aimed and trusted and not hidden
    if hidden:
        preset = ""
    score = distance + _MOVES_MPS * candidate.place_age_s
    held: set[str] = set()
    if not candidate.healthy:
        held.add("dead")
    if candidate.wrong_view:
        held.add("wrong_view")
    if not candidate.sure:
        held.add("unsure")
    if hidden:
        held.add("hidden")
    if not in_cone:
        score += off_axis
        held.add("looks_away")
    if not in_range:
        score += _BEYOND_RANGE_M * (distance - candidate.range_m)
        held.add("too_far")
    if preset:
        held.add("preset")
    if covers:
        held.add("covers")
        if all_round:
            held.add("all_round")
        else:
            share = min(1.0, off_axis / max(half, 1.0))
            score += _OFF_AXIS_M * share**2
            if share > 0.7:
                held.add("off_axis")
        if distance < _UNDER_THE_POLE_M and not all_round:
            score += _UNDER_THE_POLE_COST_M
            held.add("under_pole")
    if candidate.place_age_s:
        held.add("moving")
    doubt = _doubt(candidate.verified_days)
    score += _NEVER_VERIFIED_M * doubt
    if candidate.verified_days is None:
        held.add("never_verified")
    elif doubt:
        held.add("verified_long_ago")
    if candidate.ready:
        held.add("ready")
    else:
        score += max(_NOT_READY_M, _NOT_READY_SHARE * distance)
        held.add("opens_cold")
    return View(
        camera_id=candidate.camera_id,
        distance_m=distance,
        bearing_from_target_deg=math.degrees(
            math.atan2(candidate.east_m, candidate.north_m)
        )
        % 360.0,
        covers=covers,
        score=score,
        reasons=tuple(each for each in REASONS if each in held),
        preset=preset,
    )


def _doubt(verified_days: float | None) -> float:
    """Return from 0 to 1 how little an entry in the register is still worth."""
    if verified_days is None:
        return 1.0
    return min(1.0, max(0.0, verified_days - _VERIFIED_FOR_DAYS) / _DOUBT_GROWS_DAYS)


def _preset(candidate: Candidate, distance: float) -> str:
    """Return the preset that looks most nearly at the place, or ""."""
    looking = [
        (off, preset.name)
        for preset in candidate.presets
        for off in [_off(candidate, preset.bearing_deg)]
        if off <= preset.fov_deg / 2 + _CONE_TOLERANCE_DEG
        and distance <= preset.range_m
    ]
    return min(looking)[1] if looking else ""
