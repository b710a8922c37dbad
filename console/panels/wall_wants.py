"""What a wall of pictures wants of the cameras, in pixels of the screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from console.panels.importance import importances
from console.panels.tile_look import picture_rect
from console.panels.wall_layout import in_pixels
from console.shown import Shown, Size
from video.tile_content import cameras_of

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


def shown_by(panel: "PicturesPanel", large: QRectF | None, *, seen: bool) -> Shown:
    """Return what a panel shows, is about to show, and may show again.

    Args:
        panel: The tiles.
        large: Where the focused tile is shown large, or None.
        seen: Somebody can see the panel.
    """
    wall, tours, theme = panel.wall, panel.tours, panel.desk.theme
    spare = [*cameras_of(wall.resting), *tours.at_hand()]
    if not seen:
        return Shown({}, spare, wall.case_id)
    live: dict[str, Size] = {}
    unseen: dict[str, Size] = {}
    for tile, camera_id in enumerate(panel.shown):
        if camera_id is None:
            continue
        rect = panel.tile_rect(tile)
        if large is not None and tile == wall.focused:
            rect = large
        size = in_pixels(picture_rect(rect, theme), panel.devicePixelRatioF())
        live[camera_id] = size
        ready = tours.unseen(tile)
        if ready is not None:
            unseen[ready] = size
    return Shown(
        live, spare, wall.case_id, importances(panel), unseen, tours.looked_at()
    )
