"""What a key does on the focused map."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from console.canvas import MapCanvas

ZOOM_STEP = 1.35
PAN_STEP = 0.15  # of what is seen

_MOVES = {
    Qt.Key.Key_Left: (-PAN_STEP, 0.0),
    Qt.Key.Key_Right: (PAN_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, PAN_STEP),
    Qt.Key.Key_Down: (0.0, -PAN_STEP),
}
_OTHERS = ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)


def press(canvas: "MapCanvas", event: QKeyEvent) -> bool:
    """Do what a key says; return whether it says anything here."""
    key = event.key()
    keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    if event.modifiers() & _OTHERS:
        return False
    if key in _MOVES and not (keypad and event.text()):
        canvas.pan(*_MOVES[Qt.Key(key)])
        return True
    if keypad:  # the keypad belongs to the alarm job, not to the map
        return False
    match key:
        case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
            canvas.zoom(ZOOM_STEP)
        case Qt.Key.Key_Minus | Qt.Key.Key_Underscore:
            canvas.zoom(1 / ZOOM_STEP)
        case Qt.Key.Key_Home:
            canvas.show_town()
        case Qt.Key.Key_G:
            canvas.show_open_case()
        case Qt.Key.Key_BracketLeft:
            canvas.set_ring(-1)
        case Qt.Key.Key_BracketRight:
            canvas.set_ring(1)
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            return canvas.act()
        case Qt.Key.Key_P if canvas.picking:
            canvas.pointed.emit(canvas.desk.frame.to_point(*canvas.view().centre))
        case _:
            return False
    return True
