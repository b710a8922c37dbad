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
    with ExitStack() as undo:
        taken = undo.enter_context(socket.socket())
        other = undo.enter_context(socket.create_server(("127.0.0.1", 0)))
        service = Service(home)
        undo.callback(service.close)
        here, its_key = service.ready.desk_address, service.ready.server_key
        taken.bind(("127.0.0.1", 0))  # and never listens
        nowhere = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        another = f"tcp://127.0.0.1:{other.getsockname()[1]}"  # and never says a word
        lines = (
            ("unreachable", nowhere, its_key),
            ("other_key", here, make_keys().public),
            ("silent", here, its_key),
            ("silent", another, its_key),
        )
        clients = []
        for number, (said, address, server_key) in enumerate(lines):
            client = DeskClient(
                address,
                server_key=server_key,
                desk_keys=make_keys(),
                outbox=tmp_path / f"{number}.db",
                clock=utc_now,
            )
            undo.callback(client.close)
            clients.append((said, client))
        for said, client in clients:
            until(lambda c=client, s=said: c.hindrance == s, said)
