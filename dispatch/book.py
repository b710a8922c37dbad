"""What an installation has set up by name, in a file of its home: no secrets in it.

Passwords, keys and tokens lie in the sealed store, under the reference that stands in
the file. What another process has written is seen at once.
"""

import ipaddress
import logging
import re
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar
from urllib.parse import SplitResult, urlsplit

import msgspec

from dispatch.keys import write_private
from dispatch.told import ToldError

# Without a space or a mark: it stands in lines of logs.
_NAME: Final = re.compile(r"[\w.-]{1,32}")
_GAP: Final = re.compile(r"\{([\w.]+)\}")
LOG: Final = "log"  # the name that is taken: what is left where nothing is set up

_log = logging.getLogger(__name__)


class BookError(ToldError):
    """An entry cannot be as it was given, or its file cannot be used; the text why."""


class Named(Protocol):
    """An entry of a book."""

    @property
    def name(self) -> str:
        """Return its name, unique in its book."""


Entry = TypeVar("Entry", bound=Named)


class Book(Generic[Entry]):
    """The entries of one file of a home.

    Thread: any; one lock.

    Args:
        path: The file, in JSON.
        entry: What it is read as.
        check: Raises `BookError` for one that could never work.
    """

    def __init__(
        self, path: Path, entry: type[Entry], *, check: Callable[[Entry], None]
    ) -> None:
        self._path = path
        # Known only while it runs, so nothing a type checker could follow.
        self._decoder: Any = msgspec.json.Decoder(tuple[entry, ...])  # type: ignore[valid-type]
        self._check = check
        self._lock = threading.Lock()
        self._read: tuple[int, int] | None = None
        self._all: tuple[Entry, ...] = ()
        self._unreadable = False

    def all(self) -> tuple[Entry, ...]:
        """Return them in the order in which they were added."""
        with self._lock:
            return self._look()

    def find(self, name: str) -> Entry | None:
        """Return the entry of a name."""
        return next((each for each in self.all() if each.name == name), None)

    def put(self, entry: Entry) -> None:
        """Add an entry, or put it in the place of the one of that name.

        Raises:
            BookError: It will not do, or the file cannot be read.
        """
        self._check(entry)
        with self._lock:
            known = {each.name: each for each in self._readable()}
            known[entry.name] = entry
            self._write(tuple(known.values()))

    def remove(self, name: str) -> None:
        """Take an entry away; none there is no fault.

        Raises:
            BookError: The file cannot be read.
        """
        with self._lock:
            self._write(tuple(e for e in self._readable() if e.name != name))

    def _readable(self) -> tuple[Entry, ...]:
        known = self._look()
        if self._unreadable:
            raise BookError("{what} is damaged", what=self._path)
        return known

    def _write(self, entries: tuple[Entry, ...]) -> None:
        try:
            write_private(self._path, msgspec.json.encode(entries))
        except OSError as error:
            raise BookError(
                "{file}: {error}", file=self._path, error=error.strerror
            ) from None
        self._read = None

    def _look(self) -> tuple[Entry, ...]:
        """Return what the file holds; one that cannot be read changes nothing."""
        try:
            state = self._path.stat()
            mark = (state.st_mtime_ns, state.st_size)
            if mark == self._read:
                return self._all
            found: tuple[Entry, ...] = self._decoder.decode(self._path.read_bytes())
        except FileNotFoundError:
            self._read, self._all, self._unreadable = None, (), False
            return ()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            if not self._unreadable:
                _log.error(
                    "%s cannot be read: %s", self._path.name, type(error).__name__
                )
            self._unreadable = True
            return self._all
        self._read, self._all, self._unreadable = mark, found, False
        return found


def check_name(name: str) -> None:
    """Raise `BookError` where a name will not do."""
    if not _NAME.fullmatch(name) or name == LOG:
        raise BookError(
            "a name is 1 to 32 letters, digits, _ . or -, and not log, not {name!r}",
            name=name,
        )


def checked_address(url: str, schemes: Collection[str]) -> SplitResult:
    """Return an address in its parts.

    Raises:
        BookError: It is none of these schemes, or holds a log-in.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, 0, urlsplit("")
    if parts.scheme not in schemes or not host or port == 0:
        raise BookError(
            "the address must look like {scheme}://HOST[:PORT]",
            scheme=next(iter(schemes)),
        )
    if parts.username is not None or parts.password is not None:
        raise BookError("leave the log-in out of the address; it is asked for")
    return parts


def is_near(host: str) -> bool:
    """Return whether a host is an address of this machine or of one's own network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


def gaps_in(thing: Any) -> list[str]:
    """Return the names of the {gaps} in the texts of a thing, in their order."""
    if isinstance(thing, str):
        return _GAP.findall(thing)
    if isinstance(thing, dict):
        return [name for each in thing.values() for name in gaps_in(each)]
    if isinstance(thing, (list, tuple)):
        return [name for each in thing for name in gaps_in(each)]
    return []


def filled(thing: Any, value_of: Callable[[str], str | None]) -> Any:
    """Return a thing with the {gaps} of its texts filled, once each; None leaves one."""
    if isinstance(thing, str):
        return _GAP.sub(
            lambda gap: gap[0] if (v := value_of(gap[1])) is None else v, thing
        )
    if isinstance(thing, dict):
        return {key: filled(each, value_of) for key, each in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [filled(each, value_of) for each in thing]
    return thing


def at_path(said: Any, path: str) -> Any:
    """Return what stands in a thing of JSON at a path such as "result.0.status".

    A name that holds full stops itself is found as it stands. None: nothing does.
    """
    if isinstance(said, dict) and path in said:
        return said[path]
    for step in path.split("."):
        if isinstance(said, dict):
            said = said.get(step)
        elif isinstance(said, list) and step.isdecimal() and int(step) < len(said):
            said = said[int(step)]
        else:
            return None
    return said


def as_word(value: Any) -> str:
    """Return a value of JSON as it is written there: true, 0, OK."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
