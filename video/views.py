"""Choose the cameras that show a place best, and say why. Pure.

The place is the origin; cameras are given by their offset from it in ground metres.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A camera as seen from the place that shall be watched.

    Attributes:
        camera_id: Its number.
        east_m: Where it stands, ground metres east of the place.
        north_m: Ground metres north of the place.
        bearing_deg: Where it looks, clockwise from north; None: all round.
        fov_deg: Horizontal angle of view.
        range_m: How far it can usefully see.
        healthy: It delivers pictures, as far as is known.
        ready: Its stream is on standby or live already.
        place_age_s: How old the position of a moving one is; 0: it stays.
        sure: It can be trusted to be there, and to look there.
    """

    camera_id: str
    east_m: float
    north_m: float
    bearing_deg: float | None = None
    fov_deg: float = 70.0
    range_m: float = 60.0
    healthy: bool = True
    ready: bool = False
    place_age_s: float = 0.0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """A camera's rank for one place.

    Attributes:
        camera_id: Its number.
        distance_m: From the camera to the place, ground metres.
        bearing_from_target_deg: Direction from the place to the camera.
        covers: The place lies in its cone and within its range.
        score: Lower is better, among those that cover as among the others: metres,
            with what counts against it added.
        reasons: Stable words, the weightiest first: "dead", "looks_away", "too_far",
            "unsure", "covers", "all_round", "off_axis", "under_pole", "moving", "ready",
            "opens_cold".
    """

    camera_id: str
    distance_m: float
    bearing_from_target_deg: float
    covers: bool
    score: float
    reasons: tuple[str, ...]


def off_axis_deg(candidate: Candidate) -> float:
    """Return the angle between where a camera looks and where the place lies."""
    if candidate.bearing_deg is None or _distance(candidate) == 0.0:
        return 0.0
    to_place = math.degrees(math.atan2(-candidate.east_m, -candidate.north_m))
    turn = (to_place - candidate.bearing_deg) % 360.0
    return min(turn, 360.0 - turn)


def best_views(candidates: Iterable[Candidate]) -> list[View]:
    """Return all candidates in order of how well they show the place, best first.

    Healthy cameras whose cone and range hold the place come first, nearest and most
    central before others; then healthy ones that do not; then those of which nobody
    is sure where they are, however near they seem; dead ones last. Equal ones are
    ordered by number, so the same question has the same answer on every desk.
    """
    views = [_view(candidate) for candidate in candidates]
    return sorted(views, key=_rank)


def _rank(view: View) -> tuple[bool, bool, bool, float, str]:
    return (
        "dead" in view.reasons,
        "unsure" in view.reasons,
        not view.covers,
        view.score,
        view.camera_id,
    )


def _distance(candidate: Candidate) -> float:
    return math.hypot(candidate.east_m, candidate.north_m)


def _view(candidate: Candidate) -> View:
    distance = _distance(candidate)
    half = candidate.fov_deg / 2
    off_axis = off_axis_deg(candidate)
    all_round = candidate.bearing_deg is None or candidate.fov_deg >= _ALL_ROUND_DEG
    in_cone = all_round or off_axis <= half + _CONE_TOLERANCE_DEG
    in_range = distance <= candidate.range_m
    covers = in_cone and in_range and candidate.sure
    score = distance + _MOVES_MPS * candidate.place_age_s
    reasons: list[str] = []
    if not candidate.healthy:
        reasons.append("dead")
    if not candidate.sure:
        reasons.append("unsure")
    if not in_cone:
        score += off_axis
        reasons.append("looks_away")
    if not in_range:
        score += _BEYOND_RANGE_M * (distance - candidate.range_m)
        reasons.append("too_far")
    if covers:
        reasons.append("covers")
        if all_round:
            reasons.append("all_round")
        else:
            share = min(1.0, off_axis / max(half, 1.0))
            score += _OFF_AXIS_M * share**2
            if share > 0.7:
                reasons.append("off_axis")
        if distance < _UNDER_THE_POLE_M and not all_round:
            score += _UNDER_THE_POLE_COST_M
            reasons.append("under_pole")
    if candidate.place_age_s:
        reasons.append("moving")
    if candidate.ready:
        reasons.append("ready")
    else:
        score += max(_NOT_READY_M, _NOT_READY_SHARE * distance)
        reasons.append("opens_cold")
    return View(
        camera_id=candidate.camera_id,
        distance_m=distance,
        bearing_from_target_deg=math.degrees(
            math.atan2(candidate.east_m, candidate.north_m)
        )
        % 360.0,
        covers=covers,
        score=score,
        reasons=tuple(reasons),
    )
