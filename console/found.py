"""What a search found, as a list beside a field names it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One result of a search, for whoever lists it and whoever chose it.

    Attributes:
        key: What it is, for whoever asked.
        text: As it is called.
        about: What tells it from others of that name.
        severity: Badge in front, or 0.
    """

    key: object
    text: str
    about: str = ""
    severity: int = 0
