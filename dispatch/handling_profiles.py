"""The handler of the profile that a town goes by."""

from dispatch import tables
from dispatch.changes import ProfileChanged
from dispatch.commands import Refused
from dispatch.handling import Means
from dispatch.profile_use import ProfileUse, UseProfile
from dispatch.profiles import profile_names
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
        profile=command.profile, at=work.told_at, actor=by.name, seat=by.seat
    )
    work.add_row(
        tables.profile_uses,
        {"at": use.at, "actor": use.actor, "seat": use.seat, "profile": use.profile},
    )
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
    return None
