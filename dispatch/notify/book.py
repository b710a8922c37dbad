"""The ways to reach people that an installation has: a file of its home, no secrets.

Passwords and keys lie in the sealed store, under the reference that stands here.
"""

import re
from pathlib import Path
from typing import Any, Final

import msgspec

from dispatch.book import (
    LOG,
    Book,
    BookError,
    check_name,
    checked_address,
    gaps_in,
    is_near,
)

FILE: Final = "notifiers.json"
SMS, MAIL, WEBHOOK = "sms", "mail", "webhook"
# Why somebody is told: 派遣, 撤回, 办理提醒, 督办(黄牌, 红牌), 紧急直报, 群发.
CAUSES: Final = ("dispatch", "recall", "remind", "supervise", "direct", "circular")
_SCHEMES: Final = {
    SMS: ("https", "http"),
    WEBHOOK: ("https", "http"),
    MAIL: ("smtps", "smtp"),
}
_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_MAILBOX = re.compile(r"[!-?A-~]+@[A-Za-z0-9.-]+")
PLACEHOLDERS: Final = frozenset({"phone", "text", "id", "user", "secret"})
_FORMS: Final = ("json", "form", "query")


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a provider of text messages wants to be asked.

    Attributes:
        fields: What is sent; in each text {phone}, {text}, {id}, {user} and {secret}
            stand for what they are.
        form: How: "json", "form" (a filled form) or "query" (in the address, by GET).
        headers: More headers, with the same placeholders.
        accepted: What an answer of the status 2xx must say: by a path in its JSON, such
            as "code" or "result.0.status", the values that mean yes; the path "" is how
            an answer in plain text begins. None: the status is enough.
    """

    fields: dict[str, Any]
    form: str = "json"
    headers: dict[str, str] = {}
    accepted: dict[str, tuple[str, ...]] = {}


class Notifier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to reach people, as an installation has set it up.

    Attributes:
        name: Unique; a letter, digits, "_", "." and "-".
        kind: "sms", "mail", "webhook" or "log".
        url: Where: https://HOST/PATH, or smtps://HOST, smtp://HOST.
        to: The one number or mailbox it writes to; "": an SMS goes to whoever is sent.
        department: Only what concerns this department; "": everything.
        causes: Only what is told for these causes; none: everything.
        sender: The mailbox a mail comes from.
        secret_ref: Reference of its log-in in the sealed store, or "".
        once: The provider takes a message with the same {id} once, so that one that
            may have gone out can be sent again.
        ca: A file of certificates to trust instead of the system's, or "".
        template: Of an SMS.
    """

    name: str
    kind: str
    url: str = ""
    to: str = ""
    department: str = ""
    causes: tuple[str, ...] = ()
    sender: str = ""
    secret_ref: str = ""
    once: bool = False
    ca: str = ""
    template: Template | None = None

    def takes(self, *, cause: str, department: str, phone: str) -> bool:
        """Return whether it is for a notice."""
        if self.causes and cause not in self.causes:
            return False
        if self.department and department != self.department:
            return False
        return self.has_address or bool(self.kind == SMS and phone)

    @property
    def has_address(self) -> bool:
        """Return whether it writes to one address, whomever a notice concerns."""
        return self.kind == WEBHOOK or bool(self.to)

    @property
    def wants_secret(self) -> bool:
        """Return whether it can send nothing without a password or key."""
        if self.kind == WEBHOOK:
            return True
        used = _used(self.template) if self.template is not None else set()
        return "secret" in used

    def with_secret(self, ref: str) -> "Notifier":
        """Return the same with the reference of its log-in."""
        return msgspec.structs.replace(self, secret_ref=ref)


# What is left where no other way is for a notice; a line twice in a file harms nobody.
LOG_FILE: Final = Notifier(name=LOG, kind=LOG, once=True)


def check(notifier: Notifier) -> None:
    """Refuse a notifier that could never send anything.

    Raises:
        BookError: In words.
    """
    check_name(notifier.name)
    if notifier.kind not in _SCHEMES:
        raise BookError("a notifier is of the kind sms, mail or webhook")
    check_url(notifier.url, _SCHEMES[notifier.kind])
    for cause in notifier.causes:
        if cause not in CAUSES:
            raise BookError(
                "nobody is told for {cause!r}; known: {causes}",
                cause=cause,
                causes=", ".join(CAUSES),
            )
    if notifier.kind == MAIL:
        for mailbox in (notifier.sender, notifier.to):
            if not _MAILBOX.fullmatch(mailbox):
                raise BookError("{mailbox!r} is no mailbox", mailbox=mailbox)
    elif notifier.kind == SMS:
        if notifier.to and not _NUMBER.fullmatch(notifier.to):
            raise BookError("{number!r} is no telephone number", number=notifier.to)
        _check_template(notifier.template)


def check_url(url: str, schemes: tuple[str, ...]) -> None:
    """Refuse an address that holds a log-in, or would carry one in the clear.

    Raises:
        BookError: In words.
    """
    parts = checked_address(url, schemes)
    if parts.scheme == "http" and not is_near(parts.hostname or ""):
        raise BookError(
            "http:// is only for an IP address of one's own network; give https://"
        )


def _check_template(template: Template | None) -> None:
    if template is None:
        raise BookError("a gateway needs the file that says how it is asked")
    if template.form not in _FORMS:
        raise BookError("its form is json, form or query")
    used = _used(template)
    for name in sorted(used - PLACEHOLDERS):
        raise BookError("nobody knows the placeholder {{{name}}}", name=name)
    if not {"phone", "text"} <= used:
        raise BookError("the template must name {{phone}} and {{text}}")


def _used(template: Template) -> set[str]:
    return {*gaps_in(template.fields), *gaps_in(template.headers)}


def read_template(data: bytes) -> Template:
    """Return the template in a file.

    Raises:
        BookError: It is none.
    """
    try:
        template = msgspec.json.decode(data, type=Template)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BookError("this is no template: {error}", error=error) from None
    _check_template(template)
    return template


class NotifierBook(Book[Notifier]):
    """The notifiers of one home.

    Thread: any; one lock.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, Notifier, check=check)

    def find(self, name: str) -> Notifier | None:
        """Return the notifier of a name; the log file is always there."""
        return LOG_FILE if name == LOG else super().find(name)
