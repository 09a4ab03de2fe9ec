"""An author chooses when and where they hear of questions, and whether messages reach them."""

from bot.actions.posters.plan_authors import plan_author
from bot.domain.audit import By
from bot.domain.errors import NotFoundError
from bot.domain.posters.author import Author, AuthorChoice
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.posters import authors, direct_channels
from bot.storage.posters.direct_channels import DirectChannel

NO_AUTHOR = (
    "You are not an author of a poster here. If you are one, use /author claim with the code that the organizers gave "
    "you."
)


async def choose_author(
    db: Database,
    guild_id: int,
    choice: AuthorChoice,
    program: Program,
    *,
    by: By,
    channel: DirectChannel | None = None,
) -> Author:
    """Keep what an author chose, and plan anew what follows. ``channel`` is what is known newly of theirs.

    Raises NotFoundError for who is no author.
    """

    def write(tables: Tables) -> Author:
        if channel is not None:
            direct_channels.put(tables, guild_id, by.user, channel)
        if authors.of_person(tables, guild_id, by.user) is None:
            raise NotFoundError(NO_AUTHOR)
        authors.choose(tables, guild_id, by.user, choice)
        plan_author(tables, guild_id, by.user, program, by.at)
        found = authors.of_person(tables, guild_id, by.user)
        assert found is not None
        return found

    return await db.write(write)


async def note_channel(db: Database, guild_id: int, channel: DirectChannel, program: Program, *, by: By) -> None:
    """Keep whether and where somebody can be written to. What is planned for them as an author follows."""

    def write(tables: Tables) -> None:
        direct_channels.put(tables, guild_id, by.user, channel)
        plan_author(tables, guild_id, by.user, program, by.at)

    await db.write(write)
