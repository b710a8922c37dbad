import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bus_kit import DESK, TOWN, Kit

from dispatch import tables
from dispatch.changes import AlarmChanged, CaseChanged, Change
from dispatch.feed import Committed, Feed
from dispatch.packing import CHANGE_KINDS, Packed, pack, unpack
from dispatch.profile_use import UseProfile
from dispatch.store import Store
from dispatch.working import load_working_set


def test_changes_are_numbered_without_a_gap_and_come_in_slices(kit: Kit) -> None:
    kit.settle(kit.raise_case())
    kit.bus.handle_batch([kit.position(), kit.reading()])
    kit.bus.flush_coalesced()
    number = kit.feed.number()
    found: list[Change] = []
    while slice_ := kit.feed.since(len(found), limit=5):
        found.extend(slice_)
    assert [change.number for change in found] == list(range(1, number + 1))
    assert kit.feed.since(number) == []


def test_a_change_is_read_back_as_it_was_written(kit: Kit) -> None:
    kit.settle(kit.raise_case())
    kit.bus.handle(UseProfile(actor=DESK, profile="core"))
    kit.bus.handle_batch([kit.position(), kit.reading()])
    kit.bus.flush_coalesced()
    changes = kit.feed.since(0, limit=10_000)
    # What is withheld from a station stands in no feed.
    assert {pack(change)[0] for change in changes} == {*CHANGE_KINDS} - {"withheld"}
    for change, (number, kind, body) in zip(
        changes, kit.feed.packed(0, limit=10_000), strict=True
    ):
        assert change.number == number
        assert unpack(kind, body) == change
        assert pack(change) == (kind, body)


def test_an_alarm_and_its_case_come_together(kit: Kit) -> None:
    before = kit.feed.number()
    kit.bus.handle(kit.alarm())
    case, alarm = kit.feed.since(before)
    assert isinstance(case, CaseChanged)
    assert isinstance(alarm, AlarmChanged)
    assert alarm.alarm.case_id == case.case.case_id


def test_a_snapshot_has_the_town_and_what_is_open(kit: Kit) -> None:
    closed, opened = kit.report(), kit.report()
    kit.settle(closed)
    kit.clock.go(hours=25)
    kit.bus.handle(kit.alarm())
    snapshot = kit.feed.snapshot()
    assert snapshot.town == TOWN
    assert snapshot.number == kit.feed.number()
    ids = [case.case_id for case in snapshot.cases]
    assert opened in ids
    assert closed not in ids
    assert {entry.case_id for entry in snapshot.entries} == set(ids)


GROWING = ("cases", "case_clocks", "alarms", "log_entries")


def asked_at_the_start(kit: Kit) -> list[tuple[str, Any]]:
    """Return what a desk and a service ask of the tables that grow."""
    asked: list[tuple[str, Any]] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *more: Any) -> None:
        asked.append((statement, more[0]))

    sa.event.listen(sa.Engine, "before_cursor_execute", heard)
    try:
        kit.feed.snapshot()
        load_working_set(kit.store)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", heard)
    grown = re.compile(rf"FROM ({'|'.join(GROWING)})\b")
    return [each for each in asked if grown.search(each[0])]


def test_what_a_desk_or_service_starts_with_is_found_by_indexes(kit: Kit) -> None:
    kit.raise_case()
    asked = asked_at_the_start(kit)
    # Which cases, they, their clocks, three ways to alarms of both, and entries.
    assert len(asked) == 13
    if not kit.store.is_sqlite:
        _forget_statistics(kit.store)
    with kit.store.reading() as connection:
        if kit.store.is_sqlite:
            for statement, values in asked:
                steps = connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", values
                )
                named = [str(step.detail) for step in steps]
                assert not [
                    s for s in named if re.match(rf"SCAN ({'|'.join(GROWING)})", s)
                ]
            return
        for way in ("seqscan", "hashjoin", "mergejoin"):  # there are no rows
            connection.exec_driver_sql(f"SET enable_{way} = off")
        for statement, values in asked:
            plan = connection.exec_driver_sql(
                f"EXPLAIN (FORMAT JSON) {statement}", values
            ).scalar_one()
            for node in _nodes(plan[0]["Plan"]):
                if node.get("Relation Name") in GROWING or "Index Name" in node:
                    is_sought = node["Node Type"] == "Bitmap Heap Scan"
                    assert is_sought or "Index Cond" in node, node


