"""One look at an address: does a camera answer there, and does a picture come?"""

import contextlib
import time

from video.session import opener_of
from video.sources import Login
from video.sources.packets import SourceError
from video.trouble import too_large

PATIENCE_S = 10.0  # for the first packet after the camera has answered


def look(url: str, login: tuple[str, str] | None) -> str:
    """Return "" where a picture came, else one of `video.contract.REASONS`.

    Args:
        url: Without credentials.
        login: User and password, or None.
    """
    try:
        opener = opener_of(url)
        opener.probe(url)
        source = opener.open_source(
            url, transport="auto", login=None if login is None else Login(*login)
        )
        with contextlib.closing(source):
            if too_large(source.codec.width, source.codec.height):
                return "too_large"
            end = time.monotonic() + PATIENCE_S
            for packet in source.packets():
                if packet.size:
                    return ""
                if time.monotonic() > end:
                    return "no_picture"
        return "no_picture"
    except SourceError as error:
        return error.reason
