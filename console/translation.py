"""The desk's language: Chinese unless someone asks for English."""

from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QTranslator

DEFAULT = "zh_CN"


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
    translator = QTranslator(application)
    if not translator.load(entry.read_bytes()):
        raise FileNotFoundError(f"no translation for {language}")
    application.installTranslator(translator)
    return translator
