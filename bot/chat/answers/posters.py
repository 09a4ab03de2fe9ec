"""/poster, /posters and /topics."""

from collections.abc import Sequence

from bot.chat.answers.finding import choice, resolve
from bot.chat.answers.people import page_buttons
from bot.chat.ask import Ask
from bot.chat.lookup import AT_NOW, Lookup, same, short
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Menu, Option
from bot.chat.render.lines import TO_BE_ANNOUNCED, heading
from bot.chat.render.text import count, line, paragraphs, stamp, venue_time, visible
from bot.domain.call import Topic
from bot.domain.program import Poster
from bot.domain.search import Category

_PAGE = 10


def poster(ask: Ask) -> Card:
    """One poster. The arguments after its id are the list it was opened from, for previous and next."""
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
    return Card(tuple(texts), buttons=_neighbours(ask, found))


def _decision(ask: Ask, found: Poster) -> str:
    formats = {item.id: item.name for item in ask.program.submission.formats}
    decision = "" if (found.decision or "").casefold() == "poster" else (found.decision or "").capitalize()
    words = [formats.get(found.format, found.format) if found.format else "", decision]
    return " · ".join(word for word in words if word)


def _where_and_what(ask: Ask, found: Poster) -> list[str]:
    rows = [f"Board: {line(found.board, 40) if found.board else TO_BE_ANNOUNCED}"]
    sessions = ask.program.sessions_of(found)
    times = [f"{stamp(item.start, 'D')} {lines.span(item.start, item.end, ask.zone)}" for item in sessions[:4]]
    if times:
        rows.append("Shown: " + "; ".join(times))
    topics = [ask.program.topic_by_id[topic] for topic in found.topics]
    if topics:
        said = " (provisional, from the title)" if found.topics_provisional else ""
        rows.append(f"Topics: {', '.join(line(topic.name, 100) for topic in topics)}{said}")
    return rows


def _neighbours(ask: Ask, found: Poster) -> tuple[Button, ...]:
    filters = ask.lookup.args[1:]
    order: Sequence[Poster] = ask.program.posters
    at = ask.program.poster_position[found.id]
    if any(filters):
        chosen, _ = _selected(ask, *_padded(filters))
        positions = {poster.id: position for position, poster in enumerate(chosen)}
        if found.id in positions:
            order, at = chosen, positions[found.id]
        else:
            filters = ()

    def button(label: str, to: int) -> Button:
        inside = 0 <= to < len(order)
        target = order[to] if inside else found
        return Button(label, Lookup("poster", (short(target.id), *filters)), enabled=inside)

    page = at // _PAGE
    return (button("‹ Previous", at - 1), button("Next ›", at + 1), Button("List", Lookup("posters", filters, page)))


def _padded(filters: Sequence[str]) -> tuple[str, str, str]:
    topic, session, text, *_ = (*filters, "", "", "")
    return topic, session, text


def posters(ask: Ask) -> Card:
    """The posters, by topic, session or words, page by page."""
    if not ask.program.posters:
        return Card((f"## Posters\nThe posters are {TO_BE_ANNOUNCED}.",))
    filters = _padded(ask.lookup.args)
    found, described = _selected(ask, *filters)
    if not found:
        return _none_found(ask, filters, described)
    last = (len(found) - 1) // _PAGE
    page = 0 if ask.lookup.page == AT_NOW else min(ask.lookup.page, last)
    shown = found[page * _PAGE : (page + 1) * _PAGE]
    head = heading("Posters" + (f": {described}" if described else ""))
    rows = "\n".join(_row(item) for item in shown)
    menu = Menu("Open a poster", tuple(_option(item, filters) for item in shown))
    first = page * _PAGE + 1
    footer = f"{first}–{first + len(shown) - 1} of {count(len(found), 'poster')}"
    buttons = page_buttons(ask, page, last)
    if described:
        buttons = (*buttons, Button("All posters", Lookup("posters")))
    return Card((head, rows), menu=menu, buttons=buttons, footer=footer)


def _selected(ask: Ask, topic: str, session: str, text: str) -> tuple[Sequence[Poster], str]:
    """The posters that fit all filters, and the filters in plain words."""
    program = ask.program
    found: Sequence[Poster] = program.posters
    words = []
    if topic:
        found_topic = _topic(ask, topic)
        found = program.posters_by_topic.get(found_topic.id, ()) if found_topic else ()
        words.append(found_topic.name if found_topic else visible(topic))
    if session:
        found_session = next((item for item in program.poster_sessions if same(item.id, session)), None)
        shown = program.posters_by_session.get(found_session.id, ()) if found_session else ()
        ids = {item.id for item in shown}
        found = [item for item in found if item.id in ids] if topic else shown
        if found_session:
            words.append(f"{found_session.title} at {venue_time(found_session.start, ask.zone)}")
        else:
            words.append(visible(session))
    if text:
        order = {hit.id: at for at, hit in enumerate(ask.index.suggest(Category.POSTERS, text, limit=200))}
        found = sorted((item for item in found if item.id in order), key=lambda item: order[item.id])
        words.append(f"“{visible(text)}”")
    return found, " · ".join(words)


def _topic(ask: Ask, text: str) -> Topic | None:
    for topic in ask.program.topics:
        if same(topic.id, text):
            return topic
    found = ask.index.find(Category.TOPICS, text)
    hit = found.exact or (found.candidates[0] if found.candidates else None)
    return ask.program.topic_by_id[hit.id] if hit else None


def _none_found(ask: Ask, filters: tuple[str, str, str], described: str) -> Card:
    nearest = ask.index.find(Category.POSTERS, filters[2]).nearest if filters[2] else ()
    said = f"## No poster found\nNothing matches {line(described, 120)}."
    card = choice(said + (" These come nearest:" if nearest else ""), nearest, "poster")
    return card.with_buttons(Button("All posters", Lookup("posters")), Button("Topics", Lookup("topics")))


def _row(item: Poster) -> str:
    board = f"Board {line(item.board, 20)} · " if item.board else ""
    award = " 🏆 " + line(item.award, 40) if item.award else ""
    return f"**{line(item.title, 150)}**{award}\n-# {board}{lines.authors(item)}"


def _option(item: Poster, filters: tuple[str, str, str]) -> Option:
    kept = filters if any(filters) else ()
    return Option(item.title, Lookup("poster", (short(item.id), *kept)), ", ".join(item.authors[:3]))


def topics(ask: Ask) -> Card:
    """The topics of the call, and how many posters each has."""
    if not ask.program.topics:
        return Card((f"## Topics\nThe topics are {TO_BE_ANNOUNCED}.",))
    texts = ["## Topics"]
    for group in dict.fromkeys(topic.group for topic in ask.program.topics):
        rows = [f"### {line(group, 100)}"]
        rows += [_topic_line(ask, topic) for topic in ask.program.topics if topic.group == group]
        texts.append("\n".join(rows))
    if any(item.topics_provisional for item in ask.program.posters):
        texts.append("-# Posters were given topics from their titles. This is provisional.")
    options = tuple(
        Option(topic.name, Lookup("posters", (short(topic.id),)), count(_how_many(ask, topic), "poster"))
        for topic in ask.program.topics
    )
    return Card(tuple(texts), menu=Menu("Posters on a topic", options))


def _how_many(ask: Ask, topic: Topic) -> int:
    return len(ask.program.posters_by_topic.get(topic.id, ()))


def _topic_line(ask: Ask, topic: Topic) -> str:
    number = _how_many(ask, topic)
    return f"- **{line(topic.name, 120)}**" + (f" · {count(number, 'poster')}" if number else "")
