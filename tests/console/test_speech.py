"""The machine's own voice: a real one makes real sound, and nothing of it stays.

What hangs, fails or is not there is a script of our own; the player is one, too, so
that it can be looked at while it plays.
"""

import io
import logging
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QProcess

from console import speaker, speech
from console.speaker import SAID, Speaker
from console.speech import Speech
from console.tones import RATE, Tone, as_wav, seconds_of, voice_of, wav_of

SENTENCE = "一级告警，桃源新邨十二幢三零一，烟感"
PIECES = ("桃源", "烟感", "三零一", "tao2")
MIXED = "Danger to life. 桃源新邨十二幢三零一. Smoke alarm."
LIMIT_MS = 30_000  # a loaded machine is slow, not wrong

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="only on Linux: players"
)
voice = pytest.mark.skipif(
    shutil.which(speech.VOICE) is None, reason=f"{speech.VOICE} is not installed"
)


@pytest.fixture(autouse=True)
def a_patient_desk(monkeypatch) -> None:
    monkeypatch.setattr(speech, "TAKES_MS", 2 * LIMIT_MS)


@pytest.fixture
def speeches(qtbot) -> Iterator[list[Speech]]:
    made: list[Speech] = []
    yield made
    for each in made:
        each.close()


def program(folder: Path, name: str, body: str) -> str:
    """Return a program of our own, in Python."""
    script = folder / name
    script.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def told(caplog) -> list[str]:
    return [each.message for each in caplog.records if each.name == "lookout.sound"]


# -- a real voice ---------------------------------------------------------------------


@voice
@pytest.mark.parametrize(
    "text", [SENTENCE, MIXED, "演练", "Danger to life. Flat 3 0 1."]
)
def test_a_sentence_becomes_sound(qtbot, speeches, text: str):
    speeches.append(Speech())
    (made,) = speeches
    assert made.works()
    with qtbot.waitSignal(made.ready, timeout=LIMIT_MS) as told_ready:
        made.ask(text)
    said, sound = told_ready.args
    assert said == text
    assert 0.3 < seconds_of(sound) < 12
    assert np.abs(sound).max() == pytest.approx(1.0)
    assert np.sqrt(np.mean(sound**2)) > 0.02  # not silent
    if text != "演练":
        assert seconds_of(sound) > 1.5


@voice
@pytest.mark.parametrize("text", [SENTENCE, "演练"])
def test_chinese_is_read_as_chinese(text: str):
    """A voice of 1.51 reads the tone of each syllable as an English number."""
    done = subprocess.run(
        [speech.VOICE, "-q", "-x", *speech.options_for(text)[:-1]],
        input=speech.as_input(text),
        capture_output=True,
        timeout=LIMIT_MS / 1000,
        check=True,
    )
    read = done.stdout.decode()
    assert "(en)" not in read
    assert len(read.replace("|", " ").split()) >= len(text.replace("，", ""))


@voice
def test_what_is_said_stands_in_no_command_line(qtbot, speeches):
    speeches.append(Speech())
    (made,) = speeches
    seen: list[list[str]] = []
    made.ask(SENTENCE)
    process = made._process
    assert process is not None

    def look() -> None:  # it still waits for its first word
        real = psutil.Process(process.processId())
        seen.append([*real.cmdline(), *real.environ().values()])

    process.started.connect(look)
    with qtbot.waitSignal(made.ready, timeout=LIMIT_MS):
        pass
    (words,) = seen
    assert Path(words[0]).name == speech.VOICE
    assert "--stdin" in words
    assert not [word for word in words if any(piece in word for piece in PIECES)]


@voice
def test_the_same_again_needs_no_voice(qtbot, speeches):
    speeches.append(Speech())
    (made,) = speeches
    with qtbot.waitSignal(made.ready, timeout=LIMIT_MS):
        made.ask(SENTENCE)
    heard: list[str] = []
    made.ready.connect(lambda text, _sound: heard.append(text))
    made.ask(SENTENCE)
    assert heard == [SENTENCE]
    assert made._process is None


@voice
def test_a_newer_sentence_takes_the_place_of_an_older(qtbot, speeches):
    speeches.append(Speech())
    (made,) = speeches
    heard: list[str] = []
    made.ready.connect(lambda text, _sound: heard.append(text))
    made.ask(SENTENCE)
    made.ask("演练")
    qtbot.waitUntil(lambda: heard != [], timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: not made.findChildren(QProcess), timeout=LIMIT_MS)
    assert heard == ["演练"]


