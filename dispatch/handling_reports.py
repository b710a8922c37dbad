"""Handlers of what becomes of a report: joined to another, completed, called back."""

from collections.abc import Iterator

from dispatch import case_turns, joining, phone_calls, promises
from dispatch.case_commands import (
    CompleteCase,
    KeepPromise,
    MakePromise,
    NoteCallBack,
)
from dispatch.cases import Case, Step
from dispatch.commands import Command, Refused
from dispatch.completing import completed
from dispatch.handling import Means
from dispatch.phone_commands import NoteRecording, NoteThreeWay
from dispatch.work import UnitOfWork


def join_new(
    work: UnitOfWork, command: Command, report: Case, main_id: int, means: Means
) -> None:
    """Join a report that has just come in to the case it is about."""
    main = work.case(main_id)
    step = case_turns.merge(
        report,
        command.actor,
        work.at,
        main=main,
        text="",
        rules=means.taxonomy.rules,
    )
    tell_joined(work, command, main, work.keep_step(step))


def note_call(work: UnitOfWork, report: Case, call: str) -> Case:
    """Name the call that a new report came by; what is no name is left out.

    Nobody loses a report because of what a telephone system says.
    """
    if not phone_calls.call_id(call):
        return report
    return work.keep_step(Step(phone_calls.rang(report, call), ()))


def note_recording(work: UnitOfWork, command: NoteRecording, _means: Means) -> object:
    """Write down where the recording of a call is."""
    case = work.case(command.case_id)
    step = phone_calls.recorded(
        case,
        command.actor,
        work.at,
        call=command.call,
        recording=command.recording,
    )
    work.keep_step(step)
    return None


def note_three_way(work: UnitOfWork, command: NoteThreeWay, _means: Means) -> object:
    """Write down who was asked into a call, and whether they came."""
    step = phone_calls.three_way(
        work.case(command.case_id),
        command.actor,
        work.at,
        to=command.to,
        deed=command.deed,
        said_at=command.at,
        call=command.call,
        reason=command.reason,
    )
    work.keep_step(step)
    return None


def tell_joined(work: UnitOfWork, command: Command, main: Case, report: Case) -> None:
    """Name a report on its main case, and raise that where the report is graver."""
    work.keep_step(joining.joined(main, report, command.actor, work.at))


def tell_parted(work: UnitOfWork, command: Command, report: Case, main_id: int) -> None:
    """Take a report off its main case, and off whatever that was joined to since."""
    for main in _mains(work, main_id):
        work.keep_step(joining.parted(main, report, command.actor, work.at))


def note_call_back(work: UnitOfWork, command: NoteCallBack, _means: Means) -> object:
    """Write down that a reporter was called back; their main case owes it no more."""
    case = work.case(command.case_id)
    if not joining.has_caller(case):
        raise Refused(
            "nobody_waits",
            f"nobody waits to be called back about {case.number}",
            number=case.number,
        )
    if not command.text.strip():
        raise Refused(
            "reason_missing", "what was said has to be written", action="called_back"
        )
    step = joining.told(case, command.actor, work.at, text=command.text)
    case = work.keep_step(step)
    for main in _mains(work, case.course.merged_into):
        work.keep_step(joining.heard_of(main, case))
    return None


def complete_case(work: UnitOfWork, command: CompleteCase, _means: Means) -> object:
    """Write down what is known of a report by now; its main case may owe it a call."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    case = work.keep_step(
        completed(
            case,
            command.actor,
            work.at,
            details=command.details,
            reporter_name=command.reporter_name,
            reporter_phone=command.reporter_phone,
            channel=command.channel,
        )
    )
    for main in _mains(work, case.course.merged_into):
        work.keep_step(joining.known_of(main, case))
    return None


def make_promise(work: UnitOfWork, command: MakePromise, _means: Means) -> object:
    """Write down what was promised, and until when."""
    case = work.case(command.case_id)
    step = promises.promised(
        case,
        command.actor,
        work.at,
        what=command.what,
        to=command.to,
        due_at=command.due_at,
    )
    work.keep_step(step)
    return None


def keep_promise(work: UnitOfWork, command: KeepPromise, _means: Means) -> object:
    """Write down that a promise was kept."""
    case = work.case(command.case_id)
    work.keep_step(promises.kept(case, command.actor, work.at, number=command.number))
    return None


def _mains(work: UnitOfWork, main_id: int | None) -> Iterator[Case]:
    """Give the case that goes on for another, and the one that goes on for that."""
    while main_id is not None:
        main = work.case(main_id)
        yield main
        main_id = main.course.merged_into
