"""What units say by themselves: a finding on a round, a task handed back."""

from pathlib import Path

import pytest
from bus_kit import CENTRE, FAR_AWAY, WORKER, Kit

from dispatch.cases import CaseState
from dispatch.commands import Photo, Refused, ReportFinding, ReturnCase, SignCase
from dispatch.devices import Device
from dispatch.units import UnitStatus


@pytest.fixture
def kit(tmp_path: Path):
    made = Kit(tmp_path)
    yield made
    made.close()


def finding(kit: Kit, **changed: object) -> ReportFinding:
    asked = {
        "actor": WORKER,
        "unit_id": "W01",
        "at": kit.clock(),
        "category": "6003",
        "text": "摊贩占道",
        "home": CENTRE,
        **changed,
    }
    return ReportFinding(**asked)  # type: ignore[arg-type]


def test_a_finding_is_a_new_case_of_the_patrol(kit: Kit) -> None:
    photo = Photo(
        name="a.jpg", media_type="image/jpeg", data=b"\xff", taken_at=kit.clock()
    )
    kit.bus.handle(finding(kit, point=CENTRE, photos=(photo,)))
    (case,) = kit.board().cases.values()
    assert (case.state, case.channel) == (CaseState.NEW, "patrol")
    assert (case.reporter_name, case.place_name) == ("王建国", "桃源新邨第一网格")
    (entry,) = kit.board().entries(case.case_id)
    assert (entry.action, entry.unit_id, len(entry.photos)) == ("report", "W01", 1)


def test_a_place_sent_in_words_is_kept_and_a_far_one_doubted(kit: Kit) -> None:
    kit.bus.handle(finding(kit, place_name="桃源路口", point=FAR_AWAY))
    (case,) = kit.board().cases.values()
    assert (case.place_name, case.doubt) == ("桃源路口", "outside")


def test_an_unknown_category_is_refused(kit: Kit) -> None:
    with pytest.raises(Refused) as refused:
        kit.bus.handle(finding(kit, category="9999"))
    assert refused.value.reason == "category_unknown"


def test_a_task_handed_back_waits_for_someone_else(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    kit.bus.handle(
        ReturnCase(
            actor=WORKER,
            case_id=case_id,
            unit_id="W01",
            at=kit.clock(),
            reason="走不开",
        )
    )
    case = kit.case(case_id)
    assert (case.state, case.unit_id) == (CaseState.RETURNED, "")
    assert kit.board().units["W01"].status is UnitStatus.FREE
    assert kit.board().entries(case_id)[-1].text == "走不开"
    kit.send(case_id, "W02")
    with pytest.raises(Refused) as refused:
        kit.bus.handle(
            ReturnCase(
                actor=WORKER,
                case_id=case_id,
                unit_id="W01",
                at=kit.clock(),
                reason="还是走不开",
            )
        )
    assert refused.value.reason == "not_sent"


def test_a_vehicle_s_tracker_carries_no_tasks(kit: Kit) -> None:
    kit.enrol("V1", "vehicle_tracker", unit_id="W01")
    assert kit.board().units["W01"].device_id == "T1"
    assert isinstance(kit.board().devices["V1"], Device)
