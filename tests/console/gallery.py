"""Show the real window over a real board at its telling moments, and save pictures.

    PYTHONPATH=. python tests/console/gallery.py FOLDER [SCENE …] [--scale 2] [--light]

Needs a display or QT_QPA_PLATFORM=offscreen. For eyes, not for a test run.
"""

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desk_kit import CENTRE, START, Clock, DeskKit, type_text
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.main_window import MainWindow
from console.theme import DARK, LIGHT, Theme, load_fonts
from console.translation import load_translation
from dispatch.case_commands import (
    AnswerHelp,
    CallForce,
    MoveForce,
    Reinforce,
    ShelveAlarms,
)
from dispatch.commands import (
    ArriveCase,
    DepartCase,
    EnrolDevice,
    ImportTown,
    RecordReading,
    ReportCase,
    SendUnit,
    SignCase,
    TakeCase,
)
from dispatch.geo import moved
from dispatch.people import SYSTEM, Actor, Role

OTHER = Actor("赵雷", "1号席", frozenset(Role) - {Role.DEVICE, Role.SYSTEM})


def photo() -> bytes:
    image = QImage(960, 720, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 0, 720)
    sky.setColorAt(0, QColor("#8c9aa3"))
    sky.setColorAt(1, QColor("#4b4640"))
    painter.fillRect(image.rect(), sky)
    painter.fillRect(QRectF(120, 260, 300, 460), QColor("#6d5f50"))
    painter.fillRect(QRectF(520, 180, 320, 300), QColor("#c9d4da"))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 80)
    return bytes(buffer.data().data())


def report(
    kit: DeskKit, category: str, place: str, bearing: float, metres: float
) -> int:
    value = kit.client.do(
        ReportCase(
            actor=OTHER,
            category=category,
            place_name=place,
            point=moved(CENTRE, bearing, metres),
            channel="hotline",
            at=kit.clock(),
        )
    ).value
    assert isinstance(value, int)
    return value


def ordinary_day(kit: DeskKit) -> None:
    """Fill the lanes as on a quiet Monday."""
    for category, place, bearing, metres, unit in (
        ("5001", "锦绣路36号", 80, 300, "W05"),
        ("6002", "桃源农贸市场东侧", 140, 260, ""),
        ("1002", "桃源新邨7幢", 10, 120, "W04"),
        ("4003", "丁栅老街23号", 200, 700, ""),
        ("5003", "姚杨公路桃源路口", 75, 160, ""),
        ("A001", "便民服务中心", 300, 600, ""),
    ):
        case_id = report(kit, category, place, bearing, metres)
        kit.clock.go(minutes=4)
        if unit:
            kit.client.do(SendUnit(actor=OTHER, case_id=case_id, unit_id=unit))
            kit.field(SignCase, case_id, unit)
            kit.field(DepartCase, case_id, unit)
        elif category != "A001":
            kit.client.do(TakeCase(actor=OTHER, case_id=case_id))
    kit.clock.go(hours=2, minutes=24)
    flood = report(kit, "3006", "丁栅老街", 200, 700)
    kit.client.do(SendUnit(actor=OTHER, case_id=flood, unit_id="W06"))
    kit.field(SignCase, flood, "W06")
    kit.field(DepartCase, flood, "W06")
    kit.field(ArriveCase, flood, "W06")
    for unit, bearing, metres, age in (
        ("W01", 40, 180, 40),
        ("W02", 130, 240, 65),
        ("W03", 220, 150, 540),
        ("W05", 15, 690, 20),
    ):
        kit.place(unit, moved(CENTRE, bearing, metres), age_s=age)
    kit.clock.go(minutes=8)


def overdue_pile(kit: DeskKit) -> None:
    for index in range(24):
        case_id = report(
            kit,
            ("5001", "5003", "6002", "5008")[index % 4],
            f"锦绣路{index * 7 + 3}号",
            15 * index,
            200 + 40 * index,
        )
        kit.client.do(TakeCase(actor=OTHER, case_id=case_id))
        kit.clock.go(minutes=11)
    kit.clock.go(days=3, minutes=-11 * 24)


