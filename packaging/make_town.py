"""Make the demonstration's town: 姚庄镇 in full, invented from a seed.

The names of the town, its communities and villages are real; outlines, staff, numbers,
places, cameras and devices are invented and belong to nobody. The middle of it is the
small town of `make_small_town.py`, with the same ids at the same places. Run
`python packaging/make_town.py`; the standard library is all it needs.
"""

import itertools
import math
import random
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import make_small_town as small
from make_small_town import XY, Line, edge_line, feature, inside, lonlat, phone, smooth

OUT = Path(__file__).resolve().parent.parent / "resources" / "samples" / "yaozhuang"
TOWN = small.TOWN
SEED = 20261123
rng = random.Random(SEED)

# -- the net of shared edges: the small town in the middle, villages around ----------

COLUMNS = (-5200, -4150, -3100, -2000, -950, 50, 1050, 2100, 3150, 4200, 5200)
ROWS = (4000, 2950, 1850, 650, -550, -1750, -2750, -3700)
HOLE = (3, 7, 2, 5)  # first and last column and row of the middle
# One letter a village, a cell of the net each; dots: the middle.
VILLAGE_MAP = [
    "AABBCCDDEE",
    "AABBCCDDEE",
    "FFG....HII",
    "FJG....HHI",
    "JJG....KKI",
    "LLMMNNOOPP",
    "LQQMNRROOP",
]
VILLAGES = {
    # letter: code, name, grids
    "A": ("214", "渔民村", 3),
    "B": ("213", "沉香村", 3),
    "C": ("217", "丁栅村", 3),
    "D": ("216", "北港村", 3),
    "E": ("200", "展丰村", 3),
    "F": ("212", "银水庙村", 2),
    "G": ("203", "展幸村", 2),
    "H": ("201", "南鹿村", 2),
    "I": ("215", "俞北村", 3),
    "J": ("210", "金星村", 2),
    "K": ("211", "俞汇村", 2),
    "L": ("209", "界泾港村", 2),
    "M": ("208", "中联村", 2),
    "N": ("202", "姚庄村", 3),
    "O": ("207", "清凉村", 3),
    "P": ("206", "武长村", 2),
    "Q": ("204", "横港村", 2),
    "R": ("205", "北鹤村", 2),
}
# 一类 2, 二类 4, the other 38 三类.
CLASSES = {
    "202001": "1",
    "202002": "1",
    **dict.fromkeys(("211001", "211002", "217001", "217002"), "2"),
}
# The codes 002 to 004 are the small town's, which gave them out for itself.
COMMUNITIES = (
    ("001", "姚庄社区"),
    ("002", "桃源新邨社区"),
    ("003", "丁栅社区"),
    ("004", "俞汇社区"),
    ("005", "锦绣社区"),
    ("006", "学苑社区"),
    ("007", "新景社区"),
)
# Between the small town and the villages: code, name, corners.
BELT = (
    ("001003", "姚庄社区第三网格", "A 3,2 4,2 B"),
    ("006001", "沿街商铺第一网格", "B 4,2 P1"),
    ("002004", "桃源新邨第四网格", "P1 4,2 5,2 N1 P2"),
    ("006002", "沿街商铺第二网格", "N1 5,2 6,2 N2"),
    ("002005", "桃源新邨第五网格", "N2 6,2 7,2 D C"),
    ("006003", "沿街商铺第三网格", "D 7,2 7,3"),
    ("003002", "丁栅社区第二网格", "D 7,3 7,4 I"),
    ("007003", "工业园区第六网格", "I 7,4 7,5 M"),
    ("007002", "工业园区第五网格", "M 7,5 6,5 L"),
    ("007001", "工业园区第四网格", "L 6,5 5,5 K"),
    ("001004", "姚庄社区第四网格", "K 5,5 4,5 J"),
    ("005003", "工业园区第三网格", "J 4,5 3,5"),
    ("005002", "工业园区第二网格", "J 3,5 3,4 E"),
    ("005001", "工业园区第一网格", "E 3,4 3,3 A"),
    ("006004", "沿街商铺第四网格", "A 3,3 3,2"),
)


def bent(x: float, y: float) -> XY:
    """Return where a point of the squared-off plan lies: no town is a chessboard.

    The small town in the middle stays where it is.
    """
    far = max(abs(x) / 2000, abs(y) / 1850)
    share = min(1.0, max(0.0, (far - 0.6) / 0.4))
    moved_x = -x * 0.13 * (y / 4000) ** 2 + 330 * math.sin(y / 1500 + 0.6)
    moved_y = -y * 0.15 * (x / 5200) ** 2 + 360 * math.sin(x / 1700 + 0.9)
    return x + share * moved_x, y + share * moved_y


NODES: dict[str, XY] = dict(small.CORNERS)
for column, x in enumerate(COLUMNS):
    for row, y in enumerate(ROWS):
        edge = column in (0, len(COLUMNS) - 1) or row in (0, len(ROWS) - 1)
        near = HOLE[0] <= column <= HOLE[1] and HOLE[2] <= row <= HOLE[3]
        reach = 260 if not (edge or near) else 150
        NODES[f"{column},{row}"] = bent(
            x + rng.uniform(-reach, reach), y + rng.uniform(-reach, reach) * 0.9
        )
_LINES: dict[tuple[str, str], Line] = {}


def line_between(a: str, b: str) -> Line:
    """Return the one natural line between two corners, in this direction."""
    if (a, b) not in _LINES:
        drawn = next(
            (
                (name, start)
                for name, (start, end, *_) in small.EDGES.items()
                if {start, end} == {a, b}
            ),
            None,
        )
        if drawn is not None:
            points = edge_line(drawn[0])
            points = points if drawn[1] == a else points[::-1]
        else:
            points = _rough(*sorted((a, b)))
            points = points if a < b else points[::-1]
        _LINES[a, b] = points
        _LINES[b, a] = points[::-1]
    return _LINES[a, b]


