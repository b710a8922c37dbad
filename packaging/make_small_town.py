"""Make the demonstration's small town: part of 姚庄镇, invented from a seed.

Only the names of town, communities and their like are real; outlines, staff,
numbers, places, cameras and devices are invented and belong to nobody. Run
`python packaging/make_small_town.py` and then `python packaging/make_overlays.py`.
The standard library is all it needs.
"""

import csv
import json
import math
import random
from pathlib import Path

OUT = (
    Path(__file__).resolve().parent.parent / "resources" / "samples" / "yaozhuang-small"
)
ORIGIN = (120.93, 30.93)
TOWN = "330421111"
SEED = 20261122
NOTE = "演示数据 (synthetic)"

XY = tuple[float, float]
Line = list[XY]


def lonlat(p: XY) -> list[float]:
    """Return metres east and north of the origin as WGS-84 degrees."""
    lat = ORIGIN[1] + p[1] / 110_862.0
    lon = ORIGIN[0] + p[0] / (111_412.9 * math.cos(math.radians(ORIGIN[1])) - 12.0)
    return [round(lon, 6), round(lat, 6)]


# -- outlines: shared edges between named corners, so that no seam can open -------

CORNERS: dict[str, XY] = {
    "A": (-905, 690),
    "B": (-262, 655),
    "P1": (-22, 640),
    "P2": (208, 626),
    "C": (432, 604),
    "D": (1010, 640),
    "E": (-960, 46),
    "F": (-258, 62),
    "Q1": (-34, 56),
    "Q2": (200, 47),
    "H": (446, 24),
    "I": (1090, -20),
    "N1": (196, 756),
    "N2": (423, 744),
    "J": (-870, -560),
    "K": (-243, -640),
    "L": (418, -655),
    "M": (960, -600),
}
# Edge: corners, how far it bends to the left, how rough it is.
EDGES: dict[str, tuple[str, str, float, float]] = {
    "AB": ("A", "B", 22, 3),
    "BP1": ("B", "P1", 4, 0.6),
    "P1P2": ("P1", "P2", 3, 0.6),
    "P2C": ("P2", "C", 4, 0.8),
    "CD": ("C", "D", -46, 12),
    "DI": ("D", "I", 55, 20),
    "IM": ("I", "M", 40, 22),
    "ML": ("M", "L", -34, 14),
    "LK": ("L", "K", -30, 12),
    "KJ": ("K", "J", 38, 16),
    "JE": ("J", "E", 46, 18),
    "EA": ("E", "A", 40, 20),
    "EF": ("E", "F", -14, 2),
    "FQ1": ("F", "Q1", 3, 0.8),
    "Q1Q2": ("Q1", "Q2", -3, 0.8),
    "Q2H": ("Q2", "H", 5, 0.8),
    "BF": ("B", "F", -8, 1),
    "P1Q1": ("P1", "Q1", 5, 0.8),
    "P2Q2": ("P2", "Q2", -6, 0.8),
    "CH": ("C", "H", 34, 7),
    "HL": ("H", "L", -48, 9),
    "FK": ("F", "K", 10, 1.5),
    "P2N1": ("P2", "N1", 4, 1.5),
    "N1N2": ("N1", "N2", 10, 5),
    "N2C": ("N2", "C", 3, 2),
}
GRIDS = (
    # code tail, name, parent, leader, workers, edges (a leading - means backwards)
    ("002001", "桃源新邨第一网格", "002", "W01", "W04", "BP1 P1Q1 -FQ1 -BF"),
    ("002002", "桃源新邨第二网格", "002", "W02", "W05", "P1P2 P2Q2 -Q1Q2 -P1Q1"),
    (
        "002003",
        "桃源新邨第三网格",
        "002",
        "W02",
        "W07 W08",
        "P2N1 N1N2 N2C CH -Q2H -P2Q2",
    ),
    ("001001", "姚庄社区第一网格", "001", "W03", "W06", "AB BF -EF EA"),
    ("001002", "姚庄社区第二网格", "001", "W03", "W06", "EF FK KJ JE"),
    ("003001", "丁栅社区第一网格", "003", "W03", "W09", "CD DI IM ML -HL -CH"),
    ("004001", "俞汇社区第一网格", "004", "W03", "W10", "FQ1 Q1Q2 Q2H HL LK -FK"),
)
COMMUNITIES = (
    ("001", "姚庄社区"),
    ("002", "桃源社区"),
    ("003", "丁栅社区"),
    ("004", "俞汇社区"),
)


