"""A town without cameras, its service and its desk, all by one clock that a test sets.

The service is the real one in this process, so that its clock can be set forward; desk,
stations and devices reach it over its sockets, as from anywhere.
"""

import contextlib
import sqlite3
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.app import DeskRun, Prepared, StationRun, connect
from console.bridge import EarlierRefusals
from console.case_deeds import deed_text
from console.connecting import prepare_connected
from console.desks import find_service
from console.panels.case_more import DeedMenu
from console.panels.deed_form import DeedForm
from console.starting import Reporter
from console.theme import Theme
from console.who import Sitting, actor_of
from dispatch.bus import Bus
from dispatch.cases import Case, CaseState
from dispatch.commands import EnrolDevice, ImportTown
from dispatch.devices import Device
from dispatch.field import FieldClient
from dispatch.geo import moved
from dispatch.grids import Grid
from dispatch.keys import make_keys
from dispatch.people import SYSTEM, Scope
from dispatch.places import Place
from dispatch.secrets import SecretStore
from dispatch.service import Service, desk_keys, enrolled_desks, service_keys
from dispatch.store import Store, sqlite_url
from dispatch.units import Unit
from resources.home import Home
from tests.console.desk_kit import CENTRE, START, TOWN, Clock, square

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

VILLAGE, GRID = "330421111001", "330421111001001"
STREET = "丁栅老街23号"
DETECTOR = "SD-DZ-23"
# Nobody carries a terminal: what they say is said on the telephone.
PEOPLE = (
    ("W01", "王建国", "专职网格员", "综治办"),
    ("W02", "陈芳", "专职网格员", "综治办"),
    ("W03", "徐志明", "网格长", "综治办"),
    ("F01", "丁栅微型消防站", "微型消防站", "应急消防管理站"),
    ("L01", "沈国强", "指挥长", "综治办"),
    ("C01", "执法一组", "执法队员", "综合执法队"),
    ("M01", "陆晓", "监管员", "市场监管所"),
    ("P01", "警务一组", "民警", "派出所"),
)
PLACES = (
    ("P1", STREET, "shop", 0, 0),
    ("P2", "桃源新邨12幢", "home", 60, 700),
    ("P3", "俞汇小学东门", "key_place", 300, 900),
)


class TownClock(Clock):
    """Runs as the real one does, and is set forward."""

    def set_forward(self, to: datetime) -> None:
        """Let it be a second after a moment that lies ahead."""
        ahead = to - self()
        assert ahead > timedelta(0)
        self.set_to += ahead + timedelta(seconds=1)


