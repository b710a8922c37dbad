"""The line to a telephone system: hearing what it posts, and asking it."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket

from console.call_requests import HOST, heard
from console.telephone import Telephone, bring, telephone
from resources.home import Home

if TYPE_CHECKING:
    from console.desk import Desk

_log = logging.getLogger("lookout.calls")

PATIENCE_MS = 5_000  # for a whole request
MOST_AT_ONCE = 8


class CallLine(QObject):
    """Listens on this machine for a telephone system, and asks it for what it can do.

    Thread: UI only; a request is a few hundred bytes. What is asked of the system goes
    out from a thread of its own, one after the other.

    Signals:
        heard: What it says of a call: a `call_requests.Word`.
    """

    heard = Signal(object)

    def __init__(
        self, kept: Telephone, home: Home, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._kept, self._home = kept, home
        self._worker: ThreadPoolExecutor | None = None
        self._said: dict[QTcpSocket, bytes] = {}
        self._silent: set[QTcpSocket] = set()  # since the last look
        self._patience = QTimer(self, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> bool:
        """Begin; return whether the port was free."""
        if self._server.listen(QHostAddress(HOST), self._kept.port):
            self._patience.start()
            return True
        _log.warning("calls are not heard: port %s is taken", self._kept.port)
        return False

    @property
    def port(self) -> int:
        """Return where it listens."""
        return self._server.serverPort()

    def bring(self, call: str, to: str) -> "Future[str]":
        """Ask the system to bring somebody into a call; see `telephone.bring`."""
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, thread_name_prefix="telephone")
        return self._worker.submit(bring, self._home, self._kept, call=call, to=to)

    def close(self) -> None:
        """Stop listening, and let go of everybody, the answered ones as well."""
        if self._worker is not None:  # what is on its way has a limit of its own
            self._worker.shutdown(wait=False, cancel_futures=True)
        self._server.close()
        self._patience.stop()
        self._said.clear()
        for socket in self._server.findChildren(QTcpSocket):
            socket.abort()
        self._on_gone()

    # -- inside -----------------------------------------------------------------------

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            # No slot holds the socket: it would be called, or let go of, while the
            # socket is being destroyed.
            socket.readyRead.connect(self._on_said)
            socket.disconnected.connect(self._on_gone)
            if len(self._said) >= MOST_AT_ONCE:
                socket.abort()
            else:
                self._said[socket] = b""
        self._on_said()

    def _on_said(self) -> None:
        for socket in list(self._said):
            self._hear(socket)
        self._on_gone()

    def _on_gone(self) -> None:
        for socket in self._server.findChildren(QTcpSocket):
            if socket.state() is QTcpSocket.SocketState.UnconnectedState:
                self._said.pop(socket, None)
                socket.deleteLater()

    def _give_up(self) -> None:
        """Let go of who has said half a request and then nothing for a while."""
        for socket in self._silent & self._said.keys():
            del self._said[socket]
            socket.abort()
        self._silent = set(self._said)

    def _hear(self, socket: QTcpSocket) -> None:
        if socket not in self._said:
            return
        self._said[socket] += bytes(socket.readAll().data())
        found = heard(self._said[socket], self._kept.token)
        if found is None:
            return
        del self._said[socket]  # whatever else it says is not heard
        status, word = int(found[0]), found[1]
        reason = HTTPStatus(status).phrase
        socket.write(
            f"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n".encode("latin-1")
        )
        socket.disconnectFromHost()
        if word is not None:
            self.heard.emit(word)
        else:
            _log.info("a call was not taken: %s", status)


def open_calls(desk: "Desk", home: Home) -> CallLine | None:
    """Hear of calls at a desk, and ask and dial from it, where its home says so."""
    kept = telephone(home)
    if kept is None:
        return None
    line = CallLine(kept, home, desk)
    calls = desk.calls
    calls.dials = kept.dials
    if kept.hook:
        calls.system = line.bring
    calls.recordings = kept.recordings
    line.heard.connect(calls.hear)
    line.listen()
    return line