def _rough(a: str, b: str) -> Line:
    own = random.Random(f"{SEED}{a}{b}")
    (ax, ay), (bx, by) = NODES[a], NODES[b]
    length = math.hypot(bx - ax, by - ay)
    nx, ny = -(by - ay) / length, (bx - ax) / length
    bend = own.uniform(-0.07, 0.07) * length
    waves = [(own.uniform(0.3, 1.0), own.uniform(0, 6.3), k) for k in (2, 5, 11)]
    count = max(6, round(length / 55))
    points: Line = []
    for i in range(count + 1):
        t = i / count
        swell = math.sin(math.pi * t)
        off = bend * swell + 0.016 * length * math.sqrt(swell) * sum(
            w / k * 2.2 * math.sin(k * math.pi * t + p) for w, p, k in waves
        )
        points.append((ax + (bx - ax) * t + nx * off, ay + (by - ay) * t + ny * off))
    points[0], points[-1] = NODES[a], NODES[b]
    return points


def area_of(points: Sequence[XY]) -> float:
    """Return the signed area of a ring, anticlockwise positive."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def face(corners: str) -> list[str]:
    """Return a face's corners, anticlockwise."""
    names = corners.split()
    return names if area_of([NODES[n] for n in names]) > 0 else names[::-1]


def union(faces: Iterable[list[str]]) -> Line:
    """Return the one outline around faces that touch each other."""
    edges: dict[str, str] = {}
    every = [(a, b) for f in faces for a, b in zip(f, [*f[1:], f[0]], strict=True)]
    for a, b in every:
        if (b, a) not in every:
            assert a not in edges, "faces that touch at a corner only"
            edges[a] = b
    start = at = next(iter(edges))
    points: Line = []
    while True:
        points += line_between(at, edges[at])[:-1]
        at = edges.pop(at)
        if at == start:
            break
    assert not edges, "faces in two pieces"
    return points


def core_faces() -> dict[str, list[str]]:
    """Return the faces of the small town's grids, by the end of their code."""
    found = {}
    for tail, _, _, _, _, edges in small.GRIDS:
        names = []
        for name in edges.split():
            start, end, *_ = small.EDGES[name.lstrip("-")]
            names.append(end if name.startswith("-") else start)
        found[tail] = face(" ".join(names))
    return found


# -- grids ---------------------------------------------------------------------------


class Area:
    """A grid with an area: code, name, faces, and what kind of ground it is."""

    def __init__(self, tail: str, name: str, faces: list[list[str]], use: str) -> None:
        self.tail, self.name, self.faces, self.use = tail, name, faces, use
        self.outline = union(faces)
        xs, ys = zip(*self.outline, strict=True)
        self.box = min(xs), min(ys), max(xs), max(ys)
        self.village = ""
        self.leader = ""
        self.workers: list[str] = []

    @property
    def parent(self) -> str:
        """Return the end of the village's or community's code."""
        return self.tail[:3]

    def holds(self, p: XY) -> bool:
        """Return whether a point lies in it."""
        west, south, east, north = self.box
        return (
            west <= p[0] <= east and south <= p[1] <= north and inside(p, self.outline)
        )

    def middle(self) -> XY:
        """Return a point well inside."""
        west, south, east, north = self.box
        best, far = ((west + east) / 2, (south + north) / 2), -1.0
        for i in range(1, 14):
            for j in range(1, 14):
                p = (west + (east - west) * i / 14, south + (north - south) * j / 14)
                if inside(p, self.outline):
                    room = min(math.dist(p, q) for q in self.outline)
                    if room > far:
                        best, far = p, room
        return best


def make_areas() -> list[Area]:
    """Return every grid that has an area: 7 of the small town, 15, and 44 of villages."""
    areas = []
    cores = core_faces()
    for tail, name, *_ in small.GRIDS:
        areas.append(Area(tail, name, [cores[tail]], "town"))
    for tail, name, corners in BELT:
        use = {"005": "works", "007": "works", "006": "shops"}.get(tail[:3], "town")
        areas.append(Area(tail, name, [face(corners)], use))
    ordinals = "一二三四五"
    for letter, (code, name, count) in VILLAGES.items():
        cells = [
            face(f"{c},{r} {c + 1},{r} {c + 1},{r + 1} {c},{r + 1}")
            for r, line in enumerate(VILLAGE_MAP)
            for c, found in enumerate(line)
            if found == letter
        ]
        for number, group in enumerate(_grouped(cells, count)):
            area = Area(
                f"{code}{number + 1:03}",
                f"{name}第{ordinals[number]}网格",
                group,
                "farm",
            )
            area.village = letter
            areas.append(area)
    return areas


def _grouped(cells: list[list[str]], count: int) -> list[list[list[str]]]:
    """Join neighbours until so many groups are left, the last ones first."""
    groups = [[cell] for cell in cells]
    while len(groups) > count:
        last = groups.pop()
        corners = {(a, b) for f in last for a, b in zip(f, [*f[1:], f[0]], strict=True)}
        for group in reversed(groups):
            touching = {
                (b, a) for f in group for a, b in zip(f, [*f[1:], f[0]], strict=True)
            }
            if corners & touching:
                group += last
                break
        else:
            groups.insert(0, last)
    return groups


AREAS = make_areas()
BY_TAIL = {area.tail: area for area in AREAS}
assert len(AREAS) == 66


def grid_of(p: XY) -> str:
    """Return the code of the grid around a point, or ""."""
    return next((TOWN + area.tail for area in AREAS if area.holds(p)), "")


# -- what lies on the ground -----------------------------------------------------------


def net_path(nodes: str) -> Line:
    """Return a road along edges of the net, without every turn of a boundary."""
    names = nodes.split()
    points: Line = [NODES[names[0]]]
    for a, b in itertools.pairwise(names):
        line = line_between(a, b)
        third = len(line) // 3
        points += [line[third], line[2 * third], line[-1]]
    return smooth(points)


