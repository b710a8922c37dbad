"""Finding cameras by number, name or pinyin initials, among those on the board."""

from collections.abc import Iterable

from dispatch.cameras import Camera
from dispatch.initials import initials_of


class CameraSearch:
    """Finds cameras, the likeliest first.

    Thread: one at a time; initials are worked out at the first search and kept.
    """

    def __init__(self) -> None:
        self._initials: dict[str, str] = {}

    def find(self, cameras: Iterable[Camera], text: str, *, limit: int) -> list[Camera]:
        """Return the cameras of which every word is part of number, name or initials."""
        words = text.lower().split()
        if not words:
            return []
        found = []
        for camera in cameras:
            number, name = camera.camera_id, camera.name.lower()
            initials = self._initials_of(camera.name)
            everything = f"{number} {name} {initials}"
            if all(word in everything for word in words):
                rank = _rank(words[0], number, name, initials)
                found.append((rank, len(number), number, camera))
        found.sort(key=lambda each: each[:3])
        return [camera for *_, camera in found[:limit]]

    def _initials_of(self, name: str) -> str:
        known = self._initials.get(name)
        if known is None:
            known = self._initials[name] = initials_of(name)
        return known


def _rank(word: str, number: str, name: str, initials: str) -> int:
    begin = (number == word, number.startswith(word), name.startswith(word))
    spelt = any(each.startswith(word) for each in initials.split())
    return (*begin, spelt, word in name, True).index(True)
