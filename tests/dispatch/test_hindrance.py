"""A desk's line says what hinders it, as far as the handshake tells."""

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest
from line_parts import until

from dispatch.client import DeskClient
from dispatch.keys import make_keys
from dispatch.service import Service, utc_now
from resources.home import Home


@pytest.mark.expected_log("dispatch.server", "unknown key")
def test_a_line_says_what_hinders_it(home: Home, tmp_path: Path) -> None:
    with socket.socket() as taken, ExitStack() as undo:
        service = Service(home)
        undo.callback(service.close)
        here, its_key = service.ready.desk_address, service.ready.server_key
        taken.bind(("127.0.0.1", 0))  # and never listens
        nowhere = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        lines = {
            "unreachable": (nowhere, its_key),
            "other_key": (here, make_keys().public),
            "not_let_in": (here, its_key),
        }
        clients = {}
        for name, (address, server_key) in lines.items():
            clients[name] = DeskClient(
                address,
                server_key=server_key,
                desk_keys=make_keys(),
                outbox=tmp_path / f"{name}.db",
                clock=utc_now,
            )
            undo.callback(clients[name].close)
        for name, client in clients.items():
            until(lambda c=client, n=name: c.hindrance == n, name)
