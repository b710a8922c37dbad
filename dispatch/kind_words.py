"""Which kinds a report may be of, by the words in it, and by which. Pure, no network.

The words and what each counts for stand in `resources/kind_words.json`, kind by kind.
A kind's weight is the sum of its words that stand in the text, each counted once, one
that is a part of another left out: 井盖 is not counted beside 井盖没了.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from dispatch.taxonomy import Taxonomy

Words = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind that a report may be of.

    Attributes:
        code: Taxonomy code.
        weight: What its words count for together.
        words: Those that stand in the text, the weightiest first.
    """

    code: str
    weight: float
    words: tuple[str, ...]


@cache
def kind_words() -> Words:
    """Return what words speak for which kind, and how much each counts for."""
    data = resources.files("resources").joinpath("kind_words.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, dict[str, float]])


def propose(
    text: str, taxonomy: Taxonomy, *, limit: int = 5, words: Words | None = None
) -> list[Proposal]:
    """Return the kinds a text speaks of: the weightiest first, then the gravest.

    Args:
        text: What was said.
        taxonomy: The kinds there are.
        limit: How many at most.
        words: Other words than the program's own.
    """
    said = unicodedata.normalize("NFKC", text).casefold()
    found = []
    for code, weights in (kind_words() if words is None else words).items():
        category = taxonomy.find(code)
        if category is None:
            continue
        there = [word for word in weights if word.casefold() in said]
        kept = [
            word
            for word in there
            if not any(word != other and word in other for other in there)
        ]
        if kept:
            kept.sort(key=lambda word: (-weights[word], word))
            weight = sum(weights[word] for word in kept)
            found.append((category.severity, Proposal(code, weight, tuple(kept))))
    found.sort(key=lambda each: (-each[1].weight, each[0], each[1].code))
    return [proposal for _, proposal in found[: max(0, limit)]]
