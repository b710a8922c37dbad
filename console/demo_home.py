"""The demonstration's home: emptied at each start, and never anyone else's.

Its mark lies inside `data`, put there before anything else when the demonstration
made the folder. So a `data` that someone else made later, beside what an earlier
demonstration left, is never taken for ours; and a desk that is opened on such a home
takes the mark away: what was done there since is someone's work.
"""

import shutil
from pathlib import Path

from console.plain_words import QT_TRANSLATE_NOOP
from dispatch.service import service_running
from dispatch.told import ToldError
from resources.home import Home

SETTINGS = "desk.ini"
MARK = "made-by-the-demonstration"
# What may lie beside an empty `data`: nothing of it is ever removed.
BESIDE = frozenset({"data", "cache", "keys", "logs", "run", "shots", "demo-home"})


class NotOurs(ToldError):  # noqa: N818 - an answer to the person
    """The text says why the demonstration leaves a folder alone."""


def make_fresh(home: Home) -> None:
    """Empty the demonstration's home, but for what took long to make.

    Raises:
        NotOurs: The folder is not the demonstration's own.
    """
    data = home.root / "data"
    if not (data / MARK).is_file():
        _must_be_blank(home.root)
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / MARK).touch()
    if service_running(home) is None:  # a desk that runs keeps what it has
        for entry in data.glob("*"):
            if entry.name in (SETTINGS, MARK):
                continue  # language, looks and layout are the person's, not the town's
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


def adopt(home: Home) -> None:
    """Make an installation of a demonstration's home, which none empties any more."""
    (home.root / "data" / MARK).unlink(missing_ok=True)


def _must_be_blank(root: Path) -> None:
    data = root / "data"
    if data.is_symlink() or (data.exists() and (data.is_file() or any(data.iterdir()))):
        raise NotOurs(
            QT_TRANSLATE_NOOP(
                "Command",
                "{data} is not known to be a demonstration's, and was left alone; give"
                " the demonstration another --home, or remove that folder if nobody"
                " needs it",
            ),
            data=data,
        )
    if not root.exists():
        return
    if not root.is_dir():
        raise NotOurs(
            QT_TRANSLATE_NOOP(
                "Command", "{root} is no folder; give the demonstration another --home"
            ),
            root=root,
        )
    strange = sorted(each.name for each in root.iterdir() if each.name not in BESIDE)
    if strange:
        raise NotOurs(
            QT_TRANSLATE_NOOP(
                "Command",
                "{root} is not empty ({strange}); give the demonstration another --home",
            ),
            root=root,
            strange=strange[0],
        )
