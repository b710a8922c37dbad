"""The right sound at the right time; only what plays it is replaced, at the device."""

import io
import logging
import sys
import wave
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from desk_kit import DESK, START, Clock, DeskKit
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from console import speaker
from console.main_window import MainWindow
from console.panels.top_bar import TopBar
from console.speaker import Speaker
from console.tones import RATE, Tone, wav_of
from dispatch.commands import ReportCase, TakeCase
from dispatch.people import Actor, Role

DAY = START  # 10:42 in the town
NIGHT = START.replace(hour=15)  # 23:42 in the town


class Recording:
    """A device that notes what it is asked to play."""

    def __init__(self, clock) -> None:
        self.asked: list[tuple[datetime, Tone, float, bool]] = []
        self.said: list[tuple[str, float]] = []
        self.order: list[str] = []
        self.word = ""
        self.voice = True
        self.there = True
        self.closed = False
        self._clock = clock

    def play(self, tone: Tone, *, volume: float, drill: bool = False) -> None:
        self.asked.append((self._clock(), tone, volume, drill))
        self.order.append(tone)

    def say(self, sentence: str, *, volume: float) -> None:
        self.said.append((sentence, volume))
        self.order.append("say")

    def hush(self) -> None:
        self.order.append("hush")

    def learn(self, word: str) -> None:
        self.word = word

    def works(self) -> bool:
        return self.there

    def speaks(self) -> bool:
        return self.voice

    def close(self) -> None:
        self.closed = True

    def take(self) -> list[Tone]:
        tones = [tone for _, tone, _, _ in self.asked]
        self.asked.clear()
        return tones


class Room:
    """A desk with a device that notes, and a clock that is told to go."""

    def __init__(self, folder: Path, qtbot, *, at=DAY, actor=DESK) -> None:
        self.qtbot = qtbot
        self.clock = Clock(at)
        self.sink = Recording(self.clock)
        self.kit = DeskKit(folder, clock=self.clock, actor=actor, sink=self.sink)
        self.kit.start(qtbot)
        self.sounds = self.kit.desk.sounds

    def alarm(self, device="SD-12-301", category="B001", **more) -> None:
        count = sum(each.count for each in self.kit.board.alarms.values())
        self.kit.alarm(device, category, **more)
        self.qtbot.waitUntil(
            lambda: sum(a.count for a in self.kit.board.alarms.values()) > count
        )

    def go(self, seconds: float) -> list[Tone]:
        """Let so many seconds pass, one by one, and return what was asked for."""
        self.sink.asked.clear()
        for _ in range(round(seconds)):
            self.clock.go(seconds=1)
            self.sounds.listen()
        return self.sink.take()


@pytest.fixture
def rooms(qtbot, tmp_path):
    made: list[Room] = []

    def make(**how) -> Room:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Room(folder, qtbot, **how))
        return made[-1]

    yield make
    for room in made:
        room.kit.close()


def test_a_first_rate_alarm_sounds_until_it_is_acknowledged(rooms):
    room = rooms()
    assert room.go(5) == []
    room.alarm()
    assert room.sink.take() == [Tone.P1]
    assert room.go(9) == []
    assert room.go(1) == [Tone.P1]
    assert room.go(20) == [Tone.P1, Tone.P1]
    room.kit.desk.actions.run("acknowledge")
    room.qtbot.waitUntil(
        lambda: all(each.acknowledged_at for each in room.kit.board.alarms.values())
    )
    assert room.go(30) == []


def test_the_same_alarm_once_more_is_no_new_sound(rooms):
    room = rooms()
    room.alarm()
    room.sink.take()
    room.alarm()
    assert room.sink.take() == []


def test_second_rate_every_half_minute_third_rate_once(rooms):
    room = rooms()
    room.alarm("SD-12-301", "B002")
    severity = next(iter(room.kit.board.alarms.values())).severity
    assert severity in (1, 2)
    by_severity = {
        each.severity: each.code
        for each in reversed(room.kit.desk.actions.taxonomy.categories)
        if each.code.startswith("B")
    }
    room = rooms()
    room.alarm("SD-12-301", by_severity[2])
    assert room.sink.take() == [Tone.P2]
    assert room.go(29) == []
    assert room.go(31) == [Tone.P2, Tone.P2]
    room = rooms()
    room.alarm("SD-12-301", by_severity[3])
    assert room.sink.take() == [Tone.P3]
    assert room.go(120) == []


def test_a_third_rate_alarm_is_only_seen_at_night(rooms):
    room = rooms(at=NIGHT)
    third = next(
        each.code
        for each in room.kit.desk.actions.taxonomy.categories
        if each.severity == 3 and each.code.startswith("B")
    )
    room.alarm("SD-12-301", third)
    assert room.sink.take() + room.go(60) == []


def test_silence_lasts_a_minute_and_a_new_first_rate_alarm_breaks_it(rooms):
    room = rooms()
    room.alarm()
    room.sink.take()
    assert room.kit.desk.actions.run("quiet")
    assert room.go(59) == []
    assert room.sounds.silent_for() == timedelta(seconds=1)
    assert room.go(1) == [Tone.P1]
    room.sounds.silence()
    room.alarm("PB-YH-01", "B003")
    assert room.sink.take() == [Tone.P1]
    assert not room.sounds.silent_for()


