"""Gateways from the command line: set up, listed, tried on a message, taken away.

They are the home's own file, which a running service reads again by itself.
"""

import secrets as random
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec

from console.command_words import CommandWords, complain
from console.passwords import ask_password
from console.plain_words import QT_TRANSLATE_NOOP
from console.registers import Unusable
from dispatch import wire
from dispatch.book import Book
from dispatch.gateways.book import (
    NAMESPACE,
    SPARKPLUG,
    WEBHOOK,
    Gateway,
    check,
    gateway_book,
    identity_of,
    read_template,
)
from dispatch.gateways.reading import Meant, decoded, read
from dispatch.gateways.sparkplug import Sparkplug
from dispatch.gateways.topics import gaps_of
from dispatch.homelock import refuse_connected
from dispatch.secrets import SecretStore
from dispatch.told import ToldError
from resources.home import Home

TOKEN_BYTES: Final = 32
_EVERYTHING: Final = {SPARKPLUG: f"{NAMESPACE}/#"}
NOT_TAKEN: Final = 3  # the exit status where a message that is tried would be refused


def add_gateway(home: Home, options: Namespace) -> int:
    """Set a gateway up, or in the place of the one of that name; return the status."""
    say = CommandWords.of(home)
    made = ""
    try:
        refuse_connected(home.data)
        gateway = Gateway(
            name=options.name,
            kind=options.kind,
            url=options.url,
            topic=options.topic or _EVERYTHING.get(options.kind, ""),
            ca=_whole(options.ca),
            certificate=_whole(options.certificate),
            template=read_template(_read(options.template)),
        )
        check(gateway)
        book, secrets = gateway_book(home.data), SecretStore(home)
        before = book.find(gateway.name)
        if gateway.kind == WEBHOOK and not options.password_stdin:
            made = random.token_urlsafe(TOKEN_BYTES)
        if gateway.kind == WEBHOOK or options.user:
            asked = Namespace(
                user=options.user or options.kind, password_stdin=options.password_stdin
            )
            password = made or ask_password(home, asked, gateway.name)
            # A reference of its own: a running service remembers what it has read.
            ref = f"gateway:{gateway.name}:{uuid4().hex[:8]}"
            secrets.put(ref, options.user, password)
            gateway = gateway.with_secret(ref)
        book.put(gateway)
        if before is not None and before.secret_ref:
            secrets.delete(before.secret_ref)
    except ToldError as error:
        return complain(say.told(error), status=2)
    said = QT_TRANSLATE_NOOP(
        "Command",
        "{name}: set up; enrol its devices: lookout device enrol --gateway {name} …",
    )
    lines = [say(said, name=gateway.name)]
    if gateway.kind == WEBHOOK:
        where = QT_TRANSLATE_NOOP("Command", "messages are posted to {url}/{name}")
        url = gateway.url.rstrip("/")
        lines.append(say(where, url=url, name=gateway.name))
    if made:
        once = QT_TRANSLATE_NOOP(
            "Command", "its token, shown this once: Authorization: Bearer {token}"
        )
        lines.append(say(once, token=made))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def list_gateways(home: Home, _options: Namespace) -> int:
    """List them; return the exit status."""
    say = CommandWords.of(home)
    found = gateway_book(home.data).all()
    if not found:
        none = QT_TRANSLATE_NOOP("Command", "none is set up: lookout gateway add")
        sys.stdout.write(f"{say(none)}\n")
    for each in found:
        parts = [each.name, each.kind, each.url, each.topic]
        sys.stdout.write("  ".join(part for part in parts if part) + "\n")
    return 0


def try_gateway(home: Home, options: Namespace) -> int:
    """Say what a message in a file would become; nothing is handed in.

    Returns 0, or 3 where something of it would be refused.
    """
    say = CommandWords.of(home)
    refused = QT_TRANSLATE_NOOP("Command", "refused: {why}")
    try:
        gateway = _known(gateway_book(home.data), options.name)
        meant = _meant(gateway, options.topic, _read(options.file))
    except ToldError as error:
        return complain(say.told(error), status=2)
    except wire.BadFrame as bad:
        return complain(say(refused, why=bad.text), status=NOT_TAKEN)
    lines: list[str] = []
    status = 0
    for each in meant:
        device = QT_TRANSLATE_NOOP("Command", "device there: {called}")
        lines.append(say(device, called=each.called))
        if not each.told_apart:
            twice = QT_TRANSLATE_NOOP(
                "Command",
                "it has neither an id nor a time: what is delivered twice counts twice",
            )
            lines.append(say(twice))
        for said in each.said:
            if isinstance(said, wire.BadFrame):
                status = NOT_TAKEN
                lines.append(say(refused, why=said.text))
            else:
                lines.append(msgspec.json.encode(said).decode())
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status


def _meant(gateway: Gateway, topic: str, payload: bytes) -> Sequence[Meant]:
    if gateway.kind == SPARKPLUG:
        return Sparkplug(gateway.template, None).read(topic, payload)
    gaps = gaps_of(gateway.topic, topic) if gateway.topic else {}
    if gaps is None:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "give the topic it came under: --topic, like {topic}"
            ),
            topic=gateway.topic,
        )
    return (read(gateway.template, decoded(payload), gaps=gaps, payload=payload),)


def remove_gateway(home: Home, options: Namespace) -> int:
    """Take a gateway and its token or password away; return the exit status."""
    say = CommandWords.of(home)
    try:
        book = gateway_book(home.data)
        gateway = _known(book, options.name)
        book.remove(gateway.name)
        if gateway.secret_ref:
            SecretStore(home).delete(gateway.secret_ref)
    except ToldError as error:
        return complain(say.told(error), status=2)
    said = QT_TRANSLATE_NOOP("Command", "{name}: taken away")
    sys.stdout.write(f"{say(said, name=gateway.name)}\n")
    return 0


DEEDS: Mapping[str, Callable[[Home, Namespace], int]] = {
    "add": add_gateway,
    "list": list_gateways,
    "try": try_gateway,
    "remove": remove_gateway,
}


def identity(home: Home, name: str, called: str) -> str:
    """Return the key of a device that speaks through a gateway.

    Raises:
        Unusable: There is no such gateway.
    """
    return identity_of(_known(gateway_book(home.data), name).name, called)


def _known(book: Book[Gateway], name: str) -> Gateway:
    found = book.find(name)
    if found is None:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "there is no gateway {name!r}: lookout gateway list"
            ),
            name=name,
        )
    return found


def _whole(path: Path | None) -> str:
    return "" if path is None else str(path.absolute())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable("{file}: {error}", file=path, error=error.strerror) from None
