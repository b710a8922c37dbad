"""Say what is wrong with a connection that gives packets but no good pictures."""

from typing import Final

import av
import av.error

from video.contract import FRESH_S

#: Waiting for a key frame longer than this is worth a word.
KEY_WAIT_S: Final = 5.0
#: Of the last so many outcomes, more than this are too many to be bad …
_REMEMBERED: Final = 64
_TOO_MANY: Final = 12
#: … and with no more than this it is well again, so that the word does not flutter.
_FEW: Final = 3
#: A field is half a picture, a decoder that begins holds some back: so many packets
#: in a row may be without one.
_DRY: Final = 3


def size_of(codec: str, packet: bytes) -> tuple[int, int]:
    """Return the size that a key frame's own parameter sets tell, or (0, 0).

    Nothing is decoded for it, so a size that no memory can hold does no harm.
    """
    try:
        context = av.CodecContext.create(codec, "r")
        context.parse(packet)
        context.parse(None)
    except (av.error.FFmpegError, ValueError):
        return 0, 0
    return getattr(context, "width", 0), getattr(context, "height", 0)


class Trouble:
    """What was found wrong with one connection so far.

    Thread: `arrived` on the session's, `decoded` and `failed` on the decoder's lane,
    `want_key` on both, `reason` on any. No call leaves anything half done.
    """

    def __init__(self) -> None:
        self._heard = self._keyed = self._late = False
        self._waits_since: float | None = None
        self._tried_at: float | None = None
        self._frames = 0
        self._dry = 0
        self._bad = 0  # one bit each, the newest lowest
        self._damaged = False

    def arrived(self, *, key: bool, late_s: float = 0.0) -> None:
        """Note a packet, and how long it was held up on the way."""
        self._heard, self._late = True, late_s > FRESH_S
        if key:
            self._keyed, self._waits_since = True, None

    def want_key(self, now: float) -> None:
        """Note that nothing can be shown before the next key frame."""
        if self._waits_since is None:
            self._waits_since = now

    def decoded(self, now: float, *, frames: int, damaged: int) -> None:
        """Note what came of a packet: no picture, good ones, damaged ones."""
        if self._tried_at is None:
            self._tried_at = now
        self._frames += frames
        self._dry = 0 if frames else self._dry + 1
        if frames and not damaged and not self._bad:
            return  # as ever
        for at in range(frames):
            self._note(bad=at < damaged)
        if self._frames and self._dry > _DRY:
            self._note(bad=True)

    def failed(self, now: float) -> None:
        """Note a packet that a decoder could do nothing with."""
        if self._tried_at is None:
            self._tried_at = now
        self._note(bad=True)

    @property
    def fruitful(self) -> bool:
        """Return whether pictures came of it; could, where none was decoded yet."""
        return self._frames > 0 or (self._keyed and self._tried_at is None)

    def reason(self, now: float) -> str:
        """Return one of `video.contract.REASONS`, "" where nothing is wrong."""
        since, tried = self._waits_since, self._tried_at
        if self._heard and since is not None and now - since > KEY_WAIT_S:
            return "no_key_frame"
        if not self._frames and tried is not None and now - tried > KEY_WAIT_S:
            return "no_picture"
        if self._damaged:
            return "damaged"
        return "late" if self._late else ""

    def _note(self, *, bad: bool) -> None:
        self._bad = (self._bad << 1 | bad) & (1 << _REMEMBERED) - 1
        bearable = _FEW if self._damaged else _TOO_MANY
        self._damaged = self._bad.bit_count() > bearable
