"""Since when a camera does not show what it should, and who says so.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of the cameras that stand nobody has said so."""
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column(
        "cameras",
        sa.Column("wrong_since", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "cameras",
        sa.Column("wrong_by", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
