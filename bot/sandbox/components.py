"""Embeds and components as Discord gives them back: with ids and defaults filled in, files turned into links."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.state import Json

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 19, 21, 22, 23
SELECTS = frozenset((STRING_SELECT, 5, 6, 7, 8))
_LINK = 5
#: Keys under which a component holds others.
_NESTED = ("components", "accessory", "component")
_ONE = {"min_values": 1, "max_values": 1}
_DEFAULTS: dict[int, Json] = {
    **dict.fromkeys((*SELECTS, FILE_UPLOAD), _ONE),
    THUMBNAIL: {"description": None, "spoiler": False},
    FILE: {"name": None, "size": None, "spoiler": False},
    SEPARATOR: {"spacing": 1, "divider": True},
    CONTAINER: {"accent_color": None, "spoiler": False},
}


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, outer before inner, in reading order."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("accessory", "component"):
            if component.get(key):
                yield from walk([component[key]])


def complete(components: list[Json], attachments: list[Json]) -> list[Json]:
    """The components of a message or modal as they are stored. ``attachments``: what ``attachment://`` may mean."""
    taken = {component["id"] for component in walk(components) if component.get("id")}
    numbers = (number for number in range(1, 1 << 31) if number not in taken)
    files = {attachment["filename"]: attachment for attachment in attachments}
    return [_complete(component, numbers, files) for component in components]


def _complete(component: Json, numbers: Iterator[int], files: dict[str, Json]) -> Json:
    kind = component["type"]
    done: Json = {"type": kind, "id": component.get("id") or next(numbers)}
    done |= _DEFAULTS.get(kind, {})
    for key, value in component.items():
        if value is None or key in ("type", "id"):
            continue
        if key == "components":
            done[key] = [_complete(one, numbers, files) for one in value]
        elif key in _NESTED:
            done[key] = _complete(value, numbers, files)
        elif key in ("media", "file"):
            done[key] = _media(value, files)
            _describe_file(done, value, files)
        elif key == "default_values":
            # Ids are sent as numbers too, which a page could not read: they are longer than its numbers.
            done[key] = [one | {"id": str(one["id"])} for one in value]
        elif key == "items":
            done[key] = [_gallery_item(item, files) for item in value]
        else:
            done[key] = value
    return done


def _gallery_item(item: Json, files: dict[str, Json]) -> Json:
    return {
        "media": _media(item["media"], files),
        "description": item.get("description"),
        "spoiler": bool(item.get("spoiler")),
    }


def _media(media: Json, files: dict[str, Json]) -> Json:
    url = str(media.get("url", ""))
    attachment = files.get(url.removeprefix("attachment://"))
    shown: Json = {"id": "0", "url": url, "proxy_url": url, "width": 0, "height": 0, "content_type": None}
    if attachment:
        shown |= {"id": attachment["id"], "url": attachment["url"], "proxy_url": attachment["url"]}
        shown |= {"attachment_id": attachment["id"], "content_type": attachment["content_type"]}
        shown |= {"width": attachment.get("width", 0), "height": attachment.get("height", 0)}
    return shown


def _describe_file(done: Json, media: Json, files: dict[str, Json]) -> None:
    attachment = files.get(str(media.get("url", "")).removeprefix("attachment://"))
    if done["type"] == FILE and attachment:
        done |= {"name": attachment["filename"], "size": attachment["size"]}


def embeds(given: list[Json], attachments: list[Json]) -> list[Json]:
    """The embeds of a message as they are stored: of type "rich", every field saying whether it is inline."""
    files = {attachment["filename"]: attachment for attachment in attachments}
    return [_embed(embed, files) for embed in given]


def _embed(embed: Json, files: dict[str, Json]) -> Json:
    done: Json = {"type": "rich"} | {key: value for key, value in embed.items() if value is not None and key != "type"}
    if "fields" in done:
        done["fields"] = [{"inline": False} | part for part in done["fields"]]
    for key in ("image", "thumbnail"):
        if key in done:
            url = str(done[key].get("url", ""))
            attachment = files.get(url.removeprefix("attachment://"))
            shown = attachment or {"url": url}
            done[key] = {"url": shown["url"], "width": shown.get("width", 0), "height": shown.get("height", 0)}
    return done


def interactive(components: list[Json]) -> Iterator[Json]:
    """What a person can press, choose or fill in, in reading order. Buttons that only lead to a link are not."""
    for component in walk(components):
        if component.get("custom_id") and component.get("style") != _LINK:
            yield component


def find(components: list[Json], custom_id: str) -> Json | None:
    """The component with this custom_id."""
    return next((one for one in interactive(components) if one["custom_id"] == custom_id), None)


def labelled(root: list[Json]) -> Iterator[tuple[str, Json]]:
    """The inputs of a modal with the label each is shown under."""

    def visit(components: list[Any], label: str) -> Iterator[tuple[str, Json]]:
        for component in components:
            own = component.get("label") or label
            if component.get("custom_id"):
                yield own, component
            yield from visit(component.get("components") or [], own)
            if component.get("component"):
                yield from visit([component["component"]], own)

    return visit(root, "")
