"""Who could be sent comes a turn after the case; no key notices."""

from collections.abc import Iterator

import pytest
from desk_kit import DeskKit
from window_kit import raise_alarm

from dispatch.commands import SendUnit


@pytest.fixture
def kit(qtbot, tmp_path) -> Iterator[DeskKit]:
    made = DeskKit(tmp_path)
    made.start(qtbot)
    yield made
    made.close()


def two_cases(qtbot, kit: DeskKit) -> tuple[int, int]:
    first = raise_alarm(qtbot, kit)
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    return first, max(kit.board.cases)


def test_they_come_in_a_turn_of_their_own_and_say_so(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    told: list[str] = []
    kit.desk.case_opened.connect(lambda _case_id: told.append("case"))
    kit.desk.suggestions_changed.connect(lambda: told.append("people"))
    kit.desk.open_case(case_id)
    assert told == ["case"]
    assert not kit.desk.people.rows
    qtbot.waitUntil(lambda: bool(kit.desk.people.rows))
    assert told == ["case", "people"]


def test_a_key_before_that_turn_acts_on_the_case_that_stands_there(qtbot, kit: DeskKit):
    first, second = two_cases(qtbot, kit)
    kit.desk.open_case(first)
    kit.desk.highlight_unit("W05")
    kit.desk.open_case(second)
    assert kit.desk.actions.run("take")
    assert kit.desk.actions.run("send")
    qtbot.waitUntil(lambda: any(isinstance(e, SendUnit) for e in kit.client.submitted))
    sent = [each for each in kit.client.submitted if isinstance(each, SendUnit)]
    assert [each.case_id for each in sent] == [second]
    assert sent[0].unit_id in kit.board.units.keys() - {"W05"}


def test_choosing_before_that_turn_chooses_of_this_case(qtbot, kit: DeskKit):
    first, second = two_cases(qtbot, kit)
    kit.desk.open_case(first)
    kit.desk.open_case(second)
    assert kit.desk.actions.run("choose_next")
    chosen = kit.desk.highlighted_unit_id
    assert chosen == kit.desk.people.rows[1].unit.unit_id
    told: list[object] = []
    kit.desk.suggestions_changed.connect(lambda: told.append(None))
    qtbot.wait(50)  # its turn comes, and has nothing left to do
    assert kit.desk.highlighted_unit_id == chosen
    assert not told
