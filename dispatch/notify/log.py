"""A log file as a way to reach people: someone reads it, or a program that follows.

One line a notice, in the home's log folder; it names cases and units, nobody.
"""

import logging
from dataclasses import dataclass

NAME = "log"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something that someone should hear of.

    Attributes:
        unit_id: Whom it concerns.
        case_number: Which case.
        text: What it is, in English.
    """

    unit_id: str
    case_number: str
    text: str


def send(notice: Notice) -> None:
    """Write a notice down."""
    _log.info("%s, case %s: %s", notice.unit_id, notice.case_number, notice.text)
