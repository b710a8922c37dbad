"""A viewer of the virtual cameras, request by request; and their process."""

import hashlib
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from tests.limits_kit import KILLED_S

PASSWORD = "p%40ss wörd"
PATIENCE_S = 60.0


class Cameras:
    """The process, started as the demonstration starts it."""

    def __init__(self, cache: Path, **first: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "video.virtual_camera", str(cache)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.said: list[dict[str, object]] = []
        self._news = threading.Condition()
        self.say(username="viewer", password=PASSWORD, **first)
        self._thread = threading.Thread(target=self._listen, name="camera output")
        self._thread.start()

    def say(self, **message: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def order(self, **fault: str) -> None:
        """Give an order, and wait until it is carried out."""
        with self._news:
            before = len(self.said)
        self.say(**fault)
        with self._news:
            assert self._news.wait_for(
                lambda: {"done": fault} in self.said[before:], PATIENCE_S
            ), (fault, self.said[-3:])

    def wait(self, word: str, true: Callable[[object], bool] = bool) -> object:
        def found() -> list[object]:
            return [m[word] for m in self.said if word in m and true(m[word])]

        with self._news:
            assert self._news.wait_for(found, PATIENCE_S), (word, self.said[-3:])
            return found()[0]

    @property
    def port(self) -> int:
        return int(self.wait("ready")["port"])  # type: ignore[index]

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self.said.append(json.loads(line))
                self._news.notify_all()

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            return self.process.wait(PATIENCE_S)
        finally:
            self.process.kill()
            self.process.wait(KILLED_S)
            self._thread.join(PATIENCE_S)
            self.process.stdout.close()


TCP = "RTP/AVP/TCP;unicast;interleaved=0-1"


class Rtsp:
    """A viewer's connection, request by request."""

    def __init__(self, port: int, path: str = "1203/sub") -> None:
        self.url = f"rtsp://127.0.0.1:{port}/{path}"
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.file = self.socket.makefile("rb")
        self._count = 0
        self.nonce = self.realm = ""

    def ask(
        self,
        method: str,
        *,
        url: str = "",
        password: str = PASSWORD,
        login: bool = True,
        **headers: str,
    ) -> tuple[int, dict[str, str], str]:
        target = url or self.url
        self._count += 1
        lines = [f"{method} {target} RTSP/1.0", f"CSeq: {self._count}"]
        if login and self.nonce:
            lines.append(f"Authorization: {self._digest(method, target, password)}")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return self.answer()

    def answer(self) -> tuple[int, dict[str, str], str]:
        while (line := self.file.readline()).startswith(b"$"):
            raise AssertionError("a picture where an answer was awaited")
        assert line, "the connection ended"
        status = int(line.split()[1])
        headers = {}
        while (text := self.file.readline().decode().strip()) != "":
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        body = self.file.read(int(headers.get("content-length", 0))).decode()
        if status == 401:
            challenge = headers["www-authenticate"]
            self.nonce = re.findall(r'nonce="([^"]+)"', challenge)[0]
            self.realm = re.findall(r'realm="([^"]+)"', challenge)[0]
        return status, headers, body

    def _digest(self, method: str, url: str, password: str) -> str:
        def md5(text: str) -> str:
            return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

        ha1 = md5(f"viewer:{self.realm}:{password}")
        ha2 = md5(f"{method}:{url}")
        response = md5(f"{ha1}:{self.nonce}:00000001:abc:auth:{ha2}")
        return (
            f'Digest username="viewer", realm="{self.realm}", nonce="{self.nonce}", '
            f'uri="{url}", response="{response}", qop=auth, nc=00000001, cnonce="abc"'
        )

    def play(self, transport: str = TCP) -> tuple[dict[str, str], dict[str, str]]:
        """Begin, and return the headers that SETUP and PLAY were answered with."""
        assert self.ask("DESCRIBE")[0] == 401
        assert self.ask("DESCRIBE")[0] == 200
        track = f"{self.url}/trackID=1"
        status, set_up, _ = self.ask("SETUP", url=track, Transport=transport)
        assert status == 200
        status, playing, _ = self.ask("PLAY")
        assert status == 200
        return set_up, playing

    def packet(self) -> tuple[int, bytes]:
        head = self.file.read(4)
        assert head[:1] == b"$", head
        return head[1], self.file.read(int.from_bytes(head[2:], "big"))

    def drain(self) -> None:
        while True:
            self.packet()

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def __enter__(self) -> "Rtsp":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
