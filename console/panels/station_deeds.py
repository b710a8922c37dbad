"""The five big buttons of a station, and its page while no case is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console import words
from console.refusals import refusal
from console.station_table import DEEDS
from console.theme import ROW, TITLE

if TYPE_CHECKING:
    from console.desk import Desk

HEIGHT = 60


class StationDeeds(QWidget):
    """What can be done to the open case, each with its key; grey where it cannot be.

    Thread: UI only.

    Attributes:
        buttons: By the deed's name, in order.
    """

    name = "station_deeds"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        p = desk.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(p(12), p(8), p(12), p(8))
        row.setSpacing(p(12))
        self.buttons: dict[str, QPushButton] = {}
        for name in DEEDS:
            button = QPushButton()
            button.setFont(desk.theme.font(TITLE, 600))
            button.setMinimumHeight(p(HEIGHT))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays
            button.clicked.connect(lambda _on=False, n=name: desk.actions.run(n))
            row.addWidget(button, 1)
            self.buttons[name] = button
        for signal in (
            *(desk.case_opened, desk.moved, desk.pending_changed, desk.second),
            desk.looks.changed,
        ):
            signal.connect(self.renew)
        self.renew()

    def renew(self, *_ignored: object) -> None:
        """Ask again what may be done now."""
        for name, button in self.buttons.items():
            action = self._desk.actions.action(name)
            refused = action.refusal(self._desk)
            button.setText(f"{words.key(action.keys[0])}  {action.text(self._desk)}")
            button.setEnabled(refused is None)
            said = refused is not None and refused.reason != "nothing"
            button.setToolTip(refusal(refused) if refused and said else "")


class StationHome(QWidget):
    """Says what to do while no case is open.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        p = desk.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(p(32), p(28), p(32), p(28))
        column.setSpacing(p(16))
        self.title, self.text = QLabel(), QLabel()
        self.title.setFont(desk.theme.font(TITLE, 600))
        self.text.setFont(desk.theme.font(ROW))
        self.text.setProperty("look", "second")
        for label in (self.title, self.text):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        desk.moved.connect(self.renew)
        desk.link_changed.connect(self.renew)
        desk.looks.changed.connect(self.renew)
        self.renew()

    def renew(self, *_ignored: object) -> None:
        """Say it for the cases there are now."""
        desk = self._desk
        scope = desk.actor.scope
        whose = "" if scope is None else f"{scope.department} {scope.grid}".strip()
        self.title.setText(self.tr("Station of {whose}").format(whose=whose))
        open_ones = [c for c in desk.board.cases.values() if c.state.is_open]
        if not desk.board.heard:
            self.text.setText(self.tr("Waiting for the service."))
            return
        if not open_ones:
            self.text.setText(
                self.tr(
                    "No case is with this station. What the command room sends to"
                    " {whose} appears at the left by itself."
                ).format(whose=whose)
            )
            return
        lines = [
            f"{words.key(action.keys[0])}  {action.text(desk)}"
            for action in map(desk.actions.action, DEEDS)
        ]
        self.text.setText(
            "\n".join([self.tr("Choose a case: ↑ ↓, ⏎ opens it. Then:"), *lines])
        )


def window_title(desk: "Desk") -> str:
    """Return what the window is called: the product, the town, whose station it is."""
    scope = desk.actor.scope
    whose = "" if scope is None else f"{scope.department} {scope.grid}".strip()
    product = QCoreApplication.translate("MainWindow", "Lookout")
    return " ".join(each for each in (product, desk.board.town.name, whose) if each)
