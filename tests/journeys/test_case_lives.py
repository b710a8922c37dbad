"""Lives of cases through the real window, by keys: the turns beside the straight way."""

import random

import msgspec
import pytest
from PySide6.QtCore import Qt
from town_desk import CTRL, SHIFT, STREET, Key, TownDesk

from console.panels.case_more import DeedMenu
from console.panels.deed_form import DeedForm
from dispatch import wire
from dispatch.cases import CaseState
from dispatch.commands import Moment
from dispatch.course import Stage, StageClock
from dispatch.geo import moved
from dispatch.notify.book import FILE as NOTIFIERS
from dispatch.notify.book import Notifier, NotifierBook, Template
from tests.console.desk_kit import CENTRE
from tests.gateway_kit import gateway

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.expected_log("console", "service"),
]

KEYPAD = Qt.KeyboardModifier.KeypadModifier
ALT = Qt.KeyboardModifier.AltModifier
HOME = "桃源新邨12幢"


def test_someone_is_sent_the_case_comes_back_and_another_is_sent(town: TownDesk):
    case_id = town.report(HOME, "1002")
    first = town.send(case_id)
    town.press(Key.Key_F7, held=SHIFT)
    town.say("不属本网格")
    town.state(case_id, CaseState.RETURNED)
    assert town.board.units[first].case_id is None
    assert "回退1次" in town.fact("标记").replace(" ", "")
    second = town.send(case_id)
    assert second != first, "whoever gave it back is not proposed first again"
    assert town.case(case_id).course.returns == 1
    assert town.log(case_id) == [
        *("report", "accept", "file", "dispatch", "return", "dispatch"),
    ]
    force_closed(town, case_id)


def force_closed(town: TownDesk, case_id: int) -> None:
    """Close the open case by force: a reason, the word typed, and a second Enter."""
    town.press(Key.Key_F8, held=SHIFT)
    town.write("多次联系无果，经值班长同意")
    town.press(Key.Key_Return)
    assert town.case(case_id).state.is_open, "the word is missing"
    town.write("强制结案")
    town.press(Key.Key_Return)
    assert town.case(case_id).state.is_open, "it takes a second key"
    town.press(Key.Key_Return)
    town.state(case_id, CaseState.FORCE_CLOSED)


def test_a_case_is_closed_by_force_with_its_word_typed(town: TownDesk):
    case_id = town.signed(HOME, "6002")
    unit_id = town.case(case_id).unit_id
    force_closed(town, case_id)
    assert town.window.case.head.state_text() == "强制结案"
    assert town.log(case_id)[-2:] == ["sign", "force_close"]
    town.until(lambda: town.board.units[unit_id].case_id is None, "its unit is free")


def test_an_extension_is_asked_granted_and_refused_when_it_is_late(town: TownDesk):
    case_id = town.signed(HOME, "1001")
    due = handling(town, case_id).due_at
    town.deed("request_extend", text="当事人外出，三日后回")
    town.until(lambda: town.case(case_id).course.asked, "it waits")
    assert "延期" in town.fact("待批")
    assert "Ctrl+M" in town.fact("待批")
    town.deed("approve_extend")
    town.until(lambda: town.case(case_id).course.extensions, "granted")
    later = handling(town, case_id).due_at
    assert due is not None
    assert later is not None
    assert later > due
    assert "延期1次" in town.fact("标记").replace(" ", "")
    assert town.log(case_id)[-2:] == ["request_extend", "approve_extend"]

    # The next one is being written when the limit runs out.
    town.until(lambda: town.desk.actions.pending(case_id) is None, "settled")
    town.open_form("request_extend")
    town.write("还需两日")
    town.clock.set_forward(later)
    town.until(town.window.case.step.refusal_text, "why it cannot be asked any more")
    assert "超期" in town.window.case.step.refusal_text()
    assert town.window.case.more.shown is None
    town.press(Key.Key_M, held=CTRL)
    menu = town.window.case.more.shown
    assert isinstance(menu, DeedMenu)
    assert "request_extend" not in menu.offers
    town.press(Key.Key_Escape)
    assert town.log(case_id).count("request_extend") == 1
    force_closed(town, case_id)


def handling(town: TownDesk, case_id: int) -> StageClock:
    clock = town.case(case_id).course.clock(Stage.HANDLE)
    assert clock is not None
    return clock


