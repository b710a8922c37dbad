"""Answer a camera that asks who is there: Digest, or Basic where it knows no better.

Once the camera has named its realm, only what the answer is made of is kept, not the
password. A log-in that was refused is not said again: cameras lock accounts.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from video.sources import Login

_LONGEST: Final = 2_048
_PART: Final = re.compile(
    r"""(?:(?P<scheme>[A-Za-z]{1,20})\s+)?(?P<name>[\w-]{1,40})\s*=\s*"""
    r"""(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s,"]*))"""
)
#: What is chosen where a camera gives the choice; -sess is asked for by nobody.
_ALGORITHMS: Final = ("SHA-256", "MD5")


class UnknownLoginError(Exception):
    """The camera asks for a log-in in a way that is not known here."""


@dataclass(frozen=True, slots=True)
class _Challenge:
    """One way in which a camera asks; `stale`: only the nonce is too old."""

    scheme: str
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def algorithm(self) -> str:
        return self.parts.get("algorithm", "MD5").upper()

    @property
    def qop(self) -> tuple[str, ...]:
        return tuple(word.strip() for word in self.parts.get("qop", "").split(","))

    @property
    def stale(self) -> bool:
        return self.parts.get("stale", "").lower() == "true"

    def known(self) -> bool:
        if self.scheme == "basic":
            return True
        return (
            self.scheme == "digest"
            and self.algorithm in _ALGORITHMS
            and bool(self.parts.get("nonce"))
            and ("auth" in self.qop or "qop" not in self.parts)
        )


class RtspLogin:
    """A log-in on its way to one camera.

    Args:
        login: What to say, or None where there is nothing.

    Attributes:
        accepted_once: The camera has let us in.
    """

    def __init__(self, login: Login | None) -> None:
        self.accepted_once = False
        self._login = login
        self._challenge: _Challenge | None = None
        self._secret = ""
        self._username = ""
        self._count = 0
        self._renewed = False

    def __repr__(self) -> str:
        return "RtspLogin(…)"

    @property
    def told(self) -> bool:
        """Return whether the camera has been given it, or soon will be."""
        return self._challenge is not None

    def asked(self, challenges: Iterable[str]) -> bool:
        """Hear "who is there?"; return whether there is something to answer.

        Raises:
            UnknownLoginError: It asks in no way that is known here.
        """
        offers = [each for text in challenges for each in _parse(text)]
        if self._challenge is not None:
            return self._renew(offers)
        if self._login is None:
            return False
        known = [each for each in offers if each.known()]
        if not known:
            raise UnknownLoginError
        chosen = min(known, key=_rank)
        login, self._login = self._login, None
        if not _sayable(login, chosen):
            return False
        self._challenge, self._username = chosen, login.username
        whole = f"{login.username}:{login.password}".encode()
        if chosen.scheme == "basic":
            self._secret = base64.b64encode(whole).decode("ascii")
        else:
            realm = chosen.parts.get("realm", "")
            self._secret = _hash(
                chosen, f"{login.username}:{realm}:{login.password}".encode()
            )
        return True

    def accepted(self) -> None:
        """Hear that the camera did as it was asked: a nonce may be renewed again."""
        self._renewed = False
        self.accepted_once = self.accepted_once or self.told

    def header(self, method: str, url: str) -> str:
        """Return what says who is there, "" where nobody asked."""
        challenge = self._challenge
        if challenge is None:
            return ""
        if challenge.scheme == "basic":
            return f"Basic {self._secret}"
        parts = challenge.parts
        nonce = parts["nonce"]
        said = {
            "username": self._username,
            "realm": parts.get("realm", ""),
            "nonce": nonce,
            "uri": url,
        }
        plain = ""
        middle = nonce
        if "qop" in parts:
            self._count += 1
            count, own = f"{self._count:08x}", secrets.token_hex(8)
            middle = f"{nonce}:{count}:{own}:auth"
            said["cnonce"] = own
            plain += f", qop=auth, nc={count}"
        if "algorithm" in parts:
            plain += f", algorithm={parts['algorithm']}"
        asked = _hash(challenge, f"{method}:{url}".encode())
        said["response"] = _hash(challenge, f"{self._secret}:{middle}:{asked}".encode())
        if "opaque" in parts:
            said["opaque"] = parts["opaque"]
        quoted = ", ".join(f'{name}="{_escaped(text)}"' for name, text in said.items())
        return f"Digest {quoted}{plain}"

    def _renew(self, offers: list[_Challenge]) -> bool:
        old = self._challenge
        assert old is not None
        if self._renewed or old.scheme != "digest":
            return False
        for new in offers:
            same = new.known() and (new.scheme, new.algorithm) == (
                old.scheme,
                old.algorithm,
            )
            realm = new.parts.get("realm") == old.parts.get("realm")
            if same and realm and new.stale:
                self._challenge, self._count, self._renewed = new, 0, True
                return True
        return False


def _parse(text: str) -> list[_Challenge]:
    found: list[_Challenge] = []
    for part in _PART.finditer(text[:_LONGEST]):
        if part["scheme"]:
            found.append(_Challenge(part["scheme"].lower()))
        if found:
            quoted = part["quoted"]
            plain = part["plain"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
            found[-1].parts.setdefault(part["name"].lower(), plain)
    return found


def _rank(challenge: _Challenge) -> int:
    if challenge.scheme == "basic":
        return len(_ALGORITHMS)
    return _ALGORITHMS.index(challenge.algorithm)


def _sayable(login: Login, challenge: _Challenge) -> bool:
    """Return whether this way can express it: no header holds a line's end."""
    if challenge.scheme == "basic":
        return ":" not in login.username
    return login.username.isprintable()


def _hash(challenge: _Challenge, data: bytes) -> str:
    if challenge.algorithm == "SHA-256":
        return hashlib.sha256(data).hexdigest()
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
