"""Who asks: roles, and the actor written on every command.

Until accounts exist the roles are chosen when a seat starts and the desk shows
them as 未认证.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What someone may do; one person may hold several."""

    ACCEPTOR = "acceptor"  # 受理员
    DISPATCHER = "dispatcher"  # 派遣员
    SHIFT_LEADER = "shift_leader"  # 值班长
    HANDLER = "handler"  # 处置人员
    COLLECTOR = "collector"  # 监督员(信息采集员, 网格员)
    DEPARTMENT = "department"  # 专业部门
    TECHNICIAN = "technician"  # 技术员
    DEVICE = "device"  # a device's key
    SYSTEM = "system"  # the service itself


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose cases a station is for; a desk of the command room has none.

    Attributes:
        department: Who has to answer for them.
        grid: What the code of their grid begins with; "" the whole town.
    """

    department: str
    grid: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks and from where.

    Attributes:
        name: The person, the device id, or "lookout" for the service itself.
        seat: The seat's name such as "2号席"; empty for devices.
        roles: What they may do here.
        scope: At a station, whose cases alone; the service writes it, by its key.
    """

    name: str
    seat: str
    roles: frozenset[Role]
    scope: Scope | None = None


SYSTEM = Actor(name="lookout", seat="", roles=frozenset(Role))
