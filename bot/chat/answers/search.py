"""/search: one text through everything the programme holds."""

from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, short
from bot.chat.render.card import Button, Card, Menu, Option
from bot.chat.render.text import line, visible
from bot.domain.search import Category, Hit

_NAMES = {
    Category.SESSIONS: "Sessions",
    Category.TALKS: "Talks",
    Category.SPEAKERS: "Speakers",
    Category.ORGANIZERS: "Organizers",
    Category.POSTERS: "Posters",
    Category.TOPICS: "Topics",
    Category.DEADLINES: "Deadlines",
    Category.FAQ: "Questions and answers",
    Category.RELATED: "Related workshops",
    Category.ROOMS: "Rooms",
}


def search(ask: Ask) -> Card:
    """Everything that matches, grouped by kind, with a menu to open it."""
    text = ask.arg(0)
    shown = line(visible(text), 80)
    groups = {kind: hits for kind, hits in ask.index.search(text, per_kind=5).items() if hits}
    if not groups:
        said = f"## Nothing found for “{shown}”\nTry a shorter word, a last name, or a word of the title."
        return Card(
            (said,),
            buttons=(Button("Schedule", Lookup("schedule")), Button("Posters", Lookup("posters"))),
            shareable=False,
        )
    texts = [f"## Found for “{shown}”"]
    options: list[Option] = []
    for kind, hits in groups.items():
        rows = [f"**{_NAMES[kind]}**", *(_row(hit) for hit in hits)]
        texts.append("\n".join(rows))
        options += [
            Option(hit.label, target, f"{_NAMES[kind]}: {hit.detail}") for hit in hits if (target := _target(hit))
        ]
    return Card(tuple(texts), menu=Menu("Open", tuple(_unique(options))) if options else None)


def _row(hit: Hit) -> str:
    return f"- {line(hit.label, 120)}" + (f" · {line(hit.detail, 100)}" if hit.detail else "")


def _target(hit: Hit) -> Lookup | None:
    """The lookup that shows a hit in full."""
    match hit.kind:
        case Category.SESSIONS:
            return Lookup("session", (short(hit.id),))
        case Category.TALKS:
            return Lookup("session", (short(hit.session),)) if hit.session else None
        case Category.SPEAKERS:
            return Lookup("speaker", (short(hit.id),))
        case Category.POSTERS:
            return Lookup("poster", (short(hit.id),))
        case Category.TOPICS:
            return Lookup("posters", (short(hit.id),))
        case Category.ORGANIZERS | Category.DEADLINES | Category.FAQ:
            return Lookup(hit.kind.value)
        case _:
            return None


def _unique(options: list[Option]) -> list[Option]:
    """One entry for each target: two hits may lead to the same card."""
    return list({option.lookup: option for option in reversed(options)}.values())[::-1][:25]
