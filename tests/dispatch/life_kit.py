"""Everything that may be asked of a case, as commands, and the trade's table by hand."""

from datetime import timedelta

from bus_kit import CENTRE, WORKER, Kit

from dispatch import case_forces, case_parts
from dispatch.case_commands import (
    AcceptHandOver,
    AnswerHelp,
    AssignCase,
    CallForce,
    ClaimCase,
    FeedBack,
    FeedBackPart,
    HoldMeeting,
    MergeCase,
    MoveForce,
    NoteCallBack,
    OfferCase,
    Reinforce,
    ReportHandled,
    RequestSuspension,
    SendDirect,
    ShelveAlarms,
    SuperviseCase,
    TransferCase,
    TurnCase,
    TurnPart,
)
from dispatch.cases import CaseState
from dispatch.commands import (
    ArriveCase,
    CloseCase,
    Command,
    DepartCase,
    FinishCase,
    Photo,
    RecallUnit,
    ReportCase,
    ReturnCase,
    SendUnit,
    SignCase,
    TakeCase,
    VoidCase,
)
from dispatch.joining import owed_calls
from dispatch.people import Actor, Role
from dispatch.recommending import is_free

EVERYONE = Actor("全能", "1号席", frozenset(Role) - {Role.DEVICE, Role.SYSTEM})

# The table of the trade, written down a second time: from (codes), action, to.
EDGES = """
- report 100; - self_report 500
100 send_verify 110; 110 verify_true 120; 110 verify_false 600
100 accept 120; 100 reject 600; 100 answer 500
120 file 200; 120 not_file 610
100 110 120 200 urgent_direct 210
200 220 dispatch 210; 200 220 assign 210
210 sign 300; 210 300 305 306 hand_on 210
210 300 305 306 return 220; 220 return_further 120
210 300 305 306 recall 200
300 depart 305; 300 305 arrive 306
300 305 306 finish 400
300 305 306 approve_suspend 310; 310 resume 300
400 send_check 410; 400 call_back 420; 410 check_pass 420
400 410 rework 300
420 close 500; 400 410 420 explain 500
500 reopen 300
100 110 120 200 210 220 void 620
open merge 640; open force_close 510; open transfer 630
200 210 220 300 305 306 reinforce =; 200 210 220 300 305 306 call_force =
200 210 220 300 305 306 force_sign =; 200 210 220 300 305 306 force_depart =
200 210 220 300 305 306 force_return =
200 210 220 300 305 306 310 400 410 420 force_arrive =
200 210 220 300 305 306 310 400 410 420 force_leave =
630 handover_accept =; 630 handover_close =; 630 handover_reopen =; 630 handover_reject 120
300 305 306 request_extend =; 300 305 306 endorse_extend =
300 305 306 approve_extend =; 300 305 306 refuse_extend =
300 305 306 request_suspend =; 300 305 306 refuse_suspend =
100 110 120 200 210 220 300 305 306 contact =
500 appeal =; 500 endorse_appeal =; 500 grant_appeal =; 500 refuse_appeal =
200 210 220 300 305 306 part_assign =
120 200 210 220 300 305 306 310 part_sign =
120 200 210 220 300 305 306 310 part_return =
120 200 210 220 300 305 306 310 part_done =
120 200 210 220 300 305 306 310 part_release =
open own_ask =; open own_offer =; open own_yes =; open own_no =; open own_lapse =
open supervise =; open unsupervise =; open expedite =; open unexpedite =
open instruct =; open escalate =; open consult =; open mediate =
open restore_by_hand =
open shelve =; open unshelve =
640 unmerge open
"""
_OPEN = {int(state) for state in CaseState if state < 500}
# And of the part of a department, by hand as well: from, to.
PART_EDGES = {
    "part_assign": ({"", "returned", "done", "released"}, "assigned"),
    "part_sign": ({"assigned"}, "signed"),
    "part_return": ({"assigned", "signed"}, "returned"),
    "part_done": ({"signed"}, "done"),
    "part_release": ({"assigned", "signed", "returned"}, "released"),
}
DEPARTMENTS = ("市场监管所", "派出所", "综合执法队")


def edges() -> dict[str, set[tuple[int | None, int]]]:
    """Return from and to of each action."""
    found: dict[str, set[tuple[int | None, int]]] = {}
    for part in EDGES.replace("\n", ";").split(";"):
        *starts, action, to = part.split() or ["", "", ""]
        if not action:
            continue
        for start in starts:
            for code in _OPEN if start == "open" else {start}:
                begin = None if code == "-" else int(code)
                ends = _OPEN if to == "open" else {begin if to == "=" else int(to)}
                found.setdefault(action, set()).update((begin, e) for e in ends)
    return found


def call_back(kit: Kit, case_id: int) -> None:
    """Have everybody who reported a case told how it went; closing asks for it."""
    case = kit.bus._at_hand()[0].things["case"].get(case_id)
    for owed in () if case is None else owed_calls(case):
        kit.bus.handle(
            NoteCallBack(actor=EVERYONE, case_id=owed.case_id, text="知道了")
        )


