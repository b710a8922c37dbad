"""What only grows is taken away in order, and no desk misses anything by it."""

import tempfile
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from bus_kit import Kit, picture_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from line_parts import LI, Desk, until

from dispatch import retention, tables, writer
from dispatch.board import Board
from dispatch.commands import ReportCase
from dispatch.feed import Feed
from dispatch.geo import Point
from dispatch.profiles import load_taxonomy
from dispatch.retention import Retirement
from dispatch.service import Service
from dispatch.store import Store
from dispatch.taxonomy import Retention
from resources.home import Home

KEPT = Retention(changes_days=2, positions_days=3, readings_days=1)
GROWING = (tables.changes, tables.positions, tables.readings)

acts = st.one_of(
    st.sampled_from(["report", "alarm", "position", "reading", "flush", "step"]),
    st.sampled_from(["follow", "step"]),
    st.integers(1, 40),  # hours go by
)


def rows(store: Store, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
    with store.reading() as connection:
        order = next(iter(table.primary_key))
        return list(connection.execute(sa.select(table).order_by(order)))


def catch_up(board: Board, feed: Feed) -> None:
    """Bring a board up to date as the desk line does."""
    while packed := feed.packed(board.number, 7):
        if packed[0][0] != board.number + 1:
            board.load(feed.snapshot())
            return
        board.apply(feed.since(board.number, 7))


@pytest.mark.parametrize("new_address", ["sqlite", "postgresql"], indirect=True)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(wanted=st.lists(acts, min_size=5, max_size=30))
def test_nothing_young_is_lost_and_no_board_has_a_gap(
    new_address: Callable[[str], str | sa.URL], wanted: list[str | int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(retention, "SLICE", 3)
        patch.setattr(retention, "CHANGES_LEFT", 2)
        taken = tuple(
            retention._Growing(each.order, each.came_at, each.days, min(each.left, 2))
            for each in retention._GROWING
        )
        patch.setattr(retention, "_GROWING", taken)
        kit = Kit(new_address(folder))
        try:
            _live(kit, wanted)
        finally:
            kit.close()


def _live(kit: Kit, wanted: list[str | int]) -> None:
    board = kit.board()
    retirement = Retirement(kit.store, KEPT)
    for each in wanted:
        match each:
            case int():
                kit.clock.go(hours=each)
            case "report":
                kit.report()
            case "alarm":
                kit.bus.handle_batch([kit.alarm()])
            case "position" | "reading":
                kit.bus.handle_batch([getattr(kit, each)()])
            case "flush":
                kit.bus.flush_coalesced()
            case "follow":
                catch_up(board, kit.feed)
            case "step":
                before = {table.name: rows(kit.store, table) for table in GROWING}
                retirement.step(kit.clock())
                _check(kit, before)
    catch_up(board, kit.feed)
    assert picture_of(board) == picture_of(kit.board())
    # After a restart too, and once everything old is gone.
    while retirement.step(kit.clock()):
        pass
    kit.bus = kit.new_bus()
    kit.report()
    catch_up(board, kit.feed)
    assert picture_of(board) == picture_of(kit.board())


def _check(kit: Kit, before: dict[str, list[sa.Row[tuple[object, ...]]]]) -> None:
    days = (KEPT.changes_days, KEPT.positions_days, KEPT.readings_days)
    for table, kept_days in zip(GROWING, days, strict=True):
        after = rows(kit.store, table)
        gone = before[table.name][: len(before[table.name]) - len(after)]
        assert before[table.name][len(gone) :] == after, "only from the beginning"
        assert len(gone) <= retention.SLICE
        for row in gone:
            came_at = row.at if table is tables.changes else row.received_at
            assert kit.clock() - came_at > timedelta(days=kept_days)


def test_a_desk_that_was_away_for_long_begins_with_a_snapshot(home: Home) -> None:
    service = Service(home)
    desk = Desk(home, service.ready)
    try:
        for _ in range(6):
            desk.do(
                ReportCase(
                    actor=LI,
                    category="B003",
                    place_name="东门",
                    point=Point(120.95, 30.91),
                )
            )
        with service._writer._store.writing() as connection:
            connection.execute(
                sa.delete(tables.changes).where(tables.changes.c.number < 6)
            )
        snapshots = desk.snapshots
        desk.client._following.number = 2  # as if it had been away since
        until(lambda: desk.snapshots == snapshots + 1, "a snapshot instead of changes")
        assert len(desk.board.cases) == 6
        numbers = len(desk.numbers)
        desk.do(
            ReportCase(
                actor=LI,
                category="B003",
                place_name="西门",
                point=Point(120.95, 30.91),
            )
        )
        assert len(desk.numbers) > numbers
        assert desk.snapshots == snapshots + 1
    finally:
        desk.client.close()
        service.close()


def test_the_writer_takes_old_rows_away_while_nobody_waits(
    store_address: str | sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "RETIRE_S", 0.0)
    monkeypatch.setattr(writer, "FLUSH_S", 0.02)
    kit = Kit(store_address)
    kit.bus.handle_batch([kit.position() for _ in range(4)])
    kit.clock.go(days=100)
    kit.bus.handle_batch([kit.position()])
    made = writer.Writer(
        kit.bus,
        kit.store,
        clock=kit.clock,
        retirement=Retirement(kit.store, Retention()),
    )
    try:
        until(lambda: len(rows(kit.store, tables.positions)) == 1, "the newest is left")
        assert rows(kit.store, tables.changes), "the newest changes stay"
    finally:
        made.close()
        kit.close()


def test_the_profile_says_how_long() -> None:
    assert load_taxonomy("core").retention == Retention(
        changes_days=7, positions_days=90, readings_days=90
    )
