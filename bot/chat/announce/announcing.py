"""/announce and /announcements: an organizer writes, looks, and sends; and does something about what was sent.

Nothing is kept in memory between two presses: a draft is stored, and each button names it and the revision it showed.
"""

import io
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from msgspec.structs import replace

from bot.actions.announce.drafts import ChangedSinceError
from bot.chat.announce import forms
from bot.chat.announce.acts import Acts, Done
from bot.chat.announce.preview import NAME, verb
from bot.chat.announce.receipt import ALL
from bot.chat.announce.showing import Place, Showing
from bot.chat.announce.typed import repeat_typed, when_typed
from bot.chat.desk import Desk
from bot.chat.errors import explain
from bot.chat.forms import Filled, open_form
from bot.chat.lookup import Lookup, short
from bot.domain.announce.announcement import Announcement
from bot.domain.announce.templates import Template, begin
from bot.domain.audit import By
from bot.storage.database import Database

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]


class Announcing:
    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake
        self._showing = Showing(desk, database)
        self._acts = Acts(desk, database, self._showing)

    async def begin(self, interaction: Interaction, template: Template | None, record: str | None) -> None:
        """Open the form; ``record`` is the id of a session or poster that it is about. Raises NotAllowedError."""
        program = self._showing.place(interaction).program
        begun = begin(template, program, program.session_by_id.get(record or ""))
        await open_form(interaction, forms.new_form(Lookup(NAME, ("new", short(record or ""))), begun))

    async def list(self, interaction: Interaction, lookup: Lookup = ALL) -> None:
        """A new private answer with all of them. Raises NotAllowedError."""
        place = self._showing.place(interaction)
        # It is counted on the writer's thread, which may be at something long.
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._showing.put(interaction, await self._showing.list(place, lookup))

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """A button or menu below a preview, a receipt or the list. Raises UsherError."""
        place = self._showing.place(interaction)
        if lookup.arg(0) == ALL.arg(0):
            await interaction.response.defer()
            await self._showing.put(interaction, await self._showing.list(place, lookup))
            return
        announcement = self._showing.announcement(place.guild.id, lookup)
        if await self._opened_form(interaction, place, announcement, lookup.arg(0)):
            return
        await interaction.response.defer()
        # What was pressed was about what was seen.
        seen = replace(announcement, revision=int(lookup.arg(2)))
        by = By(interaction.user.id, interaction.id, self._desk.clock.now())
        if lookup.arg(0) == "send" and await self._acts.notifies_many(place, announcement):
            await self._showing.asked_twice(interaction, place, announcement)
            return
        await self._acted(interaction, place, seen, lambda: self._acts.press(place, seen, lookup, by))

    async def submit(self, interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
        """A form that was filled in, also one that was opened before the bot's last start.

        Whatever goes wrong is said here, since any answer closes the form: what was typed is given back with it.
        """
        try:
            await self._take(interaction, lookup, filled)
        except Exception as error:
            await explain(interaction, error)
            await _give_back(interaction, filled)

    async def _take(self, interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
        place = self._showing.place(interaction)
        await interaction.response.defer(ephemeral=True, thinking=interaction.message is None)
        by = By(interaction.user.id, interaction.id, self._desk.clock.now())
        if lookup.arg(0) == "new":
            await self._show(interaction, place, await self._acts.write(place, lookup, filled, by))
            return
        announcement = self._showing.announcement(place.guild.id, lookup)
        seen = replace(announcement, revision=int(lookup.arg(2)))
        await self._acted(interaction, place, seen, lambda: self._acts.fill(place, seen, lookup.arg(0), filled, by))

    async def _acted(
        self, interaction: Interaction, place: Place, seen: Announcement, act: Callable[[], Awaitable[Done]]
    ) -> None:
        """Show what came of it; where somebody else was quicker, what they made of it."""
        try:
            done = await act()
        except ChangedSinceError:
            found = self._showing.announcement(place.guild.id, verb(seen, ""))
            note = f"**<@{found.changed_by}> changed this a moment ago.** You changed nothing: this is how it is now."
            done = Done(found, note)
        await self._show(interaction, place, done)

    async def _show(self, interaction: Interaction, place: Place, done: Done) -> None:
        if done.speaks:
            self._wake()
        card = done.card or await self._showing.card(place, done.announcement, note=done.note)
        await self._showing.put(interaction, card, done.announcement)

    async def _opened_form(self, interaction: Interaction, place: Place, announcement: Announcement, name: str) -> bool:
        """Whether the press asked for a form. What is typed into it is about the announcement as it is now."""
        content, lookup = announcement.content, verb(announcement, name)
        match name:
            case "edit":
                await open_form(interaction, forms.draft_form(lookup, content))
            case "correct":
                await open_form(interaction, forms.correct_form(lookup, content))
            case "when":
                zone = place.program.event.tz
                typed = when_typed(content.when, place.program), repeat_typed(content.repeat, zone)
                await open_form(interaction, forms.when_form(lookup, *typed))
            case _:
                return False
        return True


async def _give_back(interaction: Interaction, filled: Filled) -> None:
    """What somebody wrote, in a file that only they see. Nothing where the form was answered by somebody else."""
    written = "\n\n".join(text for name in ("title", "body", "link") if (text := filled.texts.get(name)))
    if not written or not interaction.response.is_done():
        return
    file = discord.File(io.BytesIO(written.encode()), "announcement.txt")
    try:
        await interaction.followup.send("What you wrote is in this file.", file=file, ephemeral=True)
    except (discord.HTTPException, OSError) as error:
        log.warning("what somebody wrote could not be given back: %s", error)
