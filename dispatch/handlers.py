"""The table of handlers: everything the system can do.

A handler is a function of the unit of work, the command and its means. It changes
things through the unit of work, or raises `Refused`; it returns what the receipt
carries. Roles, transactions and double commands are `dispatch.bus`'s concern.
"""

from collections.abc import Callable
from typing import Any

from dispatch import (
    case_commands,
    circulars,
    commands,
    notices,
    numbers,
    phone_commands,
    profile_use,
    rule_changes,
    wrong_views,
)
from dispatch.commands import Command
from dispatch.handling import Means
from dispatch.handling_cases import (
    acknowledge_alarm,
    add_note,
    check_case,
    close_case,
    mark_step,
    recall_unit,
    record_moment,
    report_case,
    send_unit,
    take_case,
    void_case,
)
from dispatch.handling_circulars import send_circular
from dispatch.handling_devices import (
    raise_alarm,
    record_heartbeat,
    record_position,
    record_reading,
    restore_alarm,
)
from dispatch.handling_field import (
    arrive_by_phone,
    arrive_case,
    depart_case,
    finish_by_phone,
    finish_case,
    report_finding,
    return_case,
    sign_by_phone,
    sign_case,
)
from dispatch.handling_forces import answer_help, call_force, move_force, reinforce
from dispatch.handling_notices import note_delivery
from dispatch.handling_ownership import claim_case
from dispatch.handling_parts import feed_back_part, turn_part
from dispatch.handling_profiles import set_rule, use_profile
from dispatch.handling_registers import (
    enrol_device,
    flag_wrong_view,
    import_town,
    note_numbers,
    note_view,
    open_stream,
    register_camera,
    take_back_wrong_view,
)
from dispatch.handling_reports import (
    complete_case,
    hold_meeting,
    keep_promise,
    make_promise,
    note_call_back,
    note_recording,
    note_three_way,
)
from dispatch.handling_turns import (
    accept_hand_over,
    assign_case,
    feed_back,
    merge_case,
    report_handled,
    request_suspension,
    send_direct,
    shelve_alarms,
    supervise_case,
    transfer_case,
    turn_case,
)
from dispatch.work import UnitOfWork

Handler = Callable[[UnitOfWork, Any, Means], object]

HANDLERS: dict[type[Command], Handler] = {
    commands.ReportCase: report_case,
    commands.TakeCase: take_case,
    commands.SendUnit: send_unit,
    commands.RecallUnit: recall_unit,
    commands.CheckCase: check_case,
    commands.CloseCase: close_case,
    commands.VoidCase: void_case,
    case_commands.TurnCase: turn_case,
    case_commands.RequestSuspension: request_suspension,
    case_commands.SuperviseCase: supervise_case,
    case_commands.ShelveAlarms: shelve_alarms,
    case_commands.TransferCase: transfer_case,
    case_commands.AcceptHandOver: accept_hand_over,
    case_commands.Reinforce: reinforce,
    case_commands.AnswerHelp: answer_help,
    circulars.SendCircular: send_circular,
    case_commands.CallForce: call_force,
    case_commands.MoveForce: move_force,
    case_commands.AssignCase: assign_case,
    case_commands.FeedBack: feed_back,
    case_commands.TurnPart: turn_part,
    case_commands.FeedBackPart: feed_back_part,
    case_commands.ClaimCase: claim_case,
    case_commands.OfferCase: claim_case,
    case_commands.MergeCase: merge_case,
    case_commands.NoteCallBack: note_call_back,
    case_commands.CompleteCase: complete_case,
    case_commands.HoldMeeting: hold_meeting,
    case_commands.MakePromise: make_promise,
    case_commands.KeepPromise: keep_promise,
    case_commands.SendDirect: send_direct,
    case_commands.ReportHandled: report_handled,
    case_commands.MarkStep: mark_step,
    commands.AddNote: add_note,
    commands.RecordMoment: record_moment,
    commands.AcknowledgeAlarm: acknowledge_alarm,
    commands.SignCase: sign_case,
    commands.DepartCase: depart_case,
    commands.ArriveCase: arrive_case,
    commands.FinishCase: finish_case,
    commands.ReturnCase: return_case,
    phone_commands.SignByPhone: sign_by_phone,
    phone_commands.ArriveByPhone: arrive_by_phone,
    phone_commands.FinishByPhone: finish_by_phone,
    phone_commands.NoteRecording: note_recording,
    phone_commands.NoteThreeWay: note_three_way,
    commands.ReportFinding: report_finding,
    commands.RaiseAlarm: raise_alarm,
    commands.RestoreAlarm: restore_alarm,
    commands.RecordReading: record_reading,
    commands.RecordHeartbeat: record_heartbeat,
    commands.RecordPosition: record_position,
    commands.ImportTown: import_town,
    commands.RegisterCamera: register_camera,
    commands.EnrolDevice: enrol_device,
    commands.NoteView: note_view,
    numbers.NoteNumbers: note_numbers,
    wrong_views.FlagWrongView: flag_wrong_view,
    wrong_views.TakeBackWrongView: take_back_wrong_view,
    commands.OpenStream: open_stream,
    profile_use.UseProfile: use_profile,
    rule_changes.SetRule: set_rule,
    notices.NoteDelivery: note_delivery,
}
