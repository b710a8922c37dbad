"""The second goes round the desk: each listener has a turn of its own."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.turns import Turns


class Listener(QObject):
    def __init__(self, heard: list[str], name: str) -> None:
        super().__init__()
        self.heard, self.name = heard, name

    def on_second(self) -> None:
        self.heard.append(self.name)


def test_listeners_are_told_one_after_the_other(qtbot: QtBot) -> None:
    heard: list[str] = []
    owner = QObject()
    turns = Turns(owner)
    listeners = [Listener(heard, name) for name in "abc"]
    for each in listeners:
        turns.connect(each.on_second)
    turns.begin()
    turns.begin()  # a round under way goes on
    assert heard == []
    qtbot.waitUntil(lambda: len(heard) > 1)
    qtbot.waitUntil(lambda: heard == ["a", "b", "c"])
    with qtbot.waitSignal(turns.told):
        turns.begin()
    assert heard == ["a", "b", "c"] * 2


def test_one_that_is_gone_is_told_no_more_and_keeps_no_turn(qtbot: QtBot) -> None:
    heard: list[str] = []
    owner = QObject()
    turns = Turns(owner)
    gone, stays = Listener(heard, "gone"), Listener(heard, "stays")
    turns.connect(gone.on_second)
    turns.connect(stays.on_second)
    del gone
    turns.emit()
    assert heard == ["stays"]
    turns.connect(stays.on_second)
    assert len(turns._turns) == 2
