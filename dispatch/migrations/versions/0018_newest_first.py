"""PostgreSQL finds a much-used word among the newest cases without reading all of them.

Its index of words holds with each case which 65,536 numbers it stands among, so that the
words and the newest can be asked for at once. SQLite gives the newest first as it is.

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP INDEX ix_case_terms_terms")
    op.execute(
        "CREATE INDEX ix_case_terms_terms ON case_terms USING gin"
        " (string_to_array(terms || ' _b' || CAST(case_id >> 16 AS text), ' '))"
        " WITH (fastupdate = off)"
    )


def downgrade() -> None:
    """Make the one before."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP INDEX ix_case_terms_terms")
    op.execute(
        "CREATE INDEX ix_case_terms_terms ON case_terms"
        " USING gin (string_to_array(terms, ' ')) WITH (fastupdate = off)"
    )
