"""What the doctor looks at of the installation: log-ins, store, service, devices."""

import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from console.doctor import Check, Finding, fine, look, wrong
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

ANSWER_S = 8.0
REACHED_S = 3.0
NAMED = 10  # devices of a kind of silence that are named one by one


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
    from console.service_point import remembered
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
    from console.service_point import remembered
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
    hindrance = _hindrance(home, address, server_key)
    if hindrance is None:
        yield fine(
            "service", QT_TRANSLATE_NOOP("Doctor", "{address} answers"), address=address
        )
        return
    if hindrance == "other_key":
        yield wrong(
            "service",
            QT_TRANSLATE_NOOP("Doctor", "{address} has not the key {server_key}"),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "On the service's machine: lookout desk card FILE. Then open this desk "
                "with lookout console --connect --server-key FILE.",
            ),
            address=address,
            server_key=fingerprint(server_key),
        )
        return
    yield wrong(
        "service",
        QT_TRANSLATE_NOOP(
            "Doctor",
            "{address} says nothing: it does not let this desk in, or it hangs, or another "
            "program has this port",
        ),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "On the service's machine: lookout desk list, then lookout desk enrol. This "
            "desk's fingerprint: {fingerprint}. Or its key is not {server_key}.",
        ),
        address=address,
        fingerprint=fingerprint(desk_keys(home).public),
        server_key=fingerprint(server_key),
    )


def _hindrance(home: Home, address: str, server_key: str) -> str | None:
    """Return why a service does not answer this desk, or None where it does."""
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
            return None if client.link.connected else client.hindrance
        finally:
            client.close()


def devices(home: Home) -> Iterator[Finding]:
    """Look which of the devices that must speak do not; a desk counts them alike."""
    from console.service_point import remembered
    from dispatch.devices import hangs
    from dispatch.service import utc_now
    from dispatch.silence import never_heard_among, silent_among
    from dispatch.store_check import inspect_store

    if remembered(home) is not None:
        return
    state, now = inspect_store(home), utc_now()
    if not state.devices:
        yield fine("devices", QT_TRANSLATE_NOOP("Doctor", "none is enrolled yet"))
        return
    never = never_heard_among(state.devices, state.readings)
    silent = silent_among(state.devices, state.readings, now)
    for device in never[:NAMED]:
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
    for each in silent[:NAMED]:
        yield look(
            "devices",
            QT_TRANSLATE_NOOP("Doctor", "{device} {name}: not heard for {hours} h"),
            QT_TRANSLATE_NOOP("Doctor", "Look at its power, battery and network."),
            device=each.device.device_id,
            name=each.device.name,
            hours=int((now - each.last_seen).total_seconds() // 3600),
        )
    yield fine(
        "devices",
        QT_TRANSLATE_NOOP(
            "Doctor",
            "{count} must give signs of life: {silent} not heard in time, {never} never",
        ),
        count=sum(map(hangs, state.devices)),
        silent=len(silent),
        never=len(never),
    )


def _reaches(host_port: str) -> bool:
    host, _, port = host_port.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), REACHED_S):
            return True
    except (OSError, ValueError):
        return False


CHECKS: tuple[tuple[str, Check], ...] = (
    ("key store", key_store),
    ("store", store),
    ("service", service),
    ("devices", devices),
)