def _column(c: int, first: int, last: int) -> str:
    return " ".join(f"{c},{r}" for r in range(first, last + 1))


def _row(r: int, first: int, last: int) -> str:
    return " ".join(f"{c},{r}" for c in range(first, last + 1))


ROADS: list[tuple[str, str, float, Line]] = [
    (name, kind, width, small.path_of(line)) for name, kind, width, line in small.ROADS
]
ROADS += [
    (name, kind, width, net_path(nodes))
    for name, kind, width, nodes in (
        ("环镇西路", "main", 18, _column(3, 0, 7)),
        ("环镇东路", "main", 18, _column(7, 0, 7)),
        ("环镇北路", "main", 18, _row(2, 0, 10)),
        ("环镇南路", "main", 18, _row(5, 0, 10)),
        ("益群路北延", "main", 14, "B 4,2"),
        ("桃源路东延", "main", 14, "D 7,3"),
        ("益群路南延", "main", 14, "K 5,5"),
        ("宝群路西延", "main", 14, "E 3,4"),
        ("渔民路", "street", 9, _column(1, 0, 2)),
        ("银水庙路", "street", 9, _column(1, 2, 5)),
        ("界泾港路", "street", 9, _column(1, 5, 7)),
        ("北港路", "street", 9, _column(5, 0, 2)),
        ("姚庄村路", "street", 9, _column(5, 5, 7)),
        ("俞北路", "street", 9, _column(9, 0, 5)),
        ("武长路", "street", 9, _column(9, 5, 7)),
        ("沉香路", "street", 9, _row(1, 0, 10)),
        ("金星路", "street", 9, _row(4, 0, 3)),
        ("俞汇村路", "street", 9, _row(4, 7, 10)),
        ("清凉路", "street", 9, _row(6, 0, 10)),
    )
]
WATERS: list[tuple[str, float, Line]] = [
    (name, width, small.path_of(line)) for name, width, line in small.WATERS
]
WATERS += [
    (name, width, smooth([bent(x, y) for x, y in points]))
    for name, width, points in (
        (
            "红旗塘",
            55,
            [
                (-5350, 2360),
                (-4300, 2480),
                (-3300, 2290),
                (-2300, 2420),
                (-1200, 2330),
                (-200, 2430),
                (900, 2350),
                (1900, 2450),
                (3000, 2330),
                (4100, 2440),
                (5350, 2340),
            ],
        ),
        (
            "北大港",
            30,
            [(-5250, 3500), (-3900, 3420), (-2500, 3540), (-1100, 3430), (300, 3520)],
        ),
        ("姚庄塘北", 26, [(434, 830), (520, 1250), (480, 1700), (590, 2350)]),
        ("姚庄塘南", 26, [(418, -655), (520, -1150), (560, -1700), (470, -2250)]),
        (
            "清凉港",
            28,
            [
                (-5300, -2260),
                (-4200, -2190),
                (-3000, -2300),
                (-1700, -2180),
                (-400, -2290),
                (470, -2250),
                (1600, -2230),
                (2900, -2320),
                (4100, -2200),
                (5300, -2290),
            ],
        ),
        ("展幸港", 18, [(-2560, 2400), (-2480, 1500), (-2570, 400), (-2500, -700)]),
        ("展幸港南", 18, [(-2500, -700), (-2560, -1500), (-2470, -2240)]),
        ("展丰港", 22, [(3700, 4080), (3620, 3200), (3690, 2390)]),
        ("南鹿港", 20, [(2620, 2370), (2590, 1300), (2680, 300), (2600, -800)]),
        ("俞汇塘", 24, [(2600, -800), (2690, -1500), (2640, -2280)]),
        ("界泾港", 18, [(-4650, -2220), (-4600, -3000), (-4680, -3780)]),
        ("北鹤港", 16, [(520, -2260), (610, -3000), (560, -3800)]),
        ("丁栅港北", 16, [(80, 2420), (520, 2900), (560, 3480), (300, 3520)]),
    )
]


def lake(x: float, y: float, w: float, h: float, turn: float) -> Line:
    """Return a shore: an ellipse that somebody's hand shook."""
    waves = [(rng.uniform(0.02, 0.07), rng.uniform(0, 6.3), k) for k in (2, 3, 5)]
    points = []
    for i in range(44):
        t = 2 * math.pi * i / 44
        r = 1 + sum(a * math.sin(k * t + p) for a, p, k in waves)
        ex, ey = w / 2 * r * math.cos(t), h / 2 * r * math.sin(t)
        c, s = math.cos(turn), math.sin(turn)
        points.append((x + ex * c - ey * s, y + ex * s + ey * c))
    return points


PONDS: list[tuple[str, Line]] = [("公园池塘", small.POND)]
PONDS += [
    ("沉香荡", lake(*bent(-2620, 3020), 620, 380, 0.3)),
    ("长白荡", lake(*bent(4620, 1180), 520, 820, 0.1)),
    ("白鱼荡", lake(*bent(-4640, 3060), 480, 300, -0.4)),
]


