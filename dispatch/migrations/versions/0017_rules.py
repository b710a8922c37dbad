"""What of a device raised an alarm: itself, a zone, or a rule; a town's own rules.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add column and table; what stands was raised by devices, but for their meters' rule.

    What that one had to say stands in the log, as figures: 0.00 m³ / 12 h. A meter's own
    alarm has other words, or none, and ends when the meter says so.
    """
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column(
        "alarms",
        sa.Column(
            "source",
            sa.String(length=64),
            nullable=False,
            server_default=sa.text("''"),
        ),
    )
    for source, kind, figures in (
        ("water-12h", "water_meter", "% m³ / % h"),
        ("electricity-12h", "electricity_meter", "% kWh / % h"),
    ):
        # Written out, so that it can be handed to whoever runs a PostgreSQL.
        op.execute(
            f"UPDATE alarms SET source = '{source}' WHERE category = 'B004'"
            f" AND device_id IN (SELECT device_id FROM devices WHERE kind = '{kind}')"
            " AND EXISTS (SELECT 1 FROM log_entries WHERE action = 'alarm'"
            f" AND log_entries.case_id = alarms.case_id AND text LIKE '{figures}')"
        )
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "rule_changes",
        sa.Column("id", serial, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
