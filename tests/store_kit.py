"""A store that many tests begin with: made once in a process, copied for each test.

Its tables and a small town take longer than what most tests do with them.
"""

import tempfile
from collections.abc import Callable, Hashable
from pathlib import Path

_MADE: dict[Hashable, bytes] = {}


def begin_store(path: Path, what: Hashable, make: Callable[[Path], None]) -> None:
    """Put a SQLite store where none is yet: what `make` leaves, made once.

    Args:
        path: Where it is to stand.
        what: Tells one content from another.
        make: Makes it at a path, and closes it.
    """
    if what not in _MADE:
        with tempfile.TemporaryDirectory() as folder:
            first = Path(folder, path.name)
            make(first)
            assert [each.name for each in first.parent.iterdir()] == [path.name]
            _MADE[what] = first.read_bytes()
    path.write_bytes(_MADE[what])
