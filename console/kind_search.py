"""Finds kinds of cases by words, initials or code, in the language of the desk."""

from dataclasses import dataclass

from console import words
from console.found import Found
from dispatch.initials import initials_of
from dispatch.taxonomy import Taxonomy, raised_by_devices


@dataclass(frozen=True, slots=True)
class _Entry:
    haystack: str
    found: Found
    by_devices: bool


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
                raised_by_devices(each.code),
            )
            for each in taxonomy.categories
        ]

    def find(self, text: str, *, limit: int) -> list[Found]:
        """Return the kinds that hold every part of a text, the severe ones first.

        What only devices raise comes last: nobody reports it, and it must not be taken
        for a slip of the finger.
        """
        needle = text.lower()
        found = [
            (entry.by_devices, entry.found.severity, entry.haystack.find(needle), entry)
            for entry in self._entries
            if needle and all(part in entry.haystack for part in needle.split())
        ]
        found.sort(key=lambda each: each[:3])
        return [entry.found for *_, entry in found[:limit]]
