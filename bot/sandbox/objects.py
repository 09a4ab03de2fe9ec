"""Accounts, members, roles and guilds as JSON, the way Discord sends them."""

from datetime import UTC, datetime

from bot.sandbox.channel_objects import channel_json
from bot.sandbox.dispatch import Intent
from bot.sandbox.permissions import may_view
from bot.sandbox.state import Guild, Json, Member, Role, User
from bot.sandbox.world import World

#: https://discord.com/developers/docs/resources/application#application-object-application-flags
_APPLICATION_FLAGS = {1 << 8: 1 << 13, 1 << 1: 1 << 15, 1 << 15: 1 << 19}


def iso(instant: datetime) -> str:
    """An instant as Discord writes it: UTC, microseconds, "+00:00"."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def user_json(user: User) -> Json:
    data: Json = {
        "id": str(user.id),
        "username": user.name,
        "avatar": None,
        "discriminator": "0" if not user.bot else "0000",
        "public_flags": 0,
        "flags": 0,
        "global_name": None if user.bot else user.display_name,
        "primary_guild": None,
        "avatar_decoration_data": None,
        "collectibles": None,
    }
    if user.bot:
        # A bot has no display name of its own; its account name is what people read.
        data["username"] = user.display_name
        data["bot"] = True
    return data


def own_user_json(user: User) -> Json:
    """The account as it sees itself (``/users/@me``)."""
    return user_json(user) | {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None}


def member_json(member: Member, *, with_user: bool = True) -> Json:
    data: Json = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": iso(member.timed_out_until) if member.timed_out_until else None,
        "flags": 0,
        "joined_at": iso(member.joined_at),
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role_id) for role_id in member.role_ids],
        "mute": False,
        "deaf": False,
    }
    if with_user:
        data["user"] = user_json(member.user)
    return data


def role_json(role: Role) -> Json:
    data: Json = {
        "id": str(role.id),
        "name": role.name,
        "description": None,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": role.color,
        "colors": {"primary_color": role.color, "secondary_color": None, "tertiary_color": None},
        "hoist": role.hoist,
        "managed": role.managed_by is not None,
        "mentionable": role.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if role.managed_by is not None:
        data["tags"] = {"bot_id": str(role.managed_by)}
    return data


def guild_json(guild: Guild, *, with_counts: bool = False) -> Json:
    data: Json = {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": list(guild.features),
        "banner": None,
        "owner_id": str(guild.owner_id),
        "application_id": None,
        "region": "us-west",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role_json(role) for role in guild.roles.values()],
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": guild.premium_tier,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }
    if with_counts:
        data["approximate_member_count"] = len(guild.members)
        data["approximate_presence_count"] = len(guild.members)
    return data


def guild_create_json(world: World, guild: Guild, *, with_members: bool) -> Json:
    """GUILD_CREATE: the guild with its channels, the active threads that the bot may view, events, and members (only
    the bot's own, unless it has the members intent)."""
    bot = guild.members[world.bot.id]
    members = list(guild.members.values()) if with_members else [bot]
    return guild_json(guild) | {
        "joined_at": iso(bot.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [member_json(member) for member in members],
        "channels": [channel_json(channel) for channel in guild.channels.values() if channel.thread is None],
        "threads": [
            channel_json(channel, reader_id=bot.id)
            for channel in guild.threads()
            if channel.thread and not channel.thread.archived and may_view(guild, channel, bot)
        ],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": list(guild.events.values()),
        "soundboard_sounds": [],
    }


def members_chunk(world: World, asked: Json, intents: int) -> Json | None:
    """GUILD_MEMBERS_CHUNK: the members asked for by ids or by the beginning of their names, in one piece; None when
    all are asked for without the members intent."""
    guild = world.guilds.get(int(asked.get("guild_id") or 0))
    ids = asked.get("user_ids") or []
    wanted = {int(one) for one in (ids if isinstance(ids, list) else [ids])}
    beginning = str(asked.get("query") or "").casefold()
    if guild is None or not (wanted or beginning or intents & Intent.GUILD_MEMBERS):
        return None
    found = [
        member_json(member)
        for member in guild.members.values()
        if (member.id in wanted if wanted else member.user.name.casefold().startswith(beginning))
    ]
    return {
        "guild_id": str(guild.id),
        "members": found[: asked.get("limit") or None],
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": [str(one) for one in sorted(wanted - guild.members.keys())],
        "nonce": asked.get("nonce"),
    }


def application_json(world: World) -> Json:
    """The bot's application as ``/applications/@me`` shows it."""
    flags = sum(flag for intent, flag in _APPLICATION_FLAGS.items() if world.privileged_intents & intent)
    owner = world.users[world.guild.owner_id] if world.guilds else world.bot
    return {
        "id": str(world.application_id),
        "name": world.bot.display_name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_json(world.bot),
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_json(owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "bot_public": True,
        "bot_require_code_grant": False,
        "rpc_origins": [],
        "integration_types_config": {
            "0": {"oauth2_install_params": {"scopes": ["applications.commands", "bot"], "permissions": "0"}}
        },
    }
