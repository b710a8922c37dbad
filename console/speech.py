"""The machine's own voice: a sentence becomes sound, beside the desk.

What is said of an alarm is an address. It goes to the voice through a pipe and comes
back through one: it stands in no command line, no file and no log.
"""

import logging
import shutil
import sys

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from console.spoken import is_chinese, parts_of, pinyin_of
from console.tones import Wave, joined, voice_of

_log = logging.getLogger("lookout.sound")

VOICE = "espeak-ng"  # Debian's package has the same name
# By whether a part is Chinese. That is given as pinyin: the voice `cmn` of 1.51 reads the
# tones as English numbers, and no dictionary reads every address right.
VOICES = {True: "cmn-latn-pinyin", False: "en"}
TAKES_MS = 3000  # what comes later is not said: its tone was heard long ago
ENDS_MS = 500

# Windows brings voices, but no program that takes text from a pipe: this is one.
WINDOWS_VOICES = {True: "zh-CN", False: "en-US"}
WINDOWS_PROGRAM = """
Add-Type -AssemblyName System.Speech
$pipe = [Console]::OpenStandardInput()
$text = (New-Object IO.StreamReader($pipe, [Text.Encoding]::UTF8)).ReadToEnd()
$voice = New-Object Speech.Synthesis.SpeechSynthesizer
$voice.SelectVoiceByHints('NotSet', 'NotSet', 0, 'LANGUAGE')
$wave = New-Object IO.MemoryStream
$voice.SetOutputToWaveStream($wave)
$voice.Speak($text)
$voice.SetOutputToNull()
$said = $wave.ToArray()
$out = [Console]::OpenStandardOutput()
$out.Write($said, 0, $said.Length)
$out.Flush()
"""


def find_voice() -> str:
    """Return the program that speaks on this machine; "" where there is none."""
    name = "powershell" if sys.platform == "win32" else VOICE
    return shutil.which(name) or ""


def options_for(text: str) -> list[str]:
    """Return what the program is told on its command line: nothing of the part."""
    chinese = is_chinese(text)
    if sys.platform == "win32":
        script = WINDOWS_PROGRAM.replace("LANGUAGE", WINDOWS_VOICES[chinese])
        return ["-NoProfile", "-NonInteractive", "-Command", script]
    return ["-v", VOICES[chinese], "-b", "1", "--stdin", "--stdout"]


def as_input(text: str) -> bytes:
    """Return what is written into the program's pipe; its last sign is left unsaid."""
    if sys.platform != "win32" and is_chinese(text):
        text = pinyin_of(text)
    return f"{text}\n".encode()


class Speech(QObject):
    """Lets the machine's voice make the sound of one sentence at a time.

    Part after part, because a voice speaks one language.

    Thread: UI only; nothing here waits.

    Signals:
        ready: What was asked for, and its sound; never where the voice fails.
    """

    ready = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = find_voice()
        self._works = True
        self._text = ""
        self._parts: list[str] = []  # that are still to be made
        self._made: list[Wave] = []
        self._kept: tuple[str, Wave] | None = None  # it is said again and again
        self._process: QProcess | None = None
        self._late = QTimer(self, singleShot=True, interval=TAKES_MS)
        self._late.timeout.connect(self._on_late)

    def works(self) -> bool:
        """Return whether a voice is there, and spoke when it was last asked to."""
        return bool(self._program) and self._works

    def ask(self, text: str) -> None:
        """Have a sentence made; what was asked for before is let go."""
        self.drop()
        self._text = text
        if self._kept is not None and self._kept[0] == text:
            self.ready.emit(*self._kept)
        elif self._program and parts_of(text):
            self._parts, self._made = parts_of(text), []
            self._late.start()
            self._start()

    def drop(self) -> None:
        """Let go of what is being made."""
        self._late.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.started.disconnect(self._on_started)
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
            return
        process.finished.connect(process.deleteLater)
        process.kill()

    def close(self) -> None:
        """Be silent for good, and forget what was said."""
        self.drop()
        self._text, self._kept = "", None
        for process in self.findChildren(QProcess):
            process.waitForFinished(ENDS_MS)  # killed above, or before

    def failed(self, why: str) -> None:
        """Note, once, that there is no speech.

        Args:
            why: Nothing of the sentence.
        """
        if self._works:
            self._works = False
            _log.info("nothing can be said aloud: %s", why)

    # -- inside -----------------------------------------------------------------------

    def _start(self) -> None:
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.started.connect(self._on_started)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        process.start(self._program, options_for(self._parts[0]))

    def _on_started(self) -> None:
        if self._process is not None:
            self._process.write(as_input(self._parts[0]))
            self._process.closeWriteChannel()

    def _on_finished(self, code: int, _how: object) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        made = voice_of(bytes(process.readAllStandardOutput().data()))
        process.deleteLater()
        if code or made is None:
            self._late.stop()
            self.failed(f"the voice ended with {code} and no sound")
            return
        self._made.append(made)
        self._parts = self._parts[1:]
        if self._parts:
            self._start()
        else:
            self._on_made(joined(self._made))

    def _on_made(self, sound: Wave) -> None:
        self._late.stop()
        if not self._works:
            self._works = True
            _log.info("there is speech again")
        self._kept = (self._text, sound)
        self.ready.emit(self._text, sound)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # others end it as well
            self.drop()
            self.failed("the voice cannot be run")

    def _on_late(self) -> None:
        self.drop()
        self.failed(f"the voice took longer than {TAKES_MS} ms")
