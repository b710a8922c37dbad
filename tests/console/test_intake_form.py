"""The form: found while typing, chosen and saved by Enter, parked without losing a letter."""

from concurrent.futures import Future

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.panels.intake_form import IntakeForm
from dispatch.commands import Refused, ReportCase

Key = Qt.Key


@pytest.fixture
def form(qtbot, kit: DeskKit) -> IntakeForm:
    made = IntakeForm(kit.desk)
    qtbot.addWidget(made)
    made.resize(560, 932)
    made.show()
    made.start()
    qtbot.waitUntil(made.place.line.hasFocus)
    return made


def find_place(qtbot, form: IntakeForm, text: str) -> None:
    type_text(form.place.line, text)
    qtbot.waitUntil(lambda: bool(form.place.results()))


@pytest.mark.parametrize("text", ["老街", "dzlj", "丁栅 23"])
def test_places_are_found_by_name_and_initials(qtbot, form: IntakeForm, text: str):
    find_place(qtbot, form, text)
    assert "丁栅老街23号" in [found.text for found in form.place.results()]


def test_what_only_devices_raise_does_not_stand_first(form: IntakeForm):
    """`js` is 积水, and also in the initials of 一键报警 SOS."""
    form.kind.line.setFocus()
    type_text(form.kind.line, "js")
    found = [each.key for each in form.kind.results()]
    assert found[0] == "3006"
    form.kind.clear()
    type_text(form.kind.line, "报警")
    assert form.kind.results()[0].key == "B001", "still found by who means it"


def test_kinds_that_were_found_follow_the_language(kit: DeskKit, form: IntakeForm):
    form.kind.line.setFocus()
    type_text(form.kind.line, "3006")
    kit.desk.looks.set_language("zh_CN")
    (found,) = form.kind.results()
    assert found.text == kit.desk.actions.taxonomy.category("3006").name_zh
    kit.desk.looks.set_language("en")
    (found,) = form.kind.results()
    assert found.text == kit.desk.actions.taxonomy.category("3006").name_en


def test_no_key_saves_a_kind_that_nobody_chose(qtbot, kit: DeskKit, form: IntakeForm):
    form.set_place("桃源", CENTRE)
    type_text(form.kind.line, "js")
    form.reporter.setFocus()
    QTest.keyClick(form.reporter, Key.Key_Return)
    assert form.kind.value is not None
    assert form.kind.line.hasFocus()
    assert "look at the kind" in form._message.text()
    assert not any(isinstance(c, ReportCase) for c in kit.client.submitted)
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.kind.line, Key.Key_Return)
    assert kit.client.submitted[-1].category == "3006"


def test_a_place_chosen_last_saves_nothing_by_itself(
    qtbot, kit: DeskKit, form: IntakeForm
):
    type_text(form.kind.line, "1002")
    form.kind.take_highlighted()
    form.place.line.setFocus()
    find_place(qtbot, form, "老街")
    QTest.keyClick(form.place.line, Key.Key_Return)
    assert form.kind.line.hasFocus()
    assert not any(isinstance(c, ReportCase) for c in kit.client.submitted)


@pytest.mark.parametrize("text", ["消防通道", "4001", "zyds", "fire lane"])
def test_kinds_are_found_by_words_initials_and_code(form: IntakeForm, text: str):
    type_text(form.kind.line, text)
    form.kind.line.setFocus()
    assert form.kind.results()[0].key == "4001"


def test_enter_walks_and_saves(qtbot, kit: DeskKit, form: IntakeForm):
    find_place(qtbot, form, "桃源")
    QTest.keyClick(form.place.line, Key.Key_Down)
    wanted = form.place.results()[1]
    QTest.keyClick(form.place.line, Key.Key_Return)
    assert form.place.value == wanted
    assert form.kind.line.hasFocus()
    type_text(form.kind.line, "1002")
    QTest.keyClick(form.kind.line, Key.Key_Return)
    assert form.kind.value is not None
    assert not any(isinstance(c, ReportCase) for c in kit.client.submitted)
    assert form.kind.line.hasFocus()
    with qtbot.waitSignal(form.saved) as told:
        QTest.keyClick(form.kind.line, Key.Key_Return)
    assert form.is_empty()
    command = kit.client.submitted[-1]
    assert isinstance(command, ReportCase)
    assert command.category == "1002"
    assert command.place_name == wanted.text
    assert command.channel == "hotline"
    qtbot.waitUntil(lambda: told.args[0] in kit.board.cases)


