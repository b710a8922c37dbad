"""Whether a camera is sealed: 密件.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; cameras that stand are sealed by nobody."""
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column(
        "cameras",
        sa.Column(
            "sealed",
            sa.Boolean(create_constraint=False),
            nullable=False,
            server_default=sa.false(),
        ),
    )
