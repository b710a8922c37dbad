"""What the columns of a town's files are called: in English, and in the trade's Chinese.

The names of a column's values (a level, a kind) are taken in both languages too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

KEYS = {
    "grids": "code",
    "staff": "unit_id",
    "roster": "unit_id",
    "cameras": "camera_id",
    "places": "place_id",
    "devices": "device_id",
}

COLUMNS = {
    "grids": "code name level parent kind class leader workers outline",
    "staff": "unit_id name role department grid_code phone device_id lon lat",
    "roster": "unit_id name mon tue wed thu fri sat sun",
    "cameras": "camera_id name scene seed grid_code bearing_deg fov_deg range_m verified"
    " lon lat main_url sub_url transport unit_id sealed",
    "places": "place_id name kind address grid_code hazards contact phone lon lat",
    "devices": "device_id kind name place_name grid_code unit_id lon lat public_key",
}

# Without these no row of a file says anything.
NEEDED = {
    "grids": "code name level",
    "staff": "unit_id name role",
    "roster": "unit_id mon tue wed thu fri sat sun",
    "cameras": "camera_id name lon lat main_url",
    "places": "place_id name kind lon lat",
    "devices": "device_id kind name place_name lon lat",
}

# Read by the demonstration alone; an import says that it does not keep them.
UNKEPT = {
    "grids": ("class",),
    "staff": ("lon", "lat"),
    "roster": ("name",),
    "cameras": ("scene", "seed"),
}

_CHINESE = {
    "name": "名称 姓名 摄像机名称 设备名称 网格名称",
    "level": "级别 层级",
    "parent": "上级 上级编码 上级编号",
    "leader": "网格长",
    "workers": "网格员",
    "outline": "边界 范围",
    "role": "角色 职务 岗位",
    "department": "部门 单位 所属部门",
    "grid_code": "网格编码 网格编号 所属网格",
    "phone": "电话 手机 手机号 联系电话",
    "lon": "经度",
    "lat": "纬度",
    "kind": "类型 类别 种类",
    "address": "地址 详细地址",
    "hazards": "危险 隐患 注意事项",
    "contact": "联系人",
    "bearing_deg": "方位 方位角 朝向",
    "fov_deg": "视场角 视角",
    "range_m": "可视距离 可视范围",
    "verified": "核验日期 核查日期",
    "main_url": "主码流 主码流地址",
    "sub_url": "子码流 子码流地址",
    "transport": "取流方式",
    "sealed": "密件 是否密件",
    "class": "分类",
    "scene": "场景",
    "seed": "种子",
    "place_name": "安装位置 安装地点 位置",
    "public_key": "公钥",
    "mon": "周一 星期一",
    "tue": "周二 星期二",
    "wed": "周三 星期三",
    "thu": "周四 星期四",
    "fri": "周五 星期五",
    "sat": "周六 星期六",
    "sun": "周日 星期日 星期天",
}
_KEY_WORDS = "编号 编码 代码"
# What the others' keys are called where they are not the row's own.
_OTHER_KEYS = {
    "staff": {"device_id": "终端 终端编号 设备编号", "unit_id": "人员编号"},
    "roster": {"unit_id": "人员编号"},
    "cameras": {"unit_id": "人员编号 车辆编号 所属车辆", "camera_id": "摄像机编号"},
    "places": {"place_id": "场所编号 地点编号"},
    "devices": {"unit_id": "人员编号 携带人 所属人员", "device_id": "设备编号"},
    "grids": {"code": "网格编码 网格编号 网格代码"},
}

# What people write in a column for the word that the program uses.
VALUES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("grids", "level"): {
        "镇": "town",
        "街道": "town",
        "社区": "community",
        "村": "community",
        "网格": "grid",
        "组织": "organisation",
        "单位": "organisation",
    },
    ("grids", "kind"): {"基础网格": "base", "专属网格": "dedicated"},
    ("places", "kind"): {
        "住户": "home",
        "楼栋": "building",
        "重点场所": "key_place",
        "商铺": "shop",
        "出租房": "rental",
        "消火栓": "hydrant",
        "路口": "crossing",
        "桥": "bridge",
    },
    ("cameras", "sealed"): {"是": "yes", "密件": "yes", "否": "no"},
    ("devices", "kind"): {
        "烟感": "smoke_detector",
        "可燃气体": "gas_detector",
        "一键报警": "panic_button",
        "门磁": "door_contact",
        "红外": "infrared_detector",
        "水表": "water_meter",
        "电表": "electricity_meter",
        "水位计": "water_level",
        "井盖位移": "manhole_tilt",
        "井盖": "manhole_tilt",
        "跌倒监测": "fall_sensor",
        "跌倒": "fall_sensor",
        "门禁": "access_control",
        "报警主机": "alarm_panel",
        "AI盒": "ai_box",
        "车载终端": "vehicle_tracker",
        "终端": "worker_terminal",
        "移动终端": "worker_terminal",
    },
}


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a file, understood.

    Attributes:
        names: The program's name of each column; "" for an unknown one.
        unknown: Columns that nobody knows, as they are written.
        unkept: Columns that an import reads and does not keep.
        twice: A column that is there two times, or "".
        written: What stands there, by the program's name.
    """

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    unkept: tuple[str, ...]
    twice: str
    written: Mapping[str, str]


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the columns of a kind of file, in the order of the sample town's."""
    return tuple(COLUMNS[kind].split())


def chinese_of(kind: str, column: str) -> tuple[str, ...]:
    """Return what a column may be called in Chinese."""
    others = _OTHER_KEYS[kind]
    if column == KEYS[kind]:
        return tuple(f"{_KEY_WORDS} {others.get(column, '')}".split())
    found = others.get(column) or _CHINESE.get(column, "")
    return tuple(found.split())


def understand(kind: str, written: list[str]) -> Header:
    """Return what the names in a file's first line mean."""
    known = columns_of(kind)
    meanings = {name: name for name in known}
    for column in known:
        for word in chinese_of(kind, column):
            meanings[word] = column
    names = tuple(meanings.get(_plain(each), "") for each in written)
    found = [name for name in names if name]
    twice = next((name for name in found if found.count(name) > 1), "")
    return Header(
        names=names,
        unknown=tuple(
            _shown(each)
            for each, name in zip(written, names, strict=True)
            if not name and each.strip()
        ),
        unkept=tuple(name for name in found if name in UNKEPT.get(kind, ())),
        twice=twice,
        written={
            name: _shown(each).strip("*").strip()
            for each, name in zip(written, names, strict=True)
            if name
        },
    )


def value_of(kind: str, column: str, written: str) -> str:
    """Return the program's word for what is written, or what is written."""
    return VALUES.get((kind, column), {}).get(written, written)


def chinese_value(kind: str, column: str, word: str) -> str:
    """Return what people write for one of the program's words, or the word."""
    known = VALUES.get((kind, column), {})
    return next((said for said, meant in known.items() if meant == word), word)


def _shown(written: str) -> str:
    return "".join(letter for letter in written.strip() if letter.isprintable())


def _plain(written: str) -> str:
    return written.strip().strip("*").strip().lower()
