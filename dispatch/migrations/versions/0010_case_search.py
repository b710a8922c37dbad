"""What cases are found by: their terms, and each store's own index of them.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from dispatch.case_terms import terms_of

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AT_ONCE = 2_000

# The index is SQLite's own and follows its table by itself. It takes any character
# beyond ASCII for part of a word; terms are made of letters and digits alone.
FTS5 = (
    "CREATE VIRTUAL TABLE case_index USING fts5("
    "terms, content='case_terms', content_rowid='case_id', detail='none',"
    " columnsize=0, tokenize=\"ascii tokenchars '_'\")",
    "CREATE TRIGGER case_terms_new AFTER INSERT ON case_terms BEGIN"
    " INSERT INTO case_index(rowid, terms) VALUES (new.case_id, new.terms); END",
    "CREATE TRIGGER case_terms_gone AFTER DELETE ON case_terms BEGIN"
    " INSERT INTO case_index(case_index, rowid, terms)"
    " VALUES ('delete', old.case_id, old.terms); END",
    "CREATE TRIGGER case_terms_altered AFTER UPDATE ON case_terms BEGIN"
    " INSERT INTO case_index(case_index, rowid, terms)"
    " VALUES ('delete', old.case_id, old.terms);"
    " INSERT INTO case_index(rowid, terms) VALUES (new.case_id, new.terms); END",
)
# Without a list of what is still to be entered: each question would read it.
GIN = (
    "CREATE INDEX ix_case_terms_terms ON case_terms"
    " USING gin (string_to_array(terms, ' ')) WITH (fastupdate = off)",
)


def upgrade() -> None:
    """Add the table and the index, and enter the cases that there are."""
    op.create_table(
        "case_terms",
        sa.Column(
            "case_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("cases.case_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("terms", sa.Text(), nullable=False),
    )
    name = op.get_context().dialect.name
    for statement in FTS5 if name == "sqlite" else GIN:
        op.execute(statement)
    if not op.get_context().as_sql:
        _enter_all(op.get_bind())


def _enter_all(connection: sa.Connection) -> None:
    last = 0
    while rows := connection.execute(
        sa.text(
            "SELECT case_id, number, external_number, reporter_phone, place_name,"
            " reporter_name, details FROM cases WHERE case_id > :last"
            " ORDER BY case_id LIMIT :most"
        ),
        {"last": last, "most": AT_ONCE},
    ).all():
        connection.execute(
            sa.text("INSERT INTO case_terms (case_id, terms) VALUES (:id, :terms)"),
            [{"id": row[0], "terms": terms_of(tuple(row[1:]))} for row in rows],
        )
        last = rows[-1][0]
