"""The forms of an announcement, and what organizers typed into them, cleaned."""

import unicodedata
from collections.abc import Mapping

from bot.chat.forms import Field, Form, Upload
from bot.chat.lookup import Lookup
from bot.chat.render.text import visible
from bot.domain.announce.announcement import ALT_MOST, BODY_MOST, LINK_MOST, TITLE_MOST, Content
from bot.domain.announce.templates import Begun
from bot.domain.announce.typed_time import EXAMPLES

#: More than fits into a message: what is too long is kept in the draft, and said, rather than cut by the form.
_TYPED_MOST = 4_000
_BODY_HINT = f"Up to {BODY_MOST:,} characters"


def new_form(lookup: Lookup, begun: Begun) -> Form:
    parts = (*_text_parts(begun.title, begun.body, begun.link), *_picture_parts("", "A picture (optional)"))
    return Form("Write an announcement", lookup, parts)


def draft_form(lookup: Lookup, content: Content) -> Form:
    """To change a draft. Without another file the picture stays."""
    alt, label = (content.picture.alt, "Another picture") if content.picture else ("", "A picture (optional)")
    texts = _text_parts(content.title, content.body, content.link)
    return Form("Edit the announcement", lookup, (*texts, *_picture_parts(alt, label)))


def correct_form(lookup: Lookup, content: Content) -> Form:
    """To change what was sent."""
    return Form("Correct the announcement", lookup, _text_parts(content.title, content.body, content.link))


def when_form(lookup: Lookup, when: str, repeat: str) -> Form:
    """When and how often."""
    return Form(
        "When it goes out",
        lookup,
        (
            Field("when", "When (venue time)", when, hint=EXAMPLES, example="now", required=False, most=100),
            Field(
                "repeat",
                "How often",
                repeat,
                hint="3 times every 20 minutes, or every 30 minutes until 17:00",
                example="once",
                required=False,
                most=100,
            ),
        ),
    )


def written(texts: Mapping[str, str]) -> tuple[str, str, str]:
    """Title, text and link as they were typed, without what nobody sees."""
    title, link = (visible(unicodedata.normalize("NFC", texts.get(name, ""))) for name in ("title", "link"))
    body = unicodedata.normalize("NFC", texts.get("body", ""))
    return title, "\n".join(visible(row) for row in body.splitlines()).strip(), link


def alt_of(texts: Mapping[str, str]) -> str:
    """What the picture shows, as it was typed."""
    return visible(unicodedata.normalize("NFC", texts.get("alt", "")))


def _text_parts(title: str, body: str, link: str) -> tuple[Field, ...]:
    return (
        Field("title", "Title", title, hint="The line that phones show", most=TITLE_MOST),
        Field(
            "body", "Text", body, hint=f"Up to {BODY_MOST:,} characters", long=True, required=False, most=_TYPED_MOST
        ),
        Field("link", "Link", link, example="https://", required=False, most=LINK_MOST),
    )


def _picture_parts(alt: str, label: str) -> tuple[Field | Upload, ...]:
    return (
        Upload("picture", label, "PNG, JPEG, GIF or WebP, up to 8 MB"),
        Field(
            "alt",
            "What the picture shows",
            alt,
            hint="For people who do not see it. Needed with a picture",
            required=False,
            most=ALT_MOST,
        ),
    )
