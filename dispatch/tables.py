"""The tables of the store.

Rows are plain: a point is three columns (`lon`, `lat`, `datum`), an enumeration
its value, what has no fixed shape is JSON. Each change to a table is a file in
`dispatch/migrations/versions`; a test compares the two.
"""

from datetime import datetime

import sqlalchemy as sa

from dispatch.utc_time import UtcDateTime

# SQLite gives numbers by itself only to columns declared INTEGER.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ID = sa.String(64)
# Compared byte by byte everywhere, so that a prefix is one stretch of the index.
_BYTEWISE = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")

metadata = sa.MetaData()


def _point(*, nullable: bool = False) -> list[sa.Column[object]]:
    return [
        sa.Column("lon", sa.Float, nullable=nullable),
        sa.Column("lat", sa.Float, nullable=nullable),
        sa.Column("datum", sa.String(8), nullable=nullable),
    ]


def _signed() -> tuple[sa.Column[datetime], sa.Column[str], sa.Column[str]]:
    """Return when it was done, and by whom."""
    return _time("at"), _text("actor"), _text("seat")


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    kind = sa.Text() if length is None else sa.String(length)
    return sa.Column(name, kind, nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, UtcDateTime, nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(create_constraint=False), nullable=False)


# One row. The writer moves it on in the transaction that uses the numbers, so a
# follower never meets a number before its predecessors are there.
counters = sa.Table(
    "counters",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("change_number", sa.BigInteger, nullable=False),
    sa.Column("case_number", sa.BigInteger, nullable=False),
    sa.Column("alarm_number", sa.BigInteger, nullable=False),
    _time("changed_at"),
)

town = sa.Table(
    "town",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    _text("code", 9),
    _text("name", 100),
    *_point(),
    _text("timezone", 64),
    _flag("is_demo"),
)

