"""Hearing of calls: the telephone system posts who rings, the desk says so."""

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket

from console.telephone import HOST, Telephone, heard, telephone
from resources.home import Home

if TYPE_CHECKING:
    from console.desk import Desk

_log = logging.getLogger("lookout.calls")

PATIENCE_MS = 5_000  # for a whole request
MOST_AT_ONCE = 8


class CallLine(QObject):
    """Listens on this machine for a telephone system.

    Thread: UI only; a request is a few hundred bytes.

    Signals:
        called: The number that rings.
    """

    called = Signal(str)

    def __init__(self, kept: Telephone, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._heard: dict[QTcpSocket, bytes] = {}
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

    def close(self) -> None:
        """Stop listening, and let go of everybody, the answered ones as well."""
        self._server.close()
        self._patience.stop()
        self._heard.clear()
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
            if len(self._heard) >= MOST_AT_ONCE:
                socket.abort()
            else:
                self._heard[socket] = b""
        self._on_said()

    def _on_said(self) -> None:
        for socket in list(self._heard):
            self._hear(socket)
        self._on_gone()

    def _on_gone(self) -> None:
        for socket in self._server.findChildren(QTcpSocket):
            if socket.state() is QTcpSocket.SocketState.UnconnectedState:
                self._heard.pop(socket, None)
                socket.deleteLater()

    def _give_up(self) -> None:
        """Let go of who has said half a request and then nothing for a while."""
        for socket in self._silent & self._heard.keys():
            del self._heard[socket]
            socket.abort()
        self._silent = set(self._heard)

    def _hear(self, socket: QTcpSocket) -> None:
        if socket not in self._heard:
            return
        self._heard[socket] += bytes(socket.readAll().data())
        found = heard(self._heard[socket], self._kept.token)
        if found is None:
            return
        del self._heard[socket]  # whatever else it says is not heard
        status, number = int(found[0]), found[1]
        reason = HTTPStatus(status).phrase
        socket.write(
            f"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n".encode("latin-1")
        )
        socket.disconnectFromHost()
        if number:
            self.called.emit(number)
        else:
            _log.info("a call was not taken: %s", status)


def open_calls(desk: "Desk", home: Home) -> CallLine | None:
    """Hear of calls at a desk, and dial from it, where its home says so."""
    kept = telephone(home)
    if kept is None:
        return None
    if kept.dials:
        desk.dial = _dial
    line = CallLine(kept, desk)
    line.called.connect(desk.called)
    line.listen()
    return line


def _dial(number: str) -> None:
    QDesktopServices.openUrl(QUrl(f"tel:{number}"))
