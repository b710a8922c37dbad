"""What the doctor looks at of the installation: log-ins, store, service, cameras."""

import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.doctor import Check, Finding, fine, look, wrong
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

if TYPE_CHECKING:
    from dispatch.cameras import Camera

ANSWER_S = 8.0
CAMERA_S = 3.0
AT_ONCE = 32
NAMED = 10  # cameras out of reach that are named one by one
RTSP_PORT = 554
STRANGE = {
    "not_found": QT_TRANSLATE_NOOP(
        "Doctor", "{number} {name}: {host} has no picture at this path"
    ),
    "silent": QT_TRANSLATE_NOOP(
        "Doctor", "{number} {name}: {host} does not answer as a camera does"
    ),
}


def key_store(home: Home) -> Iterator[Finding]:
    """Look whether the place of the log-ins opens."""
    from dispatch.secrets import SecretsError, kept_by

    try:
        kept = kept_by(home)
    except SecretsError as error:
        yield wrong(
            "key store",
            QT_TRANSLATE_NOOP("Doctor", "log-ins cannot be read: {error}"),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "Unlock the system's key store, or bring the key file back from its "
                "copy; LOOKOUT_SECRETS is file or keyring.",
            ),
            error=error,
        )
        return
    if not kept:
        yield fine("key store", QT_TRANSLATE_NOOP("Doctor", "no log-in is kept yet"))
        return
    if kept == "keyring":
        yield fine(
            "key store",
            QT_TRANSLATE_NOOP("Doctor", "log-ins lie in the system's key store"),
        )
        return
    key = home.keys / "secrets.key"
    if sys.platform != "win32" and key.exists() and key.stat().st_mode & 0o077:
        yield wrong(
            "key store",
            QT_TRANSLATE_NOOP("Doctor", "others can read {file}"),
            QT_TRANSLATE_NOOP("Doctor", "chmod 600 {file}"),
            file=key,
        )
        return
    yield fine("key store", QT_TRANSLATE_NOOP("Doctor", "log-ins lie in a sealed file"))


def store(home: Home) -> Iterator[Finding]:
    """Look whether the store is there and of this version."""
    from console.desks import remembered
    from dispatch.store_check import inspect_store

    if remembered(home) is not None:
        return  # a desk of another machine's service has none
    state = inspect_store(home)
    if not state.there:
        yield fine(
            "store",
            QT_TRANSLATE_NOOP("Doctor", "none yet; the first start makes it: {where}"),
            where=state.where,
        )
    elif state.error:
        yield wrong(
            "store",
            QT_TRANSLATE_NOOP("Doctor", "{where} cannot be read: {error}"),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "A file: bring it back from its copy. A server: see that it runs and "
                "lets this user in; lookout store set asks for its password.",
            ),
            where=state.where,
            error=state.error,
        )
    elif not state.known:
        yield wrong(
            "store",
            QT_TRANSLATE_NOOP(
                "Doctor", "{where} was made by a newer Lookout (tables {revision})"
            ),
            QT_TRANSLATE_NOOP("Doctor", "Bring this Lookout up to date."),
            where=state.where,
            revision=state.revision,
        )
    elif state.revision != state.newest:
        yield look(
            "store",
            QT_TRANSLATE_NOOP("Doctor", "{where} is of an older version"),
            QT_TRANSLATE_NOOP(
                "Doctor", "Copy it first; the next start of the service converts it."
            ),
            where=state.where,
        )
    else:
        yield fine(
            "store",
            QT_TRANSLATE_NOOP("Doctor", "{where} is of this version"),
            where=state.where,
        )


def service(home: Home) -> Iterator[Finding]:
    """Ask the service of this home, or the one this desk belongs to, for an answer."""
    from console.desks import remembered
    from dispatch.keys import fingerprint
    from dispatch.service import desk_keys, service_running

    point = remembered(home)
    if point is not None:
        address, server_key = point.address, point.server_key
    else:
        running = service_running(home)
        if running is None:
            yield look(
                "service",
                QT_TRANSLATE_NOOP("Doctor", "does not run"),
                QT_TRANSLATE_NOOP("Doctor", "The desk starts it, or: lookout service."),
            )
            return
        address, server_key = running.desk_address, running.server_key
    if not _reaches(address.removeprefix("tcp://")):
        yield wrong(
            "service",
            QT_TRANSLATE_NOOP("Doctor", "nobody listens at {address}"),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "Start the service there with --desks 0.0.0.0:PORT, and let the port "
                "through its firewall.",
            ),
            address=address,
        )
        return
    if _answers(home, address, server_key):
        yield fine(
            "service", QT_TRANSLATE_NOOP("Doctor", "{address} answers"), address=address
        )
        return
    yield wrong(
        "service",
        QT_TRANSLATE_NOOP("Doctor", "{address} does not let this desk in"),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "On the service's machine: lookout desk list, then lookout desk enrol. This "
            "desk's fingerprint: {fingerprint}. Or its key is not {server_key}.",
        ),
        address=address,
        fingerprint=fingerprint(desk_keys(home).public),
        server_key=fingerprint(server_key),
    )


