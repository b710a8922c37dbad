"""The scenes, tours and schedule of this desk's wall, in one file of its home.

Written whole or not at all. A file that cannot be understood is set aside under
another name, never written over: it may be mended, or belong to a newer version.
"""

import logging
from pathlib import Path
from typing import Final

import msgspec

from console.drafts import write_for_owner
from video.wall_plan import WallPlan

_log = logging.getLogger("lookout.wall")

FILE: Final = "wall.json"
VERSION: Final = 1
MOST_BYTES: Final = 4_000_000  # a hundred scenes and tours are a tenth of it


class _Kept(msgspec.Struct, kw_only=True, frozen=True):
    """What the file holds."""

    version: int
    wall: msgspec.Raw


class WallStore:
    """The file.

    Thread: UI only; one desk has a home at a time, so nobody else writes it.

    Attributes:
        set_aside: Where a file went that could not be understood, or None.
        failed: The last change could not be written; the next one tries again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.set_aside: Path | None = None
        self.failed = False
        self._untouchable = False

    def load(self) -> WallPlan:
        """Return what was kept; an empty plan where there is none to be read."""
        try:
            if self._path.stat().st_size > MOST_BYTES:
                raise ValueError("too large")
            kept = msgspec.json.decode(self._path.read_bytes(), type=_Kept)
            if kept.version != VERSION:
                raise ValueError(f"version {kept.version}")
            plan = msgspec.json.decode(kept.wall, type=WallPlan)
            if not plan.is_sound():
                raise ValueError("what it says cannot be")
        except FileNotFoundError:
            return WallPlan()
        except (OSError, ValueError) as error:  # msgspec's are ValueErrors
            self._put_aside(error)
            return WallPlan()
        return plan

    def keep(self, plan: WallPlan) -> bool:
        """Keep a plan; return whether it is on the disk."""
        wall = msgspec.Raw(msgspec.json.encode(plan, order="deterministic"))
        kept = msgspec.json.encode(_Kept(version=VERSION, wall=wall))
        text = msgspec.json.format(kept, indent=1).decode()
        if self._untouchable:
            self.failed = True
            return False
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_for_owner(self._path, text)
        except OSError as error:
            if not self.failed:
                _log.warning("the wall's scenes cannot be kept: %s", error.strerror)
            self.failed = True
            return False
        if self.failed:
            _log.info("the wall's scenes are kept again")
        self.failed = False
        return True

    def _put_aside(self, error: Exception) -> None:
        aside = next(
            path
            for n in range(1, 10_000)
            if not (path := self._path.with_name(f"wall.damaged-{n}.json")).exists()
        )
        try:
            self._path.rename(aside)
        except OSError as renaming:
            aside, self._untouchable = self._path, True
            _log.warning("%s cannot be set aside: %s", self._path, renaming.strerror)
        self.set_aside = aside
        _log.warning(
            "the wall's scenes cannot be read (%s); the file is kept as %s",
            type(error).__name__,
            aside.name,
        )
