"""Every camera of a tour is tried: in turn, a few at a time, and again after a while."""

from console.panels.tile_look import Look
from console.wall_trial import AGAIN_S, AT_ONCE, WAIT_S, Trial


class Street:
    """Cameras that answer a while after they are connected."""

    def __init__(self, count: int) -> None:
        self.now = 0.0
        self.takes = {str(n): 2.0 for n in range(count)}
        self.dead: dict[str, str] = {}
        self.since: dict[str, float] = {}
        self.most = 0
        self.trial = Trial(self.takes, self.sight)

    def sight(self, camera_id: str) -> tuple[Look, str]:
        since = self.since.get(camera_id)
        if since is None or self.now - since < self.takes[camera_id]:
            return Look.WAITING, ""
        if camera_id in self.dead:
            return Look.OFF, self.dead[camera_id]
        return Look.LIVE, ""

    def live(self, seconds: float) -> None:
        for _ in range(round(seconds)):
            self.now += 1.0
            self.trial.advance(self.now)
            trying = self.trial.trying
            self.since = {k: self.since.get(k, self.now) for k in trying}
            self.most = max(self.most, len(trying))

    def looks(self) -> dict[str, Look]:
        return {k: each.look for k, each in self.trial.found.items()}


def test_every_camera_is_tried_a_few_at_a_time():
    street = Street(64)
    street.dead = {"3": "refused", "40": "login"}
    street.takes["50"] = 1_000.0
    street.live(64 / AT_ONCE * 2 + WAIT_S + 8)
    assert street.most == AT_ONCE
    looks = street.looks()
    assert len(looks) == 64
    assert {k for k, each in looks.items() if each is not Look.LIVE} == {
        "3",
        "40",
        "50",
    }
    assert (looks["3"], looks["50"]) == (Look.OFF, Look.WAITING)
    assert street.trial.found["40"].reason == "login"


def test_what_was_found_is_looked_at_again_after_a_while():
    street = Street(3)
    street.dead = {"1": "refused"}
    street.live(10)
    assert street.trial.trying == ()
    assert street.looks()["1"] is Look.OFF
    street.dead = {"2": "timeout"}
    street.live(AGAIN_S + 5)
    assert street.looks() == {"0": Look.LIVE, "1": Look.LIVE, "2": Look.OFF}


def test_what_is_live_anyway_is_not_connected_for_it():
    trial = Trial(["1", "2"], lambda each: (Look.LIVE, ""))
    trial.advance(1.0)
    assert trial.trying == ()
    assert [each.look for each in trial.found.values()] == [Look.LIVE] * 2
