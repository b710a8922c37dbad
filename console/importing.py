"""A town's files into its registers from the command line: `lookout import`.

Through the running service of that home, or one started for the moment. A file is
checked as a whole first; then its rows go in by batches, each of them one command and
whole, so small that nobody at a desk waits behind them.
"""

import itertools
import signal
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from console.command_words import language_of
from console.import_words import Words
from console.registers import (
    ANSWER_S,
    TECHNICIAN,
    snapshot_of,
    submitted,
    with_desk,
)
from dispatch.board import NO_TOWN
from dispatch.client import DeskClient
from dispatch.commands import ImportTown, Refused
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.grids import Grid, Town, middle_of
from dispatch.importing_faults import Fault
from dispatch.importing_plan import Plan, Planned, plan_import
from dispatch.importing_tables import read_table
from dispatch.receipts import Receipt
from resources.home import Home

AIM_S = 0.05  # what one batch may take; its length follows
FIRST_BATCH, SMALLEST, LARGEST = 50, 50, 150
SHOWN, NOTED = 50, 5  # lines of one sort; more are counted
NO_ROWS = frozenset({"file_missing", "file_empty"})  # then nothing is counted
# What the command takes the rows of a kind as.
FIELDS = {
    "grids": "grids",
    "staff": "units",
    "roster": "units",
    "cameras": "cameras",
    "places": "places",
    "devices": "devices",
}


def run_import(home: Home, options: Namespace) -> int:
    """Import one file, or say what that would do; return the exit status."""
    words = Words(language_of(home))
    path: Path = options.file
    if options.replace and options.kind != "roster":
        sys.stderr.write(f"{words.line('replace')}\n")
        return 2
    table = read_table(path, options.kind)
    status = 1

    def run(client: DeskClient) -> str:
        nonlocal status
        try:
            stands = snapshot_of(client)
            plan = plan_import(
                options.kind,
                table,
                stands,
                device_kinds=[kind.NAME for kind in DEVICE_KINDS],
                replaces=options.replace,
            )
            _say(report(plan, path.name, len(table.rows), words))
            status = _act(client, options, plan, stands.town, words)
        except NoAnswer:
            sys.stderr.write(f"{words.line('away')}\n")
        return ""

    try:
        return with_desk(home, run, quiet=True) or status
    except KeyboardInterrupt:
        sys.stderr.write(f"{words.line('ended')}\n")
        return 1


def _act(
    client: DeskClient, options: Namespace, plan: Plan, town: Town, words: Words
) -> int:
    """Do what a plan says, as far as it was asked for; return the exit status."""
    if options.dry_run:
        _say([words.line("dry")])
        return 1 if plan.faults else 0
    if any(fault.word in NO_ROWS for fault in plan.faults):
        _say([words.line("none")])
        return 1
    if plan.is_hopeless or (plan.faults and not options.skip_faulty):
        _say([words.line("hopeless" if plan.is_hopeless else "refused")])
        return 1
    return _write(client, plan, town_of(plan, town), words)


def report(plan: Plan, file: str, rows: int, words: Words) -> list[str]:
    """Return what a plan says, in lines; the same for a dry run and a real one."""
    lines = [words.line("rows", file=file, count=rows)]
    words = words.about(plan.kind, plan.headings)
    if any(fault.word in NO_ROWS for fault in plan.faults):
        return [f"{file}: {each}" for each in _by_line(plan.faults, words)]

    def part(
        word: str, count: int, details: Iterable[str] = (), most: int = SHOWN
    ) -> None:
        lines.append(f"  {words.line(word, count=count)}")
        shown = list(itertools.islice(details, most + 1))
        lines.extend(f"    {detail}" for detail in shown[:most])
        if len(shown) > most:
            lines.append(f"    {words.line('more', count=count - most)}")

    part("new", len(plan.new))
    part(
        "changed",
        len(plan.changed),
        (
            words.line(
                "differs",
                line=row.line,
                key=row.key,
                name=row.name,
                columns=", ".join(map(words.column, row.fields or ())),
            )
            for row in plan.changed
        ),
    )
    if plan.gone:
        leaving = (f"{row.key} {row.name}" for row in plan.gone)
        part("gone", len(plan.gone), leaving)
    part("unchanged", plan.unchanged)
    part("faulty", plan.faulty_rows, _by_line(plan.faults, words))
    if plan.notes:
        part("notes", len(plan.notes), _by_line(plan.notes, words), NOTED)
    unkept = tuple(map(words.column, plan.unkept))
    for word, columns in (("unknown", plan.unknown), ("unkept", unkept)):
        if columns:
            lines.append(f"  {words.line(word, columns=', '.join(columns))}")
    return lines


