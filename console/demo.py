"""The demonstration: a town that lives, over the real parts.

Its cameras and field devices are processes of their own; the service, the line and
the desk are the ones that a real town uses. Everything is synthetic.
"""

import os
import secrets
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import asdict, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from console.bridge import EarlierRefusals
from console.check_field import FieldWatch
from console.command_words import CommandWords, complain
from console.demo_cameras import (
    OPENS_WITH,
    CamerasWatch,
    drawn_in_words,
    how_drawn,
)
from console.demo_home import NotOurs, make_fresh
from console.display import has_display
from console.plain_words import QT_TRANSLATE_NOOP
from console.processes import Child, Message, own_command
from console.starting import Reporter
from console.who import Sitting, actor_of
from dispatch.client import DeskClient
from dispatch.commands import Command, ImportTown, RegisterCamera
from dispatch.day_player import DayOrder
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.geo import distance_m
from dispatch.importing import read_town
from dispatch.people import Actor
from dispatch.receipts import Receipt
from dispatch.virtual_field import field_keys
from resources.home import Home

if TYPE_CHECKING:
    from console.app import Prepared, Stoppable

SAMPLE = "yaozhuang"
OPERATOR, SEAT = "李敏", "2号席"
CAMERA_USER = "lookout"
DETECTOR_KIND = "smoke_detector"
FIRST_ALARM_S = 30.0
CHECK_SPEED = 60.0  # walking and handling only
DEMO_SPEED = 8.0
ANSWER_S = 20.0
CHECK_LOOKS_AT = 6  # those, and the best views of its alarm
ALREADY_OPEN = 3  # as a second service on one home says it

NO_DISPLAY = QT_TRANSLATE_NOOP(
    "Command",
    "No display here: the demonstration does its job on an invisible one. That takes"
    " some minutes; the first time its cameras are drawn before, which takes some more.",
)
SHOTS = QT_TRANSLATE_NOOP("Command", "Screenshots: {shots}")


def sample_folder(name: str = SAMPLE) -> Path:
    """Return the folder of a sample town."""
    return Path(str(files("resources") / "samples" / name))


def run_demo(
    home: Home,
    *,
    check: bool,
    shots: Path | None,
    cache: Path | None = None,
    size: tuple[int, int] = (1920, 1080),
    day: DayOrder | None = None,
    leads: bool = True,
) -> int:
    """Show the living town; with `check`, do the job and print the verdict.

    Args:
        home: The demonstration's own home, emptied at each start.
        check: Do the operator's job, print the verdict, and end.
        shots: Where the check's screenshots go, or None.
        cache: Where the encoded cameras are kept, if not in the home.
        size: Of the check's window, in pixels.
        day: How the living day is played. In a check nothing happens by chance.
        leads: The seat has the role of the shift leader. In a check it has.
    """
    timed = check  # who only wants to see it need not be quick
    if not check and not has_display():
        check = True
        shots = shots or home.root / "shots"
        say = CommandWords.of(home)
        for line in (say(NO_DISPLAY), say(SHOTS, shots=shots)):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        make_fresh(home)
    except NotOurs as refused:
        return complain(CommandWords.of(home).told(refused), status=2)
    town = DemoTown(
        home,
        hurried=check,
        cache=cache,
        day=None if check else day,
        leads=check or leads,
    )
    return _run(home, town, check=check, timed=timed, shots=shots, size=size)


def _run(
    home: Home,
    town: "DemoTown",
    *,
    check: bool,
    timed: bool,
    shots: Path | None,
    size: tuple[int, int],
) -> int:
    from console.app import DeskRun, run_desk

    verdicts: list[bool] = []

    def on_started(run: DeskRun) -> None:
        if not check:
            return
        from PySide6.QtWidgets import QApplication

        from console.check import Check, Verdict, print_verdict

        run.window.showNormal()  # a maximal window keeps the screen's size
        run.window.resize(*size)
        job = Check(run, town.field, shots=shots)

        def finish(verdict: Verdict) -> None:
            good = verdict.ok or (not timed and verdict.missed_only_time())
            verdicts.append(good)
            print_verdict(verdict, shots)
            QApplication.exit(0 if good else 1)

        job.done.connect(finish)
        job.start()

    status = run_desk(
        home,
        town.prepare,
        started=on_started,
        attended=not check,
        second=ALREADY_OPEN if check else 0,
    )
    if check and status == ALREADY_OPEN:
        sys.stderr.write(
            f"lookout: a demonstration is open on {home.root} and was left alone; "
            "give the check a --home of its own\n"
        )
        return status
    if check:
        return 0 if verdicts == [True] else 1
    return status


