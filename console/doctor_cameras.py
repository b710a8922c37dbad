"""What the doctor looks at of the cameras: each address, as the desk would open it.

With the stored log-in, the large stream and the small one; what of their settings would
be better is said too, while there is time to watch them. A log-in that a machine does
not accept is tried there once in a run, however many cameras are on it: many lock an
account after a few wrong ones.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Semaphore
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.doctor import Check, Finding, fine, look, wrong
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

if TYPE_CHECKING:
    from dispatch.cameras import Camera
    from video.advice import Looked

LIMIT_S = 45.0  # for all of them
WATCHED_S = 20.0  # looks that begin within it watch the stream for its settings
AT_ONCE = 32
AT_ONE_MACHINE = 4  # a recorder gives no more sessions than a few
NAMED = 10  # cameras without a picture that are named one by one

SEE_TO_IT = QT_TRANSLATE_NOOP(
    "Doctor",
    "See to its power and network. Its address or port is another: lookout camera add"
    " --number {number} --replace, with the new --url.",
)
CORRECT_IT = QT_TRANSLATE_NOOP(
    "Doctor",
    "Correct the address: lookout camera add --number {number} --replace, with the"
    " right --url and --sub-url.",
)
GIVE_IT = QT_TRANSLATE_NOOP("Doctor", "Give it: lookout camera login {number}")
SET_IT = QT_TRANSLATE_NOOP(
    "Doctor", "Look at its stream settings, and whether this is a camera's address."
)
# What a look found, by the words of `video.contract`, and what to do about it.
LOST: Mapping[str, tuple[str, str]] = {
    "refused": (
        QT_TRANSLATE_NOOP("Doctor", "{number} {name}: no connection at {where}"),
        SEE_TO_IT,
    ),
    "unknown_host": (
        QT_TRANSLATE_NOOP(
            "Doctor", "{number} {name}: nobody knows the machine of {where}"
        ),
        CORRECT_IT,
    ),
    "timeout": (
        QT_TRANSLATE_NOOP("Doctor", "{number} {name}: {where} does not answer in time"),
        SEE_TO_IT,
    ),
    "not_found": (
        QT_TRANSLATE_NOOP("Doctor", "{number} {name}: there is no picture at {where}"),
        CORRECT_IT,
    ),
    "login": (
        QT_TRANSLATE_NOOP(
            "Doctor", "{number} {name}: {where} does not accept its log-in"
        ),
        GIVE_IT,
    ),
    "login_missing": (
        QT_TRANSLATE_NOOP(
            "Doctor",
            "{number} {name}: its log-in cannot be read, {where} was not asked",
        ),
        GIVE_IT,
    ),
    "too_large": (
        QT_TRANSLATE_NOOP(
            "Doctor", "{number} {name}: the picture of {where} is too large for here"
        ),
        QT_TRANSLATE_NOOP("Doctor", "Set one of at most 4096x4096."),
    ),
    "busy": (
        QT_TRANSLATE_NOOP(
            "Doctor", "{number} {name}: {where} is busy or reports an error of its own"
        ),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "Look again later. If it stays: restart it, or let fewer watch it.",
        ),
    ),
    "no_picture": (
        QT_TRANSLATE_NOOP(
            "Doctor", "{number} {name}: {where} answers, but not with a picture"
        ),
        SET_IT,
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Address:
    """One address of one camera, and the log-in it is opened with."""

    camera: "Camera"
    url: str
    login: tuple[str, str] | None = field(repr=False)

    @property
    def machine(self) -> str:
        """Return host and port."""
        from dispatch.cameras import machine_of

        return machine_of(self.url)

    @property
    def where(self) -> str:
        """Return which stream it is, and nothing that may be sealed."""
        return self.machine + urlsplit(self.url).path

    @property
    def door(self) -> tuple[str, tuple[str, str] | None]:
        """Return what a wrong log-in is wrong for: the machine, and the log-in."""
        return self.machine, self.login


def cameras(home: Home) -> Iterator[Finding]:
    """Look whether every camera gives its pictures."""
    from console.service_point import remembered
    from dispatch.store_check import inspect_store

    if remembered(home) is not None:
        return
    found = [camera for camera in inspect_store(home).cameras if camera.main_url]
    if not found:
        yield fine("cameras", QT_TRANSLATE_NOOP("Doctor", "none is registered"))
        return
    addresses, lost = _addresses(home, found)
    seen, unseen = _seen(addresses)
    lost += [(each, looked.reason) for each, looked in seen if looked.reason]
    for address, reason in lost[:NAMED]:
        said, remedy = LOST.get(reason, LOST["no_picture"])
        yield wrong(
            "cameras",
            said,
            remedy,
            number=address.camera.camera_id,
            name=address.camera.name,
            where=address.where,
        )
    yield from _better(seen)
    out = {each.camera.camera_id for each, _ in lost}
    if unseen:
        yield look(
            "cameras",
            QT_TRANSLATE_NOOP(
                "Doctor", "{count} cameras were not looked at within {limit} s"
            ),
            QT_TRANSLATE_NOOP(
                "Doctor", "Mend what stands above first, then ask again."
            ),
            count=len({each.camera.camera_id for each in unseen} - out),
            limit=f"{LIMIT_S:g}",
        )
    if out:
        yield look(
            "cameras",
            QT_TRANSLATE_NOOP("Doctor", "{lost} of {count} cameras lack a picture"),
            QT_TRANSLATE_NOOP(
                "Doctor", "A desk shows it by itself as soon as it comes."
            ),
            lost=len(out),
            count=len(found),
        )
    elif not unseen:
        yield fine(
            "cameras",
            QT_TRANSLATE_NOOP("Doctor", "all {count} give their pictures"),
            count=len(found),
        )


def _better(seen: list[tuple[_Address, "Looked"]]) -> Iterator[Finding]:
    """Say what would be better of the settings of streams that show a picture."""
    from console.camera_advice import advised

    count = 0
    for address, looked in seen:
        if looked.reason or looked.measured is None:
            continue
        camera = address.camera
        small = address.url == camera.sub_url
        found = advised(looked.measured, camera, small=small)
        count += bool(found)
        for advice, values in found if count <= NAMED else ():
            yield look(
                "cameras",
                QT_TRANSLATE_NOOP(
                    "Doctor",
                    "{number} {name}: {where} gives a picture, and could be set better",
                ),
                advice,
                number=camera.camera_id,
                name=camera.name,
                where=address.where,
                **values,
            )
    if count > NAMED:
        yield look(
            "cameras",
            QT_TRANSLATE_NOOP("Doctor", "{count} more streams could be set better"),
            QT_TRANSLATE_NOOP("Doctor", "Set those above, then ask again."),
            count=count - NAMED,
        )


def _addresses(
    home: Home, found: list["Camera"]
) -> tuple[list[_Address], list[tuple[_Address, str]]]:
    """Return the addresses to look at, and those whose log-in cannot be read."""
    from dispatch.secrets import SecretsError, SecretStore

    store = SecretStore(home) if any(each.secret_ref for each in found) else None
    ready: list[_Address] = []
    lost: list[tuple[_Address, str]] = []
    for camera in found:
        login = None
        if store is not None and camera.secret_ref:
            try:
                secret = store.get(camera.secret_ref)
                login = secret.username, secret.password
            except (KeyError, SecretsError):
                main = _Address(camera=camera, url=camera.main_url, login=None)
                lost.append((main, "login_missing"))
                continue
        urls = dict.fromkeys(url for url in (camera.main_url, camera.sub_url) if url)
        ready += [_Address(camera=camera, url=url, login=login) for url in urls]
    return ready, lost


def _seen(
    addresses: list[_Address],
) -> tuple[list[tuple[_Address, "Looked"]], list[_Address]]:
    """Return what a look at each address found, and which were not looked at in time.

    One address behind each door first: where its log-in is refused, nobody tries the
    others.

    Thread: looks run on threads of their own; none begins after the limit, each that
    has begun ends by its own limits.
    """
    turns: defaultdict[str, Semaphore] = defaultdict(lambda: Semaphore(AT_ONE_MACHINE))
    for each in addresses:
        turns[each.machine]  # made here, not on the threads
    first = {each.door: each for each in reversed(addresses)}
    others = [each for each in addresses if first[each.door] is not each]
    end = time.monotonic() + LIMIT_S
    found: dict[_Address, Looked] = {}
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        for wave in (list(first.values()), others):
            asked: dict[Future[Looked | None], _Address] = {}
            for each in _by_turns(wave):
                known = found.get(first[each.door])
                if known is not None and known.reason == "login":
                    found[each] = known
                else:
                    asked[pool.submit(_look, each, turns[each.machine], end)] = each
            done, _ = wait(asked, timeout=max(0.0, end - time.monotonic()))
            for future in done:
                looked = future.result()
                if looked is not None:
                    found[asked[future]] = looked
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    seen = [(each, found[each]) for each in addresses if each in found]
    return seen, [each for each in addresses if each not in found]


def _by_turns(addresses: Iterable[_Address]) -> list[_Address]:
    """Return one of each machine, then a second: one's many are not before others."""
    met: Counter[str] = Counter()
    ranked = []
    for each in addresses:
        ranked.append((met[each.machine], each))
        met[each.machine] += 1
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def _look(address: _Address, turn: Semaphore, end: float) -> "Looked | None":
    """Return what a look finds, None where it cannot begin in time (monotonic)."""
    from video.look import look as look_at

    if not turn.acquire(timeout=max(0.0, end - time.monotonic())):
        return None
    try:
        if time.monotonic() >= end:
            return None
        return look_at(
            address.url,
            address.login,
            transport=address.camera.transport,
            measure=end - time.monotonic() > LIMIT_S - WATCHED_S,
        )
    finally:
        turn.release()


CHECKS: tuple[tuple[str, Check], ...] = (("cameras", cameras),)