def edge_line(name: str) -> Line:
    """Return an edge as a natural line: bent as a whole, rough in the small."""
    start, end, bend, rough = EDGES[name]
    (ax, ay), (bx, by) = CORNERS[start], CORNERS[end]
    length = math.hypot(bx - ax, by - ay)
    nx, ny = -(by - ay) / length, (bx - ax) / length
    count = max(3, round(length / 38))
    rng = random.Random(f"{SEED}{name}")
    waves = [(rng.uniform(1, 2.4) * k, rng.uniform(0, 6.3), 1 / k) for k in (1, 2, 4)]
    line: Line = []
    for i in range(count + 1):
        t = i / count
        off = bend * math.sin(math.pi * t)
        off += (
            rough
            * math.sin(math.pi * t) ** 0.5
            * sum(w * math.sin(math.pi * f * 2 * t + p) for f, p, w in waves)
        )
        line.append((ax + (bx - ax) * t + nx * off, ay + (by - ay) * t + ny * off))
    return line


def ring(edges: str) -> Line:
    """Return the outline made of edges, without repeating corners."""
    points: Line = []
    for name in edges.split():
        line = edge_line(name.lstrip("-"))
        points += (line[::-1] if name.startswith("-") else line)[:-1]
    return points


# -- what stands in the town ----------------------------------------------------

