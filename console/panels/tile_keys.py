"""The keys of a wall's tiles, where a tile has the keyboard."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

from console.bar_keys import BarKey, typed
from console.panels import tile_choice

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel

DIGITS: Final = "0123456789"
MOVES: Final = {  # right, down
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
TOUR_KEYS: Final = {  # steps; 0 holds it, or lets it go on
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_J: 0,
}
_HELD = Qt.KeyboardModifier
_CHORDS = _HELD.ControlModifier | _HELD.AltModifier | _HELD.MetaModifier


def press(panel: "PicturesPanel", event: QKeyEvent) -> bool:
    """Do what a key means in the tiles; False where it means nothing here."""
    key, shift = event.key(), bool(event.modifiers() & _HELD.ShiftModifier)
    chord = event.modifiers() & _CHORDS
    if chord == _HELD.ControlModifier and key in MOVES and not shift:
        panel.by_hand(panel.wall.move(*MOVES[Qt.Key(key)]))
        return True
    if chord:
        return False
    if event.text() and event.text() in DIGITS:
        panel.type_digit(event.text())
    elif key in MOVES and not shift:
        panel.move_focus(*MOVES[Qt.Key(key)])
    elif event.isAutoRepeat():
        pass  # held down: what it did once is enough
    elif key in MOVES:
        panel.layouts.join(panel.focused_tile, *MOVES[Qt.Key(key)])
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        panel.enlarge()
    elif key == Qt.Key.Key_Backspace:
        if shift:
            panel.layouts.back()
        else:
            panel.previous_content()
    elif key == Qt.Key.Key_Asterisk:
        panel.next_views()
    elif key == Qt.Key.Key_N:
        panel.desk.wrong_views.turn(panel.focused_camera)
    elif key == Qt.Key.Key_V:
        panel.desk.listening.turn(panel.focused_camera)
    elif key == Qt.Key.Key_M:
        panel.desk.listening.mute()
    elif key == Qt.Key.Key_T:  # L is kept for replay: live again
        panel.layouts.step(-1 if shift else 1)
    elif key == Qt.Key.Key_B:
        tile_choice.ask(panel)
    elif key in TOUR_KEYS:
        panel.tours.lead(panel.focused_tile, TOUR_KEYS[Qt.Key(key)])
    elif key == Qt.Key.Key_Y:
        panel.layouts.split(panel.focused_tile)
    else:
        return panel.again.obey(event)
    return True


def keys_here(panel: "PicturesPanel") -> tuple[BarKey, ...]:
    """Return what single keys do in the tiles now, for the bottom bar."""
    found = []
    if panel.desk.replay.active:
        found += [
            typed("L", QCoreApplication.translate("BarKeys", "Live")),
            typed("P", QCoreApplication.translate("BarKeys", "Stop, go on")),
            typed(".", QCoreApplication.translate("BarKeys", "10 s on"), "Period"),
        ]
    if any(panel.shown):
        text = QCoreApplication.translate("BarKeys", "10 s back")
        found.append(typed(",", text, "Comma"))
    found += [
        typed("T", QCoreApplication.translate("BarKeys", "Layout")),
        typed("B", QCoreApplication.translate("BarKeys", "Content")),
    ]
    run = panel.tours.run_of(panel.wall.focused_content)
    if run is not None:
        hold = QCoreApplication.translate("BarKeys", "Hold")
        if run.paused:
            hold = QCoreApplication.translate("BarKeys", "Go on")
        found += [
            typed(
                "PgDn",
                QCoreApplication.translate("BarKeys", "Next of the tour"),
                "PgDown",
            ),
            typed("J", hold),
        ]
    if panel.focused_camera is not None:
        found += [
            typed("V", QCoreApplication.translate("BarKeys", "Listen")),
            typed("N", QCoreApplication.translate("BarKeys", "Wrong view")),
        ]
    return tuple(found)
