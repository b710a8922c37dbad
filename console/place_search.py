"""Finding places at the desk itself, for as long as the service is away."""

from collections.abc import Iterable

from dispatch.initials import initials_of
from dispatch.places import Place


class PlaceSearch:
    """Finds among the places on the board, in the order in which the service does.

    Thread: one at a time; initials are worked out at the first search and kept.
    """

    def __init__(self) -> None:
        self._initials: dict[str, str] = {}

    def find(self, places: Iterable[Place], text: str, *, limit: int) -> list[Place]:
        """Return places by part of name, address or number, or by initials."""
        words = text.lower().split()
        if not words:
            return []
        found = []
        for place in places:
            name, initials = place.name.lower(), self._initials_of(place.name)
            everything = f"{name} {place.address.lower()} {place.place_id.lower()}"
            if all(word in everything or word in initials for word in words):
                rank = _rank(words[0], name, initials)
                found.append((rank, len(name), name, place.place_id, place))
        found.sort(key=lambda each: each[:4])
        return [place for *_, place in found[:limit]]

    def _initials_of(self, name: str) -> str:
        known = self._initials.get(name)
        if known is None:
            known = self._initials[name] = initials_of(name)
        return known


def _rank(word: str, name: str, initials: str) -> int:
    if name.startswith(word):
        return 0
    if any(spelling.startswith(word) for spelling in initials.split()):
        return 1
    return 2 if word in name else 3
