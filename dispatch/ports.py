"""Where a service listens: the same ports at every start, if they are free."""

import json
import logging
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dispatch.intake import Intake
from dispatch.keys import write_private
from dispatch.server import DeskServer

HOST = "127.0.0.1"
EVERYWHERE = "0.0.0.0"
# Below the ports that systems give to outgoing connections: one of those may be
# taken while a service is away, even by a device that tries to reach it there.
PORTS = range(20_000, 30_000)
TRIES = 50
PORT_WAIT_S = 2.0  # for a former service's port to become free

_log = logging.getLogger(__name__)
Line = TypeVar("Line", Intake, DeskServer)


class CannotListenError(OSError):
    """An address that somebody asked for is taken, or not this machine's."""


class Ports:
    """The addresses of this home, the same at every start if they are free.

    Devices and desks come back to where they were without being told. What is
    remembered is the way from this machine; other machines are let in only while
    the service is told so.

    Args:
        path: Where they are remembered.
        may_shut: Where an address that is wanted is taken, listen to this machine
            alone instead of failing.

    Attributes:
        shut: Addresses that were wanted, and that other machines cannot reach now.
    """

    def __init__(self, path: Path, *, may_shut: bool = False) -> None:
        self.shut: list[str] = []
        self._may_shut = may_shut
        self._path = path
        try:
            self._known: dict[str, str] = json.loads(path.read_bytes())
        except (FileNotFoundError, json.JSONDecodeError):
            self._known = {}

    def listen(self, name: str, wanted: str, start: Callable[[str], Line]) -> Line:
        """Start a line where it is wanted, else where it was, else anywhere."""
        if wanted and self._may_shut:
            line = self._start(wanted, start, patience_s=PORT_WAIT_S)
            if line is not None:
                return self._keep(name, line)
            _log.warning("%s: not on %s; only this machine can connect", name, wanted)
            self.shut.append(wanted)
            return self.listen(name, "", start)
        line = None
        former = wanted or self._own(self._known.get(name, ""))
        if former:
            line = self._start(former, start, patience_s=PORT_WAIT_S)
            if line is None and wanted:
                raise CannotListenError(f"{name}: cannot listen on {wanted}")
            if line is None:
                _log.warning("%s: the former address is taken; a new one", name)
        for port in random.sample(PORTS, TRIES):
            if line is not None:
                break
            line = self._start(f"tcp://{HOST}:{port}", start, patience_s=0.0)
        if line is None:
            raise OSError(f"{name}: none of {TRIES} ports is free")
        return self._keep(name, line)

    def _keep(self, name: str, line: Line) -> Line:
        address = from_here(line.address)
        if self._known.get(name) != address:
            self._known[name] = address
            write_private(self._path, json.dumps(self._known).encode())
        return line

    def _own(self, known: str) -> str:
        """Return an address of this machine alone, with the port that is known."""
        return f"tcp://{HOST}:{known.rpartition(':')[2]}" if known else ""

    def _start(
        self, address: str, start: Callable[[str], Line], *, patience_s: float
    ) -> Line | None:
        deadline = time.monotonic() + patience_s
        while True:
            try:
                return start(address)
            except OSError:
                if time.monotonic() >= deadline:
                    return None
                time.sleep(0.05)


def from_here(address: str) -> str:
    """Return how this machine itself reaches what listens on an address."""
    return address.replace(f"//{EVERYWHERE}:", f"//{HOST}:")
