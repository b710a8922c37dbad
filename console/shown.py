"""What a wall shows of the cameras, and what all walls of a desk show together. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from video.contract import Importance

Size = tuple[int, int]  # pixels of the screen, wide and high


@dataclass(frozen=True, slots=True)
class Shown:
    """What one wall shows.

    Attributes:
        live: Size of the largest picture of each camera in it.
        spare: Cameras that come back when its case is put away.
        case_id: The case its pictures are looked at for, or None.
        importance: When each gives way to others; else as its case or as pinned.
        unseen: Size of those made ready for their turn in a tour.
        toured: Every camera of its tours; as looked at as those shown.
    """

    live: Mapping[str, Size] = field(default_factory=dict)
    spare: Sequence[str] = ()
    case_id: int | None = None
    importance: Mapping[str, Importance] = field(default_factory=dict)
    unseen: Mapping[str, Size] = field(default_factory=dict)
    toured: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """What all walls show: each camera once, however many tiles show it.

    Attributes:
        live: Size that serves the largest tile of each camera.
        spare: Cameras that come back in any of them.
        case_ids: For which case each camera is looked at, or None.
        unseen: Size of those that no wall shows yet, but one is about to.
        toured: Every camera of a tour.
        importance: The highest that each camera has in any of them.
    """

    live: Mapping[str, Size]
    spare: Sequence[str]
    case_ids: Mapping[str, int | None]
    unseen: Mapping[str, Size]
    toured: Sequence[str]
    importance: Mapping[str, Importance]


def together(walls: Iterable[Shown]) -> Together:
    """Return what all walls want as one; the first wall comes first in everything.

    A camera that one wall shows for a case and another one anyway is looked at once:
    for the case.
    """
    live: dict[str, Size] = {}
    spare: dict[str, None] = {}
    case_ids: dict[str, int | None] = {}
    unseen: dict[str, Size] = {}
    toured: dict[str, None] = {}
    importance: dict[str, Importance] = {}
    for wall in walls:
        usual = Importance.PINNED if wall.case_id is None else Importance.CASE
        for camera_id, size in wall.live.items():
            live[camera_id] = _larger(size, live.get(camera_id, (0, 0)))
            if case_ids.get(camera_id) is None:
                case_ids[camera_id] = wall.case_id
            matters = wall.importance.get(camera_id, usual)
            importance[camera_id] = max(matters, importance.get(camera_id, matters))
        for camera_id, size in wall.unseen.items():
            unseen[camera_id] = _larger(size, unseen.get(camera_id, (0, 0)))
        spare.update(dict.fromkeys(wall.spare))
        toured.update(dict.fromkeys(wall.toured))
    return Together(
        # The picture a camera is about to have elsewhere is not made twice.
        {each: _larger(size, unseen.get(each, (0, 0))) for each, size in live.items()},
        tuple(each for each in spare if each not in live),
        case_ids,
        {each: size for each, size in unseen.items() if each not in live},
        tuple(toured),
        importance,
    )


def _larger(one: Size, other: Size) -> Size:
    return max(one[0], other[0]), max(one[1], other[1])
