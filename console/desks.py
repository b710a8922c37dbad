"""Desks of other machines, from the command line: their keys, let in, listed, revoked.

And, at such a desk, which service it belongs to. Needs no window.
"""

import shlex
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from console.registers import (
    ANSWER_S,
    NO_KEY,
    SERVICE_KEY,
    Unusable,
    snapshot_of,
    with_desk,
)
from console.service_card import DESK_PORT as DESK_PORT
from console.service_card import address_for_others, read_card
from console.service_point import ServicePoint, remembered
from console.who import USUAL_SEATS, Sitting, keep_sitting, sitting
from dispatch.client import DeskClient
from dispatch.keys import NotEnrolledError, fingerprint, is_public_key
from dispatch.people import SYSTEM, Scope
from dispatch.questions import Quarantined, QuarantineList, QuarantineReport
from dispatch.service import (
    OWN_DESK,
    desk_keys,
    enrolled_desks,
    service_keys,
)
from dispatch.told import ToldError
from resources.home import Home

KNOCKS_READ = 2000
LONGEST_NAME = 40
UNKNOWN_DESK = "unknown_desk"
OWN = QT_TRANSLATE_NOOP("Command", "this home's desk")
STATION = QT_TRANSLATE_NOOP("Command", "it is a station: only the cases of {whose}")


class KeyMissing(Unusable):
    """A service's public key has to be asked for; `values` has its address."""


# -- at the desk ---------------------------------------------------------------


def show_key(home: Home) -> int:
    """Print this desk's public key, made at the first call; return the exit status."""
    key = desk_keys(home).public
    text = QT_TRANSLATE_NOOP(
        "Command",
        "public key:  {key}\n"
        "fingerprint: {fingerprint}\n"
        "on the service's machine: lookout desk enrol --name SEAT --key={quoted}\n"
        "or connect this desk, and there: lookout desk list",
    )
    say = CommandWords.of(home)
    quoted = shlex.quote(key)
    said = say(text, key=key, fingerprint=fingerprint(key), quoted=quoted)
    sys.stdout.write(f"{said}\n")
    return 0


def find_service(home: Home, options: Namespace) -> ServicePoint:
    """Return the service that a desk is to connect to, asking where it must.

    Raises:
        Unusable: The text says what is missing.
    """
    known = remembered(home)
    # A desk's home stays one, whatever an earlier version's import left in it.
    if known is None and (home.data / "lookout.db").exists():
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command",
                "{home} has a service of its own; give this desk another --home",
            ),
            home=home.root,
        )
    address = options.connect or (known.address if known else "")
    typed = options.server_key
    if typed:
        key_in(typed)  # said before anything else: a file that is not there
    if not address and typed:
        address = _address_on(typed)
    if not address:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "where? write --connect HOST:PORT; later it is remembered"
            )
        )
    if not typed and known is not None:
        return replace(known, address=address)
    if not typed and sys.stdin is not None and sys.stdin.isatty():
        asked = QT_TRANSLATE_NOOP(
            "Command", "The service's public key, 40 characters, or its file: "
        )
        typed = input(CommandWords.of(home)(asked)).strip()
    if not typed:
        raise KeyMissing(
            QT_TRANSLATE_NOOP(
                "Command",
                "the service's public key is missing: --server-key KEY or FILE;"
                " on its machine `lookout desk card FILE` writes that file",
            ),
            address=address,
        )
    key = key_in(typed)
    if known is not None and known.server_key == key:
        return replace(known, address=address)
    return ServicePoint(address=address, server_key=key)


def key_in(typed: str) -> str:
    """Return the public key that was typed, or that stands in the file.

    Raises:
        Unusable: It is neither.
    """
    if is_public_key(typed):
        return typed
    try:
        found = read_card(Path(typed).read_text(encoding="utf-8-sig")).server_key
    except FileNotFoundError:
        missing = QT_TRANSLATE_NOOP(
            "Command", "{typed}: no such file, and no public key of 40 characters"
        )
        raise Unusable(missing, typed=typed) from None
    except (OSError, UnicodeDecodeError):
        neither = QT_TRANSLATE_NOOP(
            "Command", "{typed}: neither a public key nor a file with one"
        )
        raise Unusable(neither, typed=typed) from None
    if not found:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "{file} holds no public key: 40 characters of Z85"
            ),
            file=typed,
        )
    return found


def _address_on(file: str) -> str:
    """Return the address that a card names, or ""."""
    if is_public_key(file):
        return ""
    try:
        found = read_card(Path(file).read_text(encoding="utf-8-sig")).address
    except (OSError, UnicodeDecodeError):
        return ""
    return f"tcp://{found}" if found else ""


# -- at the service ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Knock:
    """A desk that was turned away: how often it was counted, and the newest."""

    count: int
    newest: Quarantined


