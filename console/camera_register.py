"""Cameras from the command line: put into the register, and given their log-in.

Through the running service of that home, or one started for the moment.
"""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from console.camera_looks import UNREACHED, Look, looks, remembering
from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from console.registers import (
    NO_CAMERA,
    TECHNICIAN,
    Unusable,
    check_unit,
    place_in,
    position_in,
    snapshot_of,
    submit,
    with_desk,
)
from dispatch.camera_checks import check_numbers, check_place
from dispatch.cameras import Camera, carries_login, leaves_login_behind, machine_of
from dispatch.changes import Snapshot
from dispatch.client import DeskClient
from dispatch.commands import Refused, RegisterCamera
from dispatch.geo import Point
from dispatch.importing_checks import place_notes
from resources.home import Home

FIRST_NUMBER = 1001
NOT_TAKEN = QT_TRANSLATE_NOOP(
    "Command", "{said}; the new log-in is not accepted, so the one it had stays"
)
NOT_SAVED = QT_TRANSLATE_NOOP(
    "Command", "{said}; the camera does not accept this log-in, so it is not kept"
)
UNTRIED = QT_TRANSLATE_NOOP(
    "Command", "{said}; nobody could try it, for the camera does not answer"
)


# Option: the field of a camera that it fills.
FIELDS = {
    "name": "name",
    "bearing": "bearing_deg",
    "fov": "fov_deg",
    "range": "range_m",
    "url": "main_url",
    "sub_url": "sub_url",
    "transport": "transport",
    "unit": "unit_id",
}


def _check_typed(options: Namespace, say: CommandWords) -> None:
    """Find out what is wrong with what was typed, as far as it needs no register."""
    for url in (options.url, options.sub_url):
        _check_address(url or "")
    if options.at:
        position_in(options.at)
    # What stands already may be as it is: that is seen when it is replaced.
    if not options.replace:
        number = options.number or str(FIRST_NUMBER)
        _check_numbers(_new(options, number, position_in(options.at)), None, say)


def _given(options: Namespace) -> dict[str, Any]:
    found = {field: getattr(options, name) for name, field in FIELDS.items()}
    return {field: value for field, value in found.items() if value is not None}


def _new(options: Namespace, number: str, point: Point) -> Camera:
    return Camera(camera_id=number, point=point, **_given(options))


def _replacing(stands: Camera, options: Namespace, point: Point | None) -> Camera:
    """Return a camera in place of another: what was not typed is as it was.

    That somebody has checked it on site is not. Where it has moved to another machine,
    its small stream went with it.
    """
    given = _given(options)
    if point is not None:
        given |= {"point": point, "grid_code": ""}
    url, small = given.get("main_url", stands.main_url), stands.sub_url
    if small and machine_of(small) == machine_of(stands.main_url):
        there = urlsplit(url)
        moved = urlsplit(small)._replace(scheme=there.scheme, netloc=there.netloc)
        given.setdefault("sub_url", moved.geturl())
    return replace(stands, verified_at=None, retired=False, **given)


def _check_needed(options: Namespace) -> None:
    needed = ("url", "name", "at")
    missing = [f"--{name}" for name in needed if not getattr(options, name)]
    if missing:
        raise Unusable(
            QT_TRANSLATE_NOOP("Command", "a new camera needs {options} too"),
            options=", ".join(missing),
        )


def _check_numbers(camera: Camera, stands: Camera | None, say: CommandWords) -> None:
    try:
        check_numbers(camera, stands)
    except Refused as refused:
        raise Unusable("{why}", why=say.refusal(refused)) from None


def _check_stands(
    camera: Camera, stands: Camera | None, snapshot: Snapshot, say: CommandWords
) -> None:
    """Refuse what the registers refuse: so far away, or on a vehicle nobody knows."""
    try:
        check_place(camera, stands, town=snapshot.town, grids=snapshot.grids)
    except Refused as refused:
        raise Unusable("{why}", why=say.refusal(refused)) from None
    check_unit(camera.unit_id, snapshot)


def add_camera(
    home: Home,
    options: Namespace,
    *,
    ask: Callable[[str], str],
    look: Look | None = None,
) -> int:
    """Put a camera into the register, and say whether it answers; return the status.

    Args:
        home: The installation.
        options: What was typed.
        ask: Asks for the password of the camera of that name, once all that was typed
            has been found to be right, so that nobody gives it in vain.
        look: Looks whether an address gives a picture, and at what it is. None: nobody
            looks.
    """
    say = CommandWords.of(home)
    status = 0
    try:
        if not options.replace:
            _check_needed(options)
        _check_typed(options, say)
    except Unusable as unusable:
        return complain(say.told(unusable), status=2)

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
        if stands is None:
            _check_needed(options)
            camera = _new(options, number, place_in(options, snapshot))
        else:
            point = place_in(options, snapshot) if options.at else None
            camera = _replacing(stands, options, point)
        _check_numbers(camera, stands, say)
        _check_stands(camera, stands, snapshot, say)
        login = (options.user, ask(camera.name)) if options.user else None
        asked = None if look is None else remembering(look)
        found = _asked_of(camera, login, asked)
        submit(client, _registration(camera, None if found == "login" else login))
        said = say(
            QT_TRANSLATE_NOOP("Command", "camera {number} {name}: added")
            if stands is None
            else QT_TRANSLATE_NOOP("Command", "camera {number} {name}: replaced"),
            number=number,
            name=camera.name,
        )
        noted = place_notes({number: camera}, snapshot)
        said = "\n".join([said, *(f"  {say.fault(note)}" for _, note in noted)])
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
        if found == "login":
            had = stands is not None and bool(stands.secret_ref)
            left = stands is not None and leaves_login_behind(stands, camera)
            said = say(NOT_TAKEN if had and not left else NOT_SAVED, said=said)
        if asked is None:
            return said
        lines, status = looks(camera, login, asked, say)
        return "\n".join([said, *lines])

    return with_desk(home, run) or status


def _asked_of(camera: Camera, login: tuple[str, str] | None, look: Look | None) -> str:
    """Return what a camera says to a new log-in before that is kept, as looks have it.

    "login": it does not accept it, and a log-in that is refused is never kept. One that
    does not answer cannot be asked: then it is.
    """
    if login is None or look is None:
        return ""
    return look(camera.main_url, login).reason


def _registration(camera: Camera, login: tuple[str, str] | None) -> RegisterCamera:
    """Return the command; without a log-in, a camera keeps the one it has."""
    user, password = login or (None, None)
    return RegisterCamera(
        actor=TECHNICIAN, camera=camera, username=user, password=password
    )


def give_login(
    home: Home,
    options: Namespace,
    *,
    ask: Callable[[str], tuple[str, str]],
    look: Look | None = None,
) -> int:
    """Give a registered camera its log-in, and say whether it opens it.

    Args:
        home: The installation.
        options: What was typed.
        ask: Asks for user and password of a camera that is in the register.
        look: As `add_camera` has it.

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
        login = ask(f"{camera.camera_id} {camera.name}")
        asked = None if look is None else remembering(look)
        found = _asked_of(camera, login, asked)
        if found != "login":
            submit(client, _registration(camera, login))
        said = say(
            QT_TRANSLATE_NOOP("Command", "camera {number} {name}")
            if found == "login"
            else QT_TRANSLATE_NOOP(
                "Command", "camera {number} {name}: its log-in is kept"
            ),
            number=options.number,
            name=camera.name,
        )
        if found == "login":
            said = say(NOT_TAKEN if camera.secret_ref else NOT_SAVED, said=said)
        elif found in UNREACHED:
            said = say(UNTRIED, said=said)
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
