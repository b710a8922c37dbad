"""What one tile of a wall shows, and what it showed before."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from video.tile_content import TileRef

REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A camera that was taken out of its tile.

    Attributes:
        camera_id: Which.
        at: When.
    """

    camera_id: str
    at: datetime


@dataclass(slots=True)
class Tile:
    """What a tile shows, and what it showed before.

    Attributes:
        content: None for nothing.
        before: The newest last.
        called: Somebody has put it there since the case was opened.
        left: The tile that it stood in, which has been empty since.
        withdrawn: What was taken out of it, until something else is put there.
    """

    content: TileRef | None = None
    before: deque[TileRef | None] = field(
        default_factory=lambda: deque(maxlen=REMEMBERED)
    )
    called: bool = False
    left: "Tile | None" = field(default=None, repr=False)
    withdrawn: Withdrawn | None = None

    def take(self, content: TileRef | None) -> None:
        """Show another content, and remember the present one."""
        if content != self.content:
            self.before.append(self.content)
            self.content, self.withdrawn = content, None

    def withdraw(self, camera_id: str, at: datetime) -> None:
        """Show nothing in the place of a camera; going back brings it again."""
        self.take(None)
        self.withdrawn = Withdrawn(camera_id, at)

    def forget(self, known: Collection[str]) -> None:
        """Have never shown a camera that is not registered any more."""
        if not _is_known(self.content, known):
            self.content, self.called = None, False
        kept = [each for each in self.before if _is_known(each, known)]
        self.before = deque(kept, maxlen=REMEMBERED)


def _is_known(content: TileRef | None, known: Collection[str]) -> bool:
    camera_id = None if content is None else content.camera_id
    return camera_id is None or camera_id in known
