"""The demonstration: a small town that lives, over the real parts.

Its cameras and field devices are processes of their own; the service, the line and
the desk are the ones that a real town uses. Everything is synthetic.
"""

import logging
import os
import secrets
import shutil
import sys
import threading
from concurrent.futures import Future
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from console.check_field import FieldWatch
from console.processes import Child, Message, own_command
from console.starting import Reporter, StartFailed
from dispatch.bus import Receipt
from dispatch.client import DeskClient
from dispatch.commands import Command, EnrolDevice, ImportTown, RegisterCamera
from dispatch.importing import TownFiles, read_town
from dispatch.people import Actor
from dispatch.virtual_field import field_keys
from resources.home import Home

_log = logging.getLogger("lookout.demo")

SAMPLE = "yaozhuang-small"
OPERATOR, SEAT = "李敏", "2号席"
CAMERA_USER = "lookout"
DETECTOR_KIND = "smoke_detector"
FIRST_ALARM_S = 30.0
CHECK_SPEED = 60.0  # walking and handling only
DEMO_SPEED = 8.0
ANSWER_S = 20.0
CAMERAS_S = 600.0
MARK = "demo-home"  # a home that may be emptied at each start


def sample_folder() -> Path:
    """Return the folder of the small town."""
    return Path(str(files("resources") / "samples" / SAMPLE))


def run_demo(home: Home, *, check: bool, shots: Path | None) -> int:
    """Show the living town; with `check`, do the job and print the verdict."""
    if not check and not _has_display():
        check = True
        shots = shots or home.root / "shots"
        sys.stdout.write(
            "No display here: the demonstration runs its check on an invisible one.\n"
            f"Screenshots: {shots}\n"
        )
        sys.stdout.flush()
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not _make_fresh(home):
        return 2
    return _run(home, check=check, shots=shots)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.startswith(("offscreen", "minimal")):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _make_fresh(home: Home) -> bool:
    """Empty the demonstration's home, but for what took long to make.

    A folder that holds an installation of its own is left alone.
    """
    mark = home.root / MARK
    if (home.root / "data").exists() and not mark.exists():
        sys.stderr.write(
            f"lookout: {home.root} holds an installation of its own; "
            "give the demonstration another --home\n"
        )
        return False
    home.root.mkdir(parents=True, exist_ok=True)
    mark.touch()
    from dispatch.service import service_running

    if service_running(home) is None:  # a desk that runs keeps what it has
        shutil.rmtree(home.root / "data", ignore_errors=True)
    return True


def _run(home: Home, *, check: bool, shots: Path | None) -> int:
    from console.app import (
        DESK_ROLES,
        DeskRun,
        Prepared,
        ServiceProcess,
        connect,
        run_desk,
    )

    field = FieldWatch()
    actor = Actor(name=OPERATOR, seat=SEAT, roles=DESK_ROLES)
    verdicts: list[bool] = []

    def prepare(report: Reporter) -> Prepared:
        children: list[Child] = []
        client: DeskClient | None = None
        try:
            service = ServiceProcess(home)
            town = read_town(sample_folder())
            login = {"username": CAMERA_USER, "password": secrets.token_urlsafe(12)}
            cameras = CamerasWatch()
            camera_child = Child(
                "virtual-cameras",
                own_command("virtual-cameras", "--home", str(home.root)),
                errors=home.logs / "virtual-cameras.err",
                on_line=cameras.hear,
                first_line={**login, "cameras": town.scenes},
            )
            children.append(camera_child)
            said = service.start(report)
            children.insert(0, service.child)
            report("town")
            client = connect(home, said)
            _import(client, actor, town)
            _enrol(client, actor, home, town)
            report("field")
            field.detector = next(
                device.device_id
                for device in town.devices
                if device.kind == DETECTOR_KIND
            )
            field.child = Child(
                "virtual-field",
                own_command("virtual-field", "--home", str(home.root)),
                errors=home.logs / "virtual-field.err",
                on_line=field.hear,
                first_line=_field_order(said, check=check),
            )
            children.append(field.child)
            port = cameras.wait(report)
            _register_cameras(client, actor, town, port, login)
            report("desk")
        except BaseException:
            if client is not None:
                client.close()
            for child in reversed(children):
                child.stop()
            raise
        return Prepared(
            client=client,
            children=children,
            actor=actor,
            map_folder=sample_folder(),
            started=on_started,
        )

    def on_started(run: DeskRun) -> None:
        if not check:
            return
        from PySide6.QtWidgets import QApplication

        from console.check import SIZE, Check, Verdict, print_verdict

        run.window.resize(*SIZE)
        job = Check(run, field, shots=shots)

        def finish(verdict: Verdict) -> None:
            verdicts.append(verdict.ok)
            print_verdict(verdict)
            QApplication.exit(0 if verdict.ok else 1)

        job.done.connect(finish)
        job.start()

    status = run_desk(home, prepare)
    if check:
        return 0 if verdicts == [True] else 1
    return status


