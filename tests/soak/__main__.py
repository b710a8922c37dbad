"""Long runs: `python -m tests.soak NAME [options] --json`.

Progress goes to standard error; the last line of standard output is one JSON object
with the verdict. The exit status is 0 where everything held.
"""

import importlib
import sys

NAMES = ("day", "fuzz", "tours", "week")


def main(arguments: list[str]) -> int:
    """Run one soak."""
    if not arguments or arguments[0] not in NAMES:
        sys.stderr.write(f"usage: python -m tests.soak {{{'|'.join(NAMES)}}} …\n")
        return 2
    run = importlib.import_module(f"tests.soak.{arguments[0]}").run
    return int(run(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
