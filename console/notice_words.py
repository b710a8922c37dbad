"""What became of a notice, in words; without Qt, for the command line says it too.

A case's log has it as stable words: the way, the state, the reason, what the other
side said.
"""

from collections.abc import Callable

from console.own_name import as_called
from console.plain_words import QT_TRANSLATE_NOOP

Say = Callable[[str], str]

WAYS = {
    "sms": QT_TRANSLATE_NOOP("Notice", "SMS"),
    "mail": QT_TRANSLATE_NOOP("Notice", "Mail"),
    "webhook": QT_TRANSLATE_NOOP("Notice", "Webhook"),
    "log": QT_TRANSLATE_NOOP("Notice", "Notice"),
}
TAKEN = {
    "sms": QT_TRANSLATE_NOOP("Notice", "{way}: taken by the gateway"),
    "mail": QT_TRANSLATE_NOOP("Notice", "{way}: taken by the mail server"),
    "webhook": QT_TRANSLATE_NOOP("Notice", "{way}: received"),
    "log": QT_TRANSLATE_NOOP("Notice", "Written to the log file only"),
}
STATES = {
    "waiting": QT_TRANSLATE_NOOP("Notice", "{way}: not sent yet"),
    "failed": QT_TRANSLATE_NOOP("Notice", "{way}: refused"),
    "given_up": QT_TRANSLATE_NOOP("Notice", "{way}: given up"),
    "uncertain": QT_TRANSLATE_NOOP("Notice", "{way}: uncertain"),
}
REASONS = {
    "no_notifier": QT_TRANSLATE_NOOP(
        "Notice", "no SMS, mail or webhook is set up: lookout notify add --help"
    ),
    "no_address": QT_TRANSLATE_NOOP("Notice", "no number or mailbox is known for it"),
    "unreachable": QT_TRANSLATE_NOOP("Notice", "no connection"),
    "tls": QT_TRANSLATE_NOOP("Notice", "its certificate cannot be trusted"),
    "timeout": QT_TRANSLATE_NOOP("Notice", "no answer in time"),
    "broken": QT_TRANSLATE_NOOP("Notice", "it broke off"),
    "busy": QT_TRANSLATE_NOOP("Notice", "the other side says: not now"),
    "login": QT_TRANSLATE_NOOP("Notice", "the log-in is not accepted"),
    "no_secret": QT_TRANSLATE_NOOP("Notice", "its password cannot be read"),
    "answer": QT_TRANSLATE_NOOP("Notice", "the other side says no"),
    "template": QT_TRANSLATE_NOOP("Notice", "its template does not fit"),
    "removed": QT_TRANSLATE_NOOP("Notice", "this way was removed"),
    "late": QT_TRANSLATE_NOOP("Notice", "it would have come too late"),
    "crash": QT_TRANSLATE_NOOP("Notice", "the service ended while it was being sent"),
    "fault": QT_TRANSLATE_NOOP("Notice", "a fault of ours; see the service's log"),
}
# What follows from each state.
THEN = {
    "accepted": QT_TRANSLATE_NOOP("Notice", "Nobody was reached by it: {why}."),
    "waiting": QT_TRANSLATE_NOOP("Notice", "{why}; it is tried again by itself."),
    "failed": QT_TRANSLATE_NOOP("Notice", "{why}; telephone instead."),
    "given_up": QT_TRANSLATE_NOOP("Notice", "{why}; telephone instead."),
    "uncertain": QT_TRANSLATE_NOOP(
        "Notice",
        "{why}; it may have arrived, so it is not sent again by itself: telephone.",
    ),
}


def why(reason: str, say: Say) -> str:
    """Return a reason in words, with what the other side said of it."""
    word, _, detail = reason.partition(" ")
    known = REASONS.get(word, word)
    said = as_called(known, say(known))
    return f"{said} ({detail})" if detail else said


NONE_SET = QT_TRANSLATE_NOOP("Notice", "no SMS is set up")
RANG = QT_TRANSLATE_NOOP("Notice", "Terminal told; {why}")


def delivery(line: str, say: Say, *, rang: bool = False) -> tuple[str, str]:
    """Return what a line of a case's log says of a delivery: its head, and the rest.

    Args:
        line: As `dispatch.notices.line_of` wrote it.
        say: Returns a text in the reader's language.
        rang: Whoever it is for has a terminal, which was told of the same.
    """
    way, _, rest = line.partition(" ")
    state, _, reason = rest.partition(" ")
    kind, _, name = way.partition("/")
    called = say(WAYS.get(kind, kind))
    if name and name != called:
        called = f"{called} {name}"
    known = TAKEN.get(kind) if state == "accepted" else STATES.get(state)
    if known is None:
        return line, ""
    if rang and rest == "accepted no_notifier":
        return say(RANG).format(why=say(NONE_SET)), ""
    then = say(THEN[state]).format(why=why(reason, say)) if reason else ""
    return say(known).format(way=called), then
