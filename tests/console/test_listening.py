"""Listening to one camera: one at a time, as long as its tile stands, written down."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from desk_fixtures import kit as kit
from desk_fixtures import panel as panel
from PySide6.QtCore import Qt

from console import sound_stream
from console.panels.tile_contents import TileContents
from console.sound_stream import PIPE_BYTES, SoundStream
from dispatch.commands import NoteView, Refused
from dispatch.history import answer
from dispatch.questions import ViewLog
from video.contract import SOUND_RATE, Picture, SoundState, StreamState, StreamStatus

SECONDS = 1000
TONE = (np.sin(np.arange(1600) * 2 * np.pi * 440 / SOUND_RATE) * 8000).astype(np.int16)


@dataclass
class Heard:
    """What an engine has of sound."""

    state: SoundState = SoundState.OFF
    asked: list[str] = field(default_factory=list)
    waiting: bytes = b""

    def listen(self, camera_id: str) -> None:
        self.asked.append(camera_id)
        self.state = SoundState.CONNECTING if camera_id else SoundState.OFF

    def take(self) -> bytes:
        waiting, self.waiting = self.waiting, b""
        return waiting


class Engine:
    """An engine whose cameras are all live and have a microphone."""

    def __init__(self) -> None:
        self.hearing = Heard()

    def want(self, wants) -> None:
        del wants

    def poll(self) -> set[str]:
        return set()

    def status(self, _camera_id: str) -> StreamStatus:
        return StreamStatus(StreamState.LIVE, datetime.now(UTC))

    def picture(self, _camera_id: str) -> Picture:
        return Picture(memoryview(bytes(16)), 2, 2, 8, 1, 0.1)


@pytest.fixture
def heard(kit, panel) -> Heard:
    kit.desk.engine = Engine()
    panel._declare()
    panel.setFocus()
    return kit.desk.engine.hearing


@pytest.fixture
def player(tmp_path, monkeypatch) -> Iterator[Path]:
    """A player of our own: a real process that keeps what it is given to play."""
    played = tmp_path / "played"
    script = tmp_path / "player.py"
    script.write_text(
        "import os, sys\n"
        f"out = open({str(played)!r}, 'ab', buffering=0)\n"
        "while data := os.read(0, 4096):\n"
        "    out.write(data)\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sound_stream, "STREAMERS", ((sys.executable, str(script)),))
    return played


def says(kit, camera_id: str) -> str:
    content = TileContents(kit.desk).of(camera_id, number=1, focused=False, typed="")
    return content.status


def log_of(kit, camera_id: str) -> list[str]:

    return [each.purpose for each in answer(ViewLog(camera_id=camera_id), kit.store)]


def test_v_listens_v_again_mutes_and_another_camera_s_v_moves_it(
    kit, panel, heard, qtbot
):
    first, second = panel.shown[:2]
    qtbot.keyClick(panel, Qt.Key.Key_V)
    assert heard.asked == [first]
    heard.state = SoundState.HEARD
    assert says(kit, first) == "Listening · Live 0.1 s"
    assert says(kit, second) == "Live 0.1 s"
    panel.choose_tile(1)
    qtbot.keyClick(panel, Qt.Key.Key_V)
    assert heard.asked == [first, second]
    assert says(kit, first) == "Live 0.1 s"
    qtbot.keyClick(panel, Qt.Key.Key_V)
    assert heard.asked == [first, second, ""]
    qtbot.keyClick(panel, Qt.Key.Key_V)
    panel.choose_tile(0)
    qtbot.keyClick(panel, Qt.Key.Key_M)  # whichever tile has the keyboard
    assert heard.asked[-1] == ""
    assert kit.desk.listening.camera_id == ""


def test_it_is_written_down_like_a_look_and_as_what_it_is(kit, panel, heard, qtbot):
    camera_id = panel.shown[0]
    qtbot.waitUntil(lambda: log_of(kit, camera_id) == ["view"], timeout=5 * SECONDS)
    kit.desk.listening.turn(camera_id)
    qtbot.waitUntil(
        lambda: log_of(kit, camera_id) == ["listen", "view"], timeout=5 * SECONDS
    )
    kit.desk.listening.mute()


def test_nothing_else_can_be_written_down(kit):
    refused = kit.client.submit(
        NoteView(actor=kit.desk.actor, camera_id="1203", at=kit.clock(), deed="whisper")
    ).exception(timeout=5)
    assert isinstance(refused, Refused)
    assert refused.reason == "purpose"


def test_it_ends_when_the_tile_goes(kit, panel, heard):
    camera_id = panel.shown[0]
    kit.desk.listening.turn(camera_id)
    other = next(each for each in kit.board.cameras if each not in panel.shown)
    panel.show_camera(other, 0)
    kit.desk.tick.emit()
    assert kit.desk.listening.camera_id == ""
    assert heard.asked == [camera_id, ""]


def test_who_is_not_shown_is_not_listened_to(kit, panel, heard):
    other = next(each for each in kit.board.cameras if each not in panel.shown)
    kit.desk.listening.turn(other)
    kit.desk.listening.turn(None)
    assert heard.asked == []


def test_a_refusal_ends_it_and_says_why(kit, panel, heard, qtbot, monkeypatch):
    said: list[Refused] = []
    kit.desk.refused.connect(lambda _case, refused: said.append(refused))

    def refuses(*_args, done, **_more) -> None:
        done(Refused("role", "not for this seat"))

    monkeypatch.setattr(kit.desk.actions, "note_view", refuses)
    kit.desk.listening.turn(panel.shown[0])
    assert kit.desk.listening.camera_id == ""
    assert [each.reason for each in said] == ["role"]


def test_while_the_service_is_away_it_goes_on_and_is_told_later(
    kit, panel, heard, monkeypatch
):
    told = []

    def away(camera_id, *, at, deed, done, **_more) -> None:
        told.append((camera_id, at, deed))
        done(Refused("service_away", "later"))

    monkeypatch.setattr(kit.desk.actions, "note_view", away)
    kit.desk.listening.turn(panel.shown[0])
    assert kit.desk.listening.camera_id == panel.shown[0]
    for _ in range(6):
        kit.desk.second.emit()
    assert len(told) == 3
    assert len(set(told)) == 1  # the same listening, at its own time


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SoundState.CONNECTING, "Listening …"),
        (SoundState.NONE, "This camera has no sound"),
        (SoundState.BUSY, "The camera is busy, tried again"),
        (SoundState.LOST, "Its sound does not come"),
    ],
)
def test_the_tile_says_how_far_it_came(kit, panel, heard, state, words):
    kit.desk.listening.turn(panel.shown[0])
    heard.state = state
    assert says(kit, panel.shown[0]) == f"{words} · Live 0.1 s"


def test_the_menu_of_a_tile_offers_it(kit, panel, heard):
    camera_id = panel.shown[0]
    for said, asked in (("Listen\tV", camera_id), ("Mute\tV", "")):
        menu = panel.made_menu()
        (line,) = [each for each in menu.actions() if each.text() == said]
        line.trigger()
        assert heard.asked[-1] == asked


def test_what_is_heard_goes_to_the_player_and_tones_come_first(
    kit, panel, heard, player, qtbot
):
    kit.desk.listening.turn(panel.shown[0])

    def feed() -> bytes:
        heard.waiting = TONE.tobytes()
        kit.desk.tick.emit()
        return player.read_bytes() if player.exists() else b""

    qtbot.waitUntil(lambda: len(feed()) > 2 * SOUND_RATE, timeout=30 * SECONDS)
    wave = np.frombuffer(player.read_bytes()[: SOUND_RATE * 2], np.int16)
    assert set(wave.tolist()) <= set(TONE.tolist())
    process = kit.desk.listening.stream._process
    assert process is not None
    kit.desk.sounds.try_out()  # a tone of the desk's own
    assert kit.desk.listening.stream._process is None
    feed()
    assert kit.desk.listening.stream._process is None  # silent while it sounds
    kit.clock.go(seconds=10)
    feed()
    assert kit.desk.listening.stream._process not in (None, process)
    kit.desk.listening.close()


def test_it_is_as_loud_as_the_desk(kit, panel, heard, monkeypatch):
    kit.desk.settings.setValue("sound/volume", "50")
    played: list[bytes] = []
    monkeypatch.setattr(kit.desk.listening.stream, "play", played.append)
    kit.desk.listening.turn(panel.shown[0])
    heard.waiting = TONE.tobytes()
    kit.desk.tick.emit()
    (samples,) = played
    wave = np.frombuffer(samples, np.int16)
    assert wave.max() == pytest.approx(TONE.max() / 2, abs=1)


def test_a_player_that_takes_nothing_holds_nobody_up(tmp_path, monkeypatch):
    script = tmp_path / "deaf.py"
    script.write_text("import time\ntime.sleep(600)\n", encoding="utf-8")
    monkeypatch.setattr(sound_stream, "STREAMERS", ((sys.executable, str(script)),))
    stream = SoundStream()
    for _ in range(50):
        stream.play(bytes(3200))
    assert stream.works
    assert stream.given_up >= 50 * 3200 - 2 * PIPE_BYTES
    stream.close()


@pytest.mark.parametrize("command", [(), (("no-such-player",),)])
def test_a_machine_without_a_player_says_so(kit, panel, heard, monkeypatch, command):
    monkeypatch.setattr(sound_stream, "STREAMERS", command)
    kit.desk.listening.turn(panel.shown[0])
    heard.state, heard.waiting = SoundState.HEARD, TONE.tobytes()
    kit.desk.tick.emit()
    assert says(kit, panel.shown[0]).startswith("This machine plays no sound")
    kit.desk.listening.mute()


def test_a_player_that_ends_is_not_started_again_and_again(monkeypatch, qtbot):
    monkeypatch.setattr(sound_stream, "STREAMERS", (("false",),))
    stream = SoundStream()

    def fails() -> bool:
        stream.play(bytes(320))
        return not stream.works

    qtbot.waitUntil(fails, timeout=10 * SECONDS)
    assert stream._process is None
    stream.close()
