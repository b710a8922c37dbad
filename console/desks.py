"""Desks of other machines, from the command line: their keys, let in, listed, revoked.

And, at such a desk, which service it belongs to. Needs no window.
"""

import json
import shlex
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from console.registers import ANSWER_S, Unusable, snapshot_of, with_desk
from console.who import USUAL_SEATS, Sitting, keep_sitting, sitting
from dispatch.client import DeskClient
from dispatch.homelock import CONNECTED
from dispatch.keys import fingerprint, is_public_key, write_private
from dispatch.people import SYSTEM
from dispatch.questions import Quarantined, QuarantineList, QuarantineReport
from dispatch.service import (
    OWN_DESK,
    desk_keys,
    enrolled_desks,
    service_keys,
    where_desks_connect,
)
from resources.home import Home

DESK_PORT = 20002  # as the examples of `lookout service --desks` have it
KNOCKS_READ = 2000
LONGEST_NAME = 40
UNKNOWN_DESK = "unknown_desk"


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePoint:
    """Which service a desk of another machine belongs to.

    Attributes:
        address: Where it listens, such as "tcp://10.0.0.5:20002".
        server_key: Its public key.
        seat: What it called this desk when they last met, or "".
    """

    address: str
    server_key: str
    seat: str = ""


# -- at the desk ---------------------------------------------------------------


def show_key(home: Home) -> int:
    """Print this desk's public key, made at the first call; return the exit status."""
    key = desk_keys(home).public
    sys.stdout.write(
        f"public key:  {key}\n"
        f"fingerprint: {fingerprint(key)}\n"
        "on the service's machine: lookout desk enrol --name SEAT"
        f" --key={shlex.quote(key)}\n"
        "or connect this desk, and there: lookout desk list\n"
    )
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
            f"{home.root} has a service of its own; give this desk another --home"
        )
    address = options.connect or (known.address if known else "")
    if not address:
        raise Unusable("where? write --connect HOST:PORT; later it is remembered")
    typed = options.server_key
    if not typed and known is not None:
        return replace(known, address=address)
    if not typed and sys.stdin.isatty():
        typed = input("The service's public key, 40 characters, or its file: ").strip()
    key = _key_in(typed)
    seat = known.seat if known is not None and known.server_key == key else ""
    return ServicePoint(address=address, server_key=key, seat=seat)


def _key_in(typed: str) -> str:
    if is_public_key(typed):
        return typed
    if not typed:
        raise Unusable(
            "the service's public key is missing: --server-key KEY or FILE;"
            " `lookout desk enrol --card FILE` writes it there"
        )
    try:
        found = Path(typed).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise Unusable(f"{typed}: neither a public key nor a file with one") from None
    if not is_public_key(found):
        raise Unusable(f"{typed} holds no public key: 40 characters of Z85")
    return found


def remembered(home: Home) -> ServicePoint | None:
    """Return the service this desk connected to last, or None."""
    try:
        found = json.loads((home.data / CONNECTED).read_bytes())
        return ServicePoint(
            address=str(found["address"]),
            server_key=str(found["server_key"]),
            seat=str(found["seat"]),
        )
    except (OSError, json.JSONDecodeError, KeyError, TypeError):
        return None


def remember(home: Home, point: ServicePoint) -> None:
    """Keep where this desk belongs; nothing of it is secret."""
    if remembered(home) != point:
        write_private(home.data / CONNECTED, json.dumps(asdict(point)).encode())


# -- at the service ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Knock:
    """A desk that was turned away: how often it was counted, and the newest."""

    count: int
    newest: Quarantined


