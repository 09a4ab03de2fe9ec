"""Worlds as they are described, and the ids in them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox import ChannelSpec, PersonSpec, RoleSpec, World
from bot.sandbox.permissions import Permission, channel_permissions
from bot.sandbox.snowflake import Snowflakes, snowflake_at, snowflake_time
from bot.sandbox.state import ChannelType

from .live import make_world


def may(world: World, person: str, channel: str) -> Permission:
    guild = world.guild
    return channel_permissions(guild, world.channel_named(channel), guild.members[world.person(person).id])


def test_same_description_gives_the_same_ids() -> None:
    one, other = make_world(), make_world()
    assert (list(one.channels), list(one.users)) == (list(other.channels), list(other.users))


def test_roles_stand_in_the_order_given_below_the_bot() -> None:
    roles = sorted(make_world().guild.roles.values(), key=lambda role: -role.position)
    assert [role.name for role in roles] == ["Administrator", "Usher", "organizer", "speaker", "@everyone"]


@pytest.mark.parametrize(
    ("person", "channel", "needed", "expected"),
    [
        ("attendee", "general", Permission.SEND_MESSAGES, True),
        ("attendee", "announcements", Permission.VIEW_CHANNEL, True),
        ("attendee", "announcements", Permission.SEND_MESSAGES, False),
        ("Usher", "announcements", Permission.SEND_MESSAGES, True),
        ("attendee", "organizers", Permission.VIEW_CHANNEL, False),
        ("Usher", "organizers", Permission.SEND_MESSAGES, True),
        ("olga", "organizers", Permission.SEND_MESSAGES, True),
        ("attendee", "general", Permission.MENTION_EVERYONE, False),
        ("olga", "general", Permission.MANAGE_GUILD, True),
    ],
)
def test_permissions_follow_the_description(person: str, channel: str, needed: Permission, expected: bool) -> None:
    assert bool(may(make_world(), person, channel) & needed) is expected


def test_first_administrator_owns_the_guild_and_otherwise_a_further_account() -> None:
    world = make_world()
    assert world.guild.owner_id == world.person("olga").id
    empty = World.build("Empty")
    assert empty.users[empty.guild.owner_id].name == "owner"


def test_people_of_the_same_name_are_one_account_in_two_guilds() -> None:
    world = make_world()
    other = world.add_guild("Other", [RoleSpec("chair")], [ChannelSpec("lobby", "voice")], [PersonSpec("author")])
    assert world.person("author").id in other.members
    assert [channel.type for channel in other.channels.values()] == [ChannelType.VOICE]
    assert len(world.people()) == 5


def test_unknown_names_are_told() -> None:
    with pytest.raises(LookupError, match="Nobody is called 'nobody'"):
        make_world().person("nobody")
    with pytest.raises(LookupError, match="No channel is called '#nowhere' in Workshop"):
        make_world().channel_named("#nowhere")


def test_ids_grow_even_when_the_clock_is_set_back() -> None:
    now = datetime(2025, 4, 28, 9, 20, tzinfo=UTC)
    moments = iter([now, now, now - timedelta(hours=1), now + timedelta(seconds=1)])
    ids = Snowflakes(lambda: next(moments))
    made = [ids.next() for _ in range(4)]
    assert made == sorted(set(made))
    assert [snowflake_time(one) for one in made] == [now, now, now, now + timedelta(seconds=1)]
    assert snowflake_at(now) == made[0]
