"""A telephone system beside the desk: what is kept of it, and asking it. Needs no Qt.

The system posts who rings to the desk, with a token. Where it takes requests itself, a
desk asks it to bring somebody into a call; what the desk has to show there lies in the
sealed store and nowhere else.
"""

import json
import secrets
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final
from uuid import uuid4

from console.call_requests import CALL, HOST
from console.cli_kinds import port
from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from dispatch.keys import write_private
from dispatch.notify import http
from dispatch.notify.book import check_url
from dispatch.notify.contract import ACCEPTED, Lost
from dispatch.secrets import SecretsError, SecretStore
from dispatch.told import ToldError
from resources.home import Home

FILE: Final = "telephone.json"
ID: Final = "{id}"  # in the address where recordings are
_SCHEMES: Final = ("https", "http")
_UNREADABLE = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Telephone:
    """What is kept of it.

    Attributes:
        port: Where the desk listens, on this machine alone.
        token: What the system has to show.
        dials: Numbers that are copied are handed to this machine's dialler (`tel:`).
        hook: Where the system takes requests, or "".
        hook_ref: Reference of what the desk shows there, in the sealed store.
        recordings: Where a recording is found by its id: an address with `ID`, or "".
    """

    port: int
    token: str
    dials: bool = False
    hook: str = ""
    hook_ref: str = ""
    recordings: str = ""


def telephone(home: Home) -> Telephone | None:
    """Return what is kept of a home's telephone system, or None where there is none."""
    try:
        said = json.loads((home.data / FILE).read_bytes())
        return Telephone(
            port=port(str(said["port"])),
            token=str(said["token"]),
            dials=said.get("dials") is True,
            hook=str(said.get("hook", "")),
            hook_ref=str(said.get("hook_ref", "")),
            recordings=str(said.get("recordings", "")),
        )
    except _UNREADABLE:
        return None


def set_telephone(home: Home, options: Namespace, token: Callable[[], str]) -> int:
    """Keep what is typed of the telephone system; return the exit status.

    Args:
        home: The desk's.
        options: What was typed.
        token: Asks what the desk shows to the system, where that takes requests.
    """
    say = CommandWords.of(home)
    path = home.data / FILE
    before = telephone(home)
    if options.recordings and ID not in options.recordings:
        text = QT_TRANSLATE_NOOP("Command", "put {{id}} where a recording's id belongs")
        return complain(say(text), status=2)
    try:
        if options.off:
            path.unlink(missing_ok=True)
            _forget(home, before)
            off = QT_TRANSLATE_NOOP(
                "Command", "no calls, from the desk's next start on"
            )
            sys.stdout.write(f"{say(off)}\n")
            return 0
        kept = _typed(options, before)
        if kept.hook:
            ref = f"telephone:{uuid4().hex[:8]}"
            SecretStore(home).put(ref, "", token())
            kept = replace(kept, hook_ref=ref)
        write_private(path, json.dumps(asdict(kept)).encode())
        _forget(home, before)
    except ToldError as error:
        return complain(say.told(error), status=2)
    except OSError as error:
        text = QT_TRANSLATE_NOOP("Command", "{file} cannot be written: {error}")
        return complain(say(text, file=path, error=error.strerror or error))
    told = QT_TRANSLATE_NOOP(
        "Command",
        "calls: POST http://{host}:{port}{path} from the desk's next start on; the"
        " token stands in {file}, for you alone",
    )
    line = say(told, host=HOST, port=kept.port, path=CALL, file=path)
    sys.stdout.write(f"{line}\n")
    return 0


def bring(home: Home, kept: Telephone, *, call: str, to: str) -> str:
    """Ask the telephone system to bring somebody into a call; it takes seconds.

    Returns:
        "" where it will, else why not: one of `phone_calls.REASONS`.
    """
    try:
        login = SecretStore(home).get(kept.hook_ref)
        answer = http.ask(
            kept.hook,
            headers={
                "Authorization": f"Bearer {login.password}",
                "Content-Type": "application/json",
            },
            body=json.dumps({"call": call, "to": to}).encode(),
        )
    except (Lost, KeyError, SecretsError):
        return "away"
    return "" if http.judged(answer, None).state == ACCEPTED else "refused"


def _typed(options: Namespace, before: Telephone | None) -> Telephone:
    if options.hook:
        check_url(options.hook, _SCHEMES)
    if options.recordings:
        check_url(options.recordings.replace(ID, "1"), _SCHEMES)
    return Telephone(
        port=options.port,
        token=before.token if before is not None else secrets.token_urlsafe(24),
        dials=options.dial,
        hook=options.hook,
        recordings=options.recordings,
    )


def _forget(home: Home, before: Telephone | None) -> None:
    if before is not None and before.hook_ref:
        SecretStore(home).delete(before.hook_ref)
