"""What waits, what was seen, who is on show: the desk under a real hand."""

from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK, DeskKit

from console.action_rules import worst_alarm
from dispatch.cases import CaseState
from dispatch.commands import AcknowledgeAlarm, EnrolDevice, ImportTown, SendUnit
from dispatch.devices import Device
from dispatch.people import SYSTEM
from dispatch.units import Unit


def raise_alarm(qtbot, kit: DeskKit) -> int:
    known = set(kit.board.cases)
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.cases) > len(known))
    return next(iter(set(kit.board.cases) - known))


def wait_state(qtbot, kit: DeskKit, case_id: int, state: CaseState) -> None:
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is state)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)


def crowd(kit: DeskKit, number: int) -> None:
    """Put one more person close to the middle of the town."""
    unit_id = f"N{number:02}"
    unit = Unit(
        unit_id=unit_id,
        name=f"网格员{number}",
        role="专职网格员",
        department="综治办",
        grid_code="330421111001001",
        phone="",
        device_id=f"T{unit_id}",
    )
    kit.client.do(ImportTown(actor=SYSTEM, grids=(), units=(unit,), places=()))
    device = Device(
        device_id=f"T{unit_id}",
        kind="worker_terminal",
        name=unit.name,
        public_key=f"T{unit_id}".rjust(40, "0"),
        place_name="",
        point=CENTRE,
        grid_code="",
        unit_id=unit_id,
    )
    kit.client.do(EnrolDevice(actor=SYSTEM, device=device))
    kit.place(unit_id, CENTRE)


@pytest.mark.parametrize("gone", ["before", "between", "after"])
def test_two_keys_while_the_service_is_away_are_both_kept(
    qtbot, kit: DeskKit, gone: str
):
    """The second must stand in the outbox too, not in this desk's memory alone."""
    case_id = raise_alarm(qtbot, kit)
    actions = kit.desk.actions
    if gone == "before":
        kit.client.lose()
        qtbot.waitUntil(lambda: not kit.desk.link.connected)
    else:
        kit.client.away = True  # nobody has noticed yet
    assert actions.run("step")
    if gone == "between":
        kit.client.lose()
        qtbot.waitUntil(lambda: not kit.desk.link.connected)
    assert actions.run("send")
    if gone == "after":
        assert not any(isinstance(c, SendUnit) for c in kit.client.submitted)
        kit.client.lose()
    qtbot.waitUntil(lambda: any(isinstance(c, SendUnit) for c in kit.client.submitted))
    assert actions.refusal("send").reason == "pending"
    kit.client.find_again()
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert kit.board.cases[case_id].unit_id == "W01"
    assert len(actions.ledger) == 0


@pytest.mark.parametrize("aside", ["note", "acknowledge"])
def test_a_note_or_acknowledgement_on_its_way_blocks_nothing(
    qtbot, kit: DeskKit, aside: str
):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    kit.client.lose()
    if aside == "note":
        kit.desk.actions.add_note(kit.board.cases[case_id], "户主说已关火")
    else:
        kit.desk.actions.run("acknowledge")
    assert kit.desk.actions.pending(case_id) is not None
    assert kit.desk.actions.refusal("send") is None
    assert kit.desk.actions.run("send")
    kit.client.find_again()
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)


def test_an_alarm_nobody_can_have_seen_yet_is_not_acknowledged(qtbot, kit: DeskKit):
    """Another took the place under the finger: the key was meant for the first."""
    first = raise_alarm(qtbot, kit)
    old = worst_alarm(kit.desk)
    kit.desk.strip_shows.paint(old.alarm_id)
    kit.clock.go(seconds=2)
    kit.desk.actions.acknowledge(old)
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is None)
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is not None)
    new = worst_alarm(kit.desk)
    kit.desk.strip_shows.paint(new.alarm_id)
    kit.clock.go(seconds=0.3)
    kit.desk.actions.run("acknowledge")
    acknowledged = [
        c.alarm_id for c in kit.client.submitted if isinstance(c, AcknowledgeAlarm)
    ]
    assert acknowledged == [old.alarm_id]
    kit.clock.go(seconds=0.3)
    kit.desk.actions.run("acknowledge")
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is None)
    assert first != new.case_id


def test_a_worse_alarm_that_replaced_it_leaves_the_key_to_the_first(
    qtbot, kit: DeskKit
):
    kit.alarm("PB-YH-01", "B005")
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is not None)
    old = worst_alarm(kit.desk)
    kit.desk.strip_shows.paint(old.alarm_id)
    kit.clock.go(seconds=2)
    kit.alarm()
    qtbot.waitUntil(lambda: worst_alarm(kit.desk).alarm_id != old.alarm_id)
    kit.desk.strip_shows.paint(worst_alarm(kit.desk).alarm_id)
    kit.desk.actions.run("acknowledge")
    qtbot.waitUntil(lambda: kit.board.alarms[old.alarm_id].acknowledged_at is not None)
    assert worst_alarm(kit.desk) is not None


