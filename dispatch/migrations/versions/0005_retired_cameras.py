"""Whether a camera is out of service.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; cameras that stand are in service."""
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column(
        "cameras",
        sa.Column(
            "retired",
            sa.Boolean(create_constraint=False),
            nullable=False,
            server_default=sa.false(),
        ),
    )
