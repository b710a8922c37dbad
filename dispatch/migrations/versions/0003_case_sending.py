"""How many times a unit was sent to each case.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; those that stand have what their log says."""
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column(
        "cases", sa.Column("sending", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute(
        "UPDATE cases SET sending = (SELECT count(*) FROM log_entries"
        " WHERE log_entries.case_id = cases.case_id"
        " AND log_entries.action = 'dispatch')"
    )