def test_everything_typed_is_saved(qtbot, kit: DeskKit, form: IntakeForm):
    form.set_place("桃源新邨附近", CENTRE)
    type_text(form.kind.line, "1002")
    form.kind.take_highlighted()
    type_text(form.reporter, "张三")
    type_text(form.phone, "13800000999")
    type_text(form.details, "楼上漏水，说不拢")
    form._channels.button(1).click()
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.phone, Key.Key_Return)
    command = kit.client.submitted[-1]
    assert isinstance(command, ReportCase)
    assert (command.reporter_name, command.reporter_phone) == ("张三", "13800000999")
    assert command.details == "楼上漏水，说不拢"
    assert command.channel == "walk_in"
    assert command.point == CENTRE


def test_what_is_missing_is_said(qtbot, kit: DeskKit, form: IntakeForm):
    form.save()
    assert "place" in form._message.text()
    form.set_place("桃源", CENTRE)
    form.save()
    assert "kind" in form._message.text()
    assert form.kind.line.hasFocus()
    assert not [c for c in kit.client.submitted if isinstance(c, ReportCase)]


def test_a_place_nobody_knows_says_what_to_do(qtbot, form: IntakeForm):
    type_text(form.place.line, "没有的地方")
    qtbot.waitUntil(form.place._results.isVisible)
    assert form.place.results() == []
    assert form.place._results.empty_text


def hold_answers(kit: DeskKit) -> list[tuple[Future, Future]]:
    """Keep answers back, as a slow service does, until they are let go."""
    ask, held = kit.client.ask, []

    def slow(query):
        given: Future = Future()
        held.append((given, ask(query)))
        return given

    kit.client.ask = slow  # type: ignore[method-assign]
    return held


def let_go(held: tuple[Future, Future]) -> None:
    given, answer = held
    given.set_result(answer.result(10))


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Return])
def test_a_key_right_after_the_last_letter_takes_that_texts_place(
    qtbot, kit: DeskKit, form: IntakeForm, key: Key
):
    """Never the place that was found for what stood there before."""
    find_place(qtbot, form, "桃源")
    held = hold_answers(kit)
    form.place.line.selectAll()
    type_text(form.place.line, "老街")
    QTest.keyClick(form.place.line, key)
    assert form.place.value is None
    assert len(held) == 1, "asked at once"
    let_go(held[0])
    qtbot.waitUntil(lambda: form.place.value is not None)
    assert form.place.value.text == "丁栅老街23号"
    assert form.kind.line.hasFocus()


def test_an_answer_to_an_older_text_is_passed_over(
    qtbot, kit: DeskKit, form: IntakeForm
):
    held = hold_answers(kit)
    type_text(form.place.line, "桃源")
    qtbot.waitUntil(lambda: len(held) == 1)
    form.place.line.selectAll()
    type_text(form.place.line, "老街")
    QTest.keyClick(form.place.line, Key.Key_Tab)
    assert len(held) == 2
    let_go(held[1])
    qtbot.waitUntil(lambda: form.place.value is not None)
    let_go(held[0])
    qtbot.wait(50)
    assert form.place.value.text == "丁栅老街23号"


def test_a_report_typed_faster_than_its_place_is_found_is_saved(
    qtbot, kit: DeskKit, form: IntakeForm
):
    held = hold_answers(kit)
    type_text(form.place.line, "老街")
    QTest.keyClick(form.place.line, Key.Key_Tab)
    type_text(form.kind.line, "1002")
    QTest.keyClick(form.kind.line, Key.Key_Return)
    QTest.keyClick(form.kind.line, Key.Key_Return)
    assert not form._message.isVisible()
    with qtbot.waitSignal(form.saved):
        let_go(held[0])
    command = kit.client.submitted[-1]
    assert isinstance(command, ReportCase)
    assert command.place_name == "丁栅老街23号"


