"""What processes of the program do for themselves when they start."""

import gc
import sys
from typing import Final

#: Objects more than before, until it is worth looking for garbage.
GARBAGE_AFTER: Final = 20_000


def forbid_core_dumps() -> None:
    """Leave no image of the memory on the disk: log-ins of cameras may be in it.

    What the process starts has the same limit; Windows writes none by itself.
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def calm_garbage_collection() -> None:
    """Look for garbage less often, and not among what stays for good.

    Python's own pace costs a tenth of a busy thread's time; and what was loaded at the
    start alone takes a tenth of a second to look through, at a moment nobody chose.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, 20, 20)