# -- one that is none -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("import sys; sys.exit(3)", "ended with 3"),
        ("import sys; sys.stdin.read(); sys.stdout.write('no sound')", "no sound"),
        ("import time; time.sleep(60)", "took longer than"),
    ],
)
def test_a_voice_that_fails_says_so_once_and_never_what(
    qtbot, speeches, tmp_path, monkeypatch, caplog, body: str, why: str
):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(speech, "VOICE", program(tmp_path, "voice", body))
    if "sleep" in body:
        monkeypatch.setattr(speech, "TAKES_MS", 200)
    speeches.append(Speech())
    (made,) = speeches
    heard: list[str] = []
    made.ready.connect(lambda text, _sound: heard.append(text))
    for _ in range(2):
        made.ask(SENTENCE)
        qtbot.waitUntil(lambda: made._process is None and not made.works())
    assert heard == []
    assert len(told(caplog)) == 1
    assert why in told(caplog)[0]
    assert not any(piece in caplog.text for piece in PIECES)


def test_a_voice_that_cannot_be_run_or_is_not_there(
    qtbot, speeches, tmp_path, monkeypatch
):
    script = program(tmp_path, "voice", "")
    monkeypatch.setattr(speech, "VOICE", script)
    speeches.append(Speech())
    Path(script).write_text("#!/no/such/interpreter\n", encoding="utf-8")
    speeches[0].ask(SENTENCE)
    qtbot.waitUntil(lambda: not speeches[0].works())
    monkeypatch.setattr(speech, "VOICE", str(tmp_path / "none"))
    speeches.append(Speech())
    speeches[1].ask(SENTENCE)
    assert not speeches[1].works()
    assert speeches[1]._process is None


def test_what_a_voice_made_is_brought_to_our_form():
    at = np.arange(8000) / 16_000
    tone = (np.sin(2 * np.pi * 440 * at) * 8000).astype("<i2")
    quiet = np.zeros(4000, "<i2")
    samples = np.repeat(np.concatenate([quiet, tone, quiet]), 2)  # two channels
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(samples.tobytes())
    whole = file.getvalue()
    endless = whole[:4] + b"\x24\xf0\xff\x7f" + whole[8:40] + b"\x00\xf0\xff\x7f"
    for data in (whole, endless + whole[44:], endless + whole[44:-3]):
        sound = voice_of(data)
        assert sound is not None
        assert seconds_of(sound) == pytest.approx(0.5, abs=0.01)
        assert np.abs(sound).max() == pytest.approx(1.0, abs=0.001)
    silence = as_wav(np.zeros(100), volume=1.0)
    for nothing in (b"", b"RIFF", b"no sound at all" * 9, whole[:44], silence):
        assert voice_of(nothing) is None


# -- after its tone ---------------------------------------------------------------------

PLAYER = """
import os, pathlib, sys, time
file = pathlib.Path(sys.argv[-1])
with open({notes!r}, "a") as out:
    out.write(f"{{file.name}} {{os.stat(file).st_mode & 0o777:o}}\\n")
said = file.name.startswith("said-")
time.sleep({said_s} if said else {tone_s})
"""
VOICE_OF_OURS = """
import sys, wave
assert sys.stdin.buffer.read()
out = wave.open(sys.stdout.buffer, "wb")
out.setnchannels(1); out.setsampwidth(2); out.setframerate(22050); out.setnframes(4410)
out.writeframesraw(b"\\x00\\x40\\x00\\xc0" * 2205)
sys.stdout.buffer.flush()
import os; os._exit(0)
"""


class Machine:
    """A speaker over a player of our own, which notes what it is given."""

    def __init__(self, folder: Path, monkeypatch, *, said_s=0.0, tone_s=0.0) -> None:
        self.notes = folder / "played"
        self.cache = folder / "sounds"
        self.scratch = folder / "run"
        self.scratch.mkdir(exist_ok=True)
        body = PLAYER.format(notes=str(self.notes), said_s=said_s, tone_s=tone_s)
        player = program(folder, "player", body)
        monkeypatch.setattr(speaker, "PLAYERS", ((player,),))
        self.speaker = Speaker(self.cache, scratch=self.scratch)

    def played(self) -> list[str]:
        """Return which files were played; each that is said by the word alone."""
        if not self.notes.exists():
            return []
        names = [line.split()[0] for line in self.notes.read_text().splitlines()]
        return [SAID if name.startswith(SAID) else name for name in names]

    def left(self) -> list[str]:
        return [each.name for each in self.scratch.iterdir()]


@pytest.fixture
def machines(qtbot, tmp_path, monkeypatch):
    made: list[Machine] = []

    def make(**how) -> Machine:
        made.append(Machine(tmp_path, monkeypatch, **how))
        return made[-1]

    yield make
    for each in made:
        each.speaker.close()
        assert each.left() == []


@pytest.fixture
def own_voice(tmp_path, monkeypatch) -> None:
    body = VOICE_OF_OURS
    monkeypatch.setattr(speech, "VOICE", program(tmp_path, "voice", body))


