import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from bus_kit import CENTRE, DESK, Kit, picture_of, refusal

from dispatch import tables
from dispatch.board import Board
from dispatch.changes import Town
from dispatch.commands import (
    AddNote,
    ImportTown,
)
from dispatch.feed import Feed
from dispatch.store import Store
from dispatch.working import StoreMovedError
from tests.limits_kit import patience, running

# -- the store under it ---------------------------------------------------------------


def test_a_commit_that_fails_leaves_memory_as_the_store(kit: Kit) -> None:
    case_id = kit.report()
    with kit.store.writing() as connection:
        connection.execute(sa.text("ALTER TABLE log_entries RENAME TO away"))
    with pytest.raises(sa.exc.DatabaseError):
        kit.bus.handle_batch([kit.alarm(), kit.position()])
    with pytest.raises(sa.exc.DatabaseError):
        kit.send(case_id)
    with kit.store.writing() as connection:
        connection.execute(sa.text("ALTER TABLE away RENAME TO log_entries"))
    assert kit.board().alarms == {}
    assert kit.bus.flush_coalesced() is None
    kit.send(case_id)
    assert kit.actions(case_id) == ["report", "accept", "file", "dispatch"]
    number = kit.feed.number()
    assert [c.number for c in kit.feed.since(0)] == list(range(1, number + 1))


def test_a_second_writer_is_found_out(kit: Kit) -> None:
    other = kit.new_bus()
    case_id = kit.report()
    assert other.number == kit.bus.number
    kit.take(case_id)
    with pytest.raises(StoreMovedError):
        other.handle(AddNote(actor=DESK, case_id=case_id, text="旧"))
    other.handle(AddNote(actor=DESK, case_id=case_id, text="新"))
    assert kit.actions(case_id)[-1] == "note"


WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from bus_kit import Kit
kit = Kit(sys.stdin.readline().strip(), empty=sys.argv[2] == "again")
start = int(sys.argv[3])
for number in range(start, start + 100_000, 8):
    batch = [
        kit.alarm(sequence=n) if n % 4 == 0 else kit.position(sequence=n)
        for n in range(number, number + 8)
    ]
    receipts = kit.bus.handle_batch(batch)
    assert not any(r.duplicate for r in receipts)
    print(number + 7, flush=True)
"""


def test_a_kill_loses_nothing_that_was_acknowledged(
    store_address: str | sa.URL,
) -> None:
    address = sa.make_url(store_address).render_as_string(hide_password=False)
    here = str(Path(__file__).parent)
    start = 1
    acknowledged: set[int] = set()
    under_way: set[int] = set()  # committed perhaps, and nobody was told
    for go in ("first", "again"):
        with running(
            [
                *(sys.executable, "-c", WRITE_UNTIL_KILLED),
                *(here, go, str(start)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(here).parent.parent,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{address}\n")
            process.stdin.flush()
            with patience(process):
                lines = [process.stdout.readline() for _ in range(25)]
            process.kill()
            lines += process.stdout.readlines()
        for last in map(int, lines):
            acknowledged.update(range(last - 7, last + 1))
        under_way.update(range(last + 1, last + 9))
        start = last + 100
    store = Store(store_address)
    feed = Feed(store)
    snapshot = feed.snapshot()
    changes = feed.since(0, limit=10**6)
    assert [c.number for c in changes] == list(range(1, snapshot.number + 1))
    board, afresh = Board(), Board()
    board.apply(changes)
    afresh.load(snapshot)
    with store.reading() as connection:
        stored = set(
            connection.execute(sa.select(tables.messages.c.sequence)).scalars()
        )
        log = connection.execute(
            sa.select(sa.func.count()).select_from(tables.log_entries)
        ).scalar()
    store.close()
    assert len(acknowledged) >= 2 * 25 * 8
    assert acknowledged <= stored <= acknowledged | under_way
    (case,) = snapshot.cases
    # A detector that repeats itself is counted each time and told of ever less often.
    assert 1 < log <= 2 + case.alarm_count.bit_length() * 2
    assert case.alarm_count == sum(a.count for a in snapshot.alarms)
    assert picture_of(board) | {"town": None} == picture_of(afresh) | {"town": None}


def test_an_import_may_bring_the_town_itself(kit: Kit) -> None:
    xitang = Town(
        code="330421103",
        name="西塘镇",
        origin=CENTRE,
        timezone="Asia/Urumqi",
        is_demo=False,
    )
    kit.bus.handle(ImportTown(actor=DESK, town=xitang))
    assert kit.board().town == xitang
    assert kit.case(kit.report()).number == "3304211032611230001"
    nowhere = replace(xitang, timezone="Asia/Nowhere")
    refused = refusal(kit, ImportTown(actor=DESK, town=nowhere))
    assert refused.reason == "zone_unknown"
