"""Where sound leaves the desk: Windows' own player, or one of those Linux brings.

Nothing waits for a sound: it is asked for and runs beside the desk. A machine that
plays nothing says so once; the desk works on without.
"""

import logging
import shutil
import sys
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QProcess

from console.tones import Tone, wav_of

_log = logging.getLogger("lookout.sound")

# Linux: the first one found. Each takes the name of a WAV file.
PLAYERS: tuple[tuple[str, ...], ...] = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
)
ENDS_MS = 500
HANGS_MS = 8000  # the longest tone takes two seconds


class Sink(Protocol):
    """What plays: the border of the device."""

    def play(self, tone: Tone, *, volume: float, drill: bool = False) -> None:
        """Play a tone now; a tone that still runs gives way."""

    def works(self) -> bool:
        """Return whether the last sound was heard, as far as a program can know."""

    def close(self) -> None:
        """Be quiet for good."""


class NoSink:
    """Plays nothing, and is content with that: a desk that is only looked at."""

    def play(self, tone: Tone, *, volume: float, drill: bool = False) -> None:
        """Play nothing."""

    def works(self) -> bool:
        """Return whether there is something to complain about: there is not."""
        return True

    def close(self) -> None:
        """Do nothing."""


class Speaker(QObject):
    """Plays the desk's tones on this machine.

    Thread: UI only.
    """

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._works = True
        self._player = find_player()
        self._process: QProcess | None = None
        self._running = QElapsedTimer()
        if sys.platform != "win32" and not self._player:
            self._note(works=False, why="none of the known players is installed")

    def play(self, tone: Tone, *, volume: float, drill: bool = False) -> None:
        """Play a tone now; a tone that still runs gives way."""
        file = self._file(tone, volume=volume, drill=drill)
        if file is None:
            return
        if sys.platform == "win32":
            self._play_on_windows(file)
        elif self._player:
            self._play_beside(file)

    def works(self) -> bool:
        """Return whether the last sound was heard, as far as a program can know."""
        return self._works

    def close(self) -> None:
        """Be quiet for good."""
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(None, 0)
        self._hush()
        for process in self.findChildren(QProcess):
            process.waitForFinished(ENDS_MS)  # killed above, or before

    def _file(self, tone: Tone, *, volume: float, drill: bool) -> Path | None:
        name = f"{tone}-{round(volume * 100)}{'-drill' if drill else ''}.wav"
        file = self._folder / name
        if not file.exists():
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                file.write_bytes(wav_of(tone, volume=volume, drill=drill))
            except OSError as error:
                self._note(works=False, why=str(error))
                return None
        return file

    def _play_on_windows(self, file: Path) -> None:
        if sys.platform == "win32":
            import winsound

            flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            try:
                winsound.PlaySound(str(file), flags)
            except RuntimeError as error:
                self._note(works=False, why=str(error))
            else:
                self._note(works=True)

    def _play_beside(self, file: Path) -> None:
        self._hush()
        process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._running.start()
        process.start(self._player[0], [*self._player[1:], str(file)])

    def _hush(self) -> None:
        """Let go of the player that runs; what hangs is not waited for."""
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
            return
        if self._running.elapsed() > HANGS_MS:
            self._note(works=False, why=f"{self._player[0]} does not end")
        process.finished.connect(process.deleteLater)
        process.kill()

    def _on_finished(self, code: int, _how: object) -> None:
        why = f"{self._player[0]} ended with {code}" if code else ""
        self._note(works=not code, why=why)

    def _on_error(self, _error: object) -> None:
        self._note(works=False, why=f"{self._player[0]} cannot be run")

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
