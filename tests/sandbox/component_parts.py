"""Components as a bot would send them, for tests that put one in a wrong place or fill one too full."""

from typing import Any

Json = dict[str, Any]


def button(custom_id: str = "b", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Ask", "custom_id": custom_id, **more}


def link(**more: Any) -> Json:
    return {"type": 2, "style": 5, "label": "Open", "url": "https://example.org/", **more}


def select(options: int = 2, **more: Any) -> Json:
    choices = [{"label": f"Option {n}", "value": str(n)} for n in range(options)]
    return {"type": 3, "custom_id": "s", "options": choices, **more}


def option(**more: Any) -> Json:
    return {"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a", **more}]}


def row(*inside: Json) -> Json:
    return {"type": 1, "components": list(inside)}


def rows(count: int) -> list[Json]:
    return [row(button(str(number))) for number in range(count)]


def buttons(count: int) -> Json:
    return row(*(button(str(number)) for number in range(count)))


def text(content: str = "x") -> Json:
    return {"type": 10, "content": content}


def section(*texts: Json, accessory: Json | None = None) -> Json:
    return {"type": 9, "components": list(texts), "accessory": accessory or link()}


def gallery(count: int = 1, **more: Any) -> Json:
    return {"type": 12, "items": [{"media": {"url": "https://example.org/a.png"}, **more}] * count}


def container(*inside: Json, **more: Any) -> Json:
    return {"type": 17, "components": list(inside), **more}


def without(component: Json, name: str) -> Json:
    return {key: value for key, value in component.items() if key != name}
