"""The user guide's own town, to the letter: five files, five commands, on the desk."""

import re
from pathlib import Path

from PySide6.QtCore import QPointF

GUIDE = Path(__file__).parent.parent.parent / "docs" / "user-guide.md"
BLOCK = re.compile(r"```\w+ file=(\S+)\n(.*?)```", re.S)


def test_the_town_of_the_user_guide_is_seen_on_the_desk(own_desk, tmp_path):
    blocks = dict(BLOCK.findall(GUIDE.read_text("utf-8")))
    commands = [line.split() for line in blocks.pop("commands").splitlines()]
    assert len(blocks) == len(commands) == 5
    for name, text in blocks.items():
        # Nobody is asked for a picture outside this machine.
        text = text.replace("192.0.2.10", "127.0.0.1:9")
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
    for program, *words, file in commands:
        assert program == "lookout"
        said = own_desk.lookout(*words, str(tmp_path / file))
        assert "有错误：0" in said, said

    board = own_desk.run.board
    own_desk.until(lambda: board.devices and board.town.name == "姚庄镇", "the town")
    assert board.units["W01"].grid_code == "330421111001001"
    assert board.places["K01"].grid_code == "330421111001001"
    assert board.places["K01"].hazards == ("液化气", "人员密集")
    assert board.devices["SD-1"].public_key == ""
    assert board.cameras["1001"].name == "老街东口"

    canvas = own_desk.run.window.map.canvas
    own_desk.until(
        lambda: {mark.key for mark in canvas.marks()} >= {"1001"}, "it on the map"
    )
    camera = next(mark for mark in canvas.marks() if mark.key == "1001")
    view = canvas.view()
    at: QPointF = view.px(camera.x, camera.y)
    assert view.sees(at)
    pictures = own_desk.run.window.pictures
    own_desk.until(lambda: pictures.shown[0] == "1001", "the camera in a tile")
