"""Personal agendas: what the star buttons and /agenda do for the person who uses them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import discord
from msgspec.structs import replace

from bot.actions.agenda.star import star, unstar
from bot.chat.answers import agenda as cards
from bot.chat.answers.starring import held, may_see, name_of, star_lookup, starred
from bot.chat.ask import Ask
from bot.chat.desk import Desk
from bot.chat.home import home_of
from bot.chat.lookup import Lookup
from bot.chat.private import show, turn
from bot.chat.render.card import Card, Does
from bot.chat.render.layout import NO_PINGS, Layout, components, dated
from bot.chat.render.text import count, line
from bot.domain.agenda import Agenda, Star, agenda, whole
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.storage.agenda import reminder_choices, stars
from bot.storage.database import Database

Interaction = discord.Interaction[Any]

#: From here a number of seconds fits into iCalendar's integers until 2068 (RFC 5545, 3.3.8).
_MILLENNIUM, _SECOND = datetime(2000, 1, 1, tzinfo=UTC), timedelta(seconds=1)


class Agendas:
    """Reads and changes the agenda of whoever presses or types, and shows it to nobody else."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when a reminder may be due earlier than any before."""
        self._desk = desk
        self._db = database
        self._wake = wake

    async def show(self, interaction: Interaction) -> None:
        """/agenda show, and "My agenda" on a message for everybody: a new private answer."""
        ask = self._ask(interaction, cards.MINE)
        await _reply(interaction, made(ask, cards.mine(ask, self._stars(interaction))))

    async def press(self, interaction: Interaction, does: Does, lookup: Lookup) -> None:
        """A button or menu entry about the agenda of whoever pressed it."""
        match does:
            case Does.STAR:
                await self._add(interaction, lookup)
            case Does.BACK:
                await self._put_back(interaction, lookup)
            case Does.UNSTAR:
                await self._remove(interaction, lookup)
            case Does.MINE:
                await self._turn(interaction, page=lookup.page)
            case Does.FOR_ME:
                await self.show(interaction)
            case Does.FILE:
                await self.export(interaction, everything=False)
            case _:
                raise AssertionError(f"{does} is not about an agenda")

    def as_shared(self, interaction: Interaction) -> Lookup:
        """The person's agenda as it may stand in a channel. Raises UsherError where nothing may."""
        shown = cards.as_shared(
            self._ask(interaction, cards.MINE), interaction.user.display_name, self._stars(interaction)
        )
        if len(shown.args) < 2:
            raise UsherError("Your agenda has nothing that everybody may see. Nothing was posted.")
        return shown

    async def export(self, interaction: Interaction, *, everything: bool) -> None:
        """A calendar file that only the person gets: of their agenda, or of the whole programme."""
        ask = self._ask(interaction, cards.MINE)
        found = _whole(ask) if everything else agenda(ask.program, may_see(ask, self._stars(interaction)))
        entries = sum(item.start is not None for item in found.items)
        if not entries:
            what = "The programme" if everything else "Your agenda"
            raise UsherError(f"{what} holds nothing with a time yet, so there is no file to make. /agenda show has it.")
        # A large programme takes longer than an answer may: a file is made beside the other answers.
        await interaction.response.defer(ephemeral=True, thinking=True)
        content = await asyncio.to_thread(_file, ask.program, found, ask.now)
        which = ask.program.event.short_name if everything else f"My agenda at {ask.program.event.short_name}"
        name = f"{ask.program.event.id}{'' if everything else '-agenda'}.ics"
        await interaction.edit_original_response(
            content=f"**{line(which, 80)}: {count(entries, 'entry', 'entries')} for your calendar**\n"
            "Open the file with your calendar program. It does not follow changes by itself: get it again after one, "
            "and the entries are replaced.",
            attachments=[discord.File(BytesIO(content), name)],
            allowed_mentions=NO_PINGS,
        )

    def _ask(self, interaction: Interaction, lookup: Lookup) -> Ask:
        """The question, on the programme of the server whose agenda is meant: in a direct message, too."""
        published = self._desk.programmes.for_guild(home_of(interaction))
        asked = self._desk.ask(interaction, lookup)
        return replace(asked, program=published.program, index=published.index)

    def _stars(self, interaction: Interaction) -> list[Star]:
        return stars.of_person(self._db.reader, home_of(interaction), interaction.user.id)

    async def _star(self, interaction: Interaction, wanted: Star) -> bool:
        home = home_of(interaction)
        imported, now = self._desk.programmes.imported(home), self._desk.clock.now()
        new = await star(self._db, home, interaction.user.id, wanted, imported, now)
        self._wake()
        return new

    async def _unstar(self, interaction: Interaction, unwanted: Star) -> bool:
        home = home_of(interaction)
        imported, now = self._desk.programmes.imported(home), self._desk.clock.now()
        return await unstar(self._db, home, interaction.user.id, unwanted, imported, now)

    async def _add(self, interaction: Interaction, lookup: Lookup) -> None:
        ask = self._ask(interaction, lookup)
        wanted, home = starred(ask, lookup), home_of(interaction)
        new = await self._star(interaction, wanted)
        reminded = not reminder_choices.of_person(self._db.reader, home, interaction.user.id).switched_off
        card = cards.added(ask, wanted, self._stars(interaction), new=new, reminded=reminded)
        await _reply(interaction, made(ask, card))

    async def _put_back(self, interaction: Interaction, lookup: Lookup) -> None:
        ask = self._ask(interaction, lookup)
        wanted = starred(ask, lookup)
        await self._star(interaction, wanted)
        said = f"Put back: **{line(name_of(ask.program, wanted), 100)}**."
        await self._turn(interaction, page=lookup.page, notice=said)

    async def _remove(self, interaction: Interaction, lookup: Lookup) -> None:
        ask = self._ask(interaction, lookup)
        unwanted = held(self._stars(interaction), lookup)
        if unwanted is None or not await self._unstar(interaction, unwanted):
            await self._turn(interaction, page=lookup.page, notice="That was no longer in your agenda.")
            return
        said = f"Removed: **{line(name_of(ask.program, unwanted), 100)}**."
        undo = unwanted if _in_force(ask, unwanted) else None
        await self._turn(interaction, page=lookup.page, notice=said, undo=undo)

    async def _turn(self, interaction: Interaction, *, page: int, notice: str = "", undo: Star | None = None) -> None:
        """The agenda in place of the message whose button was pressed."""
        ask = self._ask(interaction, cards.MINE.at(page))
        view = made(ask, cards.mine(ask, self._stars(interaction), notice, undo))
        await turn(interaction, view)


def made(ask: Ask, card: Card) -> Layout:
    """A card that is one person's alone, and so is not kept ready."""
    return dated(components(card), card.footer, ask.now)


async def _reply(interaction: Interaction, view: Layout) -> None:
    await show(interaction, view)


def _in_force(ask: Ask, wanted: Star) -> bool:
    try:
        return starred(ask, star_lookup(wanted)) == wanted
    except UsherError:
        return False


def _whole(ask: Ask) -> Agenda:
    return whole(ask.program, [item for item in ask.program.deadlines if ask.may_show(item.audience)])


def _file(program: Program, found: Agenda, now: datetime) -> bytes:
    """As an iCalendar file, numbered by the whole seconds since 2000-01-01 UTC.

    They never fall, and exceed what was given out before (minutes since 1970): a calendar program takes the newest file
    for the newest version, also of two that were made within a minute.
    """
    # Few ask for a file, and the library takes longer to load than the bot may take to start.
    from bot.formats.ics import calendar

    sequence = (now - _MILLENNIUM) // _SECOND
    return calendar(program, found.items, name=program.event.short_name, stamped=now, sequence=sequence)