def test_an_alarm_that_grows_graver_breaks_it_too(rooms):
    room = rooms()
    room.alarm("SD-12-301", "B002", severity=2)
    assert room.sink.take() == [Tone.P2]
    assert room.kit.desk.actions.run("quiet")
    room.alarm("SD-12-301", "B002", severity=2)
    assert room.go(5) == []
    room.alarm("SD-12-301", "B002", severity=1)
    assert room.sink.take() == [Tone.P1]
    assert not room.sounds.silent_for()


def test_nothing_to_silence_nothing_offered(rooms):
    room = rooms()
    assert not room.kit.desk.actions.allowed("quiet")
    room.alarm()
    assert room.kit.desk.actions.allowed("quiet")


def test_danger_to_life_cannot_be_switched_off(rooms):
    room = rooms()
    room.sounds.set_only_p1(True)
    room.sounds.set_volume(25)
    room.sink.asked.clear()
    room.alarm()
    assert [(tone, volume) for _, tone, volume, _ in room.sink.asked] == [
        (Tone.P1, 0.25)
    ]
    room.kit.client.lose()
    room.qtbot.waitUntil(lambda: not room.kit.desk.link.connected)
    assert Tone.ALONE not in room.go(5)


def test_a_flood_has_one_tone_a_minute_and_every_new_life_still_sounds(rooms):
    room = rooms()
    codes = [
        each.code
        for each in room.kit.desk.actions.taxonomy.categories
        if each.severity > 1
    ]
    for code in codes[:11]:
        room.alarm("PB-YH-01", code)
    room.go(1)
    assert room.sounds._flood
    heard = room.go(125)
    assert Tone.P2 not in heard
    assert heard.count(Tone.FLOOD) == 2
    room.alarm()
    assert room.sink.take() == [Tone.P1]
    room.kit.desk.actions.run("acknowledge")
    assert Tone.FLOOD_ENDS in room.go(600)


def test_working_alone_and_back_are_said_once(rooms):
    room = rooms()
    room.kit.client.lose()
    room.qtbot.waitUntil(lambda: room.sink.asked != [])
    assert room.sink.take() == [Tone.ALONE]
    assert room.go(30) == []
    room.kit.client.find_again()
    room.qtbot.waitUntil(lambda: room.sink.asked != [])
    assert room.sink.take() == [Tone.BACK]


def test_two_knocks_when_my_time_is_up(rooms):
    room = rooms()
    mine = room.kit.client.do(
        ReportCase(
            actor=DESK,
            category="5001",
            place_name="锦绣路36号",
            point=room.kit.board.places["P1"].point,
            channel="hotline",
            at=room.clock(),
        )
    ).value
    room.kit.client.do(TakeCase(actor=DESK, case_id=mine))
    cases = room.kit.board.cases
    room.qtbot.waitUntil(lambda: mine in cases and cases[mine].owner == DESK.name)
    assert room.go(24 * 3600 - 60) == []
    assert room.go(120) == [Tone.DUE]
    assert room.go(120) == []


def test_the_leader_hears_it_when_nobody_acts_for_twenty_seconds(rooms):
    leader = Actor("赵雷", "3号席", frozenset({Role.SHIFT_LEADER}))
    room = rooms(actor=leader)
    room.alarm()
    assert room.sink.take() == []
    assert room.go(19) == []
    assert room.go(1) == [Tone.P1]


def test_what_stood_there_before_is_heard_only_if_it_still_calls(qtbot, tmp_path):
    clock = Clock(DAY)
    sink = Recording(clock)
    kit = DeskKit(tmp_path, clock=clock, sink=sink)
    third = next(
        each.code
        for each in kit.desk.actions.taxonomy.categories
        if each.severity == 3 and each.code.startswith("B")
    )
    kit.alarm("PB-YH-01", third)
    kit.start(qtbot)
    assert sink.take() == []
    kit.close()


def test_volume_is_kept_and_can_be_tried(rooms):
    room = rooms()
    room.sounds.set_volume(50)
    assert [(t, v) for _, t, v, _ in room.sink.asked] == [(Tone.P1, 0.5)]
    assert room.sounds.volume == 50


def test_the_state_is_always_to_be_read(rooms, qtbot):
    room = rooms()
    bar = TopBar(room.kit.desk)
    qtbot.addWidget(bar)
    assert bar.sound() == ("100 %", True)
    room.sounds.silence()
    assert bar.sound() == ("Silent 1 min", False)
    room.clock.go(seconds=61)
    room.sounds.set_only_p1(True)
    assert bar.sound() == ("Life only", False)
    room.sink.there = False
    assert bar.sound() == ("No sound", False)
    bar.resize(1366, 44)
    bar.show()
    bar.grab()
    with qtbot.waitSignal(room.kit.desk.actions.wanted) as asked:
        qtbot.mouseClick(
            bar,
            Qt.MouseButton.LeftButton,
            pos=bar._sound_box.center().toPoint(),
        )
    assert asked.args == ["settings"]


