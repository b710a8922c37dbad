"""A week of the town by one profile, on a clock that is set forward.

`python -m tests.soak week --profile yaozhuang --json` lets 250 things a day happen to a
real store through the real bus: reports by the hours of a town's day, each with a life
drawn by the state it stands in, while the clock does what it does each ten minutes
(reminders, cards, 挂账恢复). At each midnight the totals by state are written down as the
store has them. In the end they are compared with a recount of the flow log alone that
shares no code with the program (`tests.soak.recount`), and have to balance: what was open
plus what began and was opened again less what ended is what is open.
"""

import argparse
import heapq
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dispatch import tables
from dispatch.bus import Bus
from dispatch.case_commands import (
    FeedBack,
    MarkStep,
    MergeCase,
    NoteCallBack,
    RequestSuspension,
    SuperviseCase,
    TransferCase,
    TurnCase,
)
from dispatch.case_steps import DONE, steps_now
from dispatch.cases import Case, CaseState
from dispatch.changes import Town
from dispatch.commands import (
    ArriveCase,
    CloseCase,
    Command,
    DepartCase,
    FinishCase,
    ImportTown,
    RecallUnit,
    Refused,
    ReportCase,
    SendUnit,
    SignCase,
    TakeCase,
    VoidCase,
)
from dispatch.geo import Point, moved
from dispatch.grids import Grid
from dispatch.joining import owed_calls
from dispatch.people import Actor, Role
from dispatch.profile_use import UseProfile
from dispatch.profiles import load_taxonomy, profile_names
from dispatch.rows import load_cases
from dispatch.store import Store, sqlite_url
from dispatch.taxonomy import raised_by_devices
from dispatch.units import Unit
from dispatch.utc_time import sqlite_time
from tests.soak.recount import recount
from tests.soak.replay import inconsistent_cases
from tests.soak.week_lives import HOURS, MAY_BE_REFUSED, NEXT

TOWN = Town(
    code="330421111",
    name="姚庄镇",
    origin=Point(120.95, 30.91),
    timezone="Asia/Shanghai",
    is_demo=True,
)
BEGIN = datetime(2026, 9, 27, 16, 0, tzinfo=UTC)  # midnight; National Day is ahead
SEAT = Actor("值班员", "1号席", frozenset(Role) - {Role.DEVICE, Role.SYSTEM})
DEPARTMENT = Actor("科室", "", frozenset({Role.DEPARTMENT}))
UNIT_IDS = [f"W{number:03}" for number in range(600)]  # nobody has two cases at once
TICK = timedelta(minutes=10)


@dataclass(slots=True)
class Verdict:
    """What the run prints.

    Attributes:
        ok: Totals agree and balance, no case is inconsistent, nothing was refused that
            should not be.
        reports: Cases that began.
        commands: What was asked and done.
        refused: What was refused, by its reason.
        states: Cases in each state at the end, by its code.
        on_hand: Open cases at each midnight.
        reminders: What the clock told.
        faults: What does not agree.
    """

    ok: bool = False
    profile: str = ""
    days: int = 0
    seed: int = 0
    reports: int = 0
    commands: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    states: dict[int, int] = field(default_factory=dict)
    on_hand: list[int] = field(default_factory=list)
    reminders: int = 0
    faults: list[str] = field(default_factory=list)


