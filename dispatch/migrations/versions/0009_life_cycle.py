"""What a case carries on its way, the times of its stages, and what was told of them.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _serial() -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Add them; cases that stand begin their stage clocks with their next step."""
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.add_column("cases", sa.Column("course", sa.JSON(), nullable=True))
    op.create_table(
        "stage_times",
        _serial(),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        _time("begun_at"),
        _time("due_at", nullable=True),
        _time("ended_at"),
        sa.Column("paused_s", sa.Float(), nullable=False),
        sa.Column("ended_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_stage_times_case_id", "stage_times", ["case_id"])
    op.create_index(
        "ix_stage_times_like", "stage_times", ["category", "stage", "ended_at"]
    )
    op.create_table(
        "reminders",
        _serial(),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        _time("begun_at"),
        _time("due_at"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        _time("at"),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "stage", "begun_at", "due_at", "kind"),
    )
