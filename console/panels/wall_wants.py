"""What a wall of pictures wants of the cameras, in pixels of the screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF

from console.panels.wall_layout import in_pixels
from console.shown import Shown, ShownTile
from video.contract import Importance
from video.tile_content import TOUR, cameras_of

if TYPE_CHECKING:
    from console.panels.tour_tiles import TourTiles
    from video.wall import TileWall


class Tiles(Protocol):
    """The desk's tiles, or those of a wall on a monitor."""

    wall: "TileWall"
    tours: "TourTiles"

    def devicePixelRatioF(self) -> float: ...


def shown_by(
    tiles: Tiles,
    *,
    seen: bool,
    picture: Callable[[int], QRectF],
    hidden: Callable[[str], bool] = lambda _camera_id: False,
    called_for: int | None = None,
) -> Shown:
    """Return what tiles show, are about to show, and may show again.

    Args:
        tiles: What stands there.
        seen: Somebody can see them; what nobody sees is only kept at hand.
        picture: Where the picture of a tile lies.
        hidden: Which cameras may not be shown there now.
        called_for: The case that cameras are called up for, wherever they stand.
    """
    wall, tours = tiles.wall, tiles.tours
    spare = [*cameras_of(wall.resting), *tours.at_hand()]
    if not seen:
        shown = (each for each in tours.cameras if each is not None)
        return Shown(unseen=tuple(e for e in (*shown, *spare) if not hidden(e)))
    found: list[ShownTile] = []
    for tile, camera_id in enumerate(tours.cameras):
        if camera_id is None:
            continue
        size = in_pixels(picture(tile), tiles.devicePixelRatioF())
        case_id = wall.case_of(tile)
        content = wall.content(tile)
        if case_id is None and wall.is_called(tile) and content and content.camera_id:
            case_id = called_for
        found.append(ShownTile(camera_id, size, importance(wall, tile), case_id))
        ready = tours.unseen(tile)
        if ready is not None:
            found.append(ShownTile(ready, size, Importance.PRELOAD))
    return Shown(
        tuple(each for each in found if not hidden(each.camera_id)),
        tuple(each for each in spare if not hidden(each)),
        tuple(each for each in tours.looked_at() if not hidden(each)),
    )


def importance(wall: "TileWall", tile: int) -> Importance:
    """Return how much the picture in a tile matters.

    What is shown for a case comes first, its views before what was called beside them;
    a large picture is being looked at, too; everything else is pinned. A tour gives way
    first, whatever is open beside it.
    """
    content = wall.content(tile)
    large = wall.enlarged and tile == wall.focused
    if wall.case_of(tile) is not None and wall.is_view(tile):
        return Importance.CASE
    if content is not None and content.kind == TOUR and not large:
        return Importance.TOUR
    if large or wall.is_called(tile):
        return Importance.CALLED
    return Importance.PINNED