def enrol_desk(home: Home, options: Namespace) -> int:
    """Let a desk in, by its key or as one that knocks; return the exit status."""
    say = CommandWords.of(home)
    try:
        key = options.key or _knocking(home, options.knocking)
        scope = _scope(options)
        _enrol(home, key, options.name, scope)
        if options.card:
            text = f"{service_keys(home).public}\n"
            Path(options.card).write_text(text, encoding="utf-8")
    except Unusable as unusable:
        return complain(say.told(unusable), status=2)
    except OSError as error:
        return complain(_not_written(error, say))
    server_key = service_keys(home).public
    card = options.card or shlex.quote(server_key)
    enrolled = QT_TRANSLATE_NOOP(
        "Command",
        "desk {name}: enrolled; it may connect from now on\n"
        "its fingerprint: {fingerprint}; compare it with the one it shows",
    )
    there = QT_TRANSLATE_NOOP(
        "Command",
        "there: lookout {command} --connect {address} --server-key={card}",
    )
    opens = QT_TRANSLATE_NOOP(
        "Command",
        "there: it opens now by itself; later lookout {command} is enough",
    )
    command = "console" if scope is None else "station"
    lines = [
        say(enrolled, name=options.name, fingerprint=fingerprint(key)),
        *([] if scope is None else [say(STATION, whose=_whose(scope))]),
    ]
    if options.key or options.card:
        address = address_for_others(home)
        lines += [
            say(SERVICE_KEY, key=server_key),
            say(there, command=command, address=address, card=card),
        ]
    else:  # it knocked, so it has both
        lines.append(say(opens, command=command))
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _not_written(error: OSError, say: CommandWords) -> str:
    if isinstance(error, ToldError):
        return say.told(error)
    text = QT_TRANSLATE_NOOP("Command", "{file} cannot be written: {error}")
    return say(text, file=error.filename or "", error=error.strerror or error)


def name_desk(home: Home, options: Namespace) -> int:
    """Keep who sits at this home's desk, and at which seat; return the exit status."""
    say = CommandWords.of(home)
    try:
        said = _sitting(home, options)
        keep_sitting(home, said)
    except Unusable as unusable:
        return complain(say.told(unusable), status=2)
    except OSError as error:
        return complain(_not_written(error, say))
    kept = QT_TRANSLATE_NOOP(
        "Command", "this desk: {name} at {seat}, from its next start on"
    )
    line = say(kept, name=said.name or "-", seat=said.seat or "-")
    sys.stdout.write(f"{line}\n")
    return 0


def choose_roles(home: Home, *, leads: bool) -> int:
    """Keep whether this home's seat leads the shift; return the exit status."""
    say = CommandWords.of(home)
    try:
        keep_sitting(home, replace(sitting(home), leads=leads))
    except OSError as error:
        return complain(_not_written(error, say))
    line = QT_TRANSLATE_NOOP("Command", "this desk leads the shift, from this start on")
    if not leads:
        line = QT_TRANSLATE_NOOP(
            "Command",
            "this desk does not lead the shift, from this start on until --leader; one"
            " that is open already, from its next",
        )
    sys.stdout.write(f"{say(line)}\n")
    return 0


def _sitting(home: Home, options: Namespace) -> Sitting:
    name, seat = (" ".join(text.split()) for text in (options.person, options.seat))
    if not name and not seat:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "say who: --person NAME, or where: --seat SEAT"
            )
        )
    if max(len(name), len(seat)) > LONGEST_NAME:
        raise Unusable(
            QT_TRANSLATE_NOOP("Command", "at most {count} characters"),
            count=LONGEST_NAME,
        )
    if name.casefold() == SYSTEM.name:
        raise Unusable(QT_TRANSLATE_NOOP("Command", "that name is the service's own"))
    if seat and remembered(home) is not None:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "this desk's seat is the name it was enrolled under"
            )
        )
    if seat in enrolled_desks(home).entries().values():
        raise Unusable(
            QT_TRANSLATE_NOOP("Command", "another desk is called {name}"), name=seat
        )
    kept = sitting(home)
    return replace(kept, name=name or kept.name, seat=seat or kept.seat)


def _scope(options: Namespace) -> Scope | None:
    """Return whose cases alone a desk is enrolled for, or None for all of them."""
    department, grid = (
        " ".join((getattr(options, each, "") or "").split())
        for each in ("department", "grid")
    )
    if grid and not department:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "a grid alone is no station: --department NAME"
            )
        )
    return Scope(department, grid) if department else None


def _whose(scope: Scope) -> str:
    return f"{scope.department} {scope.grid}".strip()


