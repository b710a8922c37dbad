"""The conversation with a camera until it plays, and what keeps it playing.

`Talk` is a state machine: answers go in, requests come out; no socket, no clock of its
own. What a camera says no to is final (`SourceError`); an answer that is merely
strange is an `UnsuitedError`, and somebody else may try.
"""

import re
from typing import Final

from video.sources import Login, sdp
from video.sources.packets import SourceError
from video.sources.rtsp_address import (
    RtspAddress,
    is_one_word,
    parse_address,
    without_login,
)
from video.sources.rtsp_login import RtspLogin, UnknownLoginError
from video.sources.rtsp_wire import Answer, WireError, request

_AGENT: Final = "Lookout"
_SESSION_S: Final = 60  # where a camera does not say
_ALIVE_S: Final = (1.0, 60.0)  # least and most between two signs of life
_SESSION: Final = re.compile(r"([!-:<-~]{1,256})(?:\s*;\s*timeout\s*=\s*(\d{1,6}))?.*")
_CHANNELS: Final = re.compile(r".*\binterleaved=(\d{1,3})(?:-\d{1,3})?\b.*")
_REFUSED: Final = {403: "login", 404: "not_found", 453: "busy"}
_UNSUITED: Final = (501, 505, 551)  # what it cannot do, not what it will not


class UnsuitedError(Exception):
    """A camera that wants to be talked to in another way."""


class MovedError(Exception):
    """A camera is elsewhere.

    Attributes:
        address: There.
    """

    def __init__(self, address: RtspAddress) -> None:
        super().__init__("moved")
        self.address = address


class Talk:
    """One conversation.

    Thread: one at a time.

    Attributes:
        playing: The camera has agreed to everything.
        described: What it sends, once it has said so.
        channel: Where its packets come, once it has said so.
        alive_every_s: How often it wants to hear that somebody is there.
    """

    def __init__(self, address: RtspAddress, login: Login | None) -> None:
        self.playing = False
        self.described: sdp.Described | None = None
        self.channel = 0
        self.alive_every_s = _SESSION_S / 2
        self._address = address
        self._door = RtspLogin(login)
        self._step = "OPTIONS"
        self._number = 0
        self._base = address.text
        self._session = ""
        self._asks_parameter = False
        self._anonymous = False

    def __repr__(self) -> str:
        return "Talk(…)"

    @property
    def login_pending(self) -> bool:
        """Return whether a log-in was told and not yet accepted."""
        return self._door.told and not self._door.accepted_once

    def begin(self) -> bytes:
        """Return the first request."""
        return self._ask("OPTIONS")

    def hear(self, answer: Answer) -> bytes:
        """Hear an answer; return the next request, b"" where there is none.

        Raises:
            SourceError: The camera says no.
            UnsuitedError: It answers strangely.
            MovedError: It is elsewhere.
        """
        number = answer.header("cseq")
        if answer.status < 200 or (number and number != str(self._number)):
            return b""  # "wait", or about an earlier request
        if self.playing:
            return self._hear_alive(answer)
        if answer.status == 401:
            return self._hear_who(answer)
        if answer.status < 300:
            self._door.accepted()
        elif self._step != "OPTIONS":
            self._refuse(answer)
        match self._step:
            case "OPTIONS":
                can = answer.header("public").upper().replace(" ", "").split(",")
                self._asks_parameter = "GET_PARAMETER" in can
                return self._ask("DESCRIBE")
            case "DESCRIBE":
                self._hear_description(answer)
                return self._ask("SETUP")
            case "SETUP":
                self._hear_setup(answer)
                return self._ask("PLAY")
            case _:
                self.playing = True
                return b""

    def alive(self) -> bytes:
        """Return a sign of life, once it plays."""
        return self._ask("GET_PARAMETER" if self._asks_parameter else "OPTIONS")

    def good_bye(self) -> bytes:
        """Return what ends it, b"" where nothing has begun."""
        return self._ask("TEARDOWN") if self._session else b""

    def _ask(self, method: str) -> bytes:
        if not self.playing and method != "TEARDOWN":
            self._step = method
        self._number += 1
        headers = [("User-Agent", _AGENT)]
        url = self._url(method)
        if self._session:
            headers.append(("Session", self._session))
        if method == "DESCRIBE":
            headers.append(("Accept", "application/sdp"))
        elif method == "SETUP":
            headers.append(("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1"))
        elif method == "PLAY":
            headers.append(("Range", "npt=0.000-"))
        if not self._anonymous:
            says = self._door.header(method, url)
            if says:
                headers.append(("Authorization", says))
        unsayable = False
        try:
            return request(method, url, self._number, headers)
        except WireError:
            unsayable = True
        assert unsayable
        raise UnsuitedError

    def _url(self, method: str) -> str:
        described = self.described
        if described is None or method == "DESCRIBE":
            return self._address.text
        control = described.control if method == "SETUP" else described.session_control
        url = without_login(sdp.resolve(self._base, control))
        if not is_one_word(url):
            raise UnsuitedError
        return url

    def _hear_who(self, answer: Answer) -> bytes:
        unknown = False
        try:
            if self._door.asked(answer.every("www-authenticate")):
                return self._ask(self._step)
        except UnknownLoginError:
            unknown = True
        if unknown:
            raise UnsuitedError
        raise SourceError("login")

    def _refuse(self, answer: Answer) -> None:
        status = answer.status
        if status in (300, 301, 302, 303, 305, 307, 308):
            elsewhere = parse_address(answer.header("location"))
            if elsewhere is None:
                raise UnsuitedError
            raise MovedError(elsewhere)
        if status in _REFUSED:
            raise SourceError(_REFUSED[status])
        if status >= 500 and status not in _UNSUITED:
            raise SourceError("busy")
        raise UnsuitedError

    def _hear_description(self, answer: Answer) -> None:
        odd = False
        try:
            self.described = sdp.parse(answer.body)
        except sdp.SdpError:
            odd = True
        if odd:
            raise UnsuitedError
        for name in ("content-base", "content-location"):
            base = answer.header(name)
            if base.lower().startswith("rtsp://"):
                self._base = without_login(base)
                break

    def _hear_setup(self, answer: Answer) -> None:
        session = _SESSION.fullmatch(answer.header("session"))
        way = answer.header("transport")
        if session is None or "TCP" not in way.upper():
            raise UnsuitedError
        self._session = session[1]
        half = int(session[2] or _SESSION_S) / 2
        self.alive_every_s = min(max(half, _ALIVE_S[0]), _ALIVE_S[1])
        channel = _CHANNELS.fullmatch(way)
        self.channel = int(channel[1]) if channel else 0

    def _hear_alive(self, answer: Answer) -> bytes:
        if answer.status == 401 and not self._anonymous:
            try:
                if self._door.asked(answer.every("www-authenticate")):
                    return self.alive()
            except UnknownLoginError:
                pass
            self._anonymous = True  # what was refused is not said again
            self._asks_parameter = False
        elif answer.status in (405, 501, 551):
            self._asks_parameter = False
        elif answer.status < 300:
            self._door.accepted()
        return b""
