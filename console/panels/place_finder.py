"""The field of a report that finds its place: asked of the service, else looked for here."""

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from console import words
from console.found import Found
from console.panels.finder import SHOWN, Finder
from console.place_search import PlaceSearch
from dispatch.places import Place
from dispatch.questions import FindPlaces

if TYPE_CHECKING:
    from console.desk import Desk

SEARCH_AFTER_MS = 120
ASKED_FOR = 4 * SHOWN  # people are found too, and are no places


class PlaceFinder(Finder):
    """Finds places by name, address or initials while one types.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._desk = desk
        self._asked = ""  # whose answer is on its way
        self._places = PlaceSearch()
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.setInterval(SEARCH_AFTER_MS)
        self._search.timeout.connect(self._ask)
        self.searched.connect(self._on_text)
        self.hurried.connect(self._ask)

    def _on_text(self, text: str) -> None:
        if text:
            self._search.start()
        else:
            self._search.stop()
            self.show_results([], text)

    def _ask(self, *_ignored: object) -> None:
        self._search.stop()
        text = self.text()
        if not text or text == self._asked:
            return
        self._asked = text
        link = self._desk.link
        if link is not None and link.connected:
            future = self._desk.ask(FindPlaces(text=text, limit=ASKED_FOR))
            self._desk.bridge.when_done(future, partial(self._take_answer, text))
        else:
            self._find_here(text)

    def _find_here(self, text: str) -> None:
        """Look among the places the desk itself knows: the service is away."""
        places = tuple(self._desk.board.places.values())
        future = self._desk.bridge.compute(
            lambda: self._places.find(places, text, limit=ASKED_FOR)
        )
        self._desk.bridge.when_done(future, partial(self._take, text))

    def _take_answer(self, text: str, future: "Future[Any]") -> None:
        if future.exception() is not None:
            self._find_here(text)
        else:
            self._take(text, future)

    def _take(self, text: str, future: "Future[Any]") -> None:
        if self._asked == text:
            self._asked = ""
        found: list[Place] = [
            place
            for place in future.result()
            if place.kind != "unit"  # where someone is now is no place
        ]
        found.sort(key=lambda place: place.kind in words.OTHER_PLACES)
        self.show_results(
            [Found(place, place.name, self._about(place)) for place in found], text
        )

    def _about(self, place: Place) -> str:
        if place.kind in words.OTHER_PLACES:
            return words.other_place(place.kind)
        if place.address:
            return place.address
        grid = self._desk.board.grids.get(place.grid_code)
        return grid.name if grid is not None else ""

    # Qt

    def hideEvent(self, event: QHideEvent) -> None:
        self._search.stop()  # a key asks by itself, and nobody sees the results
        super().hideEvent(event)
