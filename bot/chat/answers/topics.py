"""/topics."""

from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, short
from bot.chat.render.card import Card, Menu, Option
from bot.chat.render.lines import TO_BE_ANNOUNCED
from bot.chat.render.text import count, line
from bot.domain.call import Topic


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
