"""Asks for a service's public key where nobody sits at a terminal."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.app import desk_settings, make_application
from console.looks import Looks
from console.theme import ROW, TITLE, Theme, scale_for
from resources.home import Home

WIDTH = 760


class KeyPage(QDialog):
    """Says what is missing and takes it: the key itself, or the card's file.

    Thread: UI.

    Args:
        address: Of the service.
        wrong_with: Returns what is wrong with what was typed, or "".
        theme: Sizes and fonts.
    """

    def __init__(
        self,
        address: str,
        wrong_with: Callable[[str], str],
        *,
        theme: Theme | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = theme or Theme()
        p = theme.px
        self._wrong_with = wrong_with
        self.setWindowTitle(QCoreApplication.translate("MainWindow", "Lookout"))
        self.setMinimumWidth(p(WIDTH))
        title = QLabel(self.tr("The public key of the service is missing"))
        title.setFont(theme.font(TITLE, 600))
        self._text = QLabel(
            self.tr(
                "This desk is to connect to {address}. On that machine run: lookout"
                " desk card FILE. Paste the key that it shows (40 characters), or the"
                " path of that file here."
            ).format(address=address.removeprefix("tcp://"))
        )
        self._text.setWordWrap(True)
        self.typed = QLineEdit()
        self.typed.setAccessibleName(title.text())
        self.wrong = QLabel()
        self.wrong.setWordWrap(True)
        connect = QPushButton(self.tr("Connect"))
        connect.setObjectName("connect")
        connect.setDefault(True)
        connect.clicked.connect(self._try)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(connect)
        buttons.addWidget(cancel)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(p(32), p(28), p(32), p(28))
        rows.setSpacing(p(14))
        rows.addWidget(title)
        for widget in (self._text, self.typed, self.wrong, connect, cancel):
            widget.setFont(theme.font(ROW))
        for row in (self._text, self.typed, self.wrong):
            rows.addWidget(row)
        rows.addLayout(buttons)

    def _try(self) -> None:
        wrong = self._wrong_with(self.typed.text().strip())
        self.wrong.setText(f"✕ {wrong}" if wrong else "")
        if not wrong:
            self.accept()


def ask_for_key(home: Home, address: str, wrong_with: Callable[[str], str]) -> str:
    """Return what was typed into the window, or "" where the person gave up."""
    application = make_application()
    theme = Theme()
    looks = Looks(theme, desk_settings(home))
    theme.scale = scale_for(application.primaryScreen(), share=looks.share / 100)
    looks.apply()
    application.setStyleSheet(theme.style_sheet())
    page = KeyPage(address, wrong_with, theme=theme)
    accepted = page.exec() == QDialog.DialogCode.Accepted
    looks.hush()
    return page.typed.text().strip() if accepted else ""
