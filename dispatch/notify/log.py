"""A log file as a way to reach people: someone reads it, or a program that follows.

One line a letter, in the home's log folder; it names cases and units, nobody.
"""

import logging

from dispatch.notify.book import Notifier
from dispatch.notify.contract import ACCEPTED, Letter, Login, Outcome

KIND = "log"

_log = logging.getLogger(__name__)


def send(letter: Letter, _notifier: Notifier, _login: Login | None) -> Outcome:
    """Write a letter down."""
    whom = {each.unit_id or each.department or "-" for each in letter.items}
    _log.info("%s: %s", ", ".join(sorted(whom)), letter.text)
    return Outcome(state=ACCEPTED)


def knock(_notifier: Notifier, _login: Login | None) -> str:
    """Return nothing: a file of one's own is always there."""
    return ""
