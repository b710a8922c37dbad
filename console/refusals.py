"""Refusals in words: what is wrong, and what to do about it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from dispatch.cases import CaseState
from dispatch.commands import Refused
from dispatch.people import Role

# Every reason that `dispatch` or the desk itself can give has a line here.
REFUSALS = {
    # a case
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
    "nothing_claimed": QT_TRANSLATE_NOOP(
        "Refusal", "Not done: no change of seat waits for your answer."
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
        "Not closed as handled: its alarm still stands. Have the device reset, or choose"
        " another outcome.",
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
    # cameras
    "sealed": QT_TRANSLATE_NOOP(
        "Refusal",
        "Sealed: the shift leader may look, and every seat for an open case with danger"
        " to life.",
    ),
    # people
    "no_unit": QT_TRANSLATE_NOOP(
        "Refusal", "Nobody free is known. F9 shows whom to call."
    ),
    "no_staff": QT_TRANSLATE_NOOP(
        "Refusal", "Nobody to send: F8 voids, or import staff."
    ),
    "one_unit": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not sent: {name} is under way for this case, and a case has one unit at a"
        " time. Shift+F6 takes back first.",
    ),
    "unit_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: the person is not registered any more. Choose another."
    ),
    "unit_off_duty": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: {name} is off duty. Shift and + chooses the next."
    ),
    "unit_busy": QT_TRANSLATE_NOOP(
        "Refusal", "Not sent: {name} is on another case. Shift and + chooses the next."
    ),
    "not_sent": QT_TRANSLATE_NOOP(
        "Refusal", 'That unit is not sent to this case. Look who stands under "Sent".'
    ),
    "recalled": QT_TRANSLATE_NOOP(
        "Refusal", "That was an answer to a task taken back. Nothing needs doing."
    ),
    "role": QT_TRANSLATE_NOOP(
        "Refusal", "This needs the role {roles}. Ask whoever holds it on this shift."
    ),
    "actor": QT_TRANSLATE_NOOP(
        "Refusal", "Nobody may use the service's own name. Give your own."
    ),
    # profiles
    "profile_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Not chosen: nobody knows the profile {profile}. There are: {known}."
    ),
    # photos and devices
    "photo_type": QT_TRANSLATE_NOOP(
        "Refusal", "Not taken: a photo is JPEG or PNG. Have it sent again as one."
    ),
    "photo_size": QT_TRANSLATE_NOOP(
        "Refusal", "Not taken: a photo has at most 256 KiB. Have it sent smaller."
    ),
    "device_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Device {device} is not enrolled. Tell the technician."
    ),
    "device_revoked": QT_TRANSLATE_NOOP(
        "Refusal", "Device {device} is not let in any more. Tell the technician."
    ),
    "unknown_key": QT_TRANSLATE_NOOP(
        "Refusal", "Device {device} used a key that was replaced. Tell the technician."
    ),
    "value": QT_TRANSLATE_NOOP(
        "Refusal",
        "Device {device} sent a value that is no number. Tell the technician.",
    ),
    "key": QT_TRANSLATE_NOOP(
        "Refusal", "Not enrolled: a public key has 40 characters. Copy it again."
    ),
    "kind_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Not enrolled: nobody knows that kind of device. Choose another."
    ),
    "device_taken": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not enrolled: {device} speaks with another key. Replace it on purpose.",
    ),
    "key_taken": QT_TRANSLATE_NOOP(
        "Refusal", "Not enrolled: another device has that key. Make a new pair."
    ),
    "zone_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Not imported: nobody knows the time zone {zone}. Correct the file."
    ),
    # cameras
    "camera_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "Camera {camera} is not registered. Type another number."
    ),
    "purpose": QT_TRANSLATE_NOOP(
        "Refusal", "Not shown: the purpose is not a known one. Call the camera again."
    ),
    "owner_unknown": QT_TRANSLATE_NOOP(
        "Refusal", "The look at a number was not recorded: nobody knows whose it is."
    ),
    "credentials_in_url": QT_TRANSLATE_NOOP(
        "Refusal", "Not registered: the address carries a log-in. Give it apart."
    ),
    "camera_number": QT_TRANSLATE_NOOP(
        "Refusal", "Not registered: a camera's number is 1 to 8 digits. Give another."
    ),
    "camera_bearing": QT_TRANSLATE_NOOP(
        "Refusal", "Not registered: a direction is 0 to 360 degrees. Correct it."
    ),
    "camera_fov": QT_TRANSLATE_NOOP(
        "Refusal", "Not registered: an angle of view is 1 to 360 degrees. Correct it."
    ),
    "camera_range": QT_TRANSLATE_NOOP(
        "Refusal", "Not registered: a range is 1 to 5000 metres. Correct it."
    ),
    "far_from_town": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not registered: camera {camera} is over 200 km away. Correct its position.",
    ),
    "no_secret_store": QT_TRANSLATE_NOOP(
        "Refusal", "Not registered: there is no sealed store. Tell the technician."
    ),
    "login_lost": QT_TRANSLATE_NOOP(
        "Refusal",
        "Camera {camera}'s log-in is lost. The technician registers it again.",
    ),
    "secrets_away": QT_TRANSLATE_NOOP(
        "Refusal",
        "The store of log-ins does not answer. Repeat, or tell the technician.",
    ),
    # walls
    "no_wall": QT_TRANSLATE_NOOP(
        "Refusal", "No wall is open, and there is one monitor. Shift+F12 opens one."
    ),
    "no_tile": QT_TRANSLATE_NOOP(
        "Refusal", "No wall has a tile {number}. Type a number that stands on one."
    ),
    "no_tour": QT_TRANSLATE_NOOP(
        "Refusal",
        "No tour runs in the wall's chosen tile. Shift+F12 and its number choose one.",
    ),
    # the line to the service
    "service_away": QT_TRANSLATE_NOOP(
        "Refusal", "The service is away. Press again when it is back."
    ),
    "store_away": QT_TRANSLATE_NOOP(
        "Refusal",
        "The service cannot store anything now. Have its disk or database looked at,"
        " then press again.",
    ),
    "closed": QT_TRANSLATE_NOOP(
        "Refusal", "The desk is closing. Look after its start whether it was done."
    ),
    "no_answer": QT_TRANSLATE_NOOP(
        "Refusal", "The service gave no answer. Look whether it was done, then repeat."
    ),
    "fault": QT_TRANSLATE_NOOP(
        "Refusal",
        "The service failed at this. Repeat; if it stays, tell the technician.",
    ),
    "unstorable": QT_TRANSLATE_NOOP(
        "Refusal", "The service cannot store this. Shorten what was typed and repeat."
    ),
    "outbox": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not done: this desk's disk takes nothing. Make room there, then repeat.",
    ),
    "bad_answer": QT_TRANSLATE_NOOP(
        "Refusal", "The desk does not understand the answer. Bring both up to date."
    ),
    "bad_command": QT_TRANSLATE_NOOP(
        "Refusal", "The service does not understand this desk. Bring both up to date."
    ),
    "unknown_command": QT_TRANSLATE_NOOP(
        "Refusal", "The service cannot do this. Bring it up to date."
    ),
    "bad_question": QT_TRANSLATE_NOOP(
        "Refusal", "The service does not understand the question. Bring it up to date."
    ),
    "unknown_question": QT_TRANSLATE_NOOP(
        "Refusal", "The service cannot answer this. Bring it up to date."
    ),
    "recording": QT_TRANSLATE_NOOP(
        "Refusal", "Not kept: that names no recording. Look in the telephone system."
    ),
    "not_recorded": QT_TRANSLATE_NOOP(
        "Refusal",
        "No recording has come for {number}. Look for it in the telephone system.",
    ),
    "call": QT_TRANSLATE_NOOP(
        "Refusal", "Not kept: that is no call. Write what was said as a note (Ctrl+N)."
    ),
    "third": QT_TRANSLATE_NOOP(
        "Refusal", "Nobody was brought in: choose 110, 119, 120, 122 or 12345."
    ),
    "third_asked": QT_TRANSLATE_NOOP(
        "Refusal", "{to} is being asked for already. Wait, or say how it went: Ctrl+F9."
    ),
    "third_not_asked": QT_TRANSLATE_NOOP(
        "Refusal", "{to} was not asked for, or has been answered already."
    ),
    # the desk itself
    "pending": QT_TRANSLATE_NOOP(
        "Refusal", "The last step is not answered yet. Wait for it, then press again."
    ),
    "form_open": QT_TRANSLATE_NOOP(
        "Refusal",
        "Nothing done to the case under this form. Save the report first (Enter),"
        " or put it aside (Esc).",
    ),
    "out_of_sight": QT_TRANSLATE_NOOP(
        "Refusal",
        "Nothing done yet: this case was covered. Here it is; press again.",
    ),
    "nothing": QT_TRANSLATE_NOOP(
        "Refusal", "There is nothing to do this to. Choose a case first."
    ),
}

# An ended case has no step under “Next” to be sent to.
ENDED = QT_TRANSLATE_NOOP(
    "Refusal", 'The case is "{state}", nothing follows. Esc puts it away.'
)


def refusal(refused: Refused) -> str:
    """Return a refusal as a sentence that says what to do."""
    text = REFUSALS.get(refused.reason)
    if text is None:
        said = QCoreApplication.translate("Refusal", "Refused: {text}")
        return said.format(text=refused.text)
    details = {key: str(value) for key, value in refused.details.items()}
    if "state" in details:
        state = CaseState(int(details["state"]))
        details["state"] = words.state(state)
        if refused.reason == "state" and not state.is_open:
            text = ENDED
    if "steps_en" in details and not words.is_chinese():
        details["steps"] = details["steps_en"]
    if "roles" in details:
        roles = [words.role(Role(each)) for each in details["roles"].split()]
        details["roles"] = QCoreApplication.translate("Refusal", ", ").join(roles)
    sentence = QCoreApplication.translate("Refusal", str(text))
    return sentence.format_map(Gaps(details))


class Gaps(dict[str, str]):
    """Leaves a gap where a refusal does not name what its sentence asks for."""

    def __missing__(self, key: str) -> str:
        return "…"
