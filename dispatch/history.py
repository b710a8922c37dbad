"""Read-only questions, answered from the store without the writer's help."""

from typing import Any

import sqlalchemy as sa

from dispatch import tables
from dispatch.case_search import find_cases
from dispatch.cases import LogEntry
from dispatch.circular_fates import fates_of
from dispatch.circulars import CircularsOf
from dispatch.devices import TERMINALS
from dispatch.devices.common import command_prefix
from dispatch.kin_search import find_earlier, find_kin
from dispatch.numbers import NumberOf
from dispatch.places import Place
from dispatch.questions import (
    ANSWERS as ANSWERS,
)
from dispatch.questions import (
    CaseLog as CaseLog,
)
from dispatch.questions import (
    FindCases as FindCases,
)
from dispatch.questions import (
    FindEarlier as FindEarlier,
)
from dispatch.questions import (
    FindKin as FindKin,
)
from dispatch.questions import (
    FindPlaces as FindPlaces,
)
from dispatch.questions import (
    MessageCounts as MessageCounts,
)
from dispatch.questions import (
    NumberLog as NumberLog,
)
from dispatch.questions import (
    NumberRead as NumberRead,
)
from dispatch.questions import (
    PhotoBytes as PhotoBytes,
)
from dispatch.questions import (
    Quarantined as Quarantined,
)
from dispatch.questions import (
    QuarantineList as QuarantineList,
)
from dispatch.questions import (
    QuarantineReport as QuarantineReport,
)
from dispatch.questions import (
    Query as Query,
)
from dispatch.questions import (
    ReadCase as ReadCase,
)
from dispatch.questions import (
    SimilarTook as SimilarTook,
)
from dispatch.questions import (
    Viewed as Viewed,
)
from dispatch.questions import (
    ViewLog as ViewLog,
)
from dispatch.questions import (
    WholeCase as WholeCase,
)
from dispatch.rows import (
    DEVICES,
    PLACES,
    begins_with,
    entry_of,
    load_all,
    load_cases,
    point_of,
)
from dispatch.rule_changes import TryRule
from dispatch.rule_trials import try_rule
from dispatch.stages import BROKEN_OFF
from dispatch.store import Store

MOST = 1_000  # rows in one answer


def answer(query: Query, store: Store) -> Any:
    """Return the answer to a question; its type stands in `ANSWERS`.

    Thread: any.
    """
    match query:
        case CaseLog():
            return _case_log(query, store)
        case ReadCase():
            return _read_case(query, store)
        case PhotoBytes():
            return _photo_bytes(query, store)
        case QuarantineList():
            return _quarantine(query, store)
        case FindPlaces():
            return _find_places(query, store)
        case FindCases():
            return find_cases(query, store)
        case FindEarlier():
            return find_earlier(query, store)
        case FindKin():
            return find_kin(query, store)
        case ViewLog():
            return _view_log(query, store)
        case NumberLog():
            return _number_log(query, store)
        case MessageCounts():
            return _message_counts(store)
        case CircularsOf():
            return fates_of(query, store, _limit(query.limit))
        case SimilarTook():
            return _similar_took(query, store)
        case TryRule():
            return try_rule(query, store)


def _case_log(query: CaseLog, store: Store) -> tuple[LogEntry, ...]:
    with store.reading() as connection:
        return _entries(connection, query.case_id)


def _read_case(query: ReadCase, store: Store) -> WholeCase:
    with store.reading() as connection:
        found = load_cases(connection, tables.cases.c.case_id == query.case_id)
        if not found:
            return WholeCase(case=None)
        return WholeCase(case=found[0], entries=_entries(connection, query.case_id))


def _entries(connection: sa.Connection, case_id: int) -> tuple[LogEntry, ...]:
    entries = tables.log_entries
    return tuple(
        entry_of(row)
        for row in connection.execute(
            sa.select(entries)
            .where(entries.c.case_id == case_id)
            .order_by(entries.c.id)
        ).mappings()
    )


def _similar_took(query: SimilarTook, store: Store) -> tuple[float, ...]:
    """A stage that somebody broke off says nothing of how long it takes."""
    times = tables.stage_times
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(times.c.begun_at, times.c.ended_at, times.c.paused_s)
            .where(
                times.c.category == query.category,
                times.c.stage == query.stage,
                times.c.ended_by.not_in(BROKEN_OFF),
            )
            .order_by(times.c.ended_at.desc())
            .limit(_limit(query.limit))
        ).all()
    return tuple(
        (row.ended_at - row.begun_at).total_seconds() - row.paused_s for row in rows
    )


def _photo_bytes(query: PhotoBytes, store: Store) -> bytes:
    photos = tables.photos
    with store.reading() as connection:
        data = connection.execute(
            sa.select(photos.c.data).where(photos.c.digest == query.digest)
        ).scalar()
    return b"" if data is None else bytes(data)


