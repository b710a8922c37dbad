"""Which cameras stand ready though nobody looks at them, and how much of them is kept.

Pure: candidates in, the chosen ones out, each with its reason, within a budget. What a
desk asks of the cameras and of the network is known before it asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from video.contract import RING_S

#: Near an open case, and of what is being looked at again.
LONG_RING_S: Final = 120
#: What a stream takes where nobody has measured it: small, and large.
SUB_MBIT_S: Final = 0.65
MAIN_MBIT_S: Final = 4.0


class Reason(StrEnum):
    """Why a camera is kept."""

    SHOWN = "shown"  # somebody looks at it
    PINNED = "pinned"  # comes back when the case is put away
    CASE = "case"  # near an open case
    RECENT = "recent"  # was looked at a moment ago
    RISK = "risk"  # its grid had much, or bad, in the last day
    REST = "rest"  # for a case that nobody knows of yet


@dataclass(frozen=True, slots=True)
class Candidate:
    """A camera that may be kept ready.

    Attributes:
        camera_id: Which one; it may stand in the list more than once.
        reason: Why.
        mbit_s: What its stream takes.
    """

    camera_id: str
    reason: Reason
    mbit_s: float = SUB_MBIT_S


@dataclass(frozen=True, slots=True)
class Budget:
    """What one desk may take.

    Attributes:
        mbit_s: For streams that nobody looks at; those that are shown are an order.
        mb: Memory of all rings, shown ones too, by expected size.
        cameras: How many stand ready at most, those that are shown included.
        at_rest: From how many on nothing stands ready for no reason of its own.
    """

    mbit_s: float = 40.0
    mb: float = 64.0
    cameras: int = 60
    at_rest: int = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """A camera that is kept.

    Attributes:
        camera_id: Which one.
        reason: The first there was.
        ring_s: How many seconds can be looked at again; 0: it only stands ready.
    """

    camera_id: str
    reason: Reason
    ring_s: int


def choose(candidates: Iterable[Candidate], budget: Budget) -> list[Kept]:
    """Return what is kept, in the order of the candidates: earlier ones take first.

    Where memory is short a ring gets shorter before its camera is left out.
    """
    wanted: dict[str, list[Candidate]] = {}
    for each in candidates:
        wanted.setdefault(each.camera_id, []).append(each)
    chosen: list[Kept] = []
    mbit_s, mb, ready = 0.0, 0.0, 0
    for camera_id, claims in wanted.items():
        first = claims[0]
        shown = first.reason is Reason.SHOWN
        if not shown:
            if ready >= budget.cameras or mbit_s + first.mbit_s > budget.mbit_s:
                continue
            if first.reason is Reason.REST and ready >= budget.at_rest:
                continue
            mbit_s += first.mbit_s
        # Those that are shown count too: a call-up opens no other camera beside it.
        ready += 1
        long = any(each.reason is Reason.CASE for each in claims)
        lengths = (LONG_RING_S, RING_S, 0) if long else (RING_S, 0)
        ring_s = next(
            length
            for length in lengths
            if not length or mb + first.mbit_s * length / 8 <= budget.mb
        )
        mb += first.mbit_s * ring_s / 8
        chosen.append(Kept(camera_id, first.reason, ring_s))
    return chosen
