"""Fixtures of a desk under test; imported by the tests that want them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_kit import DeskKit

from console.main_window import MainWindow
from console.panels.pictures import PicturesPanel


@pytest.fixture
def kit(qtbot: Any, tmp_path: Path) -> Iterator[DeskKit]:
    made = DeskKit(tmp_path)
    made.start(qtbot)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: Any, kit: DeskKit) -> MainWindow:
    made = MainWindow(kit.desk)
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    made.show()
    return made


@pytest.fixture
def panel(qtbot: Any, kit: DeskKit) -> PicturesPanel:
    """The pictures of whatever `kit` the test has, as wide as in the desk."""
    made = PicturesPanel(kit.desk)
    qtbot.addWidget(made)
    made.resize(800, 514)
    made.show()
    return made
