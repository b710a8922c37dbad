"""Refusals of what is asked of a case, in words: what is wrong, and what to do about it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

CASE_REFUSALS = {
    "state": QT_TRANSLATE_NOOP(
        "Refusal",
        'Not possible while the case is "{state}". Do the step that stands under "Next".',
    ),
    "version": QT_TRANSLATE_NOOP(
        "Refusal",
        'Someone else changed the case; it is "{state}" now. Look, then press again.',
    ),
    "case_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "The case is not known to the service. Esc, then open it again."
    ),
    "standard": QT_TRANSLATE_NOOP(
        "Refusal", "Not filed: this kind has no filing standard. Ask the technician."
    ),
    "standard_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Not filed: that filing standard is not in use. Choose another."
    ),
    "category_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Not saved: that kind is not in use. Choose another kind."
    ),
    "place_missing": QT_TRANSLATE_NOOP(
        "Refusal", "Not saved: the place is missing. Type part of its name."
    ),
    "text_empty": QT_TRANSLATE_NOOP(
        "Refusal", "Not noted: there is no text. Ctrl+N writes one."
    ),
    "circular_empty": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: the circular has no text."
    ),
    "circular_long": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: a circular has at most {most} characters. Shorten it."
    ),
    "circular_nobody": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: mark 1 to {most} people first."
    ),
    "circular_late": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: it waited too long for the service. Write it anew."
    ),
    "circular_away": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: the service is away. Telephone, or try again later."
    ),
    "circular_no_number": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: none of them has a number that an SMS reaches."
    ),
    "circular_no_way": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not sent: no SMS gateway is set up that writes to people. Telephone; its"
        " technician sets one up.",
    ),
    "outcome": QT_TRANSLATE_NOOP(
        "Refusal", "Not closed: the outcome is missing. F8 chooses it."
    ),
    "result_missing": QT_TRANSLATE_NOOP(
        "Refusal", "Not reported: say what was done. F7 asks for it."
    ),
    "void_reason": QT_TRANSLATE_NOOP(
        "Refusal", "Not void: the reason is missing, or its words. F8 asks for it."
    ),
    "participants": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: who took part is missing. Name them, then press again."
    ),
    "reason_missing": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: it needs a reason in words. Write it, then press again."
    ),
    "action": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: nothing of that name can be done with a case."
    ),
    "capped": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not asked: that was granted {most} times already, which is the most.",
    ),
    "date": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: the date must lie ahead, and not too far. Choose another."
    ),
    "level": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: that is no level of supervision. Choose another."
    ),
    "department": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: choose a department, another than it is with."
    ),
    "unknown_department": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not sent: nobody here knows a department {to}. Choose one of the list.",
    ),
    "not_yours": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not done: the case is not with this station, or not any more. Ask the command"
        " room.",
    ),
    "not_for_station": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: a station cannot do that. Ask the command room."
    ),
    "nobody_has_it": QT_TRANSLATE_NOOP(
        "Refusal", "Not asked: nobody has the case yet. Take it (F7)."
    ),
    "own_already": QT_TRANSLATE_NOOP(
        "Refusal", "Not asked: this seat has the case already."
    ),
    "asked_already": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: {seat} has asked for the case. Wait for the answer."
    ),
    "not_own": QT_TRANSLATE_NOOP(
        "Refusal", "Not handed over: {seat} has the case. Ask for it first (Ctrl+T)."
    ),
    "no_seat": QT_TRANSLATE_NOOP(
        "Refusal", "Not handed over: no other seat is open now. Wait until one is."
    ),
    "claim_changed": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not done: another change of seat stands above now. Read it, then press again.",
    ),
    "nothing_claimed": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: no change of seat waits for your answer."
    ),
    "other_claim": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not done: the case is to go to {seat} by now. Look at it and answer again.",
    ),
    "seat_late": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: it waited too long for the service. Ask or answer again."
    ),
    "only_a_part": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not done: {department} answers for the case, and you have a part in it. Return"
        " your part, or ask the command room.",
    ),
    "part": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not done: no part of {department} waits for that. Look at the table of the"
        " joint handling.",
    ),
    "parts_open": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not reported done: parts are still waited for, of {departments}. Ask there, or"
        " have the command room release them (Ctrl+M).",
    ),
    "photo_count": QT_TRANSLATE_NOOP(
        "Refusal", "Not reported: at most {most} photos. Take some out."
    ),
    "recipient": QT_TRANSLATE_NOOP(
        "Refusal", "Not transferred: nobody is called that. Choose to whom."
    ),
    "main_case": QT_TRANSLATE_NOOP(
        "Refusal", "Not joined: {number} takes no other case in. Choose an open one."
    ),
    "not_the_same": QT_TRANSLATE_NOOP(
        "Refusal", "Not joined: {number} differs in kind, place or time."
    ),
    "drill_apart": QT_TRANSLATE_NOOP(
        "Refusal", "Not joined: one of the two is a drill, {number} or this one."
    ),
    "nothing_new": QT_TRANSLATE_NOOP(
        "Refusal",
        "Nothing completed: {number} knows all of it. Change something first.",
    ),
    "nobody_waits": QT_TRANSLATE_NOOP(
        "Refusal", "Nobody waits to be called back about {number}. Nothing needs doing."
    ),
    "no_caller": QT_TRANSLATE_NOOP(
        "Refusal", "Not called back: no telephone was left. Send it for checking."
    ),
    "never_filed": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not opened again: it was answered, never filed. Take a new report in.",
    ),
    "no_limit": QT_TRANSLATE_NOOP(
        "Refusal", "Not asked: no limit runs that could be extended."
    ),
    "overdue": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not asked: it is overdue already, and an extension comes before that.",
    ),
    "too_late": QT_TRANSLATE_NOOP(
        "Refusal", "Not opened again: it was closed too long ago. Take a new report in."
    ),
    "top_level": QT_TRANSLATE_NOOP(
        "Refusal", "Not brought up: it is with the county already."
    ),
    "no_appeal": QT_TRANSLATE_NOOP(
        "Refusal", "Not appealed: nothing stands against it, or it was appealed before."
    ),
    "not_an_enquiry": QT_TRANSLATE_NOOP(
        "Refusal", "Not answered on the spot: this kind asks for more than an answer."
    ),
    "already_asked": QT_TRANSLATE_NOOP(
        "Refusal", "Not asked: another request waits. Decide on that one first."
    ),
    "nothing_asked": QT_TRANSLATE_NOOP(
        "Refusal", "Nothing of that kind waits to be decided. Nothing needs doing."
    ),
    "force": QT_TRANSLATE_NOOP(
        "Refusal", "Not noted: they are not on this case any more. Look at the list."
    ),
    "no_direct": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent straight: no rule of the town says so. Take it, then send."
    ),
    "step_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Not noted: the procedure has no such step now. Look at the steps."
    ),
    "answer_unknown": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not noted: this step is a question. Choose one of its answers by its digit.",
    ),
    "steps_missing": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not closed, these steps are missing: {steps}. Alt+7 leads there.",
    ),
    "calls_owed": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not closed: whoever reported {numbers} has to hear how it went. Shift+F9 notes"
        " the call.",
    ),
    "alarm_active": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not closed as handled: its alarm still stands. Have the device reset, restore"
        " it by hand (Ctrl+M), or choose another outcome.",
    ),
    "shelve_grave": QT_TRANSLATE_NOOP(
        "Refusal", "Not shelved: danger to life is always heard. See to the device."
    ),
    "shelve_time": QT_TRANSLATE_NOOP(
        "Refusal", "Not shelved: it has an end after 30 min to 8 h. Choose one of them."
    ),
    "not_shelved": QT_TRANSLATE_NOOP(
        "Refusal", "None of its alarms is shelved. Nothing needs doing."
    ),
    "nothing_active": QT_TRANSLATE_NOOP(
        "Refusal", "Not restored: none of its alarms stands any more."
    ),
    "condition_unmet": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not closed as handled: its closing condition is not met ({condition}). F8 asks"
        " for it.",
    ),
    "alarm_unacknowledged": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not ended: it has an alarm nobody acknowledged. Ctrl+⏎, then F8 again.",
    ),
    "alarm_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "The alarm is not known any more. Take the one in the strip."
    ),
    "moment": QT_TRANSLATE_NOOP(
        "Refusal", "That clock is not written by a desk. Nothing needs doing."
    ),
}
