"""Mail through the town's own mail server, encrypted on the way to it."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from email.utils import format_datetime
from urllib.parse import urlsplit

from dispatch.book import is_near
from dispatch.notify.book import Notifier
from dispatch.notify.contract import (
    ACCEPTED,
    NOT_SENT,
    REFUSED,
    UNKNOWN,
    Letter,
    Login,
    Lost,
    Outcome,
    clean,
)
from dispatch.notify.http import LIMIT_S, WHOLE_S, ended_after, trusted

KIND = "mail"
_NAME = "lookout"  # how we greet; asking for this machine's own name may take seconds
_PORTS = {"smtps": 465, "smtp": 587}
_SUBJECT = 60


def send(letter: Letter, notifier: Notifier, login: Login | None) -> Outcome:
    """Hand a letter to the mail server; accepted is what it has taken over."""
    return _with_server(
        notifier, login, lambda server: _hand_over(server, letter, notifier, login)
    )


def knock(notifier: Notifier, login: Login | None) -> str:
    """Return why the mail server takes nothing, or ""."""
    return _with_server(notifier, login, lambda _: Outcome(state=ACCEPTED)).reason


def _with_server(
    notifier: Notifier,
    login: Login | None,
    work: Callable[[smtplib.SMTP], Outcome],
) -> Outcome:
    """Do something with a server that has let us in; until then nothing is sent."""
    try:
        server = _connected(notifier)
    except Lost as lost:
        return lost.outcome()
    try:
        with ended_after(WHOLE_S, lambda: server.sock):
            refused = _let_in(server, notifier, login)
            return refused or work(server)
    finally:
        server.close()


def _connected(notifier: Notifier) -> smtplib.SMTP:
    parts = urlsplit(notifier.url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        if parts.scheme == "smtps":
            return smtplib.SMTP_SSL(
                host, port, _NAME, timeout=LIMIT_S, context=trusted(notifier.ca)
            )
        return smtplib.SMTP(host, port, _NAME, timeout=LIMIT_S)
    except ssl.SSLError:
        reason = "tls"
    except TimeoutError:
        reason = "timeout"
    except smtplib.SMTPConnectError as error:
        reason = "busy" if 400 <= error.smtp_code < 500 else "unreachable"
    except (OSError, UnicodeError):
        reason = "unreachable"
    raise Lost(reason, sent=False)


def _let_in(
    server: smtplib.SMTP, notifier: Notifier, login: Login | None
) -> Outcome | None:
    """Encrypt the line and log in; return what forbids it, or None."""
    parts = urlsplit(notifier.url)
    try:
        server.ehlo_or_helo_if_needed()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=trusted(notifier.ca))
        elif parts.scheme == "smtp" and not is_near(parts.hostname or ""):
            return Outcome(state=NOT_SENT, reason="tls")
        if login is not None and login.username:
            server.login(login.username, login.password)
    except smtplib.SMTPNotSupportedError:
        return Outcome(state=NOT_SENT, reason="login")
    except smtplib.SMTPAuthenticationError as error:
        return Outcome(
            state=NOT_SENT, reason="login", detail=_said(error.smtp_error, login)
        )
    except ssl.SSLError:
        return Outcome(state=NOT_SENT, reason="tls")
    except TimeoutError:
        return Outcome(state=NOT_SENT, reason="timeout")
    except (OSError, UnicodeError):
        return Outcome(state=NOT_SENT, reason="unreachable")
    return None


def _hand_over(
    server: smtplib.SMTP, letter: Letter, notifier: Notifier, login: Login | None
) -> Outcome:
    """From the envelope to the server's last word; in doubt it may have been taken."""
    data = written(letter, notifier.sender)
    try:
        for code, said in (server.mail(notifier.sender), server.rcpt(letter.to)):
            if code not in (250, 251):
                return _refusal(code, said, login)
    except TimeoutError:
        return Outcome(state=NOT_SENT, reason="timeout")
    except OSError:
        return Outcome(state=NOT_SENT, reason="unreachable")
    try:
        code, said = server.data(data)
    except smtplib.SMTPDataError as error:  # it did not want to hear it
        return _refusal(error.smtp_code, error.smtp_error, login)
    except TimeoutError:
        return Outcome(state=UNKNOWN, reason="timeout")
    except OSError:
        return Outcome(state=UNKNOWN, reason="broken")
    return Outcome(state=ACCEPTED) if code == 250 else _refusal(code, said, login)


def _refusal(code: int, said: bytes | str, login: Login | None) -> Outcome:
    """Return a no: below 500 it is one for now."""
    detail = f"{code} {_said(said, login)}"
    if 400 <= code < 500:
        return Outcome(state=NOT_SENT, reason="busy", detail=detail)
    return Outcome(state=REFUSED, reason="answer", detail=detail)


def _said(said: bytes | str, login: Login | None) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return clean(text, login)


def written(letter: Letter, sender: str) -> bytes:
    """Return a letter as a mail."""
    mail = EmailMessage(policy=MAIL_POLICY)
    mail["From"] = sender
    mail["To"] = letter.to
    first = letter.text.splitlines()[0] if letter.text else ""
    mail["Subject"] = first[:_SUBJECT]
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{letter.letter_id}@lookout>"
    mail.set_content(letter.text, cte="base64")
    return mail.as_bytes()
