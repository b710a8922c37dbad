"""Where sound leaves the desk: Windows' own player, or one of those Linux brings.

Nothing waits for a sound: it is asked for and runs beside the desk. A machine that
plays nothing says so once; the desk works on without. What a voice says follows its
tone, and lies in a file of its own for as long as it is heard.
"""

import contextlib
import logging
import shutil
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer

from console.speech import Speech
from console.spoken import is_chinese
from console.tones import RATE, Tone, Wave, as_wav, seconds_of, wav_of

_log = logging.getLogger("lookout.sound")

# Linux: the first one found. Each takes the name of a WAV file.
PLAYERS: tuple[tuple[str, ...], ...] = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
)
ENDS_MS = 500
HANGS_MS = 8000  # the longest tone takes two seconds
SAID = "said-"  # how the files begin that hold what a voice says


class Sink(Protocol):
    """What plays: the border of the device."""

    def play(self, tone: Tone, *, volume: float, drill: bool = False) -> None:
        """Play a tone now; a tone or a sentence that still runs gives way."""

    def say(self, sentence: str, *, volume: float) -> None:
        """Say a sentence once the tone that was asked for last is over."""

    def hush(self) -> None:
        """Say no more; a tone is heard to its end."""

    def learn(self, word: str) -> None:
        """Say this word before every sound of a drill; "": it is four ticks."""

    def works(self) -> bool:
        """Return whether the last sound was heard, as far as a program can know."""

    def speaks(self) -> bool:
        """Return whether a voice is there, as far as a program can know."""

    def close(self) -> None:
        """Be quiet for good."""


class NoSink:
    """Plays nothing, and is content with that: a desk that is only looked at."""

    def play(self, tone: Tone, *, volume: float, drill: bool = False) -> None:
        """Play nothing."""

    def say(self, sentence: str, *, volume: float) -> None:
        """Say nothing."""

    def hush(self) -> None:
        """Do nothing."""

    def learn(self, word: str) -> None:
        """Do nothing."""

    def works(self) -> bool:
        """Return whether there is something to complain about: there is not."""
        return True

    def speaks(self) -> bool:
        """Return whether there is something to complain about: there is not."""
        return True

    def close(self) -> None:
        """Do nothing."""


