"""The preview of a change of how people attend, and what is said when it was done. For organizers."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.programme.change_mode import Told
from bot.actions.programme.reach import Reach
from bot.actions.programme.tell_change import place_of_news
from bot.chat.lookup import Lookup
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.live import edited_messages, named_channel, notified
from bot.chat.render.text import count, line, link, listing, only_for, stamp, venue_time
from bot.domain.changes.mode import ModeRequest, affected_by, links_between, shown_of
from bot.domain.checks.passwords import tells_password
from bot.domain.event import JoinLink
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.repeats import Repeat, repeats
from bot.domain.sessions import Session

#: The lookup of its buttons; its first argument is the draft's id.
MODE = "m"
_CANCELLED = "Nobody is told: it is cancelled."
_WORDS = {
    Repeat.NOW: "now",
    Repeat.SOON: "30 minutes later",
    Repeat.HOUR: "60 minutes before",
    Repeat.QUARTER: "15 minutes before",
    Repeat.START: "at the start",
}


def preview(
    draft: int,
    request: ModeRequest,
    reach: Reach,
    said: Told,
    now: datetime,
    *,
    copies: int,
    phone: str,
    stale: bool = False,
) -> Card:
    """What changes, who is told and when, and what their phones show.

    ``copies`` is how many people at most get a direct message each time; ``phone`` the first line of what is posted.
    """
    head = "## The programme was changed meanwhile" if stale else "## Nothing is changed yet"
    first = "Look again: this is what would happen now." if stale else "This is what would happen."
    anybody = bool(affected_by(reach.program, request, now))
    texts = [f"{head}\n{first}", "\n".join(_what(reach, request, now))]
    texts.append("\n".join(_telling(reach, said, copies) if anybody else [_CANCELLED, _edited(reach)]))
    if said.times:
        texts.append(f"**Phones show**\n{phone}")
    buttons = (
        Button("Apply", Lookup(MODE, (str(draft),)), Does.APPLY, main=True),
        Button("Cancel", Lookup(MODE, (str(draft),)), Does.DROP),
    )
    menu = _times_menu(draft, reach.program, said, now) if anybody else None
    return Card(tuple(texts), menu=menu, buttons=buttons, shareable=False)


def _times_menu(draft: int, program: Program, said: Told, now: datetime) -> Menu:
    """Every time at which it could be told, also what is switched off."""
    options = tuple(
        Option(
            f"{'Off' if at in said.times else 'On'}: {_WORDS[repeat]}",
            Lookup(MODE, (str(draft), repeat.value)),
            f"{venue_time(at, program.event.tz)} venue time",
        )
        for at, repeat in repeats(now, said.facts.at).items()
    )
    return Menu("Switch a time off or on", options, Does.REPEAT)


def done(reach: Reach, request: ModeRequest, said: Told, now: datetime) -> Card:
    """What was done: all of it is recorded, and is being told."""
    told = f"Told in {_channel(reach.program)}: {_times(said)}." if said.times else "Nobody is told."
    if edited := edited_messages(reach):
        told += f" Being edited: {edited}."
    # What takes something back is not taken back itself.
    back = "\n-# /mode undo takes it back." if request.mode is not None else ""
    rows = ["## Done", *_what(reach, request, now)]
    return Card(("\n".join(rows), f"{told}{back}"), shareable=False)


def _what(reach: Reach, request: ModeRequest, now: datetime) -> list[str]:
    sessions = shown_of(reach.program, request, now)
    came, went = links_between(reach.before, reach.program, request, now)
    rows = [_change(reach, sessions), _named(reach.program, sessions)]
    for item in dict.fromkeys([*([request.link] if request.link else []), *came]):
        rows += _link(item)
    rows += [f"This link goes: {_for_whom(item)}" for item in went]
    return [*rows, *([f"Why: {line(request.why)}"] if request.why else [])]


def _change(reach: Reach, sessions: Sequence[Session]) -> str:
    """~~in person and online~~ → **online**; all ways there were, where they differ."""
    was = {reach.before.mode_of(reach.before.session_by_id.get(one.id, one)) for one in sessions}
    now = {reach.program.mode_of(one) for one in sessions}
    old, new = (listing(sorted(lines.MODES[mode] for mode in modes)) for modes in (was, now))
    return f"**{new.capitalize()}**" if was == now else f"~~{old}~~ → **{new}**"


def _named(program: Program, sessions: Sequence[Session]) -> str:
    zone = program.event.tz
    named = [f"**{line(one.title, 80)}** ({venue_time(one.start, zone)})" for one in (sessions[0], sessions[-1])]
    if len(sessions) == 1:
        return named[0]
    return f"{count(len(sessions), 'session')}, from {named[0]} to {named[1]}"


def _link(item: JoinLink) -> list[str]:
    rows = [_for_whom(item)]
    if item.visibility is not Group.PUBLIC:
        rows.append("-# It never stands in a channel: there it says to use /join.")
    if tells_password(item):
        rows.append("⚠️ The link holds a password, and everybody would see it.")
    return rows


def _for_whom(item: JoinLink) -> str:
    return f"{link(item.label, item.url)} {only_for(item.visibility) or 'for everybody, also in channels'}"


def _telling(reach: Reach, said: Told, copies: int) -> list[str]:
    if not said.times:
        rows = ["Nobody is told: all times are switched off."]
    else:
        rows = [f"Told in {_channel(reach.program)}: {_times(said)}.", notified(reach.program)]
        rows.append(f"Each also goes to at most {count(copies, 'person', 'people')} by direct message.")
    return [*rows, _edited(reach)]


def _edited(reach: Reach) -> str:
    edited = edited_messages(reach)
    return f"Edited: {edited}." if edited else "Nothing that was posted has to be edited."


def _times(said: Told) -> str:
    return listing([_WORDS[repeat] if repeat is Repeat.NOW else stamp(at) for at, repeat in said.times.items()])


def _channel(program: Program) -> str:
    return named_channel(program, place_of_news(program.server))
