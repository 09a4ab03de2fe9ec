"""What a Components V2 message may hold, just within each limit and just beyond it."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import check_message
from tests.sandbox.component_parts import Json, button, buttons, container, gallery, row, rows, section, text, without
from tests.sandbox.refusals import Limit, assert_limit

V2 = 1 << 15
LONG = "BASE_TYPE_MAX_LENGTH"
BAD = "BASE_TYPE_BAD_LENGTH"
NEEDED = "BASE_TYPE_REQUIRED"
KIND = "UNION_TYPE_CHOICES"
TWICE = "COMPONENT_CUSTOM_ID_DUPLICATED"


def layout(*components: Any) -> Json:
    return {"components": list(components)}


def forty(more: int = 0) -> Json:
    """A container, five sections of three texts and a button (25), a row of four buttons (5), nine texts."""
    sections = [section(text(), text(), text()) for _ in range(5)]
    return layout(container(*sections), buttons(4), *(text() for _ in range(9 + more)))


LAYOUT = [
    Limit("components in all", forty(), forty(1), "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    Limit(
        "top-level components",
        layout(*(text() for _ in range(40))),
        layout(*(text() for _ in range(41))),
        "components",
        LONG,
    ),
    Limit(
        "text in all",
        layout(text("x" * 3000), container(section(text("x" * 1000)))),
        layout(text("x" * 3000), container(section(text("x" * 1001)))),
        "components",
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    Limit("one text", layout(text("x" * 4000)), layout(text("x" * 4001)), "components.0.content", BAD),
    Limit("empty text", layout(text("x")), layout(text("")), "components.0.content", BAD),
    Limit("text is needed", layout(text()), layout({"type": 10}), "components.0.content", NEEDED),
    Limit("six rows", layout(*rows(6)), layout({"type": 2}), "components.0.type", KIND),
    Limit(
        "section's texts",
        layout(section(*[text()] * 3)),
        layout(section(*[text()] * 4)),
        "components.0.components",
        BAD,
    ),
    Limit("section without text", layout(section(text())), layout(section()), "components.0.components", BAD),
    Limit(
        "section needs an accessory",
        layout(section(text())),
        layout(without(section(text()), "accessory")),
        "components.0.accessory",
        NEEDED,
    ),
    Limit(
        "accessory is a button or a picture",
        layout(section(text(), accessory={"type": 11, "media": {"url": "https://example.org/a.png"}})),
        layout(section(text(), accessory=text())),
        "components.0.accessory.type",
        KIND,
    ),
    Limit(
        "custom_id in an accessory",
        layout(section(text(), accessory=button("a")), row(button("b"))),
        layout(section(text(), accessory=button("a")), row(button("a"))),
        "components.1.components.0.custom_id",
        TWICE,
    ),
    Limit("gallery", layout(gallery(10)), layout(gallery(11)), "components.0.items", BAD),
    Limit("empty gallery", layout(gallery(1)), layout(gallery(0)), "components.0.items", BAD),
    Limit(
        "alt text",
        layout(gallery(description="d" * 1024)),
        layout(gallery(description="d" * 1025)),
        "components.0.items.0.description",
        BAD,
    ),
    Limit("picture", layout(gallery()), layout(gallery(media={})), "components.0.items.0.media.url", NEEDED),
    Limit(
        "picture's address",
        layout(gallery()),
        layout(gallery(media={"url": "ftp://example.org/a.png"})),
        "components.0.items.0.media.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    Limit(
        "picture that was not uploaded",
        layout(gallery()),
        layout(gallery(media={"url": "attachment://a.png"})),
        "components.0.items.0.media.url",
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    Limit(
        "file is an upload",
        layout(text()),
        layout({"type": 13, "file": {"url": "https://example.org/a.pdf"}}),
        "components.0.file.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    Limit(
        "spacing",
        layout(text(), {"type": 14, "spacing": 2}),
        layout(text(), {"type": 14, "spacing": 3}),
        "components.1.spacing",
        "BASE_TYPE_CHOICES",
    ),
    Limit(
        "accent colour",
        layout(container(text(), accent_color=0xFFFFFF)),
        layout(container(text(), accent_color=1 << 24)),
        "components.0.accent_color",
        "NUMBER_TYPE_MAX",
    ),
    Limit("empty container", layout(container(text())), layout(container()), "components.0.components", BAD),
    Limit(
        "container in a container",
        layout(container(text())),
        layout(container(container(text()))),
        "components.0.components.0.type",
        KIND,
    ),
]


@pytest.mark.parametrize("limit", LAYOUT, ids=str)
def test_layout_limit(limit: Limit) -> None:
    assert_limit(lambda payload: check_message(payload, flags=V2), limit)


def test_an_upload_is_found_by_its_name() -> None:
    payload = layout({"type": 13, "file": {"url": "attachment://plan.pdf"}})
    check_message(payload, flags=V2, has_files=["plan.pdf"])
    check_message(payload, flags=V2, has_files=True)
    with pytest.raises(ApiError):
        check_message(payload, flags=V2, has_files=["map.pdf"])


def test_v2_without_components_is_empty() -> None:
    with pytest.raises(ApiError) as refusal:
        check_message({"components": []}, flags=V2)
    assert refusal.value.code == 50006
