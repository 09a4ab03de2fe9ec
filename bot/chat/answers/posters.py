"""/poster and /posters."""

from collections.abc import Sequence

from bot.chat.answers import filters
from bot.chat.answers.chosen import Chosen, chosen_by
from bot.chat.answers.finding import choice, resolve
from bot.chat.answers.paging import paged
from bot.chat.answers.starring import star_button
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, short, trimmed
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.lines import CANCELLED, TO_BE_ANNOUNCED, heading
from bot.chat.render.text import and_more, count, line, paragraphs, stamp
from bot.domain.agenda import StarKind
from bot.domain.call import Topic
from bot.domain.program import Poster
from bot.domain.search import Category
from bot.domain.sessions import Session

_PAGE = 10
#: Somebody can be talked to there.
AT_BOARD = "✋ an author is at the board"
_ALL = Button("All posters", Lookup("posters"))


def poster(ask: Ask) -> Card:
    """One poster. The arguments after its id are the list it was opened from, for the next one and the way back."""
    found = resolve(ask, Category.POSTERS, ask.arg(0), ask.program.poster_by_id)
    if isinstance(found, Card):
        return found
    head = [heading(found.title), lines.authors(found, most=20)]
    facts = [line(part, 60) for part in (found.award, _decision(ask, found)) if part]
    if facts:
        head.append("🏆 " + " · ".join(facts) if found.award else " · ".join(facts))
    texts = ["\n".join(head), "\n".join(_where_and_what(ask, found))]
    if found.abstract:
        texts.append(paragraphs(found.abstract, 1500))
    if found.links:
        texts.append(lines.links(found.links))
    key = (short(found.id),)
    doing = (
        Button("Ask a question", Lookup("ask", key), Does.QUESTION),
        star_button(StarKind.POSTER, found.id),
        Button("I was here", Lookup("visit", key), Does.QUESTION),
    )
    return Card(tuple(texts), _onward(ask, found), doing)


def _decision(ask: Ask, found: Poster) -> str:
    formats = {item.id: item.name for item in ask.program.submission.formats}
    decision = "" if (found.decision or "").casefold() == "poster" else (found.decision or "").capitalize()
    words = [formats.get(found.format, found.format) if found.format else "", decision]
    return " · ".join(word for word in words if word)


def _where_and_what(ask: Ask, found: Poster) -> list[str]:
    there = f" · {AT_BOARD} now" if _is_at_board(ask, found) else ""
    rows = [f"Board: {line(found.board, 40) if found.board else TO_BE_ANNOUNCED}{there}"]
    sessions = ask.program.sessions_of(found)
    times = [f"{stamp(item.start, 'D')} {lines.span(item.start, item.end, ask.zone)}" for item in sessions[:4]]
    if times:
        rows += ["Shown: " + "; ".join(times), *and_more(len(sessions), len(times))]
    elif found.session:
        rows.append(f"The session it was to be shown in is {CANCELLED}.")
    topics = [ask.program.topic_by_id[topic] for topic in found.topics]
    if topics:
        said = " (provisional, from the title)" if found.topics_provisional else ""
        rows.append(f"Topics: {', '.join(line(topic.name, 100) for topic in topics)}{said}")
    return rows


