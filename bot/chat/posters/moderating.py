"""/qa hide, restore, stop, allow and who, and the reports that people make: what organizers do about questions."""

from collections.abc import Callable
from typing import Any

import discord

from bot.actions.posters import stop as stopping
from bot.actions.posters.flag import flag
from bot.actions.posters.moderate import (
    hide,
    hold_again,
    let_go,
    look_up_asker,
    moderated,
    record_deleted,
    restore,
)
from bot.actions.posters.say import thread_of
from bot.actions.posters.vote import GONE
from bot.chat.desk import Desk
from bot.chat.forms import Filled, open_form
from bot.chat.home import home_of
from bot.chat.lookup import Lookup, as_typed
from bot.chat.organizing.rights import Right, permitted
from bot.chat.posters import moderation_cards as cards
from bot.chat.private import say, show
from bot.chat.render.card import Card
from bot.chat.unasked.refusals import ARCHIVED
from bot.chat.unasked.threads import forum_for, reopened
from bot.domain.audit import ActKind
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.people import Action
from bot.domain.posters.question import Question
from bot.domain.program import Program
from bot.storage import threads
from bot.storage.database import Database
from bot.storage.posters import answers, moderation, questions

Interaction = discord.Interaction[Any]

#: What is pressed below messages in threads and in the organizers' channel, and the forms that are filled in.
PRESSED = frozenset({cards.FLAG, cards.OPENED, cards.HIDE})
FORMS = frozenset({cards.FLAG, cards.HIDE, cards.STOP})
_RIGHT = Right(
    Action.MODERATE,
    ActKind.HIDE,
    "/qa",
    "Only organizers do this. Nothing was changed. To tell them of a question, press Report below it.",
    "This is done in the server: use /qa there.",
)
_WHOM = "Name one of the two: the person, or the number of a question, for whoever asked it. Nothing was changed."


