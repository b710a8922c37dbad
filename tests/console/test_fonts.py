"""The fonts that ship hold every character the tree can put on a screen."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
WRITTEN_IN = {".py", ".ts", ".json", ".geojson", ".csv", ".toml", ".yml", ".yaml"}


def characters() -> dict[str, Path]:
    """Return each character beyond ASCII in source and data, and a file it is in."""
    found: dict[str, Path] = {}
    for room in ("console", "dispatch", "video", "resources"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in WRITTEN_IN:
                for character in set(path.read_text(encoding="utf-8")):
                    if ord(character) > 0x7E:
                        found.setdefault(character, path.relative_to(ROOT))
    return found


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_font_holds_every_character(qapp: object, weight: str) -> None:
    font = QRawFont(str(FONTS / f"LookoutSansSC-{weight}.otf"), 16)
    assert font.isValid()
    missing = {
        f"{character} U+{ord(character):04X} in {path}"
        for character, path in characters().items()
        if not font.supportsCharacter(ord(character))
    }
    assert not missing


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_font_holds_rare_names(qapp: object, weight: str) -> None:
    font = QRawFont(str(FONTS / f"LookoutSansSC-{weight}.otf"), 16)
    for character in "瞭邨喆堃燊龑䶮𬭎㴔":
        assert font.supportsCharacter(ord(character)), character


def test_figures_are_of_one_width(qapp: object) -> None:
    """A clock that counts must not wobble."""
    font = QRawFont(str(FONTS / "LookoutSansSC-Regular.otf"), 16)
    advances = font.advancesForGlyphIndexes(font.glyphIndexesForString("0123456789"))
    assert len({advance.x() for advance in advances}) == 1


def test_family_has_a_name_of_its_own(qapp: object) -> None:
    number = QFontDatabase.addApplicationFont(str(FONTS / "LookoutSansSC-Regular.otf"))
    assert QFontDatabase.applicationFontFamilies(number) == ["Lookout Sans SC"]


def test_licence_stands_beside_the_fonts() -> None:
    text = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Adobe" in text
