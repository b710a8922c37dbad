"""The interface's words without Qt: for what must speak where Qt cannot be loaded."""

from importlib.resources import files
from xml.etree import ElementTree

ENGLISH, CHINESE = "en", "zh_CN"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for translation under the name that the collecting tool knows."""
    return text


class PlainWords:
    """The words of one context in one language, read from the translators' file.

    Args:
        context: Theirs.
        language: `ENGLISH`, which needs no file, or another.
        more: Other contexts, where words of theirs are said too.
    """

    def __init__(self, context: str, language: str, *more: str) -> None:
        self._known: dict[str, str] = {}
        if language == ENGLISH:
            return
        path = files("resources") / "translations" / f"lookout_{language}.ts"
        for part in ElementTree.fromstring(path.read_bytes()).iter("context"):
            if part.findtext("name") not in (context, *more):
                continue
            for message in part.iter("message"):
                found = message.find("translation")
                if found is not None and found.text and "type" not in found.attrib:
                    self._known[message.findtext("source") or ""] = found.text

    def __call__(self, text: str) -> str:
        """Return a text's words, in English where nobody has translated it."""
        return self._known.get(text, text)
