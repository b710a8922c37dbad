"""What an installation without a whole town is told: which commands put one in."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.own_name import own_name
from dispatch.board import Board

# Register of the board: what it holds, and the kind of file that fills it.
STEPS = (
    ("grids", QT_TRANSLATE_NOOP("FirstSteps", "grids"), "grids"),
    ("units", QT_TRANSLATE_NOOP("FirstSteps", "staff"), "staff"),
    ("cameras", QT_TRANSLATE_NOOP("FirstSteps", "cameras"), "cameras"),
    ("places", QT_TRANSLATE_NOOP("FirstSteps", "places"), "places"),
    ("devices", QT_TRANSLATE_NOOP("FirstSteps", "devices"), "devices"),
)


def import_command(kind: str) -> str:
    """Return what somebody types on this machine to put a file's rows in."""
    file = QCoreApplication.translate("FirstSteps", "FILE")
    return f"{own_name()} import {kind} {file}"


def steps_left(board: Board) -> list[tuple[str, str]]:
    """Return every kind with its command, or that it is in; nothing once all are."""
    counts = [len(getattr(board, register)) for register, *_ in STEPS]
    if all(counts):
        return []
    there = QCoreApplication.translate("FirstSteps", "✓ {n} in")
    return [
        (
            QCoreApplication.translate("FirstSteps", str(text)),
            there.format(n=count) if count else import_command(kind),
        )
        for (_, text, kind), count in zip(STEPS, counts, strict=True)
    ]
