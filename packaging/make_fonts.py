"""Makes the two fonts that ship, so that a machine without any shows Chinese.

    python3 packaging/make_fonts.py        (or: make fonts)

Cuts what the desk can show out of Noto Sans CJK SC, as Debian's `fonts-noto-cjk`
brings it (the list of characters comes with `unicode-data`), and names the result "Lookout Sans SC", so that it is never mistaken for a
font the system has. fontTools runs in an environment of its own that is thrown away.
See docs/decisions/0006-font.md.
"""

import argparse
import bz2
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FONTTOOLS = "fonttools==4.68.0"
FAMILY = "Lookout Sans SC"
SOURCE_FAMILY = "Noto Sans CJK SC"
SOURCES = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"

# What is no ideograph: (first, last), both included. What the source lacks is left out.
SYMBOLS = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),  # Latin with accents, pinyin among them
    (0x01CD, 0x01DC),
    (0x02B0, 0x02FF),
    (0x0370, 0x03FF),  # Greek, for units and angles
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # superscripts: m²
    (0x20A0, 0x20BF),
    (0x2100, 0x218F),  # ℃ № and Roman figures
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),
    (0x2300, 0x23FF),  # ⌘ ⏎ and their like
    (0x2460, 0x24FF),  # ① ②
    (0x2500, 0x257F),
    (0x2580, 0x259F),
    (0x25A0, 0x25FF),  # ▲ ◆ ●
    (0x2600, 0x27BF),  # ☎ ✓
    (0x2B00, 0x2BFF),
    (0x3000, 0x303F),  # 、。《》
    (0x3040, 0x30FF),
    (0x3100, 0x312F),
    (0x3200, 0x33FF),  # ㎡ ㈠
    (0xFE10, 0xFE4F),
    (0xFF00, 0xFFEF),  # full-width forms
)


def gbk() -> set[int]:
    """Return every character of GBK: 21,003 ideographs, rare names among them."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                text = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            found.update(map(ord, text))
    return found


def standard() -> set[int]:
    """Return the 8,105 of the standard table of 2013: names of people and places.

    276 of them stand outside GBK, 1,467 outside GB 2312; 䶮 is in a good many names.
    """
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as file:
        return {
            int(line.split("\t")[0].removeprefix("U+"), 16)
            for line in file
            if "\tkTGH\t" in line
        }


def add_small_signs(font: "TTFont") -> None:
    """Add what the desk's design writes and the source lacks: ▸ and ✕.

    ▸ is ▶ at three fifths, drawn into the place of ▷, which is not used; ✕ is ×.
    """
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    names = font.getBestCmap()
    large, place = names[0x25B6], names[0x25B7]
    glyphs = font.getGlyphSet()
    bounds = BoundsPen(glyphs)
    glyphs[large].draw(bounds)
    left, bottom, right, top = bounds.bounds
    size, margin = 0.6, 60
    advance = round((right - left) * size) + 2 * margin
    shift = (bottom + top) / 2 * (1 - size)  # stays at the height of the large one
    pen = T2CharStringPen(advance, glyphs)
    move = (size, 0, 0, size, margin - left * size, shift)
    glyphs[large].draw(TransformPen(pen, move))
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    strings[place] = pen.getCharString(
        private=strings[place].private, globalSubrs=strings[place].globalSubrs
    )
    font["hmtx"][place] = (advance, margin)
    for table in font["cmap"].tables:
        if table.isUnicode() and 0x25B7 in table.cmap:
            del table.cmap[0x25B7]
            table.cmap[0x25B8] = place
            table.cmap[0x2715] = names[0x00D7]


def cut(weight: str, wanted: set[int], target: Path) -> None:
    """Cut one weight out of the source and write it under the project's own name."""
    # These exist in the throw-away environment only.
    from fontTools import subset
    from fontTools.ttLib import TTCollection

    collection = TTCollection(SOURCES / f"NotoSansCJK-{weight}.ttc")
    font = next(
        font
        for font in collection.fonts
        if font["name"].getDebugName(1) == SOURCE_FAMILY
        or font["name"].getDebugName(16) == SOURCE_FAMILY
    )
    options = subset.Options()
    # Nothing of the desk is written from top to bottom, and nothing in the forms of
    # Japan or Korea: those forms (locl) would double the file.
    options.layout_features = ["calt", "ccmp", "halt", "kern", "liga", "mark", "palt"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    add_small_signs(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)

    full = FAMILY if weight == "Regular" else f"{FAMILY} {weight}"
    postscript = f"{FAMILY.replace(' ', '')}-{weight}"
    version = font["name"].getDebugName(5)
    for number, text in {
        1: FAMILY,
        2: weight,
        3: f"Lookout;{postscript}",
        4: full,
        5: f"{version}; cut from Noto Sans CJK SC for Lookout",
        6: postscript,
    }.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    for number in (16, 17, 21, 22):
        font["name"].removeNames(nameID=number)
    outlines = font["CFF "].cff
    outlines.fontNames = [postscript]
    outlines.topDictIndex[0].FullName = full
    outlines.topDictIndex[0].FamilyName = FAMILY
    font["head"].modified = font["head"].created  # the same bytes from the same source
    font.recalcTimestamp = False
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    sys.stdout.write(
        f"{target.name}: {len(font.getBestCmap())} characters,"
        f" {target.stat().st_size / 1e6:.1f} MB\n"
    )


def main() -> None:
    """Make both fonts, in an environment that is thrown away."""
    parser = argparse.ArgumentParser(description="Make the fonts that ship.")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    if parser.parse_args().inside:
        wanted = {code for first, last in SYMBOLS for code in range(first, last + 1)}
        wanted |= gbk() | standard()
        for weight in ("Regular", "Bold"):
            cut(weight, wanted, TARGET / f"LookoutSansSC-{weight}.otf")
        return
    for path in (SOURCES, UNIHAN):
        if not path.exists():
            sys.exit(f"{path} is missing: apt-get install fonts-noto-cjk unicode-data")
    with tempfile.TemporaryDirectory(prefix="lookout-fonts-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "-q", FONTTOOLS], check=True)
        subprocess.run([python, __file__, "--inside"], check=True)


if __name__ == "__main__":
    main()
