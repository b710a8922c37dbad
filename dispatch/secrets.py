"""Passwords of cameras and gateways: sealed, and shown to nobody.

Where the operating system has a key store that answers without asking anyone, they
lie there; else in a file sealed with a key of its own. `LOOKOUT_SECRETS` set to
"file" or "keyring" decides by hand; what a home has begun with it keeps.
"""

import base64
import hashlib
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dispatch.keys import write_private
from dispatch.told import ToldError
from resources.home import Home

AWAY_S = 10.0  # a store that has failed is left alone for so long
PROBE_S = 2.0  # a key store that has not answered by then is none
_NONCE_BYTES = 12

_log = logging.getLogger(__name__)


class SecretsError(ToldError):
    """The sealed store cannot be read or written; the text names no secret."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A log-in. Its text form shows nothing."""

    username: str
    password: str

    def __repr__(self) -> str:
        return "Secret(…)"


class _Backend(Protocol):
    def put(self, ref: str, sealed: str) -> None: ...
    def get(self, ref: str) -> str | None: ...
    def delete(self, ref: str) -> None: ...


class SecretStore:
    """The log-ins of one home, by reference.

    What was read once is remembered: a key store may take seconds to answer, and
    the one writer asks it.

    Thread: any; one lock.
    """

    def __init__(self, home: Home) -> None:
        self._lock = threading.Lock()
        self._backend = _choose(home)
        self._known: dict[str, Secret] = {}
        self._ask_after = 0.0

    def put(self, ref: str, username: str, password: str) -> None:
        """Keep a log-in; one under the same reference is replaced."""
        with self._lock:
            self._backend.put(ref, json.dumps([username, password]))
            self._known[ref] = Secret(username, password)

    def get(self, ref: str) -> Secret:
        """Return a log-in.

        Raises:
            KeyError: If none is kept under that reference.
            SecretsError: If the store cannot be opened.
        """
        with self._lock:
            known = self._known.get(ref)
            if known is None:
                known = self._known[ref] = self._read(ref)
            return known

    def remember(self, refs: Iterable[str]) -> None:
        """Read log-ins before anyone waits for them; what cannot be read is left."""
        for ref in refs:
            try:
                self.get(ref)
            except KeyError:
                continue
            except SecretsError as error:
                _log.warning("log-ins cannot be read: %s", error)
                return

    def check(self) -> None:
        """Look whether the store can be read.

        Raises:
            SecretsError: If it cannot.
        """
        with self._lock:
            self._backend.get("")

    def delete(self, ref: str) -> None:
        """Forget a log-in; none there is no fault."""
        with self._lock:
            self._known.pop(ref, None)
            self._backend.delete(ref)

    def _read(self, ref: str) -> Secret:
        if time.monotonic() < self._ask_after:
            raise SecretsError("the sealed store did not answer a moment ago")
        try:
            found = self._backend.get(ref)
        except SecretsError:
            self._ask_after = time.monotonic() + AWAY_S
            raise
        if found is None:
            raise KeyError(ref)
        try:
            username, password = json.loads(found)
        except ValueError:
            raise SecretsError("{what} is damaged", what=ref) from None
        return Secret(username, password)


class _SealedFile:
    """AES-GCM, each log-in bound to its reference, in one file of this user."""

    def __init__(self, home: Home) -> None:
        self._path = home.data / "secrets.json"
        key_path = home.keys / "secrets.key"
        if not key_path.exists():
            if self._path.exists():
                raise SecretsError(
                    "{file} is there, its key {key} is not",
                    file=self._path,
                    key=key_path,
                )
            key = base64.b64encode(AESGCM.generate_key(bit_length=256))
            write_private(key_path, key)
        try:
            self._cipher = AESGCM(base64.b64decode(key_path.read_bytes()))
        except ValueError:
            raise SecretsError("not a key file: {file}", file=key_path) from None

    def put(self, ref: str, sealed: str) -> None:
        entries = self._read()
        nonce = os.urandom(_NONCE_BYTES)
        data = nonce + self._cipher.encrypt(nonce, sealed.encode(), ref.encode())
        entries[ref] = base64.b64encode(data).decode()
        self._write(entries)

    def get(self, ref: str) -> str | None:
        entry = self._read().get(ref)
        if entry is None:
            return None
        data = base64.b64decode(entry)
        nonce, sealed = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, sealed, ref.encode()).decode()
        except InvalidTag:
            raise SecretsError(
                "{file}: {what} was sealed otherwise", file=self._path, what=ref
            ) from None

    def delete(self, ref: str) -> None:
        entries = self._read()
        if entries.pop(ref, None) is not None:
            self._write(entries)

    def _read(self) -> dict[str, str]:
        try:
            entries: dict[str, str] = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise SecretsError("{what} is damaged", what=self._path) from None
        except OSError as error:
            raise SecretsError(
                "{file}: {error}", file=self._path, error=error.strerror
            ) from None
        return entries

    def _write(self, entries: dict[str, str]) -> None:
        try:
            write_private(self._path, json.dumps(entries, indent=1).encode())
        except OSError as error:
            raise SecretsError(
                "{file}: {error}", file=self._path, error=error.strerror
            ) from None