class Gallery:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.folder = options.folder
        self.folder.mkdir(parents=True, exist_ok=True)

    def scene(self, name: str, prepare, act, before=timedelta(hours=3)) -> None:
        scale = self.options.scale
        tokens = LIGHT if self.options.light else DARK
        with tempfile.TemporaryDirectory() as folder:
            kit = DeskKit(
                Path(folder),
                clock=Clock(START - before, running=True),
                theme=Theme(tokens, scale=scale),
            )
            prepare(kit)
            kit.start()
            window = MainWindow(kit.desk)
            window.resize(round(1920 * scale), round(1080 * scale))
            window.show()
            settle()
            act(kit, window)
            settle(600)
            path = self.folder / f"{name}.png"
            window.grab().save(str(path))
            sys.stdout.write(f"{path}\n")
            window.close()
            window.deleteLater()
            settle(50)
            kit.close()


def settle(milliseconds: int = 300) -> None:
    QTest.qWait(milliseconds)


def rest(kit: DeskKit, window: MainWindow) -> None:
    pass


def alarm(kit: DeskKit, window: MainWindow) -> None:
    kit.alarm("PB-YH-01", "B003")
    kit.clock.go(seconds=9)
    kit.alarm()
    kit.alarm()
    kit.clock.go(seconds=41)


def opened(kit: DeskKit, window: MainWindow) -> None:
    kit.alarm()
    kit.clock.go(seconds=21)
    settle()
    kit.desk.actions.run("step")
    kit.clock.go(seconds=12)
    settle()


