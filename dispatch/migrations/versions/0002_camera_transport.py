"""How each camera's pictures are fetched.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; those that stand were fetched by whatever worked."""
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column(
        "cameras",
        sa.Column(
            "transport", sa.String(length=8), nullable=False, server_default="auto"
        ),
    )
