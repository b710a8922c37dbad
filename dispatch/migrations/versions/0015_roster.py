"""排班表: when each unit is on shift.

Revision ID: 0015
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no roster names those who stand."""
    op.add_column("units", sa.Column("roster", sa.JSON, nullable=True))