def test_a_suspended_case_goes_on_by_the_clock(town: TownDesk):
    case_id = town.signed(HOME, "1001")
    due = handling(town, case_id).due_at
    town.deed("request_suspend", text="待权属单位确认")
    town.until(lambda: town.case(case_id).course.asked, "it waits")
    until = town.case(case_id).course.asked_until
    assert until is not None
    day = f"{until.astimezone(town.desk.zone):%m-%d}"
    assert day in town.fact("待批")
    town.deed("approve_suspend")
    town.state(case_id, CaseState.SUSPENDED)
    assert day in town.fact("标记")
    assert handling(town, case_id).is_paused
    town.clock.set_forward(until)
    town.state(case_id, CaseState.HANDLING)
    assert town.log(case_id)[-3:] == ["request_suspend", "approve_suspend", "resume"]
    after = handling(town, case_id)
    assert not after.is_paused
    assert due is not None
    assert after.due_at is not None
    assert after.due_at > due, "the time it stood is not counted"
    assert town.window.case.head.state_text() == "处置中"
    force_closed(town, case_id)


def test_what_was_not_done_well_is_done_again(town: TownDesk):
    case_id = town.signed(HOME, "6002")
    town.on_the_phone(case_id, Key.Key_2, CaseState.FEEDBACK)
    town.press(Key.Key_F7, held=SHIFT)
    town.say("现场仍有占道")
    town.state(case_id, CaseState.HANDLING)
    assert "返工1次" in town.fact("标记").replace(" ", "")
    town.on_the_phone(case_id, Key.Key_2, CaseState.FEEDBACK)
    town.close_case(case_id)
    assert town.log(case_id)[-6:] == [
        *("finish", "rework", "finish", "send_check", "check_pass", "close")
    ]


def test_a_verdict_of_lateness_is_appealed_against(town: TownDesk):
    case_id = town.signed(HOME, "6002")
    due = handling(town, case_id).due_at
    assert due is not None
    town.clock.set_forward(due)
    town.on_the_phone(case_id, Key.Key_2, CaseState.FEEDBACK)
    town.close_case(case_id)
    assert town.case(case_id).course.overdue
    assert town.fact("标记") == "超期办结"
    town.deed("appeal", text="当日暴雨停工，非本科室原因")
    town.until(lambda: town.case(case_id).course.appeal == "asked", "it waits")
    assert "申诉" in town.fact("待批")
    town.deed("endorse_appeal")
    town.until(lambda: town.case(case_id).course.appeal == "endorsed", "one said yes")
    assert "复审" in town.fact("待批")
    town.deed("grant_appeal", text="情况属实")
    town.until(lambda: town.case(case_id).course.appeal == "granted", "granted")
    assert town.fact("待批") == ""
    assert "申诉成立" in town.fact("标记"), "what it was stays to be seen"
    assert town.case(case_id).state is CaseState.CLOSED
    appeal = ["appeal", "endorse_appeal", "grant_appeal"]
    assert town.log(case_id)[-4:] == ["close", *appeal]


def test_a_danger_to_life_goes_straight_to_whoever_leads(town: TownDesk):
    case_id = town.report(HOME, "3002")
    with gateway() as phones:
        leader = Notifier(
            name="值班领导",
            kind="sms",
            to="13900000000",
            url=phones.url,
            causes=("direct",),
            template=Template(fields={"to": "{phone}", "text": "{text}"}),
        )
        copy = msgspec.structs.replace(
            leader, name="应消站", to="13900000001", department="应急消防管理站"
        )
        book = NotifierBook(town.home.data / NOTIFIERS)
        for each in (leader, copy):
            book.put(each)
        town.open_form("urgent_direct")
        form = town.window.case.more.shown
        assert isinstance(form, DeedForm)
        names = [text for _, text in form.deed.fields[0].choices]
        assert names[:2] == ["徐志明 网格长", "沈国强 指挥长"], "who leads comes first"
        town.press(Key.Key_Return)
        town.state(case_id, CaseState.DISPATCHED)
        assert town.case(case_id).unit_id == "W03"
        town.until(lambda: len(phones.asked) == 2, "the text message and its copy")
        assert sorted(each.json["to"] for each in phones.asked) == [leader.to, copy.to]
        assert all("紧急直报" in each.json["text"] for each in phones.asked)
        for each in (leader, copy):
            book.remove(each.name)
    assert town.log(case_id) == ["report", "urgent_direct"]
    assert town.case(case_id).owner == "李敏", "who sends it has taken it"

    # No receipt: it flashes, it is taken back, and the next one is telephoned.
    town.clock.go(minutes=4)
    head = town.window.case.head
    town.until(lambda: head.state_text() == "待签收 4分", "how long nobody signed")
    town.press(Key.Key_F6, held=SHIFT)
    town.until(lambda: not town.case(case_id).unit_id, "it was taken back")
    town.open_form("urgent_direct")
    form = town.window.case.more.shown
    assert isinstance(form, DeedForm)
    names = [text for _, text in form.deed.fields[0].choices]
    second = next(at for at, name in enumerate(names) if name.startswith("沈国强"))
    town.press(Key(Key.Key_1 + second), Key.Key_Return)
    town.state(case_id, CaseState.DISPATCHED)
    assert town.case(case_id).unit_id == "L01"
    town.on_the_phone(case_id, Key.Key_1, CaseState.HANDLING)
    assert Moment.SIGNED in town.case(case_id).clocks, "the receipt"
    assert town.log(case_id)[2:] == ["recall", "urgent_direct", "sign"]
    force_closed(town, case_id)


