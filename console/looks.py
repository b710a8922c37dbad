"""How the desk looks and in which language it speaks; changed while it runs, kept."""

import os

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from console.command_words import ASKED
from console.theme import DARK, LIGHT, Theme
from console.translation import DEFAULT, LANGUAGES, Tongue

THEMES = {tokens.name: tokens for tokens in (DARK, LIGHT)}
SHARES = (100, 115, 130, 150, 175, 200)  # per cent of what the monitor asks for


class Looks(QObject):
    """Language, background, size and motion of one desk.

    Language, background and motion change at once; a size is for the next start,
    because the whole layout is measured with it.

    Thread: UI only.

    Signals:
        changed: Words or colours are others now.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, settings: QSettings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._settings = settings
        self._tongue: Tongue | None = None
        self._asked = os.environ.get(ASKED, "")  # for this run, until one is chosen

    @property
    def language(self) -> str:
        """Return the language of this run, or that is kept: "zh_CN" or "en"."""
        if self._asked in LANGUAGES:
            return self._asked
        kept = str(self._settings.value("looks/language") or DEFAULT)
        return kept if kept in LANGUAGES else DEFAULT

    @property
    def background(self) -> str:
        """Return the background that is kept, "dark" or "light"."""
        kept = str(self._settings.value("looks/background") or DARK.name)
        return kept if kept in THEMES else DARK.name

    @property
    def still(self) -> bool:
        """Return whether nothing shall blink."""
        return str(self._settings.value("looks/still") or "") == "yes"

    @property
    def share(self) -> int:
        """Return the size that is kept, per cent of what the monitor asks for."""
        kept = str(self._settings.value("looks/share") or "")
        return int(kept) if kept.isdigit() and int(kept) in SHARES else SHARES[0]

    def apply(self) -> None:
        """Take on everything that is kept; the application must exist."""
        self._speak()
        self.theme.reduced_motion = self.still
        self._wear()

    def set_language(self, language: str) -> None:
        """Speak another language from now on."""
        self._asked = ""
        self._settings.setValue("looks/language", language)
        self._speak()
        self.changed.emit()

    def set_background(self, name: str) -> None:
        """Show everything on another background from now on."""
        self._settings.setValue("looks/background", name)
        self._wear()
        self.changed.emit()

    def set_still(self, still: bool) -> None:
        """Let nothing blink, or let alarms blink again."""
        self._settings.setValue("looks/still", "yes" if still else "no")
        self.theme.reduced_motion = still
        self.changed.emit()

    def set_share(self, percent: int) -> None:
        """Make everything larger or smaller at the next start."""
        self._settings.setValue("looks/share", str(percent))
        self.changed.emit()

    def hush(self) -> None:
        """Give the application its own words back."""
        if self._tongue is not None:
            self._tongue.hush()

    def _speak(self) -> None:
        application = QCoreApplication.instance()
        if application is None:
            return
        if self._tongue is None:
            self._tongue = Tongue(application)
        self._tongue.speak(self.language)

    def _wear(self) -> None:
        self.theme.wear(THEMES[self.background])
        application = QApplication.instance()
        if isinstance(application, QApplication) and application.styleSheet():
            application.setStyleSheet(self.theme.style_sheet())
