"""CURVE keys: who is who on every encrypted line, kept in files of this user only."""

import json
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

import zmq
from zmq.utils import z85

KEY_LENGTH = 40  # characters of Z85


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


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only this user may read; the old one stands until then."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:  # mkstemp makes it 0600
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
