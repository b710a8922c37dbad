"""画面不符 at this desk: said with one key, taken back with the same, and its words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console import words
from dispatch.cameras import Camera
from dispatch.commands import Refused
from dispatch.wrong_views import FlagWrongView, TakeBackWrongView

if TYPE_CHECKING:
    from console.desk import Desk


class WrongViews:
    """Says that a camera does not show what it should, and knows what was said.

    Nothing is asked first: the same key takes it back.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._asked: dict[str, str] = {}  # the newest command, by camera

    def turn(self, camera_id: str | None) -> None:
        """Say it of a camera, or take it back where it stands; or say why not."""
        desk = self._desk
        camera = desk.board.cameras.get(camera_id or "")
        if camera is None:
            return
        kind = FlagWrongView if camera.wrong_since is None else TakeBackWrongView
        refused = desk.actions.may_ask(kind)
        if refused is None and self.is_asked(camera.camera_id):
            refused = Refused("pending", "the camera waits for an answer")
        if refused is not None:
            desk.actions.refuse_here(None, "wrong_view", refused)
            return
        self._asked[camera.camera_id] = desk.actions.submit(
            kind(
                actor=desk.actor,
                camera_id=camera.camera_id,
                case_id=desk.open_case_id,
                at=desk.clock(),
            ),
            action="wrong_view",
            case_id=None,
        )

    def is_asked(self, camera_id: str) -> bool:
        """Return whether the service has not answered yet what was asked here."""
        asked = self._asked.get(camera_id)
        if asked is None:
            return False
        if self._desk.actions.ledger.of_command(asked) is None:
            del self._asked[camera_id]
            return False
        return True

    def said(self, camera: Camera) -> str:
        """Return who says so and since when, or nothing; `…` while it is asked."""
        who = self.who(camera)
        text = f"{wrong_view()} · {who}" if who else ""
        if self.is_asked(camera.camera_id):
            text = f"{text or wrong_view()} …"
        return text

    def who(self, camera: Camera) -> str:
        """Return who said it of a camera and when, or nothing."""
        if camera.wrong_since is None:
            return ""
        now, zone = self._desk.clock(), self._desk.zone
        time = words.clock_time(camera.wrong_since, now=now, zone=zone)
        return f"{camera.wrong_by} {time}"

    def offer(self, camera: Camera) -> str:
        """Return what the key would do to a camera now."""
        if camera.wrong_since is None:
            text = QCoreApplication.translate("Picture", "Wrong view: {camera}")
        else:
            text = QCoreApplication.translate(
                "Picture", "{camera} shows what it should: take it back"
            )
        return text.format(camera=f"{camera.camera_id} {camera.name}".strip())


def wrong_view() -> str:
    """Return what a camera that shows something else is called."""
    return QCoreApplication.translate("Picture", "Wrong view")
