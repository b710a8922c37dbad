import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from bus_kit import DESK, Kit
from older_store import make_older

from dispatch import tables
from dispatch.board import NO_TOWN
from dispatch.changes import Town
from dispatch.commands import RecallUnit
from dispatch.geo import Point
from dispatch.store import (
    QUARANTINE_FRAME_BYTES,
    QUARANTINE_KEPT,
    SetAside,
    Store,
)

AT = datetime(2026, 11, 23, 2, 0, 0, 123456, tzinfo=UTC)
_SCRIPTS = ScriptDirectory(str(Path(tables.__file__).parent / "migrations"))


@pytest.fixture
def store(store_address: str | sa.URL) -> Iterator[Store]:
    store = Store(store_address)
    store.migrate()
    yield store
    store.close()


def test_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                # The stores' own indexes of what cases are found by.
                "include_name": lambda name, _kind, _parents: (
                    name is None or not name.startswith(("case_index", "ix_case_terms"))
                ),
            },
        )
        assert compare_metadata(context, tables.metadata) == []


def test_migrating_again_changes_nothing(store: Store) -> None:
    store.set_town(NO_TOWN)
    store.migrate()
    assert store.town() == NO_TOWN


def test_cases_that_stood_before_know_how_often_a_unit_was_sent(
    store_address: str | sa.URL,
) -> None:
    """What a task is called must not change with the program."""
    kit = Kit(store_address)
    sent, waiting = kit.report(), kit.report()
    kit.send(sent)
    kit.bus.handle(RecallUnit(actor=DESK, case_id=sent))
    kit.send(sent)
    make_older(kit.store, "0002")
    kit.store.migrate()
    kit.bus = kit.new_bus()
    assert [kit.case(each).sending for each in (sent, waiting)] == [2, 0]
    kit.close()


def test_what_a_meter_said_itself_is_not_taken_for_its_rule_s(
    store_address: str | sa.URL,
) -> None:
    kit = Kit(store_address)
    for meter, text in (("M1", ""), ("M2", "0.00 m³ / 12 h")):
        kit.enrol(meter, "water_meter")
        kit.raise_case(meter, category="B004", text="")
        kit.bus.handle(kit.alarm(meter, category="B004", text=text))
    make_older(kit.store, "0016")
    kit.store.migrate()
    kit.bus = kit.new_bus()
    stand = {each.device_id: each.source for each in kit.board().alarms.values()}
    assert stand == {"M1": "", "M2": "water-12h"}
    kit.close()


def test_a_store_of_the_first_version_loses_nothing(
    store_address: str | sa.URL,
) -> None:
    store = Store(store_address)
    with store.writing() as connection:
        made = sa.MetaData()  # PostgreSQL's come with the tables of today
        made.reflect(connection)
        made.drop_all(connection)
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            _SCRIPTS.get_revision("0001").module.upgrade()
        context.stamp(_SCRIPTS, "0001")
        first = sa.MetaData()
        first.reflect(connection)
        first.remove(first.tables["alembic_version"])
        for table in first.sorted_tables:
            if table.name != "counters":  # its one row is there
                connection.execute(sa.insert(table), _one_row(table))
    before = _rows(store, first)
    assert all(len(rows) == 1 for rows in before.values())
    store.migrate()
    assert _rows(store, first) == before
    with store.reading() as connection:
        assert connection.scalar(sa.select(tables.cameras.c.transport)) == "auto"
    store.close()


_VALUES = {bool: True, int: 1, float: 1.0, str: "1", bytes: b"1", dict: ["1"]}


def _one_row(table: sa.Table) -> dict[str, object]:
    """Return a row with something in every column; what refers finds its row."""
    return {
        column.name: _VALUES.get(column.type.python_type, AT.replace(tzinfo=None))
        for column in table.columns
    }


def _rows(store: Store, metadata: sa.MetaData) -> dict[str, list[sa.Row[Any]]]:
    with store.reading() as connection:
        return {
            table.name: list(connection.execute(sa.select(table)).all())
            for table in metadata.sorted_tables
        }