UNITS = (
    # id, name, role, department, grid, last digits of the phone, x, y
    ("W01", "沈国良", "网格长", "桃源社区", "002001", "0101", -150, 330),
    ("W02", "张志明", "网格长", "桃源社区", "002003", "0102", 118, 402),
    ("W03", "陆建新", "网格长", "姚庄社区", "001001", "0103", -420, 210),
    ("W04", "徐丽华", "专职网格员", "桃源社区", "002001", "0104", -96, 488),
    ("W05", "周亮", "专职网格员", "桃源社区", "002002", "0105", 196, 520),
    ("W06", "金晓燕", "专职网格员", "姚庄社区", "001001", "0106", -380, 420),
    ("W07", "王建国", "专职网格员", "桃源社区", "002003", "0107", 268, 410),
    ("W08", "陈芳", "兼职网格员", "桃源社区", "002003", "0108", 150, 470),
    ("W09", "钱永根", "专职网格员", "丁栅社区", "003001", "0109", 640, 260),
    ("W10", "吴雪琴", "专职网格员", "俞汇社区", "004001", "0110", 96, -220),
    (
        "X01",
        "微站一组(许强、顾斌)",
        "微型消防站",
        "应急消防管理站",
        "",
        "0120",
        238,
        668,
    ),
    ("Z01", "综合执法一中队(冯涛)", "综合执法队", "综合执法队", "", "0130", -232, 96),
    ("P01", "民警俞海峰", "民警", "派出所", "", "0140", -310, 560),
    ("S01", "社工马晓红", "社工", "社会事务办", "", "0150", 20, 96),
)
PLACES = (
    # id, name, kind, address, hazards, contact, phone digits, x, y
    (
        "H1201",
        "桃源新邨12幢301",
        "home",
        "桃源路88号桃源新邨12幢1单元301",
        "独居老人|液化气",
        "张丽(女儿)",
        "0301",
        336,
        566,
    ),
    (
        "B12",
        "桃源新邨12幢",
        "building",
        "桃源路88号桃源新邨12幢",
        "",
        "桃源物业",
        "0300",
        345,
        567,
    ),
    (
        "H0802",
        "桃源新邨8幢502",
        "home",
        "桃源路88号桃源新邨8幢502",
        "行动不便|制氧机",
        "李根宝(本人)",
        "0302",
        350,
        399,
    ),
    (
        "H2001",
        "桃源新邨20幢102",
        "home",
        "桃源路88号桃源新邨20幢102",
        "独居老人",
        "朱阿妹(邻居)",
        "0303",
        268,
        441,
    ),
    (
        "K01",
        "桃源农贸市场",
        "key_place",
        "桃源路91号",
        "人员密集|液化气",
        "市场办 谢伟",
        "0311",
        330,
        662,
    ),
    (
        "K02",
        "桃源小学",
        "key_place",
        "宝群路26号",
        "人员密集",
        "门卫室",
        "0312",
        92,
        150,
    ),
    ("K03", "姚庄公园", "key_place", "新景路", "水域", "公园管理处", "0313", 92, 560),
    (
        "K04",
        "姚庄塘河埠",
        "key_place",
        "姚庄塘西岸",
        "水域",
        "河长办",
        "0314",
        420,
        520,
    ),
    ("K05", "丰乐桥", "bridge", "桃源路东端", "水域", "", "", 442, 606),
    (
        "K06",
        "姚庄社区服务中心",
        "key_place",
        "益群路12号",
        "",
        "总值班",
        "0315",
        -230,
        372,
    ),
    ("K07", "姚庄派出所", "key_place", "益群路66号", "", "值班室", "0316", -318, 566),
    ("K08", "微型消防站", "key_place", "桃源路95号", "", "值班室", "0317", 238, 672),
    (
        "K09",
        "桃源幼儿园",
        "key_place",
        "桃源一路9号",
        "人员密集",
        "园办",
        "0318",
        -78,
        250,
    ),
    (
        "K10",
        "姚庄镇敬老院",
        "key_place",
        "益群路31号",
        "人员密集|行动不便",
        "护理站",
        "0319",
        -520,
        330,
    ),
    (
        "K11",
        "俞汇液化气供应站",
        "key_place",
        "俞汇路3号",
        "液化气|易燃易爆",
        "站长室",
        "0320",
        210,
        -420,
    ),
    ("K12", "丁栅卫生室", "key_place", "丁栅路18号", "", "值班医生", "0321", 690, 130),
    (
        "K13",
        "丁栅水产专业社",
        "key_place",
        "丁栅路40号",
        "水域|用电密集",
        "社务室",
        "0322",
        820,
        420,
    ),
    ("C01", "桃源路口", "crossing", "桃源路与新景路交叉口", "", "", "", 208, 626),
    ("C02", "益群路口", "crossing", "益群路与宝群路交叉口", "", "", "", -258, 62),
    ("S01", "便民超市", "shop", "桃源路82号", "", "老板 孙明", "0331", 172, 618),
    ("S02", "姚庄鲜肉", "shop", "桃源农贸市场1号", "", "沈师傅", "0332", 322, 656),
    ("S03", "平价蔬果", "shop", "桃源农贸市场7号", "", "许阿姨", "0333", 336, 668),
    ("S04", "馄饨面馆", "shop", "新景路15号", "液化气", "老板 金根", "0334", 192, 470),
    ("S05", "老王水产", "shop", "桃源农贸市场12号", "", "王老板", "0335", 344, 660),
    ("F01", "消火栓01", "hydrant", "桃源新邨北门内", "", "", "", 306, 592),
    ("F02", "消火栓02", "hydrant", "桃源路口东南角", "", "", "", 222, 612),
    ("F03", "消火栓03", "hydrant", "桃源新邨6幢西", "", "", "", 312, 318),
    ("F04", "消火栓04", "hydrant", "宝群路中段", "", "", "", 60, 66),
    ("F05", "消火栓05", "hydrant", "益群路北段", "", "", "", -252, 480),
    ("F06", "消火栓06", "hydrant", "丁栅路口", "", "", "", 560, 40),
    ("F07", "消火栓07", "hydrant", "俞汇路口", "", "", "", 190, -300),
)
CAMERAS = (
    # id, name, scene, x, y, bearing, fov, range, verified
    ("1203", "桃源新邨北门", "street", 306, 626, 158, 74, 90, "2026-09-02"),
    ("1207", "桃源12幢东", "courtyard", 380, 552, 290, 75, 60, "2026-09-02"),
    ("1211", "桃源路口", "crossing", 214, 636, 122, 76, 165, "2026-08-21"),
    ("1215", "桃源农贸市场", "market", 330, 690, 172, 78, 140, "2026-08-21"),
    ("1190", "姚庄公园", "park", 128, 578, 96, 74, 110, "2026-07-15"),
    ("1188", "姚庄塘河埠", "river", 428, 596, 262, 72, 110, "2026-07-15"),
)
DEVICES = (
    # id, kind, name, place, unit, x, y
    ("smoke-01", "smoke_detector", "12幢301 烟感", "桃源新邨12幢301", "", 336, 566),
    ("panic-01", "panic_button", "8幢502 一键报警", "桃源新邨8幢502", "", 350, 399),
)
ROADS: tuple[tuple[str, str, float, str | Line], ...] = (
    # name, class, width, edge or points
    ("桃源路", "main", 16, "BP1 P1P2 P2C"),
    ("宝群路", "main", 14, "EF FQ1 Q1Q2 Q2H"),
    ("益群路", "main", 14, "BF FK"),
    ("桃源一路", "street", 9, "P1Q1"),
    ("新景路", "street", 10, "P2Q2"),
    (
        "桃源路东段",
        "main",
        14,
        [(432, 604), (470, 600), (600, 566), (820, 545), (1040, 560)],
    ),
    (
        "丁栅路",
        "street",
        9,
        [(446, 24), (520, 30), (640, 92), (760, 220), (830, 400), (905, 560)],
    ),
    (
        "俞汇路",
        "street",
        9,
        [(200, 47), (196, -120), (188, -300), (226, -470), (230, -640)],
    ),
    ("展丰路", "street", 8, [(-258, 330), (-420, 318), (-600, 330), (-920, 300)]),
    ("桃源新邨中路", "lane", 6, [(306, 612), (306, 420), (302, 240), (298, 44)]),
    ("桃源新邨北弄", "lane", 4, [(222, 588), (306, 592), (404, 586)]),
    ("桃源新邨南弄", "lane", 4, [(216, 250), (300, 252), (400, 244)]),
    ("南苑弄", "lane", 4, [(-34, 350), (90, 356), (200, 348)]),
    ("西苑弄", "lane", 4, [(-262, 350), (-140, 356), (-28, 350)]),
    ("村道一", "lane", 4, [(-258, -240), (-430, -250), (-640, -300), (-860, -280)]),
    ("村道二", "lane", 4, [(194, -180), (40, -200), (-110, -260), (-244, -330)]),
)
WATERS = (
    # name, width, edge or points
    ("姚庄塘", 26, "CH HL"),
    ("姚庄塘北段", 26, [(432, 604), (426, 680), (423, 744), (434, 830)]),
    (
        "桃源港",
        9,
        [
            (-930, -120),
            (-640, -150),
            (-420, -132),
            (-200, -170),
            (20, -150),
            (240, -170),
            (462, -150),
        ],
    ),
    ("丁栅港", 12, [(470, 300), (600, 330), (760, 318), (900, 360), (1080, 330)]),
    ("俞汇漾", 7, [(-120, -640), (-90, -520), (-40, -430), (20, -300), (10, -160)]),
)
POND: Line = [
    (40, 520),
    (62, 508),
    (88, 516),
    (104, 540),
    (98, 566),
    (74, 580),
    (48, 570),
    (34, 546),
]


