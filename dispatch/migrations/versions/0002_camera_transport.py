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
    with op.batch_alter_table("cameras") as batch:
        batch.add_column(
            sa.Column(
                "transport", sa.String(length=8), nullable=False, server_default="auto"
            )
        )
        batch.alter_column("transport", server_default=None)