class _OsStore:
    """The key store of the operating system, through `keyring`."""

    def __init__(self, home: Home) -> None:
        import keyring
        import keyring.errors

        self._keyring = keyring
        self._errors = keyring.errors
        mark = hashlib.sha256(str(home.root.resolve()).encode()).hexdigest()[:16]
        self._service = f"Lookout {mark}"

    def put(self, ref: str, sealed: str) -> None:
        self._must_answer()
        try:
            self._keyring.set_password(self._service, ref, sealed)
        except self._errors.KeyringError as error:
            raise _os_error(error) from None

    def get(self, ref: str) -> str | None:
        self._must_answer()
        try:
            return self._keyring.get_password(self._service, ref)
        except self._errors.KeyringError as error:
            raise _os_error(error) from None

    def delete(self, ref: str) -> None:
        self._must_answer()
        try:
            self._keyring.delete_password(self._service, ref)
        except self._errors.PasswordDeleteError:
            return
        except self._errors.KeyringError as error:
            raise _os_error(error) from None

    def _must_answer(self) -> None:
        """A store that has been locked since would ask someone; nobody is there."""
        if not _os_store_answers():
            raise SecretsError("the system's key store is locked or away")


def _os_error(error: Exception) -> SecretsError:
    return SecretsError(
        "the system's key store failed: {error}", error=type(error).__name__
    )


def _choose(home: Home) -> _Backend:
    """Return where this home keeps its log-ins; once chosen it stays."""
    mark = home.keys / "secrets.backend"
    asked = os.environ.get("LOOKOUT_SECRETS", "")
    if asked not in ("", "file", "keyring"):
        raise SecretsError(
            "LOOKOUT_SECRETS is file or keyring, not {asked}", asked=asked
        )
    chosen = asked or (mark.read_text("utf-8").strip() if mark.exists() else "")
    if not chosen:
        chosen = "keyring" if _os_store_answers() else "file"
    if not mark.exists():
        write_private(mark, chosen.encode())
        _log.info("log-ins are kept by: %s", chosen)
    return _OsStore(home) if chosen == "keyring" else _SealedFile(home)


def kept_by(home: Home) -> str:
    """Return where this home keeps its log-ins: "file", "keyring" or "" for nowhere yet.

    Raises:
        SecretsError: It does not; the text says why.
    """
    if not (home.keys / "secrets.backend").exists():
        return ""
    if isinstance(_choose(home), _SealedFile):
        SecretStore(home).check()
        return "file"
    if not _os_store_answers():
        raise SecretsError("the system's key store is locked or away")
    return "keyring"


def _os_store_answers() -> bool:
    """Return whether a real key store answers at once, without asking anyone."""
    answers: list[bool] = []
    probe = threading.Thread(
        target=lambda: answers.append(_is_open()), name="secrets probe", daemon=True
    )
    probe.start()
    probe.join(PROBE_S)
    return answers == [True]


def _is_open() -> bool:
    if sys.platform == "win32":
        return True  # the credential manager of whoever is logged on; never asks
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    try:
        import secretstorage
    except ImportError:
        return False
    try:
        connection = secretstorage.dbus_init()
    except secretstorage.exceptions.SecretStorageException:
        return False
    try:
        collection = secretstorage.get_default_collection(connection)
        return not collection.is_locked()
    except secretstorage.exceptions.SecretStorageException:
        return False
    finally:
        connection.close()
