"""Notices 通知: what somebody is to hear of, in words, and what becomes of each.

Pure. A notice is a row written in the commit that caused it, once for each way to
reach people that is for it; what became of it are rows of `deliveries`.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dispatch.case_states import RED_CARD, YELLOW_CARD
from dispatch.cases import Case
from dispatch.circulars import CIRCULAR
from dispatch.commands import Command
from dispatch.notify.contract import ACCEPTED as TAKEN
from dispatch.notify.contract import NOT_SENT, REFUSED, Outcome
from dispatch.people import Role
from dispatch.taxonomy import Taxonomy

DISPATCH, RECALL = "dispatch", "recall"
REMIND, SUPERVISE, DIRECT = "remind", "supervise", "direct"

# What became of a notice. The last four are final.
WAITING, SENDING = "waiting", "sending"
ACCEPTED, FAILED = "accepted", "failed"
GIVEN_UP, UNCERTAIN = "given_up", "uncertain"

# Several of these for one handler become one message: the first waits for others.
GATHERED = frozenset({REMIND, SUPERVISE})
GATHER = timedelta(seconds=60)
# Before it is tried again where certainly nothing went out; then as the last.
RETRY = tuple(timedelta(seconds=s) for s in (5, 15, 30, 60, 120, 300, 600))
# What is told later than this misleads: the desk is told to telephone instead.
STALE = dict.fromkeys((DISPATCH, RECALL, CIRCULAR), timedelta(minutes=30))
STALE_OTHERS = timedelta(hours=12)
TOGETHER = 10  # cases named in one message; the rest is counted

_PLACE = 60  # characters of a place
_BETWEEN = re.compile(r"[/,;，；、|]")  # of several numbers
_DRILL = "演练 "
_SAID = {
    DISPATCH: "派遣任务，请签收",
    RECALL: "任务撤回，不必前往",
    DIRECT: "紧急直报",
    "half": "办理提醒：时限已过半",
    "four_fifths": "办理提醒：时限已过八成",
    "day_before": "办理提醒：距到期一天",
    "due": "办理提醒：已到期",
    "yellow": "黄牌督办",
    "red": "红牌督办",
}
_FURTHER_UP = {"county": "，须报县"}  # 紧急直报, by the level it goes up to
_LEVELS = {YELLOW_CARD: "黄牌督办", RED_CARD: "红牌督办"}


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenNotice:
    """A notice of which nothing final became yet.

    Attributes:
        notice_id: The store's number.
        case_id: Which case.
        case_number: The number people use.
        at: When it was written.
        next_at: When it is to be sent, or tried again.
        cause: Why somebody is told: one of `dispatch.notify.book.CAUSES`.
        notifier: By which way, by its name.
        unit_id: Whom it concerns, or "".
        department: Whose it is, or "".
        text: In words.
        state: `WAITING`, or `SENDING` while nobody knows.
        letter_id: Of the message it was tried in, or "".
        tries: How many times it was.
        reason: Why not yet, or "".
    """

    notice_id: int
    case_id: int
    case_number: str
    at: datetime
    next_at: datetime
    cause: str
    notifier: str
    unit_id: str
    department: str
    text: str
    state: str = WAITING
    letter_id: str = ""
    tries: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One notice of a delivery, as far as its case's log needs it."""

    notice_id: int
    case_id: int
    unit_id: str


@dataclass(frozen=True, kw_only=True)
class NoteDelivery(Command):
    """The service notes what becomes of notices; no desk and no device can ask it.

    Attributes:
        notices: Those of one letter.
        letter_id: That letter's.
        state: What became of it.
        reason: Why, in a stable word, and what the other side said; or "".
        next_at: When it is tried again, or None.
        line: What the logs of its cases say, or "" for nothing.
    """

    needs = frozenset({Role.SYSTEM})

    notices: tuple[Told, ...]
    letter_id: str
    state: str
    reason: str = ""
    next_at: datetime | None = None
    line: str = ""


