"""An announcement on the screen of an organizer: a draft as its preview, all others as their receipt."""

import asyncio
import io
import math
from collections.abc import Iterator
from typing import Any

import discord
from msgspec import Struct

from bot.chat.announce import choices, preview, receipt
from bot.chat.announce.preview import Choice
from bot.chat.announce.reach import BY_ROLE, Counts, Expected, counted, direct_reach, expected
from bot.chat.answers.paging import Page
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.organizing.rights import Right, permitted
from bot.chat.render.card import Card
from bot.chat.render.layout import NO_PINGS
from bot.chat.render.notices.announcements import too_long
from bot.chat.render.text import count
from bot.domain.announce.announcement import BODY_MOST, Announcement, Content, Mention, Stage
from bot.domain.announce.faults import faults
from bot.domain.audit import ActKind
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.people import Action
from bot.domain.program import Program
from bot.storage.announce import announcements, posted
from bot.storage.database import Database, Tables

Interaction = discord.Interaction[Any]

#: Seconds for which it is remembered how many there are.
_COUNTED_FOR = 60.0
_PAGE = 8
_RIGHT = Right(
    Action.ANNOUNCE,
    ActKind.ANNOUNCE,
    "/announce",
    "Only organizers make announcements. Nothing was sent. If something is wrong, tell an organizer.",
    "Announcements are made in a server: use /announce there.",
)


class Place(Struct, frozen=True):
    """Where an organizer acts: the server, and its programme."""

    guild: discord.Guild
    program: Program


class Showing:
    """Only to organizers, only in their own server."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._db = database
        #: Guild id -> when its people were counted (monotonic seconds), and the counts.
        self._counted: dict[int, tuple[float, Counts | None]] = {}

    def place(self, interaction: Interaction) -> Place:
        """Raises NotAllowedError for whoever may not announce, UsherError outside servers."""
        _, program = permitted(interaction, self._desk, _RIGHT)
        if interaction.guild is None:
            raise UsherError("Discord has an outage in this server. Try again in a moment.")
        return Place(interaction.guild, program)

    def announcement(self, guild_id: int, lookup: Lookup) -> Announcement:
        """The one that a button names, as it is now. Raises NotFoundError."""
        number = lookup.arg(1)
        found = announcements.of_id(self._db.reader, guild_id, int(number)) if number.isdecimal() else None
        if found is None:
            raise NotFoundError("This announcement is not known any more. /announcements has all that are.")
        return found

    async def expected(self, place: Place, content: Content) -> Expected:
        """Whom it reaches as things stand."""
        counts, guild_id = await self._counts(place.guild), place.guild.id
        direct, unopened = await self._db.aside(lambda tables: direct_reach(tables, guild_id, content))
        return expected(place.guild, place.program, content, counts, direct, unopened)

    def wrong(self, place: Place, content: Content) -> list[str]:
        """What keeps it from going out, in this server and now."""
        found = faults(content, place.program, self._desk.clock.now())
        named = place.program.server.channels.get(content.place or "")
        if named is not None and choices.place_channel(place.guild, place.program, content.place) is None:
            found.append(f"There is no channel #{named} here any more. Create it, or choose another.")
        role, needed = content.audience.role, content.mention is Mention.ROLE or content.audience.whom in BY_ROLE
        if role is not None and place.guild.get_role(role) is None and needed:
            found.append("The role is not there any more. Choose once more whom it is for.")
        found += _unmentioned(place, content)
        if len(content.body) <= BODY_MOST and (excess := too_long(content, place.program)):
            found.append(f"With its markup, the message is {count(excess, 'character')} too long. Shorten the text.")
        return found

    async def card(self, place: Place, announcement: Announcement, *, note: str = "") -> Card:
        now, content = self._desk.clock.now(), announcement.content
        if announcement.stage is not Stage.DRAFT:
            found = await self._db.aside(lambda tables: posted.receipt(tables, announcement))
            return receipt.card(announcement, found, place.program, now, note=note)
        reach = await self.expected(place, content)
        wrong, chosen = self.wrong(place, content), _choices(place, content)
        return preview.preview(announcement, place.program, now, reach, chosen, wrong, note=note)

    async def asked_twice(self, interaction: Interaction, place: Place, announcement: Announcement) -> None:
        reach = await self.expected(place, announcement.content)
        card = preview.asked_twice(announcement, place.program, self._desk.clock.now(), reach)
        await self.put(interaction, card, announcement)

    async def put(self, interaction: Interaction, card: Card, announcement: Announcement | None = None) -> None:
        """With the picture that the card shows, in place of what was there."""
        files = []
        if card.sample and card.sample.picture and announcement is not None:
            content = await self._db.aside(lambda tables: announcements.picture(tables, announcement.id))
            files = [discord.File(io.BytesIO(content or b""), card.sample.picture, description=card.sample.alt)]
        view = self._desk.made(card)
        await interaction.edit_original_response(view=view, attachments=files, allowed_mentions=NO_PINGS)

    async def list(self, place: Place, lookup: Lookup) -> Card:
        """One page of all announcements, dropped drafts left out."""

        def look(tables: Tables) -> Card:
            page = Page.of(lookup, -(-announcements.count(tables, place.guild.id) // _PAGE))
            found = announcements.of_guild(tables, place.guild.id, skip=page.number * _PAGE, most=_PAGE)
            return receipt.listing([(one, posted.receipt(tables, one)) for one in found], page)

        return await self._db.aside(look)

    async def _counts(self, guild: discord.Guild) -> Counts | None:
        now = asyncio.get_running_loop().time()
        at, counts = self._counted.get(guild.id, (-math.inf, None))
        if now - at >= _COUNTED_FOR or counts is None:
            counts = await counted(guild)
            self._counted[guild.id] = (now, counts)
        return counts


def _unmentioned(place: Place, content: Content) -> Iterator[str]:
    """Discord notifies nobody where the bot may not mention them (Discord: Mention Everyone)."""
    channel = choices.place_channel(place.guild, place.program, content.place)
    if channel is None or channel.permissions_for(place.guild.me).mention_everyone:
        return
    role = place.guild.get_role(content.audience.role or 0)
    if content.mention is Mention.EVERYONE:
        yield f"I may not mention everyone in #{channel.name}. Give me Mention Everyone there, or mention nobody."
    if content.mention is Mention.ROLE and role is not None and not role.mentionable:
        yield f"I may not mention the role {role.name}. Let everybody mention it, or give me Mention Everyone."


def _choices(place: Place, content: Content) -> list[Choice]:
    guild, program = place.guild, place.program
    audiences = list(choices.audiences(content, guild, program))
    places, mentions = list(choices.places(guild, program)), list(choices.mentions(content, guild))
    return [
        Choice("Whom it is for", "to", choices.audience_value(content), audiences),
        Choice("Where it goes", "where", choices.place_value(content), places),
        Choice("Whom it mentions", "mention", content.mention.value, mentions),
    ]
