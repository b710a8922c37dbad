"""What was asked and is not answered yet, and what was refused.

After a key the row shows `…` until the store answers, `等待服务` when that takes
more than two seconds, and the refusal in words where there was one.
"""

import logging
from collections.abc import Collection
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dispatch.commands import Refused

_log = logging.getLogger("lookout.actions")

WAITS_AFTER = timedelta(seconds=2)
REFUSAL_STAYS = timedelta(seconds=60)
REFUSAL_READ = timedelta(seconds=3)  # what altered its case sooner is what it speaks of
# These change no case's state, so they block nothing.
ASIDE = frozenset(
    {
        "note",
        "acknowledge",
        "steps",
        "complete",
        "promise",
        "called_back",
        "circular",
        "rule",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """One command under way.

    Attributes:
        command_id: Its id; the change that answers it carries the same.
        action: Which action asked.
        case_id: The case it is about, or None for a new one.
        since: When it was asked.
        number: The change that answers it, once the receipt named it.
    """

    command_id: str
    action: str
    case_id: int | None
    since: datetime
    number: int | None = None

    def waits(self, now: datetime) -> bool:
        """Return whether it takes so long that the desk says 等待服务."""
        return now - self.since >= WAITS_AFTER


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One refusal that still stands at its row."""

    refused: Refused
    action: str
    case_id: int | None
    at: datetime


class Ledger:
    """Keeps what is pending and what was refused, by case.

    Thread: UI only.
    """

    def __init__(self) -> None:
        self._pending: dict[str, Pending] = {}
        self._refusals: dict[int | None, Refusal] = {}
        self._refused_reports: dict[str, Refused] = {}  # until their forms took them

    def ask(self, pending: Pending) -> None:
        """Note a command that was just sent; an older refusal is forgotten."""
        self._pending[pending.command_id] = pending
        self._refusals.pop(pending.case_id, None)

    def receipt(self, command_id: str, number: int) -> None:
        """Note which change answers a command."""
        old = self._pending.get(command_id)
        if old is not None:
            self._pending[command_id] = Pending(
                command_id=old.command_id,
                action=old.action,
                case_id=old.case_id,
                since=old.since,
                number=number,
            )

    def settle(self, command_ids: frozenset[str], number: int) -> list[Pending]:
        """Take out what is on the board now: by its id, or by its number."""
        done = [
            each
            for each in self._pending.values()
            if each.command_id in command_ids
            or (each.number is not None and each.number <= number)
        ]
        for each in done:
            del self._pending[each.command_id]
        return done

    def refuse(self, command_id: str, refused: Refused, at: datetime) -> Pending | None:
        """Note a refusal; return what it refused."""
        pending = self._pending.pop(command_id, None)
        if pending is not None:
            self.note(pending.case_id, pending.action, refused, at)
            if pending.action == "report":
                self._refused_reports[command_id] = refused
        return pending

    def take_report_refusal(self, command_id: str) -> Refused | None:
        """Return why this one report was refused, once: its form says it from now."""
        return self._refused_reports.pop(command_id, None)

    def note(
        self, case_id: int | None, action: str, refused: Refused, at: datetime
    ) -> None:
        """Note a refusal that never left the desk."""
        self._refusals[case_id] = Refusal(
            refused=refused, action=action, case_id=case_id, at=at
        )

    def of_case(self, case_id: int | None) -> Pending | None:
        """Return what is under way for a case."""
        for pending in self._pending.values():
            if pending.case_id == case_id:
                return pending
        return None

    def blocking(self, case_id: int | None) -> list[Pending]:
        """Return what is under way that the next step of a case depends on."""
        return [
            pending
            for pending in self._pending.values()
            if pending.case_id == case_id and pending.action not in ASIDE
        ]

    def acknowledging(self, case_id: int | None) -> Pending | None:
        """Return what acknowledges an alarm of a case already."""
        for pending in self._pending.values():
            if pending.case_id == case_id and pending.action in ("acknowledge", "take"):
                return pending
        return None

    def of_command(self, command_id: str) -> Pending | None:
        """Return a command that is under way."""
        return self._pending.get(command_id)

    def refusal(self, case_id: int | None) -> Refusal | None:
        """Return the refusal that stands at a case's row."""
        return self._refusals.get(case_id)

    def forget_refusal(self, case_id: int | None) -> bool:
        """Take a refusal away; return whether there was one."""
        return self._refusals.pop(case_id, None) is not None

    def overtake(self, case_ids: Collection[int], now: datetime) -> bool:
        """Let refusals of cases go that went on since; return whether there were any."""
        old = [
            case_id
            for case_id in case_ids
            if (refusal := self._refusals.get(case_id)) is not None
            and now - refusal.at > REFUSAL_READ
        ]
        for case_id in old:
            del self._refusals[case_id]
        return bool(old)

    def age(self, now: datetime) -> bool:
        """Let old refusals go; return whether anything looks different now."""
        old = [
            key
            for key, refusal in self._refusals.items()
            if now - refusal.at > REFUSAL_STAYS
        ]
        for key in old:
            del self._refusals[key]
        second = timedelta(seconds=1.5)
        turned = any(
            WAITS_AFTER <= now - each.since <= WAITS_AFTER + second
            for each in self._pending.values()
        )
        return bool(old) or turned

    def __len__(self) -> int:
        return len(self._pending)


def refusal_in(future: "Future[Any]") -> Refused | None:
    """Return why a command that was answered was refused, or None where it was done."""
    try:
        error = future.exception()
    except CancelledError:
        return Refused("no_answer", "the desk was closing")
    if error is None or isinstance(error, Refused):
        return error
    _log.error("no answer from the service: %s: %s", type(error).__name__, error)
    return Refused("no_answer", "the service gave no answer")
