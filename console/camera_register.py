"""Cameras from the command line: put into the register, and given their log-in.

Through the running service of that home, or one started for the moment.
"""

from argparse import Namespace
from dataclasses import replace
from urllib.parse import urlsplit

from console.camera_looks import Look, looks, remembering
from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from console.registers import (
    NO_CAMERA,
    TECHNICIAN,
    Unusable,
    place_in,
    position_in,
    snapshot_of,
    submit,
    with_desk,
)
from dispatch.camera_checks import check_numbers
from dispatch.cameras import Camera, carries_login, leaves_login_behind
from dispatch.client import DeskClient
from dispatch.commands import Refused, RegisterCamera
from dispatch.geo import Point
from resources.home import Home

FIRST_NUMBER = 1001
NOT_TAKEN = QT_TRANSLATE_NOOP(
    "Command", "{said}; the new log-in is not accepted, so the one it had stays"
)


def check_camera(home: Home, options: Namespace) -> int:
    """Say what is wrong with what was typed of a camera; return the exit status.

    All that the registers need not be asked for, so that nobody gives a password in
    vain.
    """
    say = CommandWords.of(home)
    try:
        number = options.number or str(FIRST_NUMBER)
        camera = _typed(options, number, position_in(options.at))
        # What stands already may be as it is: that is seen when it is replaced.
        if not options.replace:
            _check_numbers(camera, None, say)
    except Unusable as unusable:
        return complain(say.told(unusable), status=2)
    return 0


def _typed(options: Namespace, number: str, point: Point) -> Camera:
    for url in (options.url, options.sub_url):
        _check_address(url)
    return Camera(
        camera_id=number,
        name=options.name,
        point=point,
        bearing_deg=options.bearing,
        fov_deg=options.fov,
        range_m=options.range,
        main_url=options.url,
        sub_url=options.sub_url,
        transport=options.transport,
        unit_id=options.unit,
    )


def _check_numbers(camera: Camera, stands: Camera | None, say: CommandWords) -> None:
    try:
        check_numbers(camera, stands)
    except Refused as refused:
        raise Unusable("{why}", why=say.refusal(refused)) from None


def add_camera(
    home: Home,
    options: Namespace,
    *,
    password: str | None,
    look: Look | None = None,
) -> int:
    """Put a camera into the register, and say whether it answers; return the status.

    Args:
        home: The installation.
        options: What was typed.
        password: Of the camera's log-in, if it has one.
        look: Looks whether an address gives a picture, and at what it is. None: nobody
            looks.
    """
    say = CommandWords.of(home)
    status = 0

    def run(client: DeskClient) -> str:
        nonlocal status
        snapshot = snapshot_of(client)
        known = {camera.camera_id: camera for camera in snapshot.cameras}
        number = options.number or _free_number(set(known))
        stands = known.get(number)
        if stands is not None and not options.replace:
            raise Unusable(
                QT_TRANSLATE_NOOP(
                    "Command",
                    "camera {number} is {name}, {url}; take another --number, or give"
                    " --replace to put this one in its place",
                ),
                number=number,
                name=stands.name,
                url=stands.main_url,
            )
        camera = _typed(options, number, place_in(options, snapshot))
        if stands is not None:  # only on purpose: lookout camera seal --back
            camera = replace(camera, sealed=stands.sealed)
        _check_numbers(camera, stands, say)
        login = (options.user, password or "") if options.user else None
        asked = None if look is None else remembering(look)
        kept = stands is not None and _keeps(stands, camera, login, asked)
        submit(client, _registration(camera, None if kept else login))
        said = say(
            QT_TRANSLATE_NOOP("Command", "camera {number} {name}: added")
            if stands is None
            else QT_TRANSLATE_NOOP("Command", "camera {number} {name}: replaced"),
            number=number,
            name=options.name,
        )
        if stands is not None and stands.secret_ref and not options.user:
            if not leaves_login_behind(stands, camera):
                unseen = QT_TRANSLATE_NOOP(
                    "Command",
                    "{said}; it keeps its log-in, so nobody looked whether it answers",
                )
                return say(unseen, said=said)
            lost = QT_TRANSLATE_NOOP(
                "Command",
                "{said}; its address is another machine's, so its log-in was deleted;"
                " give it again: lookout camera login {number} --user NAME",
            )
            said = say(lost, said=said, number=number)
        if kept:
            said = say(NOT_TAKEN, said=said)
        if asked is None:
            return said
        lines, status = looks(camera, login, asked, say)
        return "\n".join([said, *lines])

    return with_desk(home, run) or status


def _keeps(
    stands: Camera, camera: Camera, login: tuple[str, str] | None, look: Look | None
) -> bool:
    """Return whether a camera keeps the log-in it has: it does not accept the new one.

    One that does not answer cannot be asked: then the new one is taken, and the looks
    say that nobody knows whether it opens it.
    """
    if login is None or look is None or not stands.secret_ref:
        return False
    if leaves_login_behind(stands, camera):
        return False
    return look(camera.main_url, login).reason == "login"


def _registration(camera: Camera, login: tuple[str, str] | None) -> RegisterCamera:
    """Return the command; without a log-in, a camera keeps the one it has."""
    user, password = login or (None, None)
    return RegisterCamera(
        actor=TECHNICIAN, camera=camera, username=user, password=password
    )


def give_login(
    home: Home, options: Namespace, *, password: str, look: Look | None = None
) -> int:
    """Give a registered camera its log-in, and say whether it opens it.

    Returns:
        The exit status: `NO_PICTURE` where it does not.
    """
    say = CommandWords.of(home)
    status = 0

    def run(client: DeskClient) -> str:
        nonlocal status
        known = {camera.camera_id: camera for camera in snapshot_of(client).cameras}
        camera = known.get(options.number)
        if camera is None:
            raise Unusable(
                NO_CAMERA,
                number=options.number,
                home=home.root,
            )
        login = (options.user, password)
        asked = None if look is None else remembering(look)
        kept = _keeps(camera, camera, login, asked)
        if not kept:
            submit(client, _registration(camera, login))
        said = say(
            QT_TRANSLATE_NOOP("Command", "camera {number} {name}")
            if kept
            else QT_TRANSLATE_NOOP(
                "Command", "camera {number} {name}: its log-in is kept"
            ),
            number=options.number,
            name=camera.name,
        )
        if kept:
            said = say(NOT_TAKEN, said=said)
        if asked is None:
            return said
        lines, status = looks(camera, login, asked, say)
        return "\n".join([said, *lines])

    return with_desk(home, run) or status


def _check_address(url: str) -> None:
    if not url:
        return
    if carries_login(url):
        # Not repeated: it holds the password.
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command",
                "leave the log-in out of the address; give --user, the password is"
                " asked",
            )
        )
    try:
        parts = urlsplit(url)
        bad_port = parts.port == 0
    except ValueError:
        unreadable = QT_TRANSLATE_NOOP(
            "Command", "the address cannot be read as an address"
        )
        raise Unusable(unreadable) from None
    if parts.scheme not in ("rtsp", "rtsps") or not parts.hostname or bad_port:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "the address must look like rtsp://HOST[:PORT]/PATH"
            )
        )


def _free_number(taken: set[str]) -> str:
    number = FIRST_NUMBER
    while str(number) in taken:
        number += 1
    return str(number)
