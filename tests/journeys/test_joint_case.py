"""联合处置 through real windows: three departments, two of them at stations."""

import pytest
from PySide6.QtCore import Qt
from town_desk import CTRL, STREET, Key, TownDesk

from console.app import StationRun
from console.panels.deed_form import DeedForm
from dispatch.case_parts import part_of
from dispatch.cases import CaseState
from dispatch.course import Stage

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.expected_log("console", "service"),
]

KEYPAD = Qt.KeyboardModifier.KeypadModifier
ALT = Qt.KeyboardModifier.AltModifier
HOME = "桃源新邨12幢"


def test_three_departments_handle_one_case_and_two_of_them_at_stations(
    town: TownDesk,
):
    squad, market, police = "综合执法队", "市场监管所", "派出所"
    with town.station(squad) as first, town.station(market) as second:
        town.sit_at(town.window)
        case_id = town.report(STREET, "6002")
        town.press(Key.Key_F7)
        town.state(case_id, CaseState.FILED)
        town.open_form("assign")
        form = town.window.case.more.shown
        assert isinstance(form, DeedForm)
        assert form.values()["department"] == squad, "whose trade it is"
        town.press(Key.Key_Return)
        town.state(case_id, CaseState.DISPATCHED)
        town.until(lambda: case_id in first.board.cases, "the case at its station")
        assert case_id not in second.board.cases

        # The police come besides; the squad goes on answering for it.
        town.until(lambda: town.desk.actions.allowed("reinforce"), "Ctrl+B")
        town.press(Key.Key_B, held=CTRL)
        form = town.window.case.more.shown
        assert isinstance(form, DeedForm)
        names = [text for _, text in form.deed.fields[0].choices]
        assert any(name.startswith("警务一组") for name in names), names
        at = next(n for n, name in enumerate(names) if name.startswith("警务一组"))
        town.press(Key(Key.Key_1 + at), Key.Key_Return)
        town.until(lambda: town.case(case_id).course.forces, "the police come")
        ((name, said),) = town.window.case.people.forces()
        assert name == "警务一组"
        assert "协办" in said

        # Two more have a part each: one at its station, one on the telephone.
        give_part(town, market, "查验证照")
        give_part(town, police, "维持秩序")
        town.until(lambda: case_id in second.board.cases, "its part at the other")

        open_at(town, first, case_id)
        town.press(Key.Key_F2)
        town.state(case_id, CaseState.HANDLING)
        town.until(lambda: first.desk.actions.allowed("return"), "the next deed")
        town.press(Key.Key_F6)
        refused = first.window.case.step.refusal_text()
        assert f"{market}、{police}" in refused, "their parts are waited for"

        open_at(town, second, case_id)
        assert second.window.case.head.state_text() == "待签收", "its own part"
        town.press(Key.Key_F2)
        town.until(lambda: part(town, case_id, market) == "signed", "its part signed")
        town.until(lambda: second.desk.actions.allowed("return"), "the next deed")
        town.press(Key.Key_F5)
        assert squad in second.window.case.step.refusal_text(), "not its to hand on"
        town.press(Key.Key_F6)
        feed_back(town, "证照齐全")
        town.until(lambda: part(town, case_id, market) == "done", "its part is done")

        town.sit_at(town.window)
        town.deed("part_sign")
        town.until(lambda: part(town, case_id, police) == "signed", "on the telephone")
        town.deed("part_done", text="秩序正常")
        town.until(
            lambda: part(town, case_id, police) == "done", "all of them are done"
        )
        said = [(row.who, row.state) for row in town.window.case.parts.rows()]
        assert said == [(squad, "处置中"), (market, "已反馈"), (police, "已反馈")]

        town.sit_at(first.window)
        clock = town.case(case_id).course.clock(Stage.HANDLE)
        assert clock is not None
        due = clock.due_at
        assert due is not None
        town.clock.set_forward(due)
        town.press(Key.Key_F4)
        assert "超期" in first.window.case.step.refusal_text(), "an extension, too late"
        town.until(
            lambda: first.desk.actions.allowed("finish"), "nothing is waited for"
        )
        town.press(Key.Key_F6)
        feed_back(town, "已收回店内")
        town.state(case_id, CaseState.FEEDBACK)
        assert town.board.units["P01"].case_id is None, "who came besides is free"
    town.sit_at(town.window)
    town.desk.open_case(case_id)
    town.close_case(case_id)
    assert town.log(case_id)[3:] == [
        *("assign", "reinforce", "part_assign", "part_assign", "sign"),
        *("part_sign", "part_done", "part_sign", "part_done", "finish"),
        *("send_check", "check_pass", "close"),
    ]
    seats = town.seats(case_id)
    assert {"2号席", f"{squad}站", f"{market}站"} <= seats


def open_at(town: TownDesk, station: StationRun, case_id: int) -> None:
    """Open a station's only new case by keys."""
    town.sit_at(station.window)
    station.window.list.start()
    town.press(Key.Key_Return)
    assert station.desk.open_case_id == case_id


def give_part(town: TownDesk, to: str, text: str) -> None:
    """Give a department a part of the open case at the desk."""
    town.open_form("part_assign")
    form = town.window.case.more.shown
    assert isinstance(form, DeedForm)
    names = [name for _, name in form.deed.fields[0].choices]
    town.press(*([Key.Key_Right] * (names.index(to) + 1)))
    assert form.values()["department"] == to
    town.say(text)
    town.until(lambda: part(town, town.desk.open_case_id or 0, to), "its part")


def part(town: TownDesk, case_id: int, whose: str) -> str:
    """Return how the part of a department stands, as the desk has it, or ""."""
    found = part_of(town.case(case_id), whose)
    return "" if found is None else str(found.state)


def feed_back(town: TownDesk, text: str) -> None:
    """Write what was done, leave the photos, and report it."""
    town.write(text)
    town.press(Key.Key_Down, Key.Key_Return)
    town.press(Key.Key_Return)