@pytest.mark.parametrize("kit", ["postgresql"], indirect=True)
def test_no_table_is_read_through_where_many_cases_are_open(kit: Kit) -> None:
    """A thousand of ten thousand: named by a question, they would all be read."""
    ended = kit.raise_case()
    kit.settle(ended)
    begun = kit.report()
    copy(kit.store, begun, 1000)
    copy(kit.store, ended, 9000)
    with kit.store.writing() as connection:
        connection.exec_driver_sql("ANALYZE")
    snapshot = kit.feed.snapshot()
    assert len(snapshot.cases) == 1002
    asked = asked_at_the_start(kit)
    with kit.store.reading() as connection:
        for statement, values in asked:
            plan = connection.exec_driver_sql(
                f"EXPLAIN (FORMAT JSON) {statement}", values
            ).scalar_one()
            for node in _nodes(plan[0]["Plan"]):
                assert node["Node Type"] != "Seq Scan", (statement, node)


SLICE = 1000


def copy(store: Store, case_id: int, times: int) -> None:
    """Write a case so many times more, with all that lies by it; an end lies far back."""
    new = f"t.case_id + {times * 10} + n"
    ago = "CASE t.moment WHEN 'closed' THEN t.at - interval '9 days' ELSE t.at END"
    for table, changed in (
        (tables.cases, {"case_id": new, "number": f"'{times}-' || n"}),
        (tables.case_clocks, {"case_id": new, "at": ago}),
        (
            tables.alarms,
            {
                "case_id": new,
                "alarm_id": f"t.alarm_id + {times * 10} + n",
                "active": "false",
            },
        ),
        (tables.log_entries, {"case_id": new, "id": "t.id * 1000000 + n"}),
    ):
        names = [column.name for column in table.columns]
        values = ", ".join(changed.get(name, f"t.{name}") for name in names)
        for first in range(1, times + 1, SLICE):  # within the client's patience
            last = min(first + SLICE - 1, times)
            with store.writing() as connection:
                connection.exec_driver_sql(
                    f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {values}"
                    f" FROM {table.name} t, generate_series({first}, {last}) n"
                    f" WHERE t.case_id = {case_id}"
                )


def _forget_statistics(store: Store) -> None:
    """Let PostgreSQL plan as for tables it knows nothing of, whoever had them before."""
    named = ", ".join(f"'{name}'::regclass" for name in GROWING)
    with store.writing() as connection:
        connection.exec_driver_sql(
            f"DELETE FROM pg_statistic WHERE starelid IN ({named})"
        )
        connection.exec_driver_sql(
            "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid IN"
            f" ({named}) OR oid IN"
            f" (SELECT indexrelid FROM pg_index WHERE indrelid IN ({named}))"
        )


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def test_times_of_changes_never_run_backwards(kit: Kit) -> None:
    kit.report()
    kit.clock.at -= timedelta(days=20)
    case_id = kit.report()
    first, second = kit.feed.since(kit.feed.number() - 2)
    assert second.at >= first.at
    # A clock that ran ahead and was put right does not hold up those of cases.
    assert kit.case(case_id).opened_at == kit.clock()
    kit.clock.at += timedelta(days=20)
    kit.bus = kit.new_bus()
    assert kit.case(kit.report()).number.endswith("1230002")


def test_any_thread_may_read_while_the_writer_writes(kit: Kit) -> None:
    seen: list[int] = []
    done = threading.Event()

    def follow() -> None:
        number = 0
        while not (done.is_set() and number == kit.feed.number()):
            for change in kit.feed.since(number):
                assert change.number == number + 1
                number = change.number
            seen.append(kit.feed.snapshot().number)

    reader = threading.Thread(target=follow)
    reader.start()
    for _ in range(60):
        kit.bus.handle_batch([kit.alarm(), kit.alarm("S2")])
    done.set()
    reader.join(timeout=30)
    assert seen == sorted(seen)
    assert seen[-1] == kit.feed.number()


def test_what_the_writer_gives_is_not_read_and_what_is_missing_is(kit: Kit) -> None:
    asked: list[int] = []

    class Asked(Feed):
        def packed(self, number: int, limit: int = 500) -> list[Packed]:
            asked.append(number)
            return super().packed(number, limit)

    kit.raise_case()
    whole = kit.feed.packed(0, limit=10_000)
    newest = len(whole)
    committed = Committed(Asked(kit.store), every_s=3600.0, page=3)
    assert committed.after(newest) == []
    assert asked == [newest]
    committed.add(whole[:2])
    committed.add(whole[2:8])
    assert committed.after(0) == whole[:2]
    assert committed.after(2) == whole[2:5]  # a page
    assert committed.after(5) == whole[5:8]
    committed.add(whole[:2])  # long known
    assert asked == [newest]
    committed.add(whole[8:9])
    assert committed.after(7) == whole[7:10]  # of which one was missing
    assert asked == [newest, 7]
    committed.add(whole[10:11])
    assert committed.after(10) == whole[10:11]
    assert asked == [newest, 7]
