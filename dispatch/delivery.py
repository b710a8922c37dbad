"""What reaches people: the thread that sends notices and says what became of each.

A notice is marked as being sent, and that mark is on the disk, before anything leaves
this machine. Where the service dies between, nobody can know whether it went out: it is
marked uncertain and not sent again by itself, unless the provider takes a message of
the same id once.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import uuid4

import sqlalchemy as sa

from dispatch import tables
from dispatch.circulars import CIRCULAR
from dispatch.commands import Refused
from dispatch.notices import (
    ACCEPTED,
    GIVEN_UP,
    SENDING,
    UNCERTAIN,
    WAITING,
    NoteDelivery,
    OpenNotice,
    Told,
    after,
    is_stale,
    joined,
    letters,
    line_of,
    sms_number,
    wait_after,
)
from dispatch.notify import log, mail, sms, webhook
from dispatch.notify.book import LOG, SMS, Notifier, NotifierBook
from dispatch.notify.contract import (
    NOT_SENT,
    UNKNOWN,
    Item,
    Letter,
    Login,
    Outcome,
    Way,
)
from dispatch.people import SYSTEM
from dispatch.secrets import Secret, SecretsError, SecretStore
from dispatch.store import STORE_AWAY, Store
from dispatch.writer import Writer, is_away

WAYS: Final[tuple[Way, ...]] = (sms, mail, webhook, log)

TICK_S = 1.0
NOTE_S = 30.0  # the writer is asked again after it; a command counts once
END_S = 5.0  # what is being sent may finish; what does not is uncertain

_log = logging.getLogger(__name__)


def way_of(kind: str) -> Way:
    """Return the way of a kind of notifier."""
    return next(way for way in WAYS if kind == way.KIND)


def login_of(notifier: Notifier, secrets: SecretStore) -> Secret | None:
    """Return the log-in of a notifier; None: it has none.

    Raises:
        KeyError: It should have one, and none is kept.
        SecretsError: The sealed store cannot be opened.
    """
    return secrets.get(notifier.secret_ref) if notifier.secret_ref else None


def attempt(letter: Letter, notifier: Notifier, secrets: SecretStore) -> Outcome:
    """Send a letter and return what became of it; never raises for the other side."""
    try:
        login: Login | None = login_of(notifier, secrets)
    except (KeyError, SecretsError):
        return Outcome(state=NOT_SENT, reason="no_secret")
    return way_of(notifier.kind).send(letter, notifier, login)


@cache
def _asked() -> sa.Select[Any]:
    """Return what is asked each second; to put it together costs more than to ask it."""
    notices, cases, last = tables.notices, tables.cases, tables.deliveries
    each = tables.deliveries.alias()
    of_notice = each.c.notice_id == notices.c.id
    newest = (
        sa.select(sa.func.max(each.c.id))
        .where(of_notice)
        .correlate(notices)
        .scalar_subquery()
    )
    tries = (
        sa.select(sa.func.count())
        .where(of_notice, each.c.state == SENDING)
        .correlate(notices)
        .scalar_subquery()
    )
    return (
        sa.select(
            notices,
            cases.c.number,
            last.c.state,
            last.c.letter_id,
            last.c.reason,
            last.c.next_at,
            tries.label("tries"),
        )
        .select_from(
            notices.join(cases, cases.c.case_id == notices.c.case_id).outerjoin(
                last, last.c.id == newest
            )
        )
        .where(
            notices.c.id > sa.bindparam("beyond"),
            sa.or_(last.c.id.is_(None), last.c.state.in_((WAITING, SENDING))),
        )
        .order_by(notices.c.id)
    )


def open_notices(store: Store, beyond: int = 0) -> list[OpenNotice]:
    """Return the notices of a higher number that nothing final became of yet."""
    with store.reading() as connection:
        return [
            OpenNotice(
                notice_id=row.id,
                case_id=row.case_id,
                case_number=row.number,
                at=row.at,
                next_at=row.next_at or row.send_at,
                cause=row.cause,
                notifier=row.notifier,
                unit_id=row.unit_id,
                department=row.department,
                text=row.text,
                state=row.state or WAITING,
                letter_id=row.letter_id or "",
                tries=row.tries,
                reason=row.reason or "",
            )
            for row in connection.execute(_asked(), {"beyond": beyond})
        ]


class Delivery:
    """Sends what waits, one letter after the other, and keeps trying what did not go.

    Thread: its own; it writes through the writer only, as everybody does.

    Args:
        store: Where notices are read.
        writer: Takes what became of them.
        book: The notifiers there are.
        secrets: Their log-ins.
        clock: The service's time.
    """

    def __init__(
        self,
        store: Store,
        writer: Writer,
        *,
        book: NotifierBook,
        secrets: SecretStore,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._writer = writer
        self._book = book
        self._secrets = secrets
        self._clock = clock
        self._open: dict[int, OpenNotice] = {}
        self._seen = 0
        self._lost: dict[str, str] = {}  # notifiers that do not answer, and why
        self._rests: dict[str, float] = {}  # until when they are left alone, monotonic
        self._failing = ""  # why, while it does not go
        self._closing = threading.Event()
        # A daemon: what a gateway keeps waiting must not keep the service from ending.
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; a letter that is on its way may arrive first."""
        self._closing.set()
        self._thread.join(END_S)

    # -- on its own thread ---------------------------------------------------------

    def _run(self) -> None:
        while not self._closing.wait(TICK_S):
            try:
                self._round()
            except STORE_AWAY:
                self._trouble("the store is away")
            except Exception:  # noqa: BLE001 - outermost loop: else nobody is told
                if not self._failing:
                    _log.exception("seeing to notices failed")
                self._trouble("a fault")
            else:
                self._trouble("")

    def _trouble(self, what: str) -> None:
        if what and not self._failing:
            _log.info("notices wait: %s", what)  # who lost the store has said it
        elif self._failing and not what:
            _log.info("notices are seen to again")
        self._failing = what

    def _round(self) -> None:
        self._look()
        broken_off = {n.letter_id for n in self._open.values() if n.state == SENDING}
        for letter_id in broken_off:
            self._take_up(letter_id)
        for group in self._due():
            if self._closing.is_set():
                return
            if group[0].cause == CIRCULAR:  # many: what has come since goes first
                self._look()
                if any(each[0].cause != CIRCULAR for each in self._due()[:1]):
                    return
            if self._answers(group[0].notifier):
                self._deliver(group)

    def _look(self) -> None:
        """Take in the notices that were written since."""
        for notice in open_notices(self._store, self._seen):
            self._seen = notice.notice_id
            self._open[notice.notice_id] = notice

    def _due(self) -> list[tuple[OpenNotice, ...]]:
        """Return the letters of now, in their order, but those of a way that rests."""
        alone = {each.name for each in self._book.all() if each.has_address} | {LOG}
        due = letters(self._open.values(), self._clock(), alone=alone)
        return [group for group in due if self._answers(group[0].notifier)]

    def _answers(self, notifier: str) -> bool:
        return time.monotonic() >= self._rests.get(notifier, 0.0)

    def _take_up(self, letter_id: str) -> None:
        """See to a letter that was on its way when the last service ended."""
        group = [n for n in self._open.values() if n.letter_id == letter_id]
        notifier = self._book.find(group[0].notifier)
        if notifier is not None and notifier.once:
            for each in group:
                self._open[each.notice_id] = replace(each, state=WAITING)
        else:
            self._end(group, UNCERTAIN, "crash")

    def _deliver(self, group: Sequence[OpenNotice]) -> None:
        first, now = group[0], self._clock()
        notifier = self._book.find(first.notifier)
        if notifier is None:
            self._end(group, GIVEN_UP, "removed")
            return
        if is_stale(first, now):
            self._end(group, GIVEN_UP, first.reason or "late")
            return
        letter = self._letter(group, notifier, now)
        if notifier.kind == SMS and not letter.to:  # it had one when this was written
            self._end(group, GIVEN_UP, "no_address")
            return
        if not self._note(group, letter.letter_id, SENDING):
            return  # the store is away: nothing leaves unmarked
        for each in group:  # at hand again only once it is written what became of it
            del self._open[each.notice_id]
        tries = 1 + max(each.tries for each in group)
        outcome = self._send(letter, notifier)
        now = self._clock()
        state, next_at = after(outcome, tries=tries, once=notifier.once, now=now)
        reason = f"{outcome.reason} {outcome.detail}".strip()
        self._note_line(notifier, outcome, tries)
        again = state == WAITING and tries > 1  # the log has the first failure only
        line = "" if again else self._line(first, state, reason)
        while not self._note(
            group, letter.letter_id, state, reason=reason, next_at=next_at, line=line
        ):
            if self._closing.wait(TICK_S):
                return  # the next service finds it marked as being sent
        if next_at is not None:
            for each in group:
                self._open[each.notice_id] = replace(
                    each,
                    letter_id=letter.letter_id,
                    reason=reason,
                    next_at=next_at,
                    tries=tries,
                )

    def _end(self, group: Sequence[OpenNotice], state: str, reason: str) -> None:
        """Give notices up without sending them; where that cannot be written, later."""
        line = self._line(group[0], state, reason)
        if self._note(group, group[0].letter_id, state, reason=reason, line=line):
            for each in group:
                del self._open[each.notice_id]

    def _letter(
        self, group: Sequence[OpenNotice], notifier: Notifier, now: datetime
    ) -> Letter:
        to = notifier.to
        if not to and group[0].unit_id:
            units = tables.units
            asked = sa.select(units.c.phone).where(units.c.unit_id == group[0].unit_id)
            with self._store.reading() as connection:
                to = sms_number(connection.execute(asked).scalar() or "")
        return Letter(
            letter_id=group[0].letter_id or uuid4().hex,
            to=to,
            text=joined([each.text for each in group]),
            items=tuple(
                Item(
                    case_number=each.case_number,
                    cause=each.cause,
                    unit_id=each.unit_id,
                    department=each.department,
                    text=each.text,
                )
                for each in group
            ),
            at=now,
        )

    def _send(self, letter: Letter, notifier: Notifier) -> Outcome:
        try:
            return attempt(letter, notifier, self._secrets)
        except Exception as fault:  # noqa: BLE001 - one bad letter stops no other
            # Not its text: a library's error may repeat what was to be sent.
            where = traceback.extract_tb(fault.__traceback__)[-1]
            _log.error(
                "notifier %s failed: %s at %s:%s",
                notifier.name,
                type(fault).__name__,
                where.filename,
                where.lineno,
            )
            return Outcome(state=UNKNOWN, reason="fault")

    def _note_line(self, notifier: Notifier, outcome: Outcome, tries: int) -> None:
        """Leave a notifier alone that does not answer; say its loss and return once."""
        name = notifier.name
        if outcome.state == NOT_SENT:
            self._rests[name] = time.monotonic() + wait_after(tries).total_seconds()
            if self._lost.get(name) != outcome.reason:
                _log.warning("notifier %s sends nothing: %s", name, outcome.reason)
            self._lost[name] = outcome.reason
        elif outcome.state != UNKNOWN and self._lost.pop(name, ""):
            _log.info("notifier %s sends again", name)

    def _line(self, first: OpenNotice, state: str, reason: str) -> str:
        """Return what the logs of its cases say of a letter.

        Of a circular only whom it did not reach: the others would fill the log.
        """
        name = first.notifier
        if first.cause == CIRCULAR and state == ACCEPTED:
            return ""
        notifier = self._book.find(name)
        if name == LOG and state == ACCEPTED:
            reason = "no_address" if self._book.all() else "no_notifier"
        return line_of(name if notifier is None else notifier.kind, name, state, reason)

    def _note(
        self,
        group: Sequence[OpenNotice],
        letter_id: str,
        state: str,
        *,
        reason: str = "",
        next_at: datetime | None = None,
        line: str = "",
    ) -> bool:
        """Have written what became of a letter; return whether it is on the disk."""
        command = NoteDelivery(
            actor=SYSTEM,
            notices=tuple(
                Told(
                    notice_id=each.notice_id, case_id=each.case_id, unit_id=each.unit_id
                )
                for each in group
            ),
            letter_id=letter_id,
            state=state,
            reason=reason,
            next_at=next_at,
            line=line,
        )
        while True:
            try:
                self._writer.submit(command).result(NOTE_S)
                return True
            except TimeoutError:
                continue  # it counts once, however often it is said
            except Refused as refused:
                if refused.reason != "service_away":
                    raise
                return False
            except Exception as fault:
                if not is_away(fault):
                    raise
                return False
