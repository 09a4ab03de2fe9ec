"""/author: for authors of posters; and for organizers, who their authors are.

Discord shows a whole group to the same people: rights are checked when a command is used.
"""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.commands.options import FOR_CHAIRS, FOR_ORGANIZERS, Name
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.posters.author_list import AuthorList, Somebody
from bot.chat.posters.authors import Authors
from bot.chat.posters.finding import poster_meant
from bot.chat.posters.questions import Questions
from bot.domain.posters.author import Place, Times
from bot.domain.search import Category

Interaction = discord.Interaction[Any]

_ORGANIZERS = {FOR_ORGANIZERS: True}
_TIMES = [
    Choice(name="At once, each question", value=Times.AT_ONCE.value),
    Choice(name="A list, at the end of the session and in the morning", value=Times.DIGEST.value),
]
_PLACES = [
    Choice(name="In a direct message", value=Place.DM.value),
    Choice(name="In the poster's thread, with a mention", value=Place.THREAD.value),
]
_POSTER = "Part of the title, an author, a board number or an id"


def add(
    tree: app_commands.CommandTree[Any], desk: Desk, authors: Authors, listed: AuthorList, questions: Questions
) -> None:
    group = app_commands.Group(name="author", description="For authors of posters")

    @group.command(name="claim", description="Say that a poster is yours, with the code from the organizers")
    @app_commands.describe(code="Such as ABCD-EFGH")
    async def claim(interaction: Interaction, code: Range[str, 1, 40]) -> None:
        await authors.claim(interaction, code)

    @group.command(name="questions", description="What nobody has answered yet about your posters")
    async def unanswered(interaction: Interaction) -> None:
        await questions.show(interaction, Lookup("waiting"))

    @group.command(name="settings", description="When and where you hear of questions about your posters")
    @app_commands.describe(times="When", where="Where")
    @app_commands.choices(times=_TIMES, where=_PLACES)
    async def settings(
        interaction: Interaction, times: Choice[str] | None = None, where: Choice[str] | None = None
    ) -> None:
        await authors.choose(interaction, Times(times.value) if times else None, Place(where.value) if where else None)

    @group.command(name="here", description="Say that you are at your board: attendees see it")
    async def here(interaction: Interaction) -> None:
        await authors.here(interaction)

    @group.command(
        name="codes",
        extras=_ORGANIZERS,
        description="Organizers: the codes with which authors claim their posters, as a file",
    )
    async def codes(interaction: Interaction) -> None:
        await listed.codes(interaction)

    @group.command(name="assign", extras=_ORGANIZERS, description="Organizers: somebody is an author of a poster")
    @app_commands.describe(person="Who", poster=_POSTER)
    async def assign(interaction: Interaction, person: Somebody, poster: Name) -> None:
        await listed.assign(interaction, person, poster_meant(listed.program(interaction), desk, interaction, poster))

    @group.command(name="remove", extras=_ORGANIZERS, description="Organizers: somebody is not an author of a poster")
    @app_commands.describe(person="Who", poster=_POSTER)
    async def remove(interaction: Interaction, person: Somebody, poster: Name) -> None:
        program = listed.program(interaction, back=True)
        await listed.remove(interaction, person, poster_meant(program, desk, interaction, poster))

    @group.command(
        name="missing",
        extras={**_ORGANIZERS, FOR_CHAIRS: True},
        description="Organizers and chairs: who is not at their board, and what is unanswered",
    )
    async def missing(interaction: Interaction) -> None:
        await listed.missing(interaction)

    @assign.autocomplete("poster")
    @remove.autocomplete("poster")
    async def titles(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return desk.choices(interaction, lambda published: published.index.suggest(Category.POSTERS, typed))

    tree.add_command(group)
