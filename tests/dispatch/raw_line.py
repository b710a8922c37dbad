"""A device that is no program of ours: what it says is bytes."""

import json
from typing import Any

import zmq

from dispatch.keys import KeyPair
from dispatch.service import Service


class Raw:
    """A device that sends whatever it likes."""

    def __init__(self, service: Service, keys: KeyPair) -> None:
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.socket = self._context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.rcvtimeo = 10_000
        self.socket.curve_serverkey = service.ready.server_key.encode()
        self.socket.curve_publickey = keys.public.encode()
        self.socket.curve_secretkey = keys.secret.encode()
        self.socket.connect(service.ready.intake_address)

    def say(self, data: bytes) -> Any:
        self.socket.send(data)
        return json.loads(self.socket.recv())["body"]

    def __enter__(self) -> "Raw":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
        self._context.term()


def message(
    body: dict[str, Any], *, device: str = "SD-1", seq: int = 1, at: str | None = None
) -> bytes:
    return json.dumps(
        {"v": 1, "device": device, "seq": seq, "at": at, "body": body}
    ).encode()
