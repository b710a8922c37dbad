"""How much each picture of a wall matters: who gives way when decoding is short."""

from typing import TYPE_CHECKING

from video.contract import Importance
from video.tile_content import TOUR

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


def importances(panel: "PicturesPanel") -> dict[str, Importance]:
    """Return how much the picture of each camera in the panel's tiles matters.

    While a case is open its views come first, then what was called beside them; what
    stands there at rest too is pinned, and everything at rest. But a large picture is
    being looked at. A tour gives way first, whatever is open beside it.
    """
    wall, desk = panel.wall, panel.desk
    views = {view.camera_id for view in desk.views}
    resting = wall.resting
    found: dict[str, Importance] = {}
    for tile, (content, camera_id) in enumerate(
        zip(wall.tiles, panel.shown, strict=True)
    ):
        if camera_id is None:
            continue
        large = wall.enlarged and tile == wall.focused
        if wall.case_id is not None and camera_id in views:
            matters = Importance.CASE
        elif content is not None and content.kind == TOUR and not large:
            matters = Importance.TOUR
        elif large or wall.is_called(tile) or content not in resting:
            matters = Importance.CALLED
        else:
            matters = Importance.PINNED
        found[camera_id] = max(matters, found.get(camera_id, matters))
    return found