def path_of(spec: "str | Line | list[XY]") -> Line:
    """Return a road's or a river's line."""
    if isinstance(spec, str):
        points: Line = []
        for name in spec.split():
            points += edge_line(name)[0 if not points else 1 :]
        return points
    return smooth(list(spec))


def smooth(points: Line) -> Line:
    """Return a curve through the points (Catmull-Rom), as roads and rivers bend."""
    if len(points) < 3:
        return points
    ends = [points[0], *points, points[-1]]
    curve: Line = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for k in range(8):
            t = k / 8
            curve.append(
                tuple(  # type: ignore[arg-type]
                    0.5
                    * (
                        2 * q
                        + (r - p) * t
                        + (2 * p - 5 * q + 4 * r - s) * t**2
                        + (3 * q - p - 3 * r + s) * t**3
                    )
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )
    return [*curve, points[-1]]


def buildings() -> list[tuple[str, Line]]:
    """Return the houses: the estate's blocks by number, and others without one."""
    rng = random.Random(SEED)
    found: list[tuple[str, Line]] = []

    def block(x: float, y: float, w: float, d: float, name: str, turn: float) -> None:
        c, s = math.cos(turn), math.sin(turn)
        corners = [(-w / 2, -d / 2), (w / 2, -d / 2), (w / 2, d / 2), (-w / 2, d / 2)]
        found.append(
            (name, [(x + a * c - b * s, y + a * s + b * c) for a, b in corners])
        )

    number = 0
    for column, x0 in enumerate((346, 262)):
        for i in range(12):
            number += 1
            y = 105 + 42 * i
            x = x0 + (5 if column == 0 else -1) * math.sin(i * 0.9)
            x = 345 if number == 12 else x
            block(x, y, 58 if column == 0 else 50, 11.5, f"桃源新邨{number}幢", -0.03)
    for x0, names in ((-200, 31), (-90, 43), (42, 55), (142, 67)):
        for i in range(12):
            y = 100 + 42 * i
            if (
                (x0 > 0 and 490 < y < 600)
                or (x0 == 42 and y < 200)
                or (x0 == -90 and 220 < y < 290)
            ):
                continue
            block(
                x0 + 4 * math.sin(i),
                y,
                62 if x0 < 0 else 50,
                11.5,
                f"桃源新邨{names + i}幢",
                -0.03,
            )
    block(330, 664, 56, 24, "桃源农贸市场", -0.05)
    block(92, 150, 70, 22, "桃源小学", -0.03)
    block(-78, 250, 44, 18, "桃源幼儿园", -0.03)
    block(238, 672, 26, 14, "微型消防站", -0.05)
    block(-318, 568, 38, 18, "姚庄派出所", 0.02)
    block(-520, 330, 60, 20, "姚庄镇敬老院", 0.03)
    lines = (
        ((-860, 280), (-300, 300)),
        ((-860, 350), (-300, 352)),
        ((-880, -330), (-280, -268)),
        ((-840, -100), (-300, -108)),
        ((480, 70), (900, 520)),
        ((560, 20), (930, 380)),
        ((230, -90), (250, -600)),
        ((150, -90), (180, -600)),
        ((-200, -230), (140, -175)),
        ((480, 585), (980, 520)),
        ((-200, 20), (180, 12)),
        ((-220, -100), (170, -110)),
    )
    for (ax, ay), (bx, by) in lines:
        length = math.hypot(bx - ax, by - ay)
        turn = math.atan2(by - ay, bx - ax)
        at = 0.0
        while at < length:
            w, d = rng.uniform(10, 19), rng.uniform(8, 13)
            if rng.random() < 0.82:
                t = at / length
                off = rng.uniform(-7, 7)
                block(
                    ax + (bx - ax) * t - math.sin(turn) * off,
                    ay + (by - ay) * t + math.cos(turn) * off,
                    w,
                    d,
                    "",
                    turn + rng.uniform(-0.1, 0.1),
                )
            at += w + rng.uniform(3, 16)
    return found


# -- writing ---------------------------------------------------------------------


def feature(kind: str, coordinates: object, properties: dict[str, object]) -> object:
    """Return a GeoJSON feature."""
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }


