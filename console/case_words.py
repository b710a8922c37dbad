"""What is typed at a case, kept until the service has taken it.

A refused command gives its words back to the line they were typed in, and half a
sentence survives the end of the desk, readable by its owner only.
"""

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.drafts import write_for_owner
from console.pending import Pending

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.commands import Refused

_log = logging.getLogger("lookout.drafts")

FILE = "case-words.json"
NOTE = "note"
OUTCOME = "outcome"  # of closing and of voiding: one question at a time
PHONE = "phone"  # what a unit says was done
SKIP = "skip"  # why a step is left out
CALLED = "called"  # what somebody said who was called back
CIRCULAR = "circular"  # a circular's own words
_LINES = {
    "phone": PHONE,
    "skip": SKIP,
    "call_back": CALLED,
}  # by question; else the end
_UNREADABLE = (OSError, ValueError, TypeError, KeyError)

_Line = tuple[int, str]  # case and line


class CaseWords(QObject):
    """Words by case and line: half typed, or sent and not answered yet.

    Thread: UI only.

    Signals:
        came_back: Case id and line whose words were refused.
    """

    came_back = Signal(int, str)

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path = Path(desk.settings.fileName()).with_name(FILE)
        self._half: dict[_Line, str] = {}
        self._sent: dict[str, tuple[_Line, str]] = {}  # by command
        self._kept = ""
        self._load()
        desk.actions.answered.connect(self._on_answered)
        desk.bridge.answered.connect(self._on_landed)
        desk.bridge.refused_earlier.connect(self._on_refused_earlier)

    def half(self, case_id: int, line: str) -> str:
        """Return what stands half typed in a line of a case."""
        return self._half.get((case_id, line), "")

    def keep(self, case_id: int, line: str, text: str) -> None:
        """Keep what is typed; nothing is kept of an empty line."""
        if text.strip():
            self._half[case_id, line] = text
        else:
            self._half.pop((case_id, line), None)

    def send(self, command_id: str, *, case_id: int, line: str, text: str) -> None:
        """Keep what a command carries until it is answered."""
        self._half.pop((case_id, line), None)
        if text.strip():
            self._sent[command_id] = ((case_id, line), text)

    def save(self) -> None:
        """Write down what is kept, where that is anything else than before."""
        cases = self._desk.board.cases
        if self._desk.board.heard:  # nobody can open a case that is gone
            for key in [key for key in self._half if key[0] not in cases]:
                del self._half[key]
            gone = [i for i, (key, _) in self._sent.items() if key[0] not in cases]
            for command_id in gone:
                del self._sent[command_id]
        text = json.dumps(
            {
                "half": [[*key, text] for key, text in self._half.items()],
                "sent": [[i, *key, text] for i, (key, text) in self._sent.items()],
            }
        )
        if text == self._kept:
            return
        try:
            if self._half or self._sent:
                write_for_owner(self._path, text)
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("words at a case cannot be kept: %s", type(error).__name__)
        self._kept = text

    def _load(self) -> None:
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
            half = {(int(i), str(line)): str(text) for i, line, text in said["half"]}
            sent = {
                str(command): ((int(i), str(line)), str(text))
                for command, i, line, text in said["sent"]
            }
        except FileNotFoundError:
            return
        except _UNREADABLE as error:
            _log.warning("words at a case cannot be read: %s", type(error).__name__)
            return
        self._half, self._sent = half, sent

    def _on_answered(self, pending: Pending, refused: "Refused | None") -> None:
        if refused is not None:
            self._give_back(pending.command_id)
        else:
            self._sent.pop(pending.command_id, None)

    def _on_landed(self, command_ids: frozenset[str]) -> None:
        for command_id in command_ids:  # of an earlier run: nobody waits for it here
            self._sent.pop(command_id, None)

    def _on_refused_earlier(self, command_id: str, _refused: Any) -> None:
        self._give_back(command_id)

    def _give_back(self, command_id: str) -> None:
        (case_id, line), text = self._sent.pop(command_id, ((0, ""), ""))
        if not text:
            return
        half = self.half(case_id, line)  # something else was begun meanwhile
        self.keep(case_id, line, f"{text} {half}" if half.strip() else text)
        self.came_back.emit(case_id, line)


def line_of(question: str) -> str:
    """Return which line of words belongs to a question that stands in a case."""
    return _LINES.get(question, OUTCOME)