def test_a_fire_in_a_shop_street_is_one_case_however_many_call(town: TownDesk):
    before = set(town.board.cases)
    with town.detector() as detector:
        detector.send(wire.Alarm(text="烟雾浓度 0.31"))
        assert detector.flush(30)
    town.until(lambda: set(town.board.cases) - before, "the detector's case")
    (main,) = set(town.board.cases) - before
    town.until(lambda: town.desk.actions.allowed("step"), "Enter to be free")
    town.keys = 0
    town.press(Key.Key_Enter, held=KEYPAD)
    town.state(main, CaseState.FILED)
    assert town.desk.open_case_id == main
    town.send(main)
    assert town.keys == 2, "from the alarm to someone sent"
    calls = [f"1390000010{n}" for n in range(5)]
    for number, phone in enumerate(calls, 1):
        town.take_down(STREET, "3001", phone=phone)
        town.until(lambda: town.window.form.kin.rows(), "what may be the same thing")
        assert town.window.form.kin.rows()[0].case_id == main
        town.press(Key.Key_J, held=CTRL)
        town.until(
            lambda n=number: len(town.case(main).course.joined) == n, "it joined"
        )
        town.until(
            lambda: not town.window.form.isVisible(), "the main case is there again"
        )
    joined = town.case(main).course.joined
    assert [each.caller for each in joined] == [True] * 5
    assert {town.case(each.case_id).reporter_phone for each in joined} == set(calls)
    assert all(town.case(each.case_id).state is CaseState.MERGED for each in joined)
    assert town.log(main).count("joined") == 5
    open_now = {n for n, case in town.board.cases.items() if case.state.is_open}
    assert open_now - before == {main}, "one case, one sending"

    # The fire brigade is called, and comes.
    town.open_form("call_force")
    town.press(Key.Key_1, Key.Key_Return, Key.Key_Return)
    town.until(lambda: town.case(main).course.forces, "119 was called")
    town.deed("force_arrive")
    town.until(lambda: town.case(main).course.forces[0].arrived_at, "they are there")
    assert town.case(main).course.forces[0].name == "119"
    assert town.log(main)[-2:] == ["call_force", "force_arrive"]
    force_closed(town, main)


def test_among_twenty_open_cases_an_alarm_takes_three_keys_at_most(town: TownDesk):
    luck = random.Random(20261123)
    already = set(town.board.cases)
    for _ in range(20):
        town.desk.actions.report(
            category=luck.choice(("1002", "5001", "6002", "6006", "7002")),
            place_name=HOME,
            point=moved(CENTRE, luck.uniform(0, 360), luck.uniform(300, 900)),
            channel="walk_in",
        )
    town.until(lambda: len(set(town.board.cases) - already) == 20, "twenty cases")
    town.until(lambda: town.desk.actions.pending(None) is None, "all are kept")
    open_ones = sorted(set(town.board.cases) - already)

    def nothing_open() -> None:
        town.desk.open_case(None)

    def another_open() -> None:
        town.desk.open_case(luck.choice(open_ones))

    def walked_down_a_lane() -> None:
        town.press(Key.Key_2, held=ALT)
        town.press(*([Key.Key_Down] * luck.randrange(1, 9)))

    def half_a_report() -> None:
        town.press(Key.Key_F2)
        town.write("三楼漏水")

    situations = [nothing_open, another_open, walked_down_a_lane, half_a_report]
    luck.shuffle(situations)
    with town.detector() as detector:
        for situation in situations:
            situation()
            before = set(town.board.cases)
            detector.send(wire.Alarm(text="烟雾浓度 0.31"))
            town.until(lambda b=before: set(town.board.cases) - b, "the alarm's case")
            (case_id,) = set(town.board.cases) - before
            town.keys = 0
            if town.window.form.isVisible():  # it is put aside, with what stands in it
                town.press(Key.Key_Escape)
            town.until(lambda: town.desk.actions.allowed("step"), "Enter to be free")
            town.press(Key.Key_Enter, held=KEYPAD)
            town.state(case_id, CaseState.FILED)
            town.send(case_id)
            assert town.keys <= 3, situation.__name__
            assert town.log(case_id)[-3:] == ["accept", "file", "dispatch"]
            force_closed(town, case_id)
            detector.send(wire.Restore())
            assert detector.flush(30)