def run(arguments: list[str]) -> int:
    """Run it for one profile, or for each; 0 where everything held."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak week")
    parser.add_argument("--profile", choices=profile_names(), help="else each in turn")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--reports", type=int, default=250, help="a day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    chosen = [options.profile] if options.profile else profile_names()
    verdicts = []
    for profile in chosen:
        with tempfile.TemporaryDirectory(prefix="lookout-week-") as folder:
            file = Path(folder) / "lookout.db"
            week = Week(file, profile, options.seed, options.reports)
            verdicts.append(week.run(options.days))
        sys.stderr.write(f"{profile}: {verdicts[-1].reports} reports\n")
    ok = all(each.ok for each in verdicts)
    said = {"ok": ok, "profiles": [asdict(each) for each in verdicts]}
    sys.stdout.write(json.dumps(said, indent=None if options.json else 2) + "\n")
    return 0 if ok else 1


class Week:
    """One run over one store.

    Args:
        file: Of the store; it is not there yet.
        profile: By whose rules.
        seed: With which all of it comes again.
        reports: How many a day.
    """

    def __init__(self, file: Path, profile: str, seed: int, reports: int) -> None:
        self._file = file
        self._luck = random.Random(f"{profile} {seed}")
        self._reports = reports
        self._now = BEGIN
        self._verdict = Verdict(profile=profile, seed=seed)
        self._store = Store(sqlite_url(file))
        self._store.migrate()
        self._store.set_town(TOWN)
        self._bus = Bus(
            self._store,
            clock=lambda: self._now,
            secrets=_NoSecrets(),
            on_commit=lambda _packed: None,
        )
        self._taxonomy = load_taxonomy(profile)
        self._kinds = [
            each.code
            for each in self._taxonomy.categories
            if not raised_by_devices(each.code)
        ]
        self._bus.handle(UseProfile(actor=SEAT, profile=profile))
        self._bus.handle(_town())
        self._agenda: list[
            tuple[datetime, int, int, str]
        ] = []  # when, order, case, what
        self._order = 0

    def run(self, days: int) -> Verdict:
        """Let the days go by; return what came of them."""
        self._verdict.days = days
        for at in self._reported(days):
            self._plan(at, 0, "report")
        totals: dict[str, Counter[int]] = {}
        for tick in range(1, days * (timedelta(days=1) // TICK) + 1):
            end = BEGIN + tick * TICK
            self._until(end)
            self._now = end
            if not tick % (timedelta(days=1) // TICK):
                # What the clock does at midnight itself is the next day's.
                totals[str(sqlite_time(end))] = self._totals()
            self._keep_time()
        totals["end"] = self._totals()
        self._judge(totals)
        self._store.close()
        self._verdict.ok = not self._verdict.faults
        return self._verdict

    # -- what happens ----------------------------------------------------------

    def _reported(self, days: int) -> Iterator[datetime]:
        for day in range(days):
            hours = self._luck.choices(range(24), HOURS, k=self._reports)
            for hour in hours:
                seconds = self._luck.randrange(3600)
                yield BEGIN + timedelta(days=day, hours=hour, seconds=seconds)

    def _until(self, end: datetime) -> None:
        while self._agenda and self._agenda[0][0] < end:
            self._now, _, case_id, action = heapq.heappop(self._agenda)
            if action == "report":
                case_id = self._report()
            else:
                self._do(case_id, action)
            self._plan_next(case_id)

    def _report(self) -> int:
        self._verdict.reports += 1
        self._verdict.commands += 1
        asked = ReportCase(
            actor=SEAT,
            category=self._luck.choice(self._kinds),
            place_name="丁栅老街",
            point=moved(
                TOWN.origin, self._luck.uniform(0, 360), self._luck.uniform(0, 900)
            ),
            reporter_name="居民",
            reporter_phone=f"138{self._luck.randrange(10**8):08}",
        )
        return int(str(self._bus.handle(asked).value))

    def _do(self, case_id: int, action: str) -> None:
        case = self._case(case_id)
        if action not in ("file", "void") and not case.may(action):
            return  # the clock was quicker
        try:
            for command in self._asked(case, action):
                self._bus.handle(command)
                self._verdict.commands += 1
        except Refused as refused:
            count = self._verdict.refused
            count[refused.reason] = count.get(refused.reason, 0) + 1
            if refused.reason not in MAY_BE_REFUSED:
                self._verdict.faults.append(f"{action} of {case.state}: {refused}")

    def _plan_next(self, case_id: int) -> None:
        case = self._case(case_id)
        waits = case.course.asked or (case.course.appeal in ("asked", "endorsed"))
        if waits:
            self._decide_later(case)
            return
        possible = {
            "answer": case.category in self._taxonomy.rules.enquiries,
            "appeal": case.course.overdue and not case.course.appeal,
            # Where nobody is out any more, the department handles it.
            "depart": bool(case.unit_id),
            "arrive": bool(case.unit_id),
        }
        ways = [way for way in NEXT.get(case.state, ()) if possible.get(way[0], True)]
        if not ways:
            return
        ((action, _, minutes),) = self._luck.choices(ways, [each[1] for each in ways])
        if action != "nothing":
            wait = minutes * self._luck.lognormvariate(0.0, 0.8)
            self._plan(self._now + timedelta(minutes=wait), case_id, action)

    def _decide_later(self, case: Case) -> None:
        asked, appeal = case.course.asked, case.course.appeal
        granted = self._luck.random() < 0.7
        action = {
            ("extend", ""): "endorse_extend" if granted else "refuse_extend",
            ("extend_endorsed", ""): "approve_extend" if granted else "refuse_extend",
            ("suspend", ""): "approve_suspend" if granted else "refuse_suspend",
        }.get((asked, ""))
        if not asked:
            action = {
                "asked": "endorse_appeal" if granted else "refuse_appeal",
                "endorsed": "grant_appeal" if granted else "refuse_appeal",
            }[appeal]
        wait = timedelta(minutes=60 * self._luck.lognormvariate(0.0, 0.5))
        self._plan(self._now + wait, case.case_id, str(action))

    def _plan(self, at: datetime, case_id: int, action: str) -> None:
        self._order += 1
        heapq.heappush(self._agenda, (at, self._order, case_id, action))

    def _asked(self, case: Case, action: str) -> Iterator[Command]:
        about = {"actor": SEAT, "case_id": case.case_id}
        said = {**about, "unit_id": case.unit_id, "at": self._now}
        match action:
            case "file":
                yield TakeCase(**about)  # type: ignore[arg-type]
            case "dispatch":
                yield SendUnit(**about, unit_id=self._free_unit())  # type: ignore[arg-type]
            case "recall":
                yield RecallUnit(**about, reason="改派")  # type: ignore[arg-type]
            case "sign":
                yield SignCase(**said)  # type: ignore[arg-type]
            case "depart":
                yield DepartCase(**said)  # type: ignore[arg-type]
            case "arrive":
                yield ArriveCase(**said)  # type: ignore[arg-type]
            case "finish" if not case.unit_id:
                yield FeedBack(**{**about, "actor": DEPARTMENT}, text="已办理")  # type: ignore[arg-type]
            case "finish":
                yield FinishCase(**said, text="已办理")  # type: ignore[arg-type]
            case "close":
                for now in steps_now(case, self._taxonomy):
                    if now.is_missing:
                        yield MarkStep(**about, step=now.step.step_id, deed=DONE)  # type: ignore[arg-type]
                for owed in owed_calls(case):
                    yield NoteCallBack(actor=SEAT, case_id=owed.case_id, text="知道了")
                yield CloseCase(**about, outcome="handled", met=True)  # type: ignore[arg-type]
            case "request_suspend":
                until = self._now + timedelta(hours=self._luck.uniform(12, 72))
                yield RequestSuspension(**about, until=until, text="待权属单位")  # type: ignore[arg-type]
            case "supervise":
                yield SuperviseCase(**about, level=1, text="请抓紧")  # type: ignore[arg-type]
            case "transfer":
                yield TransferCase(**about, to="county", text="属县级")  # type: ignore[arg-type]
            case "merge":
                yield from self._merge(case)
            case "request_extend" | "appeal":
                yield TurnCase(  # type: ignore[arg-type]
                    **{**about, "actor": DEPARTMENT}, action=action, text="情况复杂"
                )
            case "void":
                yield VoidCase(**about, reason="test")  # type: ignore[arg-type]
            case _:
                yield TurnCase(**about, action=action, text="说明")  # type: ignore[arg-type]

    def _merge(self, case: Case) -> Iterator[Command]:
        cases = tables.cases
        query = sa.select(cases.c.case_id).where(
            cases.c.state < CaseState.CLOSED,
            cases.c.category == case.category,
            cases.c.case_id != case.case_id,
        )
        for main in self._rows(query)[-1:]:
            yield MergeCase(actor=SEAT, case_id=case.case_id, main_id=main.case_id)

    # -- what is kept ----------------------------------------------------------

    def _keep_time(self) -> None:
        for case_id in self._bus.due_cases():
            before = self._case(case_id).state
            self._bus.keep_time(case_id)
            if self._case(case_id).state is not before:
                self._plan_next(case_id)  # 挂账 is over

    def _case(self, case_id: int) -> Case:
        with self._store.reading() as connection:
            (case,) = load_cases(connection, tables.cases.c.case_id == case_id)
        return case

    def _free_unit(self) -> str:
        units = tables.units
        query = sa.select(units.c.unit_id).where(units.c.case_id.is_(None))
        return str(self._luck.choice(self._rows(query)).unit_id)

    def _totals(self) -> Counter[int]:
        cases = tables.cases
        query = sa.select(cases.c.state, sa.func.count()).group_by(cases.c.state)
        return Counter({int(state): count for state, count in self._rows(query)})

    def _rows(self, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self._store.reading() as connection:
            return connection.execute(query).all()

    def _judge(self, totals: dict[str, Counter[int]]) -> None:
        verdict = self._verdict
        told = sa.select(sa.func.count()).select_from(tables.reminders)
        ((verdict.reminders,),) = self._rows(told)
        verdict.states = dict(sorted(totals["end"].items()))
        faults = verdict.faults
        faults += inconsistent_cases(self._store)[1]
        again = recount(self._file, [moment for moment in totals if moment != "end"])
        faults += again.faults
        if again.begun["end"] != verdict.reports:
            faults.append(
                f"{verdict.reports} reported, {again.begun['end']} in the log"
            )
        for moment, counted in totals.items():
            if again.at[moment] != counted:
                faults.append(f"{moment}: kept {counted}, recounted {again.at[moment]}")
            on_hand = sum(n for state, n in counted.items() if state < CaseState.CLOSED)
            flow = (
                again.begun[moment] - again.ended[moment] + again.opened_again[moment]
            )
            if on_hand != flow:
                faults.append(f"{moment}: {on_hand} open, {flow} by what came and went")
            if moment != "end":
                verdict.on_hand.append(on_hand)


class _NoSecrets:
    """Nobody has a password in this town."""

    def put(self, ref: str, username: str, password: str) -> None:
        raise AssertionError(ref)

    def get(self, ref: str) -> object:
        raise AssertionError(ref)

    def delete(self, ref: str) -> None:
        raise AssertionError(ref)


def _town() -> ImportTown:
    outline = tuple(moved(TOWN.origin, way, 4000) for way in (45, 135, 225, 315))
    return ImportTown(
        actor=SEAT,
        grids=(Grid(code=TOWN.code, name=TOWN.name, level="town", outline=outline),),
        units=tuple(
            Unit(unit_id=unit, name=f"队员{unit}", role="专职网格员")
            for unit in UNIT_IDS
        ),
    )
