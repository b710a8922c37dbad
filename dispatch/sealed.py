"""密件: who may look through a sealed camera. One rule for service and desk. Pure.

The leader of the shift may, and every seat while it works on a danger to life: then
nobody is to wait. A look is written down like any other, with its case.
"""

from collections.abc import Collection
from typing import Final

from dispatch.cameras import Camera
from dispatch.cases import Case
from dispatch.people import Role

_GRAVE: Final = 1  # a severity: danger to life


def may_look(camera: Camera, roles: Collection[Role], case: Case | None) -> bool:
    """Return whether a seat may look through a camera.

    Args:
        camera: Which.
        roles: The seat's.
        case: What it is looked at for, or None.
    """
    if not camera.sealed or Role.SHIFT_LEADER in roles:
        return True
    return case is not None and case.state.is_open and case.severity <= _GRAVE
