"""What is wrong with the channels of server.yaml: missing, shut to the bot, open to the wrong people."""

from collections.abc import Iterator, Mapping

from bot.chat.render.text import listing
from bot.chat.setup.server import EVERYONE, Channel, DiscordServer, Kind, Permission
from bot.domain.event import Server
from bot.domain.finding import Finding, Level

#: What does not happen without the channel of a purpose.
_LOST = {
    "announcements": "dates and changes are told to nobody",
    "schedule": "sessions are announced to nobody",
    "organizers": "organizers are not told what failed and who did what",
    "general": "nobody can share an answer there",
    "posters": "posters have no place of their own",
    "questions": "questions have no place of their own",
    "conduct": "what people report reaches the committee by direct message alone",
}
_SAID = frozenset({Kind.TEXT, Kind.ANNOUNCEMENT})
#: Purposes of private channels -> whose roles may not see them, organizers apart; None: all but their own.
_SHUT_TO: Mapping[str, frozenset[str] | None] = {
    **dict.fromkeys(("organizers", "conduct", "reviewers", "chairs")),
    **dict.fromkeys(("authors", "speakers"), frozenset({"attendees", "remind"})),
}
_TO_SPEAK = (Permission.VIEW, Permission.SEND, Permission.HISTORY, Permission.EMBED, Permission.ATTACH)
#: In a forum Discord calls the right to send messages another name.
_CREATE_POSTS = "Create Posts"


def channel_findings(server: Server, there: DiscordServer) -> Iterator[Finding]:
    """All that concerns channels, in the order of server.yaml."""
    if "organizers" not in server.channels:
        yield Finding(
            Level.WARNING,
            f"server.yaml names no channel for organizers: {lost('organizers')}.",
            "Create a private channel, and write its name into server.yaml: channels, organizers.",
        )
    for purpose, name in server.channels.items():
        channel = used(server, there, purpose)
        if channel is None:
            yield _missing(purpose, name, there)
            continue
        yield from _doubled(purpose, channel, there)
        yield from _permissions(purpose, channel)
        yield from _kind(purpose, channel, there)
        yield from _tags(purpose, channel)
        yield from _readers(server, purpose, channel)


def used(server: Server, there: DiscordServer, purpose: str) -> Channel | None:
    """The channel that the bot uses for a purpose; None where there is none."""
    name = server.channels.get(purpose)
    return there.channel(name, _kinds(purpose)) if name is not None else None


def _kinds(purpose: str) -> frozenset[Kind]:
    return _SAID | {Kind.FORUM} if purpose == "posters" else _SAID


def lost(purpose: str) -> str:
    """What does not happen without the channel of a purpose."""
    return _LOST.get(purpose, f"what is meant for {purpose} is told to nobody")


def _missing(purpose: str, name: str, there: DiscordServer) -> Finding:
    if any(channel.name == name for channel in there.channels):
        return Finding(
            Level.PROBLEM,
            f"#{name} ({purpose}) is no text channel: {lost(purpose)}.",
            "Create a text channel of that name, or write another channel's name into server.yaml.",
        )
    return Finding(
        Level.PROBLEM,
        f"There is no channel #{name} ({purpose}): {lost(purpose)}.",
        "Create it with the + in the channel list, or write the right name into server.yaml.",
    )


def _doubled(purpose: str, channel: Channel, there: DiscordServer) -> Iterator[Finding]:
    if sum(one.name == channel.name and one.kind in _kinds(purpose) for one in there.channels) > 1:
        yield Finding(
            Level.WARNING,
            f"Several channels are called #{channel.name} ({purpose}): the bot uses the first.",
            "Give the others another name: Edit Channel, Overview.",
        )


