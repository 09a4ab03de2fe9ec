"""The cards of /privacy, and the file: all of it is made from the list of what is stored, so none of it can differ."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.actions.privacy.decide import Held
from bot.chat.answers.starring import name_of
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.text import count
from bot.domain.agenda import Star, StarKind
from bot.domain.privacy.retention import Retention, Term, in_words
from bot.domain.program import Program
from bot.storage.privacy.holding import Entry, Fate, Holding

PRIVACY = "privacy"
#: What the first argument of its buttons says.
SHOW, WHY, ELSE, FILE, ASK, DELETE = "show", "why", "else", "file", "ask", "delete"
_ONLY_YOU = "Only you see this."
_HEAD = "## What I store about you in this server"
#: The names of two buttons.
_WHY, _ELSE = "What and why", "What could be stored"


def _button(label: str, what: str, *, main: bool = False) -> Button:
    return Button(label, Lookup(PRIVACY, (what,)), Does.PRIVACY, main=main)


_GET, _BACK = _button("Get my data", FILE), _button("Back", SHOW)


def overview(found: Sequence[Held], retention: Retention) -> Card:
    """What is stored about the reader, with how much of it: what fits on one screen of a phone."""
    now = [one for one in found if one.entries]
    if not now:
        text = f"{_HEAD}\nNothing now. I store only what you do with me: **{_ELSE}** lists it."
        return Card((text,), buttons=(_button(_ELSE, ELSE), _GET), footer=_ONLY_YOU, shareable=False)
    rule = (
        f"Only what you do with me. Kept {in_words(retention, Term.PERSONAL)}, unless **{_WHY}** says otherwise. "
        "Whoever runs this bot can read it."
    )
    rows = "\n".join([_HEAD, rule, *(f"- {_counted(one.holding, len(one.entries))}" for one in now)])
    buttons = (replace(_GET, main=True), _button("Delete my data", ASK), _button(_WHY, WHY))
    return Card((rows,), buttons=buttons, footer=_ONLY_YOU, shareable=False)


def reasons(found: Sequence[Held], retention: Retention) -> Card:
    """What is stored about the reader: why, for how long, and who sees it."""
    now = [one for one in found if one.entries]
    text = f"{_HEAD}, and why\n{_rule(retention)}"
    texts = (text, "\n".join(_stored(one, retention) for one in now)) if now else (f"{text}\nNothing is stored now.",)
    return Card(texts, buttons=(_button(_ELSE, ELSE), _BACK), footer=_ONLY_YOU, shareable=False)


def possible(found: Sequence[Held], retention: Retention) -> Card:
    """What would be stored about the reader once they use it."""
    later = [one.holding for one in found if not one.entries]
    text = f"## What I store only once you use it\n{_rule(retention)}"
    rows = "\n".join(_later(one, retention) for one in later)
    return Card((text, rows) if rows else (text,), buttons=(_BACK,), footer=_ONLY_YOU, shareable=False)


def _rule(retention: Retention) -> str:
    return (
        "I store only what you do with me, and only for what stands here. Whoever runs this bot can read all of it. "
        f"It is kept {in_words(retention, Term.PERSONAL)}, where no other time stands."
    )


def _later(holding: Holding, retention: Retention) -> str:
    """A short line: there are many, and none concerns the reader yet."""
    other = "" if holding.term is Term.PERSONAL else f", {in_words(retention, holding.term)}"
    return f"-# {holding.name}: {holding.what}{other}"


def _stored(one: Held, retention: Retention) -> str:
    holding = one.holding
    kept = "" if holding.term is Term.PERSONAL else f", {in_words(retention, holding.term)}"
    return (
        f"**{_counted(holding, len(one.entries))}**\n"
        f"{_capital(holding.what)}, {holding.why}{kept}.\n"
        f"-# Seen by {holding.seen_by}."
    )


def question(found: Sequence[Held], retention: Retention) -> Card:
    """Before anything is deleted: what goes, what stays without the name, what stays and why."""
    now = [one for one in found if one.entries]
    if not any(one.holding.fate is not Fate.STAYS for one in now):
        texts = [
            "## Nothing to delete\nNothing is stored about you here that you could delete.",
            *_stays(now, retention),
        ]
        return Card(tuple(texts), buttons=(_BACK,), footer=_ONLY_YOU, shareable=False)
    texts = ["## Delete your data in this server?\nThis cannot be undone."]
    goes = [_row(one.holding, len(one.entries)) for one in now if one.holding.fate is Fate.GOES]
    nameless = []
    for one in now:
        if one.holding.fate is Fate.NAMELESS:
            gone, left = _parted(one)
            goes += gone
            nameless += left
    texts += ["\n".join(["**What goes**", *goes])] if goes else []
    texts += ["\n".join(["**What loses your name**", *nameless])] if nameless else []
    texts += _stays(now, retention)
    texts.append(
        "-# Messages in channels are changed within minutes, my daily backup within a day. Discord keeps what I sent "
        "you directly: close that conversation to hide it."
    )
    buttons = (_button("Delete it", DELETE, main=True), _button("Keep it", SHOW))
    return Card(tuple(texts), buttons=buttons, footer=_ONLY_YOU, shareable=False)


def deleted(done: Sequence[tuple[Holding, int]], left: Sequence[Held], retention: Retention) -> Card:
    """What was done, and what is left."""
    if not done:
        texts = ["## Nothing was deleted\nNothing was stored about you here that you could delete."]
    else:
        rows = "\n".join(_row(holding, number) for holding, number in done)
        texts = [f"## Your data is deleted\nMessages that show your name are changed within minutes.\n{rows}"]
    texts += _stays([one for one in left if one.entries], retention)
    return Card(
        tuple(texts), buttons=(_button("What is stored now", SHOW),), footer=_ONLY_YOU, shareable=False, dated=False
    )


def _stays(now: Sequence[Held], retention: Retention) -> list[str]:
    rows = [
        f"- {_counted(one.holding, len(one.entries))}: {in_words(retention, one.holding.term)}, since "
        f"{one.holding.after}"
        for one in now
        if one.holding.fate is Fate.STAYS
    ]
    return ["\n".join(["**What stays, and why**", *rows])] if rows else []


def _row(holding: Holding, number: int) -> str:
    return f"- {_counted(holding, number)}: {holding.after}"


def _parted(one: Held) -> tuple[list[str], list[str]]:
    """What goes of what else stays without the name, and that."""
    holding, partly = one.holding, one.holding.partly
    if partly is None:
        return [], [_row(holding, len(one.entries))]
    gone = sum(map(partly.goes, one.entries))
    rows = ((gone, partly.of_those), (len(one.entries) - gone, partly.of_others))
    those, others = ([f"- {_counted(holding, number)}: {after}"] if number else [] for number, after in rows)
    return those, others


def _counted(holding: Holding, number: int) -> str:
    return f"{holding.name} ({number})" if number > 1 else holding.name


def as_file(found: Sequence[Held], program: Program, now: datetime) -> dict[str, object]:
    """What the person gets, to be written as JSON. ``now`` is a UTC instant."""
    return {
        "about": f"What is stored about you at {program.event.name}",
        "made_at": now.isoformat(timespec="seconds"),
        "holds": count(sum(len(one.entries) for one in found), "entry", "entries"),
        "stored": [
            {
                "name": one.holding.name,
                "what": one.holding.what,
                "why": one.holding.why,
                "kept": in_words(program.privacy, one.holding.term),
                "seen_by": one.holding.seen_by,
                "entries": [_titled(entry, program) for entry in one.entries],
            }
            for one in found
        ],
    }


def _titled(entry: Entry, program: Program) -> Entry:
    """With the title of what an id stands for, which itself says little."""
    poster = program.poster_by_id.get(str(entry.get("poster")))
    if poster is not None:
        return {**entry, "poster_title": poster.title}
    if "kind" in entry and "id" in entry:
        return {**entry, "title": name_of(program, Star(StarKind(str(entry["kind"])), str(entry["id"])))}
    return entry


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
