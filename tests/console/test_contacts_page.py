"""Ctrl+L: who is on duty today, called with a key, or written to after a look at whom."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit, type_text
from layout_check import Watch
from PySide6.QtCore import Qt
from window_kit import press, raise_alarm

from console.main_window import MainWindow
from console.panels.circular_form import CircularForm
from console.panels.contacts_page import ContactsPage
from console.panels.duty_rows import masked_number
from dispatch.board import Moved
from dispatch.bus import Bus
from dispatch.circulars import SendCircular
from dispatch.commands import ImportTown, VoidCase
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


def renewing(show: Callable[..., None], seen: list[bool]) -> Callable[..., None]:
    """Return what shows the groups, noting each time."""

    def shown(*groups: object) -> None:
        seen.append(True)
        show(*groups)

    return shown


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
    renewed, moved_hand = [], []
    page.rows.show_groups = renewing(page.rows.show_groups, renewed)
    kit.desk.hand_moved.connect(lambda: moved_hand.append(True))
    kit.desk.moved.emit(Moved(cases=frozenset({1}), cameras=frozenset({"C"})))
    assert not page._soon.isActive(), "nobody who is listed moved"
    for _ in range(5):
        kit.desk.moved.emit(Moved(units=frozenset({"W01"})))
    assert not renewed
    qtbot.waitUntil(lambda: renewed == [True])
    assert not moved_hand, "Enter still calls the same one"
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
    press(window, Key.Key_F1)
    keys = {line.text for line in window.keys_page.shown_lines()}
    assert {
        "choose a person · call them",
        "mark all listed · write to the marked",
    } <= keys
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


def test_a_masked_number_shows_at_most_half_and_hides_four_digits():
    assert masked_number("13800000001") == "138…01"
    assert masked_number("8412345") == "84…5"
    for digits in range(12):
        shown = len(masked_number("0123456789012"[:digits])) - 1
        assert digits == 0 or shown <= digits / 2
        assert shown <= max(0, digits - 4)


def marked_and_written(page: ContactsPage) -> CircularForm:
    for key in (Key.Key_Space, Key.Key_Return):
        press(page.window(), key)
    assert page.circular is not None
    return page.circular


def test_a_circular_goes_with_its_case_and_its_own_words_wait_there(
    qtbot, kit: DeskKit, window: MainWindow
):
    first = raise_alarm(qtbot, kit)
    kit.desk.open_case(first)
    page = opened(qtbot, kit, window)
    form = marked_and_written(page).form
    assert form is not None
    template = str(form.values()["text"])
    press(window, Key.Key_2)
    assert form.values()["text"] != template, "of another kind"
    form.put_text("带梯子来")
    kind = form.values()["template"]
    kit.desk.looks.set_language("zh_CN")
    form = page.circular.form
    assert form.values() == {"template": kind, "text": "带梯子来"}, (
        "other words, its own"
    )
    assert "群发" in form.deed.text
    kit.desk.looks.set_language("en")
    form = page.circular.form
    press(window, Key.Key_1)
    assert form.values()["text"] == "带梯子来", "own words stay, whatever the kind"

    # Back to the list: the marks stand, and the words come back with them.
    press(window, Key.Key_Escape)
    press(window, Key.Key_Return)
    assert page.circular is not None
    assert page.circular.own_words() == "带梯子来"

    # Another case is opened: neither form nor marks wait for a blind Enter.
    press(window, Key.Key_L, CTRL)
    kit.alarm("PB-YH-01")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    second = max(kit.board.cases)
    kit.desk.open_case(second)
    page = opened(qtbot, kit, window)
    assert page.circular is None
    assert not page.rows.marked
    assert marked_and_written(page).own_words() == "", "they were said of the first"
    kit.desk.open_case(first)
    page = opened(qtbot, kit, window)
    circular = marked_and_written(page)
    assert (circular.case.case_id, circular.own_words()) == (first, "带梯子来")

    # Put away with nothing written, the page forgets who was marked.
    press(window, Key.Key_Escape)
    assert page.rows.marked
    press(window, Key.Key_Escape)
    opened(qtbot, kit, window)
    assert not page.rows.marked

    # Refused (no way to send it) while another case is open: the same, words and all.
    circular = marked_and_written(page)
    answers = Event()
    kit.client._thread.submit(answers.wait, 10)  # the service takes its time
    press(window, Key.Key_Return)
    press(window, Key.Key_Return)
    assert circular.is_asked()
    kit.desk.open_case(second)
    assert page.circular is circular, "asked for: it stays until it is answered"
    with qtbot.waitSignal(
        kit.desk.actions.answered,
        check_params_cb=lambda _, refused: refused is not None,
    ):
        answers.set()
    assert page.circular is None
    kit.desk.open_case(first)
    page = opened(qtbot, kit, window)
    assert marked_and_written(page).own_words() == "带梯子来"
    press(window, Key.Key_Escape)
    press(window, Key.Key_Escape)
    opened(qtbot, kit, window)

    # Voided by somebody else under the hand: its Enter calls nobody.
    marked_and_written(page)
    case = kit.board.cases[first]
    void = VoidCase(
        actor=SYSTEM, case_id=first, seen=case.version, reason="false_alarm"
    )
    kit.client.do(void)
    qtbot.waitUntil(lambda: page.circular is None)
    press(window, Key.Key_Return)
    assert looks(kit) == []
    kit.clock.go(seconds=2)
    press(window, Key.Key_Return)
    assert len(looks(kit)) == 1
