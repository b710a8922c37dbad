"""Let what a camera's microphone takes be heard, through the machine's own player.

A process of its own reads the samples from a pipe that holds a quarter of a second: what
does not go in is given up, so that nothing heard is late, and nobody ever waits.
"""

import contextlib
import logging
import os
import shutil
import subprocess
import sys
from typing import Final

from video.contract import SOUND_RATE

_log = logging.getLogger("lookout.sound")

#: Linux: the first one found. Each reads samples of 16 bits, one channel, from a pipe.
STREAMERS: tuple[tuple[str, ...], ...] = (
    (
        *("paplay", "--raw", "--format=s16le", f"--rate={SOUND_RATE}"),
        *("--channels=1", "--latency-msec=100"),
    ),
    (
        *("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", str(SOUND_RATE)),
        *("-c", "1", "--buffer-time=100000"),
    ),
    (
        *("pw-cat", "-p", "--raw", "--format", "s16", "--rate", str(SOUND_RATE)),
        *("--channels", "1", "-"),
    ),
)
PIPE_BYTES: Final = 8192  # 0.26 s
ENDS_S: Final = 0.5


class SoundStream:
    """Plays samples as they come, beside the desk.

    Thread: UI only; no call waits, but `close`.

    Attributes:
        works: Whether it is heard, as far as a program can know.
        given_up: Bytes that the player was not ready to take.
    """

    def __init__(self) -> None:
        self.works = True
        self.given_up = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._ending: list[subprocess.Popen[bytes]] = []

    def begin_anew(self) -> None:
        """Try again where it did not work."""
        self.works = True

    def play(self, samples: bytes) -> None:
        """Play these next; what does not fit is given up."""
        self._reap()
        if not self.works or not samples:
            return
        if self._process is None:
            self._start()
        if self._process is None or self._process.stdin is None:
            return
        taken = 0
        try:
            taken = os.write(self._process.stdin.fileno(), samples)
        except BlockingIOError:
            pass
        except OSError:
            self._fails("the player takes no more")
        self.given_up += len(samples) - taken

    def stop(self) -> None:
        """Be quiet at once: a tone of the desk may want the device."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            if process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()
            self._ending.append(process)
        self._reap()

    def close(self) -> None:
        """Be quiet for good."""
        self.stop()
        for process in self._ending:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(ENDS_S)

    def _start(self) -> None:
        command = find_streamer()
        if not command:
            self._fails("none of the known players is installed")
            return
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            self._fails(error.strerror or command[0])
            return
        assert process.stdin is not None
        fd = process.stdin.fileno()
        os.set_blocking(fd, False)
        if sys.platform == "linux":
            import fcntl

            fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._process = process

    def _fails(self, why: str) -> None:
        self.works = False
        _log.info("a camera's sound is not heard: %s", why)
        self.stop()

    def _reap(self) -> None:
        self._ending = [each for each in self._ending if each.poll() is None]
        if self._process is not None and self._process.poll() is not None:
            self._fails(f"the player ended with {self._process.returncode}")


def find_streamer() -> tuple[str, ...]:
    """Return the command of the first player that reads from a pipe; empty: none."""
    if sys.platform == "win32":
        return ()  # its own player takes whole files only
    for command in STREAMERS:
        found = shutil.which(command[0])
        if found is not None:
            return (found, *command[1:])
    return ()
