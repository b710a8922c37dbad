"""The ways to reach people that an installation has: a file of its home, no secrets.

Passwords and keys lie in the sealed store, under the reference that stands here.
"""

import ipaddress
import logging
import re
import threading
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from dispatch.keys import write_private
from dispatch.told import ToldError

FILE: Final = "notifiers.json"
SMS, MAIL, WEBHOOK, LOG = "sms", "mail", "webhook", "log"
# Why somebody is told: 派遣, 撤回, 办理提醒, 督办(黄牌, 红牌), 紧急直报, 群发.
CAUSES: Final = ("dispatch", "recall", "remind", "supervise", "direct", "circular")
_SCHEMES: Final = {
    SMS: ("https", "http"),
    WEBHOOK: ("https", "http"),
    MAIL: ("smtps", "smtp"),
}
# Without a space or a mark: it stands in lines of logs.
_NAME = re.compile(r"[\w.-]{1,32}")
_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_MAILBOX = re.compile(r"[!-?A-~]+@[A-Za-z0-9.-]+")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
PLACEHOLDERS: Final = frozenset({"phone", "text", "id", "user", "secret"})
_FORMS: Final = ("json", "form", "query")

_log = logging.getLogger(__name__)


class NotifierError(ToldError):
    """A notifier cannot be as it was given; the text says why."""


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
        NotifierError: In words.
    """
    if not _NAME.fullmatch(notifier.name) or notifier.name == LOG:
        raise NotifierError(
            "a name is 1 to 32 letters, digits, _ . or -, and not log, not {name!r}",
            name=notifier.name,
        )
    if notifier.kind not in _SCHEMES:
        raise NotifierError("a notifier is of the kind sms, mail or webhook")
    check_url(notifier.url, _SCHEMES[notifier.kind])
    for cause in notifier.causes:
        if cause not in CAUSES:
            raise NotifierError(
                "nobody is told for {cause!r}; known: {causes}",
                cause=cause,
                causes=", ".join(CAUSES),
            )
    if notifier.kind == MAIL:
        for mailbox in (notifier.sender, notifier.to):
            if not _MAILBOX.fullmatch(mailbox):
                raise NotifierError("{mailbox!r} is no mailbox", mailbox=mailbox)
    elif notifier.kind == SMS:
        if notifier.to and not _NUMBER.fullmatch(notifier.to):
            raise NotifierError("{number!r} is no telephone number", number=notifier.to)
        _check_template(notifier.template)


def check_url(url: str, schemes: tuple[str, ...]) -> None:
    """Refuse an address that holds a log-in, or would carry one in the clear.

    Raises:
        NotifierError: In words.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, 0, urlsplit("")
    if parts.scheme not in schemes or not host or port == 0:
        raise NotifierError(
            "the address must look like {scheme}://HOST[:PORT]", scheme=schemes[0]
        )
    if parts.username is not None or parts.password is not None:
        raise NotifierError("leave the log-in out of the address; it is asked for")
    if parts.scheme == "http" and not is_near(host):
        raise NotifierError(
            "http:// is only for an IP address of one's own network; give https://"
        )


def _check_template(template: Template | None) -> None:
    if template is None:
        raise NotifierError("a gateway needs the file that says how it is asked")
    if template.form not in _FORMS:
        raise NotifierError("its form is json, form or query")
    used = _used(template)
    for name in sorted(used - PLACEHOLDERS):
        raise NotifierError("nobody knows the placeholder {{{name}}}", name=name)
    if not {"phone", "text"} <= used:
        raise NotifierError("the template must name {{phone}} and {{text}}")


def _used(template: Template) -> set[str]:
    return {*_placeholders(template.fields), *_placeholders(template.headers)}


def _placeholders(thing: Any) -> list[str]:
    if isinstance(thing, str):
        return _PLACEHOLDER.findall(thing)
    if isinstance(thing, dict):
        return [name for each in thing.values() for name in _placeholders(each)]
    if isinstance(thing, (list, tuple)):
        return [name for each in thing for name in _placeholders(each)]
    return []


def filled(thing: Any, values: dict[str, str]) -> Any:
    """Return a thing of a template with its placeholders replaced, once each."""
    if isinstance(thing, str):
        return _PLACEHOLDER.sub(lambda m: values.get(m[1], m[0]), thing)
    if isinstance(thing, dict):
        return {key: filled(each, values) for key, each in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [filled(each, values) for each in thing]
    return thing


def is_near(host: str) -> bool:
    """Return whether a host is an address of this machine or of one's own network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


def read_template(data: bytes) -> Template:
    """Return the template in a file.

    Raises:
        NotifierError: It is none.
    """
    try:
        template = msgspec.json.decode(data, type=Template)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotifierError("this is no template: {error}", error=error) from None
    _check_template(template)
    return template


class NotifierBook:
    """The notifiers of one home; what another process has written is seen at once.

    Thread: any; one lock.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._read: tuple[int, int] | None = None
        self._all: tuple[Notifier, ...] = ()
        self._unreadable = False

    def all(self) -> tuple[Notifier, ...]:
        """Return them in the order in which they were added."""
        with self._lock:
            return self._look()

    def find(self, name: str) -> Notifier | None:
        """Return the notifier of a name; the log file is always there."""
        if name == LOG:
            return LOG_FILE
        return next((each for each in self.all() if each.name == name), None)

    def put(self, notifier: Notifier) -> None:
        """Add a notifier, or put it in the place of the one of that name.

        Raises:
            NotifierError: It will not do, or the file cannot be read.
        """
        check(notifier)
        with self._lock:
            known = {each.name: each for each in self._readable()}
            known[notifier.name] = notifier
            self._write(tuple(known.values()))

    def remove(self, name: str) -> None:
        """Take a notifier away; none there is no fault.

        Raises:
            NotifierError: The file cannot be read.
        """
        with self._lock:
            self._write(tuple(e for e in self._readable() if e.name != name))

    def _readable(self) -> tuple[Notifier, ...]:
        known = self._look()
        if self._unreadable:
            raise NotifierError("{what} is damaged", what=self._path)
        return known

    def _write(self, notifiers: tuple[Notifier, ...]) -> None:
        try:
            write_private(self._path, msgspec.json.encode(notifiers))
        except OSError as error:
            raise NotifierError(
                "{file}: {error}", file=self._path, error=error.strerror
            ) from None
        self._read = None

    def _look(self) -> tuple[Notifier, ...]:
        """Return what the file holds; one that cannot be read changes nothing."""
        try:
            state = self._path.stat()
            mark = (state.st_mtime_ns, state.st_size)
            if mark == self._read:
                return self._all
            found = msgspec.json.decode(
                self._path.read_bytes(), type=tuple[Notifier, ...]
            )
        except FileNotFoundError:
            self._read, self._all, self._unreadable = None, (), False
            return ()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            if not self._unreadable:
                _log.error("notifiers cannot be read: %s", type(error).__name__)
            self._unreadable = True
            return self._all
        self._read, self._all, self._unreadable = mark, found, False
        return found
