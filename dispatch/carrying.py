"""Where a camera stands and looks now: as registered, or as its vehicle does.

The one home of that rule. The map, the choice of views and whatever asks what is near
take a camera's place from here, never from its register entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch.cameras import Camera
from dispatch.geo import Point, distance_m
from dispatch.units import FRESH, Unit

# A vehicle that stands does not turn: within this a known direction still holds. Only
# the last position is known, not where the direction was said, so each step counts: a
# receiver that stands repeats itself to a few metres, and a crawl of longer steps would
# carry an old direction for any distance. Rather unknown too early than wrong.
STILL_M = 4.0
_ALL_ROUND_DEG = 360.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where a camera is, where it looks, and how far that can be believed.

    Attributes:
        point: Where it is.
        bearing_deg: Where it looks, clockwise from north; None: all round, or nobody
            knows.
        carried: A unit carries it: it moves.
        at: When a carried one was there; None: its unit never said where it is, and
            the point is the register's.
        doubt: Why the position is not to be believed as it is, or "".
        aimed: It is known where it looks.
    """

    point: Point
    bearing_deg: float | None
    carried: bool = False
    at: datetime | None = None
    doubt: str = ""
    aimed: bool = True

    def age(self, now: datetime) -> timedelta:
        """Return how old the position is; nothing for a camera that stays."""
        return timedelta() if self.at is None else max(now - self.at, timedelta())

    def is_sure(self, now: datetime) -> bool:
        """Return whether it can be trusted to be there: fresh, and not in doubt."""
        if not self.carried:
            return True
        return self.at is not None and not self.doubt and self.age(now) <= FRESH


def standing_of(camera: Camera, units: Mapping[str, Unit]) -> Standing:
    """Return where a camera is and looks.

    A carried one is where its unit was last. Its registered direction counts from the
    vehicle's front, and none means straight ahead; while nobody knows where the
    vehicle points, nobody knows where the camera looks.

    Args:
        camera: Its register entry.
        units: The units as they are now, by id.
    """
    if not camera.unit_id:
        return Standing(point=camera.point, bearing_deg=camera.bearing_deg)
    all_round = camera.fov_deg >= _ALL_ROUND_DEG
    unit = units.get(camera.unit_id)
    if unit is None or unit.point is None or unit.point_at is None:
        return Standing(
            point=camera.point, bearing_deg=None, carried=True, aimed=all_round
        )
    heading = None if all_round else unit.heading_deg
    return Standing(
        point=unit.point,
        bearing_deg=None
        if heading is None
        else (heading + (camera.bearing_deg or 0.0)) % 360.0,
        carried=True,
        at=unit.point_at,
        doubt=unit.doubt,
        aimed=all_round or heading is not None,
    )


def heading_after(
    before: Point | None,
    heading: float | None,
    *,
    point: Point,
    said: float | None,
) -> float | None:
    """Return where a unit points at a new position: as it says, else as before.

    Args:
        before: Where it was.
        heading: Where it pointed there, or None.
        point: Where it is.
        said: What came with the new position; a vehicle at rest says nothing.
    """
    if said is not None:
        return said % 360.0
    if before is None or heading is None:
        return None
    return heading if distance_m(before, point) <= STILL_M else None