class Taken:
    """What already covers the ground, by cells of fifty metres."""

    CELL = 50.0

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[XY, float]]] = {}

    def line(self, points: Line, half: float) -> None:
        """Cover a road's or a river's ground."""
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            steps = max(1, round(math.hypot(bx - ax, by - ay) / 12))
            for i in range(steps):
                t = i / steps
                self.spot((ax + (bx - ax) * t, ay + (by - ay) * t), half)

    def spot(self, p: XY, radius: float) -> None:
        """Cover a round spot."""
        cell = int(p[0] // self.CELL), int(p[1] // self.CELL)
        self._cells.setdefault(cell, []).append((p, radius))

    def free(self, p: XY, radius: float) -> bool:
        """Return whether a spot is free."""
        column, row = int(p[0] // self.CELL), int(p[1] // self.CELL)
        return all(
            math.dist(p, q) > radius + r
            for c in range(column - 3, column + 4)
            for w in range(row - 3, row + 4)
            for q, r in self._cells.get((c, w), ())
        )


TAKEN = Taken()
for _, _, width, line in ROADS:
    TAKEN.line(line, width / 2 + 3)
for _, width, line in WATERS:
    TAKEN.line(line, width / 2 + 8)
for _, shore in PONDS[1:]:
    TAKEN.line([*shore, shore[0]], 20)
BUILDINGS: list[tuple[str, Line]] = small.buildings()
HOUSES: dict[str, list[XY]] = {area.tail: [] for area in AREAS}


def block(p: XY, w: float, d: float, turn: float, name: str = "") -> bool:
    """Build a house where nothing stands; return whether it was."""
    radius = math.hypot(w, d) / 2
    if not TAKEN.free(p, radius * 0.8):
        return False
    if any(inside(p, shore) for _, shore in PONDS[1:]):
        return False
    c, s = math.cos(turn), math.sin(turn)
    corners = [(-w / 2, -d / 2), (w / 2, -d / 2), (w / 2, d / 2), (-w / 2, d / 2)]
    outline = [(p[0] + a * c - b * s, p[1] + a * s + b * c) for a, b in corners]
    BUILDINGS.append((name, outline))
    TAKEN.spot(p, radius * 0.8)
    return True


def rows_of_houses(area: Area, middle: XY, rows: int, each: int, turn: float) -> None:
    """Build a hamlet: rows of houses along lanes, as villages here stand on canals."""
    c, s = math.cos(turn), math.sin(turn)
    for row in range(rows):
        across = (row - (rows - 1) / 2) * 34
        at = -each * 9.5
        for _ in range(each):
            w, d = rng.uniform(10, 14), rng.uniform(9, 12)
            at += w + rng.uniform(3, 9)
            off = across + rng.uniform(-2, 2)
            p = (middle[0] + at * c - off * s, middle[1] + at * s + off * c)
            if area.holds(p) and block(p, w, d, turn + rng.uniform(-0.05, 0.05)):
                HOUSES[area.tail].append(p)
    ends = [
        (middle[0] + k * each * 11 * c, middle[1] + k * each * 11 * s)
        for k in (-1, -0.3, 0.4, 1)
    ]
    # A lane leads on to the nearest street.
    if (way := nearest_road(middle)) is not None:
        ends = sorted(ends, key=lambda p: -math.dist(p, way))
        if math.dist(ends[-1], way) < 700 and area.holds(ends[-1]):
            between = [
                (a + (b - a) * t, c + (d - c) * t)
                for t in (0.5,)
                for (a, c), (b, d) in [(ends[-1], way)]
            ]
            ends += [*map(near_lane, between), way]
    ROADS.append(("", "lane", 4, smooth(ends)))


def nearest_road(p: XY) -> XY | None:
    """Return the nearest point of a main road or street."""
    spots = [q for _, kind, _, line in ROADS if kind != "lane" for q in line]
    return min(spots, key=lambda q: math.dist(p, q), default=None)


def near_lane(p: XY) -> XY:
    """Return a point a few metres off, so that a lane bends."""
    return p[0] + rng.uniform(-18, 18), p[1] + rng.uniform(-18, 18)


def furnish() -> None:
    """Build on every grid outside the small town, each as its kind of ground is."""
    for area in AREAS[len(small.GRIDS) :]:
        x, y = area.middle()
        west, south, east, north = area.box
        size = math.sqrt(abs(area_of(area.outline)))
        if area.use == "farm":
            turn = rng.choice((0.0, 0.15, -0.2, 1.4))
            rows_of_houses(area, (x, y), rng.randint(4, 5), rng.randint(12, 17), turn)
            for _ in range(round(size / 210)):
                p = (rng.uniform(west, east), rng.uniform(south, north))
                if area.holds(p) and math.dist(p, (x, y)) > 260:
                    rows_of_houses(area, p, 2, rng.randint(6, 11), turn + 0.1)
        elif area.use == "works":
            for i in range(-4, 5):
                for j in range(-4, 5):
                    p = (x + i * 95 + rng.uniform(-8, 8), y + j * 70)
                    if area.holds(p) and rng.random() < 0.8:
                        size_x, size_y = rng.uniform(46, 76), rng.uniform(28, 44)
                        if block(p, size_x, size_y, rng.uniform(-0.02, 0.02)):
                            HOUSES[area.tail].append(p)
        else:
            step_x, step_y = (62, 40) if area.use == "town" else (30, 30)
            reach = int(size / 2 / step_y) + 2
            for j in range(-reach, reach + 1):
                for i in range(-8, 9):
                    p = (x + i * step_x + rng.uniform(-3, 3), y + j * step_y)
                    if not area.holds(p) or math.dist(p, (x, y)) > 330:
                        continue
                    w, d = (48, 12) if area.use == "town" else (18, 12)
                    if rng.random() < 0.86 and block(p, w, d, -0.03):
                        HOUSES[area.tail].append(p)
        if area.use == "farm" and area.village in "ABFLQI":
            for i in range(4):
                for j in range(2):
                    px, py = west + (east - west) * 0.2 + i * 78, south + 190 + j * 58
                    ring = [(px, py), (px + 70, py), (px + 70, py + 50), (px, py + 50)]
                    if all(
                        area.holds(q) and TAKEN.free(q, 14) for q in [*ring, (px, py)]
                    ):
                        PONDS.append(("", ring))
                        TAKEN.spot((px + 35, py + 25), 44)


furnish()


def house(area: Area) -> XY:
    """Return a house of a grid; each is given out once, as long as there are any."""
    if area.tail in {tail for tail, *_ in small.GRIDS} or not HOUSES[area.tail]:
        x, y = area.middle()
        return x + rng.uniform(-120, 120), y + rng.uniform(-100, 100)
    return HOUSES[area.tail].pop(rng.randrange(len(HOUSES[area.tail])))


# -- who works here ----------------------------------------------------------------------

SURNAMES = "沈陆徐周金王陈钱吴顾许俞马朱李孙谢张姚冯蒋费潘钟郁"
GIVEN = "文 勤 永兴 素琴 海明 玉珍 晓东 雅琴 国平 美英 志强 小红 建华 慧芳 伟良 月娥"
GIVEN += " 林根 丽萍 春生 秀英 立新 凤珍 卫东 彩云 水根 佩华 荣生 雪峰 银娣 阿根"
NAMES = [a + b for a in SURNAMES for b in GIVEN.split()]
rng.shuffle(NAMES)
_used = {name for _, name, *_ in small.UNITS}
NAMES = [name for name in NAMES if name not in _used]

# id, name, role, department, grid, digits of the phone, place
UNITS: list[tuple[str, str, str, str, str, str, XY]] = [
    (i, n, r, d.replace("桃源社区", "桃源新邨社区"), g, p, (x, y))
    for i, n, r, d, g, p, x, y in small.UNITS
]
_next_phone = iter(range(1001, 2000))
_next_worker = iter(range(11, 100))


def unit(unit_id: str, role: str, department: str, tail: str, at: XY) -> str:
    """Add somebody with the next invented name; return their id."""
    name = NAMES.pop()
    name = {"民警": f"民警{name}", "社工": f"社工{name}"}.get(role, name)
    UNITS.append((unit_id, name, role, department, tail, f"{next(_next_phone)}", at))
    return unit_id


def near(p: XY, reach: float = 140) -> XY:
    """Return a point not far away."""
    return p[0] + rng.uniform(-reach, reach), p[1] + rng.uniform(-reach, reach)


def worker(role: str, department: str, tail: str) -> str:
    """Add a worker of a grid."""
    at = near(BY_TAIL[tail].middle())
    return unit(f"W{next(_next_worker):02}", role, department, tail, at)


def staff() -> None:
    """Fill every grid, and the town's own teams."""
    for tail, _, _, leader, workers, _ in small.GRIDS:
        BY_TAIL[tail].leader = leader
        BY_TAIL[tail].workers = workers.split()
    names = dict(COMMUNITIES)
    # 专属网格: the department's head commands, a deputy guides.
    commands = (
        ("桃源新邨", "社会事务办", ("002",)),
        ("姚庄社区", "综治办", ("001",)),
        ("丁栅社区", "便民服务中心", ("003",)),
        ("俞汇社区", "村镇建设办", ("004",)),
        ("工业园区", "应急消防管理站", ("005", "007")),
        ("沿街商铺", "市场监管所", ("006",)),
    )
    for number, (_, department, parents) in enumerate(commands, start=1):
        under = [area for area in AREAS if area.parent in parents]
        desk = near((-230.0, 372.0), 60)
        heads = [
            unit(f"L{number:02}", "指挥长", department, under[0].tail, desk),
            unit(f"G{number:02}", "网格指导员", department, under[0].tail, near(desk)),
        ]
        for area in under:
            area.workers = [*heads, *area.workers]
    for parent, tail in (("005", "005001"), ("007", "007001"), ("006", "006001")):
        leader = worker("网格长", names[parent], tail)
        for area in AREAS:
            if area.parent == parent:
                area.leader = leader
    for area in AREAS:
        if area.use != "farm" and area.tail not in {t for t, *_ in small.GRIDS}:
            area.leader = (
                area.leader or {"001": "W03", "002": "W02", "003": "W03"}[area.parent]
            )
            area.workers.append(worker("专职网格员", names[area.parent], area.tail))
    for tail in ("002004", "005002", "006002", "007002", "003002", "001003"):
        seconded = worker("兼职网格员", names[tail[:3]], tail)
        BY_TAIL[tail].workers.append(seconded)
    shared = ""
    for number, (letter, (code, name, _)) in enumerate(VILLAGES.items()):
        mine = [area for area in AREAS if area.village == letter]
        leader = worker("网格长", name, f"{code}001")
        if number % 2 == 0:
            shared = worker("专职网格员", name, f"{code}002")
        for area in mine:
            area.leader, area.workers = leader, [shared]
    for unit_id, role, department, x, y in (
        ("X02", "微型消防站", "应急消防管理站", 2180, -420),
        ("X03", "微型消防站", "应急消防管理站", -300, 1900),
        ("Z02", "综合执法队", "综合执法队", -250, 110),
        ("P02", "民警", "派出所", -330, 548),
        ("P03", "民警", "派出所", 1960, -380),
        ("P04", "民警", "派出所", -180, 1830),
        ("S02", "社工", "社会事务办", 60, 120),
        ("S03", "社工", "社会事务办", -1500, 1300),
        ("S04", "社工", "社会事务办", 1500, -1200),
        ("Y01", "志愿者", "平安志愿者", 150, 500),
        ("Y02", "志愿者", "平安志愿者", -420, 260),
        ("Y03", "志愿者", "平安志愿者", 900, 300),
        ("Y04", "志愿者", "平安志愿者", 80, -320),
    ):
        unit(unit_id, role, department, "", bent(x, y))
    for unit_id, name, x, y in (
        ("V01", "执法车 演示01", -236, 100),
        ("V02", "执法车 演示02", 216, 640),
    ):
        row = (unit_id, name, "执法车", "综合执法队", "", "", (float(x), float(y)))
        UNITS.append(row)


staff()
POSTS = {unit_id: at for unit_id, *_, at in UNITS}

# -- places --------------------------------------------------------------------------------

# id, name, kind, address, hazards, contact, digits of the phone, place
PLACES: list[tuple[str, str, str, str, str, str, str, XY]] = [
    (i, n, k, a, h, c, p, (x, y)) for i, n, k, a, h, c, p, x, y in small.PLACES
]
VILLAGE_AREAS = [area for area in AREAS if area.use == "farm"]
WORKS = [area for area in AREAS if area.use == "works"]
SHOPS = [area for area in AREAS if area.use == "shops"]
ESTATES = [area for area in AREAS[len(small.GRIDS) :] if area.use == "town"]


def place(
    place_id: str,
    name: str,
    kind: str,
    at: XY,
    address: str = "",
    hazards: str = "",
    contact: str = "",
) -> None:
    """Add a place; who has a contact has a number that cannot ring."""
    digits = f"{next(_next_phone)}" if contact else ""
    PLACES.append((place_id, name, kind, address, hazards, contact, digits, at))


def along_road(area: Area) -> XY:
    """Return a point beside a road of a grid, else a house of it."""
    spots = [p for _, kind, _, line in ROADS if kind != "lane" for p in line[::3]]
    mine = [p for p in spots if area.holds(p)]
    if not mine:
        return house(area)
    x, y = rng.choice(mine)
    return x + rng.choice((-12, 12)), y + rng.choice((-9, 9))


LONELY: list[tuple[str, str, XY]] = []  # homes of old people who live alone


def places() -> None:
    """Fill the register of places."""
    numbers = {kind: iter(range(first, 9999)) for kind, first in FIRST.items()}

    def new(prefix: str) -> str:
        return f"{prefix}{next(numbers[prefix]):02}"

    for letter, (_, name, _) in VILLAGES.items():
        first = next(area for area in VILLAGE_AREAS if area.village == letter)
        at = first.middle()
        short = name.removesuffix("村")
        place(new("K"), f"{name}村委会", "key_place", at, f"{short}路1号", "", "值班室")
        place(
            new("K"),
            f"{name}文化礼堂",
            "key_place",
            near(at, 90),
            f"{short}路5号",
            "人员密集",
            "管理员",
        )
    for (_, name), (x, y) in zip(
        COMMUNITIES[3:],
        ((120, -250), (-1350, 120), (-60, 1130), (980, -1180)),
        strict=True,
    ):
        place(new("K"), f"{name}服务站", "key_place", bent(x, y), "", "", "值班室")
    for name, hazards, x, y in (
        ("姚庄镇卫生院", "人员密集|行动不便", -640, 960),
        ("姚庄中学", "人员密集", -980, 1290),
        ("丁栅小学", "人员密集", 1520, 280),
        ("俞汇小学", "人员密集", 2300, -820),
        ("演示加油站一", "汽油|易燃易爆", -2030, 980),
        ("演示加油站二", "汽油|易燃易爆", 2140, 1330),
        ("丁栅农贸市场", "人员密集|液化气", 1310, 120),
        ("俞汇农贸市场", "人员密集|液化气", 2330, -420),
        ("长白荡游船码头", "水域", 4330, 1260),
        ("沉香荡渔港", "水域", -2330, 2900),
        ("黄桃交易中心", "人员密集|用电密集", -1210, 1640),
    ):
        place(new("K"), name, "key_place", bent(x, y), "", hazards, "值班室")
    trades = ("电子", "木业", "五金", "塑业", "纺织", "食品", "包装", "机械")
    for number, area in enumerate(WORKS * 2):
        hazards = ("粉尘", "锂电池", "危化品", "用电密集", "喷漆", "液氨")[number % 6]
        name = f"演示{trades[number % 8]}{number + 1}厂"
        address = f"工业园区{number + 1}号"
        place(new("K"), name, "key_place", house(area), address, hazards, "安全员")
    for name, x, y in (
        ("红旗塘西桥", -2010, 2410),
        ("红旗塘中桥", 60, 2400),
        ("红旗塘东桥", 2110, 2430),
        ("清凉桥", -2000, -2220),
        ("姚庄塘南桥", 540, -1745),
        ("俞汇桥", 2650, -560),
        ("展丰桥", 3690, 2950),
    ):
        place(new("B"), name, "bridge", bent(x, y), "", "水域")
    for name, node in (
        ("环镇西路北口", "3,2"),
        ("环镇西路南口", "3,5"),
        ("环镇东路北口", "7,2"),
        ("环镇东路南口", "7,5"),
        ("沉香路口", "3,1"),
        ("展丰路口", "9,1"),
        ("清凉路口", "7,6"),
        ("金星路口", "1,4"),
    ):
        place(new("C"), name, "crossing", NODES[node])
    goods = [
        "面馆",
        "超市",
        "五金店",
        "水果店",
        "理发店",
        "快餐店",
        "药店",
        "电动车行",
        "粮油店",
        "早餐店",
    ]
    for number in range(40):
        area = SHOPS[number % 4] if number < 28 else rng.choice(VILLAGE_AREAS)
        word = goods[number % len(goods)]
        hazards = {"面馆": "液化气", "快餐店": "液化气", "电动车行": "锂电池"}.get(
            word, ""
        )
        name = f"{NAMES[number][0]}记{word}{number + 1}"
        contact = f"店主 {NAMES.pop()}"
        place(new("S"), name, "shop", house(area), "", hazards, contact)
    for number in range(40):
        area = rng.choice([*ESTATES, *WORKS, *VILLAGE_AREAS])
        name = f"{area.name[:-4]}出租房{number + 1}"
        hazards = rng.choice(("群租|飞线充电", "液化气", "飞线充电", ""))
        place(new("R"), name, "rental", house(area), "", hazards, f"房东 {NAMES.pop()}")
    for number in range(56):
        area = VILLAGE_AREAS[number % 44] if number < 40 else ESTATES[number % 5]
        at = house(area)
        name = f"{area.name[:-4]}{rng.randint(1, 60)}号"
        if any(name == known for _, known, *_ in PLACES):
            name = f"{name}西"
        hazards = rng.choice(("独居老人", "独居老人|液化气", "独居老人|行动不便"))
        kin = rng.choice(("女儿", "儿子", "邻居", "外甥"))
        home_id = new("H")
        place(home_id, name, "home", at, "", hazards, f"{NAMES.pop()}({kin})")
        LONELY.append((home_id, name, at))
    for area in AREAS:
        place(new("F"), f"消火栓{area.tail}", "hydrant", along_road(area))


FIRST = {"K": 14, "B": 20, "C": 3, "S": 6, "R": 1, "H": 3001, "F": 8}
places()

# -- cameras and devices -------------------------------------------------------------------

# id, name, scene, place, bearing, fov, range, verified, seed, unit that carries it
Camera = tuple[str, str, str, XY, object, float, float, str, object, str]
CAMERAS: list[Camera] = [
    (i, n, s, (x, y), b, f, r, v, "", "") for i, n, s, x, y, b, f, r, v in small.CAMERAS
]
CAMERAS += [
    (i, n, s, (float(x), float(y)), b, f, r, "2026-09-18", seed, "")
    for seed, (i, n, s, x, y, b, f, r) in enumerate(
        (
            ("1221", "环镇西路北口", "crossing", *NODES["3,2"], 140, 76, 160),
            ("1222", "环镇东路北口", "crossing", *NODES["7,2"], 220, 76, 160),
            ("1223", "环镇东路南口", "crossing", *NODES["7,5"], 310, 76, 160),
            ("1224", "环镇西路南口", "crossing", *NODES["3,5"], 40, 76, 160),
            ("1225", "工业园区西门", "street", *bent(-1420, 40), 85, 74, 100),
            ("1226", "工业园区东门", "street", *bent(1480, -1010), 250, 74, 100),
            ("1227", "姚庄中学门口", "street", *bent(-960, 1310), 170, 74, 90),
            ("1228", "丁栅小学门口", "street", *bent(1540, 300), 200, 74, 90),
            ("1231", "丁栅农贸市场", "market", *bent(1330, 150), 190, 78, 130),
            ("1232", "俞汇农贸市场", "market", *bent(2350, -390), 210, 78, 130),
            ("1241", "姚庄中心小区", "courtyard", *bent(-560, 1010), 130, 75, 60),
            ("1242", "展丰村委会", "courtyard", *bent(3720, 3360), 200, 75, 60),
            ("1243", "清凉村委会", "courtyard", *bent(1640, -2500), 330, 75, 60),
            ("1251", "长白荡码头", "river", *bent(4320, 1230), 75, 72, 120),
            ("1252", "红旗塘中桥", "river", *bent(70, 2370), 275, 72, 120),
            ("1253", "沉香荡渔港", "river", *bent(-2320, 2930), 250, 72, 120),
            ("1261", "新景公园", "park", *bent(900, -1290), 60, 74, 100),
        ),
        start=101,
    )
]
CAMERAS.append(
    (
        "1301",
        "执法车 演示01",
        "vehicle",
        POSTS["V01"],
        0,  # straight ahead, from the vehicle's front
        75,
        60,
        "2026-10-08",
        118,
        "V01",
    )
)
assert len(CAMERAS) == 24

# id, kind, name, place, unit, place
DEVICES: list[tuple[str, str, str, str, str, XY]] = [
    (i, k, n, p, u, (x, y)) for i, k, n, p, u, x, y in small.DEVICES
]


def devices() -> None:
    """Hang up the devices and hand out the terminals."""

    def hang(
        prefix: str, kind: str, word: str, where: Iterable[tuple[str, XY]]
    ) -> None:
        taken = sum(i.startswith(f"{prefix}-") for i, *_ in DEVICES)
        for number, (name, at) in enumerate(where, start=taken + 1):
            row = (f"{prefix}-{number:02}", kind, f"{name} {word}", name, "", at)
            DEVICES.append(row)

    spots = {i: (n, at) for i, n, *_, at in PLACES}
    homes = [(name, at) for _, name, at in LONELY]
    shops = [spots[f"S{n:02}"] for n in (4, 6, 11, 16, 21)]
    works = [spots[i] for i in spots if spots[i][0].endswith("厂")]
    hang(
        "smoke",
        "smoke_detector",
        "烟感",
        [spots["H2001"], spots["K10"], *homes[:10], *shops[:3], *works[:4]],
    )
    gas = [spots["S04"], spots["K11"], spots["K01"], *shops[1:3], spots["K10"]]
    hang("gas", "gas_detector", "可燃气体", gas)
    hang("panic", "panic_button", "一键报警", [spots["H2001"], *homes[12:18]])
    alone = [spots["H1201"], spots["H2001"], *homes[:10]]
    hang("door", "door_contact", "门磁", alone)
    hang("infrared", "infrared_detector", "红外", alone)
    hang("water", "water_meter", "水表", alone[:6])
    hang("electricity", "electricity_meter", "电表", alone[:6])
    for number, unit_id in enumerate(("V01", "V02"), start=1):
        name = next(n for i, n, *_ in UNITS if i == unit_id)
        row = (
            f"track-{number:02}",
            "vehicle_tracker",
            f"{name} 车载终端",
            "综合执法队",
        )
        DEVICES.append((*row, unit_id, POSTS[unit_id]))
    for unit_id, name, role, department, _, _, at in UNITS:
        if role != "执法车":
            row = (f"term-{unit_id}", "worker_terminal", f"{name} 终端", department)
            DEVICES.append((*row, unit_id, at))


devices()

# -- nodes without an area -----------------------------------------------------------------

PLATFORMS = (
    ("综治工作平台", ("综治办", "派出所", "司法所")),
    ("市场监管平台", ("市场监管所", "应急消防管理站")),
    ("综合执法平台", ("综合执法队", "村镇建设办", "生态环保办")),
    ("便民服务平台", ("便民服务中心", "社会事务办", "农业农村办", "卫生院")),
)
ORGANISATIONS = (
    ("002", "桃源小学"),
    ("002", "桃源幼儿园"),
    ("002", "桃源农贸市场"),
    ("001", "姚庄中学"),
    ("001", "姚庄镇卫生院"),
    ("001", "姚庄镇敬老院"),
    ("003", "丁栅小学"),
    ("003", "丁栅农贸市场"),
    ("004", "俞汇小学"),
    ("004", "俞汇液化气供应站"),
    ("005", "工业园区西区企业"),
    ("007", "工业园区东区企业"),
    ("006", "沿街商铺自治会"),
)


def nodes() -> list[object]:
    """Return the whole tree as features, parents first."""

    def node(code: str, name: str, level: str, parent: str, ring: Line = []) -> object:  # noqa: B006
        points = [lonlat(p) for p in ring]
        values: dict[str, object] = {
            "code": TOWN + code,
            "name": name,
            "level": level,
            "parent": TOWN + parent if code else "",
        }
        if not ring:
            return {"type": "Feature", "geometry": None, "properties": values}
        return feature("Polygon", [[*points, points[0]]], values)

    found = [node("", "姚庄镇", "town", "")]
    above = [*COMMUNITIES, *((code, name) for code, name, _ in VILLAGES.values())]
    for code, name in above:
        faces = [f for area in AREAS if area.parent == code for f in area.faces]
        # The shops' grids lie apart: their community has no outline of its own.
        ring = [] if code == "006" else union(faces)
        found.append(node(code, name, "community", "", ring))
    for area in AREAS:
        made = node(area.tail, area.name, "grid", area.parent, area.outline)
        made["properties"] |= {  # type: ignore[index]
            "kind": "base" if area.use == "farm" else "dedicated",
            "leader": area.leader,
            "workers": area.workers,
        }
        if area.use == "farm":
            made["properties"]["class"] = CLASSES.get(area.tail, "3")  # type: ignore[index]
        found.append(made)
    for number, (parent, name) in enumerate(ORGANISATIONS, start=901):
        found.append(node(f"{parent}{number}", name, "organisation", parent))
    for number, (name, departments) in enumerate(PLATFORMS, start=801):
        found.append(node(f"{number}", name, "organisation", ""))
        for other, department in enumerate(departments, start=1):
            code = f"{number}{other:03}"
            found.append(node(code, department, "organisation", f"{number}"))
    return found


def rostered(role: str, number: int) -> list[str]:
    """Return somebody's week by their role; none for those whom no roster names."""
    night = ["08:00-20:00", "20:00-08:00"]
    if role in ("微型消防站", "执法车"):
        return ["全天"] * 7
    if role == "民警":
        return [night[(number + day) % 2] for day in range(7)]
    if role == "兼职网格员":
        return ["18:00-21:00"] * 5 + ["08:00-12:00、14:00-17:00"] * 2
    if role == "志愿者":
        return ["休"] * 5 + ["08:00-18:00"] * 2
    return []


def main() -> None:
    """Write every file of the town."""
    OUT.mkdir(parents=True, exist_ok=True)
    small.OUT, origin = OUT, OUT.parent / "yaozhuang-small"
    for name in ("town.json", "photo.jpg"):
        shutil.copy(origin / name, OUT / name)
    small.write_geojson("grids.geojson", nodes())
    small.write_csv(
        "units.csv",
        "unit_id name role department grid_code phone device_id lon lat",
        [
            [
                i,
                n,
                r,
                d,
                TOWN + g if g else "",
                phone(p),
                "" if r == "执法车" else f"term-{i}",
                *lonlat(at),
            ]
            for i, n, r, d, g, p, at in UNITS
        ],
    )
    small.write_csv(
        "roster.csv",
        "unit_id name mon tue wed thu fri sat sun",
        [
            [i, n, *shifts]
            for number, (i, n, r, _d, _g, _p, _at) in enumerate(UNITS)
            if (shifts := rostered(r, number))
        ],
    )
    small.write_csv(
        "places.csv",
        "place_id name kind address grid_code hazards contact phone lon lat",
        [
            [i, n, k, a, grid_of(at), h, c, phone(p), *lonlat(at)]
            for i, n, k, a, h, c, p, at in PLACES
        ],
    )
    small.write_csv(
        "cameras.csv",
        "camera_id name scene seed unit_id grid_code bearing_deg fov_deg range_m "
        "verified lon lat main_url sub_url",
        [
            [
                i,
                n,
                s,
                seed,
                u,
                grid_of(at),
                b,
                f,
                r,
                v,
                *lonlat(at),
                f"rtsp://127.0.0.1:{{port}}/{i}/main",
                f"rtsp://127.0.0.1:{{port}}/{i}/sub",
            ]
            for i, n, s, at, b, f, r, v, seed, u in CAMERAS
        ],
    )
    small.write_csv(
        "devices.csv",
        "device_id kind name place_name grid_code unit_id lon lat",
        [[i, k, n, p, grid_of(at), u, *lonlat(at)] for i, k, n, p, u, at in DEVICES],
    )
    small.write_geojson(
        "roads.geojson",
        [
            feature(
                "LineString",
                [lonlat(p) for p in line],
                {"name": name, "class": kind, "width_m": width},
            )
            for name, kind, width, line in ROADS
        ],
    )
    waters = [
        feature(
            "LineString",
            [lonlat(p) for p in line],
            {"name": name, "width_m": width},
        )
        for name, width, line in WATERS
    ]
    for name, shore in PONDS:
        points = [lonlat(p) for p in shore]
        waters.append(feature("Polygon", [[*points, points[0]]], {"name": name}))
    small.write_geojson("waters.geojson", waters)
    houses = []
    for name, outline in BUILDINGS:
        points = [lonlat(p) for p in outline]
        houses.append(feature("Polygon", [[*points, points[0]]], {"name": name}))
    small.write_geojson("buildings.geojson", houses)


if __name__ == "__main__":
    main()
