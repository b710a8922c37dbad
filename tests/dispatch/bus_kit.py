"""A small town on a real store, driven through the real bus."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dispatch import tables
from dispatch.board import Board
from dispatch.bus import Bus
from dispatch.cameras import Camera
from dispatch.cases import Case
from dispatch.changes import Town
from dispatch.commands import (
    ArriveCase,
    CheckCase,
    CloseCase,
    DepartCase,
    EnrolDevice,
    FinishCase,
    ImportTown,
    Moment,
    Photo,
    RaiseAlarm,
    RecordHeartbeat,
    RecordPosition,
    RecordReading,
    Refused,
    RegisterCamera,
    ReportCase,
    RestoreAlarm,
    SendUnit,
    SignCase,
    TakeCase,
)
from dispatch.devices import Device
from dispatch.feed import Feed
from dispatch.geo import Point, moved
from dispatch.grids import Grid
from dispatch.people import Actor, Role
from dispatch.places import Place
from dispatch.rows import load_cases
from dispatch.store import Store, sqlite_url
from dispatch.units import Unit, UnitStatus
from tests.store_kit import begin_store

CENTRE = Point(120.95, 30.91)
FAR_AWAY = Point(104.06, 30.67)
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 10:00 in the town

DESK = Actor("李敏", "2号席", frozenset(Role) - {Role.DEVICE, Role.HANDLER})
WORKER = Actor("W01", "", frozenset({Role.HANDLER}))

TOWN = Town(
    code="330421111",
    name="姚庄镇",
    origin=CENTRE,
    timezone="Asia/Shanghai",
    is_demo=True,
)


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def go(self, **units: float) -> datetime:
        self.at += timedelta(**units)
        return self.at


class MemorySecrets:
    """A sealed store that seals nothing; what handlers ask of it is the same."""

    def __init__(self) -> None:
        self.kept: dict[str, Secret] = {}

    def put(self, ref: str, username: str, password: str) -> None:
        self.kept[ref] = Secret(username, password)

    def get(self, ref: str) -> "Secret":
        return self.kept[ref]

    def delete(self, ref: str) -> None:
        self.kept.pop(ref, None)


class Secret:
    def __init__(self, username: str, password: str) -> None:
        self.username = username
        self.password = password


def square(middle: Point, half_m: float) -> tuple[Point, ...]:
    south = moved(middle, 180, half_m)
    north = moved(middle, 0, half_m)
    return (
        moved(south, 270, half_m),
        moved(south, 90, half_m),
        moved(north, 90, half_m),
        moved(north, 270, half_m),
    )


class Kit:
    """Store, bus, feed and clock of a town, with its devices and people.

    Args:
        where: A folder, or a store's address.
        empty: Nobody and nothing is in the town.
        filled: The town stands in that store already.
    """

    def __init__(
        self, where: Path | str | sa.URL, *, empty: bool = False, filled: bool = False
    ) -> None:
        address = sqlite_url(where / "lookout.db") if isinstance(where, Path) else where
        self.clock = Clock()
        self.secrets = MemorySecrets()
        self.told: list[int] = []
        self.sequence = count(1)
        file = _file_of(address)
        if filled or file is None or file.exists():
            self._open(address)
            if not filled:
                self._fill(empty)
        else:
            begin_store(
                file, ("bus_kit", empty), lambda first: self._make(first, empty)
            )
            self._open(address)

    def _open(self, address: str | sa.URL) -> None:
        self.store = Store(address)
        self.bus = self.new_bus()
        self.feed = Feed(self.store)

    def _fill(self, empty: bool) -> None:
        self.store.migrate()
        self.store.set_town(TOWN)
        if not empty:
            self.furnish()

    def _make(self, file: Path, empty: bool) -> None:
        self._open(sqlite_url(file))
        self._fill(empty)
        self.close()

    def new_bus(self, **more: Any) -> Bus:
        return Bus(
            self.store,
            clock=self.clock,
            secrets=self.secrets,
            on_commit=lambda packed: self.told.append(packed[-1][0]),
            **more,
        )

    def close(self) -> None:
        self.store.close()

    def furnish(self) -> None:
        self.bus.handle(
            ImportTown(
                actor=DESK,
                grids=(
                    Grid(
                        code="330421111",
                        name="姚庄镇",
                        level="town",
                        outline=square(CENTRE, 3000),
                    ),
                    Grid(
                        code="330421111001001",
                        name="桃源新邨第一网格",
                        level="grid",
                        parent="330421111001",
                        outline=square(CENTRE, 500),
                    ),
                ),
                units=(
                    Unit(unit_id="W01", name="王建国", role="专职网格员"),
                    Unit(unit_id="W02", name="陈芳", role="专职网格员"),
                    Unit(
                        unit_id="W03",
                        name="周亮",
                        role="微型消防站",
                        status=UnitStatus.OFF_DUTY,
                    ),
                ),
                places=(
                    Place(
                        place_id="P1",
                        name="桃源新邨12幢301",
                        kind="home",
                        point=CENTRE,
                        address="姚庄镇桃源新邨",
                        hazards=("液化气",),
                    ),
                ),
            )
        )
        self.enrol("S1", "smoke_detector")
        self.enrol("S2", "smoke_detector")
        self.enrol("T1", "worker_terminal", unit_id="W01")
        self.bus.handle(
            RegisterCamera(
                actor=DESK,
                camera=Camera(camera_id="1203", name="桃源北门", point=CENTRE),
            )
        )

    def enrol(self, device_id: str, kind: str, *, unit_id: str = "") -> None:
        self.bus.handle(
            EnrolDevice(
                actor=DESK,
                device=Device(
                    device_id=device_id,
                    kind=kind,
                    name=f"{kind} {device_id}",
                    public_key=device_id.rjust(40, "0"),
                    place_name="桃源新邨12幢301",
                    point=CENTRE,
                    unit_id=unit_id,
                ),
            )
        )

    # -- what devices say -----------------------------------------------------

    def said(self, device_id: str, sequence: int | None = None) -> dict[str, object]:
        return {
            "actor": Actor(device_id, "", frozenset({Role.DEVICE})),
            "device_id": device_id,
            "sequence": next(self.sequence) if sequence is None else sequence,
            "at": self.clock(),
            "received_at": self.clock(),
        }

    def alarm(self, device_id: str = "S1", **changed: object) -> RaiseAlarm:
        said = {"category": "B001", "text": "烟雾", **self.said(device_id), **changed}
        return RaiseAlarm(**said)  # type: ignore[arg-type]

    def restore(self, device_id: str = "S1", **changed: object) -> RestoreAlarm:
        said = {"category": "B001", **self.said(device_id), **changed}
        return RestoreAlarm(**said)  # type: ignore[arg-type]

    def reading(self, device_id: str = "S1", **changed: object) -> RecordReading:
        said = {"values": {"temperature": 21.5}, **self.said(device_id), **changed}
        return RecordReading(**said)  # type: ignore[arg-type]

    def heartbeat(self, device_id: str = "S1", **changed: object) -> RecordHeartbeat:
        said = {"battery": 80.0, **self.said(device_id), **changed}
        return RecordHeartbeat(**said)  # type: ignore[arg-type]

    def position(self, device_id: str = "T1", **changed: object) -> RecordPosition:
        said = {"point": CENTRE, **self.said(device_id), **changed}
        return RecordPosition(**said)  # type: ignore[arg-type]

    # -- what people do -------------------------------------------------------

    def raise_case(self, device_id: str = "S1", **changed: object) -> int:
        self.bus.handle(self.alarm(device_id, **changed))
        return max(self.board().cases)

    def report(self, category: str = "6002", **changed: object) -> int:
        asked = {
            "actor": DESK,
            "category": category,
            "place_name": "丁栅老街",
            "point": CENTRE,
            **changed,
        }
        value = self.bus.handle(ReportCase(**asked)).value  # type: ignore[arg-type]
        assert isinstance(value, int)
        return value

    def take(self, case_id: int) -> None:
        self.bus.handle(TakeCase(actor=DESK, case_id=case_id))

    def send(self, case_id: int, unit_id: str = "W01") -> None:
        self.bus.handle(SendUnit(actor=DESK, case_id=case_id, unit_id=unit_id))

    def field(
        self, kind: type, case_id: int, unit_id: str = "W01", **more: object
    ) -> None:
        at = self.clock()
        self.bus.handle(
            kind(actor=WORKER, case_id=case_id, unit_id=unit_id, at=at, **more)
        )

    def finish(self, case_id: int, unit_id: str = "W01") -> None:
        photo = Photo(
            name="a.jpg", media_type="image/jpeg", data=b"\xff\xd8", taken_at=START
        )
        self.bus.handle(
            FinishCase(
                actor=WORKER,
                case_id=case_id,
                unit_id=unit_id,
                at=self.clock(),
                text="误报，已复位",
                photos=(photo,),
            )
        )

    def settle(self, case_id: int) -> None:
        """Take a filed or new case to its end, as W01 does it."""
        self.send(case_id)
        for kind in (SignCase, DepartCase, ArriveCase):
            self.clock.go(seconds=30)
            self.field(kind, case_id)
        self.finish(case_id)
        self.bus.handle(CheckCase(actor=DESK, case_id=case_id))
        stands = any(each.active for each in self.board().alarms_of(case_id))
        outcome = "false_alarm" if stands else "handled"
        self.bus.handle(
            CloseCase(actor=DESK, case_id=case_id, outcome=outcome, met=True)
        )

    def keep_time(self) -> None:
        """Do what the clock asks, as the writer does each second."""
        for due in (*self.bus.due_cases(), *self.bus.due_rules()):
            self.bus.keep_time(due)

    # -- what is seen ---------------------------------------------------------

    def board(self) -> Board:
        board = Board()
        board.load(self.feed.snapshot())
        return board

    def stored_clocks(self, case_id: int) -> dict[Moment, datetime]:
        with self.store.reading() as connection:
            (case,) = load_cases(connection, tables.cases.c.case_id == case_id)
        return case.clocks

    def case(self, case_id: int) -> Case:
        return self.board().cases[case_id]

    def actions(self, case_id: int) -> list[str]:
        return [entry.action for entry in self.board().entries(case_id)]


def _file_of(address: str | sa.URL) -> Path | None:
    """Return the file of a store, or None where it is no file of ours."""
    url = sa.make_url(address)
    is_file = url.get_backend_name() == "sqlite" and url.database
    return Path(str(url.database)) if is_file else None


def picture_of(board: Board) -> dict[str, object]:
    """Return everything a board holds, to be compared."""
    return {
        name: getattr(board, name)
        for name in (
            "number",
            "town",
            "profile",
            "cases",
            "alarms",
            "units",
            "cameras",
            "devices",
            "readings",
            "grids",
            "places",
        )
    } | {"entries": {case_id: board.entries(case_id) for case_id in board.cases}}


def refusal(kit: Kit, command: object) -> Refused:
    before = picture_of(kit.board())
    with pytest.raises(Refused) as refused:
        kit.bus.handle(command)  # type: ignore[arg-type]
    assert picture_of(kit.board()) == before
    return refused.value
