"""/qa unanswered: which posters wait for an answer, for who looks after a session."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import discord
from msgspec import Struct

from bot.actions.posters.say import thread_of
from bot.chat.answers.paging import Page
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup, same
from bot.chat.organizing.rights import Right, permitted
from bot.chat.private import show, turn
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.notices.posters import quoted
from bot.chat.render.text import and_more, clip, count, line, link, stamp
from bot.domain.audit import ActKind
from bot.domain.people import Action
from bot.domain.posters.question import Question
from bot.domain.program import Poster, Program
from bot.domain.sessions import Session
from bot.storage import threads
from bot.storage.database import Database
from bot.storage.posters import questions, tallies

Interaction = discord.Interaction[Any]

#: Posters on a page, and questions shown of each: as many as surely fit into one message.
_PAGE, _SHOWN = 5, 2
_TEXT_MOST = 160
UNANSWERED = "qa-unanswered"
_RIGHT = Right(
    Action.LOOK_AFTER_POSTERS,
    ActKind.SEE_UNANSWERED,
    "/qa unanswered",
    "Only organizers and chairs see this list. Authors find what is asked about their posters with /author questions.",
    "Each server has its own questions: use /qa unanswered there.",
)


class _Waiting(Struct, frozen=True):
    """A poster with the number of its questions without an answer. ``poster`` None: it left the programme."""

    poster_id: str
    poster: Poster | None
    session: Session | None
    number: int

    @property
    def session_id(self) -> str:
        return self.session.id if self.session else ""


class Unanswered:
    """Read anew for every page."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._db = database

    async def show(self, interaction: Interaction, lookup: Lookup) -> None:
        """A new private answer. Raises NotAllowedError, or UsherError outside servers."""
        view = self._desk.made(self._card(interaction, lookup))
        await show(interaction, view)

    async def press(self, interaction: Interaction, lookup: Lookup) -> None:
        """Another page in place of the message. Raises as ``show``."""
        view = self._desk.made(self._card(interaction, lookup))
        await turn(interaction, view)

    def _card(self, interaction: Interaction, lookup: Lookup) -> Card:
        guild_id, program = permitted(interaction, self._desk, _RIGHT)
        waiting = self._waiting(guild_id, program, lookup.arg(0))
        page = Page.of(lookup, -(-len(waiting) // _PAGE))
        shown = self._shown(guild_id, waiting, page.number * _PAGE)
        total = sum(one.number for one in waiting)
        if not waiting:
            return Card(("## No question waits for an answer\nEach has one, or nobody has asked.",), shareable=False)
        head = f"## {count(total, 'question waits', 'questions wait')} for an answer"
        head += f"\nAbout {count(len(waiting), 'poster')}, by session; in each the most upvoted first."
        turning = (Button(item.label, item.lookup, Does.MODERATE, enabled=item.enabled) for item in page.buttons())
        refresh = Button("Refresh", lookup.at(page.number), Does.MODERATE)
        texts = _texts(program, shown, lambda one: self._row(guild_id, one))
        return Card((head, *texts), buttons=(*turning, refresh), footer=page.footer, shareable=False)

    def _waiting(self, guild_id: int, program: Program, session: str) -> list[_Waiting]:
        """By session. ``session`` (its id, in short) leaves the others out; "" leaves none out."""
        found = []
        for poster_id, number in tallies.waiting(self._db.reader, guild_id).items():
            poster = program.poster_by_id.get(poster_id)
            held = program.sessions_of(poster) if poster else ()
            if not session or any(same(one.id, session) for one in held):
                found.append(_Waiting(poster_id, poster, held[0] if held else None, number))
        last = len(program.sessions)
        position = {one.id: at for at, one in enumerate(program.sessions)}
        return sorted(found, key=lambda one: (position[one.session.id] if one.session else last, one.poster_id))

    def _shown(self, guild_id: int, waiting: Sequence[_Waiting], first: int) -> list[_Waiting]:
        """A page of them, in each session the most upvoted first. Other sessions' votes are not looked for."""
        there = list(dict.fromkeys(one.session_id for one in waiting[first : first + _PAGE]))
        near = [one for one in waiting if one.session_id in there]
        votes = questions.most_votes_waiting(self._db.reader, guild_id, [one.poster_id for one in near])
        ordered = sorted(near, key=lambda one: (there.index(one.session_id), -votes[one.poster_id]))
        before = waiting.index(near[0]) if near else 0
        return ordered[first - before : first - before + _PAGE]

    def _row(self, guild_id: int, one: _Waiting) -> str:
        thread = threads.of_subject(self._db.reader, guild_id, thread_of(one.poster_id))
        title = line(one.poster.title, 150) if one.poster else "A poster that is no longer in the programme"
        board = [f"Board {line(one.poster.board, 40)}"] if one.poster and one.poster.board else []
        to = [link("Thread", f"https://discord.com/channels/{guild_id}/{thread.thread_id}")] if thread else []
        facts = " · ".join([*board, count(one.number, "question"), *to])
        asked = questions.unanswered(self._db.reader, guild_id, [one.poster_id], most=_SHOWN)
        return "\n".join([f"**{title}**", facts, *map(_asked, asked), *and_more(one.number, len(asked))])


def _asked(question: Question) -> str:
    text = clip(" ".join(question.text.split()), _TEXT_MOST)
    return f"-# Question {question.number} · {count(question.votes, 'upvote')}\n{quoted(text)}"


def _texts(program: Program, shown: Sequence[_Waiting], row: Callable[[_Waiting], str]) -> Iterator[str]:
    """The posters, with each session's name and time above the first of its own."""
    for at, one in enumerate(shown):
        if at and one.session == shown[at - 1].session:
            yield row(one)
        elif one.session is not None:
            start, zone = one.session.start, program.event.tz
            times = f"{stamp(start, 'd')} {lines.span(start, one.session.end, zone)}"
            yield f"### {line(one.session.title, 100)} · {times}\n{row(one)}"
        else:
            yield f"### In no session\n{row(one)}"
