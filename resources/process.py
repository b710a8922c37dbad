"""What every process of the program does for itself before anything else."""

import sys


def forbid_core_dumps() -> None:
    """Leave no image of the memory on the disk: log-ins of cameras may be in it.

    What the process starts has the same limit; Windows writes none by itself.
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
