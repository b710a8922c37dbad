"""By when something is promised, as one types it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from console.promise_times import due_of

TOWN = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 2, 42, 7, tzinfo=UTC)  # 10:42:07 in the town


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("30", "11-23 11:12"),
        (" 5 ", "11-23 10:47"),
        ("10:55", "11-23 10:55"),
        ("10\uff1a55", "11-23 10:55"),
        ("9:00", "11-24 09:00"),
        ("10:42", "11-24 10:42"),
        ("11-25 9:30", "11-25 09:30"),
        ("1-5 08:00", "01-05 08:00"),
    ],
)
def test_what_is_typed_is_a_time_ahead(text: str, due: str) -> None:
    found = due_of(text, NOW, TOWN)
    assert found is not None
    assert found > NOW
    assert f"{found.astimezone(TOWN):%m-%d %H:%M}" == due


@pytest.mark.parametrize("text", ["", "0", "25:00", "soon", "13-40 9:00", "10:5"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert due_of(text, NOW, TOWN) is None
