"""What stands for terminals, worked out from the changes."""

from pathlib import Path

from bus_kit import DESK, Kit

from dispatch.changes import CaseChanged
from dispatch.commands import RecallUnit
from dispatch.packing import glance, unpack
from dispatch.profiles import load_taxonomy
from dispatch.tasks import TaskBoard


def test_a_glance_is_enough_where_no_terminal_is_concerned(tmp_path: Path) -> None:
    kit = Kit(tmp_path)
    try:
        kit.settle(kit.raise_case())
        kit.bus.handle_batch([kit.alarm("S2") for _ in range(4)])
        case_id = kit.report()
        kit.send(case_id)
        kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id, reason="换人"))
        kit.bus.handle_batch([kit.alarm("S2")])
        kit.settle(case_id)
        packed = kit.feed.packed(0, limit=10_000)
    finally:
        kit.close()
    whole, glancing = (TaskBoard(load_taxonomy()) for _ in range(2))
    passed_over = 0
    for _, kind, body in packed:
        if kind != "case":
            continue
        change = unpack(kind, body)
        assert isinstance(change, CaseChanged)
        concerned = glancing.concerns(glance(body))
        passed_over += not concerned
        assert whole.apply(change) == (glancing.apply(change) if concerned else [])
        assert whole.unsigned() == glancing.unsigned()
        assert whole.standing("W01") == glancing.standing("W01")
        last = f"{change.case.case_id}.{change.case.sending}"
        for task in (last, f"{change.case.case_id}.0"):
            assert whole.is_stale(task) == glancing.is_stale(task)
    assert passed_over >= 3
