"""A worker's terminal at a real service: its tasks, answers and recalls."""

from pathlib import Path

from line_parts import HERE, LI, Desk, enrol, field_client, until
from raw_line import Raw, message

from dispatch import wire
from dispatch.case_commands import MoveForce, Reinforce
from dispatch.cases import CaseState
from dispatch.commands import (
    RecallUnit,
    ReportCase,
    SendUnit,
    TakeCase,
    VoidCase,
)
from dispatch.questions import PhotoBytes
from dispatch.service import Service


def test_a_task_goes_down_is_answered_and_its_photo_arrives(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    sensor_keys = enrol(desk, "SD-1")
    terminal_keys = enrol(desk, "T-7", "worker_terminal", unit_id="W07")
    told: list[wire.Task | wire.Recalled] = []
    sensor = field_client(service.ready, tmp_path, "SD-1", sensor_keys)
    terminal = field_client(
        service.ready, tmp_path, "T-7", terminal_keys, on_task=told.append
    )
    try:
        until(lambda: terminal.stats().connected, "the terminal is welcome")
        sensor.send(wire.Alarm())
        until(lambda: desk.board.cases, "a case")
        (case_id,) = desk.board.cases
        desk.do(TakeCase(actor=LI, case_id=case_id))
        desk.do(SendUnit(actor=LI, case_id=case_id, unit_id="W07"))
        until(lambda: told, "the offer")
        desk.do(RecallUnit(actor=LI, case_id=case_id, reason="换人"))
        until(lambda: len(told) == 2, "the recall")
        offer, recalled = told
        assert isinstance(offer, wire.Task)
        assert (offer.category, offer.category_zh) == ("B001", "烟感报警")
        assert recalled == wire.Recalled(task=offer.task, reason="换人")

        desk.do(SendUnit(actor=LI, case_id=case_id, unit_id="W07"))
        until(lambda: len(told) == 3, "the second offer")
        again = told[2]
        assert isinstance(again, wire.Task)
        assert again.task != offer.task
        refused: list[wire.Reject] = []
        terminal._on_reject = refused.append
        terminal.send(wire.Sign(task=offer.task))
        until(lambda: refused, "an answer to the recalled offer is refused")
        assert refused[0].reason == "recalled"
        assert desk.board.cases[case_id].state is CaseState.DISPATCHED

        jpeg = b"\xff\xd8" + bytes(range(256)) * 1000
        for body in (
            wire.Sign(task=again.task),
            wire.Depart(task=again.task),
            wire.Arrive(task=again.task, where=wire.Where(lon=120.95, lat=30.91)),
            wire.Finish(
                task=again.task,
                text="火已灭",
                photo=wire.Photo(media_type="image/jpeg", data=jpeg),
            ),
        ):
            terminal.send(body)
        assert terminal.flush(10)
        until(lambda: desk.board.cases[case_id].state is CaseState.FEEDBACK, "feedback")
        (ref,) = [p for e in desk.board.entries(case_id) for p in e.photos]
        assert desk.client.ask(PhotoBytes(digest=ref.digest)).result(10) == jpeg
        assert len(told) == 3
    finally:
        sensor.close()
        terminal.close()


def test_a_helper_s_task_is_another_one_and_waits_for_their_terminal(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    keys = {}
    for unit_id in ("W07", "W08"):
        keys[unit_id] = enrol(desk, unit_id, "worker_terminal", unit_id=unit_id)
    report = ReportCase(actor=LI, category="6002", place_name="老街", point=HERE)
    case_id = int(str(desk.do(report).value))
    desk.do(TakeCase(actor=LI, case_id=case_id))
    desk.do(SendUnit(actor=LI, case_id=case_id, unit_id="W07"))
    desk.do(Reinforce(actor=LI, case_id=case_id, unit_id="W08", text="带梯子"))
    told: list[wire.Task | wire.Recalled] = []
    helper = field_client(
        service.ready, tmp_path, "W08", keys["W08"], on_task=told.append
    )
    try:
        until(lambda: told, "the offer, to a terminal that was away")
        (offer,) = told
        assert isinstance(offer, wire.Task)
        assert (offer.helping, offer.details) == (True, "带梯子")
        helper.send(wire.Sign(task=offer.task))
        helper.send(wire.Depart(task=offer.task))
        assert helper.flush(10)
        until(lambda: desk.board.cases[case_id].course.forces[0].departed_at, "on it")
        case = desk.board.cases[case_id]
        assert (case.state, case.unit_id) == (CaseState.DISPATCHED, "W07")
    finally:
        helper.close()
    leave = MoveForce(actor=LI, case_id=case_id, action="force_leave", force="W08")
    desk.do(leave)

    def standing(unit_id: str) -> object:
        with Raw(service, keys[unit_id]) as raw:
            hello = message({"type": "hello"}, device=unit_id, seq=0)
            return raw.say(hello).get("tasks")

    until(lambda: standing("W08") == [], "withdrawn while its terminal was away")
    until(lambda: standing("W07") == [f"{case_id}.1"], "the case goes on")


def test_a_task_of_a_void_case_is_recalled(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    sensor_keys = enrol(desk, "SD-1")
    terminal_keys = enrol(desk, "T-7", "worker_terminal", unit_id="W07")
    told: list[wire.Task | wire.Recalled] = []
    sensor = field_client(service.ready, tmp_path, "SD-1", sensor_keys)
    terminal = field_client(
        service.ready, tmp_path, "T-7", terminal_keys, on_task=told.append
    )
    try:
        until(lambda: terminal.stats().connected, "the terminal is welcome")
        sensor.send(wire.Alarm())
        until(lambda: desk.board.cases, "a case")
        (case_id,) = desk.board.cases
        desk.do(SendUnit(actor=LI, case_id=case_id, unit_id="W07"))
        until(lambda: told, "the offer")
        desk.do(VoidCase(actor=LI, case_id=case_id, reason="test", text="年检"))
        until(lambda: len(told) == 2, "the recall")
        assert told[1] == wire.Recalled(task=told[0].task, reason="年检")
        assert desk.board.units["W07"].case_id is None
    finally:
        sensor.close()
        terminal.close()


def test_a_terminal_that_was_away_gets_its_task_and_its_recall(
    service: Service, desk: Desk, tmp_path: Path
) -> None:
    sensor_keys = enrol(desk, "SD-1")
    terminal_keys = enrol(desk, "T-7", "worker_terminal", unit_id="W07")
    sensor = field_client(service.ready, tmp_path, "SD-1", sensor_keys)
    sensor.send(wire.Alarm())
    assert sensor.flush(10)
    sensor.close()
    until(lambda: desk.board.cases, "a case")
    (case_id,) = desk.board.cases
    desk.do(TakeCase(actor=LI, case_id=case_id))
    desk.do(SendUnit(actor=LI, case_id=case_id, unit_id="W07"))
    told: list[wire.Task | wire.Recalled] = []
    terminal = field_client(
        service.ready, tmp_path, "T-7", terminal_keys, on_task=told.append
    )
    try:
        until(lambda: told, "the offer, late")
        assert isinstance(told[0], wire.Task)
    finally:
        terminal.close()
    with Raw(service, terminal_keys) as raw:
        hello = message({"type": "hello"}, device="T-7", seq=0)
        assert raw.say(hello)["tasks"] == [told[0].task]
        desk.do(RecallUnit(actor=LI, case_id=case_id))
        # What was on its way before the recall may still come; the list is right.
        until(lambda: raw.say(hello).get("tasks") == [], "no task stands")
