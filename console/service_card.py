"""A service's card: its address and public key, for a desk of another machine."""

import shlex
import socket
import sys
from argparse import Namespace
from dataclasses import dataclass

from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from console.registers import SERVICE_KEY
from dispatch.homelock import CONNECTED
from dispatch.keys import is_public_key
from dispatch.ports import EVERYWHERE
from dispatch.service import service_keys
from dispatch.standing_in import last_open
from resources.home import Home

ADDRESS = "address"
DESK_PORT = 20002  # as the examples of `lookout service --desks` have it
SOMEWHERE = ("192.0.2.1", 9)  # nobody's; only the way there is looked up


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What a card says.

    Attributes:
        server_key: The service's public key, or "" where it holds none.
        address: HOST:PORT for other machines, or "" where it does not say.
    """

    server_key: str = ""
    address: str = ""


def read_card(text: str) -> Card:
    """Return what a card says; a file with nothing but the key is one too."""
    key = address = ""
    for line in text.splitlines():
        words = line.split()
        if len(words) == 2 and words[0] == ADDRESS:
            address = words[1]
        elif words and is_public_key(words[-1]):
            key = words[-1]
    return Card(server_key=key, address=address)


def write_card(home: Home, options: Namespace) -> int:
    """Show the service's address and public key, in a file too; return the status."""
    say = CommandWords.of(home)
    if (home.data / CONNECTED).exists():
        there = QT_TRANSLATE_NOOP(
            "Command", "{home} is a desk of another machine's service; do this there"
        )
        return complain(say(there, home=home.root), status=2)
    key = service_keys(home).public
    address = address_for_others(home)
    if options.file is not None:
        try:
            text = f"{ADDRESS} {address}\nkey {key}\n"
            options.file.write_text(text, encoding="utf-8")
        except OSError as error:
            failed = QT_TRANSLATE_NOOP("Command", "{file} cannot be written: {error}")
            return complain(
                say(failed, file=options.file, error=error.strerror or error)
            )
    card = shlex.quote(key if options.file is None else str(options.file))
    shown = QT_TRANSLATE_NOOP(
        "Command", "there: lookout console --connect {address} --server-key={card}"
    )
    lines = [say(SERVICE_KEY, key=key), say(shown, address=address, card=card)]
    if not last_open(home).desk:
        shut = QT_TRANSLATE_NOOP(
            "Command",
            "this service listens to this machine only; for desks of others:"
            " lookout service --desks 0.0.0.0:{port}",
        )
        lines.append(say(shut, port=DESK_PORT))
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def address_for_others(home: Home) -> str:
    """Return HOST:PORT by which other machines reach this home's service."""
    told = last_open(home).desk.removeprefix("tcp://")
    if told and not told.startswith(EVERYWHERE):
        return told
    return f"{_own_address()}:{told.rpartition(':')[2] or DESK_PORT}"


def _own_address() -> str:
    """Return this machine's address in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()
