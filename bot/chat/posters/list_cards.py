"""Lists of questions, page by page, for whoever asked for one alone."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.chat.answers.paging import Page
from bot.chat.lookup import short
from bot.chat.posters.cards import STATES, button, in_short, poster_name, verb, votes_of
from bot.chat.render.card import Button, Card, Does, LinkButton, Menu, Option
from bot.chat.render.notices.posters import quoted
from bot.chat.render.text import count, line, plain
from bot.domain.posters.question import Question
from bot.domain.program import Poster, Program


def poster_questions(
    program: Program, poster: Poster, found: Sequence[Question], number: int, page: Page, link: str | None
) -> Card:
    """The questions about one poster, the most asked first."""
    head = f"## Questions: {line(poster.title, 200)}"
    ask = button("Ask a question", verb("ask", short(poster.id)), main=True)
    to = (LinkButton("Thread", link),) if link else ()
    if not found:
        return Card((f"{head}\nNobody has asked yet. Ask the first one.",), buttons=(ask, *to), shareable=False)
    return _list(head, found, number, page, (ask, *to), lambda _: "")


def top_questions(program: Program, found: Sequence[Question], number: int, page: Page) -> Card:
    """The questions about all posters, the most asked first."""
    head = "## Questions: most asked"
    if not found:
        return Card(
            (f"{head}\nNo posters have questions yet. Open one with /poster and ask the first.",), shareable=False
        )
    return _list(head, found, number, page, (), lambda one: f"\n-# {poster_name(program, one)}")


def mine(
    program: Program,
    found: Sequence[Question],
    number: int,
    page: Page,
    note: str = "",
    hidden: Mapping[int, str] = MappingProxyType({}),
) -> Card:
    """Somebody's own questions, the newest first. ``hidden``: question -> why it is."""
    head = "\n".join(part for part in ("## My questions", note) if part)
    if not found:
        return Card((f"{head}\nYou have not asked anything yet. Open a poster with /poster and ask.",), shareable=False)

    def below(one: Question) -> str:
        why = f"\n-# Why it is hidden: {line(hidden[one.id])}" if one.id in hidden else ""
        return f"\n-# {poster_name(program, one)}{why}"

    return _list(head, found, number, page, (), below)


def waiting(program: Program, found: Sequence[Question], number: int, page: Page, *, closed: bool) -> Card:
    """What waits for an answer by the reader, the most asked first. ``closed``: they cannot be written to."""
    head = "## Questions without an answer"
    note = (
        "I cannot write to you: direct messages are closed to me. /author settings changes where you hear of questions."
    )
    head = f"{head}\n⚠️ {note}" if closed else head
    if not found:
        return Card((f"{head}\nEvery question about your posters has an answer.",), shareable=False)
    return _list(head, found, number, page, (), lambda one: f"\n-# {poster_name(program, one)}")


def _list(
    head: str,
    found: Sequence[Question],
    number: int,
    page: Page,
    further: Sequence[Button | LinkButton],
    below: Callable[[Question], str],
) -> Card:
    """A page. ``number`` are all questions there are, ``below`` is what stands below one."""
    rows = [
        f"**{one.number or '–'}** · {votes_of(one)} · {STATES[one.state]}\n{quoted(in_short(one))}{below(one)}"
        for one in found
    ]
    options = tuple(
        Option(
            plain(f"{one.number or 'Draft'}: {one.text}", 100),
            verb("open", one.id),
            f"{votes_of(one)}, {STATES[one.state]}",
        )
        for one in found
    )
    turning = (Button(item.label, item.lookup, Does.QUESTION, enabled=item.enabled) for item in page.buttons())
    footer = " · ".join(part for part in (count(number, "question"), page.footer) if part)
    return Card(
        (head, *rows), Menu("Open a question", options, Does.QUESTION), (*further, *turning), footer, shareable=False
    )
