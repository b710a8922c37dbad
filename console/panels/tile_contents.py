"""What a tile shows of a camera: how believable it is, and every word of it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from console import wall_rules, words
from console.desk import Desk
from console.notices import dated
from console.own_name import as_called
from console.panels.number_plate import NumberPlate
from console.panels.picture_words import (
    LATE,
    PREPARING,
    age_words,
    brief,
    reason_words,
    remedy_words,
    status_words,
)
from console.panels.tile_dates import again_words, picture_times, still_words
from console.panels.tile_look import Look, TileContent
from console.refusals import refusal
from console.view_words import where_words
from dispatch.cameras import Camera
from dispatch.commands import Refused
from video.contract import Picture, Step, StreamState, StreamStatus
from video.wall import TileWall

NO_FAULT = ("login_missing", PREPARING, LATE)


def look_of(
    status: StreamStatus, picture: Picture | None, *, again: bool = False
) -> Look:
    """Return how believable a stream's picture is.

    What counts is how old the picture is, not what the stream is busy with: a
    reconnection that nobody could see is not worth a word. One that is looked at
    again is never live, and neither is what is left of it until the next comes.

    Args:
        status: What the engine says of it.
        picture: The newest there is.
        again: It is to be looked at again.
    """
    if picture is not None and picture.again:
        gone = status.reason and status.reason not in NO_FAULT
        if again or (status.state is not StreamState.STALLED and not gone):
            return Look.AGAIN
        return Look.OFF if gone else Look.FROZEN
    if picture is not None and picture.is_live(status.every_s):
        return Look.LIVE
    if status.reason and status.reason not in NO_FAULT:
        return Look.OFF
    if picture is not None:
        return Look.FROZEN
    if status.state is StreamState.STALLED:
        return Look.OFF  # it answers, and has never shown anything
    return Look.WAITING


def _title(camera: Camera | None, look: Look) -> str:
    """Return what a tile calls a camera, a sealed one that is shown as sealed."""
    if camera is None:
        return ""
    if not camera.sealed or look is Look.SEALED:
        return camera.name
    return f"{QCoreApplication.translate('Picture', 'Sealed')} {camera.name}"


class TileContents:
    """Makes the content of tiles from the engine's word and the board.

    Thread: UI only.
    """

    def __init__(
        self,
        desk: Desk,
        plate: NumberPlate | None = None,
        refused: Callable[[str], Refused | None] = lambda _camera_id: None,
    ) -> None:
        self._desk = desk
        self._refused = refused  # by the service: then nobody asks the camera
        self._plate = plate
        # A figure that changed with every frame could not be read: what stands
        # there is the oldest that a picture was in the last full second.
        self._delays: dict[str, float] = {}
        self._worst: dict[str, float] = {}
        self._every: dict[str, float] = {}  # of stills: how far apart they come

    def on_second(self) -> None:
        """Begin another second of measuring."""
        self._delays, self._worst = self._worst, {}

    def improve(self, wall: TileWall) -> bool:
        """Show a live view of the wall's case where a tile has no picture to show."""
        engine, finder = self._desk.engine, self._desk.finder
        if engine is None or wall.case_id is None:
            return False
        dark = {
            each
            for each in wall.cameras
            if each is not None
            and engine.picture(each) is None
            and finder.is_dark(each)
        }
        if not dark:
            return False
        views = self._desk.views_for(wall.case_id)
        return wall.improve(dark, [each for each in views if finder.shines(each)])

    def look(self, camera_id: str | None) -> Look:
        """Return how believable a camera's picture is now."""
        engine = self._desk.engine
        if camera_id is None:
            return Look.EMPTY
        refused = self._refused(camera_id)
        if engine is None or refused is not None:
            sealed = refused is not None and refused.reason == "sealed"
            return Look.SEALED if sealed else Look.OFF
        again = self._desk.replay.covers(camera_id)
        if again and not self._desk.replay.has(camera_id):
            return Look.AGAIN
        status, picture = engine.status(camera_id), engine.picture(camera_id)
        look = look_of(status, picture, again=again)
        waits = look is Look.WAITING and status.reason != PREPARING
        return Look.STILL if waits and self._still(camera_id) else look

    def live_picture(self, camera_id: str) -> Picture | None:
        """Return the newest picture of a camera that is live, else None."""
        engine = self._desk.engine
        if engine is None or self._refused(camera_id) is not None:
            return None
        picture = engine.picture(camera_id)
        every_s = self._every.get(camera_id, 0.0)
        if picture is None or not picture.is_live(every_s):
            return None
        if self._desk.replay.covers(camera_id):
            return None
        self._note(camera_id, picture)
        return picture

    def _delay(self, camera_id: str, picture: Picture | None) -> float:
        """Return the oldest of late; before a second has passed, how old it is."""
        return self._delays.get(camera_id, 0.0 if picture is None else picture.age_s)

    def _note(self, camera_id: str, picture: Picture) -> None:
        worst = self._worst.get(camera_id, 0.0)
        self._worst[camera_id] = max(picture.age_s, worst)

    def of(
        self,
        camera_id: str | None,
        *,
        number: int,
        focused: bool,
        typed: str,
        emptied: str = "",
    ) -> TileContent:
        """Return what a tile shows.

        Args:
            camera_id: The camera in it, or None.
            number: The tile's own number, as on the map.
            focused: The keyboard acts on it.
            typed: A camera number being typed, or "".
            emptied: Why an empty one is, in words, or "".
        """
        called = self._name_of(typed) if typed else ""
        if camera_id is None:
            return TileContent(
                number=number,
                reason=emptied or self._empty_words(),
                focused=focused,
                typed=typed,
                typed_name=called,
            )
        engine = self._desk.engine
        camera = self._desk.board.cameras.get(camera_id)
        picture, look, reason, why, age, remedy = None, Look.OFF, "", "", "", ""
        given_way = in_brief = ""
        dated: tuple[str, ...] = ()
        refused = self._refused(camera_id)
        if refused is not None:
            look, reason = self.look(camera_id), refusal(refused)  # what to do, too
        elif engine is not None:
            status, picture = engine.status(camera_id), engine.picture(camera_id)
            look, why = self.look(camera_id), status.reason
            if look is Look.AGAIN:
                before = self._looked_at_again(camera_id, number, picture, focused)
                return replace(before, typed=typed, typed_name=called)
            given_way = self._given_way(camera_id, status, picture)
            in_brief = brief(status.taken) if given_way else ""
            if given_way and look is Look.LIVE and status.taken is Step.STILLS:
                dated = still_words(self._desk, picture)
            if picture is None and look in (Look.STILL, Look.OFF):
                picture = self._still(camera_id)
            if look is not Look.LIVE:
                # Words that a live tile does not say are not looked up for it.
                reason = reason_words(status.reason)
                remedy = remedy_words(status.reason, camera_id)
                age = age_words(picture) if picture is not None else ""
        else:
            reason = self._switched_off()
        says = status_words(
            look,
            picture,
            self._delay(camera_id, picture),
            reason=why,
            given_way=given_way,
        )
        if picture is not None and look is Look.STILL:
            dated = still_words(self._desk, picture)
            says = dated[0]
        elif picture is not None and picture.sequence:
            self._note(camera_id, picture)
        return TileContent(
            number=number,
            camera_id=camera_id,
            name=_title(camera, look),
            where=self._where(camera_id),
            look=look,
            status=" · ".join(
                filter(None, (self._desk.listening.said(camera_id), says))
            ),
            brief=in_brief,
            reason=reason,
            remedy=remedy,
            age=age,
            picture=picture,
            focused=focused,
            typed=typed,
            typed_name=called,
            dated=dated,
            wrong="" if camera is None else self._desk.wrong_views.said(camera),
        )

    def _still(self, camera_id: str) -> Picture | None:
        """Return the last picture that this desk showed of a camera, if it is kept."""
        return self._desk.stills.picture(camera_id, self._desk.clock())

    def _looked_at_again(
        self, camera_id: str, number: int, picture: Picture | None, focused: bool
    ) -> TileContent:
        """Return what a tile shows of before: its true time, on a plate."""
        replay, desk = self._desk.replay, self._desk
        camera = desk.board.cameras.get(camera_id)
        reason = ""
        if replay.covers(camera_id) and not replay.has(camera_id):
            picture = None
            reason = QCoreApplication.translate(
                "Picture", "Nothing is kept of this camera from then"
            )
        said = again_words(desk, picture)
        return TileContent(
            number=number,
            camera_id=camera_id,
            name=_title(camera, Look.AGAIN),
            where=self._where(camera_id),
            look=Look.AGAIN,
            status=said,
            dated=() if picture is None else (said, *picture_times(desk, picture)),
            reason=reason,
            picture=picture,
            focused=focused,
            wrong="" if camera is None else desk.wrong_views.said(camera),
        )

    def _given_way(
        self, camera_id: str, status: StreamStatus, picture: Picture | None
    ) -> str:
        """Return what is said of a picture of which less than everything is shown."""
        self._every[camera_id] = status.every_s
        if picture is None or status.taken is Step.FULL:
            return ""
        if status.taken is not Step.STILLS:
            return QCoreApplication.translate("Picture", "Live {n} s, reduced").format(
                n=f"{max(self._delay(camera_id, picture), 0.1):.1f}"
            )
        still = QCoreApplication.translate("Picture", "Still of {time}, every {n} s")
        time, _ = picture_times(self._desk, picture)
        return still.format(time=time, n=round(status.every_s))

    def _where(self, camera_id: str) -> str:
        """Return how far off it is; of one on a vehicle also how old that is."""
        camera = self._desk.board.cameras.get(camera_id)
        for view in self._desk.views:
            if view.camera_id != camera_id:
                continue
            where = where_words(view.distance_m, view.bearing_from_target_deg)
            if camera is None or not camera.unit_id:
                return where
            stands = self._desk.board.standing(camera)
            if stands.at is None:
                return QCoreApplication.translate("Map", "Position unknown")
            return f"{where} {words.ago(stands.age(self._desk.clock()))}"
        return ""

    def _name_of(self, number: str) -> str:
        cameras = self._desk.board.cameras
        if number in cameras:
            return cameras[number].name
        scene = wall_rules.typed_scene(self._desk, number)
        if scene is not None:
            return wall_rules.scene_text(self._desk, number=scene.number)
        called = self._plate is not None and self._plate.unknown
        if not called and any(each.startswith(number) for each in cameras):
            return "…"
        if number.startswith("0"):
            return QCoreApplication.translate("Wall", "0 and a number: a scene")
        return QCoreApplication.translate("Picture", "No camera has this number")

    def _switched_off(self) -> str:
        return QCoreApplication.translate(
            "Picture", "Pictures are switched off at this desk"
        )

    def _empty_words(self) -> str:
        if not self._desk.board.heard:
            return dated(self._desk, "")
        if not self._desk.board.cameras:
            none = QCoreApplication.translate(
                "Picture", "No camera yet: lookout camera add"
            )
            return as_called(none, none)
        if self._desk.open_case_id is not None:
            return QCoreApplication.translate("Picture", "No further camera near")
        return QCoreApplication.translate("Picture", "Type a camera number, then Enter")
