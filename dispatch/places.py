"""Places worth knowing: key places, homes of people in care, hydrants."""

from dataclasses import dataclass

from dispatch.geo import Point

SAME_PLACE_M = 8.0  # nearer than this it is the same premises


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One place of the register.

    Attributes:
        place_id: Short id.
        name: 桃源新邨12幢301.
        kind: "home", "key_place", "shop", "hydrant", "building", "crossing" …
        point: Where it is.
        address: Longer form, or "".
        grid_code: The grid it lies in.
        hazards: What someone sent there must know: 液化气, 独居老人 …
        contact: Whom to call there; personal.
        phone: Their number; personal.
    """

    place_id: str
    name: str
    kind: str
    point: Point
    address: str = ""
    grid_code: str = ""
    hazards: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
