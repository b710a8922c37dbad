"""Who answers for a case: by its kind, its grid, how grave it is, how many it concerns.

Pure; the rules stand in the profile. A town without any goes by the department of the
kind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dispatch.cases import Case
from dispatch.grids import Grid
from dispatch.taxonomy import GRID_LEADER, RouteRule, Taxonomy
from dispatch.units import Unit

LEADER = "网格长"


@dataclass(frozen=True, slots=True)
class Route:
    """Where a case goes.

    Attributes:
        department: Who answers for it.
        unit_id: The one person it is, or "".
    """

    department: str
    unit_id: str = ""


def route(case: Case, taxonomy: Taxonomy, grids: Mapping[str, Grid]) -> Route:
    """Return who answers for a case; a grid that nobody leads leaves it to the kind."""
    category = taxonomy.category(case.category)
    for rule in taxonomy.rules.routes:
        if not _fits(rule, case, joint=bool(category.helpers)):
            continue
        if rule.to != GRID_LEADER:
            return Route(rule.to)
        leader = leader_of(case.grid_code, grids)
        if leader:
            return Route(LEADER, leader)
    return Route(category.department)


def departments(
    taxonomy: Taxonomy, units: Iterable[Unit], stations: Iterable[str] = ()
) -> frozenset[str]:
    """Return the departments that are known: by a town's rules, people and stations.

    The one home of that: what can be chosen, and what is refused.
    """
    named = {each.department for each in taxonomy.categories}
    named.update(name for each in taxonomy.categories for name in each.helpers)
    named.update(rule.to for rule in taxonomy.rules.routes)
    named.update(name for rule in taxonomy.rules.direct for name in rule.copies)
    named.update(unit.department for unit in units)
    named.update(stations)
    return frozenset(named - {"", GRID_LEADER})


def leader_of(grid_code: str, grids: Mapping[str, Grid]) -> str:
    """Return who leads a grid, or the nearest one above it; "" where nobody does."""
    seen: set[str] = set()
    grid = grids.get(grid_code)
    while grid is not None and grid.code not in seen:
        if grid.leader_unit_id:
            return grid.leader_unit_id
        seen.add(grid.code)
        grid = grids.get(grid.parent)
    return ""


def _fits(rule: RouteRule, case: Case, *, joint: bool) -> bool:
    return (
        case.grid_code.startswith(rule.grid)
        and case.category.startswith(rule.category)
        and (not rule.severities or case.severity in rule.severities)
        and (joint or not rule.joint)
    )
