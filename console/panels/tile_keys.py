"""What the keys do in the pictures; digits and arrows too."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from console.panels import wall_layout

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel

DIGITS = "0123456789"
_HELD = Qt.KeyboardModifier
CHORDS = _HELD.ControlModifier | _HELD.AltModifier | _HELD.MetaModifier


def obey(panel: "PicturesPanel", event: QKeyEvent) -> bool:
    """Obey a key; return whether it was one of the pictures'."""
    key = event.key()
    if event.modifiers() & CHORDS:
        return False
    if event.text() and event.text() in DIGITS:
        panel.type_digit(event.text())
    elif key in wall_layout.MOVES:
        panel.move_focus(*wall_layout.MOVES[Qt.Key(key)])
    elif event.isAutoRepeat():
        pass  # held down: what it did once is enough
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        panel.enlarge()
    elif key == Qt.Key.Key_Backspace:
        panel.previous_content()
    elif key == Qt.Key.Key_Asterisk:
        panel.next_views()
    elif key == Qt.Key.Key_N:
        panel.desk.wrong_views.turn(panel.wall.focused_camera)
    elif key == Qt.Key.Key_T:
        panel.choose_layout(wall_layout.next_side(panel.wall.columns))
    else:
        return panel.again.obey(event)
    return True
