"""The desk's language: Chinese unless someone asks for English."""

from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QTranslator

DEFAULT = "zh_CN"


class Translator(QTranslator):
    """A translator that keeps its data, which Qt only points at."""

    _data = b""

    def load_bytes(self, data: bytes) -> bool:
        """Load a compiled translation; return whether it is one."""
        self._data = data
        return bool(self.load(self._data))


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