def test_a_refused_acknowledgement_is_told_at_the_alarms_case(qtbot, kit: DeskKit):
    case_id = raise_alarm(qtbot, kit)
    kit.alarm("PB-YH-01", "B005")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    kit.desk.open_case(max(kit.board.cases))
    kit.client.lose()
    kit.desk.actions.run("acknowledge")
    assert not kit.desk.actions.run("acknowledge")
    assert kit.desk.actions.standing_refusal(case_id).refused.reason == "pending"
    assert kit.desk.actions.standing_refusal(kit.desk.open_case_id) is None
    kit.client.find_again()
    qtbot.waitUntil(lambda: len(kit.desk.actions.ledger) == 0)


def test_who_was_chosen_by_hand_stays_chosen(qtbot, kit: DeskKit):
    """However far away, for as long as that person may be sent; and is shown."""
    for number in range(30):
        crowd(kit, number)
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    qtbot.waitUntil(lambda: len(kit.desk.suggestions) == 20)
    assert "W06" not in [each.unit.unit_id for each in kit.desk.suggestions]
    kit.desk.highlight_unit("W06")
    kit.desk.second.emit()
    kit.desk._on_second()
    assert kit.desk.highlighted_unit_id == "W06"
    assert [row.unit.unit_id for row in kit.desk.people.rows][-1] == "W06"
    kit.desk.actions.run("send")
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert kit.board.cases[case_id].unit_id == "W06"


def test_shift_plus_walks_the_rows_on_show(qtbot, kit: DeskKit):
    kit.desk.open_case(raise_alarm(qtbot, kit))
    qtbot.waitUntil(lambda: bool(kit.desk.people.rows))
    shown = [row.unit.unit_id for row in kit.desk.people.rows]
    assert len(shown) == 5
    walked = []
    for _ in range(6):
        walked.append(kit.desk.highlighted_unit_id)
        kit.desk.actions.run("choose_next")
    assert walked == [*shown, shown[0]]


def test_who_was_chosen_for_one_case_is_not_chosen_for_the_next(qtbot, kit: DeskKit):
    kit.desk.open_case(raise_alarm(qtbot, kit))
    kit.desk.highlight_unit("W05")
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    kit.desk.open_case(max(kit.board.cases))
    assert kit.desk.highlighted_unit_id == kit.desk.suggestions[0].unit.unit_id


def test_people_keep_their_places_under_the_hand(qtbot, kit: DeskKit):
    kit.desk.open_case(raise_alarm(qtbot, kit))
    qtbot.waitUntil(lambda: bool(kit.desk.people.rows))
    before = [row.unit.unit_id for row in kit.desk.people.rows]
    kit.desk.people.touch()
    kit.place("W05", CENTRE)
    qtbot.waitUntil(lambda: kit.desk.suggestions[0].unit.unit_id == "W05")
    assert [row.unit.unit_id for row in kit.desk.people.rows] == before
    w05 = next(row for row in kit.desk.people.rows if row.unit.unit_id == "W05")
    assert w05.distance_m == 0, "what is said of them is fresh all the same"
    for _ in range(16):
        kit.clock.go(seconds=0.1)
        kit.desk.people.touch()
        kit.desk._on_second()
    qtbot.waitUntil(lambda: kit.desk.people.rows[0].unit.unit_id == "W05")


def filed_under_an_alarm(qtbot, kit: DeskKit) -> tuple[int, int]:
    """Open a case that waits for a unit; return it, and the alarm in the strip."""
    case_id = raise_alarm(qtbot, kit)
    kit.desk.actions.run("step")
    wait_state(qtbot, kit, case_id, CaseState.FILED)
    kit.alarm("PB-YH-01", "B005")
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is not None)
    seen = worst_alarm(kit.desk)
    kit.desk.strip_shows.paint(seen.alarm_id)
    kit.clock.go(seconds=2)
    assert kit.desk.actions.action("step").text(kit.desk) == "Open and take"
    return case_id, seen.alarm_id


@pytest.mark.parametrize("painted", [False, True])
def test_enter_for_an_alarm_that_is_gone_does_not_send_anybody(
    qtbot, kit: DeskKit, painted: bool
):
    case_id, alarm_id = filed_under_an_alarm(qtbot, kit)
    elsewhere = replace(DESK, name="赵强")
    kit.client.do(AcknowledgeAlarm(actor=elsewhere, alarm_id=alarm_id))
    qtbot.waitUntil(lambda: worst_alarm(kit.desk) is None)
    if painted:
        kit.desk.strip_shows.paint(None)
        kit.clock.go(seconds=0.3)
    asked = len(kit.client.submitted)
    assert not kit.desk.actions.run("step")
    assert not kit.desk.actions.run("open_worst")
    assert kit.desk.open_case_id == case_id
    assert len(kit.client.submitted) == asked
    kit.desk.strip_shows.paint(None)
    kit.clock.go(seconds=0.6)
    assert kit.desk.actions.run("step")
    wait_state(qtbot, kit, case_id, CaseState.DISPATCHED)


def test_enter_opens_the_alarm_that_was_seen_not_the_one_that_replaced_it(
    qtbot, kit: DeskKit
):
    _, alarm_id = filed_under_an_alarm(qtbot, kit)
    kit.restore()
    kit.alarm()  # worse, and of the open case
    qtbot.waitUntil(lambda: worst_alarm(kit.desk).alarm_id != alarm_id)
    kit.desk.strip_shows.paint(worst_alarm(kit.desk).alarm_id)
    assert kit.desk.actions.run("step")
    assert kit.desk.open_case_id == kit.board.alarms[alarm_id].case_id
