"""值班: who is on duty today by the roster, and in which groups they are listed. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from dispatch.grids import Grid
from dispatch.initials import initials_of
from dispatch.roster import on_shift
from dispatch.units import Unit, UnitStatus

ROLE, DEPARTMENT, GRID, EVERYBODY = "role", "department", "grid", "everybody"
#: How the list can be read: today's by one of these, or all there are.
ORDERS: Final = (ROLE, DEPARTMENT, GRID, EVERYBODY)


@dataclass(frozen=True, kw_only=True, slots=True)
class OnDuty:
    """Somebody in the list.

    Attributes:
        unit: Who.
        grid: What the grid is called they answer for, or "".
        is_on: On shift now; None: no roster names them.
        hours: Their shifts today, as `dispatch.roster` keeps them; "" none.
    """

    unit: Unit
    grid: str
    is_on: bool | None
    hours: str


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one role, department or grid; on shift first, then by name."""

    name: str
    people: tuple[OnDuty, ...]


def has_roster(units: Iterable[Unit]) -> bool:
    """Return whether a roster was ever put in."""
    return any(unit.roster for unit in units)


def listed(
    units: Iterable[Unit],
    grids: Mapping[str, Grid],
    local: datetime,
    *,
    by: str = ROLE,
    text: str = "",
) -> tuple[Group, ...]:
    """Return who is on duty today, in groups in the order of the register.

    Today's are those with a shift that is today's or still goes on, and those whom no
    roster names, as long as they have not signed off.

    Args:
        units: All there are.
        grids: Names the grids.
        local: Now, by the town's clocks.
        by: One of `ORDERS`.
        text: Part of a name, role, department or grid, or pinyin initials of a name;
            "" is everybody.
    """
    found: dict[str, list[OnDuty]] = {}
    for unit in units:
        hours = unit.roster[local.weekday()] if unit.roster else ""
        is_on = on_shift(unit.roster, local)
        today = bool(hours or is_on) or (
            is_on is None and unit.status is not UnitStatus.OFF_DUTY
        )
        grid = grids.get(unit.grid_code)
        each = OnDuty(
            unit=unit, grid="" if grid is None else grid.name, is_on=is_on, hours=hours
        )
        if (today or by == EVERYBODY) and _matches(each, text):
            found.setdefault(_GROUPS[by](each), []).append(each)
    return tuple(
        Group(name, tuple(sorted(people, key=_rank)))
        for name, people in sorted(found.items(), key=lambda group: not group[0])
    )


_GROUPS: Final[Mapping[str, Callable[[OnDuty], str]]] = {
    ROLE: lambda each: each.unit.role,
    DEPARTMENT: lambda each: each.unit.department,
    GRID: lambda each: each.grid,
    EVERYBODY: lambda each: each.unit.role,
}


def _rank(each: OnDuty) -> tuple[bool, bool, str, str]:
    away = each.unit.status is UnitStatus.OFF_DUTY
    return each.is_on is False, away, each.unit.name, each.unit.unit_id


def _matches(each: OnDuty, text: str) -> bool:
    wanted = text.strip().casefold()
    if not wanted:
        return True
    unit = each.unit
    written = (unit.name, unit.role, unit.department, each.grid, unit.unit_id)
    if any(wanted in part.casefold() for part in written):
        return True
    return wanted.isascii() and any(
        spelling.startswith(wanted) for spelling in _initials(unit.name).split()
    )


@lru_cache(4_096)  # asked with each letter that is typed
def _initials(name: str) -> str:
    return initials_of(name)
