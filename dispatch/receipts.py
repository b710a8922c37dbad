"""The answer to a command that was applied; what both ends of the desk protocol know."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Receipt:
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
    value: object = field(default=None, repr=False)
