"""参观模式: what visitors may read on a wall. Pure.

Only what is known to be public passes: the name of a road, of a community, of a
category. Nothing is cut out of a text: whatever is not one of these names is left
away, so that a name nobody thought of cannot slip through.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COMMUNITY_DIGITS = 12  # of a grid's code; the rest says which grid of it
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class VisitorWords:
    """The public names of one town.

    Attributes:
        roads: Names of roads, the longest first.
        communities: Names of villages and communities by their code.
    """

    roads: tuple[str, ...] = ()
    communities: Mapping[str, str] | None = None

    def place(self, text: str, grid_code: str = "") -> str:
        """Return what may be said of a place: its road, else its community, else "".

        Args:
            text: The place as people say it: 桃源路88号桃源新邨12幢301.
            grid_code: The grid it lies in, or "".
        """
        for road in self.roads:
            if road in text:
                return road
        known = self.communities or {}
        community = known.get(grid_code[:COMMUNITY_DIGITS], "")
        if community:
            return community
        named = [each for each in known.values() if each in text]
        return max(named, key=len, default="")

    def case(self, category: str, text: str, grid_code: str = "") -> str:
        """Return what may be said of a case: its category, and where about it is."""
        return BETWEEN.join(
            part for part in (category, self.place(text, grid_code)) if part
        )


def visitor_words(
    *,
    roads: Iterable[str],
    communities: Mapping[str, str],
    private: Iterable[str],
) -> VisitorWords:
    """Return the public names of a town.

    Args:
        roads: Names of its roads.
        communities: Names of its villages and communities by code.
        private: Names of people, homes and shops: a road or community of that name,
            or with that name in its own, is left away.
    """
    hidden = {each for each in private if each}

    def passes(name: str) -> bool:
        told = any(each in name for each in hidden)
        return bool(name) and not told and not any(each.isdigit() for each in name)

    return VisitorWords(
        tuple(
            sorted({each for each in roads if passes(each)}, key=lambda n: (-len(n), n))
        ),
        {code: name for code, name in communities.items() if passes(name)},
    )
