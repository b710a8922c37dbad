"""The bus: the only place where a transaction starts.

A command comes in; its role is checked, its handler changes things in a unit of
work, everything is committed together, and a receipt or a refusal goes back. A
command is applied at most once: those of desks and terminals by their id, devices'
messages by device and sequence.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError

from dispatch import stations, tables
from dispatch.calendar import WorkCalendar
from dispatch.changes import DevicesRead, UnitsMoved
from dispatch.commands import (
    Command,
    DeviceCommand,
    ImportTown,
    OpenStream,
    Refused,
    ReportCase,
)
from dispatch.handlers import HANDLERS
from dispatch.handling import Means, Secrets
from dispatch.handling_rules import due_rules, is_to_look_over, keep_rule, look_over
from dispatch.notify.book import Notifier
from dispatch.packing import Packed
from dispatch.people import SYSTEM
from dispatch.profile_use import UseProfile
from dispatch.profiles import in_use
from dispatch.receipts import Receipt as Receipt
from dispatch.rule_changes import SetRule
from dispatch.rules_known import RuleKey
from dispatch.stages import Timing
from dispatch.store import Store
from dispatch.taking_over import take_over
from dispatch.taxonomy import Taxonomy
from dispatch.timekeeping import is_due, keep_time
from dispatch.work import UnitOfWork
from dispatch.working import StoreMovedError, WorkingSet, load_working_set

# What a store says of one command's values, not of its own health.
_UNSTORABLE = (IntegrityError, DataError, OverflowError, UnicodeError)
# Parameters in one statement; PostgreSQL and SQLite both take far more.
_CHUNK = 400


class Bus:
    """Applies commands, one transaction each, or one for a batch of messages.

    Thread: one writer thread; the first call decides which.

    Args:
        store: Migrated, and written by nobody else.
        clock: The service's time.
        secrets: The sealed store of log-ins.
        on_commit: Called with the changes of each commit that made any.
        taxonomy: Categories and rules; those of the profile in use if None.
        holidays: Days not worked.
        workdays: Weekend days worked instead.
        kinds: The device kinds that may be enrolled; any if None.
        notifiers: Returns the ways to reach people there are now; none if not given.
        stations: Returns the departments that have a station now; none if not given.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime],
        secrets: Secrets | None = None,
        on_commit: Callable[[Sequence[Packed]], None] | None = None,
        taxonomy: Taxonomy | None = None,
        holidays: Iterable[date] = (),
        workdays: Iterable[date] = (),
        kinds: frozenset[str] | None = None,
        notifiers: Callable[[], tuple[Notifier, ...]] = tuple,
        stations: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self._store = store
        self._clock = clock
        self._secrets = secrets
        self._on_commit = on_commit
        self._taxonomy = taxonomy
        self._holidays = frozenset(holidays)
        self._workdays = frozenset(workdays)
        self._kinds = kinds
        self._notifiers = notifiers
        self._stations = stations
        self._working: WorkingSet | None = None
        self._former: WorkingSet | None = None
        self._means: Means | None = None

    @property
    def number(self) -> int:
        """Return the number of the newest change."""
        return self._at_hand()[0].numbers["change"]

    def reload(self) -> None:
        """Forget what is kept in mind: somebody else has written to the store."""
        self._begin_anew()
        if self._former is not None:
            self._former.watched = {}  # not cleared: a work may yet be taken back

    def handle(self, command: Command) -> Receipt:
        """Apply one command in a transaction of its own.

        Raises:
            Refused: It may not be done; nothing was.
        """
        if isinstance(command, DeviceCommand):
            (outcome,) = self.handle_batch((command,))
            if isinstance(outcome, Refused):
                raise outcome
            return outcome
        _check_role(command)
        working, means = self._at_hand()
        # A view is logged and answered each time: it is no one's to repeat.
        is_view = isinstance(command, OpenStream)
        if not is_view:
            earlier = self._applied([command.command_id]).get(command.command_id)
            if earlier is not None:
                return _again(command, earlier)
        work = UnitOfWork(self._store, working, at=self._clock(), timing=means.timing)
        work.command = command
        try:
            _check_scope(work, command)
            value = HANDLERS[type(command)](work, command, means)
            if not is_view:
                work.note_applied(command.command_id, _kept_value(value))
            number = self._commit(work)
        except BaseException:
            work.back_to()
            raise
        is_town = isinstance(command, ImportTown) and command.town is not None
        if is_town or isinstance(command, UseProfile | SetRule):
            self._begin_anew()  # town, profile or rules are others
        return Receipt(command.command_id, number, value=value)

    def handle_batch(self, commands: Sequence[Command]) -> list[Receipt | Refused]:
        """Apply a drained batch in one commit; what is refused is left out of it.

        A command whose values cannot be stored is refused by itself, so that it
        does not hold up the others for ever.
        """
        if not commands:
            return []
        try:
            return self._apply(commands)
        except _UNSTORABLE as error:
            if len(commands) > 1:
                return [self.handle_batch((command,))[0] for command in commands]
            return [
                Refused(
                    "unstorable",
                    f"what was sent cannot be stored ({type(error).__name__})",
                )
            ]

    def flush_coalesced(self, now: datetime | None = None) -> int | None:
        """Tell the newest positions and readings; called each second.

        Args:
            now: The time of the change; the clock's if None.

        Returns:
            The newest change number, or None where there was nothing to tell.
        """
        working, means = self._at_hand()
        if not working.fixes and not working.reads:
            return None
        work = UnitOfWork(
            self._store, working, at=now or self._clock(), timing=means.timing
        )
        try:
            _tell_fixes(work)
            _tell_reads(work)
            return self._commit(work)
        except BaseException:
            work.back_to()
            raise

    def due_cases(self) -> list[int]:
        """Return the cases of which the clock asks something; asked each second."""
        working, means = self._at_hand()
        at = self._clock()
        return [
            case.case_id
            for case in working.things["case"].values()
            if is_due(case, at, means.timing)
        ]

    def due_rules(self) -> list[RuleKey]:
        """Return the rules' subjects of which it asks something; asked each second.

        What no rule stands for any more is let go first.
        """
        working, means = self._at_hand()
        if is_to_look_over(working):
            with self._whole(working, means) as work:
                seen = look_over(work, means.taxonomy.watch)
            working.looked_over = seen
        return due_rules(working, self._clock())

    def keep_time(self, due: int | RuleKey) -> None:
        """Do what is due by now with a case, or with a rule's subject."""
        working, means = self._at_hand()
        with self._whole(working, means) as work:
            if isinstance(due, int):
                keep_time(work, work.case(due), means)
            else:
                keep_rule(work, due, means)

    # -- inside ---------------------------------------------------------------

    def _begin_anew(self) -> None:
        self._former, self._working = self._working or self._former, None

    @contextmanager
    def _whole(self, working: WorkingSet, means: Means) -> Iterator[UnitOfWork]:
        """Commit what is done in a unit of work, or take all of it back."""
        work = UnitOfWork(self._store, working, at=self._clock(), timing=means.timing)
        try:
            yield work
            self._commit(work)
        except BaseException:
            work.back_to()
            raise

    def _at_hand(self) -> tuple[WorkingSet, Means]:
        if self._working is None or self._means is None:
            self._working = load_working_set(self._store)
            calendar = WorkCalendar(
                zone=self._working.zone,
                holidays=self._holidays,
                workdays=self._workdays,
            )
            taxonomy = self._taxonomy or in_use(self._working.profile)
            if self._former is not None and self._means is not None:
                was = self._means.taxonomy.watch
                take_over(self._former, self._working, was, taxonomy.watch)
            self._former = None
            self._means = Means(
                taxonomy=taxonomy,
                timing=Timing(calendar=calendar, taxonomy=taxonomy),
                secrets=self._secrets,
                kinds=self._kinds,
                notifiers=self._notifiers,
                stations=self._stations,
            )
        return self._working, self._means

    def _apply(self, commands: Sequence[Command]) -> list[Receipt | Refused]:
        working, means = self._at_hand()
        seen = self._stored_messages(commands)
        applied = self._applied(
            [c.command_id for c in commands if not isinstance(c, DeviceCommand)]
        )
        work = UnitOfWork(self._store, working, at=self._clock(), timing=means.timing)
        outcomes: list[Receipt | Refused | None] = []
        try:
            for command in commands:
                work.command = command
                if isinstance(command, DeviceCommand):
                    message = (command.device_id, command.sequence)
                    if message in seen:
                        outcomes.append(
                            Receipt(command.command_id, working.numbers["change"], True)
                        )
                        continue
                    outcome = _try(work, command, means)
                    if outcome is None:
                        seen.add(message)
                        work.seen_message(*message, command.received_at)
                else:
                    earlier = applied.get(command.command_id)
                    if earlier is not None:
                        outcomes.append(_again(command, earlier))
                        continue
                    outcome = _try(work, command, means)
                    if outcome is None:
                        applied[command.command_id] = (working.numbers["change"], None)
                        work.note_applied(command.command_id, None)
                outcomes.append(outcome)
            number = self._commit(work)
        except BaseException:
            work.back_to()
            raise
        return [
            Receipt(command.command_id, number) if outcome is None else outcome
            for command, outcome in zip(commands, outcomes, strict=True)
        ]

    def _commit(self, work: UnitOfWork) -> int:
        working, _ = self._at_hand()
        if work.is_empty:
            work.back_to()
            return working.numbers["change"]
        try:
            packed = work.commit()
        except StoreMovedError:
            self.reload()
            raise
        if packed and self._on_commit is not None:
            self._on_commit(packed)
        return working.numbers["change"]

    def _applied(self, command_ids: Sequence[str]) -> dict[str, tuple[int, int | None]]:
        applied = tables.applied_commands
        found: dict[str, tuple[int, int | None]] = {}
        for start in range(0, len(command_ids), _CHUNK):
            with self._store.reading() as connection:
                for row in connection.execute(
                    sa.select(
                        applied.c.command_id, applied.c.number, applied.c.value
                    ).where(
                        applied.c.command_id.in_(command_ids[start : start + _CHUNK])
                    )
                ):
                    found[row.command_id] = (row.number, row.value)
        return found

    def _stored_messages(self, commands: Sequence[Command]) -> set[tuple[str, int]]:
        """Return which messages are stored already.

        A number above the highest of its device is new without asking; only what
        lies below is looked up.
        """
        working, _ = self._at_hand()
        doubtful = [
            (command.device_id, command.sequence)
            for command in commands
            if isinstance(command, DeviceCommand)
            and command.sequence <= working.sequences.get(command.device_id, -1)
        ]
        messages = tables.messages
        found: set[tuple[str, int]] = set()
        for start in range(0, len(doubtful), _CHUNK):
            with self._store.reading() as connection:
                found.update(
                    (row.device_id, row.sequence)
                    for row in connection.execute(
                        sa.select(messages.c.device_id, messages.c.sequence).where(
                            sa.tuple_(messages.c.device_id, messages.c.sequence).in_(
                                doubtful[start : start + _CHUNK]
                            )
                        )
                    )
                )
        return found