def on_the_way(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.desk.actions.run("send")
    settle()
    case_id = kit.desk.open_case_id or 0
    kit.clock.go(seconds=15)
    kit.field(SignCase, case_id, "W01")
    kit.clock.go(seconds=9)
    kit.field(DepartCase, case_id, "W01")
    kit.place("W01", moved(CENTRE, 40, 120))


def reinforced(kit: DeskKit, window: MainWindow) -> None:
    on_the_way(kit, window)
    case_id = kit.desk.open_case_id or 0
    kit.clock.go(minutes=4)
    kit.field(ArriveCase, case_id, "W01")
    kit.client.do(CallForce(actor=OTHER, case_id=case_id, force="119"))
    kit.clock.go(minutes=2)
    device = replace(kit.board.devices["TW02"], revoked=True)
    kit.client.do(EnrolDevice(actor=SYSTEM, device=device))
    for unit_id in ("W02", "W03"):  # from here: the first one's number stands
        helps = Reinforce(actor=kit.desk.actor, case_id=case_id, unit_id=unit_id)
        kit.client.do(helps)
    kit.field(AnswerHelp, case_id, "W03", action="force_depart", call=3)
    kit.clock.go(hours=1, minutes=5)
    arrive = {"actor": OTHER, "case_id": case_id, "action": "force_arrive"}
    kit.client.do(MoveForce(**arrive, force="119"))
    kit.clock.go(minutes=3)
    settle()


def reinforce_form(kit: DeskKit, window: MainWindow) -> None:
    reinforced(kit, window)
    kit.desk.actions.run("reinforce")


def reported_done(kit: DeskKit, window: MainWindow) -> None:
    on_the_way(kit, window)
    case_id = kit.desk.open_case_id or 0
    kit.clock.go(minutes=4)
    kit.field(ArriveCase, case_id, "W01")
    kit.clock.go(minutes=6)
    kit.finish(case_id, "W01", photo())


def closing(kit: DeskKit, window: MainWindow) -> None:
    reported_done(kit, window)
    settle()
    kit.desk.actions.run("next")
    settle()
    kit.desk.actions.run("close")


def refused(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.desk.actions.run("close")


def form(kit: DeskKit, window: MainWindow) -> None:
    kit.desk.actions.run("new_report")
    settle()
    type_text(window.form.place.line, "桃源")
    settle(500)


def form_filled(kit: DeskKit, window: MainWindow) -> None:
    form(kit, window)
    QTest.keyClick(window.form.place.line, Qt.Key.Key_Tab)
    settle()
    type_text(window.form.kind.line, "纠纷")


def keys(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.desk.actions.run("keys")


def away(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.client.lose()
    settle()
    kit.desk.actions.run("send")
    kit.clock.go(seconds=95)
    settle(1200)


def more(kit: DeskKit, window: MainWindow) -> None:
    on_the_way(kit, window)
    settle()
    kit.desk.actions.run("more")


def deed_form(kit: DeskKit, window: MainWindow) -> None:
    more(kit, window)
    settle()
    window.case.more.shown.chosen.emit("request_suspend")


def decide(kit: DeskKit, window: MainWindow) -> None:
    deed_form(kit, window)
    settle()
    form = window.case.more.shown
    type_text(form.editors["text"], "权属单位未定")
    form.answer()
    settle()
    kit.desk.actions.run("force_close")
    window.case.more.shown.confirm.click()


def find_case(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    kit.desk.actions.run("find_case")
    page = window.panels["find_case_page"]
    type_text(page.line, "桃源")
    page.answer()


def contacts(kit: DeskKit, window: MainWindow) -> None:
    opened(kit, window)
    shifts = ("08:00-18:00", "20:00-08:00", "", "08:00-12:00 14:00-18:00")
    units = kit.board.units
    for unit_id, hours in zip(("W01", "W02", "W03", "W05"), shifts, strict=True):
        unit = replace(units[unit_id], roster=(hours,) * 7)
        kit.client.do(ImportTown(actor=SYSTEM, units=(unit,)))
    settle()
    kit.desk.actions.run("contacts")
    page = window.panels["contacts_page"]
    settle()
    page.rows.mark(page.rows.people[:2])
    page._say()


def circular(kit: DeskKit, window: MainWindow) -> None:
    contacts(kit, window)
    window.panels["contacts_page"].answer()


def rules(kit: DeskKit, window: MainWindow) -> None:
    for number, idle_days in ((1, 12), (2, 2)):
        meter = replace(
            kit.board.devices["SD-12-301"],
            device_id=f"WM-{number}",
            kind="water_meter",
            name=f"水表{number}",
            public_key=str(number) * 40,
        )
        kit.client.do(EnrolDevice(actor=SYSTEM, device=meter))
        used = 0.0
        for hours in range(14 * 24, 0, -4):
            at = kit.clock() - timedelta(hours=hours)
            idle = (hours // 24) < idle_days
            used += 0.02 if not idle or at.hour == 4 else 0.0
            said = kit.said(meter.device_id) | {"at": at, "received_at": at}
            kit.client.do(RecordReading(**said, values={"volume_m3": used}))
    settle()
    kit.desk.actions.run("rules")


def rule_tried(kit: DeskKit, window: MainWindow) -> None:
    rules(kit, window)
    page = window.panels["rules_page"]
    settle()
    page.answer()
    page.fields["line"].setText("0.015")
    page.answer()
    settle(900)


def shelved(kit: DeskKit, window: MainWindow) -> None:
    kit.alarm(of="B005")
    settle()
    kit.desk.actions.run("step")
    case_id = max(kit.board.cases)
    kit.client.do(
        ShelveAlarms(
            actor=kit.desk.actor, case_id=case_id, minutes=60, text="门磁松动，已报修"
        )
    )
    for _time in range(5):
        kit.restore(category="B005")
        kit.clock.go(minutes=2)
        kit.alarm(of="B005")
    settle()


def shelf_form(kit: DeskKit, window: MainWindow) -> None:
    kit.alarm(of="B005")
    settle()
    kit.desk.actions.run("step")
    settle()
    kit.desk.actions.run("more")
    settle()


SCENES = {
    "shelved": (ordinary_day, shelved),
    "shelf_form": (ordinary_day, shelf_form),
    "rules": (ordinary_day, rules),
    "rule_tried": (ordinary_day, rule_tried),
    "contacts": (ordinary_day, contacts),
    "circular": (ordinary_day, circular),
    "reinforced": (ordinary_day, reinforced),
    "reinforce_form": (ordinary_day, reinforce_form),
    "rest": (ordinary_day, rest),
    "alarm": (ordinary_day, alarm),
    "opened": (ordinary_day, opened),
    "on_the_way": (ordinary_day, on_the_way),
    "reported_done": (ordinary_day, reported_done),
    "closing": (ordinary_day, closing),
    "refused": (ordinary_day, refused),
    "form": (ordinary_day, form),
    "form_filled": (ordinary_day, form_filled),
    "keys": (ordinary_day, keys),
    "away": (ordinary_day, away),
    "more": (ordinary_day, more),
    "deed_form": (ordinary_day, deed_form),
    "decide": (ordinary_day, decide),
    "find_case": (ordinary_day, find_case),
    "overdue": (
        lambda kit: (overdue_pile(kit), ordinary_day(kit)),
        rest,
        timedelta(days=3, hours=3),
    ),
    "empty": (lambda kit: None, rest),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("scenes", nargs="*", choices=[[], *SCENES])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--light", action="store_true")
    parser.add_argument("--english", action="store_true")
    options = parser.parse_args()
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    load_fonts()
    if not options.english:
        load_translation(application)
    gallery = Gallery(options)
    for name in options.scenes or SCENES:
        gallery.scene(name, *SCENES[name])


if __name__ == "__main__":
    main()
