"""The map of a desk under test; imported by the tests that want it."""

from typing import Any

import pytest
from desk_kit import DeskKit

from console.panels.map_panel import MapPanel

SECONDS = 1000


@pytest.fixture
def panel(qtbot: Any, kit: DeskKit) -> MapPanel:
    """The map of whatever `kit` the test has, as large as in the desk."""
    return shown_map(qtbot, kit)


def shown_map(qtbot: Any, kit: DeskKit) -> MapPanel:
    made = MapPanel(kit.desk)
    qtbot.addWidget(made)
    made.resize(800, 418)
    with qtbot.waitExposed(made):
        made.show()
    return made


def settle(panel: MapPanel, qtbot: Any) -> None:
    """Wait until the map shows what it is to show, and looks for no mark any more."""

    def settled() -> bool:
        panel.desk.tick.emit()
        return panel.canvas.settled and not panel.canvas._looking_timer.isActive()

    qtbot.waitUntil(settled, timeout=10 * SECONDS)
