"""How large the marks are that give way to each other, in pixels of the design."""

from typing import Final

UNIT_RADIUS: Final = 9.0
SIZE: Final = 32.0  # of a case
OPEN_SIZE: Final = 36.0
OPEN_RING: Final = 27.0