class Speaker(QObject):
    """Plays the desk's tones on this machine, and what its voice says.

    Tones are kept in `folder`. What is said lies in `scratch` for as long as it is
    heard; without one nothing is said.

    Thread: UI only.
    """

    def __init__(
        self,
        folder: Path,
        *,
        scratch: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._scratch = scratch
        self._works = True
        self._player = find_player()
        self._process: QProcess | None = None
        self._running = QElapsedTimer()
        self._hangs_ms = HANGS_MS
        self._file: Path | None = None  # what is being said
        self._volume = 1.0
        self._sentence = ""
        self._made: Wave | None = None  # the sentence, once it is there
        self._tone_runs = False
        self._word = ""
        self._spoken_word: Wave | None = None
        self._speech = Speech(self)
        self._speech.ready.connect(self._on_made)
        self._learning = Speech(self)
        self._learning.ready.connect(self._on_learnt)
        self._over = QTimer(self, singleShot=True)  # where a player tells nothing
        self._over.timeout.connect(self._on_over)
        if sys.platform != "win32" and not self._player:
            self._note(works=False, why="none of the known players is installed")
        if scratch is not None:
            for left in scratch.glob(f"{SAID}*"):  # of a desk that was killed
                _remove(left)
            if not self._speech.works():
                self._speech.failed("no voice is installed")

    def play(self, tone: Tone, *, volume: float, drill: bool = False) -> None:
        """Play a tone now; a tone or a sentence that still runs gives way."""
        self.hush()
        file = self._tone_file(tone, volume=volume, drill=drill)
        if file is None:
            return
        self._tone_runs = True
        self._start(file)

    def say(self, sentence: str, *, volume: float) -> None:
        """Say a sentence once the tone that was asked for last is over."""
        if self._scratch is None or not self._works:
            return
        self.hush()
        self._sentence, self._volume = sentence, volume
        self._speech.ask(sentence)

    def hush(self) -> None:
        """Say no more; a tone is heard to its end."""
        self._sentence, self._made = "", None
        self._speech.drop()
        if self._file is not None:
            self._let_go()

    def learn(self, word: str) -> None:
        """Say this word before every sound of a drill; "": it is four ticks."""
        if word == self._word or self._scratch is None:
            return
        self._word, self._spoken_word = word, None
        if word:
            self._learning.ask(word)

    def works(self) -> bool:
        """Return whether the last sound was heard, as far as a program can know."""
        return self._works

    def speaks(self) -> bool:
        """Return whether a voice is there, as far as a program can know."""
        return self._scratch is not None and self._speech.works()

    def close(self) -> None:
        """Be quiet for good."""
        self._speech.close()
        self._learning.close()
        self._sentence, self._made = "", None
        self._let_go()
        for process in self.findChildren(QProcess):
            process.waitForFinished(ENDS_MS)  # killed above, or before

    # -- tones and sentences ----------------------------------------------------------

    def _tone_file(self, tone: Tone, *, volume: float, drill: bool) -> Path | None:
        name = f"{tone}-{round(volume * 100)}{'-drill' if drill else ''}"
        file = self._folder / f"{name}.wav"
        if drill and self._word:
            said = self._folder / f"{name}-{_language(self._word)}.wav"
            if said.exists() or self._spoken_word is not None:
                file = said
        if not file.exists():
            word = self._spoken_word if drill and self._word else None
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                file.write_bytes(wav_of(tone, volume=volume, drill=drill, word=word))
            except OSError as error:
                self._note(works=False, why=str(error))
                return None
        return file

    def _on_learnt(self, word: str, sound: Wave) -> None:
        if word == self._word:
            self._spoken_word = sound

    def _on_made(self, sentence: str, sound: Wave) -> None:
        if sentence == self._sentence:
            self._made = sound
            self._say_what_is_made()

    def _say_what_is_made(self) -> None:
        """Say the sentence as soon as it is there and its tone is over."""
        made, scratch = self._made, self._scratch
        if made is None or scratch is None or self._tone_runs:
            return
        self._made, self._sentence = None, ""
        try:
            with NamedTemporaryFile(  # for its owner alone
                dir=scratch, prefix=SAID, suffix=".wav", delete=False
            ) as out:
                self._file = Path(out.name)
                out.write(as_wav(made, volume=self._volume))
        except OSError as error:
            self._remove_said()
            self._speech.failed(error.strerror or "no file can be written")
            return
        self._start(self._file, lasts_ms=round(seconds_of(made) * 1000))

    # -- the machine's player ---------------------------------------------------------

    def _start(self, file: Path, *, lasts_ms: int = 0) -> None:
        self._over.stop()
        self._end_player()
        self._hangs_ms = HANGS_MS + lasts_ms
        if sys.platform == "win32":
            self._play_on_windows(file)
        elif self._player:
            self._play_beside(file)
        else:
            self._tone_runs = False

    def _play_on_windows(self, file: Path) -> None:
        if sys.platform == "win32":
            import winsound

            flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            try:
                winsound.PlaySound(str(file), flags)
            except RuntimeError as error:
                self._note(works=False, why=str(error))
                self._on_over(well=False)
            else:
                self._note(works=True)
                self._over.start(file.stat().st_size * 1000 // (2 * RATE) + ENDS_MS)

    def _play_beside(self, file: Path) -> None:
        process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._running.start()
        process.start(self._player[0], [*self._player[1:], str(file)])

    def _let_go(self) -> None:
        """End what is heard; nothing of what was said stays."""
        self._over.stop()
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(None, 0)
        self._end_player()
        self._remove_said()

    def _end_player(self) -> None:
        """Let go of the player that runs; what hangs is not waited for."""
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
            return
        if self._running.elapsed() > self._hangs_ms:
            self._note(works=False, why=f"{self._player[0]} does not end")
        process.finished.connect(process.deleteLater)
        process.kill()

    def _on_finished(self, code: int, _how: object) -> None:
        why = f"{self._player[0]} ended with {code}" if code else ""
        self._note(works=not code, why=why)
        self._on_over(well=not code)

    def _on_error(self, _error: object) -> None:
        self._note(works=False, why=f"{self._player[0]} cannot be run")
        self._on_over(well=False)

    def _on_over(self, *, well: bool = True) -> None:
        """A tone, or what was said, has been heard."""
        self._tone_runs = False
        self._remove_said()
        if well:
            self._say_what_is_made()
        else:
            self.hush()

    def _remove_said(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            _remove(file)

    def _note(self, *, works: bool, why: str = "") -> None:
        if works == self._works:
            return
        self._works = works
        if works:
            _log.info("sound comes out again")
        else:
            _log.info("no sound comes out of this machine: %s", why)


def find_player() -> tuple[str, ...]:
    """Return the command of the first player that is installed; empty: none is."""
    for command in PLAYERS:
        found = shutil.which(command[0])
        if found is not None:
            return (found, *command[1:])
    return ()


def _language(word: str) -> str:
    return "zh" if is_chinese(word) else "en"


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):  # Windows holds it: the next start removes it
        file.unlink()
