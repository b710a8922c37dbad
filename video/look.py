"""One look at an address: does a camera answer there, does a picture come, what is it?"""

import contextlib
import time
from functools import partial

from video.advice import Looked, Meter
from video.limits import too_large
from video.session import openers_of
from video.sources import Login
from video.sources.packets import Opener, Source, SourceError

PATIENCE_S = 10.0  # for the first packet after the camera has answered
MEASURED_S = 1.0  # of the stream, at least
WATCHED_S = 5.0  # for two key frames, at most


def look(
    url: str,
    login: tuple[str, str] | None,
    *,
    transport: str = "auto",
    measure: bool = True,
) -> Looked:
    """Return what is at an address; takes some seconds where a picture comes.

    Args:
        url: Without credentials.
        login: User and password, or None. A wrong one is tried once.
        transport: As in `StreamSpec`.
        measure: Watch the stream to advise on it; else the first packet is enough.
    """
    looked = Looked("refused")
    known = None if login is None else Login(*login)
    with contextlib.suppress(SourceError):
        for opener in openers_of(url):
            looked = _look(opener, url, transport, known, measure=measure)
            if looked.reason != "no_picture":
                break  # else another way may show one
    return looked


def _look(
    opener: Opener, url: str, transport: str, login: Login | None, *, measure: bool
) -> Looked:
    try:
        source = opener.open_source(url, transport=transport, login=login)
        with contextlib.closing(source):
            return _measure(source) if measure else _first(source)
    except SourceError as error:
        return Looked(error.reason)


def _first(source: Source) -> Looked:
    seen = False
    with contextlib.suppress(SourceError):
        seen = next(iter(source.packets()), None) is not None
    if too_large(source.codec.width, source.codec.height):
        return Looked("too_large")
    return Looked("" if seen else "no_picture")


def _measure(source: Source) -> Looked:
    meter = Meter()
    seen = 0
    end = time.monotonic() + PATIENCE_S
    with contextlib.suppress(SourceError):  # what was seen until then was seen
        for packet in source.packets():
            if packet.size and not seen:
                end = time.monotonic() + WATCHED_S
            seen += packet.size
            is_b = partial(packet.is_b, source.codec.name)
            meter.packet(packet.moment, key=packet.key, is_b=is_b)
            settled = meter.groups > 0 and meter.seconds >= MEASURED_S
            if settled or time.monotonic() > end:
                break
    codec = source.codec
    measured = meter.measured(codec.name, width=codec.width, height=codec.height)
    if too_large(codec.width, codec.height):
        return Looked("too_large", measured)
    return Looked("" if seen else "no_picture", measured)
