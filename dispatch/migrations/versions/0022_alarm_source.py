"""What of a device raised an alarm: the device itself, a zone of it, or a rule over it.

Revision ID: 0022
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what stands was raised by devices, but for their meters' rule."""
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
    op.execute(
        "UPDATE alarms SET source = 'water-12h' WHERE category = 'B004' AND device_id IN"
        " (SELECT device_id FROM devices WHERE kind = 'water_meter')"
    )
    op.execute(
        "UPDATE alarms SET source = 'electricity-12h' WHERE category = 'B004' AND"
        " device_id IN (SELECT device_id FROM devices WHERE kind = 'electricity_meter')"
    )
