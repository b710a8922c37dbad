"""What a worker says of a stream, as the engine keeps it."""

from typing import Any

from video.contract import Mode, StreamSpec, StreamState, Want
from video.roster import Entry, Post, take_in

WANT = Want(
    StreamSpec(stream_id="1203", main_url="rtsp://127.0.0.1/1"), Mode.LIVE, 400, 224
)


def said(state: StreamState, reason: str = "") -> dict[str, Any]:
    return {"stream": "1203", "state": state, "reason": reason, "since": 7.0}


def test_only_its_beginning_to_be_live_is_worth_a_look_at_once():
    entry = Entry(WANT, Post(), 1)
    assert not take_in(said(StreamState.CONNECTING, "refused"), entry)
    assert (entry.reason, entry.since) == ("refused", 7.0)
    assert take_in(said(StreamState.LIVE), entry)
    assert entry.state is StreamState.LIVE
    assert not take_in(said(StreamState.LIVE), entry)
    assert not take_in(said(StreamState.STALLED), entry)
    assert take_in(said(StreamState.LIVE), entry)
