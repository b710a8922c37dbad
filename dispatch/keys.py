"""CURVE keys: who is who on every encrypted line, kept in files of this user only."""

import hashlib
import json
import logging
import os
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import zmq
from zmq.utils import z85

from dispatch.people import Scope
from dispatch.told import ToldError
from resources.home import Home

_log = logging.getLogger(__name__)

KEY_LENGTH = 40  # characters of Z85
READ_S = 1.0  # longest that somebody reads one of these files


class NotEnrolledError(ToldError, ValueError):
    """A desk cannot be enrolled like this; the text says why."""


class NotWrittenError(ToldError, OSError):
    """A file was left as it is; the text says why."""


class KeyPair(NamedTuple):
    """A CURVE key pair in Z85. Its text form never shows the secret half.

    Attributes:
        public: The identity, told to everyone.
        secret: Told to nobody.
    """

    public: str
    secret: str

    def __repr__(self) -> str:
        return f"KeyPair({self.public!r}, …)"


def make_keys() -> KeyPair:
    """Return a new key pair."""
    public, secret = zmq.curve_keypair()
    return KeyPair(public.decode(), secret.decode())


def is_public_key(text: str) -> bool:
    """Return whether a text is a key: 40 characters of Z85."""
    if len(text) != KEY_LENGTH or not text.isascii():
        return False
    try:
        return len(z85.decode(text.encode())) == 32
    except (KeyError, ValueError, IndexError, OverflowError):
        return False


def fingerprint(key: str) -> str:
    """Return what two people compare over the telephone: 16 digits of a key's hash."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return "-".join(digest[at : at + 4] for at in range(0, 16, 4))


def load_keys(path: Path) -> KeyPair:
    """Return the pair in a key file.

    Raises:
        ValueError: If the file is not one of ours; the text names no key.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        keys = KeyPair(str(found["public"]), str(found["secret"]))
        derived = zmq.curve_public(keys.secret.encode()).decode()
    except (json.JSONDecodeError, KeyError, TypeError, zmq.ZMQError):
        raise ValueError(f"not a key file: {path}") from None
    if derived != keys.public:
        raise ValueError(f"the two halves do not belong together: {path}")
    return keys


def load_or_make_keys(path: Path) -> KeyPair:
    """Return the pair in a key file, made at the first call."""
    if not path.exists():
        keys = make_keys()
        write_private(path, json.dumps(keys._asdict()).encode())
    return load_keys(path)


def desk_keys(home: Home) -> KeyPair:
    """Return the pair of the desk that lives in this home, made at the first call."""
    return load_or_make_keys(home.keys / "desk.json")


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only this user may read; the old one stands until then."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:  # mkstemp makes it 0600
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(Path(name), path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _replace(new: Path, old: Path) -> None:
    """Put a file in another's place, also where somebody reads that at the moment."""
    end = time.monotonic() + READ_S
    while True:
        try:
            new.replace(old)
            return
        except PermissionError:  # Windows, while somebody has the old one open
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


class EnrolledKeys:
    """The public keys of the desks that may connect, one a line in a file.

    A line is a key, a space and a name; of a station besides a tab and its department,
    and another and the grid its village is. The file is read again when it has changed,
    so that a new desk needs no restart and one taken out is heard no more. A line
    that cannot be read is no desk's; a file that cannot be read counts as it was.

    Thread: one at a time.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at = -1
        self._unreadable = False
        self._names: dict[str, str] = {}
        self._scopes: dict[str, Scope] = {}

    def admits(self, key: str) -> bool:
        """Return whether a key stands in the file now."""
        self._read_if_changed()
        return key in self._names

    def name(self, key: str) -> str:
        """Return the name that stands behind a key, or ""."""
        return self._names.get(key, "")

    def scope(self, key: str) -> Scope | None:
        """Return whose cases a station's key is let in for; None: a desk's is."""
        self._read_if_changed()
        return self._scopes.get(key)

    def departments(self) -> frozenset[str]:
        """Return whose stations are let in now."""
        self._read_if_changed()
        return frozenset(scope.department for scope in self._scopes.values())

    def enrol(self, key: str, name: str, scope: Scope | None = None) -> None:
        """Write a key into the file; a known one gets another name, and scope if said.

        A station stays one: to make it a desk, its key is revoked first.

        Raises:
            NotEnrolledError: If it is no public key, or another desk has that name.
            OSError: If the file cannot be read or written.
        """
        if not is_public_key(key):
            raise NotEnrolledError("not a CURVE public key: 40 characters of Z85")
        name = " ".join(name.split())
        others = {known for other, known in self.entries().items() if other != key}
        if name and name in others:
            raise NotEnrolledError("another desk is called {name}", name=name)
        scopes = self._scopes if scope is None else self._scopes | {key: scope}
        self._write(self._names | {key: name}, scopes)

    def revoke(self, key: str) -> None:
        """Take a key out of the file: it is heard no more, at once.

        Raises:
            OSError: If the file cannot be read or written.
        """
        left = {known: n for known, n in self.entries().items() if known != key}
        self._write(left, {k: of for k, of in self._scopes.items() if k != key})

    def entries(self) -> dict[str, str]:
        """Return the name of every key in the file now."""
        self._read_if_changed()
        return dict(self._names)

    def _write(self, names: dict[str, str], scopes: dict[str, Scope]) -> None:
        if self._unreadable:
            raise NotWrittenError(
                "{file} cannot be read, so it is not written", file=self._path
            )
        lines = []
        for key, name in names.items():
            scope = scopes.get(key)
            station = "" if scope is None else f"\t{scope.department}\t{scope.grid}"
            lines.append(f"{key} {name}{station}\n")
        write_private(self._path, "".join(lines).encode())

    def _read_if_changed(self) -> None:
        try:
            changed_at = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            self._names, self._scopes, self._read_at = {}, {}, -1
            return
        except OSError as error:
            self._note_unreadable(error)
            return
        if changed_at == self._read_at:
            return
        try:
            # Written by people, with whatever editor: a mark at its beginning, or a
            # name in another encoding, must lock nobody else out.
            text = self._path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            self._note_unreadable(error)
            return
        self._unreadable = False
        names, scopes = {}, {}
        for line in text.splitlines():
            key, _, rest = line.strip(" ").partition(" ")
            if is_public_key(key):
                names[key], *station = (each.strip() for each in rest.split("\t"))
                if station:  # an empty department has no case: let in, and nothing seen
                    scopes[key] = Scope(station[0], *station[1:2])
        self._names, self._scopes, self._read_at = names, scopes, changed_at

    def _note_unreadable(self, error: OSError) -> None:
        if not self._unreadable:
            _log.warning("%s cannot be read: %s", self._path, error.strerror)
        self._unreadable = True