def town_of(plan: Plan, stands: Town) -> Town | None:
    """Return the town that a file of grids names, or None where it stands already."""
    nodes = [row.record for row in plan.writes() if isinstance(row.record, Grid)]
    named = next((node for node in nodes if node.level == "town"), None)
    if named is None or (named.code, named.name) == (stands.code, stands.name):
        return None
    town = replace(stands, code=named.code, name=named.name)
    middle = middle_of(tuple(point for node in nodes for point in node.outline))
    if stands == NO_TOWN and middle is not None:
        town = replace(town, origin=middle)
    return town


def _write(client: DeskClient, plan: Plan, town: Town | None, words: Words) -> int:
    rows = plan.writes()
    if not rows:
        known = plan.unchanged or plan.faulty_rows
        _say([words.line("nothing" if known else "headings")])
        return 0
    progress = Progress(sys.stderr, len(rows), words)
    batches = Batches(rows, _send_with(client, plan.kind, town))
    refusal = ""
    with Interruption() as interruption:
        try:
            for done in batches:
                progress.show(done)
                if interruption.asked:
                    break
        except Refused as refused:
            refusal = words.refusal(refused)
        progress.end()
        if batches.done < len(rows):
            stopped = words.line("stopped", done=batches.done, count=len(rows))
            _say([refusal, stopped] if refusal else [stopped])
            return 1
    if town is not None:
        _say([words.line("town", name=town.name)])
    _say([words.line("written", count=len(rows))])
    return 0


class Interruption:
    """Heeds Ctrl+C between two batches, so that what is said is what was written.

    An exception could strike between sending a batch and noting that it was sent. The
    second Ctrl+C does strike, wherever the command is: the service may be away.

    Thread: the command's own; elsewhere than on a main one nobody presses keys.

    Attributes:
        asked: Somebody has pressed it.
    """

    def __init__(self) -> None:
        self.asked = False
        self._heeds = False

    def __enter__(self) -> "Interruption":
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._heeds = True
            signal.signal(signal.SIGINT, self._on_key)
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._heeds:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _on_key(self, _number: int, _frame: object) -> None:
        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


class Batches:
    """Rows on their way, so many at a time as fit into the time a desk may wait.

    Thread: the command's own.

    Args:
        rows: What is written, in order.
        send: Sends some of them as one command.

    Attributes:
        done: Rows that are in.
    """

    def __init__(
        self,
        rows: Sequence[Planned],
        send: Callable[[Sequence[Planned]], "Future[Receipt]"],
    ) -> None:
        self.done = 0
        self._rows = rows
        self._send = send
        self._size = FIRST_BATCH
        self._under_way: tuple[Future[Receipt], int] | None = None

    def __iter__(self) -> "Batches":
        return self

    def __next__(self) -> int:
        """Write the next batch; return how many rows are in."""
        batch = self._rows[self.done : self.done + self._size]
        if not batch:
            raise StopIteration
        started = time.monotonic()
        self._under_way = self._send(batch), len(batch)
        self.finish()
        took = max(time.monotonic() - started, 1e-4)
        fitting = int(len(batch) * AIM_S / took)
        self._size = max(SMALLEST, min(fitting, 2 * self._size, LARGEST))
        return self.done

    def finish(self) -> None:
        """Wait for the batch that is under way, if one is."""
        if self._under_way is not None:
            future, count = self._under_way
            future.result(ANSWER_S)
            self._under_way = None
            self.done += count


class Progress:
    """One line that says how far it is, on a terminal only.

    Args:
        stream: Where it stands.
        count: How many rows there are.
        words: In which language.
    """

    def __init__(self, stream: TextIO, count: int, words: Words) -> None:
        self._stream = stream
        self._count = count
        self._words = words
        self._shown = False

    def show(self, done: int) -> None:
        """Say how many are in."""
        if self._stream.isatty():
            text = self._words.line("progress", done=done, count=self._count)
            self._stream.write(f"\r{text}")
            self._stream.flush()
            self._shown = True

    def end(self) -> None:
        """Leave the line."""
        if self._shown:
            self._stream.write("\n")


def _send_with(
    client: DeskClient, kind: str, town: Town | None
) -> Callable[[Sequence[Planned]], "Future[Receipt]"]:
    first = [town]

    def send(batch: Sequence[Planned]) -> "Future[Receipt]":
        put = tuple(row.record for row in batch if row.record is not None)
        records: dict[str, Any] = {FIELDS[kind]: put}
        records["off_roster"] = tuple(row.key for row in batch if row.record is None)
        named = first.pop() if first else None
        command = ImportTown(actor=TECHNICIAN, town=named)
        return submitted(client, replace(command, **records))

    return send


def _by_line(faults: Iterable[Fault], words: Words) -> Iterable[str]:
    for fault in faults:
        text = words.fault(fault)
        yield words.line("row", line=fault.line, text=text) if fault.line else text


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
