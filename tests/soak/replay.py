"""Is a case what its log says? The log is replayed, and compared with what is kept."""

from collections.abc import Sequence
from itertools import pairwise

import sqlalchemy as sa

from dispatch import tables
from dispatch.alarms import Alarm
from dispatch.case_states import CLEARS, LEAVES, SENT, Leads
from dispatch.cases import TRANSITIONS, Case, LogEntry
from dispatch.commands import Moment
from dispatch.ownership import ASK, LAPSE, NO, OFFER
from dispatch.parts import PART_TURNS
from dispatch.rows import ALARMS, entry_of, load_all, load_cases
from dispatch.shelving import SHELVE, UNSHELVE
from dispatch.store import Store

_KEPT = frozenset(row.moment for row in TRANSITIONS.values() if row.moment) - {
    Moment.ACKNOWLEDGED  # an alarm's own acknowledgement writes it, too
}
# After these the case is with whoever the line names, or with nobody.
_NAMED = frozenset(
    {"dispatch", "urgent_direct", "rework", "resume", "reopen", "unmerge"}
)


# They leave what somebody decides meanwhile as it is, and so the version.
NO_OTHER_VERSION = frozenset({ASK, OFFER, NO, SHELVE, UNSHELVE, *PART_TURNS})


def _is_version(entry: LogEntry) -> bool:
    lapsed_unheard = entry.action == LAPSE and not entry.text
    return entry.action not in NO_OTHER_VERSION and not lapsed_unheard


def inconsistent_cases(store: Store) -> tuple[int, list[str]]:
    """Return how many cases a store holds, and what is wrong with them."""
    with store.reading() as connection:
        cases = load_cases(connection, tables.cases.c.case_id > 0)
        logs: dict[int, list[LogEntry]] = {}
        entries = tables.log_entries
        for row in connection.execute(
            sa.select(entries).order_by(entries.c.id)
        ).mappings():
            entry = entry_of(row)
            logs.setdefault(entry.case_id, []).append(entry)
        alarms: dict[int, list[Alarm]] = {}
        for alarm in load_all(connection, ALARMS):
            if alarm.case_id is not None:
                alarms.setdefault(alarm.case_id, []).append(alarm)
    faults = []
    for case in cases:
        log = logs.pop(case.case_id, [])
        for fault in faults_of(case, log, alarms.get(case.case_id, [])):
            faults.append(f"{case.number}: {fault}")
    faults += [f"a log without its case: {case_id}" for case_id in logs]
    return len(cases), faults


def faults_of(
    case: Case, log: Sequence[LogEntry], alarms: Sequence[Alarm]
) -> list[str]:
    """Return what a case's log says otherwise than the case."""
    if not log or log[0].from_state is not None:
        return ["its log has no beginning"]
    faults = []
    state, unit_id, version = log[0].to_state, "", 1
    before_merge = state
    clocks: set[Moment] = set() if state.is_open else {Moment.CLOSED}
    for before, entry in pairwise(log):
        if entry.at < before.at:
            faults.append(f"{entry.action} before {before.action}")
        if entry.from_state is not state:
            faults.append(f"{entry.action} from {entry.from_state}, not {state}")
        if entry.action not in TRANSITIONS:
            if entry.to_state is not state:
                faults.append(f"{entry.action} moved the state")
            continue
        row = TRANSITIONS[entry.action]
        leads_to = {Leads.NOWHERE: state, Leads.BACK: before_merge}.get(row.to, row.to)
        if state not in row.starts or entry.to_state is not leads_to:
            faults.append(f"{entry.action}: {state} to {entry.to_state}")
        if entry.action == "merge":
            before_merge = state
        state, version = entry.to_state, version + _is_version(entry)
        if entry.action in _NAMED and entry.to_state in SENT:
            unit_id = entry.unit_id
        elif entry.action in LEAVES:
            unit_id = ""
        clocks -= CLEARS.get(entry.action, frozenset())
        if row.moment is not None:
            clocks.add(row.moment)
    counted = sum(entry.action == "alarm" for entry in log)
    clocks &= _KEPT
    kept = {moment for moment in case.clocks if moment in _KEPT}
    for word, replayed, is_kept in (
        ("state", state, case.state),
        ("unit", unit_id, case.unit_id),
        ("version", version, case.version),
        ("clocks", sorted(clocks), sorted(kept)),
        ("alarms", counted, case.alarm_count),
    ):
        if replayed != is_kept:
            faults.append(f"{word}: replayed {replayed!r}, kept {is_kept!r}")
    if not state.is_open and any(a.acknowledged_at is None for a in alarms):
        faults.append("closed with an alarm that nobody acknowledged")
    return faults
