"""What was refused of devices and desks, listed on the command line in words."""

from argparse import Namespace
from zoneinfo import ZoneInfo

from console.command_words import CommandWords
from console.plain_words import QT_TRANSLATE_NOOP
from console.registers import ANSWER_S, snapshot_of, with_desk
from dispatch import wire
from dispatch.client import DeskClient
from dispatch.keys import is_public_key
from dispatch.questions import Quarantined, QuarantineList, QuarantineReport
from resources.home import Home

# By the words of docs/device-protocol.md, section 6.
REFUSED_WORDS = {
    "unknown_desk": QT_TRANSLATE_NOOP(
        "Command", "a desk that is not enrolled, or not any more"
    ),
    "unknown_key": QT_TRANSLATE_NOOP(
        "Command", "the key is not enrolled, or not any more"
    ),
    "wrong_device": QT_TRANSLATE_NOOP(
        "Command", "the message names another device than its key"
    ),
    "garbage": QT_TRANSLATE_NOOP("Command", "neither JSON nor MessagePack"),
    "frames": QT_TRANSLATE_NOOP("Command", "not exactly one frame"),
    "oversize": QT_TRANSLATE_NOOP("Command", "larger than the limit"),
    "version": QT_TRANSLATE_NOOP("Command", "another version of the protocol"),
    "schema": QT_TRANSLATE_NOOP(
        "Command", "a field is missing, unknown, of a wrong type or out of range"
    ),
    "not_for_kind": QT_TRANSLATE_NOOP(
        "Command", "this kind of device does not say this"
    ),
    "recalled": QT_TRANSLATE_NOOP("Command", "an answer to a task that was recalled"),
    "fault": QT_TRANSLATE_NOOP(
        "Command", "the service failed on it; send it to its makers"
    ),
    "unstorable": QT_TRANSLATE_NOOP("Command", "its values cannot be stored"),
    "not_sent": QT_TRANSLATE_NOOP("Command", "the unit is not sent to that case"),
    "state": QT_TRANSLATE_NOOP("Command", "the case is not in a state for it"),
    "case_unknown": QT_TRANSLATE_NOOP("Command", "there is no such case"),
    "device_revoked": QT_TRANSLATE_NOOP("Command", "the device is revoked"),
    "photo_type": QT_TRANSLATE_NOOP("Command", "a photo that is neither JPEG nor PNG"),
    "photo_size": QT_TRANSLATE_NOOP("Command", "a photo of more than 256 KiB"),
    "value": QT_TRANSLATE_NOOP("Command", "a value that is no finite number"),
    "token": QT_TRANSLATE_NOOP("Command", "posted to a webhook without its token"),
}
_SHOWN_BYTES = 160
BY_THE_RULES = QT_TRANSLATE_NOOP("Command", "refused by the rules")


def list_refused(home: Home, options: Namespace) -> int:
    """Print what was refused of devices, newest first; return the exit status."""

    def run(client: DeskClient) -> str:
        snapshot = snapshot_of(client)
        query = QuarantineList(limit=max(0, options.limit))
        report: QuarantineReport = client.ask(query).result(ANSWER_S)
        owners = {device.public_key: device.device_id for device in snapshot.devices}
        zone = ZoneInfo(snapshot.town.timezone)
        return _refused_text(report, owners, zone, CommandWords.of(home))

    return with_desk(home, run)


def _refused_text(
    report: QuarantineReport,
    owners: dict[str, str],
    zone: ZoneInfo,
    say: CommandWords,
) -> str:
    if not report.counts:
        return say(QT_TRANSLATE_NOOP("Command", "nothing was refused"))
    lines = [f"{count:>9}  {_why(reason, say)}" for reason, count in _by_count(report)]
    lines.insert(0, say(QT_TRANSLATE_NOOP("Command", "refused so far:")))
    if report.frames:
        newest = QT_TRANSLATE_NOOP(
            "Command", "the newest {count} of those kept ({zone}):"
        )
        lines.append(say(newest, count=len(report.frames), zone=zone))
    for frame in report.frames:
        at = frame.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        owner = owners.get(frame.peer_key)
        key = say(QT_TRANSLATE_NOOP("Command", "no key"))
        if frame.peer_key and not is_public_key(frame.peer_key):
            key = frame.peer_key  # a gateway, and what the device is called there
        elif frame.peer_key:
            key = say(QT_TRANSLATE_NOOP("Command", "key {key}"), key=frame.peer_key)
        row = QT_TRANSLATE_NOOP("Command", "{at}  {why}; {size} bytes; {who}")
        who = f"{owner}, {key}" if owner else key
        why = _why(frame.reason, say) + _field_of(frame)
        lines.append(say(row, at=at, why=why, size=frame.size, who=who))
    return "\n".join(lines)


def _by_count(report: QuarantineReport) -> list[tuple[str, int]]:
    return sorted(report.counts.items(), key=lambda item: (-item[1], item[0]))


def _field_of(frame: Quarantined) -> str:
    """Return which field it was, as the device was told it, where that can be seen.

    Of what came in by a gateway how it begins: what it should be is the template's.
    """
    if frame.peer_key and not is_public_key(frame.peer_key):
        begins = frame.frame[:_SHOWN_BYTES].decode("utf-8", "replace")
        return " " + "".join(sign if sign.isprintable() else " " for sign in begins)
    if frame.reason != "schema" or frame.size > len(frame.frame):
        return ""
    try:
        wire.parse([frame.frame])
    except wire.BadFrame as bad:
        text = "".join(sign for sign in bad.text if sign.isprintable())
        return f" ({text})"
    return ""


def _why(reason: str, say: CommandWords) -> str:
    words = REFUSED_WORDS.get(reason, BY_THE_RULES)
    return f"{reason}: {say(words)}"
