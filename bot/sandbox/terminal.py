"""A stored Discord message as plain text, for a terminal: what a person would see, buttons in brackets."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

_STAMP = re.compile(r"<t:(-?\d+)(?::([tTdDfFR]))?>")
_MENTION = re.compile(r"<(?:@[!&]?|#)(\d+)>")
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\((https?://[^)]*)\)")
#: What is struck through keeps its marks: without them an old date reads like a new one.
_MARKS = re.compile(r"(?<!\\)(\*\*|__|`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"^(#{1,3}|-#) ", re.MULTILINE)

_FORMATS = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%Y-%m-%d",
    "D": "%-d %B %Y",
    "f": "%-d %B %Y %H:%M",
    "F": "%A, %-d %B %Y %H:%M",
}

_UNITS = (("year", 31_536_000), ("month", 2_629_800), ("day", 86_400), ("hour", 3_600), ("minute", 60))


def as_text(message: dict[str, Any], *, zone: ZoneInfo, now: datetime, names: Mapping[str, str] | None = None) -> str:
    """The message's text, components and embeds. Timestamps are shown in ``zone``, relative ones against ``now``.

    ``names``: what a mention is read as, by the id in it; without it mentions stay as they are.
    """
    parts = [message.get("content") or ""]
    for embed in message.get("embeds") or []:
        parts += [embed.get("title") or "", embed.get("description") or ""]
        parts += [f"{field['name']}: {field['value']}" for field in embed.get("fields") or []]
    parts += list(_components(message.get("components") or []))
    text = "\n".join(part for part in parts if part)
    if names:
        text = _MENTION.sub(lambda match: names.get(match[1], match[0]), text)
    return plain(text, zone=zone, now=now)


def form_as_text(modal: dict[str, Any]) -> str:
    """A form that opened: its title, and each field as a person would see it before anything is filled in."""
    return "\n".join([f"A form opened: {modal['title']}", *_fields(modal["components"])])


def _fields(parts: list[dict[str, Any]]) -> Iterator[str]:
    for label in parts:
        match label["type"]:
            case 18:
                # A field of a form is required unless it says otherwise (Discord, Component Reference).
                required = " (required)" if label["component"].get("required", True) else ""
                hint = f": {label['description']}" if label.get("description") else ""
                yield f"[{label['label']}]{required}{hint}"
            case 10:
                yield label["content"]


def plain(text: str, *, zone: ZoneInfo, now: datetime) -> str:
    """Discord's markup as a terminal can show it."""
    text = _STAMP.sub(lambda match: _stamp(int(match[1]), match[2] or "f", zone, now), text)
    text = _LINK.sub(lambda match: f"{match[1]} <{match[2]}>", text)
    text = _HEADING.sub("", text)
    text = _MARKS.sub("", text)
    return _ESCAPE.sub(r"\1", text).replace("\u200b", "")


def _stamp(seconds: int, style: str, zone: ZoneInfo, now: datetime) -> str:
    instant = datetime.fromtimestamp(seconds, zone)
    return _relative(instant, now) if style == "R" else instant.strftime(_FORMATS[style])


def _relative(instant: datetime, now: datetime) -> str:
    """The words of Discord's own clients: the largest unit that fits."""
    seconds = (instant - now).total_seconds()
    number, unit = round(abs(seconds)), "second"
    for larger, length in _UNITS:
        if abs(seconds) >= length * 0.9:
            number, unit = round(abs(seconds) / length), larger
            break
    words = f"{number} {unit}" + ("" if number == 1 else "s")
    return f"in {words}" if seconds >= 0 else f"{words} ago"


def _components(items: list[dict[str, Any]]) -> Iterator[str]:
    for item in items:
        match item["type"]:
            case 1:
                yield "  ".join(_control(child) for child in item["components"])
            case 9:
                yield from _components(item["components"])
                yield from _components([item["accessory"]] if item.get("accessory") else [])
            case 17:
                yield from _components(item["components"])
            case 10:
                yield item["content"]
            case 14:
                yield "─" * 40
            case 11:
                yield f"(picture: {item.get('description') or 'no description'})"
            case 12:
                yield from (f"(picture: {media.get('description') or 'no description'})" for media in item["items"])
            case _:
                yield _control(item)


def _control(item: dict[str, Any]) -> str:
    if item["type"] == 2:
        label = item.get("label") or (item.get("emoji") or {}).get("name", "")
        if item.get("url"):
            return f"[{label}: {item['url']}]"
        return f"({label})" if item.get("disabled") else f"[{label}]"
    options = item.get("options") or []
    return f"[{item.get('placeholder') or 'Choose'} ▾ {len(options)}]"
