"""Who else has a case open: said and heard with the heartbeat, seen at row and case."""

from desk_fixtures import kit as kit
from desk_kit import DeskKit
from PySide6.QtWidgets import QVBoxLayout, QWidget
from test_lanes import lanes as lanes
from test_lanes import report, second_line

from console.panels.case_head import CaseHead
from console.panels.lanes import LanesPanel


def test_seen_at_the_row_and_at_the_case(qtbot, kit: DeskKit, lanes: LanesPanel):
    case_id = report(kit, "5001")
    qtbot.waitUntil(lambda: case_id in kit.board.cases)
    case = QWidget()
    qtbot.addWidget(case)
    head = CaseHead(kit.desk)
    rows = QVBoxLayout(case)
    rows.addWidget(head)
    rows.addStretch(1)
    case.resize(560, 900)
    case.show()
    kit.desk.open_case(case_id)
    assert kit.client.looked == (kit.desk.actor.seat, case_id)
    assert "open at" not in second_line(lanes, case_id)
    kit.client.looking = (("3号席", case_id), ("2号席", case_id), ("", 99))
    with qtbot.waitSignal(kit.desk.pending_changed):
        kit.desk.lookers.renew()
    assert second_line(lanes, case_id).endswith("open at 2号席 · 3号席")
    assert ("Also open at", "2号席 · 3号席") in head.facts()
    assert kit.desk.lookers.seats(99) == "another seat"
    qtbot.waitUntil(lambda: head.height() == head.sizeHint().height())
    kit.client.looking = ()
    kit.desk.open_case(None)
    assert kit.client.looked == (kit.desk.actor.seat, None)
    assert kit.desk.lookers.text(case_id) == ""