def write_geojson(name: str, features: list[object]) -> None:
    """Write a feature collection with one feature a line."""
    rows = ",\n".join(
        json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features
    )
    head = f'{{"type":"FeatureCollection","note":"{NOTE}","features":[\n'
    (OUT / name).write_text(f"{head}{rows}\n]}}\n", "utf-8")


def write_csv(name: str, columns: str, rows: list[list[object]]) -> None:
    """Write a table with its column names."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns.split())
        writer.writerows(rows)


def phone(digits: str) -> str:
    """Return a number that no network can hold: nothing begins with 1000."""
    return f"1000000{digits}" if digits else ""


def inside(p: XY, outline: Line) -> bool:
    """Return whether a point lies within an outline."""
    odd = False
    for (ax, ay), (bx, by) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (ay > p[1]) != (by > p[1]) and p[0] < (bx - ax) * (p[1] - ay) / (
            by - ay
        ) + ax:
            odd = not odd
    return odd


def main() -> None:
    """Write every file of the sample town."""
    OUT.mkdir(parents=True, exist_ok=True)
    outlines = {tail: ring(edges) for tail, *_, edges in GRIDS}

    def grid_of(x: float, y: float) -> str:
        for tail, outline in outlines.items():
            if inside((x, y), outline):
                return TOWN + tail
        return ""

    town = {
        "code": TOWN,
        "name": "姚庄镇",
        "origin": list(ORIGIN),
        "timezone": "Asia/Shanghai",
        "is_demo": True,
        "note": NOTE,
    }
    (OUT / "town.json").write_text(
        json.dumps(town, ensure_ascii=False, indent=2) + "\n", "utf-8"
    )
    features: list[object] = [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {
                "code": TOWN,
                "name": "姚庄镇",
                "level": "town",
                "parent": "",
            },
        }
    ]
    features += [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {
                "code": TOWN + tail,
                "name": name,
                "level": "community",
                "parent": TOWN,
            },
        }
        for tail, name in COMMUNITIES
    ]
    for tail, name, parent, leader, workers, _ in GRIDS:
        points = [lonlat(p) for p in outlines[tail]]
        features.append(
            feature(
                "Polygon",
                [[*points, points[0]]],
                {
                    "code": TOWN + tail,
                    "name": name,
                    "level": "grid",
                    "parent": TOWN + parent,
                    "kind": "dedicated",
                    "leader": leader,
                    "workers": workers.split(),
                },
            )
        )
    write_geojson("grids.geojson", features)
    write_csv(
        "units.csv",
        "unit_id name role department grid_code phone device_id lon lat",
        [
            [i, n, r, d, TOWN + g if g else "", phone(p), f"term-{i}", *lonlat((x, y))]
            for i, n, r, d, g, p, x, y in UNITS
        ],
    )
    write_csv(
        "places.csv",
        "place_id name kind address grid_code hazards contact phone lon lat",
        [
            [i, n, k, a, grid_of(x, y), h, c, phone(p), *lonlat((x, y))]
            for i, n, k, a, h, c, p, x, y in PLACES
        ],
    )
    write_csv(
        "cameras.csv",
        "camera_id name scene grid_code bearing_deg fov_deg range_m verified lon lat "
        "main_url sub_url",
        [
            [
                i,
                n,
                s,
                grid_of(x, y),
                b,
                f,
                r,
                v,
                *lonlat((x, y)),
                f"rtsp://127.0.0.1:{{port}}/{i}/main",
                f"rtsp://127.0.0.1:{{port}}/{i}/sub",
            ]
            for i, n, s, x, y, b, f, r, v in CAMERAS
        ],
    )
    devices: list[list[object]] = [
        [i, k, n, p, grid_of(x, y), u, *lonlat((x, y))]
        for i, k, n, p, u, x, y in DEVICES
    ]
    devices += [
        [
            f"term-{i}",
            "worker_terminal",
            f"{n} 终端",
            d,
            TOWN + g if g else grid_of(x, y),
            i,
            *lonlat((x, y)),
        ]
        for i, n, _, d, g, _, x, y in UNITS
    ]
    write_csv(
        "devices.csv",
        "device_id kind name place_name grid_code unit_id lon lat",
        devices,
    )
    write_geojson(
        "roads.geojson",
        [
            feature(
                "LineString",
                [lonlat(p) for p in path_of(line)],
                {"name": name, "class": kind, "width_m": width},
            )
            for name, kind, width, line in ROADS
        ],
    )
    waters = [
        feature(
            "LineString",
            [lonlat(p) for p in path_of(line)],
            {"name": name, "width_m": width},
        )
        for name, width, line in WATERS
    ]
    pond = [lonlat(p) for p in POND]
    waters.append(feature("Polygon", [[*pond, pond[0]]], {"name": "公园池塘"}))
    write_geojson("waters.geojson", waters)
    houses = []
    for name, outline in buildings():
        points = [lonlat(p) for p in outline]
        houses.append(feature("Polygon", [[*points, points[0]]], {"name": name}))
    write_geojson("buildings.geojson", houses)


if __name__ == "__main__":
    main()
