"""What anybody does: report something to the conduct committee, read what it writes, and answer."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import discord

from bot.actions.conduct.keep_message import keep_files, keep_message
from bot.actions.conduct.report import NOT_YOURS, Written, answer, own, report
from bot.chat.actors import actor_of_member
from bot.chat.conduct import cards
from bot.chat.conduct.evidence import fetched
from bot.chat.conduct.forms import ABOUT_MESSAGE, NAMED, answer_form, report_form
from bot.chat.conduct.reported import words_of
from bot.chat.conduct.ways import NO_THREAD, member_of, person_of, way_of
from bot.chat.desk import Desk
from bot.chat.errors import given_back
from bot.chat.forms import Filled, open_form
from bot.chat.home import served
from bot.chat.lookup import Lookup
from bot.chat.private import say, show, turn_or_show
from bot.chat.render.layout import NO_PINGS
from bot.chat.unasked.whereabouts import row_of
from bot.domain.conduct.case import Person, Quoted, Way
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.posters.limits import cleaned
from bot.domain.program import Program
from bot.storage.conduct import cases, committee, drafts, entries
from bot.storage.conduct.behind import Behind, behind
from bot.storage.conduct.drafts import Draft
from bot.storage.conduct.reaching import is_heard
from bot.storage.database import Database

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
_People = list[discord.Member | discord.User]

_WHICH = "From here I cannot tell which server you mean. Use /report in that server: nobody there sees that you do."


_FAULT = (
    "**Your report was not recorded: that went wrong on my side.** Your words are in this file, which only you see. "
    "Try /report again in a moment. /conduct says whom else you can turn to."
)


class Reporting:
    """Every answer is for whoever reports alone. Their id goes into the case, and into no log and no row beside it."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when there is something to say."""
        self._desk = desk
        self._db = database
        self._wake = wake
        #: So many messages at a time: their files are in memory meanwhile.
        self._fetching = asyncio.Semaphore(4)

    async def begin(self, interaction: Interaction) -> None:
        """The form; before it, for who has reported something, what became of that. Raises UsherError."""
        guild_id = self._server(interaction)
        found = cases.of_reporter(self._db.reader, guild_id, interaction.user.id, self._desk.clock.now())
        if found:
            await show(interaction, self._desk.made(cards.mine(guild_id, found)))
        else:
            await self._open(interaction, guild_id)

    async def begin_about(self, interaction: Interaction, message: discord.Message) -> None:
        """The form for a message, which is kept as it is now."""
        guild_id = self._server(interaction)
        files = tuple((file.filename, file.url) for file in message.attachments)
        author, bot = person_of(message.author), message.author.bot
        wrote = self._behind(interaction, guild_id, message)
        text = words_of(message)
        unsigned = wrote is not None and not wrote.shown
        kept = Quoted(author, text, message.jump_url, message.created_at, files, bot, unsigned)
        draft = Draft(kept, wrote.id if wrote is not None else None)
        await keep_message(self._db, interaction.id, draft, self._desk.clock.now())
        await self._open(interaction, guild_id, about_message=True)
        async with self._fetching:
            found = await fetched(message)
        if found:
            await keep_files(self._db, interaction.id, found, self._desk.clock.now())
            self._wake()

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """A button below one's own reports, wherever it stands. Raises UsherError."""
        guild_id = _number(lookup, 2) if lookup.arg(2) else self._server(interaction)
        by = self._desk.by(interaction)
        match lookup.arg(0):
            case "begin":
                await self._open(interaction, guild_id)
            case cards.MINE:
                found = cases.of_reporter(self._db.reader, guild_id, by.user, by.at)
                await turn_or_show(interaction, self._desk.made(cards.mine(guild_id, found)))
            case "answer":
                case = own(self._db.reader, guild_id, _number(lookup, 1), by)
                await open_form(interaction, answer_form(case, interaction.id))
            case _:
                case = own(self._db.reader, guild_id, _number(lookup, 1), by)
                log = entries.of_case(self._db.reader, guild_id, case.number)
                heard = is_heard(self._db.reader, case)
                card = cards.own(case, log, self._program(guild_id).texts, by.at, heard=heard)
                await turn_or_show(interaction, self._desk.made(card))

    async def submit(self, interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
        """A form that was filled in, also one that was opened before the bot's last start.

        Where a fault of ours comes between, they hear who else can be told. Raises as ``press``.
        """
        try:
            await self._submit(interaction, lookup, filled)
        except (UsherError, discord.HTTPException):
            raise
        except Exception:
            log.exception("what somebody reported could not be stored")
            await self._give_back(interaction, filled)

    async def _give_back(self, interaction: Interaction, filled: Filled) -> None:
        await interaction.response.send_message(
            _FAULT,
            files=given_back(filled.words),
            ephemeral=True,
            allowed_mentions=NO_PINGS,
        )

    async def _submit(self, interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
        if lookup.arg(0) == "new":
            await self._report(interaction, lookup, filled)
            return
        number, guild_id, form = (_number(lookup, position) for position in (1, 2, 3))
        text = cleaned(filled.texts.get("text", ""))
        by = self._desk.by(interaction)
        case = own(self._db.reader, guild_id, number, by)
        # What they add is on its way to whoever may have left since.
        heard = is_heard(self._db.reader, case)
        await answer(self._db, guild_id, number, text, form=form, by=by)
        self._wake()
        await say(interaction, cards.added(case, heard=heard))

    async def _report(self, interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
        form, guild_id = _number(lookup, 1), _number(lookup, 2)
        program = self._program(guild_id)
        named, draft = filled.people.get("involved", ()), drafts.of_form(self._db.reader, form)
        message = draft.message if draft is not None else None
        unsigned = message is not None and message.unsigned
        wrote = _wrote(draft) if draft is not None else None
        chosen: _People = [one for one in named if one.id != interaction.user.id]
        theirs = wrote is not None and wrote.id == interaction.user.id
        yourself = len(chosen) < len(named) or theirs
        shown = None if unsigned else wrote
        people, unknown = await self._with_author(interaction, chosen, shown)
        guild = interaction.client.get_guild(guild_id)
        way, why = way_of(guild, program, people, unknown=unknown, unsigned=unsigned)
        left_out = [person_of(one) for one in people if self._is_on_committee(guild_id, program, one)]
        said = Written(
            form=form,
            what=cleaned(filled.texts.get("what", "")),
            where=cleaned(filled.texts.get("where", "")),
            who=cleaned(filled.texts.get("who", "")),
            involved=(*_named(shown, people), *(person_of(one) for one in chosen)),
            message=message,
            hidden=wrote.id if unsigned and wrote is not None else None,
            name=person_of(interaction.user).name if filled.texts.get("contact") == NAMED else None,
            quiet=bool(left_out),
            own=theirs and not unsigned,
        )
        within = timedelta(hours=program.texts.conduct_response_hours)
        done = await report(self._db, guild_id, said, way=way, by=self._desk.by(interaction), within=within)
        self._wake()
        # The same form may have come before, when the way was another.
        direct = (why or NO_THREAD) if done.case.way is Way.DIRECT else ""
        lost = message is None and lookup.arg(3) == ABOUT_MESSAGE
        card = cards.reported(
            done.case, program.texts, left_out, done.reached, direct, yourself=yourself, without_message=lost
        )
        await show(interaction, self._desk.made(card))

    async def _with_author(
        self, interaction: Interaction, chosen: _People, wrote: Person | None
    ) -> tuple[_People, bool]:
        """Whom the report concerns, with who wrote the message; and whether of somebody no rights are known."""
        guild: discord.Guild | None = interaction.guild
        known_ids = {interaction.user.id, *(one.id for one in chosen)}
        if wrote is None or guild is None or wrote.id in known_ids:
            return chosen, False
        author, known = await member_of(guild, wrote.id)
        return ([*chosen, author] if author is not None else chosen), not known

    def _behind(self, interaction: Interaction, guild_id: int, message: discord.Message) -> Behind | None:
        """Who wrote what a message of the bot's own says."""
        row = row_of(message) if message.author.id == interaction.application_id else None
        return behind(self._db.reader, guild_id, row) if row is not None else None

    def _is_on_committee(self, guild_id: int, program: Program, one: discord.Member | discord.User) -> bool:
        if committee.of_person(self._db.reader, guild_id, one.id) is not None:
            return True
        if not isinstance(one, discord.Member):
            return False
        return actor_of_member(one, one.guild_permissions, program.server).on_committee

    async def _open(self, interaction: Interaction, guild_id: int, *, about_message: bool = False) -> None:
        in_server = interaction.guild_id is not None
        form = report_form(guild_id, interaction.id, in_server=in_server, about_message=about_message)
        await open_form(interaction, form)

    def _server(self, interaction: Interaction) -> int:
        found = served(interaction)
        if found is None:
            raise UsherError(_WHICH)
        return found

    def _program(self, guild_id: int) -> Program:
        return self._desk.programmes.for_guild(guild_id).program


def _wrote(draft: Draft) -> Person | None:
    """Who wrote the message, whether or not it shows; None for what a program says."""
    if draft.behind is not None:
        return Person(draft.behind, "whoever wrote it")
    return None if draft.message.bot else draft.message.author


def _named(wrote: Person | None, people: _People) -> list[Person]:
    """Who wrote the message, by the name that they have by now if they are still there."""
    if wrote is None:
        return []
    return [next((person_of(one) for one in people if one.id == wrote.id), wrote)]


def _number(lookup: Lookup, position: int) -> int:
    """Raises NotFoundError for what no button of ours holds."""
    if not lookup.arg(position).isdecimal():
        raise NotFoundError(NOT_YOURS)
    return int(lookup.arg(position))
