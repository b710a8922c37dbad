"""A desk with a wall on a second monitor, doing what its test reads line by line.

A process of its own: the tests' application has one screen for good.
"""

import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psutil
from desk_kit import Clock, DeskKit
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from viewing import PASSWORD, USER, WORKER, Cameras
from watch_paints import PaintWatch

from console import stream_wants
from console.main_window import MainWindow
from console.panels.tile_look import Look
from console.theme import load_fonts
from dispatch.bus import Bus
from dispatch.commands import NoteView, RegisterCamera
from dispatch.people import SYSTEM
from dispatch.secrets import SecretStore
from resources.home import Home
from tests.journeys.virtual_monitors import WALL, plug
from video.standby_choice import Budget
from video.tile_content import TOUR, TileRef, camera
from video.tours import DWELL_LEAST_S, Stop, Tour
from video.workers import VideoEngine

IDS = ["1203", "1207", "1211", "1190", "1215", "1220"]
LIMIT_S = 60
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def until(condition, what: str) -> None:
    end = time.monotonic() + LIMIT_S
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"waited for {what}")
        QTest.qWait(20)


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


class WallDesk:
    def __init__(self, folder: Path) -> None:
        # What no tile shows is not kept ready either.
        stream_wants.BUDGET = Budget(cameras=0)
        cache = folder / "cameras"
        cache.mkdir()
        self.cameras = Cameras(cache, IDS, [])
        self.engine = VideoEngine(worker_command=WORKER, worker_count=1)
        self.kit = DeskKit(folder, engine=self.engine, clock=Clock(running=True))
        secrets = SecretStore(Home(folder / "home"))
        bus = Bus(self.kit.store, clock=self.kit.clock, secrets=secrets)
        self.kit.bus = self.kit.client.bus = bus
        self.kit.start()
        until(lambda: len(self.kit.board.cameras) == len(IDS), "the board")
        for known in list(self.kit.board.cameras.values()):
            url = self.cameras.spec(known.camera_id).sub_url
            order = RegisterCamera(
                actor=SYSTEM,
                camera=replace(known, main_url=url, sub_url=url),
                username=USER,
                password=PASSWORD,
            )
            self.kit.client.do(order)
        self.window = MainWindow(self.kit.desk)
        self.window.setGeometry(0, 0, 1920, 1080)
        self.window.show()
        self.walls = self.window.walls.walls
        until(self.window.isVisible, "the window")

    def key_of(self, name: str) -> str:
        known = {each.name: each.key for each in self.walls.monitors()}
        return known[name]

    def pulled(self) -> int:
        """Return how many connections the cameras' server has."""
        process = psutil.Process(self.cameras._process.pid)
        return sum(
            each.status == psutil.CONN_ESTABLISHED
            for each in process.net_connections("tcp")
        )

    def looks(self, camera_id: str) -> int:
        return sum(
            isinstance(each, NoteView) and each.camera_id == camera_id
            for each in self.kit.client.submitted
        )

    def close(self) -> None:
        self.walls.close_all()
        self.window.close()
        self.engine.close()
        self.kit.close()
        self.cameras.stop()


def goes_and_comes_back(desk: WallDesk, display: str) -> None:
    key = desk.key_of("wall")
    wall = desk.walls.open(key)
    wall.show_content(camera("1220"), 0)
    wall.show_content(camera("1203"), 1)
    until(lambda: wall.content(0).look is Look.LIVE, "the wall's first picture")
    where = wall.geometry().getRect()
    say(f"wall at {where} words {wall.theme.px(19)}")
    before = wall.wall.tiles
    told: list[str] = []
    desk.kit.desk.said.connect(told.append)
    plug(display, "wall=")
    until(lambda: desk.walls.is_away(key), "the monitor to be gone")
    until(lambda: not wall.isVisible(), "the wall to be hidden")
    say(f"gone: {len(told)} said, live {sorted(live(desk))}")
    plug(display, WALL)
    until(lambda: not desk.walls.is_away(key), "the monitor to be back")
    until(lambda: wall.content(0).look is Look.LIVE, "its picture again")
    same = wall.wall.tiles == before and wall.geometry().getRect() == where
    say(f"back: {len(told)} said, same {same}, seen {wall.isVisible()}")


