"""Alarms by what is latched, and cases that say what they owe.

The moments `owed` and `settled` need no column: they stand where the others do. Yet a
program that does not know the words must not open such a store.

Revision ID: 0016
Revises: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("ix_alarms_active", "alarms", ["active"])
    op.create_index("ix_alarms_acknowledged_at", "alarms", ["acknowledged_at"])
