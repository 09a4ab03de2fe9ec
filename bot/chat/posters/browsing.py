"""Posters as one person browses them: not visited yet, visited, most asked, and those in their agenda."""

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

import discord
from msgspec.structs import replace

from bot.actions.posters.visit import visit
from bot.chat.answers.chosen import chosen_by
from bot.chat.answers.paging import paged
from bot.chat.ask import Ask
from bot.chat.desk import Desk
from bot.chat.home import home_of
from bot.chat.lookup import Lookup, short
from bot.chat.posters.found import poster_of
from bot.chat.private import show, turn
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.text import count, line
from bot.domain.agenda import StarKind
from bot.domain.program import Poster
from bot.storage.agenda import stars
from bot.storage.database import Database
from bot.storage.posters import tallies, visits

Interaction = discord.Interaction[Any]

_PAGE = 10


class Which(StrEnum):
    """The posters that somebody wants to see. The values stand in buttons."""

    UNVISITED = "unvisited"
    VISITED = "visited"
    ASKED = "asked"
    MINE = "mine"


#: What stands above the list; where it is empty, why, and what to do.
_HEADS = {
    Which.UNVISITED: ("Posters you have not visited", "You have visited them all."),
    Which.VISITED: ("Posters you have visited", "None yet. Open a poster and press “I was here”."),
    Which.ASKED: ("Posters, the most asked first", "No posters have questions yet. Open one and ask the first."),
    Which.MINE: ("Posters in my agenda", "None yet. Open a poster and press “Add to my agenda”."),
}


class Browsing:
    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._db = database

    async def show(self, interaction: Interaction, lookup: Lookup) -> None:
        """The list in a new private answer: its Lookup names Which, then the filters of /posters."""
        view = self._desk.made(self._list(interaction, lookup))
        await show(interaction, view)

    async def turn(self, interaction: Interaction, lookup: Lookup) -> None:
        """Another page of it, in place."""
        view = self._desk.made(self._list(interaction, lookup))
        await turn(interaction, view)

    async def visit(self, interaction: Interaction, shortened: str, *, back: bool) -> None:
        """Note that somebody was at a poster, or take it back; said to them alone. Raises NotFoundError."""
        guild_id, user_id = home_of(interaction), interaction.user.id
        program = self._desk.programmes.for_guild(guild_id).program
        poster = poster_of(program, shortened)
        new = await visit(self._db, guild_id, user_id, poster.id, back=back)
        seen = visits.of_person(self._db.reader, guild_id, user_id)
        left = sum(poster_id not in seen for poster_id in program.poster_by_id)
        card = _visited(poster, left, new=new, back=back)
        await show(interaction, self._desk.made(card))

    def _list(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id = home_of(interaction)
        ask = replace(self._desk.ask(interaction, lookup), program=self._desk.programmes.for_guild(guild_id).program)
        which, seen = Which(lookup.arg(0)), visits.of_person(self._db.reader, guild_id, interaction.user.id)
        chosen = chosen_by(ask, lookup.args[1:])
        found, described = chosen.posters, chosen.described
        match which:
            case Which.UNVISITED:
                found = [poster for poster in found if poster.id not in seen]
            case Which.VISITED:
                found = [poster for poster in found if poster.id in seen]
            case Which.ASKED:
                fitting = {poster.id: poster for poster in found}
                most = tallies.most_asked(self._db.reader, guild_id)
                found = [fitting[poster_id] for poster_id in most if poster_id in fitting]
            case Which.MINE:
                held = stars.of_person(self._db.reader, guild_id, interaction.user.id)
                starred = {star.record_id for star in held if star.kind is StarKind.POSTER}
                found = [poster for poster in found if poster.id in starred]
        asked = partial(tallies.of_posters, self._db.reader, guild_id)
        return _card(ask, which, found, described, seen if which is not Which.VISITED else set(), asked)


def _card(
    ask: Ask,
    which: Which,
    found: Sequence[Poster],
    described: str,
    seen: set[str],
    asked: Callable[[Collection[str]], Mapping[str, tuple[int, int]]],
) -> Card:
    """``asked`` counts the questions and upvotes of posters, by their ids: of those alone that are shown."""
    head, empty = _HEADS[which]
    every = (Button("All posters", Lookup("posters")),)
    said = f"## {head}" + (f": {described}" if described else "")
    if not found:
        return Card((f"{said}\n{empty}",), buttons=every, shareable=False)
    page, shown = paged(ask.lookup, found, _PAGE)
    turning = tuple(replace(button, does=Does.QUESTION) for button in page.buttons())
    first, numbers = page.number * _PAGE + 1, asked([poster.id for poster in shown])
    return Card(
        (said, "\n".join(_row(poster, seen, numbers) for poster in shown)),
        menu=Menu("Open a poster", tuple(_option(poster) for poster in shown)),
        buttons=(*turning, *every),
        footer=f"{first}–{first + len(shown) - 1} of {count(len(found), 'poster')}",
        shareable=False,
    )


def _row(poster: Poster, seen: set[str], asked: Mapping[str, tuple[int, int]]) -> str:
    facts = [f"Board {line(poster.board, 20)}"] if poster.board else []
    facts.append(lines.authors(poster))
    if poster.id in asked:
        number, votes = asked[poster.id]
        facts.append(f"{count(number, 'question')}, {count(votes, 'upvote')}")
    if poster.id in seen:
        facts.append("visited")
    return f"**{line(poster.title, 150)}**\n-# {' · '.join(facts)}"


def _option(poster: Poster) -> Option:
    return Option(poster.title, Lookup("poster", (short(poster.id),)), ", ".join(poster.authors[:3]))


def _visited(poster: Poster, left: int, *, new: bool, back: bool) -> Card:
    title, key = line(poster.title, 150), (short(poster.id),)
    if back:
        said = f"**{title}** is no longer marked as visited." if new else f"**{title}** was not marked as visited."
    else:
        said = f"You visited **{title}**." if new else f"You visited **{title}** before."
    more = f"{count(left, 'poster')} to go." if left else "You have visited them all."
    buttons = [Button("Not visited yet", Lookup("browse", (Which.UNVISITED,)), Does.QUESTION)] if left else []
    if not back:
        buttons.append(Button("Take it back", Lookup("unvisit", key), Does.QUESTION))
    return Card((f"{said}\n{more}",), buttons=tuple(buttons), shareable=False)
