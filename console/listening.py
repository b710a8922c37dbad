"""Listening to one camera at this desk: who is heard, until when, and what its tile says."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject

from console.sound_stream import SoundStream
from console.stream_wants import AGAIN, RETRY_SECONDS
from dispatch.commands import LISTENED, Refused
from video.contract import SoundState

if TYPE_CHECKING:
    from console.desk import Desk


class Listening(QObject):
    """Lets one camera be heard, as long as this desk's tiles show it as it is now.

    Each time is written down like a look. What the desk itself lets be heard, an alarm
    above all, always comes first: meanwhile the camera is silent.

    Thread: UI only.

    Attributes:
        stream: What plays.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.stream = SoundStream()
        self._desk = desk
        self._camera_id = ""
        self._in_sight: frozenset[str | None] = frozenset()
        self._untold: list[tuple[str, int | None, datetime]] = []
        self._seconds = 0
        desk.tick.connect(self._on_tick)
        desk.second.connect(self._on_second)
        desk.sounds.begins.connect(self.stream.stop)
        desk.replay.changed.connect(self._end_unseen)

    @property
    def camera_id(self) -> str:
        """Return the camera that is listened to, or ""."""
        return self._camera_id

    def turn(self, camera_id: str | None) -> None:
        """Listen to a camera; if that one is listened to, to none."""
        if camera_id is None or camera_id == self._camera_id:
            self.mute()
            return
        if self._desk.engine is None:
            return
        if self._desk.replay.covers(camera_id):
            text = QCoreApplication.translate(
                "Listening", "Only what is live can be heard: L shows it live"
            )
            self._desk.said.emit(text)
            return
        declared = self._desk.wants.declared  # by now the engine knows of it
        if camera_id not in declared or not self._stands(camera_id):
            return
        self._camera_id = camera_id
        self.stream.stop()
        self.stream.begin_anew()
        self._desk.engine.hearing.listen(camera_id)
        case_id = self._desk.wants.purpose(camera_id)
        self._tell(camera_id, case_id, self._desk.clock())
        self._desk.pending_changed.emit()  # the tiles say it

    def follow(self, in_sight: Collection[str | None]) -> None:
        """Take which cameras the operator sees in the desk's tiles, the whole set."""
        self._in_sight = frozenset(in_sight)
        self._end_unseen()

    def mute(self) -> None:
        """Listen to none."""
        if not self._camera_id:
            return
        self._camera_id = ""
        self.stream.stop()
        if self._desk.engine is not None:
            self._desk.engine.hearing.listen("")
        self._desk.pending_changed.emit()

    def close(self) -> None:
        """Be quiet for good."""
        self.mute()
        self.stream.close()

    def said(self, camera_id: str) -> str:
        """Return what the tile of a camera says of its sound, "" where nobody listens."""
        engine = self._desk.engine
        if engine is None or not camera_id or camera_id != self._camera_id:
            return ""
        if not self.stream.works:
            return QCoreApplication.translate(
                "Listening", "This machine plays no sound"
            )
        return {
            SoundState.OFF: "",
            SoundState.CONNECTING: QCoreApplication.translate(
                "Listening", "Listening …"
            ),
            SoundState.HEARD: QCoreApplication.translate("Listening", "Listening"),
            SoundState.NONE: QCoreApplication.translate(
                "Listening", "This camera has no sound"
            ),
            SoundState.BUSY: QCoreApplication.translate(
                "Listening", "The camera is busy, tried again"
            ),
            SoundState.LOST: QCoreApplication.translate(
                "Listening", "Its sound does not come"
            ),
        }[engine.hearing.state]

    def offer(self, camera_id: str) -> str:
        """Return what the key would do to a camera now."""
        if camera_id == self._camera_id:
            return QCoreApplication.translate("Listening", "Mute")
        return QCoreApplication.translate("Listening", "Listen")

    # -- within -----------------------------------------------------------------------

    def _stands(self, camera_id: str) -> bool:
        """Return whether a tile before the operator shows a camera as it is now.

        That another wall shows it, or that it is made ready for its turn, does not
        count. A picture that has stopped for a moment does: the sound may come.
        """
        if camera_id not in self._in_sight or self._desk.replay.covers(camera_id):
            return False
        return self._desk.wants.refused(camera_id) is None

    def _end_unseen(self) -> None:
        if self._camera_id and not self._stands(self._camera_id):
            self.mute()

    def _on_tick(self) -> None:
        engine = self._desk.engine
        self._end_unseen()
        if not self._camera_id or engine is None:
            return
        self._desk.bridge.stir()  # sound comes, whether the picture moves or not
        samples = engine.hearing.take()
        if samples and not self._desk.sounds.is_heard():
            self.stream.play(_louder(samples, self._desk.sounds.volume))

    def _on_second(self) -> None:
        self._seconds += 1
        if self._seconds % RETRY_SECONDS == 0:
            untold, self._untold = self._untold, []
            for each in untold:
                self._tell(*each)  # also when it has ended meanwhile

    def _tell(self, camera_id: str, case_id: int | None, at: datetime) -> None:
        def answered(refused: Refused | None) -> None:
            if refused is None:
                return
            if refused.reason in AGAIN:
                self._untold.append((camera_id, case_id, at))
            elif camera_id == self._camera_id:
                self.mute()
                self._desk.actions.refuse_here(None, "listen", refused)

        self._desk.actions.note_view(
            camera_id, case_id=case_id, at=at, deed=LISTENED, done=answered
        )


def _louder(samples: bytes, percent: int) -> bytes:
    if percent == 100:
        return samples
    wave = np.frombuffer(samples, np.int16)
    return (wave.astype(np.int32) * percent // 100).astype(np.int16).tobytes()
