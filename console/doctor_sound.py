"""What the doctor looks at of sound: the same player and voice that the desk uses."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from console.doctor import Check, Finding, fine, look
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

PLAYS_S = 10.0
QUIET = 0.0  # it is looked whether a device takes the sound, not listened
WORD = "演练"  # the language in which this trade speaks
VOICE_REMEDY = QT_TRANSLATE_NOOP(
    "Doctor",
    "Debian, Ubuntu: sudo apt install espeak-ng. Windows: add a voice in its settings.",
)


def sound(_home: Home) -> Iterator[Finding]:
    """Play silence as the desk plays its tones."""
    if sys.platform == "win32":
        yield fine("sound", QT_TRANSLATE_NOOP("Doctor", "Windows plays it"))
        return
    from console.speaker import find_player

    player = find_player()
    if not player:
        yield look(
            "sound",
            QT_TRANSLATE_NOOP("Doctor", "nothing here plays sound: alarms are silent"),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "Install one of pw-play, paplay, aplay (Debian: pipewire-bin,"
                " pulseaudio-utils, alsa-utils).",
            ),
        )
        return
    name = Path(player[0]).name
    if _plays(player):
        yield fine("sound", QT_TRANSLATE_NOOP("Doctor", "{name} plays"), name=name)
        return
    yield look(
        "sound",
        QT_TRANSLATE_NOOP("Doctor", "{name} finds no sound device: alarms are silent"),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "Plug in a loudspeaker, or log in where sound is; then look again.",
        ),
        name=name,
    )


def speech(_home: Home) -> Iterator[Finding]:
    """Have a word made as the desk has its sentences made; nobody hears it."""
    from console.speech import find_voice

    program = find_voice()
    if not program:
        yield look(
            "speech",
            QT_TRANSLATE_NOOP(
                "Doctor", "no voice here: alarms are heard, but not said aloud"
            ),
            VOICE_REMEDY,
        )
        return
    name = Path(program).name
    if _speaks(program):
        yield fine("speech", QT_TRANSLATE_NOOP("Doctor", "{name} speaks"), name=name)
        return
    yield look(
        "speech",
        QT_TRANSLATE_NOOP(
            "Doctor", "{name} says nothing: alarms are heard, but not said aloud"
        ),
        VOICE_REMEDY,
        name=name,
    )


def _speaks(program: str) -> bool:
    from console.speech import as_input, options_for
    from console.tones import voice_of

    try:
        done = subprocess.run(
            [program, *options_for(WORD)],
            input=as_input(WORD),
            capture_output=True,
            timeout=PLAYS_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and voice_of(done.stdout) is not None


def _plays(player: tuple[str, ...]) -> bool:
    from console.tones import Tone, wav_of

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "silence.wav"
        file.write_bytes(wav_of(next(iter(Tone)), volume=QUIET, drill=False))
        try:
            done = subprocess.run(
                [*player, str(file)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PLAYS_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0


CHECKS: tuple[tuple[str, Check], ...] = (("sound", sound), ("speech", speech))
