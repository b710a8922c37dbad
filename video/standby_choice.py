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
    TRIED = "tried"  # whether it answers, for a moment; of such there are a few
    CASE = "case"  # near an open case
    PINNED = "pinned"  # comes back when the case is put away
    RECENT = "recent"  # was looked at a moment ago
    RISK = "risk"  # its grid had much, or bad, in the last day
    REST = "rest"  # for a case that nobody knows of yet


#: These are opened whatever else there is, and take nobody's place.
_GIVEN: Final = (Reason.SHOWN, Reason.TRIED)


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
        cameras: How many stand ready at most, beside those that are shown.
        at_rest: From how many on, shown ones included, nothing stands ready for no
            reason of its own: a call-up opens no other camera beside it.
    """

    mbit_s: float = 40.0
    mb: float = 64.0
    cameras: int = 60
    at_rest: int = 60


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
    claims: dict[str, list[Candidate]] = {}
    for each in candidates:
        claims.setdefault(each.camera_id, []).append(each)
    chosen: list[str] = []
    mbit_s, ready = 0.0, 0
    for camera_id, (first, *_) in claims.items():
        if first.reason not in _GIVEN:
            if ready >= budget.cameras or mbit_s + first.mbit_s > budget.mbit_s:
                continue
            if first.reason is Reason.REST and len(chosen) >= budget.at_rest:
                continue
            mbit_s += first.mbit_s
            ready += 1
        chosen.append(camera_id)
    rings = _rings({camera_id: claims[camera_id] for camera_id in chosen}, budget.mb)
    return [Kept(k, claims[k][0].reason, rings[k]) for k in chosen]


def _rings(claims: dict[str, list[Candidate]], most_mb: float) -> dict[str, int]:
    """Return how many seconds of each are kept.

    First what is shown and what is near a case has a little of its past, then that near
    a case a longer one, and then the others: one large stream leaves the views beside it
    theirs.
    """
    long = {
        k for k, all_ in claims.items() if any(c.reason is Reason.CASE for c in all_)
    }
    first = [k for k in claims if k in long or claims[k][0].reason is Reason.SHOWN]
    last = [k for k in claims if k not in first]
    rings, mb = dict.fromkeys(claims, 0), 0.0
    for camera_ids, ring_s in (
        (first, RING_S),
        ([k for k in first if k in long], LONG_RING_S),
        ([k for k in last if claims[k][0].reason is not Reason.TRIED], RING_S),
    ):
        for camera_id in camera_ids:
            more = claims[camera_id][0].mbit_s * (ring_s - rings[camera_id]) / 8
            if mb + more <= most_mb:
                rings[camera_id], mb = ring_s, mb + more
    return rings
