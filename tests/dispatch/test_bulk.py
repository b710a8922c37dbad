from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from dispatch import tables
from dispatch.bulk import Bulk, _Ready, _times, insert_all
from dispatch.store import Store
from dispatch.utc_time import sqlite_time

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
EAST = timezone(timedelta(hours=8))


@pytest.fixture
def store():
    made = Store("sqlite://")
    made.migrate()
    yield made
    made.close()


def reading(number: int, at: datetime = AT) -> dict[str, object]:
    return {
        "device_id": f"D{number}",
        "at": at,
        "received_at": AT,
        "values": {"n": number, "名": 0.5},
        "doubt": "",
    }


def test_rows_come_back_as_they_were_given(store):
    rows = [reading(1), reading(2, AT.astimezone(EAST)), reading(3)]
    insert = insert_all(tables.readings)
    with store.writing() as connection:
        assert insert(connection, rows) == 3
        assert insert(connection, []) == 0
    with store.reading() as connection:
        found = connection.execute(sa.select(tables.readings)).mappings().all()
    assert [{**row, "id": None} for row in found] == [
        {**row, "id": None} for row in rows
    ]
    assert [row["id"] for row in found] == [1, 2, 3]


def test_it_writes_what_execute_writes(store):
    """The store's own text, byte for byte: times sort, JSON is the same."""
    with store.writing() as connection:
        insert_all(tables.readings)(connection, [reading(1)])
        connection.execute(sa.insert(tables.readings), [reading(1)])
        one, other = connection.exec_driver_sql(
            'SELECT device_id, at, received_at, "values", doubt FROM readings'
        ).all()
    assert tuple(one) == tuple(other)


def test_times_are_written_as_the_store_writes_them():
    zones = [UTC, EAST, timezone(timedelta(hours=-3, minutes=-30))]
    column = [
        datetime(year, 2, 28, 23, 59, 59, micros, tzinfo=zone)
        for year in (999, 1970, 2026, 9998)
        for micros in (0, 1, 100_000, 999_999)
        for zone in zones
    ]
    assert _times([None, *column]) == [None, *map(sqlite_time, column)]


def test_an_update_says_how_many_rows_it_met(store):
    update = Bulk(
        sa.update(tables.readings)
        .where(tables.readings.c.device_id == sa.bindparam("key_", type_=sa.String))
        .values(doubt=sa.bindparam("doubt")),
        ["doubt", "key_"],
    )
    with store.writing() as connection:
        insert_all(tables.readings)(connection, [reading(1), reading(2)])
        assert update(connection, [{"doubt": "clock", "key_": "D2"}]) == 1
        assert update(connection, [{"doubt": "clock", "key_": "D9"}]) == 0


def test_a_row_without_one_of_the_names_is_a_fault(store):
    row = reading(1)
    del row["doubt"]
    with store.writing() as connection, pytest.raises(KeyError):
        insert_all(tables.readings)(connection, [row])


def test_postgresql_gets_names_and_times_with_a_zone():
    insert = insert_all(tables.messages)
    ready = _Ready(insert._statement, insert._names, postgresql.dialect())
    row = {"device_id": "D1", "sequence": 7, "received_at": AT.astimezone(EAST)}
    assert "%(device_id)s" in ready.text
    (parameters,) = ready.parameters([row])
    assert parameters == {"device_id": "D1", "sequence": 7, "received_at": AT}
    assert parameters["received_at"].tzinfo is UTC