def _enrol(home: Home, key: str, name: str, scope: Scope | None) -> None:
    if not is_public_key(key):
        raise Unusable(NO_KEY)
    if key == desk_keys(home).public or name.strip() == OWN_DESK:
        raise Unusable(
            QT_TRANSLATE_NOOP("Command", "this home's own desk is enrolled by itself")
        )
    if not name.strip():
        raise Unusable(
            QT_TRANSLATE_NOOP("Command", "give the desk's seat: --name {example}"),
            example="2号席",
        )
    own = sitting(home).seat
    if " ".join(name.split()) in ({own} if own else set(USUAL_SEATS.values())):
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command",
                "{seat} is the seat of this home's own desk; another name for that"
                " one: lookout desk name --seat SEAT",
            ),
            seat=name.strip(),
        )
    try:
        enrolled_desks(home).enrol(key, name, scope)
    except NotEnrolledError as error:
        raise Unusable(error.text, **error.values) from None


def _knocking(home: Home, mark: str) -> str:
    """Return the key of the one knocking desk whose fingerprint begins so."""
    if not mark:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command",
                "say which desk: --key KEY, or --knocking FINGERPRINT as lookout desk"
                " list shows it. For the service's key alone: lookout desk card FILE",
            )
        )
    found: list[str] = []

    def look(client: DeskClient) -> str:
        snapshot_of(client)  # until it answers, a question would be refused
        found.extend(
            key for key in _knocks(home, client) if fingerprint(key).startswith(mark)
        )
        return ""

    if with_desk(home, look, quiet=True) != 0:
        raise Unusable(
            QT_TRANSLATE_NOOP("Command", "the service could not be asked; try again")
        )
    if not found:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "no desk with that fingerprint; see lookout desk list"
            )
        )
    if len(found) > 1:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "several desks with that fingerprint; see lookout desk list"
            )
        )
    return found[0]


def revoke_desk(home: Home, options: Namespace) -> int:
    """Let a desk in no more, at once; return the exit status."""
    say = CommandWords.of(home)
    desks = enrolled_desks(home)
    keys = [key for key, name in desks.entries().items() if name == options.name]
    if not keys or desk_keys(home).public in keys:
        none = QT_TRANSLATE_NOOP("Command", "there is no desk {name!r} to revoke")
        return complain(say(none, name=options.name), status=2)
    try:
        for key in keys:
            desks.revoke(key)
    except OSError as error:
        return complain(_not_written(error, say))
    revoked = QT_TRANSLATE_NOOP("Command", "desk {name}: revoked; it is cut off now")
    sys.stdout.write(f"{say(revoked, name=options.name)}\n")
    return 0


def list_desks(home: Home, _options: Namespace) -> int:
    """Print who may connect and who knocked in vain; return the exit status."""
    say = CommandWords.of(home)

    def run(client: DeskClient) -> str:
        zone = ZoneInfo(snapshot_of(client).town.timezone)
        lines = [say(QT_TRANSLATE_NOOP("Command", "enrolled:"))]
        desks = enrolled_desks(home)
        for key, name in desks.entries().items():
            called = say(OWN) if name == OWN_DESK else name or "-"
            scope = desks.scope(key)
            station = "" if scope is None else say(STATION, whose=_whose(scope))
            lines.append(f"  {fingerprint(key)}  {called}  {station}".rstrip())
        knocks = _knocks(home, client)
        if not knocks:
            none = QT_TRANSLATE_NOOP("Command", "knocking: none")
            return "\n".join([*lines, say(none)])
        head = QT_TRANSLATE_NOOP(
            "Command", "knocking, not let in (counted once a minute each; {zone}):"
        )
        row = QT_TRANSLATE_NOOP(
            "Command", "  {fingerprint}  {count} times, {at} from {host}"
        )
        lines.append(say(head, zone=zone))
        for key, knock in knocks.items():
            at = knock.newest.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
            host = knock.newest.frame.decode("utf-8", "replace")
            mark = fingerprint(key)
            lines.append(
                say(row, fingerprint=mark, count=knock.count, at=at, host=host)
            )
        let_in = QT_TRANSLATE_NOOP(
            "Command",
            "let one in: lookout desk enrol --name SEAT --knocking FINGERPRINT",
        )
        lines.append(say(let_in))
        return "\n".join(lines)

    return with_desk(home, run)


def _knocks(home: Home, client: DeskClient) -> Mapping[str, _Knock]:
    report: QuarantineReport = client.ask(QuarantineList(limit=KNOCKS_READ)).result(
        ANSWER_S
    )
    enrolled = enrolled_desks(home).entries()
    found: dict[str, _Knock] = {}
    for frame in report.frames:  # newest first
        key = frame.peer_key
        if frame.reason != UNKNOWN_DESK or not key or key in enrolled:
            continue
        known = found.get(key)
        found[key] = (
            _Knock(known.count + 1, known.newest) if known else _Knock(1, frame)
        )
    return found
