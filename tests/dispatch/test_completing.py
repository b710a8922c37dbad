"""A report saved with place and kind alone is completed later, in lines of its log."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bus_kit import DESK, Kit, refusal
from hypothesis import given
from hypothesis import strategies as st
from test_kinship import a_case

from dispatch.case_commands import CompleteCase
from dispatch.case_states import CaseState
from dispatch.commands import Refused
from dispatch.completing import completed
from dispatch.joining import owed_calls

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FIELDS = ("details", "reporter_name", "reporter_phone", "channel")
known = st.none() | st.sampled_from(["", "a", "b ", "13800000001"])


@given(given_=st.fixed_dictionaries(dict.fromkeys(FIELDS, known)))
def test_what_is_given_stands_there_and_the_rest_is_as_it_was(
    given_: dict[str, str | None],
) -> None:
    case = a_case(1, details="a", reporter_name="b")
    wanted = {
        name: getattr(case, name) if value is None else value.strip()
        for name, value in given_.items()
    }
    if all(getattr(case, name) == value for name, value in wanted.items()):
        with pytest.raises(Refused) as refused:
            completed(case, DESK, AT, **given_)
        assert refused.value.reason == "nothing_new"
        return
    step = completed(case, DESK, AT, **given_)
    assert {name: getattr(step.case, name) for name in FIELDS} == wanted
    assert (step.case.state, step.case.version) == (case.state, case.version)
    assert step.entries
    told = [entry for entry in step.entries if entry.action == "reporter_noted"]
    assert all(entry.text == "" for entry in told)


def test_only_what_is_new_is_written_again() -> None:
    case = a_case(1, details="路边冒烟")
    (entry,) = completed(case, DESK, AT, details="路边冒烟\n没有明火").entries
    assert (entry.action, entry.text) == ("completed", "没有明火")


@pytest.mark.parametrize("state", CaseState)
def test_an_ended_case_is_not_completed_unless_another_goes_on_for_it(
    state: CaseState,
) -> None:
    case = a_case(1, state=state)
    if state.is_open or state is CaseState.MERGED:
        after = completed(case, DESK, AT, details="还有烟").case
        assert (after.details, after.state) == ("还有烟", state)
        return
    with pytest.raises(Refused) as refused:
        completed(case, DESK, AT, details="晚了")
    assert refused.value.reason == "state"


def test_who_is_learned_of_in_a_joined_report_is_owed_a_call_by_the_main_case(
    tmp_path: Path,
) -> None:
    kit = Kit(tmp_path)
    main = kit.report("3001")
    first, same = kit.report("3001", joins=main), kit.report("3001", joins=main)
    before = kit.actions(main)
    assert owed_calls(kit.case(main)) == ()
    kit.bus.handle(
        CompleteCase(
            actor=DESK,
            case_id=same,
            details="冒黑烟",
            reporter_phone="13800000002",
            channel="hotline",
        )
    )
    report = kit.case(same)
    assert (report.state, report.details) == (CaseState.MERGED, "冒黑烟")
    assert kit.actions(same) == ["report", "merge", "completed", "reporter_noted"]
    assert [each.case_id for each in owed_calls(kit.case(main))] == [same]
    assert kit.actions(main) == before, "what was learned stands in its own log"
    assert kit.case(first).details == ""
    assert kit.case(main).details == ""
    kit.close()


def test_completing_is_a_command_and_found_by_it(tmp_path: Path) -> None:
    kit = Kit(tmp_path)
    case_id = kit.report("1002")
    about = {"actor": DESK, "case_id": case_id, "reporter_phone": "13800000009"}
    kit.bus.handle(CompleteCase(**about, details="楼上漏水"))  # type: ignore[arg-type]
    case = kit.case(case_id)
    assert (case.details, case.reporter_phone) == ("楼上漏水", "13800000009")
    assert kit.actions(case_id) == ["report", "completed", "reporter_noted"]
    assert refusal(kit, CompleteCase(**about)).reason == "nothing_new"  # type: ignore[arg-type]
    kit.close()
