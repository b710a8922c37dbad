"""Ctrl+L: who is on duty today, called with a key, or written to after a look at whom."""

from dataclasses import replace

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit, type_text
from layout_check import Watch
from PySide6.QtCore import Qt
from window_kit import press, raise_alarm

from console.main_window import MainWindow
from console.panels.contacts_page import ContactsPage
from console.panels.duty_rows import masked_number
from dispatch.bus import Bus
from dispatch.circulars import SendCircular
from dispatch.commands import ImportTown
from dispatch.duty import DEPARTMENT, EVERYBODY
from dispatch.notify.book import Notifier, Template
from dispatch.numbers import COPIED, NoteNumbers
from dispatch.people import SYSTEM
from dispatch.roster import AT_REST, WHOLE_DAY

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SMS = Notifier(
    name="短信",
    kind="sms",
    url="https://sms.example/send",
    template=Template(fields={"to": "{phone}", "say": "{text}"}),
)


def opened(qtbot, kit: DeskKit, window: MainWindow) -> ContactsPage:
    press(window, Key.Key_L, CTRL)
    page = window.panels["contacts_page"]
    assert isinstance(page, ContactsPage)
    qtbot.waitUntil(page.line.hasFocus)
    return page


def put(qtbot, kit: DeskKit, unit_id: str, **changed: object) -> None:
    unit = replace(kit.board.units[unit_id], **changed)
    kit.client.do(ImportTown(actor=SYSTEM, units=(unit,)))
    for name, value in changed.items():
        qtbot.waitUntil(
            lambda n=name, v=value: getattr(kit.board.units[unit_id], n) == v
        )


def painted(page: ContactsPage) -> str:
    with Watch() as watch:
        page.rows.grab()
    return "\n".join(each.text for each in watch.painted)


def looks(kit: DeskKit) -> list[tuple[int, str, str]]:
    return [
        (each.case_id, owner.ref, each.deed)
        for each in kit.client.submitted
        if isinstance(each, NoteNumbers)
        for owner in each.owners
    ]


def test_who_is_on_duty_is_listed_masked_and_called_with_enter(
    qtbot, kit: DeskKit, window: MainWindow
):
    page = opened(qtbot, kit, window)
    assert "import roster" in page._about.text(), "no roster was put in"
    numbers = [each.phone for each in kit.board.units.values()]
    assert not any(number in painted(page) for number in numbers)
    assert looks(kit) == [], "what is masked is not read"
    put(qtbot, kit, "W01", roster=(WHOLE_DAY,) * 7)
    put(qtbot, kit, "W02", roster=AT_REST)
    qtbot.waitUntil(lambda: "1 on shift now" in page._about.text())
    assert "import roster" not in page._about.text()
    listed = [each.unit.unit_id for each in page.rows.people]
    assert "W02" not in listed, "on no shift today"
    type_text(page.line, "wjg")
    assert [each.unit.unit_id for each in page.rows.people] == ["W01"]
    dialled: list[str] = []
    kit.desk.calls.dials = True
    kit.desk.calls.open_address = lambda to: dialled.append(to) is None
    press(window, Key.Key_Return)
    assert dialled == ["tel:13800000001"]
    assert looks(kit) == [(0, "W01", COPIED)], "of no case"
    assert "13800000001" in painted(page)
    for _ in range(3):
        press(window, Key.Key_Tab)
    assert page.by == EVERYBODY
    page.line.clear()
    type_text(page.line, "chenfang?")
    assert "Tab turns on" in page.rows.said
    press(window, Key.Key_Escape)
    assert not page.isVisible()
    press(window, Key.Key_L, CTRL)
    assert "13800000001" not in painted(page), "masked again"


def test_those_who_are_marked_are_written_to_once_after_a_look_at_whom(
    qtbot, kit: DeskKit, window: MainWindow
):
    kit.client.bus = Bus(kit.store, clock=kit.clock, notifiers=lambda: (SMS,))
    put(qtbot, kit, "W03", phone="")
    page = opened(qtbot, kit, window)
    press(window, Key.Key_Tab)
    assert page.by == DEPARTMENT
    press(window, Key.Key_Space)
    press(window, Key.Key_Return)
    assert page.circular is None, "no case is open"
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    page = opened(qtbot, kit, window)
    press(window, Key.Key_A, CTRL)
    press(window, Key.Key_Return)
    circular = page.circular
    assert circular is not None
    assert circular.form is not None
    assert len(circular.reached()) == len(kit.board.units) - 1
    rows = [circular.rows.item(n).text() for n in range(circular.rows.count())]
    assert any(row.startswith("✕ 周亮") for row in rows)
    assert any(masked_number("13800000001") in row for row in rows)
    text = str(circular.form.values()["text"])
    assert kit.board.cases[case_id].place_name in text
    press(window, Key.Key_Escape)
    assert page.circular is None, "back to the list, still marked"
    press(window, Key.Key_Return)
    circular = page.circular
    assert circular is not None
    press(window, Key.Key_Return)
    assert not [c for c in kit.client.submitted if isinstance(c, SendCircular)]
    press(window, Key.Key_Return)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: circular.form is None)
    (command,) = [c for c in kit.client.submitted if isinstance(c, SendCircular)]
    assert (command.case_id, command.text) == (case_id, text)
    assert "W03" not in command.units
    qtbot.waitUntil(lambda: circular.rows.count() == len(command.units))
    fates = [circular.rows.item(n).text() for n in range(circular.rows.count())]
    assert all(each.endswith("not sent yet") for each in fates)
    assert not page.rows.marked
    lines = [e for e in kit.board.entries(case_id) if e.action == "circular"]
    assert len(lines) == 1
    press(window, Key.Key_Escape)
    assert page.circular is None
    assert page.line.hasFocus()
