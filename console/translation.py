"""The desk's language: Chinese unless someone asks for English, changed while it runs."""

from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

DEFAULT = "zh_CN"
LANGUAGES = (DEFAULT, "en")


class Translator(QTranslator):
    """A translator that keeps its data, which Qt only points at."""

    _data = b""

    def load_bytes(self, data: bytes) -> bool:
        """Load a compiled translation; return whether it is one."""
        self._data = data
        return bool(self.load(self._data))


class Tongue:
    """What an application speaks now.

    Thread: UI only.

    Attributes:
        language: "zh_CN" or "en"; "" before anything was asked for.
    """

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._installed: list[QTranslator] = []
        self.language = ""

    def speak(self, language: str) -> None:
        """Speak a language from now on; one nobody knows is the default.

        Raises:
            FileNotFoundError: Its translation did not come with the program.
        """
        if language not in LANGUAGES:
            language = DEFAULT
        if language == self.language:
            return
        self.hush()
        QLocale.setDefault(QLocale(language))
        for translator in (
            _of_qt(self._application, language),
            load_translation(self._application, language),
        ):
            if translator is not None:
                self._installed.append(translator)
        self.language = language

    def hush(self) -> None:
        """Go back to the words of the sources."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed = []
        self.language = ""


def load_translation(
    application: QCoreApplication, language: str = DEFAULT
) -> QTranslator | None:
    """Install a language; return its translator, or None for the English sources.

    Raises:
        FileNotFoundError: There is no such translation.
    """
    translator = read_translation(language, application)
    if translator is not None:
        application.installTranslator(translator)
    return translator


def read_translation(
    language: str = DEFAULT, parent: QCoreApplication | None = None
) -> Translator | None:
    """Return a language's translator, or None for the English sources.

    A command without a window asks it by itself, with no application.

    Raises:
        FileNotFoundError: There is no such translation.
    """
    if language.startswith("en"):
        return None
    entry = files("resources") / "translations" / f"lookout_{language}.qm"
    translator = Translator(parent)
    if not translator.load_bytes(entry.read_bytes()):
        raise FileNotFoundError(f"no translation for {language}")
    return translator


def _of_qt(application: QCoreApplication, language: str) -> QTranslator | None:
    """Install what Qt itself says: the menu of a text field, the buttons of a box."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    file = Path(folder, f"qtbase_{language}.qm")
    if language.startswith("en") or not file.exists():
        return None
    translator = Translator(application)
    if not translator.load_bytes(file.read_bytes()):
        return None
    application.installTranslator(translator)
    return translator