# -- tones --------------------------------------------------------------------------


def samples(data: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getframerate()) == (1, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


@pytest.mark.parametrize("tone", Tone)
def test_tones_are_short_begin_softly_and_do_not_clip(tone: Tone):
    found = samples(wav_of(tone)).astype(float)
    assert 0.1 <= len(found) / RATE <= 2.0
    assert np.abs(found).max() <= 32_000
    assert np.abs(found[: RATE // 1000]).max() < np.abs(found).max() / 5


@given(st.sampled_from(Tone), st.floats(0, 1))
def test_softer_is_softer(tone: Tone, volume: float):
    loud = np.abs(samples(wav_of(tone)).astype(float)).max()
    found = np.abs(samples(wav_of(tone, volume=volume)).astype(float)).max()
    assert found <= loud * volume + 2


def test_worse_is_louder_and_no_two_are_the_same():
    loudness = [
        np.abs(samples(wav_of(tone)).astype(float)).max()
        for tone in (Tone.P1, Tone.P2, Tone.P3)
    ]
    assert loudness == sorted(loudness, reverse=True)
    names = set(Tone) - {Tone.FLOOD}  # it begins as it goes on
    assert len({wav_of(tone) for tone in names}) == len(names)
    assert len(wav_of(Tone.P2, drill=True)) > len(wav_of(Tone.P2))


# -- the device ---------------------------------------------------------------------


def player(folder: Path, code: int = 0) -> tuple[str, ...]:
    """Return a player of our own: a real process that notes what it is given."""
    script = folder / "player.py"
    script.write_text(
        "import pathlib, sys\n"
        f"with open({str(folder / 'played')!r}, 'a') as out:\n"
        "    out.write(pathlib.Path(sys.argv[1]).name + '\\n')\n"
        f"sys.exit({code})\n",
        encoding="utf-8",
    )
    return (sys.executable, str(script))


def test_a_player_is_given_the_file(qtbot, tmp_path, monkeypatch):
    if sys.platform == "win32":
        pytest.skip("only on Linux: Windows has a player of its own")
    monkeypatch.setattr(speaker, "PLAYERS", (player(tmp_path),))
    made = Speaker(tmp_path / "sounds")
    made.play(Tone.P1, volume=0.5)
    played = tmp_path / "played"
    qtbot.waitUntil(lambda: played.exists() and played.read_text() == "p1-50.wav\n")
    assert made.works()
    assert samples((tmp_path / "sounds" / "p1-50.wav").read_bytes()).any()
    made.close()


def test_a_machine_without_sound_says_so_once_and_again_when_it_is_back(
    qtbot, tmp_path, monkeypatch, caplog
):
    if sys.platform == "win32":
        pytest.skip("only on Linux: Windows has a player of its own")
    monkeypatch.setattr(speaker, "PLAYERS", (player(tmp_path, code=1),))
    made = Speaker(tmp_path / "sounds")
    caplog.set_level(logging.INFO, logger="lookout.sound")

    def told() -> list[str]:
        return [each.message for each in caplog.records if each.name == "lookout.sound"]

    for times in (1, 2):
        made.play(Tone.P2, volume=1.0)
        qtbot.waitUntil(
            lambda times=times: (
                (tmp_path / "played").exists()
                and (tmp_path / "played").read_text().count("\n") == times
            )
        )
        qtbot.waitUntil(lambda: not made.works())
    assert [line.partition(" of ")[0] for line in told()] == ["no sound comes out"]
    player(tmp_path, code=0)
    made.play(Tone.P2, volume=1.0)
    qtbot.waitUntil(made.works)
    assert told()[1:] == ["sound comes out again"]
    made.close()


def test_no_player_no_sound_no_harm(tmp_path, monkeypatch):
    if sys.platform == "win32":
        pytest.skip("only on Linux: Windows has a player of its own")
    monkeypatch.setattr(speaker, "PLAYERS", (("no-such-player",),))
    made = Speaker(tmp_path / "sounds")
    made.play(Tone.P1, volume=1.0)
    assert not made.works()
    made.close()


def test_a_player_that_hangs_is_let_go(qtbot, tmp_path, monkeypatch):
    if sys.platform == "win32":
        pytest.skip("only on Linux: Windows has a player of its own")
    script = tmp_path / "hangs.py"
    script.write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    monkeypatch.setattr(speaker, "PLAYERS", ((sys.executable, str(script)),))
    monkeypatch.setattr(speaker, "HANGS_MS", -1)
    made = Speaker(tmp_path / "sounds")
    made.play(Tone.P1, volume=1.0)
    first = made._process
    assert first is not None
    qtbot.waitUntil(lambda: first.processId() > 0)
    made.play(Tone.P1, volume=1.0)
    assert not made.works()
    made.close()


def test_a_window_opens_without_any_sound(qtbot, tmp_path):
    kit = DeskKit(tmp_path)
    kit.start(qtbot)
    window = MainWindow(kit.desk)
    qtbot.addWidget(window)
    window.show()
    assert kit.desk.sounds.works()
    kit.close()
