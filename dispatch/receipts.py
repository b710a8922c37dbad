"""The answer to a command that was applied; what both ends of the desk protocol know."""

from typing import NamedTuple


class Receipt(NamedTuple):
    """The answer to a command that was applied.

    Attributes:
        command_id: The command's.
        number: Newest change when it was committed; a board that has applied it
            shows the command's effect.
        duplicate: It had been applied before; nothing was done again.
        value: The case id for `ReportCase`, (username, password) or None for
            `OpenStream`. Never shown in its text form.
    """

    command_id: str
    number: int
    duplicate: bool = False
    value: object = None

    def __repr__(self) -> str:
        """Return all but the value."""
        number, again = self.number, self.duplicate
        return f"Receipt({self.command_id!r}, {number=}, duplicate={again})"
