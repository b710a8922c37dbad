"""What a case is found by: the terms an index keeps of it, and those of a question. Pure.

Any two neighbouring characters of what was written are a term, so that a search from
two characters on needs no dictionary and no word boundaries. A telephone number,
wherever it is written, is found whole or by its last four digits, never by a part (the
number of a person is not to be guessed); a case number whole or by its end; a place
and a name also by their pinyin initials.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dispatch.cases import Case
from dispatch.initials import initials_of

#: Characters of the shortest question.
LEAST: Final = 2
LAST_DIGITS: Final = 4
#: Of one case; a very long report is found by its beginning.
MOST_INDEXED: Final = 4_000
_NUMBER_ENDS: Final = range(3, 7)
#: Digits in a row, gaps and dashes among them, that may be somebody's number.
_LONG: Final = re.compile(r"\+?\d(?:[ -]?\d){6,}", re.ASCII)
_COUNTRY: Final = "86"
_PHONE_FORM: Final = re.compile(r"1\d{10}|0\d{9,11}|[2-8]\d{6,7}|400\d{7}", re.ASCII)
#: Marks what a term is made of; written words cannot contain them after `plain`.
_NUMBER, _PHONE, _INITIALS = "_n", "_t", "_i"

Searched = tuple[str, ...]


def searched(case: Case) -> Searched:
    """Return those fields of a case that it is found by."""
    return (
        case.number,
        case.external_number,
        case.reporter_phone,
        case.place_name,
        case.reporter_name,
        case.details,
    )


def plain(text: str) -> str:
    """Return a text as it is compared: letters and digits alone, of one width and case.

    Gaps and marks part nothing: 12 幢 is found by 12幢. Long numbers are left out.
    """
    folded = _LONG.sub("", _one_width(text)).casefold()
    return "".join(filter(str.isalnum, folded))


def terms_of(fields: Searched) -> str:
    """Return the terms of `searched` fields, each once, separated by spaces."""
    number, external, phone, place, name, details = fields
    details = details[:MOST_INDEXED]
    found: dict[str, None] = {}
    for each in (number, external):
        found |= dict.fromkeys(_number_terms(each))
    for digits in _phones(phone, place, name, details):
        found[_PHONE + digits] = None
        found[_PHONE + digits[-LAST_DIGITS:]] = None
    for each in (place, name):
        found |= dict.fromkeys(_initial_terms(each))
    for each in (place, name, details):
        found |= dict.fromkeys(_pairs(plain(each)))
    return " ".join(found)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question.

    Attributes:
        text: As it is compared.
        ways: Sets of terms, one of which a case must have whole to be looked at.
    """

    text: str
    ways: tuple[tuple[str, ...], ...]

    def why(self, fields: Searched) -> str:
        """Return by what a case is found: a field's name, or "" where it is not.

        An index knows pairs of characters only; this looks at what is written.
        """
        number, external, phone, place, name, details = fields
        text = self.text
        if any(_ends_so(each, text) for each in (number, external)):
            return "number"
        if text.isdigit() and len(text) >= LAST_DIGITS:
            for digits in _phones(phone, place, name, details):
                if text in (digits, digits[-LAST_DIGITS:]):
                    return "phone"
        for kind, written in (("place", place), ("name", name), ("details", details)):
            if text in plain(written):
                return kind
        for kind, written in (("place", place), ("name", name)):
            if text.isascii() and any(text in each for each in _initials(written)):
                return kind
        return ""


def words_of(question: str) -> tuple[Word, ...]:
    """Return the words of a question; those too short to be searched for are left out.

    A telephone number written with gaps is one word.
    """
    whole = phone_digits(question)
    if _PHONE_FORM.fullmatch(whole) and not any(map(str.isalpha, question)):
        return (_word(whole),)
    parts = (
        "".join(filter(str.isalnum, part))
        for part in _one_width(question).casefold().split()
    )
    return tuple(_word(part) for part in dict.fromkeys(parts) if len(part) >= LEAST)


def _word(text: str) -> Word:
    ways = [tuple(dict.fromkeys(_pairs(text)))]
    if text.isdigit():
        ways += [(_NUMBER + text,), (_PHONE + text,)]
    elif text.isascii():
        ways.append(tuple(_INITIALS + pair for pair in dict.fromkeys(_pairs(text))))
        ways.append((_NUMBER + text,))
    return Word(text, tuple(ways))


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


def _one_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def phone_digits(text: str) -> str:
    """Return the digits of a number, without the country's."""
    digits = "".join(each for each in _one_width(text) if each in "0123456789")
    national = digits.removeprefix(_COUNTRY)
    return national if _PHONE_FORM.fullmatch(national) else digits


def _phones(phone: str, *texts: str) -> list[str]:
    """Return the number of who reported it, and those that stand in what was said."""
    said = [each for text in texts for each in _LONG.findall(_one_width(text))]
    numbers = (phone_digits(each) for each in (phone, *said))
    return [each for each in numbers if len(each) >= LAST_DIGITS]


def _number_terms(number: str) -> Iterator[str]:
    text = _bare(number)
    if text:
        yield _NUMBER + text
        for count in _NUMBER_ENDS:
            if count < len(text):
                yield _NUMBER + text[-count:]


def _bare(number: str) -> str:
    return "".join(filter(str.isalnum, _one_width(number).casefold()))


def _ends_so(number: str, text: str) -> bool:
    joined = _bare(number)
    return bool(joined) and (
        joined == text or (len(text) in _NUMBER_ENDS and joined.endswith(text))
    )


@lru_cache(4_096)  # places and names come again and again
def _initials(written: str) -> tuple[str, ...]:
    return tuple(initials_of(written).split())


def _initial_terms(written: str) -> Iterator[str]:
    for spelling in _initials(written):
        for pair in _pairs(spelling):
            yield _INITIALS + pair
