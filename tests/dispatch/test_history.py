import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from bus_kit import CENTRE, DESK, START, Kit

from dispatch.commands import ImportTown, OpenStream, Refused, SignCase
from dispatch.geo import moved
from dispatch.history import ANSWERS, answer
from dispatch.initials import initials_of
from dispatch.numbers import COPIED, MOST_AT_ONCE, NoteNumbers, NumberOf
from dispatch.places import Place
from dispatch.questions import (
    CaseLog,
    FindPlaces,
    NumberLog,
    PhotoBytes,
    QuarantineList,
    Query,
    ViewLog,
)


@pytest.fixture
def kit(kit: Kit) -> Kit:
    kit.bus.handle(
        ImportTown(
            actor=DESK,
            places=(
                Place(
                    place_id="P2",
                    name="长寿路小学",
                    kind="key_place",
                    point=moved(CENTRE, 0, 200),
                    address="桃源新邨旁",
                ),
                Place(place_id="P3", name="100%鲜_超市", kind="shop", point=CENTRE),
            ),
        )
    )
    return kit


def find(kit: Kit, text: str) -> list[tuple[str, str]]:
    return [
        (place.kind, place.name) for place in answer(FindPlaces(text=text), kit.store)
    ]


def test_a_name_is_found_by_its_beginning_its_middle_and_its_address(kit: Kit) -> None:
    assert find(kit, "桃源新邨12")[0] == ("home", "桃源新邨12幢301")
    # what hangs there is found too, but below what is called so
    assert ("device", "smoke_detector S1") in find(kit, "桃源新邨12")
    names = [name for _, name in find(kit, "桃源")]
    assert names[0] == "桃源北门"
    assert "长寿路小学" in names
    assert names.index("桃源新邨12幢301") < names.index("长寿路小学")


def test_a_name_is_found_by_pinyin_initials(kit: Kit) -> None:
    assert find(kit, "tyxc12")[0] == ("home", "桃源新邨12幢301")
    assert find(kit, "CSL") == [("key_place", "长寿路小学")]


def test_cameras_devices_grids_and_units_are_found(kit: Kit) -> None:
    assert find(kit, "1203") == [("camera", "桃源北门")]
    assert find(kit, "smoke S1") == [("device", "smoke_detector S1")]
    assert ("grid", "桃源新邨第一网格") in find(kit, "第一网格")
    assert find(kit, "王建国") == []  # never had a position
    kit.bus.handle(kit.position())
    kit.bus.flush_coalesced()
    (unit,) = answer(FindPlaces(text="wjg"), kit.store)
    assert (unit.kind, unit.place_id, unit.point) == ("unit", "W01", CENTRE)


def test_a_place_is_given_whole(kit: Kit) -> None:
    place, *_ = answer(FindPlaces(text="12幢"), kit.store)
    assert place.hazards == ("液化气",)
    assert place.grid_code == "330421111001001"


def test_signs_of_the_language_are_plain_text(kit: Kit) -> None:
    assert find(kit, "%") == [("shop", "100%鲜_超市")]
    assert find(kit, "_超") == [("shop", "100%鲜_超市")]
    assert find(kit, "'; --") == []
    assert find(kit, "   ") == []
    assert answer(FindPlaces(text="桃", limit=-1), kit.store) == ()
    assert len(answer(FindPlaces(text="桃", limit=1), kit.store)) == 1


def test_the_whole_log_of_an_old_case_is_there(kit: Kit) -> None:
    case_id = kit.report()
    kit.settle(case_id)
    kit.clock.go(hours=48)
    kit.report()
    log = answer(CaseLog(case_id=case_id), kit.store)
    assert [entry.action for entry in log][:2] == ["report", "accept"]
    assert log[-1].action == "close"
    assert answer(CaseLog(case_id=99), kit.store) == ()