def _onward(ask: Ask, found: Poster) -> Menu:
    """The posters before and after it, and the page of the list that this one is on."""
    kept: tuple[str, ...] = ()
    order: Sequence[Poster] = ask.program.posters
    at = ask.program.poster_position[found.id]
    if any(ask.lookup.args[1:]):
        chosen = chosen_by(ask, ask.lookup.args[1:])
        positions = {poster.id: position for position, poster in enumerate(chosen.posters)}
        if found.id in positions:
            order, at, kept = chosen.posters, positions[found.id], trimmed(*chosen.args)
    beside = [("Next", at + 1), ("Previous", at - 1)]
    options = [
        Option(f"{name}: {order[place].title}", Lookup("poster", (short(order[place].id), *kept)))
        for name, place in beside
        if 0 <= place < len(order)
    ]
    return Menu("More posters", (*options, Option("List of posters", Lookup("posters", kept, at // _PAGE))))


def posters(ask: Ask) -> Card:
    """The posters, by topic, session or words, page by page."""
    if not ask.program.posters:
        return Card((f"## Posters\nThe posters are {TO_BE_ANNOUNCED}.",))
    chosen = chosen_by(ask, ask.lookup.args)
    if chosen.which:
        return _which_session(ask, chosen)
    if chosen.which_topic is not None:
        return _which_topic(ask, chosen, chosen.which_topic)
    if not chosen.posters:
        return _none_found(ask, chosen)
    page, shown = paged(ask.lookup, chosen.posters, _PAGE)
    head = heading("Posters" + (f": {chosen.described}" if chosen.described else ""))
    rows = "\n".join(_row(ask, item) for item in shown)
    menu = Menu("Open a poster", tuple(_option(item, chosen) for item in shown))
    first = page.number * _PAGE + 1
    footer = f"{first}–{first + len(shown) - 1} of {count(len(chosen.posters), 'poster')}"
    buttons = page.buttons()
    if chosen.described:
        buttons = (*buttons, _ALL)
    return Card((head, rows), menu=menu, buttons=buttons, footer=footer)


def _which_session(ask: Ask, chosen: Chosen) -> Card:
    """A text that several poster sessions may be meant by."""
    said = f"## Which poster session?\nSeveral match “{line(chosen.described, 80)}”."
    return _slots(ask, said, chosen.which, chosen)


def _which_topic(ask: Ask, chosen: Chosen, meant: Sequence[Topic]) -> Card:
    """A text that several topics may be meant by, or none: then those that come nearest, if only by being there."""
    shown = line(chosen.described, 80)
    if meant:
        said = f"## Which topic?\nSeveral match “{shown}”."
    else:
        hits = ask.index.find(Category.TOPICS, chosen.args[0]).nearest
        meant = [ask.program.topic_by_id[hit.id] for hit in hits] or ask.program.topics
        offered = "These come nearest:" if hits else "The topics are:" if meant else ""
        said = f"## No topic found\nNothing matches “{shown}”. {offered}".rstrip()
    _, slot, text = chosen.args
    options = tuple(
        Option(
            topic.name,
            Lookup("posters", trimmed(short(topic.id), slot, text)),
            count(len(ask.program.posters_by_topic.get(topic.id, ())), "poster"),
        )
        for topic in meant[:_PAGE]
    )
    rows = [f"- **{line(option.label, 120)}** · {option.detail}" for option in options]
    body = "\n".join([said, *rows, *and_more(len(meant), len(rows))])
    menu = Menu("Choose one", options) if options else None
    return Card((body,), menu=menu, buttons=(Button("Topics", Lookup("topics")), _ALL), shareable=False)


def _slots(ask: Ask, said: str, sessions: Sequence[Session], chosen: Chosen) -> Card:
    """Poster sessions to choose from, with the other filters kept."""
    subject, _, text = chosen.args
    options = tuple(
        Option(
            lines.session_label(ask.program, session),
            Lookup("posters", trimmed(subject, short(session.id), text)),
            count(len(ask.program.posters_by_session.get(session.id, ())), "poster"),
        )
        for session in sessions
    )
    rows = [f"- **{line(option.label, 120)}** · {option.detail}" for option in options[:10]]
    body = "\n".join([said, *rows, *and_more(len(options), len(rows))])
    return Card((body,), menu=Menu("Choose one", options), shareable=False)


def _none_found(ask: Ask, chosen: Chosen) -> Card:
    _, slot, text = chosen.args
    other = _without_posters(ask, slot) if slot else None
    if other is not None and ask.program.poster_sessions:
        said = f"## No posters in {line(other.title, 80)}\nThis session shows no posters. These do:"
        return _slots(ask, said, ask.program.poster_sessions, chosen).with_buttons(_ALL)
    nearest = ask.index.find(Category.POSTERS, text).nearest if text else ()
    said = f"## No poster found\nNothing matches {line(chosen.described, 120)}."
    card = choice(said + (" These come nearest:" if nearest else ""), nearest, "poster")
    return card.with_buttons(_ALL, Button("Topics", Lookup("topics")))


def _without_posters(ask: Ask, slot: str) -> Session | None:
    """The session that was meant, where it is none for posters."""
    if filters.poster_sessions(ask.program, ask.index, slot):
        return None
    found = ask.index.find(Category.SESSIONS, slot).candidates
    return ask.program.session_by_id[found[0].id] if found else None


def _row(ask: Ask, item: Poster) -> str:
    board = f"Board {line(item.board, 20)} · " if item.board else ""
    award = " 🏆 " + line(item.award, 40) if item.award else ""
    there = f" · {AT_BOARD}" if _is_at_board(ask, item) else ""
    return f"**{line(item.title, 150)}**{award}\n-# {board}{lines.authors(item)}{there}"


def _is_at_board(ask: Ask, item: Poster) -> bool:
    """Whether an author is at the board of a poster, in a session that is not over."""
    if not ask.at_board:
        return False
    sessions = ask.program.sessions_of(item)
    return any((one.id, item.id) in ask.at_board and ask.now < one.end for one in sessions)


def _option(item: Poster, chosen: Chosen) -> Option:
    return Option(item.title, Lookup("poster", trimmed(short(item.id), *chosen.args)), ", ".join(item.authors[:3]))
