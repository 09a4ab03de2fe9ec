"""/qa: for organizers, who look after the questions about posters."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.actions.programme.current import Published
from bot.chat.commands.options import Name
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup, as_typed, short
from bot.chat.posters.exporting import Exporting
from bot.chat.posters.moderating import Moderating
from bot.chat.posters.moderation_cards import WHY_MOST
from bot.chat.posters.opening import OpeningPosts
from bot.chat.posters.unanswered import UNANSWERED, Unanswered
from bot.domain.errors import NotFoundError
from bot.domain.folding import fold
from bot.domain.search import Category, Entry
from bot.formats.qa import Format

Interaction = discord.Interaction[Any]
Person = discord.Member | discord.User
Number = Range[int, 1, 10_000_000]
Place = Range[int, 1, 100]
Why = Range[str, 1, WHY_MOST]

_ALL = "all"
_FORMATS = [
    Choice(name="All three", value=_ALL),
    Choice(name="Markdown: to read", value=Format.MARKDOWN.value),
    Choice(name="CSV: for a spreadsheet", value=Format.CSV.value),
    Choice(name="JSON: for a program", value=Format.JSON.value),
]
_NUMBER = "The number that stands in the question's message"
_ANSWER = "Only this answer to it: 1 is the first that was given"


def add(
    tree: app_commands.CommandTree[Any],
    desk: Desk,
    moderating: Moderating,
    exporting: Exporting,
    unanswered: Unanswered,
    opening: OpeningPosts,
) -> None:
    group = app_commands.Group(
        name="qa",
        description="Look after the questions about posters",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="open", description="Open the threads of all posters now, with the topics as tags")
    async def open_posts(interaction: Interaction) -> None:
        await opening.show(interaction)

    _add_hiding(group, moderating)
    _add_people(group, moderating)

    @group.command(name="unanswered", description="Which posters have questions without an answer")
    @app_commands.describe(session="Only posters of this session")
    async def waiting(interaction: Interaction, session: Name | None = None) -> None:
        args = (_session(desk, interaction, session),) if session else ()
        await unanswered.show(interaction, Lookup(UNANSWERED, args))

    @waiting.autocomplete("session")
    async def sessions(interaction: Interaction, typed: str) -> list[Choice[str]]:
        def asked(published: Published) -> list[Entry]:
            known = published.program.poster_sessions
            return [Entry(one.id, one.title) for one in known if fold(typed) in fold(one.title)]

        return desk.choices(interaction, asked)

    @group.command(description="All questions and answers as files, without the names of who hid theirs")
    @app_commands.describe(format="In which form. Without it: all three")
    @app_commands.choices(format=_FORMATS)
    async def export(interaction: Interaction, format: str = _ALL) -> None:  # what people see
        await exporting.export(interaction, list(Format) if format == _ALL else [Format(format)])

    tree.add_command(group)


def _add_hiding(group: app_commands.Group, moderating: Moderating) -> None:
    @group.command(description="A question, or one answer, is not shown any more")
    @app_commands.describe(number=_NUMBER, reason="Whoever asked reads it", answer=_ANSWER)
    async def hide(interaction: Interaction, number: Number, reason: Why, answer: Place | None = None) -> None:
        await moderating.hide(interaction, number, as_typed(reason, WHY_MOST), answer)

    @group.command(description="A hidden question, or answer, is shown again")
    @app_commands.describe(number=_NUMBER, answer=_ANSWER)
    async def restore(interaction: Interaction, number: Number, answer: Place | None = None) -> None:
        await moderating.restore(interaction, number, answer)

    @group.command(description="Who asked a question without a name. The audit trail says that you looked")
    @app_commands.describe(number=_NUMBER, reason="Why you have to know; it stands in the audit trail")
    async def who(interaction: Interaction, number: Number, reason: Why) -> None:
        await moderating.who(interaction, number, as_typed(reason, WHY_MOST))


def _add_people(group: app_commands.Group, moderating: Moderating) -> None:
    @group.command(description="Somebody may not ask, upvote or answer any more")
    @app_commands.describe(
        reason="They read it when they try", person="Who", number="Or: whoever asked the question of this number"
    )
    async def stop(
        interaction: Interaction, reason: Why, person: Person | None = None, number: Number | None = None
    ) -> None:
        await moderating.stop(interaction, as_typed(reason, WHY_MOST), person, number)

    @group.command(description="Somebody may ask, upvote and answer again")
    @app_commands.describe(person="Who", number="Or: whoever asked the question of this number")
    async def allow(interaction: Interaction, person: Person | None = None, number: Number | None = None) -> None:
        await moderating.allow(interaction, person, number)


def _session(desk: Desk, interaction: Interaction, typed: str) -> str:
    """The id, in short, of the session that was chosen or typed. Raises NotFoundError where it is not beyond doubt."""
    published = desk.published(interaction)
    if typed in published.program.session_by_id:
        return short(typed)
    if (only := published.index.find(Category.SESSIONS, typed).only) is not None:
        return short(only.id)
    raise NotFoundError("It is not clear which session is meant. Choose one from the list that the command offers.")
