"""What a station reads of a log: its own part whole, of everything else how it went on."""

from dataclasses import replace
from datetime import UTC, datetime

from bus_kit import CENTRE, TOWN

from dispatch.case_log import LogEntry, PhotoRef
from dispatch.case_states import CaseState
from dispatch.cases import Case
from dispatch.changes import CaseChanged, ProfileChanged, Snapshot
from dispatch.commands import Moment
from dispatch.course import (
    Course,
    Force,
    Joined,
    Part,
    PartState,
    Promise,
    StepMark,
)
from dispatch.packing import pack, unpack
from dispatch.people import Scope
from dispatch.profile_use import ProfileUse
from dispatch.rule_changes import RuleChange
from dispatch.stations import StationView, narrowed, narrowed_log

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SQUAD, MARKET, POLICE = "综合执法队", "市场监管所", "派出所"
PHOTO = PhotoRef(digest="a" * 64, name="1.jpg", media_type="image/jpeg", taken_at=AT)


def part(department: str) -> Part:
    return Part(department=department, state=PartState.SIGNED, since=AT)


CASE = Case(
    case_id=1,
    number="3304211112611230001",
    version=4,
    state=CaseState.HANDLING,
    category="6002",
    severity=3,
    place_name="老街",
    point=CENTRE,
    department=SQUAD,
    reporter_name="张桂英",
    reporter_phone="13800000301",
    opened_at=AT,
    clocks={Moment.DISPATCHED: AT},
    course=Course(
        parts=(part(MARKET), part(POLICE)),
        promises=(Promise(what="回电", to="张桂英", due_at=AT, by="李敏"),),
        joined=(Joined(case_id=2, number="2", severity=3, caller=True),),
        forces=(Force(unit_id="W02", called_at=AT, text="王某在家"),),
        steps=(
            StepMark(step="call", at=AT, by="李敏", skipped="王某不接"),
            StepMark(step="visit", at=AT, by="李敏"),
        ),
    ),
)


def line(
    action: str, text: str = "", *, moves: bool = False, who: str = "李敏"
) -> LogEntry:
    return LogEntry(
        case_id=1,
        at=AT,
        actor=who,
        seat="2号席",
        action=action,
        from_state=CaseState.DISPATCHED if moves else CaseState.HANDLING,
        to_state=CaseState.HANDLING,
        text=text,
        photos=(PHOTO,) if text else (),
    )


LOG = (
    line("report", "张桂英说邻居王某", moves=True),
    line("note", "王某电话13800000302"),
    line("promised", "张桂英 · 回电"),
    line("recorded", "rec-1"),
    line("three_way_asked", "110"),
    line("part_assign", f"{MARKET} · 查证照"),
    line("part_sign", MARKET, who="小陈"),
    line("part_done", f"{MARKET} · 齐全", who="小陈"),
    line("part_done", f"{POLICE} · 王某已训诫", who="民警小李"),
    line("part_remind", f"{POLICE} · unsigned", who="系统"),
    line("sign", "我们去", moves=True, who="队员小周"),
)


def read(department: str, case: Case = CASE) -> list[tuple[str, str, str]]:
    told = narrowed_log(Scope(department), case, LOG)
    assert all(bool(each.text) or not each.photos for each in told)
    return [(each.action, each.actor, each.text) for each in told]


def test_with_a_part_one_reads_that_and_how_the_rest_went_on() -> None:
    assert read(MARKET) == [
        ("report", "", ""),
        ("part_assign", "李敏", f"{MARKET} · 查证照"),
        ("part_sign", "小陈", MARKET),
        ("part_done", "小陈", f"{MARKET} · 齐全"),
        ("part_done", "", POLICE),
        ("part_remind", "", POLICE),
        ("sign", "", ""),
    ]
    others = [e for e in narrowed_log(Scope(MARKET), CASE, LOG) if POLICE in e.text]
    assert not any(each.photos for each in others)


def test_who_answers_for_the_case_reads_all_but_calls_and_who_sits_elsewhere() -> None:
    told = read(SQUAD)
    assert [action for action, _, _ in told] == [
        each.action
        for each in LOG
        if each.action not in ("recorded", "three_way_asked")
    ]
    assert ("part_done", "", f"{POLICE} · 王某已训诫") in told
    assert ("part_assign", "李敏", f"{MARKET} · 查证照") in told
    assert ("note", "李敏", "王某电话13800000302") in told


def test_of_people_a_part_has_nothing() -> None:
    assert narrowed(Scope(SQUAD), CASE) == CASE
    told = narrowed(Scope(MARKET), CASE)
    assert (told.reporter_name, told.reporter_phone) == ("", "")
    marks = (
        StepMark(step="call", at=AT, by="", skipped="…"),
        StepMark(step="visit", at=AT, by=""),
    )
    assert told.course == Course(parts=CASE.course.parts, steps=marks)


def test_a_station_that_comes_to_answer_for_a_case_begins_anew() -> None:
    view = StationView(Scope(MARKET))
    snapshot = view.narrowed(Snapshot(number=1, town=TOWN, cases=(CASE,), entries=LOG))
    assert snapshot.entries == narrowed_log(Scope(MARKET), CASE, LOG)

    def changed(case: Case) -> list[tuple[int, str, bytes]]:
        by = {"at": AT, "actor": "", "seat": "", "command_id": ""}
        return [(2, *pack(CaseChanged(number=2, **by, case=case, entries=LOG)))]

    told = view.told(changed(CASE))
    assert told is not None
    ((_, kind, body),) = told
    later = unpack(kind, body)
    assert isinstance(later, CaseChanged)
    assert later.entries == snapshot.entries
    handed = replace(CASE, department=MARKET)
    assert view.told(changed(handed)) is None, "it lacks what was written before"
    view.narrowed(Snapshot(number=2, town=TOWN, cases=(handed,), entries=LOG))
    assert view.told(changed(handed)) is not None
    assert view.told(changed(CASE)) is None, "it has more than it may keep"


def test_nobody_is_named_to_a_station_beside_lines_that_it_may_read() -> None:
    view = StationView(Scope(MARKET))
    technician = {"at": AT, "actor": "技术员小吴", "seat": "机房"}
    change = RuleChange(sort="low_uses", rule_id="x", data="{}", **technician)
    use = ProfileUse(profile="yaozhuang", altered=(change,), **technician)
    held = view.narrowed(Snapshot(number=1, town=TOWN, cases=(CASE,), profile=use))
    assert held.profile == replace(use, altered=())
    by = {"at": AT, "actor": "民警小李", "seat": "派出所站", "command_id": "c"}
    lines = (line("part_done", f"{POLICE} · 王某已训诫", who="民警小李"),)
    packed = [
        (2, *pack(CaseChanged(number=2, **by, case=CASE, entries=lines))),
        (3, *pack(ProfileChanged(number=3, **{**by, **technician}, use=use))),
    ]
    told = view.told(packed)
    assert told is not None
    case_changed, profile_changed = (unpack(kind, body) for _, kind, body in told)
    assert isinstance(case_changed, CaseChanged)
    assert isinstance(profile_changed, ProfileChanged)
    assert profile_changed.use == held.profile
    assert [(each.actor, each.seat) for each in case_changed.entries] == [("", "")]
    for each in (case_changed, profile_changed):
        assert (each.actor, each.seat) == ("", "")
    assert case_changed.command_id == "c", "its own desk knows its command again"
