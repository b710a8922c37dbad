"""Finds kinds of cases by words, initials or code, or by what a caller says of it."""

from dataclasses import dataclass, replace

from console import words
from console.found import Found
from dispatch.initials import initials_of
from dispatch.kind_words import propose
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
        self._taxonomy = taxonomy
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

        Where none does, those that a caller's words speak of. First those with a word or initials that begin or end with it, the severe ones
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
        if not found:
            return self.propose(text, limit=limit)
        return [entry.found for *_, entry in found[:limit]]

    def propose(self, text: str, *, limit: int) -> list[Found]:
        """Return the kinds that what a caller says speaks of, with the words that do."""
        by_code = {entry.found.key: entry.found for entry in self._entries}
        return [
            replace(by_code[each.code], about=" · ".join(each.words))
            for each in propose(text, self._taxonomy, limit=limit)
        ]
