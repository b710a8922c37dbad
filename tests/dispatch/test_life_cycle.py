"""The life of cases through the bus: no order of asking leads where it must not."""

import contextlib
import random
from collections import Counter
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from bus_kit import Kit
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from life_kit import EVERYONE, PART_EDGES, ask, call_back, edges

from dispatch import tables
from dispatch.case_states import OPEN, TRANSITIONS, CaseState
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.course import Stage
from dispatch.people import Actor, Role
from dispatch.rows import load_cases
from dispatch.stages import PAUSED, RUNNING
from tests.soak.replay import inconsistent_cases

EDGES = edges()
ROLES = (*(Role(r) for r in ("acceptor", "dispatcher", "shift_leader", "handler")),)
ACTORS = [
    EVERYONE,
    *(
        Actor(role.value, "2号席", frozenset({role}))
        for role in (*ROLES, Role.DEPARTMENT, Role.COLLECTOR)
    ),
]
THEIRS = replace(EVERYONE, name="陈芳", seat="2号席")
REACHED: Counter[tuple[int | None, str, int]] = Counter()


def entries(kit: Kit, after: int = 0) -> list[sa.Row]:
    log = tables.log_entries
    with kit.store.reading() as connection:
        query = sa.select(log).where(log.c.id > after).order_by(log.c.id)
        return list(connection.execute(query))


def moves(kit: Kit) -> list[tuple[str, int | None, int]]:
    return [(row.action, row.from_state, row.to_state) for row in entries(kit)]


def test_the_table_is_the_trade_s() -> None:
    """What the program does is what was written down by hand."""
    ours: dict[str, set[tuple[int | None, int]]] = {}
    for action, row in TRANSITIONS.items():
        for start in row.starts or {None}:
            if isinstance(row.to, CaseState):
                ends = {row.to}
            else:
                ends = OPEN if action == "unmerge" else {start}
            ours.setdefault(action, set()).update(
                (None if start is None else int(start), int(e)) for e in ends
            )
    assert ours == EDGES


LIVES = (
    "report accept file dispatch sign contact depart arrive finish send_check"
    " check_pass close reopen recall",
    "report send_verify verify_true instruct file dispatch sign arrive return"
    " return_further not_file",
    "report send_verify verify_false",
    "report reject",
    "report answer",
    "report urgent_direct sign request_extend endorse_extend approve_extend"
    " request_extend refuse_extend request_suspend refuse_suspend request_suspend"
    " approve_suspend resume finish rework finish call_back explain",
    "report supervise unsupervise expedite unexpedite escalate consult mediate void",
    "report force_close",
    "report accept file call_force dispatch sign reinforce force_sign force_depart"
    " force_arrive depart force_arrive force_leave force_return finish",
    "report transfer handover_accept handover_reject file dispatch",
    "report accept file dispatch sign transfer handover_close handover_reopen",
    "report merge unmerge accept",
    "self_report",
    "report accept file assign sign hand_on sign finish send_check check_pass",
    "report accept own_ask own_no own_offer own_yes",
    "report accept own_ask own_lapse file",
    "report accept file assign part_assign part_sign part_done sign part_assign"
    " part_sign part_return part_release finish",
)


def test_every_state_and_every_action_is_reached(tmp_path) -> None:
    kit = Kit(tmp_path)
    main = 0
    for life in LIVES:
        case_id = 0
        for action in life.split():
            kit.clock.go(minutes=1)
            begins = action in ("report", "self_report")
            number = (1 if "answer" in life or "direct" in life else 2) if begins else 0
            command = ask(kit, action, number or case_id, other=main)
            if action == "report" and "merge" in life:
                main = int(str(kit.bus.handle(ask(kit, "report", 2)).value))
            if action == "urgent_direct":
                _make_grave(kit, case_id)
            if action == "close":
                call_back(kit, case_id)
            if action == "own_lapse":  # nobody asks for it: the clock does it
                kit.clock.go(seconds=15)
                kit.keep_time()
                continue
            if action.startswith("own_") and action != "own_offer":
                command = replace(command, actor=THEIRS)
            value = kit.bus.handle(command).value
            case_id = int(str(value)) if begins else case_id
    kit.bus.handle(ask(kit, "restore_by_hand", kit.raise_case()))
    flapping = kit.raise_case("S1", category="B004")
    for action in ("shelve", "unshelve"):
        kit.bus.handle(ask(kit, action, flapping))
    # an overdue verdict, appealed against
    for action in ("grant_appeal", "refuse_appeal"):
        case_id = int(str(kit.bus.handle(ask(kit, "report", 2)).value))
        for step in ["accept", "file", "dispatch", "sign", "finish"]:
            kit.bus.handle(ask(kit, step, case_id))
            kit.clock.go(days=30)
        call_back(kit, case_id)
        for (
            step
        ) in f"send_check check_pass close appeal endorse_appeal {action}".split():
            kit.bus.handle(ask(kit, step, case_id))
    done = {(action, start, end) for action, start, end in moves(kit)}
    assert {action for action, _, _ in done} >= set(TRANSITIONS)
    assert {end for _, _, end in done} == {int(state) for state in CaseState}
    assert inconsistent_cases(kit.store)[1] == []
    kit.close()