def test_what_is_typed_on_is_not_taken_by_an_earlier_key(
    qtbot, kit: DeskKit, form: IntakeForm
):
    held = hold_answers(kit)
    type_text(form.place.line, "老")
    QTest.keyClick(form.place.line, Key.Key_Return)
    type_text(form.place.line, "街")
    let_go(held[0])
    qtbot.waitUntil(lambda: len(held) == 2)
    let_go(held[1])
    qtbot.waitUntil(lambda: bool(form.place.results()))
    assert form.place.value is None


@pytest.mark.parametrize("text", ["老街", "dzlj", "丁栅 23"])
def test_places_are_found_while_the_service_is_away(
    qtbot, kit: DeskKit, form: IntakeForm, text: str
):
    kit.client.lose()
    qtbot.waitUntil(lambda: not kit.desk.link.connected)
    kit.client.ask = None  # type: ignore[assignment]
    find_place(qtbot, form, text)
    assert form.place.results()[0].text == "丁栅老街23号"


def test_a_service_that_goes_while_asked_is_no_obstacle(
    qtbot, kit: DeskKit, form: IntakeForm
):
    held = hold_answers(kit)
    type_text(form.place.line, "老街")
    QTest.keyClick(form.place.line, Key.Key_Tab)
    held[0][0].set_exception(Refused("service_away", "the service does not answer"))
    qtbot.waitUntil(lambda: form.place.value is not None)
    assert form.place.value.text == "丁栅老街23号"


def test_changing_the_text_lets_the_place_go(qtbot, form: IntakeForm):
    find_place(qtbot, form, "老街")
    assert form.place.take_highlighted()
    type_text(form.place.line, "x")
    assert form.place.value is None


def test_one_report_is_saved_once(qtbot, kit: DeskKit, form: IntakeForm):
    form.set_place("桃源", CENTRE)
    type_text(form.kind.line, "1002")
    form.kind.take_highlighted()
    kit.client.lose()
    form.save()
    form.save()
    kit.clock.go(seconds=3)
    kit.desk.second.emit()
    assert form._save_button.text() == "Waiting for the service"
    with qtbot.waitSignal(form.saved):
        kit.client.find_again()
    assert len([c for c in kit.client.submitted if isinstance(c, ReportCase)]) == 1


def test_a_refused_report_keeps_its_text(qtbot, kit: DeskKit, form: IntakeForm):
    from console.found import Found

    form.set_place("桃源", CENTRE)
    form.kind.set_value(Found("ZZZZ", "没有的类别"))
    type_text(form.details, "留着")
    form.save()
    qtbot.waitUntil(form._message.isVisible)
    assert "kind" in form._message.text()
    assert form.details.toPlainText() == "留着"


def test_parking_asks_and_keeps_every_letter(qtbot, form: IntakeForm):
    type_text(form.details, "半句")
    with qtbot.waitSignal(form.parked):
        form.park()
    assert form.details.toPlainText() == "半句"


def test_another_report_that_is_saved_leaves_this_one(
    qtbot, kit: DeskKit, form: IntakeForm
):
    form.set_place("桃源", CENTRE)
    type_text(form.kind.line, "1002")
    form.kind.take_highlighted()
    kit.client.lose()
    form.save()
    other = kit.desk.actions.report(
        category="1002", place_name="别处", point=CENTRE, channel="hotline"
    )
    saved = []
    form.saved.connect(saved.append)
    reported = {}
    kit.desk.actions.reported.connect(
        lambda case_id, command_id: reported.update({command_id: case_id})
    )
    kit.client._waiting.reverse()
    kit.client.find_again()
    qtbot.waitUntil(lambda: len(reported) == 2)
    mine = next(case_id for key, case_id in reported.items() if key != other)
    assert saved == [mine]