def enrol_desk(home: Home, options: Namespace) -> int:
    """Let a desk in, by its key or as one that knocks; return the exit status."""
    try:
        key = options.key or _knocking(home, options.knocking)
        _enrol(home, key, options.name)
        if options.card:
            text = f"{service_keys(home).public}\n"
            Path(options.card).write_text(text, encoding="utf-8")
    except Unusable as unusable:
        sys.stderr.write(f"lookout: {unusable}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"lookout: {error}\n")
        return 1
    port = where_desks_connect(home).rpartition(":")[2] or str(DESK_PORT)
    server_key = service_keys(home).public
    card = options.card or shlex.quote(server_key)
    sys.stdout.write(
        f"desk {options.name}: enrolled; it may connect from now on\n"
        f"its fingerprint: {fingerprint(key)}; compare it with the one it shows\n"
        f"the service's public key: {server_key}\n"
        f"there: lookout console --connect THIS-MACHINE:{port} --server-key={card}\n"
    )
    return 0


def name_desk(home: Home, options: Namespace) -> int:
    """Keep who sits at this home's desk, and at which seat; return the exit status."""
    try:
        said = _sitting(home, options)
    except Unusable as unusable:
        sys.stderr.write(f"lookout: {unusable}\n")
        return 2
    try:
        keep_sitting(home, said)
    except OSError as error:
        sys.stderr.write(f"lookout: {error}\n")
        return 1
    sys.stdout.write(
        f"this desk: {said.name or '-'} at {said.seat or '-'}, from its next start on\n"
    )
    return 0


def _sitting(home: Home, options: Namespace) -> Sitting:
    name, seat = (" ".join(text.split()) for text in (options.person, options.seat))
    if not name and not seat:
        raise Unusable("say who: --person NAME, and where: --seat SEAT")
    if max(len(name), len(seat)) > LONGEST_NAME:
        raise Unusable(f"at most {LONGEST_NAME} characters")
    if name.casefold() == SYSTEM.name:
        raise Unusable("that name is the service's own")
    if seat and remembered(home) is not None:
        raise Unusable("this desk's seat is the name it was enrolled under")
    if seat in enrolled_desks(home).entries().values():
        raise Unusable(f"another desk is called {seat}")
    kept = sitting(home)
    return replace(kept, name=name or kept.name, seat=seat or kept.seat)


def _enrol(home: Home, key: str, name: str) -> None:
    if not is_public_key(key):
        raise Unusable("the key must be a CURVE public key: 40 characters of Z85")
    if key == desk_keys(home).public or name.strip() == OWN_DESK:
        raise Unusable("this home's own desk is enrolled by itself")
    if not name.strip():
        raise Unusable("give the desk's seat: --name 2号席")
    own = sitting(home).seat
    if " ".join(name.split()) in ({own} if own else set(USUAL_SEATS.values())):
        raise Unusable(
            f"{name.strip()} is the seat of this home's own desk; another name for"
            f" that one: lookout desk name --seat SEAT"
        )
    try:
        enrolled_desks(home).enrol(key, name)
    except ValueError as error:
        raise Unusable(str(error)) from None


def _knocking(home: Home, mark: str) -> str:
    """Return the key of the one knocking desk whose fingerprint begins so."""
    if not mark:
        raise Unusable("say which desk: --key KEY, or --knocking FINGERPRINT")
    found: list[str] = []

    def look(client: DeskClient) -> str:
        snapshot_of(client)  # until it answers, a question would be refused
        found.extend(
            key for key in _knocks(home, client) if fingerprint(key).startswith(mark)
        )
        return ""

    if with_desk(home, look, quiet=True) != 0:
        raise Unusable("the service could not be asked; try again")
    if len(found) != 1:
        many = "several desks" if found else "no desk"
        raise Unusable(f"{many} with that fingerprint; see lookout desk list")
    return found[0]


def revoke_desk(home: Home, options: Namespace) -> int:
    """Let a desk in no more, at once; return the exit status."""
    desks = enrolled_desks(home)
    keys = [key for key, name in desks.entries().items() if name == options.name]
    if not keys or desk_keys(home).public in keys:
        sys.stderr.write(f"lookout: there is no desk {options.name!r} to revoke\n")
        return 2
    try:
        for key in keys:
            desks.revoke(key)
    except OSError as error:
        sys.stderr.write(f"lookout: {error}\n")
        return 1
    sys.stdout.write(f"desk {options.name}: revoked; it is cut off now\n")
    return 0


def list_desks(home: Home, _options: Namespace) -> int:
    """Print who may connect and who knocked in vain; return the exit status."""

    def run(client: DeskClient) -> str:
        zone = ZoneInfo(snapshot_of(client).town.timezone)
        lines = ["enrolled:"]
        for key, name in enrolled_desks(home).entries().items():
            lines.append(f"  {fingerprint(key)}  {name or '-'}")
        knocks = _knocks(home, client)
        if not knocks:
            return "\n".join([*lines, "knocking: none"])
        lines.append(f"knocking, not let in (counted once a minute each; {zone}):")
        for key, knock in knocks.items():
            at = knock.newest.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
            host = knock.newest.frame.decode("utf-8", "replace")
            lines.append(f"  {fingerprint(key)}  {knock.count} times, {at} from {host}")
        lines.append(
            "let one in: lookout desk enrol --name SEAT --knocking FINGERPRINT"
        )
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
