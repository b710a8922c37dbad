"""Errors that somebody can act on, in words that can be said in another language."""


class ToldError(Exception):
    """An error in words with gaps, kept apart so that a desk can translate them.

    Args:
        text: In English, with gaps.
        values: What fills the gaps; another of these is translated too.

    Attributes:
        text: Likewise.
        values: Likewise.
    """

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text.format(**values))
        self.text = text
        self.values = values
