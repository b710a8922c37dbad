"""What an installation without a town is told: which commands put one in."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.own_name import own_name
from dispatch.board import Board

# Register of the board: what it holds, and the command that fills it.
STEPS = (
    ("grids", QT_TRANSLATE_NOOP("FirstSteps", "grids"), "import grids FILE"),
    ("units", QT_TRANSLATE_NOOP("FirstSteps", "staff"), "import staff FILE"),
    (
        "cameras",
        QT_TRANSLATE_NOOP("FirstSteps", "cameras"),
        "import cameras FILE",
    ),
    ("places", QT_TRANSLATE_NOOP("FirstSteps", "places"), "import places FILE"),
    (
        "devices",
        QT_TRANSLATE_NOOP("FirstSteps", "devices"),
        "import devices FILE",
    ),
)
NEEDED = ("grids", "units")  # a desk without either has nobody to send


def steps_left(board: Board) -> list[tuple[str, str]]:
    """Return what is still missing and its command; nothing once there are people."""
    empty = [each for each in STEPS if not getattr(board, each[0])]
    if not any(name in NEEDED for name, _, _ in empty):
        return []
    name = own_name()
    return [
        (QCoreApplication.translate("FirstSteps", str(text)), f"{name} {command}")
        for _, text, command in empty
    ]
