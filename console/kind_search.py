"""Finds kinds of cases by words, initials or code, in the language of the desk."""

from dataclasses import dataclass

from console import words
from console.found import Found
from dispatch.initials import initials_of
from dispatch.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class _Entry:
    haystack: str
    found: Found


class KindSearch:
    """The kinds of a taxonomy as one may type them.

    Thread: UI only.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._entries = [
            _Entry(
                f"{each.code} {each.name_zh} {each.name_en} "
                f"{initials_of(each.name_zh)}".lower(),
                Found(
                    each.code,
                    words.category(taxonomy, each.code),
                    f"{each.department}  {each.code}",
                    each.severity,
                ),
            )
            for each in taxonomy.categories
        ]

    def find(self, text: str, *, limit: int) -> list[Found]:
        """Return the kinds that hold every part of a text, the severe ones first."""
        needle = text.lower()
        found = [
            (entry.haystack.find(needle), entry.found)
            for entry in self._entries
            if needle and all(part in entry.haystack for part in needle.split())
        ]
        found.sort(key=lambda pair: (pair[1].severity, pair[0]))
        return [each for _, each in found[:limit]]
