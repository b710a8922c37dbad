"""RTSP 1.0 (RFC 2326) as small cameras speak it: one video track over TCP or UDP.

What the virtual cameras need and no more: OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE,
GET_PARAMETER, TEARDOWN, digest log-in, RTP in interleaved frames or to the viewer's
ports, sender reports. A session over UDP ends a minute after the last sign of its
viewer (a request or a report), and with the connection that set it up.
"""

import asyncio
import logging
import re
import secrets
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from video.virtual_camera_requests import (
    Door,
    Request,
    new_nonce,
    parse_request,
    wanted_transport,
)
from video.virtual_camera_stream import Stream
from video.virtual_camera_viewers import (
    PATIENCE_S,
    TcpViewer,
    UdpPorts,
    UdpViewer,
    Viewer,
    is_report,
)

__all__ = ["RtspServer", "Stream"]

_log = logging.getLogger(__name__)


HOST = "127.0.0.1"
SESSION_S = 60.0
_LARGEST_REQUEST = 16_384
_IDLE_S = 30.0  # until a connection must have asked for something that plays
_TRIES_FOR_PORTS = 50
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
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    nonce: str = field(default_factory=new_nonce)
    session: str = ""
    path: str = ""
    viewer: Viewer | None = None


class RtspServer:
    """Listens on the loopback address and plays the streams it was given.

    Thread: its event loop's.

    Attributes:
        asked: Called with the path of a stream that somebody wants to see.
    """

    def __init__(
        self,
        *,
        username: str,
        password: str,
        session_s: float = SESSION_S,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.asked: Callable[[str], None] = lambda path: None
        self._door = Door(username=username, password=password)
        self._session_s = session_s
        self._patience_s = patience_s
        self._streams: dict[str, Stream | None] = {}
        self._runners: dict[str, asyncio.Task[None]] = {}
        self._connections: dict[asyncio.Task[None], _Connection] = {}
        self._dropped: set[str] = set()
        self._frozen: set[str] = set()
        self._server: asyncio.Server | None = None
        self._udp = UdpPorts()

    async def listen(self, port: int) -> int:
        """Open the port (0: a free one) and return its number."""
        self._server = await asyncio.start_server(
            self._accept, HOST, port, limit=_LARGEST_REQUEST
        )
        await self._udp.open(_bound_pair())
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Close the ports, the connections and the streams."""
        tasks = [*self._connections, *self._runners.values()]
        for connection in self._connections.values():
            connection.writer.transport.abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._udp.close()
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

    def stream(self, path: str) -> Stream | None:
        """Return the stream that plays at a path, if one does."""
        return self._streams.get(path)

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
        first = await self._first_byte(connection)
        async with asyncio.timeout(_IDLE_S):
            if first == b"$":  # what a viewer reports; nothing depends on it
                _, length = struct.unpack("!BH", await reader.readexactly(3))
                data = await reader.readexactly(length)
                if connection.viewer is not None and is_report(data):
                    connection.viewer.heard()
                return True
            request = parse_request(first + await reader.readuntil(b"\r\n\r\n"))
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

    async def _first_byte(self, connection: _Connection) -> bytes:
        """Wait for the next request, as long as there may be one.

        Raises:
            TimeoutError: The viewer gave no sign for too long.
        """
        until = time.monotonic() + _IDLE_S
        while True:
            viewer, limit = connection.viewer, None
            if viewer is None:
                limit = until - time.monotonic()
            elif viewer.lives_by_signs or not viewer.playing:
                # Over TCP a viewer that takes its pictures is there.
                limit = viewer.seen_at + self._session_s - time.monotonic()
            if limit is not None and limit <= 0:
                raise TimeoutError
            try:
                async with asyncio.timeout(limit):
                    return await connection.reader.readexactly(1)
            except TimeoutError:
                continue  # a report may have come in the meantime

    def _handle(self, connection: _Connection, request: Request) -> bool:
        headers = request.headers
        if request.method == "OPTIONS":
            if connection.viewer is not None:
                connection.viewer.heard()
            self._answer(connection, headers, 200, Public=_METHODS)
            return True
        if not self._door.lets_in(request, connection.nonce):
            challenge = self._door.challenge(connection.nonce)
            self._answer(connection, headers, 401, WWW_Authenticate=challenge)
            return True
        if request.path not in self._streams:
            self._answer(connection, headers, 404)
            return True
        if request.method == "DESCRIBE":
            self.asked(request.path)
        stream = self._streams[request.path]
        if stream is None:
            self._answer(connection, headers, 503, Retry_After="10")
            return True
        return self._handle_stream(connection, request, stream)

    def _handle_stream(
        self, connection: _Connection, request: Request, stream: Stream
    ) -> bool:
        headers, method = request.headers, request.method
        viewer = connection.viewer
        session = f"{connection.session};timeout={self._session_s:.0f}"
        if method == "DESCRIBE":
            connection.path = request.path
            self._answer(
                connection,
                headers,
                200,
                body=stream.sdp(HOST),
                Content_Base=f"rtsp://{request.host}/{request.path}/",
                Content_Type="application/sdp",
            )
        elif method == "SETUP":
            self._set_up(connection, request, stream)
        elif method == "GET_PARAMETER" and viewer is None:
            self._answer(connection, headers, 200)
        elif viewer is None or not request.names_session(connection.session):
            self._answer(connection, headers, 454)
        elif method == "PLAY":
            track = f"rtsp://{request.host}/{request.path}/trackID=1"
            begins = f"seq={viewer.sequence};rtptime={stream.next_key_stamp()}"
            self._answer(
                connection,
                headers,
                200,
                Session=session,
                Range="npt=0.000-",
                RTP_Info=f"url={track};{begins}",
            )
            viewer.heard()
            viewer.playing, viewer.started = True, False
        elif method == "PAUSE":
            viewer.playing = False
            viewer.heard()
            self._answer(connection, headers, 200, Session=session)
        elif method == "GET_PARAMETER":
            viewer.heard()
            self._answer(connection, headers, 200, Session=session)
        elif method == "TEARDOWN":
            self._leave(connection)
            self._answer(connection, headers, 200, Session=session)
        else:
            self._answer(connection, headers, 501, Public=_METHODS)
        return True

    def _set_up(
        self, connection: _Connection, request: Request, stream: Stream
    ) -> None:
        wanted = wanted_transport(request.headers.get("transport", ""))
        if wanted is None:
            self._answer(connection, request.headers, 461)
            return
        self._leave(connection)
        viewer: Viewer
        if wanted.ports is not None:
            peer = str(connection.writer.get_extra_info("peername")[0])
            viewer = UdpViewer(self._udp, peer, wanted.ports)
            mine, theirs = self._udp.numbers, wanted.ports
            way = (
                f"RTP/AVP;unicast;client_port={theirs[0]}-{theirs[1]};"
                f"server_port={mine[0]}-{mine[1]}"
            )
        else:
            channel = wanted.channel or 0
            viewer = TcpViewer(
                connection.writer.transport,
                channel,
                bytes_a_second=stream.loop.bytes_a_second,
                patience_s=self._patience_s,
            )
            way = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}"
        connection.path = request.path
        connection.session = secrets.token_hex(8)
        connection.viewer = viewer
        stream.viewers.add(viewer)
        self._answer(
            connection,
            request.headers,
            200,
            Session=f"{connection.session};timeout={self._session_s:.0f}",
            Transport=f"{way};ssrc={viewer.ssrc:08X}",
        )

    def _leave(self, connection: _Connection) -> None:
        viewer, connection.viewer = connection.viewer, None
        if viewer is None:
            return
        viewer.leave()
        stream = self._streams.get(connection.path)
        if stream is not None:
            stream.viewers.discard(viewer)

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


def _camera_of(path: str) -> str:
    return path.partition("/")[0]


def _bound_pair() -> tuple[socket.socket, socket.socket]:
    """Return two UDP sockets: an even port for pictures, the next for reports."""
    for _ in range(_TRIES_FOR_PORTS):
        pair = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        try:
            pair[0].bind((HOST, 0))
            first = pair[0].getsockname()[1]
            if first % 2 == 0 and first < 65_535:
                pair[1].bind((HOST, first + 1))
                for one in pair:
                    one.setblocking(False)
                return pair[0], pair[1]
        except OSError:
            _log.debug("a port beside another is taken")
        for one in pair:
            one.close()
    raise OSError("no two UDP ports side by side are free")
