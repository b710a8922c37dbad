"""Look at the real window in every size, background and language for what is cut.

    PYTHONPATH=. python tests/console/layout_check.py [FOLDER]

Shows the desk at its telling moments at 1366x768, 1920x1080 and 3840x2160, light and
dark, in Chinese and in English, and reports text that is shortened, cut off or lies
outside of its widget. With a folder the pictures are kept there, for eyes.
`test_layout_check.py` runs a part of it.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path

from desk_kit import START, Clock, DeskKit
from gallery import SCENES, opened, ordinary_day, settle
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from console import painting
from console.main_window import MainWindow
from console.painting import PaintedText
from console.panels.pictures import PicturesPanel
from console.theme import Theme, load_fonts, scale_of
from video.tours import Stop, Tour
from video.wall_scenes import Scene
from video.wall_schedule import Row

SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
BACKGROUNDS = ("dark", "light")
LANGUAGES = ("zh_CN", "en")
SLACK = 1.5  # pixels that nobody misses


def keys_all(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.desk.actions.run("keys")
    kit.desk.actions.run("keys")


def settings(kit: DeskKit, window: MainWindow) -> None:
    kit.desk.actions.run("settings")


def legend(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.desk.actions.run("focus_5")
    window.map.toggle_legend()


def contact(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.desk.actions.run("contact")


def note(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.desk.actions.run("note")


def number(kit: DeskKit, window: MainWindow) -> None:
    for digit in "999":
        window.pictures.type_digit(digit)


def wall(kit: DeskKit, window: MainWindow) -> None:
    book = kit.desk.wall
    stops = tuple(Stop(each) for each in sorted(kit.board.cameras))
    book.save_tour(Tour(key="t1", name="北片重点部位", stops=stops))
    scenes = (("2x2", "早班"), ("1+5", "夜间防火巡查"))
    for number, (layout, name) in enumerate(scenes, 1):
        tiles = ("tour:t1", "camera:1203")
        scene = Scene(number=number, name=name, layout=layout, tiles=tiles)
        book.save_scene(scene)
    week = frozenset(range(8))
    book.set_rows(
        (Row(days=week, at=time(8), scene=1), Row(days=week, at=time(18), scene=2))
    )
    book.call(1, until_turn=True)
    kit.desk.actions.run("wall")


def wall_tours(kit: DeskKit, window: MainWindow) -> None:
    wall(kit, window)
    window.wall_page.show_section(1)


def wall_times(kit: DeskKit, window: MainWindow) -> None:
    wall(kit, window)
    window.wall_page.show_section(2)
    window.wall_page.times.add()


MOMENTS = {
    **SCENES,
    "keys_all": (ordinary_day, keys_all),
    "settings": (ordinary_day, settings),
    "legend": (ordinary_day, legend),
    "contact": (ordinary_day, contact),
    "note": (ordinary_day, note),
    "number": (ordinary_day, number),
    "wall": (ordinary_day, wall),
    "wall_tours": (ordinary_day, wall_tours),
    "wall_times": (ordinary_day, wall_times),
}


@dataclass(frozen=True)
class Fault:
    """Something that cannot be read."""

    where: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {self.text!r}"


@dataclass
class Watch:
    """Collects what is painted while it stands."""

    painted: list[PaintedText] = field(default_factory=list)

    def __enter__(self) -> "Watch":
        painting.watchers.append(self.painted.append)
        return self

    def __exit__(self, *_: object) -> None:
        painting.watchers.clear()


def data_of(kit: DeskKit) -> set[str]:
    """Return the town's own words: what may be shortened at its end."""
    board = kit.board
    found = {case.place_name for case in board.cases.values()}
    found |= {case.details for case in board.cases.values()}
    found |= {unit.name for unit in board.units.values()}
    found |= {unit.role for unit in board.units.values()}
    found |= {camera.name for camera in board.cameras.values()}
    found |= {place.name for place in board.places.values()}
    found |= {place.address for place in board.places.values()}
    for each in kit.desk.actions.taxonomy.categories:
        found |= {each.name_zh, each.name_en, each.department}
    return {each for each in found if each}


def painted_faults(kit: DeskKit, painted: list[PaintedText]) -> Iterator[Fault]:
    data = data_of(kit)
    for each in painted:
        device = each.device
        where = type(device).__name__
        in_row = isinstance(device, QWidget) and isinstance(
            device.parent(), QAbstractItemView
        )
        if each.shown != each.text and not (in_row and each.text.startswith("✕")):
            kept = each.shown.rstrip("…")
            if not any(word in each.text for word in data):
                yield Fault(where, "shortened", each.text)
            elif len(kept) < 3:
                yield Fault(where, "nothing left of it", each.text)
        if each.ink.height() > each.rect.height() + SLACK:
            yield Fault(where, "higher than its line", each.text)
        if not isinstance(device, QWidget):
            continue
        room = QRectF(device.rect()).adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if in_row:
            room.adjust(0, -1e4, 0, 1e4)  # it scrolls
        if not room.contains(each.ink):
            yield Fault(where, "outside", each.text)
    yield from overlaps(painted)


