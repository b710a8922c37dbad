"""Choosing an installation's store from the command line."""

import sys
from collections.abc import Callable

from dispatch.homelock import ConnectedHomeError, HomeLock, refuse_connected
from dispatch.postgres import StoreAwayError, StoreTakenError, WriterLock
from dispatch.secrets import SecretsError, SecretStore
from dispatch.store_address import (
    StoreAddressError,
    keep_password,
    read_address,
    remember_address,
    store_url,
)
from resources.home import Home


def choose_store(home: Home, text: str, password: Callable[[], str]) -> int:
    """Try a store, seal its password, use it from now on; return the exit status."""
    try:
        address = read_address(text)
    except StoreAddressError as error:
        sys.stderr.write(f"lookout: {error}\n")
        return 2
    try:
        refuse_connected(home.data)
    except ConnectedHomeError as error:
        sys.stderr.write(f"lookout: {error}\n")
        return 2
    if HomeLock.is_held(home.run / "service.lock"):
        sys.stderr.write("lookout: the service of this home runs; end it first\n")
        return 1
    try:
        secrets = SecretStore(home)
        keep_password(secrets, address, password() if address else "")
        if address:
            WriterLock(store_url(home, address, secrets)).release()
    except (SecretsError, StoreAwayError, StoreTakenError) as error:
        sys.stderr.write(f"lookout: {error}\n")
        return 1
    remember_address(home, address)
    sys.stdout.write(f"this installation keeps its cases in: {address or home.data}\n")
    if address and (home.data / "lookout.db").exists():
        sys.stdout.write("what its own file holds stays there and is not copied\n")
    return 0
