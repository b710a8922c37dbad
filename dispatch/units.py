"""Units: the staff and vehicles that can be sent, where they are and since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dispatch.geo import Point

# The promise of a position: beyond it its bearer may have left it behind, and every
# display says so.
FRESH = timedelta(seconds=90)


class UnitStatus(StrEnum):
    """What a unit is doing; shown as outline, filled, ring or cross."""

    FREE = "free"  # 空闲
    ASSIGNED = "assigned"  # 已派遣, not yet signed
    EN_ROUTE = "en_route"  # 途中
    ON_SCENE = "on_scene"  # 到场
    OFF_DUTY = "off_duty"  # 离岗


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """One person, pair or vehicle that can be sent.

    Attributes:
        unit_id: Short id such as "W07".
        name: As spoken on the telephone.
        role: The trade's word: 专职网格员, 网格长, 微型消防站 …
        department: Who they belong to.
        grid_code: The grid they answer for; empty for town-wide units.
        phone: Personal; shown only where a reason to call exists.
        status: What they are doing.
        case_id: The case they are on, or None.
        point: Last position, or None where none was ever had.
        point_at: When that position was true (UTC, device's time if plausible).
        accuracy_m: Radius in metres, or None.
        doubt: Why the position is not to be believed as it is, or "".
        device_id: The terminal they carry, or "".
        heading_deg: Where it points, clockwise from north; None: nobody knows.
        roster: When they are on shift, seven days from Monday on as `dispatch.roster`
            keeps them; none: no roster names them.
    """

    unit_id: str
    name: str
    role: str
    department: str = ""
    grid_code: str = ""
    phone: str = ""
    status: UnitStatus = UnitStatus.FREE
    case_id: int | None = None
    point: Point | None = None
    point_at: datetime | None = None
    accuracy_m: float | None = None
    doubt: str = ""
    device_id: str = ""
    heading_deg: float | None = None
    roster: tuple[str, ...] = ()
