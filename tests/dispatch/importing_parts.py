"""A town to import into, and what a file would do to it."""

from dispatch.board import NO_TOWN
from dispatch.changes import Snapshot
from dispatch.geo import Point
from dispatch.grids import Grid
from dispatch.importing_plan import Plan
from dispatch.units import Unit, UnitStatus

KIND_NAMES = ("smoke_detector", "worker_terminal")
AT = Point(120.93, 30.93)
GRID = Grid(code="330421111001001", name="一网格", level="grid")
WORKER = Unit(
    unit_id="W01",
    name="王建国",
    role="专职网格员",
    phone="10000000101",
    status=UnitStatus.EN_ROUTE,
    case_id=7,
    device_id="term-W01",
)
STANDS = Snapshot(number=1, town=NO_TOWN, grids=(GRID,), units=(WORKER,))


def faults(plan: Plan) -> list[tuple[int, str]]:
    return [(fault.line, fault.word) for fault in plan.faults]


STAFF = "unit_id,name,role\nW02,陈芳,兼职网格员\n"
