"""Which unit carries a camera, and where a unit points.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; cameras that stand stay where they are."""
    # Not in a batch: SQLite would make the tables anew, and others refer to them.
    op.add_column(
        "cameras",
        sa.Column(
            "unit_id",
            sa.String(length=64),
            nullable=False,
            server_default=sa.text("''"),
        ),
    )
    op.add_column("units", sa.Column("heading_deg", sa.Float(), nullable=True))