class Moderating:
    """Every act is one transaction with its entry in the audit trail, and what was posted follows."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._db = database
        self._wake = wake

    async def hide(self, interaction: Interaction, number: int, why: str, place: int | None = None) -> None:
        """Raises UsherError."""
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        done = await hide(
            self._db, guild_id, number, place, why=why, by=self._desk.by(interaction), server=program.server
        )
        self._wake()
        link = self._link(done.question)
        card = cards.hidden(done, why, link, may_delete=_may_delete(interaction, program))
        await show(interaction, self._desk.made(card))

    async def restore(self, interaction: Interaction, number: int, place: int | None = None) -> None:
        """Raises UsherError."""
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        done = await restore(self._db, guild_id, number, place, by=self._desk.by(interaction), server=program.server)
        self._wake()
        await say(interaction, cards.restored(done))

    async def stop(
        self, interaction: Interaction, why: str, person: discord.Member | discord.User | None, number: int | None
    ) -> None:
        """Stop a person, or whoever asked question ``number``. Raises UsherError unless one of both is named."""
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        by, server = self._desk.by(interaction), program.server
        if (person is None) == (number is None):
            raise UsherError(_WHOM)
        if person is not None:
            await stopping.stop(self._db, guild_id, person.id, _name(person), why=why, by=by, server=server)
            said = cards.stopped(f"<@{person.id}>", why, "/qa allow")
        else:
            assert number is not None
            await stopping.stop_asker(self._db, guild_id, number, why=why, by=by, server=server)
            said = cards.stopped(f"Whoever asked question {number}", why, f"/qa allow number:{number}")
        self._wake()
        await say(interaction, said)

    async def allow(
        self, interaction: Interaction, person: discord.Member | discord.User | None, number: int | None
    ) -> None:
        """As ``stop``."""
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        by, server = self._desk.by(interaction), program.server
        if (person is None) == (number is None):
            raise UsherError(_WHOM)
        if person is not None:
            await stopping.allow(self._db, guild_id, person.id, _name(person), by=by, server=server)
        else:
            assert number is not None
            await stopping.allow_asker(self._db, guild_id, number, by=by, server=server)
        self._wake()
        who = f"<@{person.id}>" if person is not None else f"Whoever asked question {number}"
        await say(interaction, f"{who} can ask, upvote and answer.")

    async def who(self, interaction: Interaction, number: int, why: str) -> None:
        """Who asked a question, to the organizer alone. Raises UsherError."""
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        found = await look_up_asker(
            self._db, guild_id, number, why=why, by=self._desk.by(interaction), server=program.server
        )
        self._wake()
        await say(interaction, cards.asker(found))

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """A button below a question, a report, or an organizer's card. Raises UsherError."""
        if lookup.name == cards.FLAG:
            found = self._question(home_of(interaction), lookup)
            if not found.is_shown:
                raise NotFoundError(GONE)
            await open_form(interaction, cards.flag_form(found))
            return
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        found = self._question(guild_id, lookup)
        match lookup.name:
            case cards.OPENED:
                await show(interaction, self._desk.made(self._opened(program, found)))
            case cards.HIDE | cards.STOP:
                await open_form(interaction, cards.reason_form(lookup.name, found))
            case cards.RESTORE:
                await self.restore(interaction, found.number or 0, _place(lookup))
            case cards.TYPED:
                await self._delete_typed(interaction, program, found, lookup)
            case _:
                raise NotFoundError(GONE)

    async def submit(self, interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
        """A form that was filled in. Raises UsherError."""
        why = as_typed(filled.texts.get("why", ""), cards.WHY_MOST) or "no reason given"
        if lookup.name == cards.FLAG:
            await self._flag(interaction, lookup, why, named=filled.texts.get("who") == cards.NAMED)
            return
        guild_id, _ = permitted(interaction, self._desk, _RIGHT)
        number = self._question(guild_id, lookup).number or 0
        if lookup.name == cards.HIDE:
            await self.hide(interaction, number, why)
        else:
            await self.stop(interaction, why, None, number)

    async def _flag(self, interaction: Interaction, lookup: Lookup, why: str, *, named: bool) -> None:
        guild_id = home_of(interaction)
        server, by = self._desk.programmes.for_guild(guild_id).program.server, self._desk.by(interaction)
        question_id = self._question(guild_id, lookup).id
        done = await flag(self._db, guild_id, question_id, why, named=named, by=by, server=server)
        self._wake()
        await say(interaction, cards.flagged(done))

    async def _delete_typed(
        self, interaction: Interaction, program: Program, question: Question, lookup: Lookup
    ) -> None:
        """Take the message out of the thread in which the question or answer was typed. Again does nothing."""
        found = moderated(self._db.reader, question.guild_id, question.number or 0, _place(lookup))
        if not found.is_hidden:
            raise UsherError(f"It is not hidden any more: {found.name}. Nothing was deleted.")
        thread = threads.of_subject(self._db.reader, question.guild_id, thread_of(question.poster_id))
        if thread is not None and found.typed_in is not None:
            await let_go(self._db, found)
            try:
                await _deleted(interaction.client, thread.thread_id, found.typed_in)
            except Exception:
                await hold_again(self._db, found)
                raise
            await record_deleted(
                self._db, question.guild_id, found, by=self._desk.by(interaction), server=program.server
            )
            self._wake()
        await say(interaction, f"The message is deleted: {found.name}.")

    def _opened(self, program: Program, found: Question) -> Card:
        every = answers.every_of_question(self._db.reader, found.id)
        why = moderation.why_hidden(self._db.reader, [found.id]).get(found.id)
        return cards.opened(program, found, every, why, self._link(found))

    def _question(self, guild_id: int, lookup: Lookup) -> Question:
        """Raises NotFoundError."""
        wanted = lookup.arg(0)
        found = questions.of_id(self._db.reader, guild_id, int(wanted)) if wanted.isdecimal() else None
        if found is None or found.number is None:
            raise NotFoundError(GONE)
        return found

    def _link(self, question: Question) -> str | None:
        thread = threads.of_subject(self._db.reader, question.guild_id, thread_of(question.poster_id))
        return f"https://discord.com/channels/{question.guild_id}/{thread.thread_id}" if thread else None


def _place(lookup: Lookup) -> int | None:
    """Which answer a button means; None for the question itself."""
    return int(lookup.arg(1)) if lookup.arg(1).isdecimal() else None


def _may_delete(interaction: Interaction, program: Program) -> bool:
    guild = interaction.guild
    forum = forum_for(guild, program) if guild is not None else None
    return forum is not None and guild is not None and forum.permissions_for(guild.me).manage_messages


async def _deleted(client: discord.Client, thread_id: int, message_id: int) -> None:
    try:
        try:
            await client.http.delete_message(thread_id, message_id)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            await reopened(client, thread_id)
            await client.http.delete_message(thread_id, message_id)
    except discord.NotFound:
        return
    except discord.Forbidden as error:
        raise UsherError(
            "I may not delete it: the permission Manage Messages is missing in the forum of posters. It still stands "
            "there. Delete it yourself, or give me the permission and press again."
        ) from error


def _name(person: discord.Member | discord.User) -> str:
    """For the trail: as people see it, and so that it is beyond doubt."""
    return f"{person.display_name} ({person.name})"