def ask(
    kit: Kit, action: str, case_id: int, by: Actor = EVERYONE, other: int | None = None
) -> Command:
    """Return the command that asks for an action on a case."""
    about = {"actor": by, "case_id": case_id}
    case = kit.bus._at_hand()[0].things["case"].get(case_id)
    units = kit.bus._at_hand()[0].things["unit"].values()
    free = next((each.unit_id for each in units if is_free(each)), "W01")
    unit_id = (case.unit_id if case is not None else "") or "W01"
    said = {**about, "unit_id": unit_id, "at": kit.clock()}
    photo = Photo(
        name="a.jpg", media_type="image/jpeg", data=b"\xff", taken_at=kit.clock()
    )
    match action:
        case "report":
            return ReportCase(
                actor=by,
                category="A001" if case_id % 2 else "6002",
                place_name="丁栅老街",
                point=CENTRE,
                reporter_phone="13800000000" if case_id % 3 else "",
            )
        case "self_report":
            return ReportHandled(
                actor=by,
                unit_id="W02",
                at=kit.clock(),
                category="5001",
                standard_id="5001-1",
                text="已清理",
                place_name="丁栅老街",
                point=CENTRE,
                before=photo,
                after=photo,
            )
        case "file":
            return TakeCase(**about)  # type: ignore[arg-type]
        case "dispatch":
            return SendUnit(**about, unit_id=free)  # type: ignore[arg-type]
        case "urgent_direct":
            return SendDirect(**about, unit_id=free)  # type: ignore[arg-type]
        case "recall":
            return RecallUnit(**about, reason="改派")  # type: ignore[arg-type]
        case "assign" | "hand_on":
            there = "" if case is None else case.department
            to = "市场监管所" if there == "综合执法队" else "综合执法队"
            return AssignCase(**about, action=action, department=to, text="属其职责")  # type: ignore[arg-type]
        case "sign" if case is not None and not case.unit_id:
            return TurnCase(**about, action=action)  # type: ignore[arg-type]
        case "finish" if case is not None and not case.unit_id:
            return FeedBack(**about, text="办好了", photos=(photo,))  # type: ignore[arg-type]
        case "sign":
            return SignCase(**said)  # type: ignore[arg-type]
        case "depart":
            return DepartCase(**said)  # type: ignore[arg-type]
        case "arrive":
            return ArriveCase(**said)  # type: ignore[arg-type]
        case "finish":
            return FinishCase(**said, text="办好了")  # type: ignore[arg-type]
        case "return" if case_id % 2:
            return ReturnCase(**said, reason="非本单位职责")  # type: ignore[arg-type]
        case "close":
            return CloseCase(**about, outcome="handled", met=True)  # type: ignore[arg-type]
        case "void":
            return VoidCase(**about, reason="test")  # type: ignore[arg-type]
        case "request_extend" if by is EVERYONE and case_id % 2 == 0:
            # A department's own request needs no department to endorse it.
            return ask(kit, action, case_id, WORKER)
        case "request_suspend":
            until = kit.clock() + timedelta(days=15)
            return RequestSuspension(**about, until=until, text="无权属单位")  # type: ignore[arg-type]
        case "supervise":
            return SuperviseCase(**about, level=100, text="催办")  # type: ignore[arg-type]
        case "shelve":
            return ShelveAlarms(**about, minutes=30, text="松动")  # type: ignore[arg-type]
        case "transfer":
            return TransferCase(**about, to="county", text="属县级", number="X1")  # type: ignore[arg-type]
        case "reinforce":
            return Reinforce(**about, unit_id=free)  # type: ignore[arg-type]
        case "call_force":
            return CallForce(**about, force="119")  # type: ignore[arg-type]
        case "force_arrive" | "force_leave":
            there = [] if case is None else case_forces.movable(case, action)
            force = there[0].key if there else "119"
            return MoveForce(**about, action=action, force=force)  # type: ignore[arg-type]
        case "part_assign" | "part_sign" | "part_return" | "part_done" | "part_release":
            whose = case and case_parts.possible(case, action, DEPARTMENTS, None)
            about["department"] = whose[0] if whose else DEPARTMENTS[0]
            if action == "part_done":
                return FeedBackPart(**about, text="已查", photos=(photo,))  # type: ignore[arg-type]
            return TurnPart(**about, action=action, text="各管一段")  # type: ignore[arg-type]
        case "own_ask" | "own_yes" | "own_no":
            claim = None if case is None else case.course.claim
            return ClaimCase(
                **about,  # type: ignore[arg-type]
                action=action,
                at=kit.clock(),
                claim_seat="" if claim is None else claim.seat,
                claim_at=None if claim is None else claim.at,
            )
        case "own_offer":
            return OfferCase(**about, seat="2号席", at=kit.clock())  # type: ignore[arg-type]
        case "force_sign" | "force_depart" | "force_return":
            forces = () if case is None else case.course.forces
            here = [n for n, each in enumerate(forces, 1) if each.unit_id]
            call = here[-1] if here else 1
            helper = forces[call - 1].unit_id if here else unit_id
            said["unit_id"] = helper
            return AnswerHelp(**said, action=action, call=call, text="走不开")  # type: ignore[arg-type]
        case "handover_accept":
            return AcceptHandOver(**about, number="D1")  # type: ignore[arg-type]
        case "consult" | "mediate":
            sat = {"participants": "村委会、双方当事人", "text": "补偿两千元"}
            return HoldMeeting(**about, **sat, action=action, agreement="oral")  # type: ignore[arg-type]
        case "merge":
            return MergeCase(**about, main_id=other or case_id)  # type: ignore[arg-type]
        case _:
            return TurnCase(**about, action=action, text="说明理由")  # type: ignore[arg-type]
