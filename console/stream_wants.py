"""What the desk wants of the video engine: live for the tiles, standby near cases.

Every wall says what it shows, the desk's tiles and each window on a monitor; the engine
is told of all of them as one, and only when something changed. So a stream is decoded
once a machine, for the largest tile that shows it. Each look at a camera is told to
the service, which writes it down; while it is away the looks wait in the desk's outbox
with their time, and the pictures go on. A look that the service refuses for good ends.
A log-in that is needed is asked for apart from that; it goes straight to the engine
and is kept nowhere here.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from console.kept_ready import STANDBY_SIZE, Prospects, Recent, Wished, spec_of
from console.shown import Look, Shown, Size, Together, together
from console.standby_steps import StandbySteps
from dispatch.commands import Refused
from dispatch.sealed import may_look
from video.contract import Importance, Mode, Want
from video.sources import StreamSpec
from video.standby_choice import Budget, Kept, choose

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved
    from dispatch.client import Link

BUDGET = Budget()
RETRY_SECONDS = 3
AFTER_CALL_UP_MS = 100  # by then there is a picture of what stood ready
WEIGH_SECONDS = 60  # how often it is looked at who is kept for too long
# What is refused for one of these may be granted in a while.
AGAIN = frozenset(
    {
        *("service_away", "store_away", "secrets_away"),
        *("no_answer", "fault", "outbox", "closed"),
    }
)


class StreamWants:
    """Keeps the engine's wanted set equal to what the desk shows and may show next.

    Thread: UI only.

    Attributes:
        expect: Told which cameras are live, so that a first picture waits for no tick.
    """

    def __init__(self, desk: "Desk") -> None:
        self.expect: Callable[[Collection[str]], None] = lambda _camera_ids: None
        self._desk = desk
        self._walls: dict[str, Shown] = {}
        self._declared: dict[str, Want] | None = None
        self._shown = Together()
        self._looks: set[Look] = set()
        self._has_login: set[str] = set()  # or it is on its way
        self._untold: list[tuple[Look, datetime]] = []
        self._login_again: dict[str, None] = {}
        self._barred: dict[str, Refused] = {}  # the service lets nobody see these
        self._asked_for: dict[str, StreamSpec] = {}  # what each log-in is good for
        self._connected = False
        self._wait = 0
        self._recent = Recent()
        self._prospects = Prospects(desk)
        self._next: Together | None = None  # shown already; the rest is still to settle
        self._since: dict[Look, datetime] = {}  # of that: since when
        self._steps = StandbySteps(self._open, desk)
        self._steps.stepped.connect(self._fetch_logins)
        self._settling = QTimer(desk)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self.settle)

    @property
    def declared(self) -> Mapping[str, Want]:
        """Return what the engine is told, what only stands ready step by step."""
        self.settle()
        return self._declared or {}

    def purpose(self, camera_id: str) -> int | None:
        """Return the open case where a camera is shown for it, else None."""
        case_id, shown = self._desk.open_case_id, self._next or self._shown
        for_it = case_id in shown.for_case.get(camera_id, ())
        return self._allowed(Look(camera_id, case_id if for_it else None)).case_id

    def refused(self, camera_id: str) -> Refused | None:
        """Return why nobody here may see a camera, or None."""
        camera, desk = self._desk.board.cameras.get(camera_id), self._desk
        if camera is not None and not may_look(camera, desk.actor.roles, desk.case):
            return Refused("sealed", "sealed", camera=camera_id)  # a service away, too
        return self._barred.get(camera_id)

    def _is_sealed(self, camera_id: str) -> bool:
        refused = self.refused(camera_id)
        return refused is not None and refused.reason == "sealed"

    def show(self, wall: str, shown: Shown) -> None:
        """Say what one wall shows; what nobody can see shows nothing.

        Args:
            wall: Which one, always by the same name.
            shown: What stands in it.
        """
        self._walls[wall] = shown
        if shown == Shown():
            del self._walls[wall]
        self._declare(together(self._walls.values()))

    def _declare(self, shown: Together) -> None:
        """Call up what is shown, now; all else waits until the window has a moment.

        Where everything shown stood ready that is after the call-up: to weigh the rest,
        and to write down who looks, takes the processor that makes the first pictures.
        """
        if self._desk.engine is None:
            return
        if self._next is not None and not {*self._next.looks()} <= {*shown.looks()}:
            self.settle()  # what is shown no more was looked at all the same
        now = self._desk.clock()
        self._since = {each: self._since.get(each, now) for each in shown.looks()}
        called, self._next = self._call_up(shown), shown
        declared = self._declared or {}
        live = {k for k, want in declared.items() if want.mode is Mode.LIVE}
        if not shown.live.keys() <= live:
            self._settling.start(0)
        elif not self._settling.isActive():
            self._settling.start(AFTER_CALL_UP_MS if called else 0)

    def _call_up(self, shown: Together) -> bool:
        """Have the pictures come of what stands ready; return whether any does."""
        engine, ready = self._desk.engine, self._declared
        self.expect(shown.live)
        if engine is None or ready is None:
            return False
        cameras, called = self._desk.board.cameras, dict[str, Want]()
        for camera_id, (width, height) in shown.live.items():
            camera, before = cameras.get(camera_id), ready.get(camera_id)
            if camera is None or before is None or before.mode is Mode.LIVE:
                continue
            # One that stands elsewhere now is settled with its log-in.
            if before.spec == spec_of(camera) and self.refused(camera_id) is None:
                matters = shown.importance.get(camera_id, Importance.PINNED)
                called[camera_id] = replace(
                    before,
                    mode=Mode.LIVE,
                    width=width,
                    height=height,
                    importance=matters,
                )
        if called:
            self._declared = {**ready, **called}
            self._steps.want(self._declared)
        return bool(called)

    def settle(self) -> None:
        """See now to what waits for a moment: who looks is written down, above all."""
        shown, self._next = self._next, None
        self._settling.stop()
        if shown is not None:
            self._settle(shown)

    def _settle(self, shown: Together) -> None:
        """Tell the engine of everything there is to show and to keep at hand."""
        engine = self._desk.engine
        if engine is None:
            return
        self._forget_logins()
        live = shown.live
        # Called up again, or wished again, is a new question.
        ended = self._shown.live.keys() - live.keys()
        kept = self._kept(shown)
        still = ({each.camera_id for each in kept} - ended) | {*shown.toured}
        self._barred = {k: why for k, why in self._barred.items() if k in still}
        self._keep_stills(self._shown.live.keys() - live.keys())
        self._shown = replace(shown, live=dict(live))
        wants = self._wanted({**shown.ready, **live}, kept, shown.importance)
        if wants != self._declared:
            self._declared = wants
            self._steps.want(wants)
        self._tell_looks(shown)
        self._fetch_logins()

    def _open(self, wants: Mapping[str, Want]) -> None:
        if (engine := self._desk.engine) is not None:
            engine.want(wants)

    def _wanted(
        self,
        live: Mapping[str, Size],
        kept: Sequence[Kept],
        importance: Mapping[str, Importance],
    ) -> dict[str, Want]:
        cameras = self._desk.board.cameras
        wants: dict[str, Want] = {}
        rings = {each.camera_id: each.ring_s for each in kept}
        for camera_id, (width, height) in live.items():
            camera = cameras.get(camera_id)
            if camera is not None and self.refused(camera_id) is None:
                matters = importance.get(camera_id, Importance.PINNED)
                wants[camera_id] = Want(
                    spec_of(camera),
                    Mode.LIVE,
                    width,
                    height,
                    matters,
                    ring_s=rings.get(camera_id, 0),
                )
        for camera_id, ring_s in rings.items():
            camera = cameras.get(camera_id)
            if camera is None or camera_id in wants or self.refused(camera_id):
                continue
            wants[camera_id] = Want(
                spec_of(camera), Mode.STANDBY, *STANDBY_SIZE, ring_s=ring_s
            )
        return wants

    def _forget_logins(self) -> None:
        """Take the log-ins back of cameras that stand elsewhere now, or have none.

        Before the new address is told: the engine would use the old log-in there.
        """
        cameras, engine = self._desk.board.cameras, self._desk.engine
        for camera_id, spec in tuple(self._asked_for.items()):
            camera = cameras.get(camera_id)
            if camera is not None:
                now = spec_of(camera)
                if now.needs_login and _reached_at(now) == _reached_at(spec):
                    continue
            if engine is not None:
                engine.forget_login(camera_id)
            del self._asked_for[camera_id]
            self.renew((camera_id,))

    def begin_anew(self) -> None:
        """Let go of every stream and open it again, as if the desk had just begun."""
        engine = self._desk.engine
        self.settle()
        if engine is not None and self._declared is not None:
            self._steps.want({})
            self._steps.want(self._declared)

    def follow(self, moved: "Moved") -> None:
        """Ask anew for cameras registered again; weigh again who stands ready."""
        self.renew(moved.cameras)
        if self._prospects.altered(moved) and self._declared is not None:
            self._next = self._next or self._shown
            self._settling.start(0)

    def renew(self, camera_ids: Collection[str]) -> None:
        """Ask anew for cameras that were registered again: the log-in may differ."""
        self._has_login.difference_update(camera_ids)
        for camera_id in camera_ids:
            self._barred.pop(camera_id, None)
            self._desk.stills.forget(camera_id)  # it may stand elsewhere now

    def on_link(self, link: "Link") -> None:
        """Ask again for what was refused as soon as the service is back."""
        was, self._connected = self._connected, link.connected
        if link.connected and not was:
            self.retry()

    def retry(self) -> None:
        """Ask again for what was refused, now."""
        untold, self._untold = self._untold, []
        for look, at in untold:
            self._tell(look, at)  # also when the look has ended meanwhile
        again, self._login_again = self._login_again, {}
        for camera_id in again:
            if camera_id in self.declared and camera_id not in self._has_login:
                self._fetch(camera_id)

    def retry_refused(self) -> None:
        """Ask again for what was refused, every few seconds."""
        self._wait += 1
        if self._wait % RETRY_SECONDS == 0:
            self.retry()
        if self._wait % WEIGH_SECONDS == 0:
            self._settle(self._next or self._shown)

    def _keep_stills(self, left: Collection[str]) -> None:
        """Keep the last picture of what is shown no more, while there is one."""
        desk = self._desk
        for camera_id in left:
            if desk.engine is not None and self.refused(camera_id) is None:
                picture = desk.engine.picture(camera_id)
                desk.stills.keep(camera_id, picture, desk.clock())

    def _kept(self, shown: Together) -> list[Kept]:
        """Return what is kept: the shown, and what stands ready besides."""
        desk, now = self._desk, self._desk.clock()
        self._recent.note(shown.live.keys() - {*shown.toured}, now, shown.unseen)
        wished = Wished(
            shown=[
                (each, width, each in shown.for_case or desk.replay.covers(each))
                for each, (width, _) in {**shown.live, **shown.ready}.items()
            ],
            tried=shown.tried,
            spare=shown.spare,
            recent=self._recent.cameras(now),
        )
        return choose(self._prospects.candidates(wished, BUDGET), BUDGET)

    def _tell_looks(self, shown: Together) -> None:
        """Have each look at a camera written down, once; a tour's as a whole."""
        cameras = self._desk.board.cameras
        toured = [  # a sealed camera is passed over
            each
            for each in shown.toured
            if each in cameras and not cameras[each].sealed
        ]
        now, (since, self._since) = self._desk.clock(), (self._since, {})
        looks = {
            self._allowed(each): since.get(each, now)
            for each in replace(shown, toured=toured).looks()
            if each.camera_id in cameras and not self._is_sealed(each.camera_id)
        }
        # What is no longer looked at is forgotten: coming back is another look.
        known, self._looks = self._looks, set(looks)
        for look, at in looks.items():
            if look not in known:
                self._tell(look, at)

    def _allowed(self, look: Look) -> Look:
        """Return a look as this seat may have it.

        Where it may see a sealed camera for its open case only, it does, wherever that
        stands.
        """
        camera, desk = self._desk.board.cameras[look.camera_id], self._desk
        if look.case_id is None and not may_look(camera, desk.actor.roles, None):
            return look._replace(case_id=desk.open_case_id)
        return look

    def _tell(self, look: Look, at: datetime) -> None:
        def answered(refused: Refused | None) -> None:
            if refused is None:
                self._bar(look.camera_id, None)
            elif refused.reason in AGAIN:
                self._untold.append((look, at))
            elif look in self._looks:
                self._bar(look.camera_id, refused)

        self._desk.actions.note_view(
            look.camera_id, case_id=look.case_id, at=at, done=answered
        )

    def _fetch_logins(self) -> None:
        wants = self._steps.told
        # Those of a tour are at hand for as long as it stands: each turn is no request.
        self._has_login.intersection_update({*wants, *self._shown.toured})
        for camera_id, want in wants.items():
            if (
                want.spec.needs_login
                and camera_id not in self._has_login
                and camera_id not in self._login_again
            ):
                self._fetch(camera_id)

    def _fetch(self, camera_id: str) -> None:
        def answered(refused: Refused | None) -> None:
            if refused is None:
                return
            self._has_login.discard(camera_id)
            if refused.reason in AGAIN:
                self._login_again[camera_id] = None
            elif camera_id in self.declared:
                self._bar(camera_id, refused)

        self._has_login.add(camera_id)
        camera = self._desk.board.cameras.get(camera_id)
        # What only stands ready beside an open case is no look for it.
        look = Look(camera_id, self._shown.for_case.get(camera_id, (None,))[0])
        if camera is not None:
            look = self._allowed(look)
            if camera.secret_ref:
                self._asked_for[camera_id] = spec_of(camera)
        self._desk.actions.fetch_login(camera_id, case_id=look.case_id, done=answered)

    def _bar(self, camera_id: str, refused: Refused | None) -> None:
        if (refused is None) == (camera_id not in self._barred):
            return
        if refused is None:
            del self._barred[camera_id]
        else:
            self._barred[camera_id] = refused
            self._desk.stills.forget(camera_id)
        self._settle(self._next or self._shown)


def _reached_at(spec: StreamSpec) -> tuple[str, str]:
    return spec.main_url, spec.sub_url
