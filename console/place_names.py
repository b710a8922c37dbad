"""What to call a point of the map that somebody chose as the place of a report."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dispatch.geo import Point, distance_m
from dispatch.places import Place

if TYPE_CHECKING:
    from console.desk import Desk

NEAR_PLACE_M = 40.0


def name_of(desk: "Desk", point: Point) -> str:
    """Return the words for a point: near a known place, or its degrees."""
    nearest: Place | None = None
    least = NEAR_PLACE_M
    for place in desk.board.places.values():
        metres = distance_m(point, place.point)
        if metres < least:
            nearest, least = place, metres
    if nearest is not None:
        text = QCoreApplication.translate("MainWindow", "near {place}")
        return text.format(place=nearest.name)
    text = QCoreApplication.translate("MainWindow", "map point {lon}, {lat}")
    return text.format(lon=f"{point.lon:.5f}", lat=f"{point.lat:.5f}")
