"""A wall of Qt's own players, in a process of its own: the peer of `wall-peers`.

Reads addresses from stdin, one a line, to an empty line; then says "playing" as soon
as all of them show pictures, and answers each further line with how many were shown.
"""

import importlib
import os
import sys
import threading
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.wall_peers import MULTIMEDIA, tile_places
from tests.bench.wall_window import SIZE


class Orders(QObject):
    """Brings lines of the input to the window.

    Thread: any.

    Signals:
        asked: A line came.
        ended: No more will come.
    """

    asked = Signal()
    ended = Signal()

    def listen(self) -> None:
        """Read until the other side closes."""
        for _ in sys.stdin:
            self.asked.emit()
        self.ended.emit()


class Players:
    """So many players in one window.

    Thread: UI.
    """

    def __init__(self, urls: list[str]) -> None:
        # Not every installation has them, and mypy need not either.
        media: Any = importlib.import_module("PySide6.QtMultimedia")
        widgets: Any = importlib.import_module(MULTIMEDIA)
        self.frames = 0
        self._waiting = set(range(len(urls)))
        self.window = QWidget()
        self.window.resize(*SIZE)
        self._players = []
        for index, (url, place) in enumerate(
            zip(urls, tile_places(len(urls)), strict=True)
        ):
            picture = widgets.QVideoWidget(self.window)
            picture.setGeometry(place)
            player = media.QMediaPlayer(self.window)
            player.setVideoOutput(picture)
            picture.videoSink().videoFrameChanged.connect(
                lambda _frame, index=index: self._shown(index)
            )
            player.setSource(QUrl(url))
            player.play()
            self._players.append(player)
        self.window.show()

    def _shown(self, index: int) -> None:
        self.frames += 1
        if index in self._waiting:
            self._waiting.discard(index)
            if not self._waiting:
                _say("playing")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Play until the other side closes."""
    os.environ.setdefault("QT_FFMPEG_DECODING_HW_DEVICE_TYPES", ",")
    urls = []
    while url := sys.stdin.readline().strip():
        urls.append(url)
    application = QApplication([])
    players = Players(urls)
    orders = Orders()
    orders.asked.connect(lambda: _say(str(players.frames)))
    orders.ended.connect(application.quit)
    threading.Thread(target=orders.listen, daemon=True).start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
