"""A look at a home's store from outside: can it be read, and by this version?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from dispatch.cameras import Camera
from dispatch.changes import DeviceReading
from dispatch.devices import Device, is_let_in
from dispatch.feed import Feed
from dispatch.postgres import StoreAwayError, why_away
from dispatch.secrets import SecretsError, SecretStore
from dispatch.store import MIGRATIONS, Store, sqlite_url
from dispatch.store_address import remembered_address, store_url
from resources.home import Home


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreState:
    """What a look at a store found.

    Attributes:
        where: Its file or its server's address; no password.
        there: It exists.
        error: Why it cannot be read, or "".
        revision: The version of its tables, or "" where there are none.
        newest: The version this program makes.
        known: Whether this program knows that version.
        cameras: The cameras in service, where it is of this version.
        devices: The devices that are let in, likewise.
        readings: The newest sign of life of each device that gave one, likewise.
    """

    where: str
    there: bool = True
    error: str = ""
    revision: str = ""
    newest: str = ""
    known: bool = True
    cameras: tuple[Camera, ...] = ()
    devices: tuple[Device, ...] = ()
    readings: Mapping[str, DeviceReading] = field(default_factory=dict)


def inspect_store(home: Home) -> StoreState:
    """Return what a look at a home's store finds; nothing is written to it."""
    address = remembered_address(home)
    file = home.data / "lookout.db"
    where = address or str(file)
    if not address and not file.exists():
        return StoreState(where=where, there=False)
    try:
        store = Store(
            store_url(home, address, SecretStore(home)) if address else sqlite_url(file)
        )
    except (StoreAwayError, SecretsError) as error:
        return StoreState(where=where, error=str(error))
    try:
        return _look(store, where)
    except sa.exc.DBAPIError as error:
        return StoreState(where=where, error=why_away(error))
    except SQLAlchemyError as error:
        return StoreState(where=where, error=type(error).__name__)
    finally:
        store.close()


def _look(store: Store, where: str) -> StoreState:
    scripts = ScriptDirectory(str(MIGRATIONS))
    newest = scripts.get_current_head() or ""
    with store.reading() as connection:
        revision = MigrationContext.configure(connection).get_current_revision() or ""
    known = not revision or revision in {
        script.revision for script in scripts.walk_revisions()
    }
    state = StoreState(where=where, revision=revision, newest=newest, known=known)
    if revision != newest:
        return state
    snapshot = Feed(store).snapshot()
    return replace(
        state,
        cameras=tuple(each for each in snapshot.cameras if not each.retired),
        devices=tuple(each for each in snapshot.devices if is_let_in(each)),
        readings={each.device_id: each for each in snapshot.readings},
    )
