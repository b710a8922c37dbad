"""Whether devices of this machine may decode its pictures; one setting, kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from video.workers import VideoEngine

_KEY = "video/hardware"
_OFF = "off"


class Decoding:
    """What decodes: devices where the engine finds good ones, or software always.

    Thread: UI only.
    """

    def __init__(self, engine: "VideoEngine | None", settings: QSettings) -> None:
        self._engine = engine
        self._settings = settings
        if engine is not None and not self.automatic:
            engine.acceleration.allow(False)

    @property
    def automatic(self) -> bool:
        """Return whether devices may be used."""
        return str(self._settings.value(_KEY) or "") != _OFF

    def set_automatic(self, automatic: bool) -> None:
        """Let devices be used, or not; each stream follows at its next key frame."""
        self._settings.setValue(_KEY, "auto" if automatic else _OFF)
        if self._engine is not None:
            self._engine.acceleration.allow(automatic)

    def look(self, command: Sequence[str]) -> None:
        """Have the devices tried in the background, unless none may be used."""
        if self._engine is not None:
            self._engine.acceleration.look(command)
