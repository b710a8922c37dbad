"""The last picture of cameras that were shown: what is there until a live one comes.

In the desk's memory only, small, few, and not for long: a picture of a street is not
kept because it might be of use.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from video.contract import Picture

WIDTH: Final = 400
MOST: Final = 48  # 360 kB each
KEPT_FOR: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Still:
    image: QImage
    at: datetime


class Stills:
    """Keeps one picture a camera, with its time.

    Thread: UI only.
    """

    def __init__(self) -> None:
        self._kept: dict[str, _Still] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, camera_id: str, picture: Picture | None, now: datetime) -> None:
        """Keep what a camera shows; one that is looked at again is not its last."""
        if picture is None or picture.again:
            return
        image = QImage(
            picture.data,
            picture.width,
            picture.height,
            picture.bytes_per_line,
            QImage.Format.Format_RGB32,
        )
        if picture.width > WIDTH:
            image = image.scaledToWidth(WIDTH, Qt.TransformationMode.FastTransformation)
        else:
            image = image.copy()  # the memory it lies in is used again
        self._kept.pop(camera_id, None)
        self._kept[camera_id] = _Still(image, now - timedelta(seconds=picture.age_s))
        self.forget_old(now)

    def picture(self, camera_id: str, now: datetime) -> Picture | None:
        """Return the picture that is kept of a camera, or None."""
        still = self._kept.get(camera_id)
        if still is None or now - still.at > KEPT_FOR:
            return None
        image = still.image
        return Picture(
            data=memoryview(image.constBits()),
            width=image.width(),
            height=image.height(),
            bytes_per_line=image.bytesPerLine(),
            sequence=0,
            age_s=(now - still.at).total_seconds(),
        )

    def forget(self, camera_id: str) -> None:
        """Forget a camera: it stands elsewhere now, or nobody may see it."""
        self._kept.pop(camera_id, None)

    def forget_old(self, now: datetime) -> None:
        """Forget what is too old, and the oldest of too many."""
        kept = {k: each for k, each in self._kept.items() if now - each.at <= KEPT_FOR}
        for camera_id in list(kept)[:-MOST]:
            del kept[camera_id]
        self._kept = kept
