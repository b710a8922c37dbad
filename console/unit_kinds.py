"""Kinds of unit: told apart by shape in the list, on the map and in the legend.

A unit's role is the trade's own word, and towns have many; here it is sorted into
the few kinds that an operator chooses between. What no word speaks of is staff.
"""

import re
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from dispatch.units import Unit


class UnitKind(Enum):
    """What kind of help a unit is; each has a shape of its own."""

    STAFF = "staff"  # circle
    POLICE = "police"  # shield
    FIRE = "fire"  # house: a fire post
    VEHICLE = "vehicle"  # body on two wheels
    VOLUNTEER = "volunteer"  # heart


# The first that speaks of a unit's role decides: a fire engine is sent as a vehicle.
_SPEAKS_OF = (
    (UnitKind.VEHICLE, re.compile(r"车|船|艇|vehicle|engine|car\b|boat", re.I)),
    (UnitKind.FIRE, re.compile(r"消防|救援|微站|fire|rescue", re.I)),
    (UnitKind.POLICE, re.compile(r"警|公安|派出所|police", re.I)),
    (UnitKind.VOLUNTEER, re.compile(r"志愿|义工|volunteer", re.I)),
)
_TITLES = {
    UnitKind.STAFF: QT_TRANSLATE_NOOP("UnitKind", "Staff"),
    UnitKind.POLICE: QT_TRANSLATE_NOOP("UnitKind", "Police"),
    UnitKind.FIRE: QT_TRANSLATE_NOOP("UnitKind", "Fire post"),
    UnitKind.VEHICLE: QT_TRANSLATE_NOOP("UnitKind", "Vehicle"),
    UnitKind.VOLUNTEER: QT_TRANSLATE_NOOP("UnitKind", "Volunteer"),
}


def kind_of(unit: Unit) -> UnitKind:
    """Return what kind of help a unit is, by its role."""
    return _kind_of(unit.role)


@lru_cache(maxsize=1024)  # a town has few roles and thousands of people
def _kind_of(role: str) -> UnitKind:
    return next(
        (kind for kind, words in _SPEAKS_OF if words.search(role)), UnitKind.STAFF
    )


def title_of(kind: UnitKind) -> str:
    """Return what a kind is called."""
    return QCoreApplication.translate("UnitKind", str(_TITLES[kind]))


def name_and_members(unit: Unit) -> tuple[str, str]:
    """Return a unit's own name, and who is in it where the name says so: 微站一组(…)."""
    name, opened, members = unit.name.replace("（", "(").partition("(")
    return name.strip(), members.rstrip(")）").strip() if opened else ""
