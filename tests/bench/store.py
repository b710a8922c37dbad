"""`store`: the queue, the search and a commit on a store of many years.

The cases are made up from a seed: 250 a day, on the demonstration town's places, all but
the newest closed. Open ones, and the newest closed, have their log.
"""

import argparse
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from console.demo import sample_folder
from dispatch import tables
from dispatch.board import Board
from dispatch.bus import Bus
from dispatch.case_search import write_terms
from dispatch.cases import Case, CaseState, LogEntry
from dispatch.commands import ImportTown, ReportCase, TakeCase
from dispatch.feed import Feed
from dispatch.history import answer
from dispatch.importing import read_town
from dispatch.initials import initials_of
from dispatch.places import Place
from dispatch.questions import FindCases
from dispatch.queueing import due_lane, now_lane
from dispatch.rows import CASES, entry_row
from dispatch.service import utc_now
from dispatch.statements import INSERTS
from dispatch.store import Store, sqlite_url
from tests.bench.kit import Report, say, scratch, share
from tests.bench.service_kit import OPERATOR

SEED: Final = 20261123
A_DAY: Final = 250
OPEN: Final = 500
LOGGED: Final = 20_000  # of the newest cases
AT_ONCE: Final = 5_000
LOOKS: Final = 5
SURNAMES: Final = "沈陆顾张王徐钱朱金俞姚吴周陈"
GIVEN: Final = "根宝建国小芳美英卫东海明玉兰志强秀珍"
WHAT: Final = (
    "楼道里堆了电瓶车，正在充电",
    "井盖缺失，行人差点掉下去",
    "餐饮店油烟扰民，晚上十点还在炒菜",
    "河面有大量水葫芦和生活垃圾",
    "老人独居，两天没有开门",
    "路口红绿灯不亮，车辆通行混乱",
    "工地夜间施工噪声很大",
    "邻居在公共绿地种菜，劝不听",
    "消防通道被面包车堵住",
    "自来水浑浊有异味，整幢楼都这样",
    "拖欠工资，几个工人聚在厂门口",
    "路面塌陷一个坑，约半米深",
)
KINDS: Final = ("1004", "2003", "3005", "4006", "6002")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--cases", type=int, default=2_200_000)
    parser.add_argument("--url", default="", help="an empty PostgreSQL database")
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--commits", type=int, default=300)


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    with scratch() as folder:
        store = Store(options.url or sqlite_url(folder / "lookout.db"))
        try:
            store.migrate()
            _run(options, report, store, folder)
        finally:
            store.close()


def _run(
    options: argparse.Namespace, report: Report, store: Store, folder: Path
) -> None:
    bus = Bus(store, clock=utc_now)
    files = read_town(sample_folder())
    bus.handle(ImportTown(actor=OPERATOR, town=files.town))
    places = files.places
    began = time.monotonic()
    _fill(store, places, options.cases)
    say(f"{options.cases} cases after {time.monotonic() - began:.0f} s")
    bus = Bus(store, clock=utc_now)  # with the numbers as they are now
    dice = random.Random(SEED)
    some = _some_cases(store, dice, options.searches, options.cases)
    opened = [_took_ms(lambda: _open_queue(store)) for _ in range(LOOKS)]
    say("searching")
    longer, two = [], []
    for fields in some:
        longer.append(_search_ms(store, _question(fields, dice)))
        two.append(_search_ms(store, _two_characters(fields, dice)))
    say("committing")
    raw = _raw(store, folder, options.commits)
    commits = list(_commits(bus, dice, places, options.commits))
    raw += _raw(store, folder, options.commits)
    report.add(
        cases=options.cases,
        store="sqlite" if store.is_sqlite else "postgresql",
        queue_open_ms=share(opened, 50),
        search_ms_p50=share(longer, 50),
        search_ms_p95=share(longer, 95),
        search_two_chars_ms_p95=share(two, 95),
        commit_ms_p50=share(commits, 50),
        commit_ms_p95=share(commits, 95),
        raw_commit_ms_p95=share(raw, 95),
        store_mb=_size_mb(store, folder),
    )