def _make_grave(kit: Kit, case_id: int) -> None:
    """Urgent reports are of a grave kind; which, is not the matter here."""
    cases = kit.bus._at_hand()[0].things["case"]
    cases[case_id] = replace(cases[case_id], severity=1)


def _weight(case: Case, action: str) -> int:
    """Return how often an action is asked for: the way is long, its ends are many."""
    to = TRANSITIONS[action].to
    if action in ("merge", "unmerge", "reopen"):
        return 6
    if to is CaseState.EN_ROUTE:  # short between two that may follow it at once
        return 80
    if action in PART_EDGES:  # what is begun is ended, or the case stays where it is
        return 1 if action == "part_assign" else 10 if case.course.parts else 0
    if not isinstance(to, CaseState):
        course = case.course
        waits = course.asked or course.appeal in ("asked", "endorsed") or course.overdue
        if action.startswith("request"):
            return 12
        return 12 if waits and action.startswith(("approve", "endorse", "grant")) else 2
    if action == "approve_suspend":
        return 60 if case.course.asked == "suspend" else 1
    return 1 if not to.is_open else 20 if to > case.state else 2


class Town(RuleBasedStateMachine):
    """Up to 200 random commands by random roles on a handful of cases."""

    def __init__(self) -> None:
        super().__init__()
        self.kit = Kit("sqlite://")
        self.log: list[sa.Row] = []
        self.due: dict[tuple[int, Stage, datetime], datetime] = {}
        self.told: dict[tuple[int, Stage, datetime], int] = {}
        self.extended: dict[int, int] = {}
        self.case_ids = [
            int(str(self.kit.bus.handle(ask(self.kit, "report", n)).value))
            for n in (1, 2, 3)
        ]
        self.cases: dict[int, Case] = {}
        self.asked: Counter[str] = Counter()

    def teardown(self) -> None:
        try:
            self.nothing_is_lost()
            assert entries(self.kit) == self.log
            count, faults = inconsistent_cases(self.kit.store)
            assert faults == []
            assert count >= len(self.case_ids)
            with self.kit.store.reading() as connection:
                times = connection.execute(sa.select(tables.stage_times)).all()
            assert all(row.ended_at >= row.begun_at for row in times)
            REACHED.update((f, a, t) for a, f, t in moves(self.kit))
        finally:
            self.kit.close()

    @rule(
        seed=st.integers(0, 2**32),
        minutes=st.sampled_from([0, 1, 5, 20, 60, 300, 4000]),
    )
    def ask_anything(self, seed: int, minutes: int) -> None:
        """Mostly what may start here; sometimes anything, by anyone."""
        chance = random.Random(seed * 1000 + self.asked.total())
        self.kit.clock.go(minutes=minutes)
        self.kit.keep_time()
        case_id, legal = self.choose(chance)
        begin = len([c for c in self.cases.values() if c.state.is_open]) < 3
        if begin:
            action, by = chance.choice([*["report"] * 5, "self_report"]), EVERYONE
        elif chance.random() < 0.85 and legal:
            weights = [
                _weight(self.cases[case_id], action) / (1 + self.asked[action])
                for action in legal
            ]
            (action,), by = chance.choices(legal, weights), EVERYONE
        else:
            action, by = chance.choice(sorted(TRANSITIONS)), chance.choice(ACTORS)
        self.asked[action] += 1
        other = self.twin(case_id)
        if action == "close" and chance.random() < 0.8:
            call_back(self.kit, case_id)
        command = ask(
            self.kit, action, chance.randrange(6) if begin else case_id, by, other
        )
        self.nothing_is_lost()
        receipt = None
        with contextlib.suppress(Refused):
            receipt = self.kit.bus.handle(command)
        if receipt is None:
            assert entries(self.kit, self.log[-1].id) == []  # it writes nothing
        elif action in ("report", "self_report"):
            self.case_ids.append(int(str(receipt.value)))

    def choose(self, chance: random.Random) -> tuple[int, list[str]]:
        """Return a case that something may be done with, and what; mostly open ones."""
        may = {
            case_id: [action for action in TRANSITIONS if case.may(action)]
            for case_id, case in self.cases.items()
        }
        live = [case_id for case_id, actions in may.items() if actions]
        weights = [8 if self.cases[i].state.is_open else 1 for i in live]
        (case_id,) = chance.choices(live, weights)
        return case_id, may[case_id]

    def twin(self, case_id: int) -> int:
        """Return an open case of the same kind, as late as there is one."""
        kind = self.cases[case_id].category
        found = [
            each.case_id
            for each in self.cases.values()
            if each.category == kind and each.state.is_open and each.case_id != case_id
        ]
        return max(found, default=case_id)

    @invariant()
    def parts_are_what_the_log_says(self) -> None:
        parts: dict[int, dict[str, str]] = {}
        for row in self.log:
            there, (whose, *_) = (
                parts.setdefault(row.case_id, {}),
                row.text.split(" · "),
            )
            if row.action in ("assign", "hand_on"):
                there.pop(whose, None)
            if row.action in PART_EDGES:
                starts, to = PART_EDGES[row.action]
                assert there.get(whose, "") in starts, (row.action, whose)
                there[whose] = to
        for case_id, case in self.cases.items():
            kept = {each.department: str(each.state) for each in case.course.parts}
            assert kept == parts.get(case_id, {})
            kept.pop(case.department, None)
            if CaseState.FEEDBACK <= case.state <= CaseState.CLOSED:
                assert set(kept.values()) <= {"done", "released"}

    def nothing_is_lost(self) -> None:
        new = entries(self.kit, self.log[-1].id if self.log else 0)
        for row in new:
            move = (row.from_state, row.to_state)
            if row.action in EDGES:
                assert move in EDGES[row.action], (row.action, move)
            else:
                assert row.from_state == row.to_state
        self.log += new

    @invariant()
    def memory_says_what_the_store_says(self) -> None:
        self.nothing_is_lost()
        kept = self.kit.bus._at_hand()[0].things["case"]
        with self.kit.store.reading() as connection:
            cases = load_cases(connection, tables.cases.c.case_id > 0)
        self.cases = {case.case_id: case for case in cases}
        assert {i for i, case in self.cases.items() if case.state.is_open} == set(kept)
        assert all(self.cases[case_id] == kept[case_id] for case_id in kept)
        self.clocks_run_forward_and_together()

    def clocks_run_forward_and_together(self) -> None:
        timing = self.kit.bus._at_hand()[1].timing
        now = self.kit.clock()
        for case_id, case in self.cases.items():
            clocks = case.course.clocks
            handle = case.course.clock(Stage.HANDLE)
            if case.state is CaseState.MERGED:
                continue
            assert case.deadline == (None if handle is None else handle.due_at)
            assert {c.stage for c in clocks} <= RUNNING.get(case.state, frozenset())
            assert len({c.stage for c in clocks}) == len(clocks)
            assert bool(clocks) == case.state.is_open
            for clock in clocks:
                assert clock.begun_at <= now
                assert clock.is_paused == (case.state in PAUSED)
                ends = [p.ended_at or now for p in clock.pauses]
                begins = [p.begun_at for p in clock.pauses]
                assert all(b <= e for b, e in zip(begins, ends, strict=True))
                if clock.is_paused or clock.limit is None:
                    assert clock.due_at is None
                    continue
                assert clock.due_at == timing.moment_of(clock)
                key = (case_id, clock.stage, clock.begun_at)
                assert clock.due_at >= self.due.get(key, clock.due_at)
                self.due[key] = clock.due_at
                assert len(set(clock.told)) == len(clock.told)
            assert case.course.extensions <= timing.taxonomy.rules.extensions
            assert case.course.suspensions <= timing.taxonomy.rules.suspensions


Town.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


class TestTown(Town.TestCase):
    def runTest(self) -> None:
        REACHED.clear()
        super().runTest()
        assert {end for _, _, end in REACHED} == {int(state) for state in CaseState}
        # Deep ones such as a second refusal are reached by the lives above.
        assert len({action for _, action, _ in REACHED} & set(TRANSITIONS)) > 35
