"""Ways to reach people from the command line: set up, listed, tried, taken away.

They are the home's own file, which a running service reads again by itself.
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import uuid4

from console import notice_words
from console.command_words import CommandWords, complain, language_of
from console.plain_words import QT_TRANSLATE_NOOP, PlainWords
from console.registers import Unusable
from dispatch.delivery import attempt
from dispatch.homelock import refuse_connected
from dispatch.notify.book import (
    FILE,
    SMS,
    Notifier,
    NotifierBook,
    check,
    read_template,
)
from dispatch.notify.contract import ACCEPTED, Item, Letter
from dispatch.secrets import SecretStore
from dispatch.service import utc_now
from dispatch.told import ToldError
from resources.home import Home

TEST = "瞭望测试消息：收到即说明这种通知方式可用，不必回复。"
NOT_TAKEN = 3  # the exit status where a test message was not accepted


def add_notifier(home: Home, options: Namespace, password: Callable[[], str]) -> int:
    """Set a notifier up, or in the place of the one of that name; return the status.

    Args:
        home: The installation.
        options: What was typed.
        password: Asks for its password or key, once everything else will do.
    """
    say = CommandWords.of(home)
    try:
        refuse_connected(home.data)
        notifier = _typed(options)
        check(notifier)
        book, secrets = _book(home), SecretStore(home)
        before = book.find(notifier.name)
        if options.user or notifier.wants_secret:
            # A reference of its own: a running service remembers what it has read.
            ref = f"notify:{notifier.name}:{uuid4().hex[:8]}"
            secrets.put(ref, options.user, password())
            notifier = notifier.with_secret(ref)
        book.put(notifier)
        if before is not None and before.secret_ref:
            secrets.delete(before.secret_ref)
    except ToldError as error:
        return complain(say.told(error), status=2)
    said = QT_TRANSLATE_NOOP(
        "Command", "{name}: set up; try it: lookout notify test {name}"
    )
    sys.stdout.write(f"{say(said, name=notifier.name)}\n")
    return 0


def list_notifiers(home: Home, _options: Namespace) -> int:
    """List them; return the exit status."""
    say = CommandWords.of(home)
    found = _book(home).all()
    if not found:
        none = QT_TRANSLATE_NOOP(
            "Command",
            "none is set up: what people should hear of goes into {file} only; lookout"
            " notify add --help",
        )
        sys.stdout.write(f"{say(none, file=home.logs / 'notices.log')}\n")
    for each in found:
        narrowed = [*each.causes, *([each.department] if each.department else [])]
        parts = [each.name, each.kind, each.url, each.to, " ".join(narrowed)]
        sys.stdout.write("  ".join(part for part in parts if part) + "\n")
    return 0


def try_notifier(home: Home, options: Namespace) -> int:
    """Send a test message; return 0 where it was accepted, else 3."""
    words = PlainWords("Notice", language_of(home))
    try:
        notifier = _known(home, options.name)
        to = notifier.to or options.to
        if not to and notifier.kind == SMS:
            raise Unusable(
                QT_TRANSLATE_NOOP("Command", "to which number? Give --to NUMBER")
            )
        item = Item(case_number="", cause="test", unit_id="", department="", text=TEST)
        letter = Letter(
            letter_id=uuid4().hex, to=to, text=TEST, items=(item,), at=utc_now()
        )
        outcome = attempt(letter, notifier, SecretStore(home))
    except ToldError as error:
        return complain(CommandWords.of(home).told(error), status=2)
    if outcome.state == ACCEPTED:
        line = f"{notifier.kind}/{notifier.name} accepted"
        sys.stdout.write(f"{notice_words.delivery(line, words)[0]}\n")
        return 0
    reason = f"{outcome.reason} {outcome.detail}".strip()
    said = f"{notifier.name}: {notice_words.why(reason, words)}"
    return complain(said, status=NOT_TAKEN)


def remove_notifier(home: Home, options: Namespace) -> int:
    """Take a notifier and its password away; return the exit status."""
    say = CommandWords.of(home)
    try:
        notifier = _known(home, options.name)
        _book(home).remove(notifier.name)
        if notifier.secret_ref:
            SecretStore(home).delete(notifier.secret_ref)
    except ToldError as error:
        return complain(say.told(error), status=2)
    said = QT_TRANSLATE_NOOP("Command", "{name}: taken away")
    sys.stdout.write(f"{say(said, name=notifier.name)}\n")
    return 0


DEEDS: Mapping[str, Callable[[Home, Namespace], int]] = {
    "list": list_notifiers,
    "test": try_notifier,
    "remove": remove_notifier,
}


def _book(home: Home) -> NotifierBook:
    return NotifierBook(home.data / FILE)


def _known(home: Home, name: str) -> Notifier:
    found = [each for each in _book(home).all() if each.name == name]
    if not found:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "there is no notifier {name!r}: lookout notify list"
            ),
            name=name,
        )
    return found[0]


def _typed(options: Namespace) -> Notifier:
    template = options.template
    return Notifier(
        name=options.name,
        kind=options.kind,
        url=options.url,
        to=options.to,
        department=options.department,
        causes=tuple(dict.fromkeys(options.cause)),
        sender=options.sender,
        once=options.once,
        ca="" if options.ca is None else str(options.ca.absolute()),
        template=None if template is None else read_template(_read(template)),
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable("{file}: {error}", file=path, error=error.strerror) from None