case_serials = sa.Table(
    "case_serials",
    metadata,
    sa.Column("day", sa.String(6), primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)

cases = sa.Table(
    "cases",
    metadata,
    sa.Column("case_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("number", sa.String(32), nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Integer, nullable=False, index=True),
    _text("category", 16),
    sa.Column("severity", sa.Integer, nullable=False),
    _text("place_name"),
    *_point(),
    _text("grid_code", 32),
    _text("channel", 32),
    _text("details"),
    *(_text("reporter_name"), _text("reporter_phone")),
    *(_text("owner"), _text("owner_seat"), _text("unit_id", 64), _text("department")),
    _text("standard_id", 64),
    sa.Column("opened_at", UtcDateTime, nullable=False, index=True),
    _time("deadline", nullable=True),
    sa.Column("alarm_count", sa.Integer, nullable=False),
    _text("doubt", 64),
    _text("outcome", 64),
    _flag("drill"),
    _text("external_number", 64),
    sa.Column("sending", sa.Integer, nullable=False, server_default="0"),
    sa.Column("course", sa.JSON, nullable=True),
    sa.Index("ix_cases_lat_lon", "lat", "lon"),
)

# What a case is found by. Each store's own index over it is made by its migration.
case_terms = sa.Table(
    "case_terms",
    metadata,
    sa.Column(
        "case_id",
        _SERIAL,
        sa.ForeignKey("cases.case_id"),
        primary_key=True,
        autoincrement=False,
    ),
    _text("terms"),
)

case_clocks = sa.Table(
    "case_clocks",
    metadata,
    sa.Column("case_id", sa.ForeignKey("cases.case_id"), primary_key=True),
    sa.Column("moment", sa.String(32), primary_key=True),
    _time("at"),
    sa.Index("ix_case_clocks_moment_at", "moment", "at"),
)

log_entries = sa.Table(
    "log_entries",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("case_id", sa.ForeignKey("cases.case_id"), nullable=False, index=True),
    *_signed(),
    _text("action", 32),
    sa.Column("from_state", sa.Integer, nullable=True),
    sa.Column("to_state", sa.Integer, nullable=False),
    _text("text"),
    _text("unit_id", 64),
    sa.Column("photos", sa.JSON, nullable=False),
    _text("doubt", 64),
)

# One row for each stage that is over; what similar cases took is read here.
stage_times = sa.Table(
    "stage_times",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("case_id", sa.ForeignKey("cases.case_id"), nullable=False, index=True),
    _text("stage", 16),
    _text("category", 16),
    _time("begun_at"),
    _time("due_at", nullable=True),
    _time("ended_at"),
    sa.Column("paused_s", sa.Float, nullable=False),
    _text("ended_by", 32),
    sa.Index("ix_stage_times_like", "category", "stage", "ended_at"),
)

# What was told of a clock, once each.
reminders = sa.Table(
    "reminders",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("case_id", sa.ForeignKey("cases.case_id"), nullable=False),
    *(_text("stage", 16), _time("begun_at"), _time("due_at"), _text("kind", 16)),
    _time("at"),
    _text("unit_id", 64),
    _text("department"),
    _text("digest", 64),
    sa.UniqueConstraint("case_id", "stage", "begun_at", "due_at", "kind"),
)

# What somebody is to hear of, once for each way; `deliveries` has what became of it.
notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("key", sa.String(200), nullable=False, unique=True),
    sa.Column("case_id", sa.ForeignKey("cases.case_id"), nullable=False),
    *(_time("at"), _time("send_at"), _text("cause", 16), _text("notifier", 32)),
    *(_text("unit_id", 64), _text("department"), _text("text")),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("notice_id", sa.ForeignKey("notices.id"), nullable=False, index=True),
    *(_time("at"), _text("letter_id", 32), _text("state", 16), _text("reason")),
    _time("next_at", nullable=True),
)

photos = sa.Table(
    "photos",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    _text("media_type", 64),
    sa.Column("data", sa.LargeBinary, nullable=False),
    _time("at"),
)

devices = sa.Table(
    "devices",
    metadata,
    sa.Column("device_id", _ID, primary_key=True),
    _text("kind", 64),
    _text("name"),
    sa.Column("public_key", sa.String(40), nullable=False, index=True),
    _text("place_name"),
    *_point(),
    _text("grid_code", 32),
    _text("unit_id", 64),
    _flag("revoked"),
)

device_readings = sa.Table(
    "device_readings",
    metadata,
    sa.Column("device_id", sa.ForeignKey("devices.device_id"), primary_key=True),
    _time("last_seen"),
    sa.Column("battery", sa.Float, nullable=True),
    sa.Column("values", sa.JSON, nullable=False),
)

alarms = sa.Table(
    "alarms",
    metadata,
    sa.Column("alarm_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column(
        "device_id", sa.ForeignKey("devices.device_id"), nullable=False, index=True
    ),
    _text("category", 16),
    sa.Column("severity", sa.Integer, nullable=False),
    _text("place_name"),
    *_point(),
    *(_time("first_at"), _time("last_at")),
    sa.Column("count", sa.Integer, nullable=False),
    _flag("active"),
    _time("restored_at", nullable=True),
    _time("acknowledged_at", nullable=True),
    _text("acknowledged_by"),
    sa.Column("case_id", sa.ForeignKey("cases.case_id"), nullable=True, index=True),
    *(_text("doubt", 64), _flag("drill"), _flag("test")),
    sa.Column("source", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Index("ix_alarms_active", "active"),
    sa.Index("ix_alarms_acknowledged_at", "acknowledged_at"),
)

units = sa.Table(
    "units",
    metadata,
    sa.Column("unit_id", _ID, primary_key=True),
    _text("name"),
    _text("role"),
    _text("department"),
    _text("grid_code", 32),
    _text("phone"),
    _text("status", 16),
    sa.Column("case_id", sa.ForeignKey("cases.case_id"), nullable=True),
    *_point(nullable=True),
    _time("point_at", nullable=True),
    sa.Column("accuracy_m", sa.Float, nullable=True),
    *(_text("doubt", 64), _text("device_id", 64)),
    sa.Column("heading_deg", sa.Float, nullable=True),
    sa.Column("roster", sa.JSON, nullable=True),
)

cameras = sa.Table(
    "cameras",
    metadata,
    sa.Column("camera_id", _ID, primary_key=True),
    _text("name"),
    *_point(),
    sa.Column("bearing_deg", sa.Float, nullable=True),
    sa.Column("fov_deg", sa.Float, nullable=False),
    sa.Column("range_m", sa.Float, nullable=False),
    *(_text("main_url"), _text("sub_url"), _text("secret_ref")),
    _text("grid_code", 32),
    _time("verified_at", nullable=True),
    sa.Column("transport", sa.String(8), nullable=False, server_default="auto"),
    sa.Column("unit_id", sa.String(64), nullable=False, server_default=sa.text("''")),
    sa.Column(
        "retired",
        sa.Boolean(create_constraint=False),
        nullable=False,
        server_default=sa.false(),
    ),
    _time("wrong_since", nullable=True),
    sa.Column("wrong_by", sa.Text(), nullable=False, server_default=sa.text("''")),
    sa.Column(
        "sealed",
        sa.Boolean(create_constraint=False),
        nullable=False,
        server_default=sa.false(),
    ),
)

grids = sa.Table(
    "grids",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    *(_text("name"), _text("level", 32), _text("parent", 32), _text("kind", 32)),
    sa.Column("outline", sa.JSON, nullable=False),
    _text("leader_unit_id", 64),
    sa.Column("worker_unit_ids", sa.JSON, nullable=False),
)

places = sa.Table(
    "places",
    metadata,
    sa.Column("place_id", _ID, primary_key=True),
    _text("name"),
    _text("kind", 32),
    *_point(),
    _text("address"),
    _text("grid_code", 32),
    sa.Column("hazards", sa.JSON, nullable=False),
    _text("contact"),
    _text("phone"),
)

# What can be found by typing: one row a thing, its pinyin initials worked out once.
finds = sa.Table(
    "finds",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("ref", _ID, primary_key=True),
    _text("name"),
    _text("detail"),
    _text("text"),
    _text("initials"),
    *_point(nullable=True),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("device_id", _ID, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    _time("received_at"),
)

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _text("device_id", 64),
    _time("at"),
    _time("received_at"),
    sa.Column("values", sa.JSON, nullable=False),
    _text("doubt", 64),
    sa.Index("ix_readings_device_at", "device_id", "at"),
)

positions = sa.Table(
    "positions",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    _text("unit_id", 64),
    _text("device_id", 64),
    _time("at"),
    _time("received_at"),
    *_point(),
    sa.Column("accuracy_m", sa.Float, nullable=True),
    sa.Column("speed_mps", sa.Float, nullable=True),
    sa.Column("heading_deg", sa.Float, nullable=True),
    _text("doubt", 64),
    sa.Index("ix_positions_unit_at", "unit_id", "at"),
)

applied_commands = sa.Table(
    "applied_commands",
    metadata,
    sa.Column("command_id", _BYTEWISE, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False),
    _time("at"),
    sa.Column("value", sa.BigInteger, nullable=True),
)

view_log = sa.Table(
    "view_log",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    *_signed(),
    sa.Column("camera_id", sa.ForeignKey("cameras.camera_id"), nullable=False),
    _text("purpose", 32),
    sa.Column("case_id", sa.BigInteger, nullable=True),
    sa.Index("ix_view_log_camera_at", "camera_id", "at"),
)

# Whose telephone number was read, never the number; no foreign key, so that a look
# stays written down whatever becomes of what was looked at.
number_log = sa.Table(
    "number_log",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    *_signed(),
    sa.Column("case_id", sa.BigInteger, nullable=False),
    _text("kind", 16),
    _text("ref", 64),
    _text("deed", 16),
    sa.Index("ix_number_log_case_at", "case_id", "at"),
    sa.Index("ix_number_log_ref_at", "kind", "ref", "at"),
)

# Who chose the profile that the town goes by; the newest row holds.
profile_uses = sa.Table(
    "profile_uses",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    *(*_signed(), _text("profile", 64)),
)

# What a town alters of its profile's rules over readings; a rule's newest row holds.
rule_changes = sa.Table(
    "rule_changes",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    *(*_signed(), _text("sort", 16), _text("rule_id", 64), _text("data")),
)

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    _time("at"),
    _text("kind", 32),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    *(_time("at"), _text("reason", 64), _text("peer_key", 64)),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("frame", sa.LargeBinary, nullable=False),
)

quarantine_counts = sa.Table(
    "quarantine_counts",
    metadata,
    sa.Column("reason", sa.String(64), primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
    _time("last_at"),
)
