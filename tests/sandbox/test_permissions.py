"""How roles and overwrites combine, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.permissions import (
    ALL,
    IN_A_DM,
    NONE,
    Permission,
    base_permissions,
    channel_permissions,
    may_view,
    require,
    require_below,
    require_can_give,
    require_can_grant,
    require_in_guild,
    writing_permission,
)
from bot.sandbox.state import Channel, ChannelType, Guild, Member, Overwrite, OverwriteType, Role, ThreadData, User

VIEW, SEND, FILES = Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.ATTACH_FILES
IN_THREADS, ROLES = Permission.SEND_MESSAGES_IN_THREADS, Permission.MANAGE_ROLES
EVERYONE, SPEAKER, CHAIR, BOSS = 1, 2, 3, 4
OWNER, ANN = 100, 101
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def member(user_id: int, *role_ids: int) -> Member:
    return Member(User(user_id, f"user {user_id}", ""), list(role_ids), LONG_AGO)


def guild(everyone: Permission = VIEW | SEND, speaker: Permission = NONE, chair: Permission = NONE) -> Guild:
    """Roles from low to high: everyone, speaker, chair, boss (an administrator)."""
    roles = [
        Role(EVERYONE, "@everyone", int(everyone), position=0),
        Role(SPEAKER, "speaker", int(speaker), position=1),
        Role(CHAIR, "chair", int(chair), position=2),
        Role(BOSS, "boss", int(Permission.ADMINISTRATOR), position=3),
    ]
    return Guild(EVERYONE, "Workshop", OWNER, roles={role.id: role for role in roles})


def channel(*overwrites: Overwrite) -> Channel:
    return Channel(10, ChannelType.TEXT, "general", EVERYONE, overwrites={each.id: each for each in overwrites})


def role(role_id: int, *, allow: Permission = NONE, deny: Permission = NONE) -> Overwrite:
    return Overwrite(role_id, OverwriteType.ROLE, int(allow), int(deny))


def person(*, allow: Permission = NONE, deny: Permission = NONE) -> Overwrite:
    return Overwrite(ANN, OverwriteType.MEMBER, int(allow), int(deny))


def test_roles_add_up() -> None:
    place = guild(everyone=VIEW, speaker=SEND, chair=FILES)
    assert base_permissions(place, member(ANN)) == VIEW
    assert base_permissions(place, member(ANN, SPEAKER, CHAIR)) == VIEW | SEND | FILES


def test_owner_and_administrator_have_everything() -> None:
    assert base_permissions(guild(NONE), member(OWNER)) == ALL
    assert base_permissions(guild(NONE), member(ANN, BOSS)) == ALL


@pytest.mark.parametrize(
    ("overwrites", "roles", "expected"),
    [
        ([], (), VIEW | SEND),
        ([role(EVERYONE, deny=SEND)], (), VIEW),
        ([role(EVERYONE, deny=VIEW)], (), NONE),
        ([role(EVERYONE, deny=VIEW), role(SPEAKER, allow=VIEW)], (SPEAKER,), VIEW | SEND),
        ([role(EVERYONE, deny=VIEW), role(SPEAKER, allow=VIEW)], (CHAIR,), NONE),
        # Of several roles, an allowance wins over a denial, whichever stands higher.
        ([role(SPEAKER, allow=SEND), role(CHAIR, deny=SEND)], (SPEAKER, CHAIR), VIEW | SEND),
        # The member's own overwrite has the last word.
        ([role(SPEAKER, allow=SEND), person(deny=SEND)], (SPEAKER,), VIEW),
        ([role(EVERYONE, deny=VIEW), person(allow=VIEW)], (), VIEW | SEND),
        ([role(EVERYONE, deny=VIEW | SEND)], (BOSS,), ALL),
    ],
)
def test_overwrites_apply_in_discords_order(
    overwrites: list[Overwrite], roles: tuple[int, ...], expected: Permission
) -> None:
    assert channel_permissions(guild(), channel(*overwrites), member(ANN, *roles)) == expected


def test_an_overwrite_for_a_role_does_not_serve_a_member_of_the_same_id() -> None:
    place = channel(Overwrite(ANN, OverwriteType.ROLE, allow=int(FILES)))
    assert channel_permissions(guild(), place, member(ANN)) == VIEW | SEND


def test_who_may_not_write_may_not_attach_or_mention_either() -> None:
    everyone = VIEW | SEND | FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE
    assert channel_permissions(guild(everyone), channel(), member(ANN)) == everyone
    assert channel_permissions(guild(everyone), channel(role(EVERYONE, deny=SEND)), member(ANN)) == VIEW


def thread_in(parent: Channel, kind: ChannelType = ChannelType.PUBLIC_THREAD) -> tuple[Guild, Channel]:
    place = guild(VIEW | IN_THREADS)
    thread = Channel(20, kind, "questions", EVERYONE, parent_id=parent.id, thread=ThreadData(OWNER, LONG_AGO, LONG_AGO))
    place.channels = {parent.id: parent, thread.id: thread}
    return place, thread


def test_a_thread_has_its_parents_overwrites() -> None:
    place, thread = thread_in(channel(role(EVERYONE, deny=VIEW), role(SPEAKER, allow=VIEW)))
    assert channel_permissions(place, thread, member(ANN)) == NONE
    assert channel_permissions(place, thread, member(ANN, SPEAKER)) == VIEW | IN_THREADS
    assert writing_permission(thread) == IN_THREADS
    assert writing_permission(channel()) == SEND


def test_a_private_thread_is_there_for_those_in_it_and_for_moderators() -> None:
    place, thread = thread_in(channel(), ChannelType.PRIVATE_THREAD)
    assert not may_view(place, thread, member(ANN))
    assert may_view(place, thread, member(ANN, BOSS))
    assert thread.thread is not None
    thread.thread.members[ANN] = LONG_AGO
    assert may_view(place, thread, member(ANN))


def test_both_sides_of_a_dm_have_the_same_permissions() -> None:
    dm = Channel(30, ChannelType.DM, recipient_ids=(ANN, OWNER))
    assert channel_permissions(None, dm, None) == IN_A_DM
    assert not IN_A_DM & Permission.MANAGE_MESSAGES


@pytest.mark.parametrize(
    ("have", "needed", "code"),
    [
        (VIEW | SEND, SEND, None),
        (VIEW, SEND, 50013),
        (VIEW | SEND, SEND | FILES, 50013),
        (NONE, SEND, 50001),
        (SEND, SEND, 50001),
        (ALL, ALL, None),
    ],
)
def test_what_is_missing_in_a_channel_decides_the_refusal(
    have: Permission, needed: Permission, code: int | None
) -> None:
    if code is None:
        require(have, needed)
        return
    with pytest.raises(ApiError) as refusal:
        require(have, needed)
    assert (refusal.value.status, refusal.value.code) == (403, code)


def refused(check: Callable[[], None]) -> bool:
    try:
        check()
    except ApiError as refusal:
        return (refusal.status, refusal.code) == (403, 50013)
    return False


def test_managing_messages_is_not_enough_to_pin() -> None:
    assert refused(lambda: require(VIEW | Permission.MANAGE_MESSAGES, Permission.PIN_MESSAGES))
    assert int(Permission.PIN_MESSAGES) == 1 << 51


@pytest.mark.parametrize(
    ("actor", "role_id", "is_refused"),
    [
        (member(ANN, CHAIR), SPEAKER, False),
        (member(ANN, CHAIR), CHAIR, True),
        (member(ANN, CHAIR), BOSS, True),
        (member(ANN, SPEAKER), SPEAKER, True),
        (member(ANN, CHAIR), EVERYONE, True),
        (member(OWNER), BOSS, False),
        (member(ANN, BOSS), CHAIR, False),
        (member(ANN), SPEAKER, True),
    ],
)
def test_only_lower_roles_are_given(actor: Member, role_id: int, *, is_refused: bool) -> None:
    place = guild(chair=ROLES)
    assert refused(lambda: require_can_give(place, actor, place.roles[role_id])) == is_refused


def test_a_bots_own_role_is_not_given() -> None:
    place = guild(chair=ROLES)
    place.roles[SPEAKER].managed_by = 77
    assert refused(lambda: require_can_give(place, member(ANN, BOSS), place.roles[SPEAKER]))


def test_of_two_roles_at_one_position_the_older_stands_higher() -> None:
    place = guild()
    place.roles[CHAIR].position = place.roles[SPEAKER].position
    assert not refused(lambda: require_below(place, member(ANN, SPEAKER), place.roles[CHAIR]))
    assert refused(lambda: require_below(place, member(ANN, CHAIR), place.roles[SPEAKER]))


def test_only_permissions_one_has_are_handed_on() -> None:
    assert not refused(lambda: require_can_grant(VIEW | SEND, int(SEND)))
    assert refused(lambda: require_can_grant(VIEW | SEND, int(SEND | FILES)))
    assert refused(lambda: require_in_guild(VIEW, ROLES))
