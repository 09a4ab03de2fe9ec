"""An announcement as its readers see it: in the channel, and by direct message."""

import re

from bot.chat.lookup import Lookup, short
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.message import CONTENT_MOST, MENTION_MOST, Context, Notification
from bot.chat.render.text import address, clip, esc, line
from bot.domain.agenda import StarKind
from bot.domain.announce.announcement import Content, Mention
from bot.domain.program import Program

_FENCE = "```"
_QUOTE_ALL = re.compile(r"^(\s*>)>>", re.MULTILINE)
_MARKUP = re.compile(r"\*\*|__|~~|\|\||`+|^\s*(?:#+|>+|-)\s+", re.MULTILINE)
#: Whatever may be notified besides, nobody is by these words in a text.
_PING = re.compile(r"@(?=everyone|here)")
#: Of the description of a picture, which is given where the picture is not.
_ALT_MOST = 150


def announced(context: Context) -> Notification | None:
    """What a row of the outbox says. None where the announcement is no more."""
    found = context.besides.announcement
    if found is None:
        return None
    content = found.content
    if context.direct:
        text = direct_text(content, context.program)
        return Notification(
            text, (*buttons(content, context.program), Button("My settings", Lookup("settings"), Does.OPEN))
        )
    role = content.audience.role if content.mention is Mention.ROLE else None
    return Notification(
        channel_text(content),
        buttons(content, context.program),
        everyone=content.mention is Mention.EVERYONE,
        role=role,
        picture=content.picture,
    )


def channel_text(content: Content) -> str:
    """Title, text and link. Organizers may use markup; nothing of it reaches beyond their text, and nothing pings."""
    parts = [f"**{line(content.title, len(content.title))}**", _body(content.body), address(content.link)]
    return "\n".join(part for part in parts if part)


def direct_text(content: Content, program: Program) -> str:
    """The same to one person: what the picture shows, in words, and who is writing."""
    rows = [channel_text(content)]
    if content.picture:
        rows.append(f"-# Picture: {line(content.picture.alt, _ALT_MOST)}")
    rows.append(f"-# From the organizers of {line(program.event.short_name, 60)}. /settings ends such messages.")
    return "\n".join(rows)


def too_long(content: Content, program: Program) -> int:
    """By how many characters it does not fit into one message; 0 where it fits. Escaping has made it longer."""
    here = len(channel_text(content)) - CONTENT_MOST if content.place is not None else 0
    # Nobody is mentioned there.
    direct = len(direct_text(content, program)) - CONTENT_MOST - MENTION_MOST if content.copies else 0
    return max(0, here, direct)


def phone_text(content: Content) -> str:
    """What the notification on a phone begins with: without markup, which phones do not show."""
    return esc(clip(" ".join(_MARKUP.sub("", f"{content.title} {content.body}").split()), 110))


def buttons(content: Content, program: Program) -> tuple[Button, ...]:
    """What it is about, and the programme."""
    shown = [Button("Programme", Lookup("schedule"), Does.OPEN)]
    record, kinds = content.audience.record, {star.kind for star in content.audience.stars}
    if record in program.session_by_id:
        shown.insert(0, Button("Session", Lookup("session", (short(record),)), Does.OPEN))
    elif record in program.poster_by_id and StarKind.POSTER in kinds:
        shown.insert(0, Button("Poster", Lookup("poster", (short(record),)), Does.OPEN))
    return tuple(shown)


def _body(text: str) -> str:
    text = _PING.sub("@\u200b", _QUOTE_ALL.sub(r"\1", text.strip()))
    # An open block of code would swallow the link, and the mention behind it.
    return f"{text}\n{_FENCE}" if text.count(_FENCE) % 2 else text
