"""Reports of one matter through the bus: originals kept, raised, called back, parted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from bus_kit import CENTRE, DESK, Kit, refusal
from life_kit import ask

from dispatch.case_commands import NoteCallBack, TurnCase
from dispatch.cases import CaseState
from dispatch.commands import ReportCase
from dispatch.geo import moved
from dispatch.history import answer
from dispatch.joining import owed_calls
from dispatch.kinship import KINDRED, SAME
from dispatch.questions import FindEarlier, FindKin, Kin
from tests.soak.replay import inconsistent_cases

SMOKE = {"channel": "hotline", "details": "有人烧东西", "reporter_phone": "13800000001"}
FIRE = {"channel": "hotline", "details": "冒黑烟", "reporter_phone": "13800000002"}


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    made = Kit(tmp_path)
    yield made
    made.close()


@pytest.fixture
def stored(store_address: str | sa.URL) -> Iterator[Kit]:
    made = Kit(store_address)
    yield made
    made.close()


def part(kit: Kit, case_id: int) -> None:
    kit.bus.handle(
        TurnCase(actor=DESK, case_id=case_id, action="unmerge", text="不是同一件")
    )


def test_a_report_about_an_open_case_is_a_part_of_it_until_it_is_parted(
    kit: Kit,
) -> None:
    main = kit.report("8004", **SMOKE)
    before = kit.case(main)
    kit.clock.go(minutes=4)
    same = kit.report("3001", joins=main, point=moved(CENTRE, 90, 35), **FIRE)
    report, case = kit.case(same), kit.case(main)
    assert (report.state, report.course.merged_into) == (CaseState.MERGED, main)
    assert (report.category, report.details) == ("3001", "冒黑烟")  # as it was said
    assert kit.actions(same) == ["report", "merge"]
    assert (before.severity, case.severity, case.version) == (2, 1, before.version)
    assert kit.actions(main)[-2:] == ["joined", "raised"]
    assert [each.case_id for each in owed_calls(case)] == [main, same]

    kit.bus.handle(NoteCallBack(actor=DESK, case_id=same, text="知道了"))
    assert kit.actions(same)[-1] == "called_back"
    assert [each.case_id for each in owed_calls(kit.case(main))] == [main]

    part(kit, same)
    assert kit.case(main) == before
    assert kit.actions(main)[-2:] == ["separated", "lowered"]
    report = kit.case(same)
    assert (report.state, report.course.called_back) == (CaseState.NEW, True)
    assert inconsistent_cases(kit.store)[1] == []


def test_what_is_joined_to_a_joined_case_is_known_to_the_last(kit: Kit) -> None:
    first, second = kit.report(**SMOKE), kit.report(**FIRE)
    kit.bus.handle(ask(kit, "merge", second, other=first))
    third = kit.report(**SMOKE)
    kit.bus.handle(ask(kit, "merge", first, other=third))
    assert [e.case_id for e in kit.case(third).course.joined] == [first, second]
    kit.bus.handle(NoteCallBack(actor=DESK, case_id=second, text="知道了"))
    for case_id in (first, third):
        told = {e.case_id: e.called_back for e in kit.case(case_id).course.joined}
        assert told[second]
    part(kit, second)
    assert [e.case_id for e in kit.case(third).course.joined] == [first]
    assert kit.case(first).course.joined == ()
    assert inconsistent_cases(kit.store)[1] == []


def test_a_report_is_not_saved_where_it_cannot_be_joined(kit: Kit) -> None:
    main = kit.report("8004")
    asked = {"actor": DESK, "place_name": "丁栅老街", "joins": main}
    other = ReportCase(**asked, category="1002", point=CENTRE)  # type: ignore[arg-type]
    assert refusal(kit, other).reason == "not_the_same"
    kit.bus.handle(ask(kit, "void", main))
    late = ReportCase(**asked, category="3001", point=CENTRE)  # type: ignore[arg-type]
    assert refusal(kit, late).reason == "main_case"


def test_a_case_is_closed_once_each_caller_has_heard(kit: Kit) -> None:
    main = kit.report("8004", **SMOKE)
    same = kit.report("3001", joins=main, **FIRE)
    for step in ("accept", "file", "dispatch", "sign", "finish"):
        kit.bus.handle(ask(kit, step, main))
    kit.bus.handle(TurnCase(actor=DESK, case_id=main, action="call_back", text="好"))
    assert refusal(kit, ask(kit, "close", main)).reason == "calls_owed"
    kit.bus.handle(NoteCallBack(actor=DESK, case_id=same, text="三次无人接听"))
    kit.bus.handle(ask(kit, "close", main))
    assert kit.case(main).state is CaseState.CLOSED


def test_nobody_is_called_back_who_left_no_number(kit: Kit) -> None:
    for case_id in (kit.raise_case(), kit.report(channel="hotline")):
        call = NoteCallBack(actor=DESK, case_id=case_id, text="好")
        assert refusal(kit, call).reason == "nobody_waits"
    silent = NoteCallBack(actor=DESK, case_id=kit.report(**SMOKE), text=" ")
    assert refusal(kit, silent).reason == "reason_missing"


def test_open_cases_like_a_report_are_found_with_what_speaks_for_them(
    stored: Kit,
) -> None:
    kit = stored
    near = kit.report("3001", point=moved(CENTRE, 90, 35), **FIRE)
    alarm = kit.raise_case()
    kit.report("3001", point=moved(CENTRE, 90, 400))
    kit.report("1002")
    ended = kit.report("3001")
    kit.bus.handle(ask(kit, "void", ended))
    kit.clock.go(minutes=4)
    query = FindKin(
        point=CENTRE,
        at=kit.clock(),
        kinds=("3001", "B001"),
        place_name="桃源新邨12幢301",
        phone="138 0000 0002",
    )
    found: tuple[Kin, ...] = answer(query, kit.store)
    assert [kin.case_id for kin in found] == [near, alarm]
    assert [kin.why.kind for kin in found] == [SAME, KINDRED]
    assert [kin.why.same_caller for kin in found] == [True, False]
    assert [kin.why.same_place for kin in found] == [False, True]
    assert [kin.why.minutes for kin in found] == [4, 4]
    assert found[0].why.metres == pytest.approx(35, abs=0.1)
    kit.clock.go(hours=30)
    later = FindKin(point=CENTRE, at=kit.clock())
    assert answer(later, kit.store) == ()


def test_the_case_itself_is_not_like_itself(kit: Kit) -> None:
    one, other = kit.report(), kit.report()
    about = {"point": CENTRE, "at": kit.clock(), "kinds": ("6002",)}
    found = answer(FindKin(**about, case_id=one), kit.store)  # type: ignore[arg-type]
    assert [kin.case_id for kin in found] == [other]
    most = answer(FindKin(**about, limit=1), kit.store)  # type: ignore[arg-type]
    assert len(most) == 1


def test_what_was_reported_here_and_by_this_number_before(stored: Kit) -> None:
    kit = stored
    here = kit.report("3001", **FIRE)
    kit.bus.handle(ask(kit, "void", here))
    far = kit.report("1002", point=moved(CENTRE, 90, 400), **FIRE)
    other = kit.report("5001", point=moved(CENTRE, 0, 60))
    kit.report("5001", point=moved(CENTRE, 0, 160))
    found = answer(FindEarlier(point=CENTRE, phone="138 0000 0002"), kit.store)
    assert [(each.case_id, each.here, each.same_caller) for each in found] == [
        (other, True, False),
        (far, False, True),
        (here, True, True),
    ]
    assert answer(FindEarlier(phone="110"), kit.store) == ()
    assert answer(FindEarlier(), kit.store) == ()
    newest = answer(FindEarlier(point=CENTRE, limit=1), kit.store)
    assert [each.case_id for each in newest] == [other]
