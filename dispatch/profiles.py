"""Profiles: named sets of categories and rules, read from data and checked.

The data stands in `resources/profiles/NAME.json`. A profile may extend another: then it
holds only what it changes. Its rules replace those of the same name, its categories and
procedures those of the same code, and what it `watch`es is altered by the rules' ids;
classes that it is `without` are left out with what is theirs. Its `remarks` are for
people.
"""

from dataclasses import fields, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import msgspec

from dispatch import rules
from dispatch.case_states import LEVELS
from dispatch.course import Limit, Stage
from dispatch.moments import Moment
from dispatch.profile_use import DEFAULT, ProfileUse
from dispatch.rule_changes import with_changes
from dispatch.stages import DAY_BEFORE, FOUR_FIFTHS, HALF
from dispatch.taxonomy import (
    IS_DONE,
    IS_SKIPPED,
    LIMIT_CODES,
    Category,
    ProcedureStep,
    Rules,
    Taxonomy,
)

CORE = "core"

_KEYS = {f.name for f in fields(Taxonomy)} - {"former"} | {
    *("extends", "without"),
    "remarks",  # for who reads the file: where its figures come from, what is not known
}
_RULES = {field.name for field in fields(Rules)}
_STAGES = {stage.value for stage in Stage}
_BEFORE = {HALF, FOUR_FIFTHS, DAY_BEFORE}
_MOMENTS = {moment.value for moment in Moment} | {""}


def profile_names() -> list[str]:
    """Return the profiles there are."""
    folder = resources.files("resources").joinpath("profiles")
    names = [each.name for each in folder.iterdir()]
    return sorted(n.removesuffix(".json") for n in names if n.endswith(".json"))


@cache
def load_taxonomy(profile: str = CORE) -> Taxonomy:
    """Return the categories and rules of a named profile.

    Raises:
        ValueError: There is none of that name, or its data contradicts itself; the
            sentence names the profile and what is wrong with it.
    """
    taxonomy = made(profile, _whole(profile, ()))
    return replace(taxonomy, former=_former(taxonomy))


@lru_cache(maxsize=8)
def in_use(use: ProfileUse) -> Taxonomy:
    """Return the rules a town goes by; of a profile that is gone, the default's.

    Raises:
        ValueError: As `load_taxonomy`.
    """
    name = use.profile if use.profile in profile_names() else DEFAULT
    found = load_taxonomy(name)
    if not use.altered:
        return found
    return replace(found, watch=with_changes(found.watch, use.altered, codes(found)))


def codes(taxonomy: Taxonomy) -> frozenset[str]:
    """Return the codes of the categories there are."""
    return frozenset(each.code for each in taxonomy.categories)


def _former(taxonomy: Taxonomy) -> tuple[Category, ...]:
    """Return the categories of the other profiles, each code once."""
    found: dict[str, Category] = {}
    for name in profile_names():
        for category in made(name, _whole(name, ())).categories:
            if taxonomy.find(category.code) is None:
                found.setdefault(category.code, category)
    return tuple(found.values())


def made(profile: str, data: dict[str, Any]) -> Taxonomy:
    """Return the profile that data holds, checked.

    Raises:
        ValueError: As `load_taxonomy`.
    """
    unknown = (data.keys() - _KEYS) | (data.get("rules", {}).keys() - _RULES)
    word = min(unknown, default=None) or rules.unknown_word(data.get("watch", {}))
    if word:
        raise ValueError(f"profile {profile}: nobody knows {word}")
    try:
        taxonomy = msgspec.convert(data, Taxonomy)
    except msgspec.ValidationError as error:
        raise ValueError(f"profile {profile}: {error}") from None
    try:
        check(taxonomy)
    except ValueError as error:
        raise ValueError(f"profile {profile}: {error}") from None
    return taxonomy


