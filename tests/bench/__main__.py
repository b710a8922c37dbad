"""The benches: `python -m tests.bench NAME [options] --json`.

Progress goes to stderr; the last line of stdout is one JSON object. A bench that
could not run says "error" in it and exits with 1.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence

from tests.bench.kit import BenchError, Report, say

# Each one's name and module; a module has `add_options` and `run`.
BENCHES = {
    "wall": "wall",
    "wall-peers": "wall_peers",
    "callup": "callup",
    "latency": "latency",
    "reconnect": "reconnect",
    "intake": "intake",
    "feed": "feed",
    "flood": "flood",
    "worker-kill": "worker_kill",
    "store": "store",
    "queue": "lanes",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one bench and return the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    name = arguments[0] if arguments else ""
    if name not in BENCHES:
        say(f"usage: python -m tests.bench {{{','.join(BENCHES)}}} [options] --json")
        return 2
    bench = importlib.import_module(f"tests.bench.{BENCHES[name]}")
    parser = argparse.ArgumentParser(prog=f"python -m tests.bench {name}")
    parser.add_argument("--json", action="store_true", help="what it does anyway")
    bench.add_options(parser)
    options = parser.parse_args(arguments[1:])
    report = Report(name)
    status = 0
    try:
        bench.run(options, report)
    except (BenchError, OSError, TimeoutError) as error:
        report.add(error=str(error))
        status = 1
    sys.stdout.write(report.line() + "\n")
    sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