def test_tab_order_is_place_kind_then_the_rest(qtbot, form: IntakeForm):
    find_place(qtbot, form, "老街")
    QTest.keyClick(form.place.line, Key.Key_Tab)
    assert form.kind.line.hasFocus()
    type_text(form.kind.line, "1002")
    QTest.keyClick(form.kind.line, Key.Key_Tab)
    assert form._channels.button(0).hasFocus()


def test_a_report_on_its_way_takes_no_more_letters(
    qtbot, kit: DeskKit, form: IntakeForm
):
    kit.client.lose()
    qtbot.waitUntil(lambda: not kit.desk.link.connected)
    form.set_place("桃源", CENTRE)
    type_text(form.kind.line, "1002")
    QTest.keyClick(form.kind.line, Key.Key_Return)
    assert not form.locked
    QTest.keyClick(form.kind.line, Key.Key_Return)
    assert form.locked
    for field in (form.details, form.phone, form.kind.line, form.place.line):
        QTest.keyClick(field, Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
        QTest.keyClick(field, Key.Key_7)
    form.set_place("别处", CENTRE)
    assert form.details.toPlainText() == ""
    assert form.phone.text() == ""
    assert form.place.line.text() == "桃源"
    assert "kept on this desk" in form._message.text()
    assert form._message.isVisible()
    with qtbot.waitSignal(form.saved):
        kit.client.find_again()
    assert not form.locked
    type_text(form.details, "下一份")
    assert form.details.toPlainText() == "下一份"


def test_a_refused_report_can_be_corrected(qtbot, kit: DeskKit, form: IntakeForm):
    form.set_place("桃源", CENTRE)
    type_text(form.kind.line, "1002")
    form.kind.take_highlighted()
    form.save()
    command_id = form._command_id
    assert form.details.isReadOnly()
    kit.desk.actions.ledger.refuse(command_id, Refused("fault", "x"), kit.desk.clock())
    kit.desk.pending_changed.emit()
    assert not form.details.isReadOnly()
    qtbot.waitUntil(lambda: bool(kit.board.cases))


def on_its_way(kit: DeskKit, form: IntakeForm) -> str:
    kit.client.lose()
    form.set_place("桃源", CENTRE)
    type_text(form.kind.line, "1002")
    form.kind.take_highlighted()
    form.save()
    return form._command_id


def test_another_reports_refusal_unlocks_nothing(qtbot, kit: DeskKit, form: IntakeForm):
    other = on_its_way(kit, form)
    form.clear()  # as if another form had saved it
    command_id = on_its_way(kit, form)
    assert command_id != other
    kit.desk.actions._on_refused_earlier("older", Refused("fault", "x"), None)
    kit.desk.actions.ledger.refuse(other, Refused("fault", "x"), kit.desk.clock())
    kit.desk.pending_changed.emit()
    assert form.locked
    assert form.details.isReadOnly()
    with qtbot.waitSignal(form.saved):
        kit.client.find_again()


def test_the_case_may_come_before_the_answer(qtbot, kit: DeskKit, form: IntakeForm):
    command_id = on_its_way(kit, form)
    asked = len(kit.client.submitted)
    kit.desk.actions._settle(frozenset({command_id}))  # the change is on the board
    assert form.locked
    assert form.details.isReadOnly()
    form.save()
    assert len(kit.client.submitted) == asked
    with qtbot.waitSignal(form.saved):
        kit.client.find_again()
    assert not form.locked


def test_a_kind_that_was_only_said_is_looked_at_before_it_is_saved(
    qtbot, kit: DeskKit, form: IntakeForm
):
    form.set_place("桃源", CENTRE)
    type_text(form.details, "楼道里飞线充电")
    form.save()
    assert form.kind.value is not None
    assert form.kind.value.key == "4003"
    assert "飞线" in form._message.text()
    assert form.kind.line.hasFocus()
    assert not [c for c in kit.client.submitted if isinstance(c, ReportCase)]
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.kind.line, Key.Key_Return)
