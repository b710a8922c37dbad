"""Categories of cases, their filing standards and limits, and a town's rules.

The data of a named profile is read, and checked, by `dispatch.profiles`.
"""

from dataclasses import dataclass, field
from functools import cached_property

from dispatch.course import Limit
from dispatch.rules import Watch

# 物联·AI 告警: the class whose cases devices raise, not people.
_DEVICE_CLASS = "B0"

GRID_LEADER = "grid_leader"  # 网格长 of the case's grid, or of one above it
IS_DONE, IS_SKIPPED = "done", "skipped"  # what is said of a step that asks nothing
LIMIT_CODES = frozenset({"urgent_hour", "work_hour", "work_day", "natural_day"})


def raised_by_devices(code: str) -> bool:
    """Return whether cases of a category come from devices alone."""
    return code.startswith(_DEVICE_CLASS)


@dataclass(frozen=True, kw_only=True, slots=True)
class FilingStandard:
    """One condition under which a case of a category is filed, with its limit.

    Attributes:
        standard_id: Unique, such as "7002-1".
        condition: 立案条件.
        limit_code: Time unit of the limit, one of `LIMIT_CODES`.
        limit_value: How many of them, from dispatch on.
        close_condition: 结案条件.
        first_minutes: A shorter first target, or None.
        first: The stage it is of: "arrive", or "contact": a call, an answer, a look
            through a camera, a report upward.
    """

    standard_id: str
    condition: str
    limit_code: str
    limit_value: float
    close_condition: str = ""
    first_minutes: int | None = None
    first: str = "arrive"


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """One kind of case.

    Attributes:
        code: Four characters, such as "B001".
        name_zh: 烟感报警.
        name_en: smoke.
        severity: 1 (危及生命) to 4 (常规).
        department: Who answers for it unless a rule of the town says otherwise.
        standards: Filing standards, the usual one first.
        helpers: Who has a hand in it besides, 协办.
    """

    code: str
    name_zh: str
    name_en: str
    severity: int
    department: str
    standards: tuple[FilingStandard, ...]
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryClass:
    """A class of categories, as a menu groups them: 10 矛盾纠纷."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StepAnswer:
    """One answer to a step that asks something.

    Attributes:
        answer_id: A word without blanks, such as "yes".
        name_zh: 是.
        name_en: Yes.
    """

    answer_id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcedureStep:
    """One thing that is done about a case of some kind.

    Attributes:
        step_id: A word without blanks, such as "call".
        name_zh: 致电户主.
        name_en: call the household.
        required: The case is not closed before it was done, or skipped with a reason.
        moment: The moment of a case that says by itself that it was done, such as
            "arrived"; "": somebody says so.
        answers: Of a question, which is done by one of them; none: it is no question.
        when: What has to be said of earlier steps before this one is the case's: an
            answer, or `IS_DONE` or `IS_SKIPPED`; all of it.
    """

    step_id: str
    name_zh: str
    name_en: str
    required: bool = False
    moment: str = ""
    answers: tuple[StepAnswer, ...] = ()
    when: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    """What is done about cases of a kind, in order.

    Attributes:
        category: Of categories whose code begins so; the longest that fits holds.
        steps: Each once.
    """

    category: str
    steps: tuple[ProcedureStep, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Retention:
    """How long a profile keeps what only grows; cases, logs and alarms are kept.

    Attributes:
        changes_days: Changes; a desk that was away for longer begins with a snapshot.
        positions_days: Where people were.
        readings_days: What sensors measured.
    """

    changes_days: float = 7
    positions_days: float = 90
    readings_days: float = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """How soon after its signal a moment of a case should come, in seconds.

    Each has four values, for severity 1 to 4; None: nothing is promised.

    Attributes:
        on_screen_s: It stands on a desk's screen.
        dispatched_s: Somebody is sent.
        arrived_s: Somebody is there.
    """

    on_screen_s: tuple[float | None, ...] = (1, 1, 1, 1)
    dispatched_s: tuple[float, ...] = (60, 600, 1800, 86400)
    arrived_s: tuple[float | None, ...] = (900, 7200, None, None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Online:
    """How soon what is reported online is answered and solved.

    Attributes:
        channels: What counts as online.
        answer: Until somebody has answered.
        solve: Until it is solved.
        hard: Until a hard one is; what cannot be solved is explained.
        hard_categories: Which kinds are hard.
    """

    channels: tuple[str, ...]
    answer: Limit
    solve: Limit
    hard: Limit
    hard_categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectRule:
    """紧急直报: which cases go straight to whom.

    Attributes:
        grid: Of grids whose code begins so; "" for all.
        category: Of categories whose code begins so; "" for all.
        severity: Of this severity or a graver one.
        level: Up to where they go: one of `case_states.LEVELS`.
        copies: The departments that are told besides.
        sms: Whether the responsible leader gets a text message.
    """

    severity: int
    grid: str = ""
    category: str = ""
    level: str = "town"
    copies: tuple[str, ...] = ()
    sms: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteRule:
    """Who answers for cases that go elsewhere than to the department of their kind.

    Attributes:
        to: A department, or `GRID_LEADER`.
        grid: Of grids whose code begins so; "" for all.
        category: Of categories whose code begins so; "" for all.
        severities: Of these severities; none: of all.
        joint: Only what more than one department has a hand in.
    """

    to: str
    grid: str = ""
    category: str = ""
    severities: tuple[int, ...] = ()
    joint: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillRule:
    """Whose trade cases are besides the departments of their kind.

    Attributes:
        category: Of categories whose code begins so.
        roles: Words that the role of such a unit holds: 微型消防站, 志愿者.
    """

    category: str
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AdmitRule:
    """准入清单: what may be sent to a community; all else is sent with a warning.

    Attributes:
        to: The community, as a department is named.
        categories: What may be: categories whose code begins with one of these.
    """

    to: str
    categories: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What a town counts, caps and reminds of; the figures differ between towns.

    Attributes:
        stages: Limits of stages by their word, one for all or one for each severity.
        within: How long any handling may take at most, or None.
        remind: Stages that are reminded of.
        before: Reminders before the deadline: "half", "four_fifths", "day_before".
        yellow: How long after the deadline 黄牌 is shown, or None: by hand alone.
        red: The same of 红牌.
        extensions: How many times 延期 is granted.
        suspensions: How many times 挂账 is.
        suspend_days: For how long at most.
        reopen_hours: How long after closing 重办 is possible.
        merge_m: How far apart what is 合并 may lie, in metres.
        merge_hours: And in time.
        kindred: Kinds that may be of one matter all the same, group by group.
        enquiries: Categories that are answered on the spot, 当场答复.
        online: What is promised for reports made online, or None.
        direct: 紧急直报.
        routes: Who answers for what, the first that fits; else the kind says it.
        skills: Whose trade what is; all that fit.
        admits: What may be sent to communities; who is not named takes everything.
    """

    stages: dict[str, tuple[Limit | None, ...]] = field(default_factory=dict)
    within: Limit | None = None
    remind: tuple[str, ...] = ("handle",)
    before: tuple[str, ...] = ("half", "four_fifths", "day_before")
    yellow: Limit | None = None
    red: Limit | None = None
    extensions: int = 2
    suspensions: int = 1
    suspend_days: int = 365
    reopen_hours: float = 72
    merge_m: float = 200
    merge_hours: float = 24
    kindred: tuple[tuple[str, ...], ...] = ()
    enquiries: tuple[str, ...] = ("A001",)
    online: Online | None = None
    direct: tuple[DirectRule, ...] = (DirectRule(severity=1),)
    routes: tuple[RouteRule, ...] = ()
    skills: tuple[SkillRule, ...] = ()
    admits: tuple[AdmitRule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """All categories of a profile.

    Attributes:
        name: The profile's name, by which it is asked for.
        title_zh: Whose rules they are.
        title_en: The same in English.
        classes: Groups, in order.
        categories: Kinds of cases, in order.
        retention: How long what only grows is kept.
        targets: How soon each moment of a case should come.
        directing_roles: Roles of people who direct: sent where nobody else is free.
        rules: What is counted, capped and reminded of.
        procedures: What is done about cases, by their kind.
        watch: What follows from devices' readings.
        former: Categories that only other profiles have: none is chosen for a new case,
            and one that was begun under them is brought to its end.
    """

    name: str
    classes: tuple[CategoryClass, ...]
    categories: tuple[Category, ...]
    title_zh: str = ""
    title_en: str = ""
    retention: Retention = Retention()
    targets: Targets = Targets()
    directing_roles: tuple[str, ...] = ()
    rules: Rules = Rules()
    procedures: tuple[Procedure, ...] = ()
    watch: Watch = field(default_factory=Watch)
    former: tuple[Category, ...] = ()

    @cached_property
    def _by_code(self) -> dict[str, Category]:
        return {category.code: category for category in self.categories}

    @cached_property
    def _former(self) -> dict[str, Category]:
        return {category.code: category for category in self.former}

    @cached_property
    def _standards(self) -> dict[str, FilingStandard]:
        return {
            standard.standard_id: standard
            for category in (*self.former, *self.categories)
            for standard in category.standards
        }

    def find(self, code: str) -> Category | None:
        """Return a category, or None where the profile has none of that code."""
        return self._by_code.get(code)

    def category(self, code: str) -> Category:
        """Return a category, one of another profile too.

        A code that no profile has any more is shown as it is: an old case must stay
        readable.
        """
        found = self._by_code.get(code) or self._former.get(code)
        if found is not None:
            return found
        return Category(
            code=code,
            name_zh=code,
            name_en=code,
            severity=3,
            department="",
            standards=(),
        )

    def steps_of(self, code: str) -> tuple[ProcedureStep, ...]:
        """Return what is done about a case of a category, in order."""
        fitting = (each for each in self.procedures if code.startswith(each.category))
        found = max(fitting, key=lambda each: len(each.category), default=None)
        return () if found is None else found.steps

    def standard(self, standard_id: str) -> FilingStandard | None:
        """Return a filing standard, or None where the profile has none of it."""
        return self._standards.get(standard_id)
