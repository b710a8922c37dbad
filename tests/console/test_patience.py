"""A command that has to wait says for what, and only then."""

import contextlib
import threading

import pytest

from console import registers
from console.patience import EVERY_S, Progress, said_if_long


class Heard(list):
    """A standard error that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.came = threading.Event()

    def write(self, text: str) -> None:
        self.append(text)
        self.came.set()

    def flush(self) -> None:
        """Nothing is kept back."""


@pytest.fixture
def listen(monkeypatch: pytest.MonkeyPatch):
    def listen() -> Heard:
        found = Heard()  # in the test itself: pytest puts its own there before it
        monkeypatch.setattr("sys.stderr", found)
        return found

    return listen


def test_what_takes_long_is_named_once(listen) -> None:
    heard = listen()
    with said_if_long("starting", after_s=0.0):
        assert heard.came.wait(10)
    assert heard == ["starting\n"]


def test_what_is_quick_is_not_spoken_of(listen) -> None:
    heard = listen()
    with said_if_long("starting", after_s=600.0):
        pass
    assert heard == []


def test_a_command_that_waits_for_its_service_says_so(
    home, listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = listen()

    @contextlib.contextmanager
    def slow(_home):
        assert heard.came.wait(10)
        yield None

    monkeypatch.setattr(registers, "desk_for_a_moment", slow)
    monkeypatch.setattr("console.patience.SOON_S", 0.0)
    assert registers.with_desk(home, lambda _client: "", quiet=True) == 0
    assert heard == ["正在启动服务…\n"]


def test_what_takes_minutes_says_how_far_it_is_every_ten_seconds(listen) -> None:
    heard, now = listen(), [100.0]

    def line(part: float, left: float | None) -> str:
        return f"{part:.2f} {'?' if left is None else round(left)}"

    progress = Progress(line, clock=lambda: now[0])
    progress(None)
    assert heard == [], "nothing has to be done"
    for second in range(41):
        now[0] = 100.0 + second
        progress(0.2 + second / 100)
    assert heard == ["0.20 ?\n", "0.30 70\n", "0.40 60\n", "0.50 50\n", "0.60 40\n"]
    now[0] += EVERY_S - 1
    progress(0.7)
    assert len(heard) == 5