def _whole(profile: str, extended: tuple[str, ...]) -> dict[str, Any]:
    """Return a profile's data with what it extends."""
    if profile in extended:
        raise ValueError(f"profile {profile} extends itself")
    if profile not in profile_names():
        known = ", ".join(profile_names())
        raise ValueError(f"there is no profile {profile}; there are {known}")
    data = resources.files("resources").joinpath("profiles", f"{profile}.json")
    try:
        own: dict[str, Any] = msgspec.json.decode(data.read_bytes())
    except msgspec.DecodeError as error:
        raise ValueError(f"profile {profile}: {error}") from None
    if "extends" not in own:
        return own
    base = _whole(own["extends"], (*extended, profile))
    return extend(base, own)


def extend(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return a base with what a profile changes of it."""
    without = set(own.get("without", ()))
    new = {each["code"] for each in own.get("categories", ())}
    done = {each["category"] for each in own.get("procedures", ())}
    plain = {**base.get("rules", {}), **own.get("rules", {})}
    watch = rules.with_own(base.get("watch", {}), own.get("watch", {}))
    stages = {
        **base.get("rules", {}).get("stages", {}),
        **own.get("rules", {}).get("stages", {}),
    }
    return {
        **base,
        **own,
        "rules": {**plain, "stages": stages},
        "watch": {
            sort: [rule for rule in held if rule.get("category", "")[:2] not in without]
            for sort, held in watch.items()
        },
        "classes": [
            *(each for each in base["classes"] if each["code"] not in without),
            *own.get("classes", ()),
        ],
        "categories": [
            *(
                each
                for each in base["categories"]
                if each["code"][:2] not in without and each["code"] not in new
            ),
            *own.get("categories", ()),
        ],
        "procedures": [
            *(
                each
                for each in base.get("procedures", ())
                if each["category"][:2] not in without and each["category"] not in done
            ),
            *own.get("procedures", ()),
        ],
    }


def check(taxonomy: Taxonomy) -> None:
    """Refuse a profile that contradicts itself.

    Raises:
        ValueError: It does.
    """
    kept = taxonomy.retention
    if min(kept.changes_days, kept.positions_days, kept.readings_days) < 1:
        raise ValueError("what is kept, is kept for a day at least")
    soon = taxonomy.targets
    for values in (soon.on_screen_s, soon.dispatched_s, soon.arrived_s):
        if len(values) != 4 or any(each is not None and each <= 0 for each in values):
            raise ValueError("a target has four times, one for each severity")
    _check_categories(taxonomy)
    _check_procedures(taxonomy)
    _check_rules(taxonomy)
    rules.check(taxonomy.watch, codes(taxonomy))


def _check_categories(taxonomy: Taxonomy) -> None:
    if not taxonomy.categories:
        raise ValueError("a profile has a category, and of what class it is")
    classes = {group.code for group in taxonomy.classes}
    seen: set[str] = set()
    for category in taxonomy.categories:
        if category.code in seen or category.code[:2] not in classes:
            raise ValueError(f"category {category.code} is double or has no class")
        seen.add(category.code)
        if not 1 <= category.severity <= 4 or not category.standards:
            raise ValueError(f"category {category.code} lacks severity or standard")
        for standard in category.standards:
            if standard.limit_code not in LIMIT_CODES or standard.limit_value <= 0:
                raise ValueError(f"standard {standard.standard_id} has no limit")
            if standard.first not in (Stage.ARRIVE, Stage.CONTACT):
                raise ValueError(
                    f"standard {standard.standard_id}: first {standard.first}"
                )
            if standard.standard_id in seen:
                raise ValueError(f"standard {standard.standard_id} is double")
            seen.add(standard.standard_id)


def _check_procedures(taxonomy: Taxonomy) -> None:
    codes = [category.code for category in taxonomy.categories]
    seen: set[str] = set()
    for each in taxonomy.procedures:
        kind = each.category
        if kind in seen or not any(code.startswith(kind) for code in codes):
            raise ValueError(f"procedure {kind} is double or of no category")
        seen.add(kind)
        ids = [step.step_id for step in each.steps]
        if not ids or len(ids) != len(set(ids)):
            raise ValueError(f"procedure {kind} has no steps, or one twice")
        for step in each.steps:
            if step.step_id.split() != [step.step_id] or step.moment not in _MOMENTS:
                raise ValueError(f"procedure {kind}: step {step.step_id!r} is none")
        try:
            _check_branches(each.steps)
        except ValueError as error:
            raise ValueError(f"procedure {kind}: {error}") from None


def _check_branches(steps: tuple[ProcedureStep, ...]) -> None:
    """Refuse a question without answers, and a branch that nothing before leads to.

    A condition looks only back, so there is no circle.
    """
    all_ids = {step.step_id for step in steps}
    before: dict[str, set[str]] = {}
    for step in steps:
        answers = [each.answer_id for each in step.answers]
        words = {*answers} - {IS_DONE, IS_SKIPPED}
        if answers and (
            step.moment
            or not len(answers) == len(words) >= 2
            or any(word.split() != [word] for word in words)
        ):
            raise ValueError(
                f"{step.step_id!r} asks, and has not two answers or more, each once"
            )
        for asked, said in step.when.items():
            if asked not in all_ids:
                raise ValueError(f"{step.step_id!r} asks about {asked!r}: no such step")
            if asked not in before:
                raise ValueError(f"{asked!r} does not come before {step.step_id!r}")
            if said not in before[asked]:
                raise ValueError(f"{asked!r} is never {said!r}: {step.step_id!r}")
        before[step.step_id] = {*(words or {IS_DONE}), IS_SKIPPED}


def _check_rules(taxonomy: Taxonomy) -> None:
    said = taxonomy.rules
    online = said.online
    limits: list[tuple[str, Limit | None]] = [
        ("within", said.within),
        ("yellow", said.yellow),
        ("red", said.red),
    ]
    for stage, by_severity in said.stages.items():
        if stage not in _STAGES:
            raise ValueError(f"there is no stage {stage}")
        if len(by_severity) not in (1, 4):
            raise ValueError(f"stage {stage} has one limit, or one for each severity")
        limits += [(stage, each) for each in by_severity]
    hard: tuple[str, ...] = ()
    if online is not None:
        hard = online.hard_categories
        limits += [
            ("online", each) for each in (online.answer, online.solve, online.hard)
        ]
        if not online.channels:
            raise ValueError("online: no channel is named")
    for what, limit in limits:
        if limit is not None and (limit.code not in LIMIT_CODES or limit.value <= 0):
            raise ValueError(f"{what}: {limit.value:g} {limit.code} is no limit")
    for code in (*hard, *said.enquiries):
        if taxonomy.find(code) is None:
            raise ValueError(f"there is no category {code}")
    for word in (*said.remind, *said.before):
        if word not in _STAGES | _BEFORE:
            raise ValueError(f"nobody reminds of {word}")
    for rule in said.direct:
        if rule.level not in LEVELS or not 1 <= rule.severity <= 4:
            raise ValueError(f"a direct report goes to no level {rule.level}")
        known = [each.code.startswith(rule.category) for each in taxonomy.categories]
        if not any(known) or not all(rule.copies):
            raise ValueError(
                f"a direct report of {rule.category!r} fits no case, or is nobody's copy"
            )
    for route in said.routes:
        known = [each.code.startswith(route.category) for each in taxonomy.categories]
        if not route.to or not any(known) or not {1, 2, 3, 4} >= {*route.severities}:
            raise ValueError(f"a route to {route.to!r} fits no case")
    for skill in said.skills:
        known = [each.code.startswith(skill.category) for each in taxonomy.categories]
        if not any(known) or not skill.roles or not all(skill.roles):
            raise ValueError(f"a skill for {skill.category!r} fits no case, or nobody")
    for admit in said.admits:
        codes = [each.code for each in taxonomy.categories]
        known = [any(c.startswith(each) for c in codes) for each in admit.categories]
        if not admit.to or not known or not all(known):
            raise ValueError(f"what {admit.to!r} takes fits no case")
    least = min(said.extensions, said.suspensions, said.suspend_days)
    if least < 0 or min(said.reopen_hours, said.merge_m, said.merge_hours) < 0:
        raise ValueError("a cap is not below zero")
