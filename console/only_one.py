"""One window for a home: a second start asks the first one, and does nothing itself."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from resources.home import Home

RAISE: Final = b"raise\n"
WALLS: Final = b"wall\n"
DONE: Final = b"done\n"
WAIT_MS: Final = 500
ANSWER_MS: Final = 5_000  # a desk that is busy answers late


class OnlyOne:
    """The place where the desk of a home can be asked by another start.

    Thread: UI.

    Attributes:
        raised: Windows to raise when someone else starts.
        walls_wanted: Called when someone asks for the walls; None before there are any.
    """

    def __init__(self, home: Home) -> None:
        self._name = _name(home)
        self.raised: list[QWidget] = []
        self.walls_wanted: Callable[[], object] | None = None
        self._server: QLocalServer | None = None

    def another_answers(self) -> bool:
        """Return whether a desk of this home runs; it was asked to come forward."""
        if _asked(self._name, RAISE) is not None:
            return True
        QLocalServer.removeServer(self._name)  # left behind by a killed desk
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._name)
        return False

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    def _answer(self) -> None:
        assert self._server is not None
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda asker=socket: self._hear(asker))
            if socket.bytesAvailable():
                self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            asked = socket.readLine(64).data()
            if asked == RAISE:
                self._come_forward()
            elif asked == WALLS and self.walls_wanted is not None:
                self.walls_wanted()
                socket.write(DONE)

    def _come_forward(self) -> None:
        for window in self.raised:
            window.showNormal() if window.isMinimized() else window.show()
            window.raise_()
            window.activateWindow()


def ask_for_walls(home: Home) -> bool | None:
    """Ask the desk of a home for its walls.

    Returns:
        Whether it opens them; None where no desk of this home runs.
    """
    _application = QCoreApplication.instance() or QCoreApplication([])
    answer = _asked(_name(home), WALLS, wait=True)
    return None if answer is None else answer == DONE


def _asked(name: str, what: bytes, *, wait: bool = False) -> bytes | None:
    """Return what the desk answered, b"" for nothing; None where nobody listens."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        return None
    socket.write(what)
    socket.waitForBytesWritten(WAIT_MS)
    answer = b""
    if wait and socket.waitForReadyRead(ANSWER_MS):
        answer = bytes(socket.readLine(64).data())
    socket.disconnectFromServer()
    return answer


def _name(home: Home) -> str:
    digest = sha256(str(home.root.resolve()).encode()).hexdigest()[:24]
    return f"lookout-{digest}"
