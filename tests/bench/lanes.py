"""`queue`: the two lanes with a Monday's pile, scrolled row by row in a real window.

500 open cases: 140 of them overdue, one urgent and fresh. They are made up from a seed
and written into a store before a real service opens it. `due_rows` are the rows that the
overdue take, `running_rows` the rows of those that still have time: one each.
"""

import argparse
import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QAbstractScrollArea, QListWidget

from console.demo import sample_folder
from console.panels.lane_rows import ROW_HEIGHT
from console.panels.lanes import LanesPanel
from dispatch import tables
from dispatch.cases import Case, CaseState
from dispatch.commands import ImportTown
from dispatch.importing import read_town
from dispatch.profiles import load_taxonomy
from dispatch.rows import CASES
from dispatch.service import utc_now
from dispatch.store import Store, sqlite_url
from resources.home import Home
from tests.bench.desk_window import BenchDesk, let_run, let_run_until
from tests.bench.kit import BenchError, Report, say, scratch, screen, share
from tests.bench.service_kit import OPERATOR, BenchService, submit_all

SEED: Final = 20261123
OVERDUE: Final = 140 / 500
SIZE: Final = (560, 932)  # the left column of a desk
FRAMES: Final = 400
LIMIT_S: Final = 30.0
KINDS: Final = ("1004", "2003", "3005", "4006", "5001", "6002")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--frames", type=int, default=FRAMES)


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    with ExitStack() as stack:
        stack.enter_context(screen())
        folder = stack.enter_context(scratch())
        _fill(folder, options.cases)
        service = BenchService(folder)
        stack.callback(service.close)
        client = service.desk("bench")
        stack.callback(client.close)
        town = read_town(sample_folder())
        submit_all(client, [ImportTown(actor=OPERATOR, town=town.town)])
        bench = BenchDesk(client, folder / "desk.ini", with_pictures=False)
        stack.callback(bench.close)
        lanes = LanesPanel(bench.desk)
        stack.callback(lanes.close)
        lanes.resize(*SIZE)
        lanes.show()
        bench.bridge.start()
        let_run_until(
            lambda: len(bench.board.cases) == options.cases, "cases", limit_s=LIMIT_S
        )
        let_run(1.0)  # painted, and settled
        say(f"{lanes.due_model.rowCount()} rows of 时限")
        top = lanes.now_model.rows()[:1]
        if not top or top[0].case_id != options.cases:
            raise BenchError("the fresh urgent case does not stand on top")
        raw = _scrolled(_plain(options.cases), options.frames)
        frames = _scrolled(lanes.due_view, options.frames)
        raw += _scrolled(_plain(options.cases), options.frames)
        renewed = [_took_ms(lanes.renew) for _ in range(options.frames // 4)]
        late = [row for row in lanes.due_model.rows() if row.overdue]
        report.add(
            cases=options.cases,
            overdue=sum(row.count for row in late),
            now_rows=lanes.now_model.rowCount(),
            due_rows=len(late),
            running_rows=lanes.due_model.rowCount() - len(late),
            scroll_frame_ms_p50=share(frames, 50),
            scroll_frame_ms_p99=share(frames, 99),
            plain_list_frame_ms_p99=share(raw, 99),
            ratio=share(frames, 50) / share(raw, 50),
            renew_ms_p99=share(renewed, 99),
        )


def _took_ms(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return 1000 * (time.perf_counter() - began)


def _scrolled(view: QAbstractScrollArea, frames: int) -> list[float]:
    """Scroll row by row, down and up again; return what each painted frame took."""
    bar, took, step = view.verticalScrollBar(), [], ROW_HEIGHT
    if not bar.maximum():
        raise BenchError("there is nothing to scroll")

    def frame() -> None:
        bar.setValue(bar.value() + step)
        view.viewport().repaint()

    for _ in range(frames):
        if not bar.minimum() <= bar.value() + step <= bar.maximum():
            step = -step
        took.append(_took_ms(frame))
    return took


def _plain(count: int) -> QListWidget:
    """Return a list of Qt's own with as many rows, for what a frame costs at least."""
    plain = QListWidget()
    plain.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
    plain.addItems(
        [f"{number} 桃源新邨{number}幢 剩 2时10分" for number in range(count)]
    )
    plain.resize(*SIZE)
    plain.show()
    let_run(0.2)
    return plain


def _fill(folder: Path, count: int) -> None:
    """Write the cases into the store that the service will open."""
    home = Home(folder / "home")
    store = Store(sqlite_url(home.data / "lookout.db"))
    try:
        store.migrate()
        cases = _cases(count, utc_now())
        with store.writing() as connection:
            CASES.save(connection, ((None, case) for case in cases))
            connection.execute(tables.counters.update().values(case_number=count))
    finally:
        store.close()


def _cases(count: int, now: datetime) -> list[Case]:
    """Return the cases; the last one is urgent, new and 20 s old."""
    dice, taxonomy = random.Random(SEED), load_taxonomy()
    places = read_town(sample_folder()).places
    made = []
    for case_id in range(1, count + 1):
        kind = taxonomy.category(dice.choice(KINDS))
        fresh, late = case_id == count, case_id <= round(count * OVERDUE)
        rest = timedelta(minutes=dice.randint(10, 5 * 24 * 60))
        place = dice.choice(places)
        opened = now - timedelta(seconds=20 if fresh else dice.randint(600, 500_000))
        made.append(
            Case(
                case_id=case_id,
                number=f"330421111{opened:%y%m%d}{case_id:04}",
                version=1,
                state=CaseState.NEW if fresh else CaseState.HANDLING,
                category=kind.code,
                severity=2 if fresh else dice.choice((3, 3, 4)),
                place_name=f"{place.name}{dice.randint(1, 30)}幢",
                point=place.point,
                department=kind.department,
                opened_at=opened,
                deadline=None if fresh else now - rest if late else now + rest,
            )
        )
    return made