def _answers(home: Home, address: str, server_key: str) -> bool:
    from dispatch.client import DeskClient
    from dispatch.service import desk_keys, utc_now

    with TemporaryDirectory(ignore_cleanup_errors=True) as own:
        client = DeskClient(
            address,
            server_key=server_key,
            desk_keys=desk_keys(home),
            outbox=Path(own) / "outbox.db",
            clock=utc_now,
        )
        try:
            end = time.monotonic() + ANSWER_S
            while not client.link.connected and time.monotonic() < end:
                time.sleep(0.05)
            return client.link.connected
        finally:
            client.close()


def cameras(home: Home) -> Iterator[Finding]:
    """Look whether somebody listens at every camera's address."""
    from console.desks import remembered
    from dispatch.store_check import inspect_store

    if remembered(home) is not None:
        return
    found = [camera for camera in inspect_store(home).cameras if camera.main_url]
    if not found:
        yield fine("cameras", QT_TRANSLATE_NOOP("Doctor", "none is registered"))
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        reached = list(pool.map(_camera_reached, found))
    there = dict(zip((each.camera_id for each in found), reached, strict=True))
    away = [each for each in found if there[each.camera_id] == "away"]
    lost = [each for each in found if there[each.camera_id] in STRANGE]
    for camera in lost[:NAMED]:
        yield wrong(
            "cameras",
            STRANGE[there[camera.camera_id]],
            QT_TRANSLATE_NOOP(
                "Doctor",
                "Correct the address: lookout camera add --number {number} --replace.",
            ),
            number=camera.camera_id,
            name=camera.name,
            host=_host_of(camera.main_url),
        )
    for camera in away[:NAMED]:
        yield wrong(
            "cameras",
            QT_TRANSLATE_NOOP("Doctor", "{number} {name}: nobody listens at {host}"),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "See to its power and network; a changed address: lookout camera add.",
            ),
            number=camera.camera_id,
            name=camera.name,
            host=_host_of(camera.main_url),
        )
    if away:
        yield look(
            "cameras",
            QT_TRANSLATE_NOOP("Doctor", "{away} of {count} cameras are out of reach"),
            QT_TRANSLATE_NOOP("Doctor", "Pictures come back by themselves."),
            away=len(away),
            count=len(found),
        )
    elif not lost:
        yield fine(
            "cameras",
            QT_TRANSLATE_NOOP("Doctor", "all {count} are within reach"),
            count=len(found),
        )


def devices(home: Home) -> Iterator[Finding]:
    """Look which of the devices that were let in have never said anything."""
    from console.desks import remembered
    from dispatch.store_check import inspect_store

    if remembered(home) is not None:
        return
    state = inspect_store(home)
    for device in state.silent[:NAMED]:
        yield look(
            "devices",
            QT_TRANSLATE_NOOP("Doctor", "{device} {name}: never heard from"),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "Look at its power, its network, and the address and key it was given;"
                " lookout device refused shows what was turned away.",
            ),
            device=device.device_id,
            name=device.name,
        )
    if not state.devices:
        yield fine("devices", QT_TRANSLATE_NOOP("Doctor", "none is let in yet"))
        return
    yield fine(
        "devices",
        QT_TRANSLATE_NOOP("Doctor", "{heard} of {count} have been heard from"),
        heard=state.devices - len(state.silent),
        count=state.devices,
    )


def _camera_reached(camera: "Camera") -> str:
    """Return "", "away", "silent", or "not_found" where it knows no such path.

    Asked without a log-in: a camera that wants one first says nothing of its paths.
    """
    host = _host_of(camera.main_url)
    if not _reaches(host):
        return "away"
    if not camera.main_url.startswith("rtsp://"):
        return ""
    name, _, port = host.rpartition(":")
    asked = f"DESCRIBE {camera.main_url} RTSP/1.0\r\nCSeq: 1\r\n\r\n"
    try:
        with socket.create_connection((name.strip("[]"), int(port)), CAMERA_S) as line:
            line.settimeout(CAMERA_S)
            line.sendall(asked.encode())
            said = line.recv(64).split()
    except OSError:
        return "silent"
    if not said or not said[0].startswith(b"RTSP/"):
        return "silent"
    return "not_found" if said[1:2] == [b"404"] else ""


def _host_of(url: str) -> str:
    """Return HOST:PORT of an address, and nothing else that may stand in it."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or RTSP_PORT}"


def _reaches(host_port: str) -> bool:
    host, _, port = host_port.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), CAMERA_S):
            return True
    except (OSError, ValueError):
        return False


CHECKS: tuple[tuple[str, Check], ...] = (
    ("key store", key_store),
    ("store", store),
    ("service", service),
    ("cameras", cameras),
    ("devices", devices),
)