def _took_ms(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return 1000 * (time.perf_counter() - began)


# -- what stands in it -----------------------------------------------------------------


def _fill(store: Store, places: Sequence[Place], count: int) -> None:
    """Write the cases as the program writes them, many in a commit."""
    now = utc_now()
    cases = _cases(places, count, now)
    done = 0
    while part := list(islice(cases, AT_ONCE)):
        with store.writing() as connection:
            CASES.save(connection, ((None, case) for case in part))
            by_number = {case.case_id: case for case in part}
            write_terms(connection, by_number, dict.fromkeys(by_number, True))
            logged = [case for case in part if case.case_id > count - LOGGED]
            INSERTS[tables.log_entries.name](
                connection, [entry_row(_entry(case)) for case in logged]
            )
        done += len(part)
        if done % (100 * AT_ONCE) == 0:
            say(f"{done} cases")
    with store.writing() as connection:
        connection.execute(sa.update(tables.counters).values(case_number=count))


def _cases(places: Sequence[Place], count: int, now: datetime) -> Iterator[Case]:
    dice = random.Random(SEED)
    first = now - timedelta(days=count / A_DAY)
    for case_id in range(1, count + 1):
        at = first + timedelta(days=case_id / A_DAY)
        place = dice.choice(places)
        room = f"{dice.randint(1, 30)}幢{dice.randint(1, 6)}0{dice.randint(1, 4)}室"
        is_open = case_id > count - OPEN
        yield Case(
            case_id=case_id,
            # Beyond the serials of the cases that the program opens today.
            number=f"330421111{at:%y%m%d}{5000 + case_id % A_DAY}",
            version=1,
            state=CaseState.HANDLING if is_open else CaseState.CLOSED,
            category=dice.choice(KINDS),
            severity=dice.choice((2, 3, 3, 4, 4, 4)),
            place_name=f"{place.name}{room}",
            point=place.point,
            grid_code=place.grid_code,
            channel=dice.choice(("hotline", "grid_worker", "walk_in")),
            details=f"{dice.choice(WHAT)}，{_name(dice)}反映",
            reporter_name=_name(dice),
            reporter_phone=f"13{dice.randrange(10**9):09}",
            opened_at=at,
            deadline=at + timedelta(days=3) if is_open else None,
        )


def _name(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, 2))


def _entry(case: Case) -> LogEntry:
    return LogEntry(
        case_id=case.case_id,
        at=case.opened_at,
        actor="李敏",
        seat="2号席",
        action="report",
        from_state=None,
        to_state=case.state,
        text=case.details,
    )


# -- what is asked of it ---------------------------------------------------------------


def _open_queue(store: Store) -> None:
    board = Board()
    board.load(Feed(store).snapshot())
    now = utc_now()
    assert len(now_lane(board, now)) + len(due_lane(board, now)) > 0


def _some_cases(
    store: Store, dice: random.Random, wanted: int, count: int
) -> list[Any]:
    ids = [dice.randint(1, count) for _ in range(wanted)]
    with store.reading() as connection:
        cases = tables.cases
        return list(
            connection.execute(sa.select(cases).where(cases.c.case_id.in_(ids)))
        )


def _question(case: Any, dice: random.Random) -> str:
    """Return what somebody may type who looks for a case."""
    place, details = case.place_name, case.details
    at = dice.randrange(len(place) - 3)
    return str(
        dice.choice(
            (
                place,
                place[at : at + 4],
                details[:5],
                f"{place[:4]} {details[:3]}",
                f"{place[-6:]} {details[2:5]}",
                case.reporter_name,
                case.reporter_phone,
                case.reporter_phone[-4:],
                case.number,
                initials_of(place[:5]).split()[0],
                f"{case.reporter_name} {details[:4]}",
            )
        )
    )


def _two_characters(case: Any, dice: random.Random) -> str:
    text = dice.choice((case.place_name, case.details, case.reporter_name))
    at = dice.randrange(len(text) - 1)
    return str(text[at : at + 2])


def _search_ms(store: Store, question: str) -> float:
    return _took_ms(lambda: answer(FindCases(text=question), store))


def _commits(
    bus: Bus, dice: random.Random, places: Sequence[Place], count: int
) -> Iterator[float]:
    for _ in range(count // 2):
        place = dice.choice(places)
        asked = ReportCase(
            actor=OPERATOR,
            category=dice.choice(KINDS),
            place_name=place.name,
            point=place.point,
            details=dice.choice(WHAT),
            reporter_name=_name(dice),
            reporter_phone=f"13{dice.randrange(10**9):09}",
        )
        began = time.perf_counter()
        case_id = bus.handle(asked).value
        yield 1000 * (time.perf_counter() - began)
        assert case_id is not None
        began = time.perf_counter()
        bus.handle(TakeCase(actor=OPERATOR, case_id=case_id))
        yield 1000 * (time.perf_counter() - began)


def _raw(store: Store, folder: Path, count: int) -> list[float]:
    """Return what a commit of one row of a kilobyte takes by plain means."""
    text = "案" * 340
    if store.is_sqlite:
        plain = sqlite3.connect(folder / "raw.db", isolation_level=None)
        for word in ("journal_mode = WAL", "synchronous = FULL"):
            plain.execute(f"PRAGMA {word}")
        plain.execute("CREATE TABLE IF NOT EXISTS raw (text TEXT)")
        try:
            return [
                _took_ms(lambda: plain.execute("INSERT INTO raw VALUES (?)", [text]))
                for _ in range(count)
            ]
        finally:
            plain.close()
    with store.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS raw (text TEXT)")

    def insert() -> None:
        with store.writing() as connection:
            connection.execute(
                sa.text("INSERT INTO raw VALUES (:text)"), {"text": text}
            )

    return [_took_ms(insert) for _ in range(count)]


def _size_mb(store: Store, folder: Path) -> float:
    if store.is_sqlite:
        return sum(each.stat().st_size for each in folder.glob("lookout.db*")) / 1e6
    with store.reading() as connection:
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())")
        return float(size.scalar_one()) / 1e6