def test_a_commit_is_on_the_disk_and_foreign_keys_hold(store: Store) -> None:
    with store.writing() as connection:
        said = connection.exec_driver_sql
        if store.is_sqlite:
            assert said("PRAGMA journal_mode").scalar() == "wal"
            assert said("PRAGMA synchronous").scalar() == 2
            assert said("PRAGMA foreign_keys").scalar() == 1
        else:
            assert said("SHOW synchronous_commit").scalar() == "on"
        with pytest.raises(sa.exc.IntegrityError):
            connection.execute(
                sa.insert(tables.case_clocks),
                {"case_id": 1, "moment": "signal", "at": AT},
            )


def test_a_transaction_that_fails_is_rolled_back(store: Store) -> None:
    def fail_halfway() -> None:
        with store.writing() as connection:
            connection.execute(sa.update(tables.counters).values(change_number=7))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    with store.reading() as connection:
        number = connection.execute(sa.select(tables.counters.c.change_number))
        assert number.scalar() == 0


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    counted = sa.select(tables.counters.c.change_number)
    with store.reading() as reader:
        assert reader.execute(counted).scalar() == 0
        with store.writing() as writer:
            writer.execute(sa.update(tables.counters).values(change_number=7))
        assert reader.execute(counted).scalar() == 0
    with store.reading() as reader:
        assert reader.execute(counted).scalar() == 7


def test_times_come_back_aware_whatever_zone_they_went_in_with(store: Store) -> None:
    local = AT.astimezone(timezone(timedelta(hours=8)))
    with store.writing() as connection:
        connection.execute(sa.update(tables.counters).values(changed_at=local))
    with store.reading() as connection:
        kept = connection.execute(sa.select(tables.counters.c.changed_at)).scalar_one()
    assert kept == AT
    assert kept.tzinfo is UTC


def test_the_town_is_kept(store: Store) -> None:
    assert store.town() == NO_TOWN
    town = Town(
        code="330421111",
        name="姚庄镇",
        origin=Point(120.95, 30.91),
        timezone="Asia/Shanghai",
        is_demo=True,
    )
    store.set_town(town)
    store.set_town(town)
    assert store.town() == town


def test_a_store_in_memory_works_alike() -> None:
    store = Store("sqlite://")
    store.migrate()
    store.set_town(NO_TOWN)
    assert store.town() == NO_TOWN
    store.close()


def test_frames_set_aside_are_counted_and_the_newest_kept(store: Store) -> None:
    store.quarantine("bad_json", "key", b"x" * 10_000, AT)
    many = [
        SetAside(reason="unknown_key", peer_key="", frame=b"y", at=AT)
        for _ in range(QUARANTINE_KEPT)
    ]
    store.quarantine_many(many)
    store.quarantine_many([])
    assert store.quarantine_counts() == {"bad_json": 1, "unknown_key": QUARANTINE_KEPT}
    with store.reading() as connection:
        rows = connection.execute(sa.select(tables.quarantine)).all()
    assert len(rows) == QUARANTINE_KEPT
    assert {row.reason for row in rows} == {"unknown_key"}


def test_a_long_frame_is_cut_but_its_size_is_told(store: Store) -> None:
    store.quarantine("oversize", "key", b"x" * 10_000, AT)
    with store.reading() as connection:
        row = connection.execute(sa.select(tables.quarantine)).one()
    assert (row.size, len(row.frame)) == (10_000, QUARANTINE_FRAME_BYTES)


def test_migrations_are_written_out_for_postgresql_too() -> None:
    written = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql",
        opts={"as_sql": True, "output_buffer": written},
    )
    with Operations.context(context):
        for revision in reversed(list(_SCRIPTS.walk_revisions())):
            revision.module.upgrade()
    sql = written.getvalue()
    for table in tables.metadata.sorted_tables:
        assert f"CREATE TABLE {table.name} (" in sql
    assert "TIMESTAMP WITH TIME ZONE" in sql
    assert "BIGSERIAL" in sql
