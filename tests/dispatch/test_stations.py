"""A station has its own department's cases and nothing else, by what the service sends."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bus_kit import TOWN
from line_parts import HERE, LI, Desk, until

from dispatch.case_commands import (
    AssignCase,
    FeedBack,
    FeedBackPart,
    RequestSuspension,
    TurnCase,
    TurnPart,
)
from dispatch.case_parts import part_of
from dispatch.case_states import CaseState
from dispatch.cases import Case
from dispatch.changes import CaseChanged, Snapshot
from dispatch.commands import (
    AddNote,
    Command,
    ImportTown,
    Moment,
    NoteView,
    Photo,
    Refused,
    ReportCase,
    SendUnit,
    TakeCase,
)
from dispatch.course import Course, Part, PartState, PhoneCall, ThreeWay
from dispatch.geo import Point
from dispatch.keys import EnrolledKeys, make_keys
from dispatch.packing import pack, unpack
from dispatch.people import Actor, Role, Scope
from dispatch.places import Place
from dispatch.questions import (
    CaseLog,
    FindCases,
    FindPlaces,
    NumberLog,
    PhotoBytes,
    Query,
    ReadCase,
    ViewLog,
)
from dispatch.service import Service, desk_keys, enrolled_desks, utc_now
from dispatch.stations import StationView, narrowed
from dispatch.units import Unit
from resources.home import Home

MARKET, POLICE = "市场监管所", "派出所"
CLAIMS = Actor("小张", "1号席", LI.roles | {Role.DEPARTMENT})
JPEG = b"\xff\xd8 a picture"


@pytest.fixture
def desk(home: Home, service: Service) -> Iterator[Desk]:
    made = Desk(home, service.ready)
    units = (
        Unit(
            unit_id="M1", name="市监小王", role="执法员", department=MARKET, point=HERE
        ),
        Unit(unit_id="P1", name="民警小李", role="民警", department=POLICE, point=HERE),
    )
    places = tuple(
        Place(place_id=name, name=name, kind="shop", point=HERE, contact="张三")
        for name in ("老街茶馆", "派出所大院")
    )
    made.do(ImportTown(actor=LI, units=units, places=places))
    yield made
    made.client.close()


def station(
    home: Home, service: Service, folder: Path, scope: Scope, name: str
) -> Desk:
    there = Home(folder / name)
    enrolled_desks(home).enrol(desk_keys(there).public, name, scope)
    return Desk(there, service.ready, name=name)


@pytest.fixture
def market(home: Home, service: Service, tmp_path: Path, desk: Desk) -> Iterator[Desk]:
    made = station(home, service, tmp_path, Scope(MARKET), "市监站")
    yield made
    made.client.close()


def filed(desk: Desk, place: str = "老街茶馆", point: Point = HERE) -> int:
    report = ReportCase(
        actor=LI, category="6002", place_name=place, point=point, details="油烟"
    )
    case_id = desk.do(report).value
    assert isinstance(case_id, int)
    desk.do(TakeCase(actor=LI, case_id=case_id))
    return case_id


def sent(desk: Desk, department: str, place: str = "老街茶馆") -> int:
    case_id = filed(desk, place)
    desk.do(
        AssignCase(actor=LI, case_id=case_id, action="assign", department=department)
    )
    return case_id


def reason(desk: Desk, command: Command) -> str:
    with pytest.raises(Refused) as refused:
        desk.client.submit(command).result(10)
    return refused.value.reason


def log_of(desk: Desk, case_id: int) -> list[str]:
    return [entry.action for entry in desk.board.entries(case_id)]


def answer_reason(desk: Desk, query: Query) -> str:
    with pytest.raises(Refused) as refused:
        desk.client.ask(query).result(10)
    return refused.value.reason


def test_a_case_is_sent_signed_fed_back_and_nobody_else_s_is_seen(
    desk: Desk, market: Desk
) -> None:
    assert market.client.scope == Scope(MARKET)
    others = sent(desk, POLICE, "派出所大院")
    unsent = filed(desk)
    own = sent(desk, MARKET)
    until(lambda: own in market.board.cases, "the case at its station")
    assert set(market.board.cases) == {own}
    until(lambda: log_of(market, own) == log_of(desk, own), "its whole log")
    assert set(market.board.units) == {"M1"}
    assert market.board.units["M1"].point is None
    assert set(market.board.places) == {"老街茶馆"}
    assert not market.board.cameras
    assert not market.board.devices

    # What it does carries its seat and its department's role, whatever it claims.
    market.do(TurnCase(actor=CLAIMS, case_id=own, action="sign"))
    photo = Photo(name="1.jpg", media_type="image/jpeg", data=JPEG, taken_at=utc_now())
    market.do(FeedBack(actor=CLAIMS, case_id=own, text="已清洗", photos=(photo,)))
    until(lambda: desk.board.cases[own].state is CaseState.FEEDBACK, "it at the desk")
    *_, signed, done = desk.board.entries(own)
    assert (signed.action, signed.seat, signed.by_phone) == ("sign", "市监站", False)
    assert done.text == "已清洗"
    (ref,) = done.photos
    assert market.client.ask(PhotoBytes(digest=ref.digest)).result(10) == JPEG

    # Neither asks nor does it anything with what is not its own, nor what is a desk's.
    for case_id in (others, unsent, 99):
        assert answer_reason(market, CaseLog(case_id=case_id)) == "not_yours"
        assert answer_reason(market, ReadCase(case_id=case_id)) == "not_yours"
        sign = TurnCase(actor=CLAIMS, case_id=case_id, action="sign")
        assert reason(market, sign) == "not_yours"
    for query in (
        FindCases(text="派出所"),
        FindPlaces(text="派出所"),
        NumberLog(),
        ViewLog(camera_id="1"),
    ):
        assert answer_reason(market, query) == "not_for_station"
    for command in (
        AddNote(actor=CLAIMS, case_id=own, text="x"),
        NoteView(actor=CLAIMS, camera_id="1", at=utc_now()),
        SendUnit(actor=CLAIMS, case_id=own, unit_id="M1"),
    ):
        assert reason(market, command) in ("not_for_station", "role")
    close = TurnCase(actor=CLAIMS, case_id=own, action="send_check")
    assert reason(market, close) == "role"
    assert market.client.ask(CaseLog(case_id=own)).result(10)


def test_what_is_handed_on_or_taken_back_leaves_one_station_and_comes_to_another(
    home: Home, service: Service, desk: Desk, market: Desk, tmp_path: Path
) -> None:
    police = station(home, service, tmp_path, Scope(POLICE), "派出所")
    try:
        both = {MARKET, POLICE}
        until(lambda: desk.client.stations == both, "who has a station, at the desk")
        until(lambda: market.client.stations == both, "and at a station")
        own = sent(desk, MARKET)
        until(lambda: own in market.board.cases, "the case at its station")
        nobody = AssignCase(
            actor=CLAIMS, case_id=own, action="hand_on", department=MARKET, text="x"
        )
        assert reason(market, nobody) == "department"
        typo = replace(nobody, department="市埸监管所", command_id="2" * 32)
        assert reason(market, typo) == "unknown_department"
        wordless = replace(nobody, department=POLICE, text="", command_id="0" * 32)
        assert reason(market, wordless) == "reason_missing"
        market.do(
            replace(nobody, department=POLICE, text="属治安", command_id="1" * 32)
        )
        until(lambda: own in police.board.cases, "it was handed on")
        assert own not in market.board.cases
        assert not market.board.entries(own)
        lines = police.board.entries(own)  # what became of its notice may follow
        (line,) = [each for each in lines if each.action == "hand_on"]
        assert (line.action, line.text) == ("hand_on", f"{POLICE} · 属治安")
        assert reason(market, TurnCase(actor=CLAIMS, case_id=own, action="sign")) == (
            "not_yours"
        )
        police.do(TurnCase(actor=CLAIMS, case_id=own, action="return", text="不属本所"))
        until(lambda: own not in police.board.cases, "it was returned")
        assert desk.board.cases[own].state is CaseState.RETURNED
        # A person of theirs is sent: the station signs, and who was sent is free again.
        desk.do(AssignCase(actor=LI, case_id=own, action="assign", department=POLICE))
        until(lambda: own in police.board.cases, "once more")
        police.do(TurnCase(actor=CLAIMS, case_id=own, action="sign"))
        police.do(
            TurnCase(actor=CLAIMS, case_id=own, action="request_extend", text="等人")
        )
        ask = RequestSuspension(
            actor=CLAIMS, case_id=own, until=utc_now(), text="已有申请"
        )
        assert reason(police, ask) == "already_asked"
    finally:
        police.client.close()


def test_a_station_has_a_part_of_another_s_case_and_nothing_beyond_it(
    desk: Desk, market: Desk
) -> None:
    case_id = sent(desk, POLICE)

    def turn(action: str, department: str = MARKET) -> TurnPart:
        said = {"department": department, "text": "查验证照"}
        return TurnPart(actor=CLAIMS, case_id=case_id, action=action, **said)

    assert reason(market, turn("part_sign")) == "not_yours"
    desk.do(turn("part_assign"))
    until(lambda: case_id in market.board.cases, "its part")
    assert market.board.entries(case_id)[-1].text == f"{MARKET} · 查验证照"
    sign = TurnCase(actor=CLAIMS, case_id=case_id, action="sign")
    assert reason(market, sign) == "only_a_part"
    whole = FeedBack(actor=CLAIMS, case_id=case_id, text="办好了")
    assert reason(market, whole) == "only_a_part"
    assert reason(market, turn("part_sign", POLICE)) == "not_yours"
    assert reason(market, turn("part_release")) == "role"
    market.do(turn("part_sign"))
    photo = Photo(name="1.jpg", media_type="image/jpeg", data=JPEG, taken_at=utc_now())
    said = FeedBackPart(
        actor=CLAIMS, case_id=case_id, department=MARKET, text="齐全", photos=(photo,)
    )
    market.do(said)
    until(lambda: len(desk.board.entries(case_id)[-1].photos) == 1, "its photo")
    part = part_of(desk.board.cases[case_id], MARKET)
    assert part is not None
    assert part.state == "done"
    assert part.clock is None
    desk.do(turn("part_assign"))
    until(lambda: market.board.entries(case_id)[-1].action == "part_assign", "again")
    desk.do(turn("part_release"))
    until(lambda: case_id not in market.board.cases, "it is released")
    assert reason(market, turn("part_sign")) == "not_yours"


def test_who_called_is_for_whoever_answers_and_recordings_for_desks() -> None:
    part = Part(department=POLICE, state=PartState.ASSIGNED, since=utc_now())
    call = PhoneCall(call="a-1", recordings=("rec-1",))
    third = ThreeWay(to="110", call="a-1", asked_at=utc_now())
    case = Case(
        case_id=1,
        number="3304211112611230001",
        version=4,
        state=CaseState.HANDLING,
        category="6002",
        severity=3,
        place_name="老街",
        point=HERE,
        opened_at=utc_now(),
        department=MARKET,
        clocks={Moment.DISPATCHED: utc_now()},
        reporter_name="张桂英",
        reporter_phone="13800000301",
        course=Course(parts=(part,), calls=(call,), three_ways=(third,)),
    )
    unheard = replace(case, course=Course(parts=(part,)))
    assert narrowed(Scope(MARKET), case) == unheard
    unnamed = replace(unheard, reporter_name="", reporter_phone="")
    assert narrowed(Scope(POLICE), case) == unnamed

    told: dict[str, Case] = {}
    for department in (MARKET, POLICE):
        view = StationView(Scope(department))
        snapshot = Snapshot(number=1, town=TOWN, cases=(case,))
        (told[department],) = view.narrowed(snapshot).cases
        change = CaseChanged(
            number=2,
            at=utc_now(),
            actor="",
            seat="",
            command_id="",
            case=case,
            entries=(),
        )
        ((_, kind, body),) = view.told([(2, *pack(change))]) or ()
        later = unpack(kind, body)
        assert isinstance(later, CaseChanged)
        assert later.case == told[department]
    assert told == {MARKET: unheard, POLICE: unnamed}


@pytest.mark.expected_log("dispatch.server", "unknown key")
def test_a_village_has_its_own_grid_only_and_a_changed_enrolment_counts_at_once(
    home: Home, service: Service, desk: Desk, market: Desk
) -> None:
    own = sent(desk, MARKET)
    until(lambda: own in market.board.cases, "the case")
    key = next(k for k, n in enrolled_desks(home).entries().items() if n == "市监站")
    enrolled_desks(home).enrol(key, "市监站", Scope(MARKET, "3304"))
    until(lambda: not market.board.cases, "it lies in no grid of that code")
    enrolled_desks(home).revoke(key)
    until(lambda: not market.client.link.connected, "it is let in no more")


def test_an_empty_department_sees_nothing_and_a_desk_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "desks.txt"
    first, second, third = (make_keys().public for _ in range(3))
    file.write_text(f"{first} 一站\t\n{second} 2号席\n", encoding="utf-8")
    desks = EnrolledKeys(file)
    assert desks.entries() == {first: "一站", second: "2号席"}
    assert desks.scope(first) == Scope("")
    assert desks.scope(second) is None
    desks.enrol(third, "村站", Scope("村(社区)", "330421111001"))
    again = EnrolledKeys(file)
    assert again.entries()[third] == "村站"
    assert again.scope(third) == Scope("村(社区)", "330421111001")
    assert again.scope(first) == Scope("")
    again.enrol(third, "北鹤村站")  # another name makes no desk of a station
    assert EnrolledKeys(file).scope(third) == Scope("村(社区)", "330421111001")
    again.revoke(third)
    again.enrol(third, "3号席")
    assert EnrolledKeys(file).scope(third) is None
