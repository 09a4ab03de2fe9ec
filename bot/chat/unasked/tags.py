"""The topics of posters as tags of their forum. They are added to those that there are, and none is ever taken away."""

import asyncio
import logging
from collections.abc import Iterable, Sequence

import discord

from bot.chat.render.notices.posters import tag_of
from bot.chat.unasked.refusals import is_refusal
from bot.chat.unasked.requests import Requests
from bot.domain.program import Program

log = logging.getLogger(__name__)

#: Discord: tags of a forum.
_TAGS_MOST = 20
#: The forum as it is now is asked for, then changed.
TAG_REQUESTS = 2


class Tagging:
    """Adds them before the first post is opened: once, since after that none is missing.

    Where Discord refuses them, it tries again only when other topics are missing, or after a start.
    """

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        #: Several posts may be the first one.
        self._alone = asyncio.Lock()
        #: By the forum's id.
        self._refused: dict[int, Sequence[str]] = {}

    async def tags_of(self, forum: discord.ForumChannel, program: Program) -> Sequence[discord.ForumTag]:
        """The tags that a new post can have. A post is opened also where its topics cannot become tags."""
        if not self._wanted(forum, program):
            return forum.available_tags
        async with self._alone:
            missing = self._wanted(forum, program)
            if not missing:
                return forum.available_tags
            try:
                return await add_tags(forum, program, self._requests)
            except discord.HTTPException as error:
                # Over a refusal no post waits; with the next attempt of the row, what passes by itself has passed.
                if not is_refusal(error):
                    raise
                why = "Manage Channels is missing" if isinstance(error, discord.Forbidden) else str(error)
                log.warning("server %d: no tags for the forum: %s", forum.guild.id, why)
                self._refused[forum.id] = missing
        return forum.available_tags

    def _wanted(self, forum: discord.ForumChannel, program: Program) -> Sequence[str]:
        missing = missing_tags(forum.available_tags, program)
        return missing if missing != self._refused.get(forum.id) else ()


def missing_tags(known: Iterable[discord.ForumTag], program: Program) -> list[str]:
    """The names of the topics for which there is no tag, as far as a forum takes more."""
    there = {tag.name.casefold() for tag in known}
    wanted = {name.casefold(): name for name in map(tag_of, program.topics)}
    return [name for folded, name in wanted.items() if folded not in there][: max(0, _TAGS_MOST - len(there))]


async def add_tags(
    forum: discord.ForumChannel, program: Program, requests: Requests | None = None
) -> Sequence[discord.ForumTag]:
    """Give a forum the tags that it lacks; all that it has then. Raises discord.Forbidden where that is not allowed.

    Discord takes all tags at once, and removes what is not among them: what organizers made a moment ago is looked at.
    """
    found = await forum.guild.fetch_channel(forum.id)
    now = found if isinstance(found, discord.ForumChannel) else forum
    missing = missing_tags(now.available_tags, program)
    if not missing:
        return now.available_tags
    if requests is not None:
        await requests.turn()
    changed = await now.edit(
        available_tags=[*now.available_tags, *(discord.ForumTag(name=name) for name in missing)],
        reason="topics of the posters",
    )
    if requests is not None:
        await requests.turn()
    return changed.available_tags if changed is not None else now.available_tags