def _quarantine(query: QuarantineList, store: Store) -> QuarantineReport:
    aside = tables.quarantine
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(aside).order_by(aside.c.id.desc()).limit(_limit(query.limit))
        ).all()
    return QuarantineReport(
        counts=store.quarantine_counts(),
        frames=tuple(
            Quarantined(
                at=row.at,
                reason=row.reason,
                peer_key=row.peer_key,
                size=row.size,
                frame=bytes(row.frame),
            )
            for row in rows
        ),
    )


def _view_log(query: ViewLog, store: Store) -> tuple[Viewed, ...]:
    log = tables.view_log
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(log)
            .where(log.c.camera_id == query.camera_id)
            .order_by(log.c.at.desc(), log.c.id.desc())
            .limit(_limit(query.limit))
        ).all()
    return tuple(
        Viewed(
            at=row.at,
            actor=row.actor,
            seat=row.seat,
            camera_id=row.camera_id,
            purpose=row.purpose,
            case_id=row.case_id,
        )
        for row in rows
    )


def _number_log(query: NumberLog, store: Store) -> tuple[NumberRead, ...]:
    log = tables.number_log
    wanted = sa.select(log).order_by(log.c.at.desc(), log.c.id.desc())
    if query.case_id is not None:
        wanted = wanted.where(log.c.case_id == query.case_id)
    if query.owner is not None:
        wanted = wanted.where(
            log.c.kind == query.owner.kind, log.c.ref == query.owner.ref
        )
    with store.reading() as connection:
        rows = connection.execute(wanted.limit(_limit(query.limit))).all()
    return tuple(
        NumberRead(
            at=row.at,
            actor=row.actor,
            seat=row.seat,
            case_id=row.case_id,
            owner=NumberOf(kind=row.kind, ref=row.ref),
            deed=row.deed,
        )
        for row in rows
    )


def _find_places(query: FindPlaces, store: Store) -> tuple[Place, ...]:
    words = query.text.lower().split()
    if not words:
        return ()
    finds, places, units = tables.finds, tables.places, tables.units
    cameras = tables.cameras
    # The beginning of a name before its middle, a name before an address.
    rank = sa.case(
        (sa.func.lower(finds.c.name).startswith(words[0], autoescape=True), 0),
        (finds.c.initials.startswith(words[0], autoescape=True), 1),
        (sa.func.lower(finds.c.name).contains(words[0], autoescape=True), 2),
        else_=3,
    )
    wanted = [
        sa.or_(
            finds.c.text.contains(word, autoescape=True),
            finds.c.initials.contains(word, autoescape=True),
        )
        for word in words
    ]
    retired = sa.select(cameras.c.camera_id).where(cameras.c.retired)
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(finds)
            .where(
                *wanted, ~sa.and_(finds.c.kind == "camera", finds.c.ref.in_(retired))
            )
            .order_by(rank, sa.func.length(finds.c.name), finds.c.name, finds.c.ref)
            .limit(_limit(query.limit))
        ).all()
        refs = [row.ref for row in rows if row.kind == "place"]
        full = {
            row["place_id"]: PLACES.thing(row)
            for row in connection.execute(
                sa.select(places).where(places.c.place_id.in_(refs))
            ).mappings()
        }
        # Where these are now; a camera in a vehicle is where its vehicle is.
        bearers = [row.ref for row in rows if row.kind == "unit"]
        carried = {
            row.camera_id: row.unit_id
            for row in connection.execute(
                sa.select(cameras.c.camera_id, cameras.c.unit_id).where(
                    cameras.c.camera_id.in_(
                        [row.ref for row in rows if row.kind == "camera"]
                    ),
                    cameras.c.unit_id != "",
                )
            )
        }
        where_now = {
            row["unit_id"]: point_of(row)
            for row in connection.execute(
                sa.select(units).where(
                    units.c.unit_id.in_([*bearers, *carried.values()])
                )
            ).mappings()
        }
    found = []
    for row in rows:
        if row.kind == "place":
            found.append(full[row.ref])
            continue
        bearer = {"unit": row.ref, "camera": carried.get(row.ref, "")}.get(row.kind, "")
        point = where_now.get(bearer) or point_of(row._mapping)
        if point is not None:
            found.append(
                Place(
                    place_id=row.ref,
                    name=row.name,
                    kind=row.kind,
                    point=point,
                    address=row.detail,
                )
            )
    return tuple(found)


def _limit(asked: int) -> int:
    return max(0, min(asked, MOST))


def _message_counts(store: Store) -> dict[str, int]:
    """Count devices' messages, and the task answers of terminals by command id."""
    messages, applied = tables.messages, tables.applied_commands
    with store.reading() as connection:
        counts = {
            str(device_id): int(count)
            for device_id, count in connection.execute(
                sa.select(messages.c.device_id, sa.func.count()).group_by(
                    messages.c.device_id
                )
            )
        }
        for device in load_all(
            connection, DEVICES, tables.devices.c.kind.in_(TERMINALS)
        ):
            answers = connection.execute(
                sa.select(sa.func.count()).where(
                    begins_with(applied.c.command_id, command_prefix(device))
                )
            ).scalar_one()
            counts[device.device_id] = counts.get(device.device_id, 0) + int(answers)
    return counts