def _check_role(command: Command) -> None:
    if not command.needs <= command.actor.roles:
        missing = sorted(command.needs - command.actor.roles)
        raise Refused(
            "role",
            f"{type(command).__name__} needs the role {', '.join(missing)}",
            roles=" ".join(missing),
        )


def _check_scope(work: UnitOfWork, command: Command) -> None:
    """Refuse a station what is not about a case of its own, as that stands now."""
    scope = command.actor.scope
    if scope is None:
        return
    if not isinstance(command, stations.COMMANDS):
        name = type(command).__name__
        raise Refused("not_for_station", f"a station does not ask {name}")
    try:
        case = work.case(command.case_id)
    except Refused:
        raise stations.not_yours() from None
    stations.must_be_own(scope, case, command)


def _try(work: UnitOfWork, command: Command, means: Means) -> Refused | None:
    """Apply a command; take back what it did where it is refused."""
    mark = work.mark()
    try:
        _check_role(command)
        HANDLERS[type(command)](work, command, means)
    except Refused as refusal:
        work.back_to(mark)
        # The refusal travels on as an answer; its frames would hold the batch.
        return refusal.with_traceback(None)
    return None


def _again(command: Command, earlier: tuple[int, int | None]) -> Receipt:
    number, kept = earlier
    value = kept if isinstance(command, ReportCase) else None
    return Receipt(command.command_id, number, duplicate=True, value=value)


