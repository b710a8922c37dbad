"""A program of the town's own is told in JSON, signed with a key that both have."""

import hashlib
import hmac

import msgspec

from dispatch.notify import http
from dispatch.notify.book import Notifier
from dispatch.notify.contract import NOT_SENT, Letter, Login, Lost, Outcome

KIND = "webhook"
VERSION = 1


def send(letter: Letter, notifier: Notifier, login: Login | None) -> Outcome:
    """Tell the program; any answer of the status 2xx means that it has it."""
    if login is None:
        return Outcome(state=NOT_SENT, reason="no_secret")
    body = msgspec.json.encode(
        {
            "version": VERSION,
            "id": letter.letter_id,
            "text": letter.text,
            "notices": letter.items,
        }
    )
    moment = str(int(letter.at.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": letter.letter_id,
        "X-Lookout-Timestamp": moment,
        "X-Lookout-Signature": f"sha256={signature(login.password, moment, body)}",
    }
    try:
        answer = http.ask(notifier.url, headers=headers, body=body, ca=notifier.ca)
    except Lost as lost:
        return lost.outcome()
    return http.judged(answer, login)


def knock(notifier: Notifier, login: Login | None) -> str:
    """Return why the program cannot be told, or ""."""
    return "no_secret" if login is None else http.knock(notifier.url, notifier.ca)


def signature(key: str, moment: str, body: bytes) -> str:
    """Return HMAC-SHA-256 over the moment, a full stop and the body, hexadecimal."""
    message = moment.encode() + b"." + body
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
