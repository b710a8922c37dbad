"""Cases found in the store by what was written of them, the newest first.

Each store's own index of words does the work: FTS5 in SQLite, GIN in PostgreSQL. Both
index the same terms (`dispatch.case_terms`), a row a case, and both are asked for the
newest few: a word that half of the cases contain must not be read to its end. FTS5
gives its rows from the newest on. GIN cannot; it is asked for the newest cases first, by
the heap of numbers that each stands in, and for all only where those have too few.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from dispatch import tables
from dispatch.bulk import Bulk, insert_all
from dispatch.case_terms import Word, searched, terms_of, words_of
from dispatch.cases import Case, CaseState
from dispatch.geo import Point
from dispatch.questions import FindCases, FoundCase, FoundCases
from dispatch.store import Store

MOST: Final = 200  # cases in one answer
#: Cases are in heaps of 65,536 in PostgreSQL's index, as the migration 0018 has it.
HEAP_BITS: Final = 16
_INDEXED: Final = (
    f"string_to_array(terms || ' _b' || CAST(case_id >> {HEAP_BITS} AS text), ' ')"
)
#: Candidates read at once: terms are pairs of characters, and some do not stand so.
_AT_ONCE: Final = 64
#: Candidates looked at for one answer; only a question of much-used pairs gets there.
_MOST_LOOKED_AT: Final = 4_096

_INSERT = insert_all(tables.case_terms)
_UPDATE = Bulk(
    sa.update(tables.case_terms)
    .where(
        tables.case_terms.c.case_id == sa.bindparam("key_", type_=sa.BigInteger),
        tables.case_terms.c.terms != sa.bindparam("terms", type_=sa.Text),
    )
    .values({"terms": sa.bindparam("terms", type_=sa.Text)}),
    ["key_", "terms"],
)


def write_terms(
    connection: sa.Connection, cases: Mapping[int, Case], which: Mapping[int, bool]
) -> None:
    """Keep what cases are found by, in the transaction that writes them.

    Args:
        connection: In that transaction.
        cases: As they are now, by number.
        which: Those to write, and whether each is new.
    """
    new, altered = [], []
    for case_id, is_new in which.items():
        terms = terms_of(searched(cases[case_id]))
        if is_new:
            new.append({"case_id": case_id, "terms": terms})
        else:
            altered.append({"key_": case_id, "terms": terms})
    _INSERT(connection, new)
    _UPDATE(connection, altered)


def find_cases(query: FindCases, store: Store) -> FoundCases:
    """Return the cases that have every word of a question, the newest first."""
    words, limit = words_of(query.text), max(0, min(query.limit, MOST))
    found: list[FoundCase] = []
    looked_at = 0
    if not words or not limit:
        return FoundCases(cases=())
    with store.reading() as connection:
        for ids in _candidates(connection, words, before=query.before):
            for case in _read(connection, ids, words):
                found.append(case)
                if len(found) >= limit:
                    return FoundCases(cases=tuple(found), before=case.case_id)
            looked_at += len(ids)
            if looked_at >= _MOST_LOOKED_AT:
                return FoundCases(cases=tuple(found), before=ids[-1])
    return FoundCases(cases=tuple(found))


def _candidates(
    connection: sa.Connection, words: Sequence[Word], *, before: int | None
) -> Iterator[list[int]]:
    """Give the numbers of cases that may be meant, newest first, a few at a time."""
    if connection.dialect.name == "sqlite":
        return _by_fts5(connection, words, before)
    return _by_gin(connection, words, before)


def _by_fts5(
    connection: sa.Connection, words: Sequence[Word], before: int | None
) -> Iterator[list[int]]:
    match = " AND ".join(
        "("
        + " OR ".join(
            "(" + " AND ".join(f'"{term}"' for term in way) + ")" for way in word.ways
        )
        + ")"
        for word in words
    )
    statement = sa.text(
        "SELECT rowid FROM case_index WHERE case_index MATCH :match"
        " AND rowid < :before ORDER BY rowid DESC LIMIT :most"
    )
    below = (1 << 62) if before is None else before
    while True:
        values = {"match": match, "before": below, "most": _AT_ONCE}
        ids = [row[0] for row in connection.execute(statement, values)]
        if ids:
            yield ids
            below = ids[-1]
        if len(ids) < _AT_ONCE:
            return


def _by_gin(
    connection: sa.Connection, words: Sequence[Word], before: int | None
) -> Iterator[list[int]]:
    terms = tables.case_terms
    newest = connection.execute(sa.select(sa.func.max(terms.c.case_id))).scalar() or 0
    below = min(newest + 1, newest + 1 if before is None else before)
    heap = below >> HEAP_BITS
    # A much-used word is met among the newest; who looks further seeks a rare one.
    for heaped in (heap, heap - 1, None):
        from_ = 0 if heaped is None else heaped << HEAP_BITS
        while below > max(0, from_):
            statement, values = _asked(words, heaped)
            values |= {"below": below, "from_": from_, "most": _AT_ONCE}
            ids = [row[0] for row in connection.execute(statement, values)]
            if ids:
                yield ids
                below = ids[-1]
            if len(ids) < _AT_ONCE:
                below = min(below, from_)


def _asked(
    words: Sequence[Word], heap: int | None
) -> tuple[sa.TextClause, dict[str, object]]:
    """Return a question to the index, about one heap of numbers or about all."""
    among = [] if heap is None else [f"_b{heap}"]
    values: dict[str, object] = {}
    parts: list[str] = []
    for word in words:
        ways = []
        for way in word.ways:
            name = f"way{len(values)}"
            values[name] = [*way, *among]
            ways.append(f"{_INDEXED} @> CAST(:{name} AS text[])")
        parts.append("(" + " OR ".join(ways) + ")")
    # `+ 0`: else the server may go down the numbers, one by one, two million of them,
    # where it takes a rare word for as frequent as the next.
    statement = sa.text(
        "SELECT case_id FROM case_terms WHERE "
        + " AND ".join(parts)
        + " AND case_id + 0 < :below AND case_id + 0 >= :from_"
        " ORDER BY case_id + 0 DESC LIMIT :most"
    )
    return statement, values


def _read(
    connection: sa.Connection, ids: Sequence[int], words: Sequence[Word]
) -> Iterator[FoundCase]:
    """Give those of the candidates that a question means, in their order."""
    cases = tables.cases
    rows = {
        row.case_id: row
        for row in connection.execute(sa.select(cases).where(cases.c.case_id.in_(ids)))
    }
    for case_id in ids:
        row = rows.get(case_id)
        if row is None:
            continue
        fields = (
            row.number,
            row.external_number,
            row.reporter_phone,
            row.place_name,
            row.reporter_name,
            row.details,
        )
        reasons = [word.why(fields) for word in words]
        if all(reasons):
            yield FoundCase(
                case_id=case_id,
                number=row.number,
                state=CaseState(row.state),
                category=row.category,
                severity=row.severity,
                place_name=row.place_name,
                point=Point(row.lon, row.lat, row.datum),
                grid_code=row.grid_code,
                opened_at=row.opened_at,
                drill=row.drill,
                owner=row.owner,
                unit_id=row.unit_id,
                by=tuple(dict.fromkeys(reasons)),
            )
