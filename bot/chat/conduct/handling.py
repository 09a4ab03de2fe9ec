"""What the conduct committee does with cases."""

from collections.abc import Callable
from typing import Any

import discord

from bot.actions.conduct.handle import (
    Doing,
    acknowledge,
    assign,
    close,
    may_write_to_reporter,
    open_to,
    record_export,
    write_to_reporter,
)
from bot.chat.answers.paging import Page
from bot.chat.conduct import committee_cards as cards
from bot.chat.conduct.files import exported
from bot.chat.conduct.forms import close_form, write_form
from bot.chat.conduct.rights import doing
from bot.chat.desk import Desk
from bot.chat.forms import Filled, open_form
from bot.chat.lookup import Lookup
from bot.chat.private import say, show, turn_or_show
from bot.chat.render.card import Card
from bot.chat.render.layout import NO_PINGS
from bot.chat.render.notices.conduct import LIST, every
from bot.domain.conduct.case import Case
from bot.domain.errors import NotFoundError
from bot.domain.posters.limits import cleaned
from bot.storage import threads
from bot.storage.conduct import cases, entries, readers
from bot.storage.conduct.saying import thread_of
from bot.storage.database import Database

Interaction = discord.Interaction[Any]

#: Cases on a page: as many as a menu holds.
_PAGE = 20
_GONE = "This case is not there any more. /cases list shows those there are."


class Handling:
    """Whoever is involved in a case finds nothing of it here, whatever they press."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when there is something to say."""
        self._desk = desk
        self._db = database
        self._wake = wake

    async def show(self, interaction: Interaction) -> None:
        """All cases that do not concern whoever asks, in a new private answer. Raises NotAllowedError, UsherError."""
        who, _ = await doing(interaction, self._desk, self._db.reader, None)
        await show(interaction, self._desk.made(self._list(who, every(who.guild_id))))

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """A button or menu entry of a case, wherever it stands. Raises NotAllowedError, UsherError."""
        guild = _number(lookup, 2) if lookup.arg(2) else None
        who, _ = await doing(interaction, self._desk, self._db.reader, guild)
        if lookup.arg(0) == LIST:
            await turn_or_show(interaction, self._desk.made(self._list(who, lookup)))
            return
        number = _number(lookup, 1)
        case = open_to(self._db.reader, who, number)
        match lookup.arg(0):
            case "read":
                done = await acknowledge(self._db, number, who)
                text = f"You acknowledged case {number}.{_told(done.case, who, ' The reporter is told.')}"
                await self._did(
                    interaction, who, number, text if done.new else f"Case {number} was acknowledged before."
                )
            case "assign":
                members = readers.of_case(self._db.reader, case)
                if case.is_unsigned:
                    members = [one for one in members if one.id == who.by.user]
                await turn_or_show(interaction, self._desk.made(cards.choosing(case, members)))
            case "take":
                await assign(self._db, number, _number(lookup, 3), who)
                await self._did(interaction, who, number, f"Case {number} is assigned.")
            case "write":
                may_write_to_reporter(case, who.by.at)
                await open_form(interaction, write_form(case, interaction.id))
            case "close":
                await open_form(interaction, close_form(case, interaction.id))
            case "export":
                await self._export(interaction, who, number)
            case _:
                await turn_or_show(interaction, self._desk.made(self._card(who, number)))

    async def submit(self, interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
        """A form that was filled in, also one that was opened before the bot's last start. Raises as ``press``."""
        number, guild, form = (_number(lookup, position) for position in (1, 2, 3))
        who, _ = await doing(interaction, self._desk, self._db.reader, guild)
        text = cleaned(filled.texts.get("text", ""))
        if lookup.arg(0) == "close":
            done = await close(self._db, number, text, who, form=form)
            said = f"Case {number} is closed.{_told(done.case, who, ' The reporter is told how it ended.')}"
        else:
            await write_to_reporter(self._db, number, text, who, form=form)
            said = f"Recorded in case {number}. The reporter is told that you wrote."
        self._wake()
        await say(interaction, said)

    async def _export(self, interaction: Interaction, who: Doing, number: int) -> None:
        record = await record_export(self._db, number, who)
        self._wake()
        program = self._desk.programmes.for_guild(who.guild_id).program
        if record.files:
            # Megabytes may take longer than an answer may.
            await interaction.response.defer(ephemeral=True, thinking=True)
        files = exported(record, program.event, who.by.at)
        said = f"Case {number}, for the record. People told this in confidence: keep it where nobody else reads it."
        if record.files:
            await interaction.followup.send(said, files=files, ephemeral=True, allowed_mentions=NO_PINGS)
        else:
            await interaction.response.send_message(said, files=files, ephemeral=True, allowed_mentions=NO_PINGS)

    async def _did(self, interaction: Interaction, who: Doing, number: int, text: str) -> None:
        """The case as it is then, where it was shown; below what others see too, one line."""
        self._wake()
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await turn_or_show(interaction, self._desk.made(self._card(who, number)))
        else:
            await say(interaction, text)

    def _card(self, who: Doing, number: int) -> Card:
        case = open_to(self._db.reader, who, number)
        thread = threads.of_subject(self._db.reader, who.guild_id, thread_of(number))
        link = f"https://discord.com/channels/{who.guild_id}/{thread.thread_id}" if thread else None
        return cards.case_card(case, entries.of_case(self._db.reader, who.guild_id, number), link, who.by.at)

    def _list(self, who: Doing, lookup: Lookup) -> Card:
        db, user = self._db.reader, who.by.user
        every = cases.of_guild(db, who.guild_id)
        found = [one for one in every if readers.may_read(db, one, user, member=who.member)]
        page = Page.of(lookup, -(-len(found) // _PAGE))
        shown = found[page.number * _PAGE : (page.number + 1) * _PAGE]
        return cards.case_list(shown, len(found), page, member=who.member)


def _told(case: Case, who: Doing, text: str) -> str:
    """What is said of the reporter, where there still is one."""
    return "" if case.reporter_left(who.by.at) else text


def _number(lookup: Lookup, position: int) -> int:
    """Raises NotFoundError for what no button of ours holds."""
    if not lookup.arg(position).isdecimal():
        raise NotFoundError(_GONE)
    return int(lookup.arg(position))
