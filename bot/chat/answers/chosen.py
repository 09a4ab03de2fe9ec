"""The posters that the filters of /posters leave."""

from collections.abc import Sequence

from msgspec import Struct

from bot.chat.answers import filters
from bot.chat.ask import Ask
from bot.chat.render.text import listing, venue_time, visible
from bot.domain.call import Topic
from bot.domain.program import Poster, Program
from bot.domain.search import Category
from bot.domain.sessions import Session


class Chosen(Struct, frozen=True):
    """The posters that the filters leave, and the filters in plain words and as arguments of a Lookup.

    ``which`` are sessions one of which may be meant, ``which_topic`` topics; none where the topic typed is unknown.
    """

    posters: Sequence[Poster]
    described: str
    args: tuple[str, str, str]
    which: tuple[Session, ...] = ()
    which_topic: tuple[Topic, ...] | None = None


def chosen_by(ask: Ask, args: Sequence[str]) -> Chosen:
    """The posters that fit a topic, a poster session and words; each filter may be "" or left out."""
    program = ask.program
    subject, slot, text, *_ = (*args, "", "", "")
    found: Sequence[Poster] = program.posters
    words = []
    if text:
        found = [program.poster_by_id[poster_id] for poster_id in ask.index.matching(Category.POSTERS, text)]
    if subject:
        topics = filters.topics(program, ask.index, subject)
        key = filters.topics_key(program, topics)
        if not key:
            return Chosen((), visible(subject), (subject, slot, text), which_topic=tuple(topics))
        found = _both(found, _of_topics(program, topics), kept=bool(text))
        words.append(topics[0].name if len(topics) == 1 else topics[0].group)
        subject = key
    if slot:
        sessions = filters.poster_sessions(program, ask.index, slot)
        key = filters.sessions_key(sessions)
        if sessions and not key:
            return Chosen((), visible(slot), (subject, slot, text), tuple(sessions))
        shown = dict.fromkeys(item for each in sessions for item in program.posters_by_session.get(each.id, ()))
        found = _both(found, tuple(shown), kept=bool(text or subject))
        words.append(_slot_words(ask, sessions) if sessions else visible(slot))
        slot = key or slot
    if text:
        words.append(f"“{visible(text)}”")
    return Chosen(found, " · ".join(words), (subject, slot, text))


def _of_topics(program: Program, topics: Sequence[Topic]) -> Sequence[Poster]:
    """The posters that have any of the topics, in the programme's order."""
    if len(topics) == 1:
        return program.posters_by_topic.get(topics[0].id, ())
    wanted = {topic.id for topic in topics}
    return [item for item in program.posters if not wanted.isdisjoint(item.topics)]


def _both(found: Sequence[Poster], among: Sequence[Poster], *, kept: bool) -> Sequence[Poster]:
    """Those of ``found`` that are ``among`` others; all others where nothing was ``kept`` out before."""
    if not kept:
        return among
    ids = {item.id for item in among}
    return [item for item in found if item.id in ids]


def _slot_words(ask: Ask, sessions: Sequence[Session]) -> str:
    """Poster session at 10:00 and 15:20"""
    times = list(dict.fromkeys(venue_time(session.start, ask.zone) for session in sessions))
    return f"{sessions[0].title} at {listing(times)}" if len(times) <= 3 else sessions[0].title