def overlaps(painted: list[PaintedText]) -> Iterator[Fault]:
    """Find words that stand on other words; a plate over a picture may."""
    by_device: dict[int, list[PaintedText]] = {}
    for each in painted:
        if isinstance(each.device, QWidget) and not isinstance(
            each.device, PicturesPanel
        ):
            by_device.setdefault(id(each.device), []).append(each)
    for group in by_device.values():
        for index, one in enumerate(group):
            for other in group[index + 1 :]:
                both = one.ink.intersected(other.ink)
                if both.width() > 2 and both.height() > 2 and one != other:
                    where = type(one.device).__name__
                    yield Fault(where, f"stands on {other.shown!r}", one.shown)


def widget_faults(window: MainWindow) -> Iterator[Fault]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        text, fits = _text_of(widget), True
        where = f"{type(widget.parentWidget()).__name__}/{type(widget).__name__}"
        if not text:
            continue
        wanted = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            fits = widget.heightForWidth(widget.width()) <= widget.height() + SLACK
        elif isinstance(widget, QLineEdit):
            room = widget.width() - 2 * 14
            fits = widget.fontMetrics().horizontalAdvance(text) <= room
        elif isinstance(widget, QTabBar):
            fits = wanted.width() <= widget.width() + SLACK
        else:
            fits = (
                wanted.width() <= widget.width() + SLACK
                and wanted.height() <= widget.height() + 8
            )
        if not fits:
            yield Fault(where, f"needs {wanted.toTuple()} has {widget.size()}", text)
        if not _scrolls(widget) and _seen(widget, window) != widget.rect():
            yield Fault(where, "is covered or cut", text)


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return "" if widget.text() else widget.placeholderText()
    if isinstance(widget, QTabBar):
        return " ".join(widget.tabText(index) for index in range(widget.count()))
    return ""


def _scrolls(widget: QWidget) -> bool:
    parent: QWidget | None = widget
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _seen(widget: QWidget, window: MainWindow) -> QRect:
    """Return what of a widget its parents show, in its own coordinates."""
    box = QRect(QPoint(0, 0), widget.size())
    parent = widget.parentWidget()
    while parent is not None:
        corner = widget.mapTo(parent, QPoint(0, 0))
        box &= parent.rect().translated(-corner)
        if parent is window:
            break
        parent = parent.parentWidget()
    return box


def faults_of(kit: DeskKit, window: MainWindow) -> list[Fault]:
    """Return what cannot be read in the window as it stands."""
    with Watch() as watch:
        window.grab()
    found = [*painted_faults(kit, watch.painted), *widget_faults(window)]
    return list(dict.fromkeys(found))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--only", nargs="*", default=list(MOMENTS), choices=MOMENTS)
    parser.add_argument("--size", nargs="*", default=[f"{w}x{h}" for w, h in SIZES])
    parser.add_argument("--language", nargs="*", default=LANGUAGES)
    parser.add_argument("--background", nargs="*", default=BACKGROUNDS)
    options = parser.parse_args()
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication(sys.argv[:1])
    load_fonts()
    count = 0
    for size in options.size:
        width, height = map(int, size.split("x"))
        for name in options.only:
            count += _look(name, width, height, options)
    sys.stdout.write(f"{count} faults\n")
    return 1 if count else 0


def _look(name: str, width: int, height: int, options: argparse.Namespace) -> int:
    prepare, act, *more = MOMENTS[name]
    before = more[0] if more else timedelta(hours=3)
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        kit = DeskKit(
            Path(folder),
            clock=Clock(START - before, running=True),
            theme=Theme(scale=scale_of(width, height, 0, 0)),
        )
        prepare(kit)
        kit.start()
        window = MainWindow(kit.desk)
        window.resize(width, height)
        window.show()
        settle()
        act(kit, window)
        settle(600)
        for language in options.language:
            for background in options.background:
                kit.desk.looks.set_language(language)
                kit.desk.looks.set_background(background)
                settle(250)
                title = f"{name}-{width}x{height}-{background}-{language}"
                if window.size().toTuple() != (width, height):
                    sys.stdout.write(f"{title}: the window is {window.size()}\n")
                    count += 1
                for fault in faults_of(kit, window):
                    sys.stdout.write(f"{title}: {fault}\n")
                    count += 1
                if options.folder is not None:
                    options.folder.mkdir(parents=True, exist_ok=True)
                    window.grab().save(str(options.folder / f"{title}.png"))
        kit.desk.looks.hush()
        window.close()
        window.deleteLater()
        settle(50)
        kit.close()
    return count


if __name__ == "__main__":
    raise SystemExit(main())
