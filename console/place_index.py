"""Finds the register's entry of a place at once, however long the register is.

Asked at every painting of the strip and of a case's head: by its name from a table,
else by its ground from the few cells around it.
"""

import math
from collections.abc import Iterable, Mapping
from typing import TypeVar

from dispatch.geo import Point, distance_m
from dispatch.places import SAME_PLACE_M, Place

# Of a cell: 55 m from south to north, and from west to east more than 8 m wherever
# the map reaches, so that what is near lies in one of nine.
_LON_DEGREES, _LAT_DEGREES = 0.001, 0.0005

_Cell = tuple[int, int]
_Key = TypeVar("_Key")


class PlaceIndex:
    """The places of a board by name and by ground.

    Thread: that of the board's owner.
    """

    def __init__(self) -> None:
        self._places: Mapping[str, Place] = {}
        self._entered: dict[str, Place] = {}
        self._names: dict[str, list[str]] = {}
        self._cells: dict[_Cell, list[str]] = {}

    def find(
        self, places: Mapping[str, Place], name: str, point: Point
    ) -> Place | None:
        """Return the place of a name, else the nearest within 8 m, or None."""
        if places is not self._places:
            self._begin(places)
        named = self._names.get(name)
        if named:
            return places[named[0]]
        nearest: Place | None = None
        least = SAME_PLACE_M
        column, row = _cell(point)
        for cell in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for place_id in self._cells.get(cell, ()):
                metres = distance_m(point, places[place_id].point)
                if metres < least:
                    nearest, least = places[place_id], metres
        return nearest

    def renew(self, places: Mapping[str, Place], ids: Iterable[str]) -> None:
        """Enter what was altered; a register that was replaced is read when asked."""
        if places is not self._places:
            return
        for place_id in ids:
            old = self._entered.pop(place_id, None)
            if old is not None:
                _take_out(self._names, old.name, place_id)
                _take_out(self._cells, _cell(old.point), place_id)
            if place_id in places:
                self._enter(places[place_id])

    def _begin(self, places: Mapping[str, Place]) -> None:
        self._places = places
        self._entered, self._names, self._cells = dict(places), {}, {}
        floor, names, cells = math.floor, self._names, self._cells
        for place_id, place in places.items():  # thousands: no call for each
            point = place.point
            cell = floor(point.lon / _LON_DEGREES), floor(point.lat / _LAT_DEGREES)
            names.setdefault(place.name, []).append(place_id)
            cells.setdefault(cell, []).append(place_id)

    def _enter(self, place: Place) -> None:
        self._entered[place.place_id] = place
        self._names.setdefault(place.name, []).append(place.place_id)
        self._cells.setdefault(_cell(place.point), []).append(place.place_id)


def _cell(point: Point) -> _Cell:
    return math.floor(point.lon / _LON_DEGREES), math.floor(point.lat / _LAT_DEGREES)


def _take_out(lists: dict[_Key, list[str]], key: _Key, place_id: str) -> None:
    lists[key].remove(place_id)
    if not lists[key]:
        del lists[key]