class CamerasWatch:
    """What the virtual cameras say while they get ready.

    Thread: `hear` on the child's reader thread, `wait` on the starting thread.
    """

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._port: int | None = None
        self._error = ""
        self._done: dict[str, float] = {}

    def hear(self, message: Message) -> None:
        """Take a line of the cameras' process."""
        with self._news:
            ready = message.get("ready")
            progress = message.get("progress")
            if isinstance(ready, dict):
                self._port = int(ready["port"])
            elif isinstance(progress, dict) and progress.get("stream") == "sub":
                part = float(progress["done"]) / max(1.0, float(progress["of"]))
                self._done[str(progress["camera"])] = part
            elif "error" in message:
                self._error = str(message["error"])
            self._news.notify_all()

    def wait(self, report: Reporter) -> int:
        """Return the cameras' port once four of them play.

        Raises:
            StartFailed: They cannot play, or not in ten minutes.
        """
        report("cameras")
        waited = 0.0
        with self._news:
            while self._port is None:
                if self._error:
                    raise StartFailed(self._error)
                if waited > CAMERAS_S:
                    raise StartFailed("virtual cameras")
                self._news.wait(0.2)
                waited += 0.2
                best = sorted(self._done.values(), reverse=True)[:4]
                report("cameras", sum(best) / 4 if best else None)
            return self._port


def _import(client: DeskClient, actor: Actor, town: TownFiles) -> None:
    _submit(
        client,
        ImportTown(
            actor=actor,
            town=town.town,
            grids=tuple(town.grids),
            units=tuple(town.units),
            places=tuple(town.places),
        ),
    )


def _enrol(client: DeskClient, actor: Actor, home: Home, town: TownFiles) -> None:
    keys = field_keys(home, [device.device_id for device in town.devices])
    for device in town.devices:
        enrolled = replace(device, public_key=keys[device.device_id].public)
        _submit(client, EnrolDevice(actor=actor, device=enrolled))


def _register_cameras(
    client: DeskClient,
    actor: Actor,
    town: TownFiles,
    port: int,
    login: dict[str, str],
) -> None:
    for camera in town.cameras:
        _submit(
            client,
            RegisterCamera(
                actor=actor,
                camera=replace(
                    camera,
                    main_url=camera.main_url.replace("{port}", str(port)),
                    sub_url=camera.sub_url.replace("{port}", str(port)),
                ),
                username=login["username"],
                password=login["password"],
            ),
        )


def _field_order(said: Message, *, check: bool) -> Message:
    return {
        "address": said["intake_address"],
        "server_key": said["server_key"],
        "town": str(sample_folder()),
        "speed_up": CHECK_SPEED if check else DEMO_SPEED,
        "first_alarm_s": None if check else FIRST_ALARM_S,
    }


def _submit(client: DeskClient, command: Command) -> Receipt:
    future: Future[Receipt] = client.submit(command)
    return future.result(ANSWER_S)