class DemoTown:
    """The town and its processes, for one home.

    Thread: `prepare` on the starting thread; the rest wherever it is used.

    Attributes:
        field: The field process as the check sees it.
        cameras: The cameras' process, once started.
        service: The service's process, once started.
        login: The cameras' log-in, new at each start.
    """

    def __init__(
        self,
        home: Home,
        *,
        hurried: bool,
        cache: Path | None = None,
        large_pictures: bool = True,
        pictures: bool = True,
        day: DayOrder | None = None,
        leads: bool = True,
    ) -> None:
        self.field = FieldWatch()
        self.cameras: Child | None = None
        self.service: Child | None = None
        self._home = home
        self._hurried = hurried
        self._cache = cache or home.cache
        self._large_pictures = large_pictures
        self._pictures = pictures
        self._day = day
        self._actor = actor_of(Sitting(name=OPERATOR, seat=SEAT, leads=leads))
        self._files = read_town(sample_folder())
        self.login = {
            "username": CAMERA_USER,
            "password": secrets.token_urlsafe(12),
        }

    def prepare(self, report: Reporter) -> "Prepared":
        """Start everything and furnish the service; end it all where that fails."""
        from console.app import Prepared, Stoppable, connect
        from console.service_process import ServiceProcess

        actor = self._actor
        children: list[Stoppable] = []
        client: DeskClient | None = None
        try:
            watch = self._start_cameras(children) if self._pictures else None
            service = ServiceProcess(self._home)
            said = service.start(report)
            self.service = service.child
            children.insert(0, service)
            report("town")
            refusals = EarlierRefusals()
            client = connect(self._home, said, refusals)
            self._furnish(client, actor)
            if watch is not None:
                port = watch.wait(report, drawn_in_words(self._home))
                self._register_cameras(client, actor, port)
            report("field")
            self.field.child = self._child(
                "virtual-field", self.field.hear, self._field_order(said)
            )
            children.append(self.field.child)
            report("desk")
        except BaseException:
            if client is not None:
                client.close()
            for child in reversed(children):
                child.stop()
            raise
        return Prepared(
            client=client,
            refusals=refusals,
            children=children,
            actor=actor,
            map_folder=sample_folder(),
        )

    def _start_cameras(self, children: "list[Stoppable]") -> "CamerasWatch":
        # A check measures the desk, not two cores that draw beside it.
        watch = CamerasWatch(wanted=CHECK_LOOKS_AT if self._hurried else None)
        self.cameras = self._child(
            "virtual-cameras",
            watch.hear,
            {
                **self.login,
                "cameras": self._nearest_first(),
                "opens": CHECK_LOOKS_AT if self._hurried else OPENS_WITH,
                **how_drawn(
                    len(self._files.cameras),
                    hurried=self._hurried,
                    large=self._large_pictures,
                ),
            },
        )
        children.append(self.cameras)
        return watch

    def _nearest_first(self) -> dict[str, str]:
        """Return the cameras' scenes, in the order in which they are looked at.

        First what an empty desk shows, then what is near the first alarm.
        """
        scenes = self._files.scenes
        alarm = next(
            each for each in self._files.devices if each.kind == DETECTOR_KIND
        ).point
        near = sorted(
            self._files.cameras, key=lambda each: distance_m(alarm, each.point)
        )
        pinned = sorted(scenes)[:OPENS_WITH]
        return {
            number: scenes[number]
            for number in (*pinned, *(each.camera_id for each in near))
        }

    def _child(
        self, name: str, on_line: Callable[[Message], None], first_line: Message
    ) -> Child:
        return Child(
            name,
            own_command(
                name, "--home", str(self._home.root), "--cache", str(self._cache)
            ),
            errors=self._home.logs / f"{name}.err",
            on_line=on_line,
            first_line=first_line,
        )

    def _furnish(self, client: DeskClient, actor: Actor) -> None:
        files = self._files
        played = [device.device_id for device in self._files.devices]
        keys = field_keys(self._home, played)
        known = {kind.NAME for kind in DEVICE_KINDS}
        devices = []
        for device in files.devices:
            pair = keys.get(device.device_id)
            if pair is not None:
                devices.append(replace(device, public_key=pair.public))
            elif device.kind in known:
                devices.append(device)  # it stands there, and is not enrolled yet
            if device.kind == DETECTOR_KIND and not self.field.detector:
                self.field.detector = device.device_id
        _submit(
            client,
            ImportTown(
                actor=actor,
                town=files.town,
                grids=files.grids,
                units=files.units,
                places=files.places,
                devices=tuple(devices),
            ),
        )

    def _register_cameras(self, client: DeskClient, actor: Actor, port: int) -> None:
        for camera in self._files.cameras:
            _submit(
                client,
                RegisterCamera(
                    actor=actor,
                    camera=replace(
                        camera,
                        main_url=camera.main_url.replace("{port}", str(port)),
                        sub_url=camera.sub_url.replace("{port}", str(port)),
                    ),
                    username=self.login["username"],
                    password=self.login["password"],
                ),
            )

    def _field_order(self, said: Message) -> Message:
        order: dict[str, object] = {
            "address": said["intake_address"],
            "server_key": said["server_key"],
            "town": str(sample_folder()),
            "speed_up": CHECK_SPEED if self._hurried else DEMO_SPEED,
            "first_alarm_s": None if self._hurried else FIRST_ALARM_S,
        }
        if self._day is not None:
            order["speed_up"] = max(DEMO_SPEED, self._day.speed)
            order["day"] = {**asdict(self._day), "desk_address": said["desk_address"]}
        return order


def _submit(client: DeskClient, command: Command) -> Receipt:
    future: Future[Receipt] = client.submit(command)
    return future.result(ANSWER_S)
