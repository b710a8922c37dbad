"""Refusals in words: what is wrong, and what to do about it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from console.case_refusals import CASE_REFUSALS
from dispatch.cases import CaseState
from dispatch.commands import Refused
from dispatch.people import Role

# Every reason that `dispatch` or the desk itself can give has a line here.
REFUSALS = {
    **CASE_REFUSALS,
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
    "rule": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not set: the rule contradicts itself, or its id is another's. Correct it.",
    ),
    "rule_span": QT_TRANSLATE_NOOP(
        "Refusal",
        "Not set: a time of the rule is below 0 or beyond {days} days. Correct the"
        " minutes or seconds.",
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
    "call_not_recorded": QT_TRANSLATE_NOOP(
        "Refusal",
        "No recording of this call has come. Look for it in the telephone system.",
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
