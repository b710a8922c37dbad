"""RTSP 1.0 (RFC 2326) as small cameras speak it: one H.264 track over TCP.

What the virtual cameras need and no more: OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE,
GET_PARAMETER, TEARDOWN, digest log-in (RFC 7616, MD5), RTP (RFC 6184) in
interleaved frames, sender reports.
"""

import asyncio
import hashlib
import hmac
import logging
import re
import secrets
import struct
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from video.virtual_camera_stream import Stream, Viewer

_log = logging.getLogger(__name__)


_LARGEST_REQUEST = 16_384
_IDLE_S = 30.0  # until a connection must have asked for something that plays
_REALM = "Lookout virtual camera"
_GONE = (ConnectionError, asyncio.IncompleteReadError, TimeoutError)
_REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    454: "Session Not Found",
    455: "Method Not Valid In This State",
    461: "Unsupported Transport",
    501: "Not Implemented",
    503: "Service Unavailable",
}


_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, TEARDOWN"


@dataclass(slots=True)
class _Request:
    method: str
    url: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        """Return the stream's path, such as "1203/sub"."""
        parts = urlsplit(self.url).path.strip("/").split("/")
        return "/".join(parts[:2])


@dataclass(slots=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    nonce: str = field(default_factory=lambda: secrets.token_hex(16))
    session: str = ""
    path: str = ""
    viewer: Viewer | None = None


class RtspServer:
    """Listens on the loopback address and plays the streams it was given.

    Thread: its event loop's.
    """

    def __init__(self, *, username: str, password: str) -> None:
        secret = f"{username}:{_REALM}:{password}"
        self._ha1 = _md5(secret)
        self._username = username
        self._streams: dict[str, Stream | None] = {}
        self._runners: dict[str, asyncio.Task[None]] = {}
        self._connections: dict[asyncio.Task[None], _Connection] = {}
        self._dropped: set[str] = set()
        self._frozen: set[str] = set()
        self._server: asyncio.Server | None = None

    async def listen(self, port: int) -> int:
        """Open the port (0: a free one) and return its number."""
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", port, limit=_LARGEST_REQUEST
        )
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Close the port, the connections and the streams."""
        tasks = [*self._connections, *self._runners.values()]
        for connection in self._connections.values():
            connection.writer.transport.abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def announce(self, path: str) -> None:
        """Make a stream known that will only later have pictures."""
        self._streams.setdefault(path, None)

    def play(self, path: str, stream: Stream) -> None:
        """Start a stream."""
        self._streams[path] = stream
        stream.frozen = _camera_of(path) in self._frozen
        self._runners[path] = asyncio.create_task(stream.run())

    def freeze(self, camera_id: str) -> None:
        """Fall silent: connections stay, pictures no longer come."""
        self._frozen.add(camera_id)
        self._set_frozen(camera_id, frozen=True)

    def drop(self, camera_id: str) -> None:
        """Cut every viewer off and refuse new ones."""
        self._dropped.add(camera_id)
        for connection in self._connections.values():
            if _camera_of(connection.path) == camera_id:
                connection.writer.transport.abort()

    def resume(self, camera_id: str) -> None:
        """End every fault of a camera."""
        self._dropped.discard(camera_id)
        self._frozen.discard(camera_id)
        self._set_frozen(camera_id, frozen=False)

    def _set_frozen(self, camera_id: str, *, frozen: bool) -> None:
        for path, stream in self._streams.items():
            if stream is not None and _camera_of(path) == camera_id:
                stream.frozen = frozen
                for viewer in stream.viewers:
                    viewer.started = False  # goes on at a key frame

    async def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        connection = _Connection(reader, writer)
        self._connections[task] = connection
        try:
            while await self._serve_one(connection):
                pass
        except _GONE:
            pass
        except asyncio.LimitOverrunError:
            _log.info("a viewer sent an oversized request")
        except asyncio.CancelledError:
            pass  # the server closes; a cancelled handler would only be noise
        finally:
            self._leave(connection)
            del self._connections[task]
            writer.transport.abort()

    async def _serve_one(self, connection: _Connection) -> bool:
        reader = connection.reader
        limit = None if connection.viewer is not None else _IDLE_S
        async with asyncio.timeout(limit):
            first = await reader.readexactly(1)
            if first == b"$":  # a receiver report; nothing depends on it
                _, length = struct.unpack("!BH", await reader.readexactly(3))
                await reader.readexactly(length)
                return True
            head = first + await reader.readuntil(b"\r\n\r\n")
            request = _parse(head)
            if request is None:
                self._answer(connection, {}, 400)
                return False
            body = int(request.headers.get("content-length", "0") or "0")
            if body > _LARGEST_REQUEST:
                return False
            await reader.readexactly(body)
        if _camera_of(request.path) in self._dropped:
            return False
        return self._handle(connection, request)

    def _handle(self, connection: _Connection, request: _Request) -> bool:
        headers = request.headers
        if request.method == "OPTIONS":
            self._answer(connection, headers, 200, Public=_METHODS)
            return True
        if not self._is_authorized(connection, request):
            self._answer(
                connection,
                headers,
                401,
                WWW_Authenticate=f'Digest realm="{_REALM}", '
                f'nonce="{connection.nonce}", algorithm=MD5, qop="auth"',
            )
            return True
        if request.path not in self._streams:
            self._answer(connection, headers, 404)
            return True
        stream = self._streams[request.path]
        if stream is None:
            self._answer(connection, headers, 503, Retry_After="10")
            return True
        return self._handle_stream(connection, request, stream)

    def _handle_stream(
        self, connection: _Connection, request: _Request, stream: Stream
    ) -> bool:
        headers, method = request.headers, request.method
        viewer = connection.viewer
        session = f"{connection.session};timeout=60"
        if method == "DESCRIBE":
            connection.path = request.path
            self._answer(
                connection,
                headers,
                200,
                body=stream.sdp("127.0.0.1"),
                Content_Base=f"rtsp://{_host(request.url)}/{request.path}/",
                Content_Type="application/sdp",
            )
        elif method == "SETUP":
            channel = _interleaved_channel(headers.get("transport", ""))
            if channel is None:
                self._answer(connection, headers, 461)
                return True
            self._leave(connection)
            connection.path = request.path
            connection.session = secrets.token_hex(8)
            connection.viewer = Viewer(connection.writer, channel)
            stream.viewers.add(connection.viewer)
            self._answer(
                connection,
                headers,
                200,
                Session=f"{connection.session};timeout=60",
                Transport=f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}",
            )
        elif method == "GET_PARAMETER" and viewer is None:
            self._answer(connection, headers, 200)
        elif viewer is None or not _same_session(headers, connection.session):
            self._answer(connection, headers, 454)
        elif method == "PLAY":
            self._answer(connection, headers, 200, Session=session, Range="npt=0.000-")
            viewer.playing, viewer.started = True, False
        elif method == "PAUSE":
            viewer.playing = False
            self._answer(connection, headers, 200, Session=session)
        elif method == "GET_PARAMETER":
            self._answer(connection, headers, 200, Session=session)
        elif method == "TEARDOWN":
            self._leave(connection)
            self._answer(connection, headers, 200, Session=session)
        else:
            self._answer(connection, headers, 501, Public=_METHODS)
        return True

    def _leave(self, connection: _Connection) -> None:
        stream = self._streams.get(connection.path)
        if stream is not None and connection.viewer is not None:
            stream.viewers.discard(connection.viewer)
        connection.viewer = None

    def _answer(
        self,
        connection: _Connection,
        asked: dict[str, str],
        status: int,
        /,
        *,
        body: str = "",
        **headers: str,
    ) -> None:
        lines = [f"RTSP/1.0 {status} {_REASONS[status]}"]
        if re.fullmatch(r"\d{1,10}", asked.get("cseq", "")):
            lines.append(f"CSeq: {asked['cseq']}")
        lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
        if body:
            lines.append(f"Content-Length: {len(body.encode())}")
        data = ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
        connection.writer.write(data)

    def _is_authorized(self, connection: _Connection, request: _Request) -> bool:
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "digest":
            return False
        given = {
            name.lower(): quoted or plain
            for name, quoted, plain in re.findall(
                r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))', rest
            )
        }
        if given.get("username") != self._username or given.get("realm") != _REALM:
            return False
        if given.get("nonce") != connection.nonce:
            return False
        uri = given.get("uri", "")
        if _Request("", uri, {}).path != request.path:
            return False
        ha2 = _md5(f"{request.method}:{uri}")
        if given.get("qop") == "auth":
            middle = ":".join(
                (connection.nonce, given.get("nc", ""), given.get("cnonce", ""), "auth")
            )
        else:
            middle = connection.nonce  # RFC 2069 clients, as cameras accept them
        expected = _md5(f"{self._ha1}:{middle}:{ha2}")
        return hmac.compare_digest(
            expected.encode(), given.get("response", "").lower().encode()
        )


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _parse(head: bytes) -> _Request | None:
    try:
        lines = head.decode("utf-8").lstrip("\r\n").split("\r\n")
    except UnicodeDecodeError:
        return None
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("RTSP/1."):
        return None
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    if not re.fullmatch(r"\d{0,6}", headers.get("content-length", "")):
        return None
    try:
        urlsplit(words[1])
    except ValueError:
        return None
    return _Request(words[0].upper(), words[1], headers)


def _camera_of(path: str) -> str:
    return path.partition("/")[0]


def _host(url: str) -> str:
    # Never `netloc`: a careless client may have sent a log-in in it.
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    host = parts.hostname or "127.0.0.1"
    return f"{host}:{port}" if port else host


def _interleaved_channel(transport: str) -> int | None:
    for choice in transport.split(","):
        if not choice.strip().upper().startswith("RTP/AVP/TCP"):
            continue
        found = re.search(r"interleaved=(\d{1,3})", choice)
        channel = int(found[1]) if found else 0
        return channel if channel < 255 else None
    return None


def _same_session(headers: dict[str, str], session: str) -> bool:
    named = headers.get("session", "").partition(";")[0].strip()
    return not named or named == session
