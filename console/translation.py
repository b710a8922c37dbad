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
    if language.startswith("en"):
        return None
    entry = files("resources") / "translations" / f"lookout_{language}.qm"
    translator = Translator(application)
    if not translator.load_bytes(entry.read_bytes()):
        raise FileNotFoundError(f"no translation for {language}")
    application.installTranslator(translator)
    return translator
