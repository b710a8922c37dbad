"""Files of keys: private, whole, and written while others read them."""

from pathlib import Path

import pytest

from dispatch.keys import write_private


def held_for(times: int, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Refuse to replace a file so many times, as Windows does while it is read."""
    asked: list[Path] = []
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        asked.append(self)
        if len(asked) <= times:
            raise PermissionError(13, "held")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    return asked


def test_a_file_that_is_being_read_is_written_once_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desks.txt"
    path.write_bytes(b"old")
    asked = held_for(3, monkeypatch)
    write_private(path, b"new")
    assert path.read_bytes() == b"new"
    assert len(asked) == 4


def test_a_file_that_stays_held_is_said_and_stands_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch.keys.READ_S", 0.05)
    path = tmp_path / "desks.txt"
    path.write_bytes(b"old")
    held_for(10**6, monkeypatch)
    with pytest.raises(PermissionError):
        write_private(path, b"new")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]
