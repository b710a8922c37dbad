"""A slice of the week: a small day by each profile; and the recount finds what is wrong."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.profiles import profile_names
from tests.soak.recount import recount
from tests.soak.week import Week


@pytest.mark.parametrize("profile", profile_names())
def test_a_day_by_each_profile_balances(profile: str, tmp_path: Path) -> None:
    said = Week(tmp_path / "lookout.db", profile, seed=1, reports=20).run(days=1)
    assert said.faults == []
    assert said.ok
    assert sum(said.states.values()) == said.reports == 20
    assert len(said.on_hand) == 1


def test_a_recount_finds_a_lost_line_and_a_clock_that_ran_back(tmp_path: Path) -> None:
    file = tmp_path / "lookout.db"
    Week(file, "core", seed=1, reports=10).run(days=1)
    with closing(sqlite3.connect(file)) as connection, connection:
        moves = "from_state is not null and from_state <> to_state"
        lost, late = (
            connection.execute(f"select {which}(id) from log_entries where {moves}")
            for which in ("min", "max")
        )
        # The log is never altered: only with its guards gone does this go at all.
        for (name,) in connection.execute(
            "select name from sqlite_master where type='trigger' and tbl_name='log_entries'"
        ).fetchall():
            connection.execute(f"drop trigger {name}")
        connection.execute("delete from log_entries where id=?", lost.fetchone())
        connection.execute(
            "update log_entries set at='2026-09-01 00:00:00.000000' where id=?",
            late.fetchone(),
        )
    faults = recount(file, []).faults
    assert any("stood in" in fault for fault in faults)
    assert any("after" in fault for fault in faults)
