"""The greys of the base map: quiet, and told apart from two metres away.

All but grey: colour on the map belongs to cases and to doubt. Water alone leans to
blue, far from any severity's colour, because a dark grey line between two lighter ones
was read as a road. Communities end in a soft ribbon, wider than any road.
"""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from console.theme import Theme


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """The base map's colours on one background.

    Attributes:
        land: Where nothing else is; the halo of words too.
        water: Rivers and ponds.
        shore: Their outline.
        building: Blocks.
        building_edge: Their outline.
        main: Main roads.
        street: Streets.
        lane: Lanes.
        casing: The edges of roads.
        grid: Outlines of grids, dashed; the line within the ribbon.
        ribbon: Where a community ends, wide and soft.
    """

    land: QColor
    water: QColor
    shore: QColor
    building: QColor
    building_edge: QColor
    main: QColor
    street: QColor
    lane: QColor
    casing: QColor
    grid: QColor
    ribbon: QColor


_DARK = Palette(
    land=QColor("#2D343B"),
    water=QColor("#112436"),
    shore=QColor("#3A5268"),
    building=QColor("#39424B"),
    building_edge=QColor("#4A545F"),
    main=QColor("#75818D"),
    street=QColor("#56616C"),
    lane=QColor("#464F59"),
    casing=QColor("#1C2127"),
    grid=QColor("#6A7682"),
    ribbon=QColor("#414B56"),
)
_LIGHT = Palette(
    land=QColor("#E3E6E9"),
    water=QColor("#A9C2D8"),
    shore=QColor("#7793AE"),
    building=QColor("#D0D5DA"),
    building_edge=QColor("#AAB4BD"),
    main=QColor("#FFFFFF"),
    street=QColor("#FFFFFF"),
    lane=QColor("#F4F5F6"),
    casing=QColor("#98A3AE"),
    grid=QColor("#7D8893"),
    ribbon=QColor("#CBD2D8"),
)


def palette(theme: Theme) -> Palette:
    """Return the base map's colours for a theme."""
    return _LIGHT if theme.tokens.outlined else _DARK
