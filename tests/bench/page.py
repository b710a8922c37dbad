"""`python -m tests.bench.page [FILE]`: run the benches and write their figures down.

Every figure on the page comes out of the run that writes it.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil

from dispatch.service import utc_now
from tests.bench.kit import say

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
Figures = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """What a figure must be.

    Attributes:
        key: The figure's name.
        most: It is at most this, or
        least: at least this.
        most_of: It is at most this figure and `most` together.
        either_way: It is no further than `most` from nothing, above or below.
    """

    key: str
    most: float | None = None
    least: float | None = None
    most_of: str = ""
    either_way: bool = False

    def limit(self, figures: Figures) -> float:
        """Return the limit in this run."""
        above = float(figures[self.most_of]) if self.most_of else 0.0
        return above + (self.most if self.most is not None else self.least or 0.0)

    def holds(self, figures: Figures) -> bool:
        """Return whether the figure is on the right side."""
        value, limit = float(figures[self.key]), self.limit(figures)
        if self.either_way:
            value = abs(value)
        return value <= limit if self.most is not None else value >= limit

    def words(self, figures: Figures) -> str:
        """Return it for the table."""
        sign = "≤" if self.most is not None else "≥"
        sign = "within ±" if self.either_way else sign
        return f"{sign} {_number(self.limit(figures))}"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One bench as it is run for the page.

    Attributes:
        words: Its name and options.
        what: One sentence of what it does.
        reference: The figure of plain means, and what those are.
        thresholds: What must hold.
    """

    words: tuple[str, ...]
    what: str
    reference: tuple[str, str]
    thresholds: tuple[Threshold, ...]


