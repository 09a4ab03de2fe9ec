"""What keeps an announcement from going out, in words for whoever wrote it: the draft is kept, so nothing is lost."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.addresses import is_address
from bot.domain.announce.announcement import ALT_MOST, BODY_MOST, LINK_MOST, TITLE_MOST, Content, Mention, When
from bot.domain.announce.templates import PLACEHOLDERS
from bot.domain.announce.turns import first, turns
from bot.domain.errors import NotFoundError
from bot.domain.program import Program

#: Letters that show nothing (fillers and the blank of Braille).
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0\u200c\u200d")


def faults(content: Content, program: Program, now: datetime) -> list[str]:
    """Sentences that say what is wrong and what to do; none where it can go out. ``now`` is in UTC."""
    return [*_written(content), *_chosen(content, program), *_timed(content, program, now)]


def _written(content: Content) -> Iterator[str]:
    if is_blank(content.title):
        yield "The title is empty. Edit the text and write one: it is what phones show."
    for name, text, most in (("title", content.title, TITLE_MOST), ("text", content.body, BODY_MOST)):
        if len(text) > most:
            yield f"The {name} has {len(text):,} characters, and {most:,} fit. Edit the text and shorten it."
    for left in PLACEHOLDERS:
        if left in content.title or left in content.body:
            yield f"{left} is still to be filled in. Edit the text."
    if content.link and (len(content.link) > LINK_MOST or not is_address(content.link)):
        yield "The link is not a web address. Edit the text and write one that starts with https://."
    if content.picture is not None:
        if is_blank(content.picture.alt):
            yield "The picture has no description. Edit the text and say what it shows: not everybody sees it."
        elif len(content.picture.alt) > ALT_MOST:
            yield f"The picture's description has more than {ALT_MOST} characters. Edit the text and shorten it."


def _chosen(content: Content, program: Program) -> Iterator[str]:
    if content.place is None and not content.copies:
        yield "It goes nowhere. Choose a channel, or direct messages."
    if content.place is None and content.picture is not None:
        yield "A picture is posted in a channel. Choose one, or edit the text and take the picture out."
    if content.place is not None and content.place not in program.server.channels:
        yield f"server.yaml names no channel for {content.place}. Choose another channel."
    if content.mention is not Mention.NOBODY and content.place is None:
        yield "A mention needs a channel. Choose one, or mention nobody."
    if content.mention is Mention.ROLE and content.audience.role is None:
        yield "There is no role to mention. Choose another mention."


def _timed(content: Content, program: Program, now: datetime) -> Iterator[str]:
    try:
        due = first(content.when, program, now)
        none = not any(turns(content, program, now))
    except NotFoundError as error:
        yield f"{error} Choose another time."
        return
    if content.when != When() and due <= now:
        yield "The time that was chosen has passed. Choose another."
    elif none:
        yield "The time until which it is repeated has passed. Choose another."


def is_blank(text: str) -> bool:
    """Whether nobody would see anything of it."""
    return not any(char.isprintable() and not char.isspace() and char not in _UNSEEN for char in text)