def _kept_value(value: object) -> int | None:
    """Return what a receipt may keep in the store: numbers, never a log-in."""
    return value if isinstance(value, int) else None


def _tell_fixes(work: UnitOfWork) -> None:
    fixes = tuple(work.working.fixes.values())
    for fix in fixes:
        work.settle(work.working.fixes, fix.unit_id)
        unit = work.unit(fix.unit_id)
        moved = replace(
            unit,
            point=fix.point,
            point_at=fix.point_at,
            accuracy_m=fix.accuracy_m,
            doubt=fix.doubt,
            heading_deg=fix.heading_deg,
        )
        work.keep("unit", moved, tell=False)
    if fixes:
        work.announce(
            lambda number: UnitsMoved(
                number=number,
                at=work.told_at,
                actor=SYSTEM.name,
                seat="",
                command_id="",
                fixes=fixes,
            )
        )


def _tell_reads(work: UnitOfWork) -> None:
    reads = tuple(work.working.reads.values())
    for reading in reads:
        work.settle(work.working.reads, reading.device_id)
        work.keep("reading", reading, tell=False)
    if reads:
        work.announce(
            lambda number: DevicesRead(
                number=number,
                at=work.told_at,
                actor=SYSTEM.name,
                seat="",
                command_id="",
                readings=reads,
            )
        )
