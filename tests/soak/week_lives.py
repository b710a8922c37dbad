"""What happens to the cases of a town's week, and how often: believable, not measured."""

from dispatch.case_states import CaseState

# How much is reported in each hour of a town's day.
HOURS = (
    1,
    1,
    1,
    1,
    1,
    2,
    6,
    14,
    22,
    20,
    18,
    12,
    8,
    14,
    20,
    20,
    18,
    14,
    10,
    9,
    8,
    5,
    3,
    2,
)
# By state: what comes next, how likely, and after how many minutes, mostly.
NEXT: dict[CaseState, tuple[tuple[str, float, float], ...]] = {
    CaseState.NEW: (
        ("file", 74, 6),
        ("accept", 8, 4),
        ("send_verify", 5, 8),
        ("reject", 4, 10),
        ("answer", 80, 4),
        ("void", 1, 5),
        ("merge", 2, 8),
    ),
    CaseState.VERIFYING: (("verify_true", 7, 90), ("verify_false", 3, 90)),
    CaseState.ACCEPTED: (("file", 92, 15), ("not_file", 8, 30)),
    CaseState.FILED: (("dispatch", 95, 12), ("transfer", 5, 40)),
    CaseState.DISPATCHED: (("sign", 90, 25), ("return", 6, 60), ("recall", 4, 30)),
    CaseState.RETURNED: (
        ("dispatch", 85, 30),
        ("return_further", 8, 60),
        ("transfer", 7, 60),
    ),
    CaseState.HANDLING: (
        ("depart", 30, 20),
        ("arrive", 20, 45),
        ("finish", 30, 600),
        ("contact", 6, 60),
        ("request_extend", 6, 900),
        ("request_suspend", 4, 900),
        ("supervise", 2, 1200),
        ("escalate", 1, 300),
        ("force_close", 1, 2000),
    ),
    CaseState.EN_ROUTE: (("arrive", 1, 20),),
    CaseState.ON_SCENE: (("finish", 94, 200), ("expedite", 3, 60), ("return", 3, 60)),
    CaseState.FEEDBACK: (
        ("send_check", 70, 60),
        ("call_back", 20, 60),
        ("rework", 6, 90),
        ("explain", 4, 120),
    ),
    CaseState.CHECKING: (("check_pass", 9, 240), ("rework", 1, 240)),
    CaseState.PENDING_CLOSE: (("close", 97, 90), ("explain", 3, 200)),
    CaseState.CLOSED: (
        ("reopen", 2, 600),
        ("appeal", 3, 900),
        ("nothing", 95, 1),
    ),
    CaseState.MERGED: (("unmerge", 1, 300), ("nothing", 9, 1)),
}
# What may rightly be refused, by its reason: the clock was quicker, a cap is reached,
# nobody is above the county, the two are not the same after all.
MAY_BE_REFUSED = {
    "capped",
    "overdue",
    "no_limit",
    "too_late",
    "not_the_same",
    "top_level",
}
