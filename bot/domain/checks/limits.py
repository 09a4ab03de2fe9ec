"""What Discord has no room for. Longer texts are cut where they are shown, so that is told beforehand.

The figures are Discord's: https://discord.com/developers/docs/resources/channel and .../components/reference.
"""

from collections.abc import Iterator

from bot.domain.call import Topic
from bot.domain.checks.problem import Problem, error, warning
from bot.domain.event import JoinLink, Link
from bot.domain.program import Program

#: A thread's name, an option in a list, a scheduled event's name and place, a channel's and a role's name.
NAME = 100
#: A message of Components V2 holds 4,000 characters; the rest is for the lines around the text.
TEXT = 3500
#: What answers show of texts that stand between others: whom the event is for, a rule, a note, what people are.
AUDIENCE, RULE, NOTE, PART = 400, 300, 200, 100
#: Authors that a poster's card names.
AUTHORS = 20
#: Tags of one forum, and the characters of each.
TAGS, TAG = 20, 20

#: kind, record, field, text, limit, where it is too long for
_Entry = tuple[str, str | None, str, str | None, int, str]

_IN_LISTS = "a thread's name or a list"
_IN_MESSAGES = "one message"
_IN_ANSWERS = "its place in an answer"


def texts_too_long(program: Program) -> list[Problem]:
    return [
        warning(
            "too-long",
            (kind, record, field),
            text,
            f"this text has {len(text):,} characters, and {where} holds {limit:,}.",
            f"Shorten it to {limit:,} characters; until then the rest is cut off.",
        )
        for kind, record, field, text, limit, where in _entries(program)
        if text is not None and len(text) > limit
    ]


def more_authors_than_shown(program: Program) -> list[Problem]:
    return [
        warning(
            "too-many-authors",
            ("poster", poster.id, "authors"),
            poster.authors[AUTHORS],
            f"this poster has {len(poster.authors):,} authors, and {AUTHORS} are shown; the others are counted.",
            f"Nothing if this is meant; else put the {AUTHORS} that should be shown first.",
        )
        for poster in program.posters
        if len(poster.authors) > AUTHORS
    ]


def topics_as_forum_tags(program: Program) -> list[Problem]:
    """Topics become the tags of the posters' forum."""
    named: dict[str, Topic] = {}
    problems = []
    for topic in program.topics:
        if len(topic.short) > TAG:
            message = f'"{topic.short}" has {len(topic.short)} characters, and a forum tag holds {TAG}.'
            fix = f"Write short: and a name of at most {TAG} characters."
            problems.append(error("tag-too-long", ("topic", topic.id, "short"), topic.short, message, fix))
        first = named.setdefault(topic.short.casefold(), topic)
        if first is not topic:
            message = f'"{topic.short}" is the tag of the topic {first.id}, too.'
            fix = "Give one of the two another name in short."
            field = "short" if topic.short != topic.name else "name"
            problems.append(warning("tag-twice", ("topic", topic.id, field), topic.short, message, fix))
    if len(program.topics) > TAGS:
        topic = program.topics[TAGS]
        message = (
            f"there are {len(program.topics)} topics, and a forum has {TAGS} tags. The topics from here on get none."
        )
        fix = f"Join topics until there are {TAGS}, or put the important ones first."
        problems.append(warning("too-many-topics", ("topic", topic.id, "id"), topic.id, message, fix))
    return problems


def _entries(program: Program) -> Iterator[_Entry]:
    yield from _event_entries(program)
    for session in program.sessions:
        yield "session", session.id, "title", session.title, NAME, _IN_LISTS
        yield "session", session.id, "description", session.description, TEXT, _IN_MESSAGES
        yield from _links("session", session.id, "links", session.links)
        yield from _links("session", session.id, "materials", session.materials)
        yield from _links("session", session.id, "joining", _shown(session.joining))
        for talk in session.talks:
            yield "talk", talk.id, "title", talk.title, NAME, _IN_LISTS
            yield "talk", talk.id, "abstract", talk.abstract, TEXT, _IN_MESSAGES
            yield from _links("talk", talk.id, "materials", talk.materials)
    for speaker in program.speakers:
        yield "speaker", speaker.id, "name", speaker.name, NAME, _IN_LISTS
        yield from _parts("speaker", speaker.id, position=speaker.position, affiliation=speaker.affiliation)
        yield "speaker", speaker.id, "bio", speaker.bio, TEXT, _IN_MESSAGES
    for organizer in program.organizers:
        yield "organizer", organizer.id, "name", organizer.name, NAME, _IN_LISTS
        yield from _parts("organizer", organizer.id, position=organizer.position, affiliation=organizer.affiliation)
    for deadline in program.deadlines:
        yield "deadline", deadline.id, "title", deadline.title, NAME, _IN_LISTS
        yield "deadline", deadline.id, "note", deadline.note, NOTE, _IN_ANSWERS
    for topic in program.topics:
        yield "topic", topic.id, "name", topic.name, NAME, _IN_LISTS
    for poster in program.posters:
        yield "poster", poster.id, "title", poster.title, NAME, _IN_LISTS
        yield "poster", poster.id, "abstract", poster.abstract, TEXT, _IN_MESSAGES


def _event_entries(program: Program) -> Iterator[_Entry]:
    event, texts = program.event, program.texts
    yield "event", event.id, "name", event.name, NAME, _IN_LISTS
    yield "event", event.id, "short_name", event.short_name, NAME, _IN_LISTS
    yield "event", event.id, "description", event.description, TEXT, _IN_MESSAGES
    yield "event", event.id, "audience", event.audience, AUDIENCE, _IN_ANSWERS
    yield "event", event.id, "how_to_attend", event.how_to_attend, TEXT, _IN_MESSAGES
    yield from _links("event", event.id, "materials", event.materials)
    yield from _links("event", event.id, "joining", _shown(event.joining))
    for room in event.rooms:
        yield "room", room.id, "name", room.name, NAME, _IN_LISTS
    yield "texts", None, "conduct.text", texts.conduct, TEXT, _IN_MESSAGES
    yield "texts", None, "diversity", texts.diversity, TEXT, _IN_MESSAGES
    yield "texts", None, "materials_policy", texts.materials_policy, TEXT, _IN_MESSAGES
    for entry in texts.faq:
        yield "texts", None, "faq.question", entry.question, NAME, _IN_LISTS
        yield "texts", None, "faq.answer", entry.answer, TEXT, _IN_MESSAGES
    for rule in program.submission.rules:
        yield "submission", None, "rules", rule, RULE, _IN_ANSWERS
    for item in program.submission.formats:
        yield "format", item.id, "note", item.note, RULE, _IN_ANSWERS
    for purpose, role in program.server.roles.items():
        yield "server", None, f"roles.{purpose}", role, NAME, "a role's name"


def _shown(joining: tuple[JoinLink, ...]) -> tuple[Link, ...]:
    return tuple(Link(link.label, link.url) for link in joining)


def _parts(kind: str, record: str, **texts: str | None) -> Iterator[_Entry]:
    for field, text in texts.items():
        yield kind, record, field, text, PART, _IN_ANSWERS


def _links(kind: str, record: str, field: str, links: tuple[Link, ...]) -> Iterator[_Entry]:
    for link in links:
        yield kind, record, f"{field}.label", link.label, NAME, "a link's text"
