"""Whether a camera can stand in the register: its number, its cone and its place.

Refused is only what is new: a camera that stood before this was looked at can still
be given its log-in.
"""

import math
from collections.abc import Iterable

from dispatch.board import NO_TOWN
from dispatch.cameras import Camera, is_number
from dispatch.commands import Refused
from dispatch.geo import distance_m
from dispatch.grids import Grid, Town

FARTHEST_M = 200_000.0
# field: the least and the most of it, its unit, and what people call it.
LIMITS = {
    "bearing_deg": (0.0, 360.0, "degrees", "a direction"),
    "fov_deg": (1.0, 360.0, "degrees", "an angle of view"),
    "range_m": (1.0, 5_000.0, "metres", "a range"),
}


def check_numbers(camera: Camera, known: Camera | None) -> None:
    """Refuse a number nobody can type, and a cone that is none.

    Args:
        camera: As it is to stand.
        known: As it stands, or None.

    Raises:
        Refused: With what is wrong.
    """
    if known is None and not is_number(camera.camera_id):
        raise Refused(
            "camera_number",
            f"a camera's number is 1 to 8 digits, not {camera.camera_id!r}",
            camera=camera.camera_id,
        )
    if _is_wrong("bearing_deg", camera, known):
        raise Refused("camera_bearing", _said("bearing_deg", camera))
    if _is_wrong("fov_deg", camera, known):
        raise Refused("camera_fov", _said("fov_deg", camera))
    if _is_wrong("range_m", camera, known):
        raise Refused("camera_range", _said("range_m", camera))


def check_place(
    camera: Camera, known: Camera | None, *, town: Town, grids: Iterable[Grid]
) -> None:
    """Refuse a place so far from the town that it is a slip.

    A town without any ground does not say where it is: then any place will do.

    Raises:
        Refused: With how far it is.
    """
    if known is not None and known.point == camera.point:
        return
    if town == NO_TOWN or not any(grid.outline for grid in grids):
        return
    away = distance_m(town.origin, camera.point)
    if not away <= FARTHEST_M:
        raise Refused(
            "far_from_town",
            f"camera {camera.camera_id} would stand {away / 1000:.0f} km from the town;"
            " at most 200",
            camera=camera.camera_id,
        )


def _is_wrong(name: str, camera: Camera, known: Camera | None) -> bool:
    value = getattr(camera, name)
    if value is None or (known is not None and getattr(known, name) == value):
        return False
    low, high, _, _ = LIMITS[name]
    return not (math.isfinite(value) and low <= value <= high)


def _said(name: str, camera: Camera) -> str:
    low, high, unit, what = LIMITS[name]
    return f"{what} is {low:g} to {high:g} {unit}, not {getattr(camera, name):g}"
