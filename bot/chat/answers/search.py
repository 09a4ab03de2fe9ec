"""/search: one text through everything the programme holds."""

from bot.chat.answers.filters import TEXT_ALONE_MOST
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, short
from bot.chat.render.card import Button, Card, Menu, Option
from bot.chat.render.text import line, only_for, visible
from bot.domain.search import Category, Hit, Rank

_NAMES = {
    Category.SESSIONS: "Sessions",
    Category.TALKS: "Talks",
    Category.SPEAKERS: "Speakers",
    Category.ORGANIZERS: "Organizers",
    Category.POSTERS: "Posters",
    Category.TOPICS: "Topics",
    Category.DEADLINES: "Deadlines",
    Category.INFORMATION: "Rules and how to take part",
    Category.FAQ: "Questions and answers",
    Category.RELATED: "Related workshops",
    Category.ROOMS: "Rooms",
    Category.EVENT: "This event",
}
#: Hits of a kind; of many kinds there is room for fewer each.
_HITS_MOST, _FEW_KINDS, _HITS_OF_MANY = 5, 5, 3


def search(ask: Ask) -> Card:
    """Everything that matches, grouped by kind, with a menu to open it."""
    text = ask.arg(0)
    shown = line(visible(text), 80)
    # One more than is shown, to know whether there are more.
    groups = ask.index.search(text, _HITS_MOST + 1, ask.may_show)
    if not groups:
        said = f"## Nothing found for “{shown}”\nTry a shorter word, a last name, or a word of the title."
        return Card(
            (said,),
            buttons=(Button("Schedule", Lookup("schedule")), Button("Posters", Lookup("posters"))),
            shareable=False,
        )
    texts = [f"## Found for “{shown}”"]
    options: list[Option] = []
    # What is called exactly so stands first, whatever else holds the words.
    for kind, found in sorted(groups.items(), key=lambda group: group[1][0].score is not Rank.EXACT):
        hits = found[: _HITS_MOST if len(groups) <= _FEW_KINDS else _HITS_OF_MANY]
        rows = [f"**{_NAMES[kind]}**", *(_row(ask, hit) for hit in hits)]
        if len(found) > len(hits):
            rows.append("-# More match. Add a word to narrow it down.")
        texts.append("\n".join(rows))
        options += [Option(hit.label, target, _detail(hit)) for hit in hits if (target := _target(hit))]
    menu = Menu("Open", tuple(_unique(options))) if options else None
    many = len(groups.get(Category.POSTERS, ())) > _HITS_MOST and len(text) <= TEXT_ALONE_MOST
    posters = (Button("All posters with these words", Lookup("posters", ("", "", text))),) if many else ()
    return Card(tuple(texts), menu=menu, buttons=posters)


def _row(ask: Ask, hit: Hit) -> str:
    return f"- {line(hit.label, 120)}{_for_whom(ask, hit)}" + (f" · {line(hit.detail, 100)}" if hit.detail else "")


def _for_whom(ask: Ask, hit: Hit) -> str:
    """The mark of a date that is not for everybody."""
    if hit.kind is not Category.DEADLINES:
        return ""
    audience = next((only_for(item.audience) for item in ask.program.deadlines if item.id == hit.id), "")
    return f" ({audience})" if audience else ""


def _detail(hit: Hit) -> str:
    return f"{_NAMES[hit.kind]}: {hit.detail}" if hit.detail else _NAMES[hit.kind]


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
        case Category.ORGANIZERS | Category.DEADLINES:
            return Lookup(hit.kind.value)
        case Category.INFORMATION:
            return Lookup(hit.id)
        case Category.FAQ:
            return Lookup("faq", (short(hit.label),))
        case Category.EVENT | Category.RELATED:
            return Lookup("about")
        case _:
            return None


def _unique(options: list[Option]) -> list[Option]:
    """One entry for each target: two hits may lead to the same card."""
    return list({option.lookup: option for option in reversed(options)}.values())[::-1][:25]
