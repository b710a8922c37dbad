"""A store as an earlier version of the program left it."""

from typing import Final

import sqlalchemy as sa

from dispatch.store import Store

#: What each migration added, to be taken away again. Later ones first.
ADDED: Final = {
    "0017": ("ALTER TABLE alarms DROP COLUMN source", "DROP TABLE rule_changes"),
    "0016": (
        "DROP INDEX ix_alarms_active",
        "DROP INDEX ix_alarms_acknowledged_at",
    ),
    "0015": ("ALTER TABLE units DROP COLUMN roster",),
    "0013": ("DROP INDEX ix_cases_lat_lon",),
    "0012": ("DROP TABLE deliveries", "DROP TABLE notices"),
    "0011": ("DROP TABLE profile_uses",),
    "0010": ("DROP TABLE IF EXISTS case_index", "DROP TABLE case_terms"),
    "0009": (
        "ALTER TABLE cases DROP COLUMN course",
        "DROP TABLE reminders",
        "DROP TABLE stage_times",
    ),
    "0008": ("ALTER TABLE cameras DROP COLUMN sealed",),
    "0007": (
        "ALTER TABLE cameras DROP COLUMN wrong_since",
        "ALTER TABLE cameras DROP COLUMN wrong_by",
    ),
    "0006": ("DROP TABLE number_log",),
    "0005": ("ALTER TABLE cameras DROP COLUMN retired",),
    "0004": (
        "ALTER TABLE cameras DROP COLUMN unit_id",
        "ALTER TABLE units DROP COLUMN heading_deg",
    ),
    "0003": ("ALTER TABLE cases DROP COLUMN sending",),
}


def make_older(store: Store, revision: str) -> None:
    """Take away what came after a revision; what stood there before stays."""
    with store.writing() as connection:
        for added, statements in ADDED.items():
            if added > revision:
                for statement in statements:
                    connection.exec_driver_sql(statement)
        connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :to"), {"to": revision}
        )
