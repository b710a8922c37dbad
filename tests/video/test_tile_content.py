import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.tile_content import (
    KINDS,
    NOTICE_MOST,
    OPEN_CASE,
    ContentError,
    TileRef,
    camera,
    cameras,
    notice,
    parse,
)


@given(st.sampled_from(KINDS), st.text(min_size=1))
def test_a_content_is_kept_as_a_text(kind, value):
    ref = TileRef(kind, value)
    assert parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["", "camera", "camera:", "clock:town", ":1"])
def test_what_is_no_content_is_refused(text):
    with pytest.raises(ContentError):
        parse(text)


def test_only_a_camera_has_a_camera_number():
    assert camera("10001").camera_id == "10001"
    assert str(camera("10001")) == "camera:10001"
    assert OPEN_CASE.camera_id is None
    assert cameras(["1", None]) == [camera("1"), None]


def test_a_notice_is_one_line_that_can_be_read():
    assert notice(" 今晚 \n台风 ").value == "今晚 台风"
    assert len(notice("水" * 1000).value) == NOTICE_MOST
    with pytest.raises(ContentError):
        notice("  ")
