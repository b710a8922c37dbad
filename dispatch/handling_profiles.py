"""The handlers of the profile that a town goes by, and of what it alters of it."""

from dataclasses import asdict, replace

from dispatch import tables
from dispatch.changes import ProfileChanged
from dispatch.commands import Refused
from dispatch.handling import Means
from dispatch.profile_use import ProfileUse, UseProfile
from dispatch.profiles import codes, profile_names
from dispatch.rule_changes import (
    RuleChange,
    SetRule,
    newest,
    not_a_rule,
    read_rule,
    with_rule,
)
from dispatch.work import UnitOfWork


def use_profile(work: UnitOfWork, command: UseProfile, _means: Means) -> object:
    """Go by another profile, and write down who said so; the same again is nothing."""
    if command.profile not in profile_names():
        known = ", ".join(profile_names())
        raise Refused(
            "profile_unknown",
            f"there is no profile {command.profile}; there are {known}",
            profile=command.profile,
            known=known,
        )
    by = command.actor
    before = work.working.profile
    if before.at is not None and before.profile == command.profile:
        return None
    use = ProfileUse(
        profile=command.profile,
        at=work.told_at,
        actor=by.name,
        seat=by.seat,
        altered=before.altered,
    )
    work.add_row(
        tables.profile_uses,
        {"at": use.at, "actor": use.actor, "seat": use.seat, "profile": use.profile},
    )
    _announce(work, command, use)
    return None


def set_rule(work: UnitOfWork, command: SetRule, means: Means) -> object:
    """Go by a rule over readings from now on; its alarms are looked over after that."""
    if command.data:
        try:
            rule = read_rule(command.sort, command.data, codes(means.taxonomy))
        except ValueError as error:
            raise not_a_rule(error) from None
        if (
            rule.rule_id != command.rule_id
            or with_rule(means.taxonomy.watch, rule) is None
        ):
            raise Refused("rule", f"{command.rule_id} is another's id")
    use, by = work.working.profile, command.actor
    change = RuleChange(
        sort=command.sort,
        rule_id=command.rule_id,
        data=command.data,
        at=work.told_at,
        actor=by.name,
        seat=by.seat,
    )
    work.add_row(tables.rule_changes, asdict(change))
    _announce(work, command, replace(use, altered=newest((*use.altered, change))))
    return None


def _announce(work: UnitOfWork, command: UseProfile | SetRule, use: ProfileUse) -> None:
    by = command.actor
    work.announce(
        lambda number: ProfileChanged(
            number=number,
            at=work.told_at,
            actor=by.name,
            seat=by.seat,
            command_id=command.command_id,
            use=use,
        )
    )