class TownDesk:
    """One service, one desk window, and a clock for both.

    Attributes:
        clock: Runs as the real one does, from where it is set.
        keys: How many were pressed, besides text.
    """

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder / "desk")
        self.clock = TownClock(running=True)
        self.keys = 0
        self._device_keys = make_keys()
        self._furnish()
        self.service = Service(self.home, clock=self.clock)
        said = {
            "desk_address": self.service.ready.desk_address,
            "server_key": self.service.ready.server_key,
        }
        refusals = EarlierRefusals()
        prepared = Prepared(
            client=connect(self.home, said, refusals),
            refusals=refusals,
            children=(),
            actor=actor_of(Sitting(name="李敏", seat="2号席")),
        )
        self.run = DeskRun(self.home, prepared, Theme(), clock=self.clock)
        self.run.open()
        self.window, self.desk, self.board = (
            self.run.window,
            self.run.desk,
            self.run.board,
        )
        self.window.showNormal()
        self.window.resize(1920, 1080)
        self.sit_at(self.window)
        self.until(lambda: len(self.board.units) == len(PEOPLE), "the board")

    def close(self) -> None:
        self.run.close()
        self.window.deleteLater()
        QApplication.processEvents()
        self.service.close()

    # -- time and keys -------------------------------------------------------------

    def until(
        self, condition: Callable[[], object], what: str, limit: float = 30
    ) -> None:
        """Let the windows live until a condition holds."""
        end = time.monotonic() + limit
        while not condition():
            if time.monotonic() > end:
                shot = self.home.root / "waited.png"
                self.window.grab().save(str(shot))
                pytest.fail(f"waited {limit} s for {what}; the window: {shot}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    def sit_at(self, window: QWidget) -> None:
        """Have the keyboard in a window: the desk's or a station's."""
        window.raise_()
        window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is window, "the window in front")

    def press(self, *keys: Key, held: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            self.keys += 1
            front = QApplication.activeWindow() or self.window
            QTest.keyClick(QApplication.focusWidget() or front, key, held)
            QApplication.processEvents()  # what the key has put there takes the next

    def write(self, text: str) -> None:
        """Type where the keyboard is, as an input method does: no key has Chinese."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    # -- what an operator does -----------------------------------------------------

    def report(self, place: str, kind: str, *, phone: str = "") -> int:
        """Take a report down by keys; return its case, which is open then."""
        before = set(self.board.cases)
        self.take_down(place, kind, phone=phone)
        self.press(Key.Key_S, held=CTRL)
        self.until(lambda: set(self.board.cases) - before, "the new case")
        (case_id,) = set(self.board.cases) - before
        self.until(lambda: self.desk.open_case_id == case_id, "it to be open")
        return case_id

    def take_down(self, place: str, kind: str, *, phone: str = "") -> None:
        """Write a report as far as its last field; it is not saved."""
        self.press(Key.Key_F2)
        form = self.window.form
        self.write(place)
        self.until(lambda: bool(form.place.results()), "places to choose from")
        self.press(Key.Key_Tab)
        self.until(lambda: form.kind.line.hasFocus(), "the field of the kind")
        self.write(kind)
        self.press(Key.Key_Return)
        assert form.kind.value is not None
        if phone:
            form.phone.setFocus()
            self.write(phone)

    def send(self, case_id: int) -> str:
        """Take the open case and send whoever is highlighted; return their id."""
        if self.case(case_id).state is CaseState.NEW:
            self.press(Key.Key_F7)
            self.state(case_id, CaseState.FILED)
        self.until(lambda: self.desk.highlighted_unit_id is not None, "people")
        self.until(lambda: self.desk.actions.allowed("send"), "F6 to be free")
        self.press(Key.Key_F6)
        self.state(case_id, CaseState.DISPATCHED)
        return self.case(case_id).unit_id

    def on_the_phone(self, case_id: int, digit: Key, state: CaseState) -> None:
        """Enter what the unit says on the telephone: F7, its digit, Enter."""
        self.until(lambda: self.desk.actions.allowed("phone"), "the telephone")
        self.press(Key.Key_F7)
        assert self.window.case.choice() is not None
        self.press(digit)
        if state is CaseState.FEEDBACK:
            choice = self.window.case.choice()
            assert choice is not None
            assert choice.line is not None
            choice.line.setFocus()
            self.write("已到场处置完毕")
        self.press(Key.Key_Return)
        self.state(case_id, state)

    def signed(self, place: str, kind: str, *, phone: str = "") -> int:
        """Have a case that somebody was sent to and has signed for."""
        case_id = self.report(place, kind, phone=phone)
        self.send(case_id)
        self.on_the_phone(case_id, Key.Key_1, CaseState.HANDLING)
        return case_id

    def close_case(self, case_id: int) -> None:
        """Check what was fed back and close the case as handled, by keys."""
        self.press(Key.Key_F7)
        self.state(case_id, CaseState.PENDING_CLOSE)
        self.until(lambda: self.desk.actions.allowed("close"), "F8 to be free")
        self.press(Key.Key_F8, Key.Key_Return)
        self.state(case_id, CaseState.CLOSED)

    def deed(self, action: str, *, text: str = "") -> None:
        """Choose a deed in the menu by keys, say what it asks for, and do it."""
        self.open_form(action)
        self.say(text)

    def open_form(self, action: str) -> None:
        """Choose a deed in the menu by keys."""
        self.until(lambda: self.desk.actions.allowed("more"), "the menu")
        self.press(Key.Key_M, held=CTRL)
        menu = self.window.case.more.shown
        assert isinstance(menu, DeedMenu)
        assert action in menu.offers, menu.offers
        at = menu.offers.index(action)
        assert deed_text(action) in menu.buttons[at].text()
        if at < 9:
            self.press(Key(Key.Key_1 + at))
        else:
            self.press(*([Key.Key_Down] * (at // 2)))
            self.press(*([Key.Key_Right] * (at % 2)))
            self.press(Key.Key_Return)

    def say(self, text: str = "") -> None:
        """Fill the words of the form at hand, and press Enter until it is done."""
        form = self.window.case.more.shown
        assert isinstance(form, DeedForm)
        if text:
            line = form.editors["text"]
            line.take_keyboard()
            self.write(text)
        self.press(Key.Key_Return)

    # -- what is seen, and what is kept --------------------------------------------

    def case(self, case_id: int) -> Case:
        return self.board.cases[case_id]

    def state(self, case_id: int, state: CaseState) -> None:
        self.until(lambda: self.case(case_id).state is state, f"{state.name}")
        self.until(
            lambda: self.desk.actions.pending(case_id) is None, "nothing is pending"
        )

    def fact(self, label: str) -> str:
        """Return what the head of the open case says under a label."""
        return dict(self.window.case.head.facts()).get(label, "")

    def log(self, case_id: int) -> list[str]:
        """Return the actions in a case's log, as the store has them on disk."""
        return [action for action, _ in self._entries(case_id) if action not in QUIET]

    def seats(self, case_id: int) -> set[str]:
        """Return the seats that stand in a case's log, as the store has them."""
        return {seat for _, seat in self._entries(case_id)}

    def _entries(self, case_id: int) -> list[tuple[str, str]]:
        file = self.home.data / "lookout.db"
        asked = "SELECT action, seat FROM log_entries WHERE case_id = ? ORDER BY id"
        with contextlib.closing(
            sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        ) as db:
            return list(db.execute(asked, (case_id,)))

    def shot(self, path: Path) -> None:
        """Keep what the window shows."""
        self.window.grab().save(str(path))

    # -- the others ----------------------------------------------------------------

    @contextlib.contextmanager
    def station(self, department: str) -> Iterator[StationRun]:
        """Open a department's station, in a home of its own."""
        home = Home(self.home.root.parent / f"station-{department}")
        desks = enrolled_desks(self.home)
        desks.enrol(desk_keys(home).public, f"{department}站", Scope(department))
        options = Namespace(
            connect=self.service.ready.desk_address,
            server_key=service_keys(self.home).public,
        )
        point = find_service(home, options)
        prepared = prepare_connected(home, point, Reporter(), station=department)
        run = StationRun(home, prepared, Theme(), clock=self.clock)
        run.open()
        run.window.showNormal()
        run.window.resize(1366, 768)
        try:
            self.until(lambda: run.board.heard, "the station follows")
            yield run
        finally:
            run.close()
            run.window.deleteLater()
            QApplication.processEvents()

    @contextlib.contextmanager
    def detector(self) -> Iterator[FieldClient]:
        """Have the street's smoke detector on its own line."""
        client = FieldClient(
            self.service.ready.intake_address,
            server_key=self.service.ready.server_key,
            keys=(self._device_keys.public, self._device_keys.secret),
            outbox=self.home.root / "detector.db",
            device_id=DETECTOR,
            clock=self.clock,
        )
        try:
            yield client
        finally:
            client.close()

    def _furnish(self) -> None:
        """Put the town into the store before anybody serves it."""
        store = Store(sqlite_url(self.home.data / "lookout.db"))
        store.migrate()
        store.set_town(TOWN)
        bus = Bus(store, clock=Clock(START), secrets=SecretStore(self.home))
        grids = (
            Grid(code=TOWN.code, name=TOWN.name, level="town"),
            Grid(
                code=GRID,
                name="丁栅第一网格",
                level="grid",
                parent=VILLAGE,
                outline=square(CENTRE, 1500),
                leader_unit_id="W03",
            ),
        )
        units = tuple(
            Unit(
                unit_id=unit_id,
                name=name,
                role=role,
                department=department,
                phone=f"138000000{number:02}",
            )
            for number, (unit_id, name, role, department) in enumerate(PEOPLE, 1)
        )
        places = tuple(
            Place(
                place_id=place_id,
                name=name,
                kind=kind,
                point=moved(CENTRE, bearing, metres),
                grid_code=GRID,
            )
            for place_id, name, kind, bearing, metres in PLACES
        )
        bus.handle(ImportTown(actor=SYSTEM, grids=grids, units=units, places=places))
        device = Device(
            device_id=DETECTOR,
            kind="smoke_detector",
            name="老街23号烟感",
            public_key=self._device_keys.public,
            place_name=STREET,
            point=CENTRE,
            grid_code=GRID,
        )
        bus.handle(EnrolDevice(actor=SYSTEM, device=device))
        store.close()


QUIET = ("moment", "notify", "remind", "part_remind", "recommend")  # what nobody did
