"""What autocomplete offers, so that no two choices read the same: one could change the wrong session."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from discord.app_commands import Choice

from bot.chat.render.layout import OPTION_MOST
from bot.chat.render.text import plain, venue_time
from bot.domain.program import Program
from bot.domain.search import Entry

#: What tells namesakes apart may take so much of a name: the rest is for the title.
_APART_MOST = 60


#: What people type begins alike: most of what is offered was offered before.
@lru_cache(maxsize=8192)
def choice(label: str, value: str) -> Choice[str]:
    return Choice(name=plain(label, OPTION_MOST) or value[:OPTION_MOST], value=value[:OPTION_MOST])


def choices_of(program: Program, entries: Sequence[Entry]) -> list[Choice[str]]:
    """One choice for each entry: its label, and where several read the same what tells them apart behind it."""
    offered = [choice(entry.label, entry.id) for entry in entries]
    if len({one.name for one in offered}) == len(offered):
        return offered
    # First the start, or what is known of a record that has none; then, for namesakes at the same time, all there is.
    for apart in (_start, _detail):
        names = Counter(one.name for one in offered)
        offered = [
            choice(_with(entry.label, apart(program, entry)), entry.id) if names[one.name] > 1 else one
            for one, entry in zip(offered, entries, strict=True)
        ]
    return offered


def _start(program: Program, entry: Entry) -> str:
    """When a session starts: the venue's clock, with the day where the programme has several."""
    session = program.session_by_id.get(entry.id)
    if session is None or session.title != entry.label:
        return entry.detail
    clock = venue_time(session.start, program.event.tz)
    day = program.day_of(session)
    return f"{day:%a} {day.day} {day:%b}, {clock}" if len(program.days) > 1 else clock


def _detail(_: Program, entry: Entry) -> str:
    return entry.detail


def _with(label: str, apart: str) -> str:
    """Both in one name: a long label is cut, what tells it apart is not."""
    if not apart:
        return label
    behind = f" · {plain(apart, _APART_MOST)}"
    return plain(label, OPTION_MOST - len(behind)) + behind
