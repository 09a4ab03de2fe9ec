"""The lines of an agenda: one entry, why it is there, and what it clashes with."""

from datetime import datetime

from bot.chat.render import lines
from bot.chat.render.lines import CANCELLED, TO_BE_ANNOUNCED, few, mark, span, struck
from bot.chat.render.text import line, stamp, venue_time
from bot.domain.agenda import Item, StarKind
from bot.domain.program import Program


def next_line(program: Program, item: Item) -> str:
    """**Next up: Invited Talk 2** starts in 5 minutes · 09:50–10:30 · Main room"""
    assert item.start is not None
    assert item.end is not None
    if item.deadline:
        return f"**Next up: {line(item.title, 100)}** is due {stamp(item.start, 'R')}"
    place = lines.room_name(program, item.session) if item.session else ""
    when = span(item.start, item.end, program.event.tz)
    starts = f"starts {stamp(item.start, 'R')}{lines.tentative(program.event)}"
    return f"**Next up: {line(item.title, 100)}** {starts} · {when}" + (f" · {place}" if place else "")


def item_lines(
    program: Program, item: Item, now: datetime, *, dated: bool = False, every_poster: bool = False
) -> list[str]:
    """An entry: its own line, then what it stands for, then what is at the same time. ``dated`` adds the date.

    Several posters share a line that names the first, unless ``every_poster`` is to have its own.
    """
    posters = [program.poster_by_id[star.record_id].title for star in item.stars if star.kind is StarKind.POSTER]
    if not item.start:
        below = []
    elif every_poster:
        below = [f"-# 📌 {line(title, 60)}" for title in posters]
    else:
        below = [f"-# 📌 {few(posters)}"] if posters else []
    if item.clashes:
        below.append(f"-# ⚠️ At the same time: {few(list(item.clashes))}")
    return [_entry(program, item, now, dated=dated), *below]


def _entry(program: Program, item: Item, now: datetime, *, dated: bool) -> str:
    title = f"**{line(item.title, 90)}**"
    if item.start is None or item.end is None:
        return f"{title} · time {TO_BE_ANNOUNCED}"
    when = f"{stamp(item.start)} ({venue_time(item.start, program.event.tz)})"
    if dated:
        when = f"{stamp(item.start, 'D')} {when}"
    if item.deadline:
        text = f"{when} ⏰ {title} · {line(item.deadline.stated)}"
        return f"-# {text} · over" if item.end <= now else text
    assert item.session is not None
    people = lines.speaker_names(program, item.talk) if item.talk else lines.who(program, item.session)
    parts = [f"{when} {mark(item.session)} {title}", people, lines.room_name(program, item.session)]
    text = " · ".join(part for part in parts if part and part != lines.NO_SPEAKER)
    if item.cancelled:
        return f"{struck(text)} · {CANCELLED}"
    if item.end <= now:
        return f"-# {text} · over"
    return f"▶ {text} · **now**, ends {stamp(item.end, 'R')}" if item.start <= now else text
