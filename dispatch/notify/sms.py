"""Text messages through a provider's HTTP gateway, asked as its template says."""

from typing import Any
from urllib.parse import urlencode

import msgspec

from dispatch.book import as_word, at_path, filled
from dispatch.notify import http
from dispatch.notify.book import Notifier, Template
from dispatch.notify.contract import (
    ACCEPTED,
    NOT_SENT,
    REFUSED,
    Letter,
    Login,
    Lost,
    Outcome,
    clean,
)

KIND = "sms"


def send(letter: Letter, notifier: Notifier, login: Login | None) -> Outcome:
    """Ask the gateway to send a letter; accepted is what its template calls so."""
    template = notifier.template
    if template is None:
        return Outcome(state=NOT_SENT, reason="template")
    values = {
        "phone": letter.to,
        "text": letter.text,
        "id": letter.letter_id,
        "user": "" if login is None else login.username,
        "secret": "" if login is None else login.password,
    }
    url, method, body, kind = _asked(notifier.url, template, values)
    headers = filled(template.headers, values.get)
    if kind and "content-type" not in {name.lower() for name in headers}:
        headers["Content-Type"] = kind
    try:
        answer = http.ask(
            url, method=method, headers=headers, body=body, ca=notifier.ca
        )
    except Lost as lost:
        return lost.outcome()
    outcome = http.judged(answer, login)
    if outcome.state != ACCEPTED or is_yes(answer.text, template):
        return outcome
    return Outcome(state=REFUSED, reason="answer", detail=clean(answer.text, login))


def knock(notifier: Notifier, _login: Login | None) -> str:
    """Return why the gateway cannot be asked, or ""."""
    return http.knock(notifier.url, notifier.ca)


def is_yes(text: str, template: Template) -> bool:
    """Return whether an answer says what the template takes for a yes."""
    said: Any = None
    for path, values in template.accepted.items():
        if not path:
            if not text.strip().startswith(values):
                return False
            continue
        if said is None:
            try:
                said = msgspec.json.decode(text)
            except msgspec.DecodeError:
                return False
        if as_word(at_path(said, path)) not in values:
            return False
    return True


def _asked(
    url: str, template: Template, values: dict[str, str]
) -> tuple[str, str, bytes | None, str]:
    """Return address, method, body and media type of the request."""
    fields = filled(template.fields, values.get)
    if template.form == "json":
        return url, "POST", msgspec.json.encode(fields), "application/json"
    written = urlencode(fields, doseq=True)
    if template.form == "form":
        kind = "application/x-www-form-urlencoded; charset=utf-8"
        return url, "POST", written.encode(), kind
    return f"{url}{'&' if '?' in url else '?'}{written}", "GET", None, ""
