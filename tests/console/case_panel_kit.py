"""The case panel alone, and a case in each of its states."""

import pytest
from desk_fixtures import kit as kit
from desk_kit import DeskKit
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from console.panels.case import CasePanel
from dispatch.cases import CaseState
from dispatch.commands import (
    ArriveCase,
    DepartCase,
    SignCase,
)


@pytest.fixture
def panel(qtbot, kit: DeskKit) -> CasePanel:
    made = CasePanel(kit.desk)
    qtbot.addWidget(made)
    made.resize(560, 932)
    made.show()
    return made


def picture(width: int = 64, height: int = 48) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#446688"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 90)
    return bytes(buffer.data().data())


def opened(qtbot, kit: DeskKit) -> int:
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases))
    case_id = max(kit.board.cases)
    kit.desk.open_case(case_id)
    return case_id


def until(qtbot, kit: DeskKit, case_id: int, state: CaseState) -> None:
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is state)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)


def finished(
    qtbot, kit: DeskKit, photo: bytes | None = None, *, restored: bool = True
) -> int:
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.clock.go(seconds=30)
        kit.field(kind, case_id, "W01")
    if restored:
        kit.restore()
    kit.finish(case_id, "W01", photo or picture())
    until(qtbot, kit, case_id, CaseState.FEEDBACK)
    return case_id


def cells(panel: CasePanel, kit: DeskKit) -> dict[str, tuple[str, bool]]:
    return {
        label: (value, late) for label, value, late in panel.clocks.texts(kit.clock())
    }