def _permissions(purpose: str, channel: Channel) -> Iterator[Finding]:
    """In a forum the bot writes in threads, and looks after them; cases have private ones."""
    threads = channel.kind is Kind.FORUM or purpose == "conduct"
    wanted = (*_TO_SPEAK, *((Permission.SEND_IN_THREADS,) if threads else ()))
    wanted += (Permission.PRIVATE_THREADS,) if purpose == "conduct" else ()
    lacking = [_named(one, channel) for one in wanted if one not in channel.allowed]
    where = f"#{channel.name} ({purpose})"
    fix = "Edit Channel, Permissions, add the bot's role, and allow it."
    if lacking:
        yield Finding(Level.PROBLEM, f"In {where} the bot lacks {listing(lacking)}: {lost(purpose)}.", fix)
    elif threads and Permission.MANAGE_THREADS not in channel.allowed:
        means = "a thread that somebody closed stays closed"
        yield Finding(Level.WARNING, f"In {where} the bot lacks {Permission.MANAGE_THREADS}: {means}.", fix)


def _named(permission: Permission, channel: Channel) -> str:
    return _CREATE_POSTS if channel.kind is Kind.FORUM and permission is Permission.SEND else permission


def _kind(purpose: str, channel: Channel, there: DiscordServer) -> Iterator[Finding]:
    """Publishing one's own messages in an announcement channel takes no more than to send them (Discord, Crosspost)."""
    community = "" if "COMMUNITY" in there.features else "Server Settings, Enable Community. Then: "
    if purpose == "announcements" and channel.kind is Kind.TEXT:
        yield Finding(
            Level.OPTIONAL,
            f"#{channel.name} (announcements) is a text channel: other servers cannot follow it.",
            f"{community}Edit Channel, Overview, Announcement Channel.",
        )
    if purpose == "posters" and channel.kind is not Kind.FORUM:
        yield Finding(
            Level.WARNING,
            f"#{channel.name} (posters) is no forum: posters cannot be browsed by topic there.",
            f"{community}Create a forum channel, and give it that name.",
        )


def _tags(purpose: str, channel: Channel) -> Iterator[Finding]:
    """Nothing else needs that right, so whoever adds the tags by hand need not give it."""
    if channel.kind is Kind.FORUM and Permission.MANAGE_CHANNELS not in channel.allowed:
        yield Finding(
            Level.OPTIONAL,
            f"In #{channel.name} ({purpose}) the bot lacks {Permission.MANAGE_CHANNELS}: it cannot add topics as tags.",
            "Edit Channel, Permissions, add the bot's role, and allow it. Or add the tags by hand.",
        )


def _readers(server: Server, purpose: str, channel: Channel) -> Iterator[Finding]:
    if purpose in _SHUT_TO:
        yield from _too_open(server, purpose, channel, _SHUT_TO[purpose])
    elif purpose == "attendees" and "attendees" in server.roles:
        yield from _too_open(server, purpose, channel, frozenset())
    elif purpose in ("announcements", "schedule"):
        yield from _too_shut(server, purpose, channel)


def _too_open(server: Server, purpose: str, channel: Channel, shut_to: frozenset[str] | None) -> Iterator[Finding]:
    meant = {server.roles.get(circle) for circle in (purpose, "organizers")}
    outside = {name for circle, name in server.roles.items() if shut_to is None or circle in shut_to} - meant
    who = "everybody" if EVERYONE in channel.readers else listing(sorted(outside & channel.readers))
    if who:
        yield Finding(
            Level.PROBLEM,
            f"#{channel.name} ({purpose}) is open to {who}: what is not meant for them can be read.",
            "Edit Channel, Permissions, switch on Private Channel, and add only who is meant and the bot's role.",
        )


def _too_shut(server: Server, purpose: str, channel: Channel) -> Iterator[Finding]:
    """Where the event names a role for attendees, it is enough that those see it."""
    if EVERYONE not in channel.readers and server.roles.get("attendees") not in channel.readers:
        yield Finding(
            Level.WARNING,
            f"#{channel.name} ({purpose}) is not open to everybody: who does not see it is not reminded.",
            "Edit Channel, Permissions, switch off Private Channel.",
        )
