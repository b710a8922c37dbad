"""Choosing an installation's store from the command line."""

import sys
from collections.abc import Callable

from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from dispatch.homelock import ConnectedHomeError, HomeLock, refuse_connected
from dispatch.postgres import WriterLock
from dispatch.secrets import SecretStore
from dispatch.store_address import (
    StoreAddressError,
    keep_password,
    read_address,
    remember_address,
    store_url,
)
from dispatch.told import ToldError
from resources.home import Home


def choose_store(home: Home, text: str, password: Callable[[], str]) -> int:
    """Try a store, seal its password, use it from now on; return the exit status."""
    say = CommandWords.of(home)
    try:
        address = read_address(text)
    except StoreAddressError as error:
        return complain(say.told(error), status=2)
    try:
        refuse_connected(home.data)
    except ConnectedHomeError as error:
        return complain(say.told(error), status=2)
    if HomeLock.is_held(home.run / "service.lock"):
        runs = QT_TRANSLATE_NOOP(
            "Command", "the service of this home runs; end it first"
        )
        return complain(say(runs))
    try:
        secrets = SecretStore(home)
        keep_password(secrets, address, password() if address else "")
        if address:
            WriterLock(store_url(home, address, secrets)).release()
    except ToldError as error:
        return complain(say.told(error))
    remember_address(home, address)
    kept = QT_TRANSLATE_NOOP(
        "Command", "this installation keeps its cases in: {address}"
    )
    sys.stdout.write(f"{say(kept, address=address or home.data)}\n")
    if address and (home.data / "lookout.db").exists():
        stays = QT_TRANSLATE_NOOP(
            "Command", "what its own file holds stays there and is not copied"
        )
        sys.stdout.write(f"{say(stays)}\n")
    return 0
