"""The folder one installation lives in: data, logs, keys and cache.

`--home DIR` chooses it; without it the user's own application folders are used.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """One installation's folder. Sub-folders are made on first use.

    Attributes:
        root: The folder itself.
    """

    root: Path

    @property
    def data(self) -> Path:
        """Return the folder of the database and the outboxes."""
        return self._folder("data")

    @property
    def logs(self) -> Path:
        """Return the folder of log files; no credential is ever in one."""
        return self._folder("logs")

    @property
    def keys(self) -> Path:
        """Return the folder of CURVE keys, readable by this user only."""
        return self._folder("keys")

    @property
    def cache(self) -> Path:
        """Return the folder of what can be made again."""
        return self._folder("cache")

    @property
    def run(self) -> Path:
        """Return the folder of what lives as long as the processes do."""
        return self._folder("run")

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def default_home() -> Home:
    """Return the user's own home of Lookout on this platform."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
        return Home(base / "Lookout")
    # Set but empty means not set, by the rules of XDG.
    base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    return Home(base / "lookout")
