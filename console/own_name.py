"""How this program is called where it stands: what somebody can type as it is read."""

import re
import shlex
import shutil
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

NAME = "lookout"

# A command that is named in a hint, and what says that it is for another machine.
_CALL = re.compile(r"(?<![\w/\\.-])lookout (?=[a-z])")
_ELSEWHERE = re.compile(r"there: |on (the service's|its) machine", re.IGNORECASE)


def as_called(text: str, said: str) -> str:
    """Return a hint with its commands as they can be typed here.

    Args:
        text: Its English, which says whether it is for another machine.
        said: It, in the reader's language.
    """
    if "lookout " not in said or _ELSEWHERE.search(text):
        return said
    return _CALL.sub(lambda _found: f"{own_name()} ", said)


@cache  # it looks at the disk, and is asked while a page is painted
def own_name() -> str:
    """Return the word, or the path, that starts this program from a terminal."""
    if getattr(sys, "frozen", False):
        return shlex.quote(sys.executable)
    ending = ".exe" if sys.platform == "win32" else ""
    beside = Path(sys.executable).parent / f"{NAME}{ending}"
    if not beside.exists():
        return f"{shlex.quote(sys.executable)} -m console.cli"
    found = shutil.which(NAME)
    if found is not None and Path(found).resolve() == beside.resolve():
        return NAME
    path = beside
    with suppress(OSError):  # the folder it was started in may be gone
        here = Path.cwd()
        path = beside.relative_to(here) if beside.is_relative_to(here) else beside
    return str(path) if sys.platform == "win32" else shlex.quote(str(path))
