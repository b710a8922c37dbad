"""What somebody is to hear of, and what became of it.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _serial() -> sa.Column[int]:
    return sa.Column("id", _NUMBER, nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    kind = sa.Text() if length is None else sa.String(length=length)
    return sa.Column(name, kind, nullable=False)


def upgrade() -> None:
    """Add them, empty: nobody is told of what was before."""
    op.create_table(
        "notices",
        _serial(),
        _text("key", 200),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        _time("at"),
        _time("send_at"),
        _text("cause", 16),
        _text("notifier", 32),
        _text("unit_id", 64),
        _text("department"),
        _text("text"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "deliveries",
        _serial(),
        sa.Column("notice_id", _NUMBER, nullable=False),
        _time("at"),
        _text("letter_id", 32),
        _text("state", 16),
        _text("reason"),
        _time("next_at", nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_deliveries_notice_id", "deliveries", ["notice_id"])