def text_of(
    case: Case,
    taxonomy: Taxonomy,
    zone: ZoneInfo,
    *,
    cause: str,
    kind: str = "",
    level: int = 0,
    due: datetime | None = None,
    at: datetime,
) -> str:
    """Return what somebody is told of a case: kind, place, number; no person.

    Args:
        case: Which.
        taxonomy: Names its kind.
        zone: The town's.
        cause: Why.
        kind: Of a reminder, its word.
        level: Of 督办, its level.
        due: When its limit runs out, or None.
        at: When this happened.
    """
    said = _SAID.get(kind or cause) or _LEVELS.get(level, "督办")
    if cause == DIRECT:
        said += _FURTHER_UP.get(case.course.level, "")
    what = taxonomy.category(case.category).name_zh
    when = f"{at.astimezone(zone):%m-%d %H:%M}"
    if due is not None:
        when = f"{due.astimezone(zone):%m-%d %H:%M}到期"
    drill = _DRILL if case.drill else ""
    place = case.place_name[:_PLACE]
    return f"{drill}{said}。{what}，{place}，案件号{case.number}，{when}。"


def joined(texts: list[str]) -> str:
    """Return several texts as one; beyond ten they are only counted."""
    if len(texts) == 1:
        return texts[0]
    lines = [f"{n}. {text}" for n, text in enumerate(texts[:TOGETHER], start=1)]
    more = len(texts) - TOGETHER
    tail = [f"另有{more}件。"] if more > 0 else []
    return "\n".join([f"共{len(texts)}件：", *lines, *tail])


def sms_number(phone: str) -> str:
    """Return the number an SMS goes to, of what the register has: the first of several.

    Gaps and dashes are left out; two numbers never become one.
    """
    first = _BETWEEN.split(phone.strip(), maxsplit=1)[0]
    return "".join(sign for sign in first if sign in "+0123456789")


def send_at(cause: str, at: datetime) -> datetime:
    """Return when a notice may be sent at the earliest."""
    return at + GATHER if cause in GATHERED else at


def letters(
    notices: Iterable[OpenNotice], now: datetime, *, alone: Collection[str] = ()
) -> list[tuple[OpenNotice, ...]]:
    """Return what is to be sent now, each group one message, the urgent ones first.

    Circulars come last: there may be a hundred of them before a task that waits.

    What was tried in one message stays in it: a provider that takes a message once
    must get the same again.

    Args:
        notices: Those of which nothing final became yet.
        now: The time.
        alone: Notifiers that write to one address, whomever a notice concerns.
    """
    groups: dict[object, list[OpenNotice]] = {}
    for each in notices:
        if each.state == WAITING:  # of the others nobody knows whether they went out
            groups.setdefault(_together(each, alone), []).append(each)
    due = [
        tuple(group)
        for group in groups.values()
        if min(each.next_at for each in group) <= now
    ]
    return sorted(
        due,
        key=lambda group: (
            group[0].cause == CIRCULAR,
            group[0].cause in GATHERED,
            min(each.next_at for each in group),
            group[0].notice_id,
        ),
    )


def _together(notice: OpenNotice, alone: Collection[str]) -> object:
    if notice.letter_id:
        return notice.letter_id
    if notice.cause in GATHERED:
        return notice.notifier, "" if notice.notifier in alone else notice.unit_id
    return notice.notice_id


def is_stale(notice: OpenNotice, now: datetime) -> bool:
    """Return whether it is too late to tell somebody."""
    return now - notice.at > STALE.get(notice.cause, STALE_OTHERS)


def after(
    outcome: Outcome, *, tries: int, once: bool, now: datetime
) -> tuple[str, datetime | None]:
    """Return what a notice is after a try, and when it is tried again.

    Never twice: what may have gone out is tried again only where the provider takes a
    message of the same id once.

    Args:
        outcome: What the way says.
        tries: How many times it was tried by now, this one included.
        once: The provider does so.
        now: The time.
    """
    if outcome.state == TAKEN:
        return ACCEPTED, None
    if outcome.state == REFUSED:
        return FAILED, None
    if outcome.state != NOT_SENT and not once:
        return UNCERTAIN, None
    return WAITING, now + wait_after(tries)


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries."""
    return RETRY[min(max(tries, 1), len(RETRY)) - 1]


def line_of(kind: str, name: str, state: str, reason: str) -> str:
    """Return what a case's log says of a delivery: stable words, the reason last."""
    way = kind if kind == name else f"{kind}/{name}"
    return f"{way} {state} {reason}".strip()
