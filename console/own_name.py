"""How this program is called here: what somebody can type as it is read.

By its place, and by the home that a command is about where that is not the usual one.
"""

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from resources.home import Home, default_home

NAME = "lookout"

# A command that is named in a hint, and what says that it is for another machine.
_CALL = re.compile(r"(?<![\w/\\.-])lookout (?=[a-z])")
_ELSEWHERE = re.compile(r"there: |on (the service's|its) machine", re.IGNORECASE)
# What a command of this machine may hold without quotes, on Windows.
_PLAIN = re.compile(r"[\w:\\/.~+-]+")
# The homes that commands are about, the one in use last; of the process, not of a
# thread: any of them says what can be typed.
_homes: list[Home] = []


@contextmanager
def about(home: Home) -> Iterator[None]:
    """Have the commands that are named meanwhile be about this home."""
    _homes.append(home)
    try:
        yield
    finally:
        _homes.pop()


def as_called(text: str, said: str) -> str:
    """Return a hint with its commands as they can be typed here.

    Args:
        text: Its English, which says whether it is for another machine.
        said: It, in the reader's language.
    """
    if "lookout " not in said or _ELSEWHERE.search(text):
        return said
    return _CALL.sub(lambda _found: f"{own_name()} ", said)


def own_name() -> str:
    """Return what starts this program from a terminal, for the home in use."""
    if not _homes or _homes[-1] == default_home():
        return program()
    return f"{program()} --home {_quoted(_homes[-1].root)}"


@cache  # it looks at the disk, and is asked while a page is painted
def program() -> str:
    """Return the word, or the path, that starts this program from a terminal."""
    if getattr(sys, "frozen", False):
        return _quoted(sys.executable)
    ending = ".exe" if sys.platform == "win32" else ""
    beside = Path(sys.executable).parent / f"{NAME}{ending}"
    if not beside.exists():
        return f"{_quoted(sys.executable)} -m console.cli"
    found = shutil.which(NAME)
    if found is not None and Path(found).resolve() == beside.resolve():
        return NAME
    path = beside
    with suppress(OSError):  # the folder it was started in may be gone
        here = Path.cwd()
        path = beside.relative_to(here) if beside.is_relative_to(here) else beside
    return _quoted(path)


def _quoted(path: Path | str) -> str:
    """Return a path as this system's shell takes it for one word."""
    word = str(path)
    if sys.platform == "win32":
        return word if _PLAIN.fullmatch(word) else f'"{word}"'
    return shlex.quote(word)
