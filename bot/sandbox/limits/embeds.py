"""Embeds and their limits.

https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from typing import Any

from .fields import (
    WEB,
    Wrong,
    each,
    instant,
    known,
    leaf,
    length,
    names,
    need,
    not_a_list,
    not_an_instant,
    not_an_object,
    numbers,
    texts,
    web_address,
)

MAX_EMBEDS = 10
MAX_CHARACTERS = 6000

_EMBED = names("type url title color timestamp description author image thumbnail footer fields provider video flags")
_FOOTER = names("text icon_url proxy_icon_url")
_AUTHOR = names("name url icon_url proxy_icon_url")
_FIELD = names("name value inline")
_PICTURE_SCHEMES = (*WEB, "attachment://")


def embeds_errors(embeds: object) -> Wrong | None:
    """What is wrong with a message's embeds, or None."""
    if not isinstance(embeds, list):
        return not_a_list()
    if len(embeds) > MAX_EMBEDS:
        return length(0, MAX_EMBEDS)
    wrong: Wrong = {}
    for index, embed in enumerate(embeds):
        if found := _embed(embed) if isinstance(embed, dict) else not_an_object():
            wrong[str(index)] = found
    if not wrong and sum(map(_characters, embeds)) > MAX_CHARACTERS:
        return leaf("MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MAX_CHARACTERS}")
    return wrong or None


def is_empty(embed: dict[str, Any]) -> bool:
    """Nothing that would be shown."""
    return not (embed.keys() - {"type", "color", "timestamp", "flags", "url"})


def _embed(embed: dict[str, Any]) -> Wrong:
    wrong: Wrong = {}
    known(embed, _EMBED, wrong)
    texts(embed, (("title", 0, 256), ("description", 0, 4096)), wrong)
    numbers(embed, (("color", 0, 0xFFFFFF),), wrong)
    if embed.get("timestamp") is not None and instant(embed["timestamp"]) is None:
        wrong["timestamp"] = not_an_instant(embed["timestamp"])
    if embed.get("url") and (found := web_address(embed["url"])):
        wrong["url"] = found
    for name in ("image", "thumbnail"):
        if embed.get(name) and (found := _url(embed[name], "url")):
            wrong[name] = found
    if embed.get("footer") and (found := _line(embed["footer"], _FOOTER, "text", 2048)):
        wrong["footer"] = found
    if embed.get("author") and (found := _line(embed["author"], _AUTHOR, "name", 256)):
        wrong["author"] = found
    if embed.get("fields") and (found := each(embed["fields"], 0, 25, _field)):
        wrong["fields"] = found
    return wrong


def _url(part: object, name: str) -> Wrong | None:
    if not isinstance(part, dict):
        return not_an_object()
    found = web_address(part[name], 2048, _PICTURE_SCHEMES) if part.get(name) else None
    return {name: found} if found else None


def _line(part: object, allowed: frozenset[str], text: str, most: int) -> Wrong | None:
    """A footer or an author: one text and its icon."""
    if not isinstance(part, dict):
        return not_an_object()
    wrong: Wrong = {}
    known(part, allowed, wrong)
    texts(part, ((text, 0, most),), wrong)
    return wrong | (_url(part, "icon_url") or {}) or None


def _field(field: dict[str, Any], wrong: Wrong) -> None:
    known(field, _FIELD, wrong)
    texts(field, (("name", 0, 256), ("value", 0, 1024)), wrong)
    need({name: value for name, value in field.items() if value != ""}, ("name", "value"), wrong)


def _characters(embed: dict[str, Any]) -> int:
    """What counts towards the total of all embeds."""
    texts_of = [embed.get("title"), embed.get("description")]
    texts_of.append((embed.get("footer") or {}).get("text"))
    texts_of.append((embed.get("author") or {}).get("name"))
    for field in embed.get("fields") or ():
        texts_of += (field["name"], field["value"])
    return sum(len(text) for text in texts_of if text)