_DECODING: Final = ("ffmpeg_ms_per_frame", "bare FFmpeg decoding, one thread")
RUNS: Final = (
    Measured(
        words=("wall", "--tiles", "36"),
        what="Thirty-six cameras (640x360, 15 a second) live in one window of"
        " 1920x1080; each frame is checked by the number in its painted pixels. The"
        " cost is that of window, video workers and service together.",
        reference=_DECODING,
        thresholds=(
            Threshold(key="ratio", most=1.5),
            Threshold(key="shown_ratio", least=0.98),
            Threshold(key="ui_cpu_percent", most=12.0),
            Threshold(key="ui_tick_late_ms_p99", most=10.0),
        ),
    ),
    Measured(
        words=("wall", "--tiles", "64"),
        what="The same with sixty-four.",
        reference=_DECODING,
        thresholds=(Threshold(key="shown_ratio", least=0.95),),
    ),
    Measured(
        words=("wall", "--tiles", "4", "--kind", "main"),
        what="The same with four large streams (1920x1080, 25 a second).",
        reference=_DECODING,
        thresholds=(
            Threshold(key="ratio", most=1.4),
            Threshold(key="shown_ratio", least=0.98),
        ),
    ),
    Measured(
        words=("wall-peers", "--tiles", "16"),
        what="`wall --tiles 16`, and then the same by other means: one ffplay for each"
        " camera, and Qt's own players in one window.",
        reference=_DECODING,
        thresholds=(
            Threshold(key="ratio", most=2.3),
            Threshold(key="shown_ratio", least=0.98),
            Threshold(key="ui_tick_late_ms_p99", most=15.0),
            Threshold(key="ratio_to_best_peer", most=0.5),
        ),
    ),
    Measured(
        words=("callup", "--standby", "60"),
        what="Four of sixty cameras on standby are called into four tiles at once,"
        " and others that nobody kept ready; what counts is the newest picture,"
        " painted. What standby costs is the difference to the same program without.",
        reference=("ffmpeg_cold_ms_p95", "bare FFmpeg opens a camera"),
        thresholds=(
            Threshold(key="standby_cpu_percent", most=20.0),
            Threshold(key="standby_pss_mb", most=100.0),
            Threshold(key="first_ms_p95", most=60.0),
            Threshold(key="all_four_ms_p95", most=110.0),
            Threshold(key="cold_ms_p95", most=500.0, most_of="gop_ms"),
        ),
    ),
    Measured(
        words=("callup", "--standby", "200"),
        what="The same with two hundred on standby.",
        reference=("ffmpeg_cold_ms_p95", "bare FFmpeg opens a camera"),
        thresholds=(
            Threshold(key="standby_cpu_percent", most=50.0),
            Threshold(key="standby_pss_mb", most=300.0),
        ),
    ),
    Measured(
        words=("latency", "--seconds", "300"),
        what="From the moment a camera sends a picture to its number in painted"
        " pixels, on a wall of sixteen.",
        reference=("ffmpeg_ms_p50", "bare FFmpeg, to the decoded picture"),
        thresholds=(
            Threshold(key="source_to_paint_ms_p95", most=250.0),
            Threshold(key="growth_ms_per_hour", most=60.0, either_way=True),
        ),
    ),
    Measured(
        words=("reconnect", "--cameras", "200"),
        what="Two hundred cameras, four of them in tiles: half refuse, half fall"
        " silent, and all come back.",
        reference=("ffmpeg_cold_ms", "bare FFmpeg opens a camera"),
        thresholds=(
            Threshold(key="first_back_ms", most=10_000.0),
            Threshold(key="all_back_ms", most=60_000.0),
            Threshold(key="cpu_percent_while_away", most=5.0),
        ),
    ),
    Measured(
        words=("intake", "--kill", "5"),
        what="Two hundred encrypted devices send readings, positions, heartbeats and"
        " alarms while an operator goes on working; then the service is killed five"
        " times. A message counts when it is acknowledged, which is after its commit"
        " is on the disk.",
        reference=("raw_commit_per_s", "the same rows and batches by plain sqlite3"),
        thresholds=(
            Threshold(key="events_per_s", least=10_000),
            Threshold(key="ack_ms_p99", most=100.0),
            Threshold(key="command_commit_ms_p95_under_load", most=100.0),
            Threshold(key="lost", most=0),
            Threshold(key="duplicates", most=0),
        ),
    ),
    Measured(
        words=("feed", "--consoles", "3"),
        what="From a device's alarm to its row, painted at each of three consoles.",
        reference=("raw_path_ms_p50", "a commit, and a socket there and back"),
        thresholds=(Threshold(key="device_to_row_ms_p95", most=200.0),),
    ),
    Measured(
        words=("flood", "--alarms-per-minute", "1000", "--seconds", "180"),
        what="A thousand alarms a minute before one desk, the whole window of it, while"
        " five thousand terminals say where they are every ten seconds. A panic button"
        " is pressed every quarter of a minute: until its row is painted on top."
        " `ui_work` is the window's own work in a frame, which a busy machine makes no"
        " longer.",
        reference=("raw_path_ms_p50", "a commit, and a socket there and back"),
        thresholds=(
            Threshold(key="lost", most=0),
            Threshold(key="panic_to_top_ms_max", most=1000.0),
            Threshold(key="ui_frame_ms_p99", most=50.0),
            Threshold(key="pss_growth_percent", most=10.0),
        ),
    ),
    Measured(
        words=("queue", "--cases", "500"),
        what="The lanes with five hundred open cases, a hundred and forty of them"
        " overdue and one urgent and fresh, scrolled row by row; each frame is painted"
        " at once. `due_rows` are the rows that the overdue take.",
        reference=("plain_list_frame_ms_p99", "as many rows of a plain list of Qt's"),
        thresholds=(
            Threshold(key="scroll_frame_ms_p99", most=33.0),
            Threshold(key="now_rows", most=1),
            Threshold(key="due_rows", most=12),
        ),
    ),
    Measured(
        words=("worker-kill",),
        what="Each video worker of a wall of sixteen is killed once.",
        reference=("plain_start_ms", "a bare Python loading the same libraries"),
        thresholds=(
            Threshold(key="worker_back_ms", most=1500.0),
            Threshold(key="all_tiles_back_ms", most=2000.0, most_of="gop_ms"),
            Threshold(key="ui_tick_late_ms_max", most=50.0),
        ),
    ),
)
COMMON = frozenset({"name", "version", "seconds", "cpu_count", "load_1m"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every bench, write the page, and return 1 where one could not run."""
    given = sys.argv[1:] if arguments is None else arguments
    page = Path(given[0]) if given else PAGE
    results = [_run(each.words) for each in RUNS]
    page.write_text(page_of(results), encoding="utf-8", newline="\n")
    say(f"written: {page}")
    return int(any("error" in figures for figures in results))


def _run(words: Sequence[str]) -> Figures:
    say(f"== {' '.join(words)}")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", *words, "--json"],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = done.stdout.splitlines()
    if not lines:
        return {"error": f"no report, exit status {done.returncode}"}
    figures: Figures = json.loads(lines[-1])
    return figures


def page_of(results: Sequence[Figures]) -> str:
    """Return the page for the results of `RUNS`, in their order."""
    loads = ", ".join(
        f"{each['load_1m']} ({each['name']})" for each in results if "load_1m" in each
    )
    parts = [
        "# Performance",
        "Written by `make bench`; nothing here is typed by hand. Times differ from"
        " machine to machine, so each bench measures its reference in the same run,"
        " before and after ours.",
        f"* Date: {utc_now():%Y-%m-%d %H:%M} UTC\n"
        f"* Machine: {_processor()}, {os.cpu_count()} cores,"
        f" {psutil.virtual_memory().total / 2**30:.0f} GiB, {platform.platform()},"
        f" CPython {platform.python_version()}\n"
        f"* Load when each ended: {loads}",
    ]
    for run, figures in zip(RUNS, results, strict=True):
        parts += [f"## `{' '.join(run.words)}`", run.what, _table(run, figures)]
    return "\n\n".join(parts) + "\n"


def _table(run: Measured, figures: Figures) -> str:
    if "error" in figures:
        return f"It could not run: {figures['error']}"
    limits = {threshold.key: threshold for threshold in run.thresholds}
    rows = ["| figure | measured | threshold | |", "|---|---:|---:|---|"]
    for key, value in figures.items():
        if key in COMMON:
            continue
        if value is None:
            why = figures.get(key.partition("_")[0] + "_reason", "")
            rows.append(f"| {key} | — |  | {why} |")
            continue
        if not isinstance(value, int | float):
            continue
        limit = limits.get(key)
        wanted = verdict = ""
        if limit is not None:
            wanted = limit.words(figures)
            verdict = "holds" if limit.holds(figures) else "**missed**"
        elif key == run.reference[0]:
            verdict = f"reference: {run.reference[1]}"
        rows.append(f"| {key} | {_number(value)} | {wanted} | {verdict} |")
    return "\n".join(rows)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"


def _processor() -> str:
    """Return the processor's name as people know it."""
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
