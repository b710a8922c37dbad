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

    def has_at_an_end(self, needle: str) -> bool:
        """Return whether a word begins or ends with it."""
        return any(
            word.startswith(needle) or word.endswith(needle)
            for word in self.haystack.split()
        )


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
        """Return the kinds that hold every part of a text.

        First those with a word or initials that begin or end with it, the severe ones
        before the others: `lj` is 垃圾 before it is letters out of 道路积水. What only
        devices raise comes last: nobody reports it, and it must not be taken for a slip
        of the finger.
        """
        needle = text.lower()
        found = [
            (
                entry.by_devices,
                not entry.has_at_an_end(needle),
                entry.found.severity,
                entry.haystack.find(needle),
                entry,
            )
            for entry in self._entries
            if needle and all(part in entry.haystack for part in needle.split())
        ]
        found.sort(key=lambda each: each[:4])
        return [entry.found for *_, entry in found[:limit]]
