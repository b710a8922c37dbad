"""A worker that has more pictures than it can paint: the open case goes on in full."""

import sys
from pathlib import Path

from viewing import Cameras, Viewer, until

from video.contract import Importance, Mode, Step, StreamStatus, Want

SLOW = [sys.executable, str(Path(__file__).with_name("slow_worker.py"))]
TOUR = ("2", "3", "4", "5", "6")


def test_the_open_case_keeps_its_rate_while_a_tour_gives_way(cameras: Cameras):
    viewer = Viewer(workers=1, command=SLOW)
    engine = viewer.engine
    try:
        viewer.log_in(*cameras.ids)
        wants = {
            name: Want(cameras.spec(name), Mode.LIVE, 320, 180, Importance.TOUR)
            for name in TOUR
        }
        wants["1"] = Want(cameras.spec("1"), Mode.LIVE, 320, 180, Importance.CASE)
        engine.want(wants)
        viewer.await_state("live", *cameras.ids)
        until(lambda: sum(engine.status(t).taken is Step.STILLS for t in TOUR) >= 3)
        assert engine.status("1").taken is Step.FULL

        # Stills of key frames, every two seconds: seldom, but neither stalled nor stale.
        def stills() -> list[StreamStatus]:
            seen = map(engine.status, TOUR)
            return [each for each in seen if each.taken is Step.STILLS]

        until(lambda: stills() and all(1.5 < each.every_s < 2.5 for each in stills()))
        until(lambda: stills() and all(each.fps < 2.0 for each in stills()))
        until(lambda: engine.status("1").fps > 10.0)
        viewer.await_advance(*TOUR)
        for name in TOUR:
            assert engine.status(name).state == "live"
            picture = engine.picture(name)
            assert picture is not None
            assert picture.age_s < 4.0 + engine.status(name).every_s

        # A camera that dries up is found out among stills, too.
        cameras.order(freeze="2")
        until(lambda: viewer.state("2") == "stalled")
        cameras.order(resume="2")
        until(lambda: viewer.state("2") == "live")

        # What is opened as a case has everything at once; with room, so have all again.
        wants["3"] = Want(cameras.spec("3"), Mode.LIVE, 320, 180, Importance.CASE)
        engine.want(wants)
        until(lambda: engine.status("3").taken is Step.FULL)
        until(lambda: engine.status("3").fps > 10.0)
        engine.want({name: wants[name] for name in ("1", "2")})
        until(lambda: engine.status("2").taken is not Step.STILLS, limit=90.0)
        viewer.await_advance("2")
    finally:
        engine.close()
