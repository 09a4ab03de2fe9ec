"""What an organizer can choose for an announcement: whom it is for, where it goes, whom it mentions."""

from collections.abc import Iterator

import discord
from msgspec import Struct
from msgspec.structs import replace

from bot.domain.agenda import Star, StarKind, standing_for
from bot.domain.announce.announcement import Audience, Content, Mention, Whom
from bot.domain.people import Group
from bot.domain.program import Program

#: Purposes of channels in which nothing is announced.
_QUIET = frozenset({"conduct", "posters", "questions"})
#: Roles that are circles, with the name that an audience of them has.
_CIRCLES = {Whom.SPEAKERS: Group.SPEAKERS, Whom.AUTHORS: Group.AUTHORS}
#: What the value of a place ends with where direct messages go out, too.
_COPIES = "+"
_ROLE = "role:"


class Chosen(Struct, frozen=True):
    """An entry of a menu: ``value`` says it in a few characters."""

    value: str
    label: str
    detail: str = ""


def role_of(guild: discord.Guild, program: Program, purpose: str) -> discord.Role | None:
    """The role that server.yaml names for a purpose, if the server has it."""
    name = program.server.roles.get(purpose)
    return next((role for role in guild.roles if name and role.name == name), None)


def place_channel(guild: discord.Guild, program: Program, place: str | None) -> discord.TextChannel | None:
    """The text or announcement channel that server.yaml names for a purpose, if the server has it."""
    name = program.server.channels.get(place or "")
    return next((one for one in guild.text_channels if name and one.name == name), None)


def about(record: str | None, program: Program) -> Audience:
    """Everyone, with a session or poster at hand whose stars can be chosen."""
    if record and record in program.session_by_id:
        found = standing_for(program, program.session_by_id[record])
        # Thousands of posters may be shown in one session: who wants one of them is not meant by it.
        stars = tuple(star for star in found if star.kind is not StarKind.POSTER)
        return Audience(stars=stars, record=record)
    if record and record in program.poster_by_id:
        return Audience(stars=(Star(StarKind.POSTER, record),), record=record)
    return Audience()


def audiences(content: Content, guild: discord.Guild, program: Program) -> Iterator[Chosen]:
    """The likeliest first. A circle is offered where the server has its role."""
    yield Chosen(Whom.EVERYONE, "Everyone")
    yield Chosen(Whom.IN_PERSON, "In person", "Those who said in /settings that they are there")
    yield Chosen(Whom.ONLINE, "Online", "Those who said in /settings that they follow online")
    if (title := record_title(content.audience.record, program)) is not None:
        yield Chosen(Whom.STARRED, "Those who have it in their agenda", title)
    for whom, group in _CIRCLES.items():
        if role_of(guild, program, group) is not None:
            yield Chosen(whom, group.capitalize())
    for purpose, name in program.server.roles.items():
        if purpose not in (*_CIRCLES.values(), "remind") and (role := role_of(guild, program, purpose)) is not None:
            yield Chosen(f"{_ROLE}{role.id}", f"Role {name}")


def record_title(record: str | None, program: Program) -> str | None:
    if record and record in program.session_by_id:
        return program.session_by_id[record].title
    return program.poster_by_id[record].title if record and record in program.poster_by_id else None


def audience_value(content: Content) -> str:
    """The value that ``audiences`` has for what is chosen now."""
    audience = content.audience
    return f"{_ROLE}{audience.role}" if audience.whom is Whom.ROLE else audience.whom.value


def with_audience(content: Content, value: str, guild: discord.Guild, program: Program) -> Content:
    """Another audience, the place that fits it, and nobody mentioned."""
    kept = content.audience
    if value.startswith(_ROLE):
        role = guild.get_role(int(value.removeprefix(_ROLE)))
        audience = replace(kept, whom=Whom.ROLE, role=role.id if role else None)
        place = _own_place(program, role.name if role else "")
    elif (whom := Whom(value)) in _CIRCLES:
        role = role_of(guild, program, _CIRCLES[whom])
        audience = replace(kept, whom=whom, role=role.id if role else None)
        place = _own_place(program, role.name if role else "")
    else:
        # Of everybody, those can be mentioned who asked to be reminded.
        role = role_of(guild, program, "remind")
        audience = replace(kept, whom=whom, role=role.id if role and whom is Whom.EVERYONE else None)
        place = None if whom is Whom.STARRED else _public_place(program)
    return replace(content, audience=audience, place=place, copies=True, mention=Mention.NOBODY)


def _public_place(program: Program) -> str | None:
    """Where everybody is told."""
    return next((purpose for purpose in ("announcements", "schedule") if purpose in program.server.channels), None)


def _own_place(program: Program, role: str) -> str | None:
    """The channel of a circle, where it has one of its own: elsewhere others would read along."""
    purposes = [purpose for purpose, name in program.server.roles.items() if name == role]
    return next((purpose for purpose in purposes if purpose in program.server.channels), None)


def places(guild: discord.Guild, program: Program) -> Iterator[Chosen]:
    for purpose in program.server.channels:
        if purpose not in _QUIET and (channel := place_channel(guild, program, purpose)) is not None:
            yield Chosen(f"{purpose}{_COPIES}", f"#{channel.name} and direct messages")
            yield Chosen(purpose, f"#{channel.name} alone")
    yield Chosen(_COPIES, "Direct messages alone", "To those of the audience who asked for them in /settings")


def place_value(content: Content) -> str:
    return (content.place or "") + (_COPIES if content.copies else "")


def with_place(content: Content, value: str) -> Content:
    place = value.removesuffix(_COPIES) or None
    mention = content.mention if place else Mention.NOBODY
    return replace(content, place=place, copies=value.endswith(_COPIES), mention=mention)


def mentions(content: Content, guild: discord.Guild) -> Iterator[Chosen]:
    """None to choose from where nothing is posted in a channel."""
    if content.place is None:
        return
    yield Chosen(Mention.NOBODY, "Nobody")
    role = guild.get_role(content.audience.role) if content.audience.role else None
    if role is not None:
        yield Chosen(Mention.ROLE, f"The role {role.name}")
    if content.audience.whom is Whom.EVERYONE:
        yield Chosen(Mention.EVERYONE, "Everyone", "Everybody who reads the channel is notified")
