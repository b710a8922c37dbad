"""What a page says of places and people: at a desk everything, on a wall less."""

from dispatch.cases import Case
from dispatch.units import Unit


class Wording:
    """The words of a page at a desk: whoever works there reads everything."""

    def place(self, case: Case) -> str:
        """Return where a case is, "" where that may not be read."""
        return case.place_name

    def unit(self, unit: Unit) -> str:
        """Return who is at it."""
        return unit.name

    def department(self, name: str) -> str:
        """Return whose cases these are."""
        return name

    def notice(self, text: str) -> str:
        """Return a notice as it may be read."""
        return text
