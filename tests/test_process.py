"""What a process does for itself, seen from outside: it lasts as long as the process."""

import json
import os
import subprocess
import sys

from resources.process import GARBAGE_AFTER
from tests.limits_kit import PATIENCE_S

WINDOW = """
import gc, json
from console.app import make_application
application = make_application()
print(json.dumps([gc.get_threshold()[0], gc.get_freeze_count(), len(gc.get_objects())]))
"""


def test_a_program_with_a_window_never_looks_through_what_it_loaded():
    done = subprocess.run(
        [sys.executable, "-c", WINDOW],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    after, kept, looked_through = json.loads(done.stdout)
    assert after == GARBAGE_AFTER
    assert looked_through < kept / 10
