"""Which streams are decoded apart, for how long, and in how many processes."""

from video.contract import Mode, StreamSpec, Want
from video.roster import Entry, Post, place
from video.suspects import DEATHS, FORGIVEN_S, MOST_APART, Suspects


def test_a_suspect_is_forgiven_after_an_hour_without_another_death():
    suspects = Suspects()
    suspects.died("1", 0.0)
    assert not suspects.apart("1", 0.0)
    suspects.died("1", 10.0)
    assert suspects.apart("1", 10.0 + FORGIVEN_S - 1)
    suspects.died("1", 20.0)
    assert suspects.apart("1", 10.0 + FORGIVEN_S)
    assert not suspects.apart("1", 20.0 + FORGIVEN_S)
    suspects.died("1", 30.0 + FORGIVEN_S)  # the count begins anew
    assert not suspects.apart("1", 30.0 + FORGIVEN_S)
    assert DEATHS == 2


def entry(post: Post, stream_id: str) -> Entry:
    want = Want(StreamSpec(stream_id=stream_id, main_url=""), Mode.STANDBY, 9, 9)
    post.streams.add(stream_id)
    return Entry(want, post, 1)


def test_more_suspects_than_processes_for_them_share_these():
    shared, posts, entries = Post(), [Post(probation=True)], {}
    for n in range(MOST_APART):
        assert place([shared, *posts], entries, apart=True) is None  # one more is begun
        made = Post(probation=True)
        entries[str(n)] = entry(made, str(n))
        posts.append(made)
    full = posts[1]
    entries["x"] = entry(full, "x")
    found = place([shared, *posts], entries, apart=True)
    assert found in posts[2:], "neither one that is about to end nor the fullest"
    assert place([shared, *posts], entries, apart=False) is shared
