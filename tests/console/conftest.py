"""What every test of the window stands on: the fonts that ship, as in the program."""

import pytest
from PySide6.QtWidgets import QApplication

from console.theme import load_fonts


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Give the application with our fonts; a bare machine has none of its own."""
    load_fonts()
    return qapp


@pytest.fixture(autouse=True)
def nobody_waits_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a slow machine from putting a line into what a command said."""
    monkeypatch.setattr("console.patience.SOON_S", 3600.0)
