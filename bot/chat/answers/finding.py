"""From what a reader typed to one record, or to a card that helps them choose."""

from collections.abc import Mapping
from typing import TypeVar

from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, same, short
from bot.chat.render.card import Button, Card, Menu, Option
from bot.chat.render.text import line, visible
from bot.domain.search import Category, Hit, Rank

T = TypeVar("T")

#: A choice has so many entries.
_SHOWN = 10
#: A shorter text with a typo in it may as well be another word: "lunch" is no "launch".
_SURE_DESPITE_A_TYPO = 7
#: Kind -> its word in a sentence, which is also its lookup; and where all of them are listed.
_WORDS = {
    Category.SPEAKERS: ("speaker", Button("All speakers", Lookup("speakers"))),
    Category.SESSIONS: ("session", Button("Schedule", Lookup("schedule"))),
    Category.POSTERS: ("poster", Button("All posters", Lookup("posters"))),
}


def resolve(ask: Ask, kind: Category, text: str, records: Mapping[str, T]) -> T | Card:
    """The record of ``kind`` meant by ``text``: an id, a title or name, or part of one.

    Several that fit, or none, give a Card with what to choose from.
    """
    if text in records:
        return records[text]
    if text.startswith("~"):
        for record_id in records:
            if same(record_id, text):
                return records[record_id]
    word, everything = _WORDS[kind]
    if not visible(text):
        return Card(
            (f"## Which {word}?\nType a few letters of the name, or look through the list.",), buttons=(everything,)
        )
    found = ask.index.find(kind, text)
    if found.only and (found.only.score > Rank.TYPO or len(text) >= _SURE_DESPITE_A_TYPO):
        return records[found.only.id]
    shown = line(visible(text), 80)
    if len(found.candidates) > _SHOWN:
        many = f"Many match “{shown}”. These come first; type more to narrow it down."
        return choice(f"## Which {word}?\n{many}", found.candidates, word)
    if len(found.candidates) > 1:
        return choice(f"## Which {word}?\nSeveral match “{shown}”.", found.candidates, word)
    nearest = found.candidates or found.nearest
    nothing = choice(f"## No {word} found\nNothing matches “{shown}”. These come nearest:", nearest, word)
    return nothing.with_buttons(everything)


def choice(text: str, hits: tuple[Hit, ...], name: str) -> Card:
    """A card that offers ``hits`` as a list and a menu; each opens as the lookup ``name``."""
    if not hits:
        return Card((text.replace(" These come nearest:", " Try a shorter word, or /search."),), shareable=False)
    shown = hits[:_SHOWN]
    rows = [f"- **{line(hit.label, 120)}**" + (f" · {line(hit.detail, 100)}" if hit.detail else "") for hit in shown]
    options = tuple(Option(hit.label, Lookup(name, (short(hit.id),)), hit.detail) for hit in shown)
    return Card((text + "\n" + "\n".join(rows),), menu=Menu("Choose one", options), shareable=False)
