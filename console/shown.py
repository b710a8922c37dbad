"""What a wall shows of the cameras, and what all walls of a desk show together. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from video.contract import Importance

Size = tuple[int, int]  # pixels of the screen, wide and high


class Look(NamedTuple):
    """A look at a camera.

    Attributes:
        camera_id: Which camera.
        case_id: The case it is looked at for, or None.
    """

    camera_id: str
    case_id: int | None


@dataclass(frozen=True, slots=True)
class ShownTile:
    """A camera in a tile.

    Attributes:
        camera_id: Which one.
        size: Of its picture.
        importance: When it gives way to others; PRELOAD: it is not shown yet.
        case_id: The case this tile shows it for, or None.
    """

    camera_id: str
    size: Size
    importance: Importance = Importance.PINNED
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What one wall shows.

    Attributes:
        tiles: Those with a camera, and those made ready for their turn in a tour.
        spare: Cameras that come back when its case is put away.
        toured: Every camera of its tours; as looked at as those shown.
        unseen: While nobody can see it: what it shows as soon as somebody does.
        tried: Cameras of which only is being found out whether they answer; a few.
    """

    tiles: Sequence[ShownTile] = ()
    spare: Sequence[str] = ()
    toured: Sequence[str] = ()
    unseen: Sequence[str] = ()
    tried: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """What all walls show: each camera once, however many tiles show it.

    Attributes:
        live: Size that serves the largest tile of each camera.
        ready: The same of those that no wall shows yet, but one is about to.
        importance: The highest that each of both has in any tile.
        for_case: The cameras that tiles show for a case, with each such case.
        spare: Cameras that come back in any of them.
        toured: Every camera of a tour.
        unseen: What walls show that nobody can see now.
        tried: Cameras that are only tried.
    """

    live: Mapping[str, Size] = field(default_factory=dict)
    ready: Mapping[str, Size] = field(default_factory=dict)
    importance: Mapping[str, Importance] = field(default_factory=dict)
    for_case: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    spare: Sequence[str] = ()
    toured: Sequence[str] = ()
    unseen: Sequence[str] = ()
    tried: Sequence[str] = ()

    def looks(self) -> list[Look]:
        """Return the looks that this is, each once.

        One for every case a camera is shown for, and one for the tours it runs in: a
        tour was put up for no case, whatever is open beside it. What only stands in a
        tile is looked at for itself where no other tile shows it for a case.
        """
        found = {Look(each, None): None for each in self.toured}
        for camera_id in self.live:
            cases = self.for_case.get(camera_id, (None,))
            found |= dict.fromkeys(Look(camera_id, each) for each in cases)
        return list(found)


def together(walls: Iterable[Shown]) -> Together:
    """Return what all walls want as one; the first wall comes first in everything."""
    live: dict[str, Size] = {}
    ready: dict[str, Size] = {}
    importance: dict[str, Importance] = {}
    for_case: dict[str, tuple[int, ...]] = {}
    walls = tuple(walls)
    for tile in (tile for wall in walls for tile in wall.tiles):
        camera_id, matters = tile.camera_id, tile.importance
        sizes = ready if matters is Importance.PRELOAD else live
        sizes[camera_id] = _larger(tile.size, sizes.get(camera_id, (0, 0)))
        importance[camera_id] = max(matters, importance.get(camera_id, matters))
        if tile.case_id is not None:
            cases = dict.fromkeys((*for_case.get(camera_id, ()), tile.case_id))
            for_case[camera_id] = tuple(cases)
    return Together(
        # The picture a camera is about to have elsewhere is not made twice.
        {each: _larger(size, ready.get(each, (0, 0))) for each, size in live.items()},
        {each: size for each, size in ready.items() if each not in live},
        importance,
        for_case,
        _once(each for wall in walls for each in wall.spare if each not in live),
        _once(each for wall in walls for each in wall.toured),
        _once(each for wall in walls for each in wall.unseen if each not in live),
        _once(each for wall in walls for each in wall.tried if each not in live),
    )


def _once(camera_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(camera_ids))


def _larger(one: Size, other: Size) -> Size:
    return max(one[0], other[0]), max(one[1], other[1])