def test_a_photo_is_had_by_its_digest(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    kit.finish(case_id)
    digest = hashlib.sha256(b"\xff\xd8").hexdigest()
    assert answer(PhotoBytes(digest=digest), kit.store) == b"\xff\xd8"
    assert answer(PhotoBytes(digest="0" * 64), kit.store) == b""


def test_views_and_what_was_set_aside_are_listed(kit: Kit) -> None:
    kit.bus.handle(OpenStream(actor=DESK, camera_id="1203", purpose="view"))
    kit.clock.go(seconds=5)
    kit.bus.handle(OpenStream(actor=DESK, camera_id="1203", purpose="check"))
    views = answer(ViewLog(camera_id="1203"), kit.store)
    assert [view.purpose for view in views] == ["check", "view"]
    kit.store.quarantine("bad_json", "k", b"{", START)
    kit.store.quarantine("unknown_key", "", b"?", START)
    report = answer(QuarantineList(limit=1), kit.store)
    assert report.counts == {"bad_json": 1, "unknown_key": 1}
    assert [frame.reason for frame in report.frames] == ["unknown_key"]


def test_whose_number_was_read_by_whom_and_when_is_listed(kit: Kit) -> None:
    case_id, other = kit.report(), kit.report()
    worker, school = NumberOf(kind="unit", ref="W01"), NumberOf(kind="place", ref="P2")
    earlier = kit.clock()
    kit.clock.go(minutes=5)
    shown = NoteNumbers(
        actor=DESK, case_id=case_id, owners=(worker, school), at=earlier
    )
    kit.bus.handle(shown)
    assert kit.bus.handle(shown).duplicate  # told again by an outbox: one look
    tomorrow = kit.clock() + timedelta(days=1)
    kit.bus.handle(
        NoteNumbers(
            actor=DESK, case_id=other, owners=(worker,), deed=COPIED, at=tomorrow
        )
    )
    reads = answer(NumberLog(case_id=case_id), kit.store)
    assert [(read.owner, read.deed, read.at) for read in reads] == [
        (school, "shown", earlier),
        (worker, "shown", earlier),
    ]
    assert {(read.actor, read.seat) for read in reads} == {("李敏", "2号席")}
    copied, _shown = answer(NumberLog(owner=worker), kit.store)
    assert (copied.case_id, copied.deed) == (other, "copied")
    assert copied.at == kit.clock()  # nobody has read it tomorrow
    assert len(answer(NumberLog(), kit.store)) == 3
    # No step of a case: neither its log nor its version knows of it.
    assert len(answer(CaseLog(case_id=case_id), kit.store)) == len(
        answer(CaseLog(case_id=other), kit.store)
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"case_id": 99}, "case_unknown"),
        ({"deed": "sold"}, "owner_unknown"),
        ({"owners": ()}, "owner_unknown"),
        (
            {"owners": (NumberOf(kind="reporter"),) * (MOST_AT_ONCE + 1)},
            "owner_unknown",
        ),
        ({"owners": (NumberOf(kind="unit", ref="W99"),)}, "owner_unknown"),
        ({"owners": (NumberOf(kind="13800000001"),)}, "owner_unknown"),
        ({"owners": (NumberOf(kind="recording", ref="a-1"),)}, "owner_unknown"),
        (
            {"case_id": 0, "owners": (NumberOf(kind="recording", ref="a b"),)},
            "owner_unknown",
        ),
    ],
)
def test_a_look_at_nobody_s_number_is_refused(kit: Kit, fields, reason: str) -> None:
    look = NoteNumbers(
        actor=DESK,
        case_id=kit.report(),
        owners=(NumberOf(kind="reporter"),),
        at=kit.clock(),
    )
    with pytest.raises(Refused) as refused:
        kit.bus.handle(replace(look, **fields))
    assert refused.value.reason == reason
    assert answer(NumberLog(), kit.store) == ()


def test_each_question_names_the_type_of_its_answer() -> None:
    assert set(ANSWERS) == set(Query.__args__)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("桃源新邨", "tyxc"),
        ("AED-3 银行", "aed3yh"),
        ("12幢301", "12z301"),
        ("", ""),
        ("——", ""),
    ],
)
def test_initials_are_what_fingers_type(name: str, initials: str) -> None:
    assert initials in initials_of(name).split() or initials == initials_of(name)
