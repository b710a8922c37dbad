"""网格员终端: a grid worker's terminal. Positions, task answers, reports, an SOS key."""

from dispatch import case_forces, wire
from dispatch.case_commands import AnswerHelp
from dispatch.commands import (
    ArriveCase,
    Command,
    DepartCase,
    FinishCase,
    ReportFinding,
    ReturnCase,
    SignCase,
)
from dispatch.devices import common
from dispatch.people import Actor, Role
from dispatch.task_names import task_parts

NAME = "worker_terminal"
SOS = "B003"
_HANDLER = frozenset({Role.HANDLER})
_HELPS = {  # what an answer to a task of 协办 does
    wire.Sign: case_forces.SIGN,
    wire.Depart: case_forces.DEPART,
    wire.Arrive: case_forces.ARRIVE,
    wire.Finish: case_forces.LEAVE,
    wire.Return: case_forces.DECLINE,
}


def translate(message: common.Heard) -> Command | None:
    """Return the command a terminal's message means, or None if it has none.

    A terminal that no unit carries has no task to answer and nobody who reports.
    """
    match message.body:
        case wire.Position() as body:
            return common.position(message, body)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case wire.Alarm() as body:
            return common.alarm(message, body, category=SOS)
        case wire.Restore():
            return common.restore(message, category=SOS)
        case wire.Report() as body:
            return _report(message, body) if message.device.unit_id else None
        case wire.ContactId() | wire.Detection():
            return None
        case body:
            return _answer(message, body) if message.device.unit_id else None


def _answer(message: common.Heard, body: wire.Answer) -> Command:
    unit_id = message.device.unit_id
    actor = Actor(name=unit_id, seat="", roles=_HANDLER)
    case_id, sending, helping = task_parts(body.task)
    point = common.point(body.where)
    if helping:
        return AnswerHelp(
            actor=actor,
            command_id=message.command_id,
            device_id=message.device.device_id,
            public_key=message.device.public_key,
            case_id=case_id,
            unit_id=unit_id,
            at=message.at,
            point=point,
            action=_HELPS[type(body)],
            call=sending,
            text=getattr(body, "text", getattr(body, "reason", "")),
            photos=common.photos(message, getattr(body, "photo", None)),
        )
    if isinstance(body, wire.Finish):
        return FinishCase(
            actor=actor,
            command_id=message.command_id,
            device_id=message.device.device_id,
            public_key=message.device.public_key,
            case_id=case_id,
            sending=sending,
            unit_id=unit_id,
            at=message.at,
            point=point,
            text=body.text,
            photos=common.photos(message, body.photo),
        )
    if isinstance(body, wire.Return):
        return ReturnCase(
            actor=actor,
            command_id=message.command_id,
            device_id=message.device.device_id,
            public_key=message.device.public_key,
            case_id=case_id,
            sending=sending,
            unit_id=unit_id,
            at=message.at,
            point=point,
            reason=body.reason,
        )
    kinds = {wire.Sign: SignCase, wire.Depart: DepartCase, wire.Arrive: ArriveCase}
    return kinds[type(body)](
        actor=actor,
        command_id=message.command_id,
        device_id=message.device.device_id,
        public_key=message.device.public_key,
        case_id=case_id,
        sending=sending,
        unit_id=unit_id,
        at=message.at,
        point=point,
    )


def _report(message: common.Heard, body: wire.Report) -> Command:
    unit_id = message.device.unit_id
    return ReportFinding(
        actor=Actor(name=unit_id, seat="", roles=_HANDLER),
        command_id=message.command_id,
        device_id=message.device.device_id,
        public_key=message.device.public_key,
        unit_id=unit_id,
        at=message.at,
        category=body.category,
        text=body.text,
        home=message.device.point,
        place_name=body.place,
        point=common.point(body.where),
        photos=common.photos(message, body.photo),
    )
