"""Pinyin initials of names, so that `ytxc` finds 姚庄桃源新村.

Worked out once, when a thing is registered; never at a desk.
"""

from itertools import islice, product

from pypinyin import Style, pinyin

# A name of many-voiced characters has many spellings; the first ones are enough.
_SPELLINGS = 8


def initials_of(name: str) -> str:
    """Return the spellings of a name by initials, separated by spaces.

    Letters and digits stand for themselves; what is neither is left out.
    """
    letters: list[list[str]] = []
    voices = pinyin(
        name,
        style=Style.FIRST_LETTER,
        heteronym=True,
        errors=lambda other: other,
    )
    for voice in voices:
        kept = sorted({_typed(spelling) for spelling in voice} - {""})
        if kept:
            letters.append(kept)
    return " ".join(
        "".join(spelling) for spelling in islice(product(*letters), _SPELLINGS)
    )


def _typed(spelling: str) -> str:
    return "".join(c for c in spelling.lower() if c.isascii() and c.isalnum())
