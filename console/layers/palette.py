"""The greys of the base map: quiet, and told apart from two metres away.

Without hue: colour on the map belongs to cases and to doubt. Land, water and roads
are three steps that nobody confuses; buildings and grids stand between them.
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
        grid: Outlines of grids, dashed.
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


_DARK = Palette(
    land=QColor("#2A3037"),
    water=QColor("#0D1013"),
    shore=QColor("#56616C"),
    building=QColor("#39424B"),
    building_edge=QColor("#4A545F"),
    main=QColor("#707C88"),
    street=QColor("#56616C"),
    lane=QColor("#464F59"),
    casing=QColor("#1C2127"),
    grid=QColor("#66727E"),
)
_LIGHT = Palette(
    land=QColor("#E3E6E9"),
    water=QColor("#A3AFBA"),
    shore=QColor("#7D8893"),
    building=QColor("#D0D5DA"),
    building_edge=QColor("#AAB4BD"),
    main=QColor("#FFFFFF"),
    street=QColor("#FFFFFF"),
    lane=QColor("#F4F5F6"),
    casing=QColor("#98A3AE"),
    grid=QColor("#7D8893"),
)


def palette(theme: Theme) -> Palette:
    """Return the base map's colours for a theme."""
    return _LIGHT if theme.tokens.outlined else _DARK
