"""A desk over the real bus, store and board, without a socket in between.

The client here runs the bus on a thread of its own, as the service does, so that
everything crosses threads exactly where it does in the product.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.bridge import Bridge
from console.desk import Desk
from console.theme import Theme
from dispatch.board import Board
from dispatch.bus import Bus
from dispatch.cameras import Camera
from dispatch.changes import Change, Snapshot, Town
from dispatch.client import Link
from dispatch.commands import (
    Command,
    EnrolDevice,
    FinishCase,
    ImportTown,
    Photo,
    RaiseAlarm,
    RecordPosition,
    Refused,
    RegisterCamera,
    RestoreAlarm,
)
from dispatch.devices import Device
from dispatch.feed import Feed
from dispatch.geo import Point, moved
from dispatch.grids import Grid
from dispatch.history import answer
from dispatch.people import SYSTEM, Actor, Role
from dispatch.places import Place
from dispatch.receipts import Receipt
from dispatch.store import Store, sqlite_url
from dispatch.units import Unit
from tests.store_kit import begin_store

CENTRE = Point(120.952, 30.917)
START = datetime(2026, 11, 23, 2, 42, 7, tzinfo=UTC)  # Monday, 10:42:07 in the town
DESK = Actor(
    "李敏", "2号席", frozenset(Role) - {Role.DEVICE, Role.SYSTEM, Role.HANDLER}
)
TOWN = Town(
    code="330421111",
    name="姚庄镇",
    origin=CENTRE,
    timezone="Asia/Shanghai",
    is_demo=True,
)
PEOPLE = (
    ("W01", "王建国", "专职网格员", 40, 180, "13800000001"),
    ("W02", "陈芳", "专职网格员", 130, 240, "13800000002"),
    ("W03", "周亮", "兼职网格员", 220, 150, "13800000003"),
    ("W04", "徐志明", "网格长", 300, 420, "13800000004"),
    ("W05", "沈晓燕", "专职网格员", 15, 690, "13800000005"),
    ("W06", "丁栅微型消防站", "微型消防站", 200, 1450, "13800000006"),
)


class Clock:
    """A clock that stands until it is told to go; running, it follows the real one."""

    def __init__(self, at: datetime = START, *, running: bool = False) -> None:
        self.set_to = at
        self._from = datetime.now(UTC) if running else None

    def __call__(self) -> datetime:
        if self._from is None:
            return self.set_to
        return self.set_to + (datetime.now(UTC) - self._from)

    def go(self, **units: float) -> datetime:
        self.set_to += timedelta(**units)
        return self()


class LocalClient:
    """Submits to the bus and feeds the follower, all on one thread of its own.

    Attributes:
        away: While True, commands wait as they do in the outbox.
        looked, looking, stations, unheard: As the desk said, and as it hears.
    """

    def __init__(self, bus: Bus, store: Store, clock: Clock) -> None:
        self.bus, self.store = bus, store
        self.feed = Feed(store)
        self.away = False
        self.submitted: list[Command] = []
        self.looking: tuple[tuple[str, int], ...] = ()
        self.stations: frozenset[str] = frozenset()
        self.unheard: tuple[str, ...] = ()
        self._clock = clock
        self._waiting: list[tuple[Command, Future[Receipt]]] = []
        self._follower: tuple[Callable[..., None], ...] | None = None
        self._number = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="local client")

    def submit(self, command: Command) -> "Future[Receipt]":
        self.submitted.append(command)
        future: Future[Receipt] = Future()
        if self.away:
            self._waiting.append((command, future))
            self._say_link()
            return future
        self._thread.submit(self._handle, command, future)
        return future

    def ask(self, query: Any) -> "Future[Any]":
        try:
            return self._thread.submit(answer, query, self.store)
        except RuntimeError:  # a timer of the window's came after the end
            return Future()

    def follow(
        self,
        on_snapshot: Callable[[Snapshot], None],
        on_changes: Callable[[Sequence[Change]], None],
        on_link: Callable[[Link], None],
    ) -> None:
        self._follower = (on_snapshot, on_changes, on_link)
        self._thread.submit(self._start).result(10)

    def look(self, seat: str, case_id: int | None) -> None:
        self.looked = (seat, case_id)

    def lose(self) -> None:
        """Let the service be away."""
        self.away = True
        self._say_link()

    def find_again(self) -> None:
        """Let the service be back: a snapshot first, then what waits is sent."""
        self.away = False
        waiting, self._waiting = self._waiting, []
        self._thread.submit(self._start).result(10)
        for command, future in waiting:
            self._thread.submit(self._handle, command, future)
        self._thread.submit(self._say_link).result(10)

    def do(self, command: Command) -> Receipt:
        """Apply a command as if it came from elsewhere; the feed brings it."""
        return self._thread.submit(self._apply, command).result(10)

    def close(self) -> None:
        self._thread.shutdown(wait=True)
        self._follower, self.away = None, True  # a late paint may still say something

    def _start(self) -> None:
        assert self._follower is not None
        snapshot = self.feed.snapshot()
        self._number = snapshot.number
        self._say_link()
        self._follower[0](snapshot)

    def _say_link(self) -> None:
        if self._follower is not None:
            link = Link(not self.away, self._clock(), len(self._waiting))
            self._follower[2](link)

    def _handle(self, command: Command, future: "Future[Receipt]") -> None:
        try:
            receipt = self._apply(command)
        except Refused as refused:
            future.set_exception(refused)
        else:
            future.set_result(receipt)

    def _apply(self, command: Command) -> Receipt:
        receipt = self.bus.handle(command)
        self.bus.flush_coalesced()
        if self._follower and (changes := self.feed.since(self._number)):
            self._number = changes[-1].number
            self._follower[1](changes)
        return receipt


class DeskKit:
    """A desk with a town under it."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        theme: Theme | None = None,
        actor: Actor = DESK,
        engine: Any = None,
        sink: Any = None,
    ) -> None:
        self.clock = clock or Clock()
        file = folder / "lookout.db"
        if file.exists():
            self._open(file)
            self._fill()
        else:
            begin_store(file, ("desk_kit", self.clock.set_to), self._make)
            self._open(file)
        self.sequence = len(PEOPLE)  # as many positions were said
        self.board = Board()
        self.bridge = Bridge(self.client, self.board, clock=self.clock)
        settings = QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)
        self.desk = Desk(
            board=self.board,
            bridge=self.bridge,
            engine=engine,
            actor=actor,
            theme=theme or Theme(),
            clock=self.clock,
            settings=settings,
            sink=sink,
        )

    def _open(self, file: Path) -> None:
        self.store = Store(sqlite_url(file))
        self.bus = Bus(self.store, clock=self.clock)
        self.client = LocalClient(self.bus, self.store, self.clock)

    def _fill(self) -> None:
        self.sequence = 0
        self.store.migrate()
        self.store.set_town(TOWN)
        self.furnish()

    def _make(self, file: Path) -> None:
        clock, self.clock = self.clock, Clock(self.clock.set_to)
        self._open(file)
        self._fill()
        self.client.close()
        self.store.close()
        self.clock = clock

    def start(self, qtbot: Any = None) -> Desk:
        self.bridge.start()
        if qtbot is not None:
            qtbot.waitUntil(lambda: self.board.number > 0, timeout=5000)
        return self.desk

    def close(self) -> None:
        self.bridge.stop()
        self.client.close()
        self.store.close()

    def furnish(self) -> None:
        grids = [Grid(code="330421111", name=TOWN.name, level="town")]
        for index, name in enumerate(
            ("桃源新邨第一网格", "桃源新邨第二网格", "丁栅第一网格", "俞汇第二网格")
        ):
            middle = moved(CENTRE, 90 * index, 300 if index else 0)
            grids.append(
                Grid(
                    code=f"33042111100100{index + 1}",
                    name=name,
                    level="grid",
                    parent="330421111001",
                    outline=square(middle, 210),
                )
            )
        units = tuple(
            Unit(
                unit_id=unit_id,
                name=name,
                role=role,
                department="综治办",
                grid_code="330421111001001",
                phone=phone,
                device_id=f"T{unit_id}",
            )
            for unit_id, name, role, _, _, phone in PEOPLE
        )
        places = (
            Place(
                place_id="P1",
                name="桃源新邨12幢301",
                kind="home",
                point=CENTRE,
                address="姚庄镇桃源新邨12幢301室",
                grid_code="330421111001001",
                hazards=("液化气", "独居老人"),
                contact="张桂英",
                phone="13800000301",
            ),
            Place(
                place_id="P2",
                name="丁栅老街23号",
                kind="shop",
                point=moved(CENTRE, 200, 700),
                grid_code="330421111001003",
            ),
            Place(
                place_id="P3",
                name="俞汇小学东门",
                kind="key_place",
                point=moved(CENTRE, 300, 620),
                grid_code="330421111001004",
                contact="陆老师",
                phone="13800000302",
            ),
            Place(
                place_id="P4",
                name="锦绣路桃源路口",
                kind="crossing",
                point=moved(CENTRE, 75, 160),
                grid_code="330421111001001",
            ),
            Place(
                place_id="P5",
                name="桃源农贸市场",
                kind="key_place",
                point=moved(CENTRE, 140, 260),
                grid_code="330421111001002",
            ),
        )
        self.client.do(
            ImportTown(actor=SYSTEM, grids=tuple(grids), units=units, places=places)
        )
        for number, name, bearing, metres, looks in (
            ("1203", "桃源新邨北门", 350, 28, 170),
            ("1207", "12幢东侧", 80, 35, 260),
            ("1211", "桃源路口", 120, 90, 300),
            ("1190", "农贸市场", 150, 140, 330),
            ("1215", "锦绣路公园", 30, 210, 200),
            ("1220", "河滨步道", 260, 380, 90),
        ):
            self.client.do(
                RegisterCamera(
                    actor=SYSTEM,
                    camera=Camera(
                        camera_id=number,
                        name=name,
                        point=moved(CENTRE, bearing, metres),
                        bearing_deg=looks,
                        range_m=150,
                        main_url=f"rtsp://127.0.0.1:9/{number}/main",
                        sub_url=f"rtsp://127.0.0.1:9/{number}/sub",
                    ),
                )
            )
        for device_id, kind, name, place, unit_id in (
            ("SD-12-301", "smoke_detector", "12幢301烟感", places[0], ""),
            ("PB-YH-01", "panic_button", "俞汇小学一键报警", places[2], ""),
            *(
                (
                    f"T{unit.unit_id}",
                    "worker_terminal",
                    unit.name,
                    places[0],
                    unit.unit_id,
                )
                for unit in units
            ),
        ):
            self.client.do(
                EnrolDevice(
                    actor=SYSTEM,
                    device=Device(
                        device_id=device_id,
                        kind=kind,
                        name=name,
                        public_key=device_id.rjust(40, "0"),
                        place_name=place.name,
                        point=place.point,
                        grid_code=place.grid_code,
                        unit_id=unit_id,
                    ),
                )
            )
        for unit_id, _, _, bearing, metres, _ in PEOPLE:
            age = 540 if unit_id == "W03" else 12 + 7 * int(unit_id[1:])
            self.place(unit_id, moved(CENTRE, bearing, metres), age_s=age)

    def said(self, device_id: str) -> dict[str, Any]:
        self.sequence += 1
        return {
            "actor": Actor(device_id, "", frozenset({Role.DEVICE})),
            "device_id": device_id,
            "sequence": self.sequence,
            "at": self.clock(),
            "received_at": self.clock(),
        }

    def place(self, unit_id: str, point: Point, *, age_s: float = 0.0) -> None:
        said = self.said(f"T{unit_id}")
        said["at"] = self.clock() - timedelta(seconds=age_s)
        self.client.do(RecordPosition(**said, point=point, accuracy_m=8.0))

    def alarm(self, device: str = "SD-12-301", of: str = "B001", **more: Any) -> None:
        said = {**self.said(device), "text": "烟雾浓度 0.18", **more}
        self.client.do(RaiseAlarm(**said, category=of))

    def restore(self, device_id: str = "SD-12-301", category: str = "B001") -> None:
        self.client.do(RestoreAlarm(**self.said(device_id), category=category))

    def field(self, kind: type, case_id: int, unit_id: str, **more: Any) -> None:
        actor = Actor(f"T{unit_id}", "", frozenset({Role.HANDLER}))
        self.client.do(
            kind(
                actor=actor,
                case_id=case_id,
                unit_id=unit_id,
                at=self.clock(),
                **more,
            )
        )

    def finish(self, case_id: int, unit_id: str, photo: bytes) -> None:
        self.field(
            FinishCase,
            case_id,
            unit_id,
            text="到场查看：户主炒菜油烟引发，已开窗通风，探测器复位。",
            photos=(
                Photo(
                    name="现场1.jpg",
                    media_type="image/jpeg",
                    data=photo,
                    taken_at=self.clock(),
                ),
            ),
        )


def square(middle: Point, half_m: float) -> tuple[Point, ...]:
    south = moved(middle, 180, half_m)
    north = moved(middle, 0, half_m)
    return (
        moved(south, 270, half_m),
        moved(south, 90, half_m),
        moved(north, 90, half_m),
        moved(north, 270, half_m),
    )


def type_text(widget: QWidget, text: str) -> None:
    """Commit text as an input method does; key events cannot carry Chinese."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
