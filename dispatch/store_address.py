"""Which store a home uses: its own file, or a PostgreSQL server's database.

The address is remembered in the home, so that every command on it writes to the same
store. A password is never part of it: it lies in the sealed store, bound to that
address, or in a file that `PGPASSFILE` names, or the server asks for none.
"""

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from dispatch.keys import write_private
from dispatch.postgres import StoreAwayError
from dispatch.secrets import SecretsError, SecretStore
from dispatch.store import sqlite_url
from dispatch.told import ToldError
from resources.home import Home

OWN_FILE = "sqlite"  # how the home's own file is asked for
SECRET = "store"


class StoreAddressError(ToldError, ValueError):
    """That is no store's address; the text says why and repeats no password."""


def read_address(text: str) -> str:
    """Return a store's address in one spelling, "" for the home's own file.

    Raises:
        StoreAddressError: It is none, or carries a password.
    """
    if text in ("", OWN_FILE):
        return ""
    try:
        url = sa.make_url(text)
    except (ArgumentError, ValueError):
        url = sa.URL.create("none")
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreAddressError("write it like postgresql://USER@HOST:5432/DATABASE")
    if url.password is not None or "password" in url.query:
        raise StoreAddressError(
            "leave the password out of the address; `lookout store set` asks for it"
        )
    if not url.database:
        raise StoreAddressError("the address lacks the database: …/DATABASE")
    return url.set(drivername="postgresql").render_as_string()


def remembered_address(home: Home) -> str:
    """Return the address this home uses, "" for its own file."""
    try:
        return (home.data / "store.txt").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def remember_address(home: Home, address: str) -> None:
    """Keep which store this home uses from now on."""
    if remembered_address(home) != address:
        write_private(home.data / "store.txt", f"{address}\n".encode())


def keep_password(secrets: SecretStore, address: str, password: str) -> None:
    """Seal the password that belongs to an address; an empty one forgets it."""
    if password:
        secrets.put(SECRET, address, password)
    else:
        secrets.delete(SECRET)


def store_url(home: Home, address: str, secrets: SecretStore) -> sa.URL:
    """Return what to connect to, with the password that was sealed for it.

    Raises:
        StoreAwayError: The sealed store does not open.
    """
    if not address:
        return sa.make_url(sqlite_url(home.data / "lookout.db"))
    url = sa.make_url(address)
    try:
        sealed = secrets.get(SECRET)
    except KeyError:
        return url
    except SecretsError as error:
        raise StoreAwayError(
            "the store's password cannot be read: {error}", error=error
        ) from None
    # Bound to its address: another server never sees it.
    return url.set(password=sealed.password) if sealed.username == address else url
