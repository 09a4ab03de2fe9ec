"""A message's components: the classic rows, or the layout of Components V2.

https://discord.com/developers/docs/components/reference
"""

from collections.abc import Collection
from typing import Any

from .controls import CONTROL_CHECKS
from .fields import (
    Wrong,
    each,
    known,
    leaf,
    length,
    not_an_object,
    numbers,
    one_of,
    required,
    texts,
    web_address,
)
from .tree import Checks, Kind, Tally, children, fields_of, one

MAX_ROWS = 5
MAX_COMPONENTS = 40
MAX_TEXT = 4000

_IN_SECTION = frozenset((Kind.TEXT,))
_ACCESSORIES = frozenset((Kind.BUTTON, Kind.THUMBNAIL))
_IN_CONTAINER = frozenset((Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR))
_TOP_V2 = _IN_CONTAINER | {Kind.CONTAINER}
_TOP_CLASSIC = frozenset((Kind.ROW,))
_MEDIA_SCHEMES = ("https://", "http://", "attachment://")
_GALLERY_ITEM = frozenset(("media", "description", "spoiler"))


def message_components(components: object, *, v2: bool, files: Collection[str] | None) -> Wrong | None:
    """What is wrong with a message's components. ``files``: see `Tally`."""
    tally = Tally(_CHECKS, files)
    if not v2:
        return children(components, _TOP_CLASSIC, 0, MAX_ROWS, tally)
    wrong = children(components, _TOP_V2, 0, MAX_COMPONENTS, tally)
    if wrong:
        return wrong
    if tally.count > MAX_COMPONENTS:
        return leaf(
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"Total number of components cannot exceed {MAX_COMPONENTS}"
        )
    if tally.characters > MAX_TEXT:
        text = f"Components displayable text size exceeds maximum size of {MAX_TEXT}"
        return leaf("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)
    return None


def _section(section: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    if found := children(section.get("components"), _IN_SECTION, 1, 3, tally):
        wrong["components"] = found
    if section.get("accessory") is None:
        wrong["accessory"] = required()
    elif found := one(section["accessory"], _ACCESSORIES, tally):
        wrong["accessory"] = found


def text_display(text: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    content = text.get("content")
    if not isinstance(content, str):
        wrong["content"] = required()
        return
    if not 1 <= len(content) <= MAX_TEXT:
        wrong["content"] = length(1, MAX_TEXT)
    tally.characters += len(content)


def _media(value: object, tally: Tally) -> Wrong | None:
    if value is None:
        return required()
    if not isinstance(value, dict):
        return not_an_object()
    url = value.get("url")
    if url is None:
        return {"url": required()}
    if found := web_address(url, 2048, _MEDIA_SCHEMES):
        return {"url": found}
    name = url.removeprefix("attachment://")
    if name != url and tally.files is not None and name not in tally.files:
        text = f"The referenced attachment '{name}' was not found"
        return {"url": leaf("UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", text)}
    return None


def _thumbnail(thumbnail: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    texts(thumbnail, (("description", 1, 1024),), wrong)
    if found := _media(thumbnail.get("media"), tally):
        wrong["media"] = found


def _gallery(gallery: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    def item(picture: dict[str, Any], inner: Wrong) -> None:
        known(picture, _GALLERY_ITEM, inner)
        _thumbnail(picture, tally, inner)

    if found := each(gallery.get("items"), 1, 10, item):
        wrong["items"] = found


def _file(file: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    found = _media(file.get("file"), tally)
    if not found and not file["file"]["url"].startswith("attachment://"):
        found = {"url": web_address(file["file"]["url"], 2048, ("attachment://",))}
    if found:
        wrong["file"] = found


def _separator(separator: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    if separator.get("spacing") not in (None, 1, 2):
        wrong["spacing"] = one_of((1, 2))


def _container(container: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    numbers(container, (("accent_color", 0, 0xFFFFFF),), wrong)
    if found := children(container.get("components"), _IN_CONTAINER, 1, MAX_COMPONENTS, tally):
        wrong["components"] = found


_CHECKS: Checks = CONTROL_CHECKS | {
    Kind.SECTION: (fields_of("components accessory"), _section),
    Kind.TEXT: (fields_of("content"), text_display),
    Kind.THUMBNAIL: (fields_of("media description spoiler"), _thumbnail),
    Kind.GALLERY: (fields_of("items"), _gallery),
    Kind.FILE: (fields_of("file spoiler"), _file),
    Kind.SEPARATOR: (fields_of("divider spacing"), _separator),
    Kind.CONTAINER: (fields_of("components accent_color spoiler"), _container),
}
