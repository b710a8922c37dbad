"""The tree of grids, and which grid a point lies in.

Nodes may have no area: organisations stand in the tree without a polygon.
"""

from dataclasses import dataclass

from dispatch.geo import Point


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A node of the tree: town, village or community, grid, organisation.

    Attributes:
        code: 9 digits for a town, 12 for a village or community, 15 for a grid.
        name: 桃源新邨第三网格.
        level: "town", "community", "grid" or "organisation".
        parent: Code of the node above; empty for the town.
        kind: "base" 基础网格 or "dedicated" 专属网格; empty above grid level.
        outline: Outer ring as points, not closed; empty where it has no area.
        leader_unit_id: 网格长.
        worker_unit_ids: 专职 and 兼职网格员.
    """

    code: str
    name: str
    level: str
    parent: str = ""
    kind: str = ""
    outline: tuple[Point, ...] = ()
    leader_unit_id: str = ""
    worker_unit_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Town:
    """What a desk must know of the town before it paints anything.

    Attributes:
        code: 9-digit statistical code.
        name: 姚庄镇.
        origin: The map's origin.
        timezone: IANA name; every clock shown is in it.
        is_demo: 演示数据 stands on every window.
    """

    code: str
    name: str
    origin: Point
    timezone: str
    is_demo: bool