def live(desk: WallDesk) -> set[str]:
    return set(desk.kit.desk.wants.declared)


def tours_on_the_wall(desk: WallDesk) -> None:
    (wall,) = desk.walls.windows.values()
    ids = ("1215", "1220", "9999", "1203")
    stops = tuple(Stop(each, DWELL_LEAST_S) for each in ids)
    desk.kit.desk.wall.save_tour(Tour(key="t1", name="河边", stops=stops))
    lead, watch = desk.kit.desk.actions.run, PaintWatch(wall)
    wall.show_content(TileRef(TOUR, "t1"), 0)
    run = wall.tours.run_of(wall.wall.tiles[0])
    until(lambda: watch.turns_of(0) >= 3, "three turns of the tour")
    lead("wall_tour_next")  # no window has the keyboard: nobody manages this screen
    until(lambda: watch.turns_of(0) >= 4, "the next one, by hand")
    lead("wall_tour_hold")
    held = run.shown
    QTest.qWait(round(DWELL_LEAST_S * 1000) + 1000)
    stood = run.shown == held and wall.content(0).tour.held
    lead("wall_tour_hold")
    until(lambda: run.shown != held, "it to go on")
    watch.close()
    enough = watch.paints > 50 and watch.shown_in(0) == {"1215", "1220", "1203"}
    counts = watch.counts
    said = f"black {counts['black']}, unmarked {counts['unmarked']}, dead {run.skipped}"
    say(f"tour: {said}, held {stood}, seen {enough}")


def ends_its_pull(desk: WallDesk) -> None:
    (wall,) = desk.walls.windows.values()
    pictures = desk.window.pictures
    for tile, camera_id in enumerate(("1203", "1207", "1211", "1190")):
        pictures.show_camera(camera_id, tile)
        wall.show_content(camera(camera_id), tile)
    until(lambda: live(desk) == set(IDS[:4]), "four to be wanted")
    until(lambda: desk.pulled() == 4, "four pulled")
    say(f"both walls show four: {desk.pulled()} pulled, {desk.looks('1207')} look")
    wall.empty(1)
    until(lambda: None in wall.wall.cameras, "the wall's tile to be empty")
    QTest.qWait(500)
    say(f"one of two tiles closed: {desk.pulled()} pulled")
    pictures.show_camera("1203", 1)  # changes places: 1207 goes to tile 0
    pictures.show_camera("1220", 0)
    until(lambda: "1207" not in live(desk), "1207 to be wanted no more")
    wall.show_content(camera("1220"), 1)
    until(lambda: desk.engine.status("1207").state == "off", "1207 to be off")
    until(lambda: desk.pulled() == 4, "its connection to be gone")
    say(f"last tile closed: {desk.pulled()} pulled")
    wall.show_content(camera("1215"), 0)
    wall.show_content(camera("1207"), 1)
    until(lambda: desk.pulled() == 6, "two more")
    desk.walls.close(wall.key)
    until(lambda: desk.pulled() == 4, "their connections to be gone")
    say(f"wall closed: {desk.pulled()} pulled")


def main() -> None:
    application = QApplication([])
    load_fonts()
    names = {screen.name() for screen in QGuiApplication.screens()}
    assert {"desk", "wall"} <= names, names
    with tempfile.TemporaryDirectory() as folder:
        desk = WallDesk(Path(folder))
        try:
            goes_and_comes_back(desk, os.environ["DISPLAY"])
            tours_on_the_wall(desk)
            ends_its_pull(desk)
        finally:
            desk.close()
    application.quit()


if __name__ == "__main__":
    main()
