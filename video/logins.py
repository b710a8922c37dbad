"""The log-ins of a desk's streams, and where each was refused.

In memory of the window's process only: a stream that is dropped and wanted again, or a
worker that has to start anew, is handed both, so that neither tries a wrong password at
once that was refused a moment ago.
"""

from dataclasses import dataclass
from typing import Any

from video.contract import Login
from video.retries import Tries


@dataclass(slots=True, repr=False)
class _Held:
    login: Login
    tries: Tries


class Logins:
    """What workers are told of log-ins.

    Thread: used under its engine's lock.
    """

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._revision = 0

    def __contains__(self, stream_id: str) -> bool:
        return stream_id in self._held

    def put(self, stream_id: str, login: Login) -> dict[str, Any]:
        """Keep a stream's log-in; return the line that hands it over."""
        held = self._held.get(stream_id)
        if held is None or held.login != login:
            self._revision += 1
            self._held[stream_id] = _Held(login, Tries(self._revision))
        return self.messages(stream_id)[0]

    def forget(self, stream_id: str) -> bool:
        """Forget a log-in and what it came to; return whether there was one."""
        return self._held.pop(stream_id, None) is not None

    def heard(self, stream_id: str, revision: int, told: list[list[Any]]) -> None:
        """Hear what became of a log-in; what is said of an earlier one is too late."""
        held = self._held.get(stream_id)
        if held is not None and held.tries.revision == revision:
            held.tries = Tries(revision, ((url, at) for url, at in told))

    def messages(self, stream_id: str) -> list[dict[str, Any]]:
        """Return the line that hands over a log-in, and none where there is none."""
        held = self._held.get(stream_id)
        if held is None:
            return []
        return [
            {
                "do": "login",
                "stream": stream_id,
                "username": held.login.username,
                "password": held.login.password,
                "revision": held.tries.revision,
                "told": held.tries.told,
            }
        ]

    def clear(self) -> None:
        """Forget all of them."""
        self._held.clear()