@voice
def test_the_sentence_follows_its_tone_and_leaves_no_file(qtbot, machines):
    machine = machines()
    assert machine.speaker.speaks()
    machine.speaker.play(Tone.P1, volume=0.5)
    machine.speaker.say(SENTENCE, volume=0.5)
    qtbot.waitUntil(lambda: machine.played() == ["p1-50.wav", SAID], timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: machine.left() == [], timeout=LIMIT_MS)
    assert machine.notes.read_text().split()[-1] == "600"
    assert sorted(each.name for each in machine.cache.iterdir()) == ["p1-50.wav"]


def test_the_tone_does_not_wait_for_the_voice(qtbot, machines, tmp_path, monkeypatch):
    body = "import time; time.sleep(60)"
    monkeypatch.setattr(speech, "VOICE", program(tmp_path, "voice", body))
    machine = machines()
    machine.speaker.play(Tone.P1, volume=1.0)
    machine.speaker.say(SENTENCE, volume=1.0)
    qtbot.waitUntil(lambda: machine.played() == ["p1-100.wav"])
    assert machine.speaker._speech._process is not None  # it still tries
    assert machine.speaker.works()


@pytest.mark.usefixtures("own_voice")
def test_it_waits_for_the_end_of_a_long_tone(qtbot, machines):
    machine = machines(tone_s=60)
    machine.speaker.play(Tone.P1, volume=1.0)
    machine.speaker.say(SENTENCE, volume=1.0)
    qtbot.waitUntil(lambda: machine.speaker._made is not None, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: machine.played() == ["p1-100.wav"])
    assert machine.left() == []


@pytest.mark.usefixtures("own_voice")
@pytest.mark.parametrize("how", ["a new sound", "hush", "close"])
def test_what_is_said_is_cut_off(qtbot, machines, how: str):
    machine = machines(said_s=60)
    machine.speaker.play(Tone.P1, volume=1.0)
    machine.speaker.say(SENTENCE, volume=1.0)
    qtbot.waitUntil(lambda: machine.played()[1:] == [SAID], timeout=LIMIT_MS)
    player = machine.speaker._process
    assert player is not None
    real = psutil.Process(player.processId())
    assert not any(piece in " ".join(real.cmdline()) for piece in PIECES)
    if how == "a new sound":
        machine.speaker.play(Tone.P2, volume=1.0)
    elif how == "hush":
        machine.speaker.hush()
    else:
        machine.speaker.close()
    assert machine.left() == []
    qtbot.waitUntil(lambda: not real.is_running())
    if how == "a new sound":
        qtbot.waitUntil(lambda: machine.played()[2:] == ["p2-100.wav"])


@pytest.mark.usefixtures("own_voice")
def test_hushed_while_its_tone_runs_only_the_tone_is_heard(qtbot, machines):
    machine = machines()
    machine.speaker.play(Tone.P1, volume=1.0)
    machine.speaker.say(SENTENCE, volume=1.0)
    machine.speaker.hush()
    assert machine.speaker._tone_runs
    qtbot.waitUntil(lambda: not machine.speaker._tone_runs, timeout=LIMIT_MS)
    assert machine.played() == ["p1-100.wav"]
    assert machine.speaker._speech._process is None
    assert machine.speaker.works()


@pytest.mark.usefixtures("own_voice")
def test_what_a_killed_desk_left_is_removed(qtbot, machines, tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / f"{SAID}x.wav").write_bytes(b"an address")
    assert machines().left() == []


def test_without_a_voice_there_is_the_tone(qtbot, machines, tmp_path, monkeypatch):
    monkeypatch.setattr(speech, "VOICE", str(tmp_path / "none"))
    machine = machines()
    assert not machine.speaker.speaks()
    machine.speaker.learn("演练")
    machine.speaker.play(Tone.P1, volume=1.0, drill=True)
    machine.speaker.say(SENTENCE, volume=1.0)
    qtbot.waitUntil(lambda: machine.played() == ["p1-100-drill.wav"])
    ticks = (machine.cache / "p1-100-drill.wav").read_bytes()
    assert ticks == wav_of(Tone.P1, drill=True)
    assert machine.speaker.works()


# -- the word of a drill ------------------------------------------------------------------


@voice
def test_the_word_comes_before_the_sound_and_is_kept(qtbot, machines):
    machine = machines()
    machine.speaker.learn("演练")
    qtbot.waitUntil(lambda: machine.speaker._spoken_word is not None, timeout=LIMIT_MS)
    machine.speaker.play(Tone.P2, volume=1.0, drill=True)
    qtbot.waitUntil(lambda: machine.played() == ["p2-100-drill-zh.wav"])
    with wave.open(str(machine.cache / "p2-100-drill-zh.wav")) as file:
        with_word = file.getnframes() / RATE
    with wave.open(io.BytesIO(wav_of(Tone.P2))) as file:
        alone = file.getnframes() / RATE
    assert with_word - alone > 0.5  # the word, and the pause after it
    machine.speaker.learn("")
    machine.speaker.play(Tone.P2, volume=1.0, drill=True)
    qtbot.waitUntil(lambda: machine.played()[1:] == ["p2-100-drill.wav"])
    assert machine.left() == []
