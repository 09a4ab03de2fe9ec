"""Card -> Components V2, within Discord's limits. The one place that knows them.

Limits are from Discord's component reference: 40 components and 4,000 characters of text in a
message, 5 buttons in a row, 25 options of 100 characters in a select, 80 characters on a button.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.chat.render.card import Button, Card, Does, LinkButton, Menu, Sample, fit
from bot.chat.render.text import clip, plain, stamp

TEXT_MOST = 4000
#: Kept free for the small print.
FOOTER_MOST = 160
LABEL_MOST = 80
OPTION_MOST = 100
OPTIONS_MOST = 25
ROW_MOST = 5
ACCENT = 0x5B7CFA
#: So many blocks of text leave room for the lines between them, the menu and ten buttons.
TEXTS_MOST = 12

#: Discord's component types and button styles.
_ROW, _BUTTON, _SELECT, _TEXT, _GALLERY, _SEPARATOR, _CONTAINER = 1, 2, 3, 10, 12, 14, 17
_MAIN, _PLAIN, _LINK = 1, 2, 5

#: Nothing that the bot shows as an answer may notify anybody.
NO_PINGS = discord.AllowedMentions.none()

Component = dict[str, Any]


class Layout(ui.LayoutView):
    """A message ready to send.

    The library's own items would be made anew for every answer, and kept in memory for 15 minutes
    after each ephemeral one. A layout is only its components, and counts as finished from the start:
    presses are found by ``custom_id`` (see ``presses``), which also works after a restart.
    """

    def __init__(self, components: Sequence[Component]) -> None:
        super().__init__(timeout=None)
        self._components = list(components)
        self.stop()

    def to_components(self) -> list[Component]:
        return self._components

    def has_components_v2(self) -> bool:
        return True


class NoticeRows(ui.View):
    """The buttons below a message with content. As with Layout, presses are found by ``custom_id``."""

    def __init__(self, components: Sequence[Component]) -> None:
        super().__init__(timeout=None)
        self._components = list(components)
        self.stop()

    def to_components(self) -> list[Component]:
        return self._components


def notice_rows(buttons: Sequence[Button], reference: str) -> NoticeRows:
    """One row of buttons that also say which row of the outbox made the message, so that it can be found again."""
    row = [
        {
            "type": _BUTTON,
            "style": _PLAIN,
            "label": plain(button.label, LABEL_MOST),
            "custom_id": f"nt{reference}.{slot}:{button.lookup.encode()}",
        }
        for slot, button in enumerate(buttons[:ROW_MOST])
    ]
    return NoticeRows([{"type": _ROW, "components": row}])


def components(card: Card) -> list[Component]:
    """The card as Discord's JSON, all but its small print; the container with the text comes first."""
    inside: list[Component] = []
    texts = card.texts
    if len(texts) > TEXTS_MOST:
        texts = (*texts[: TEXTS_MOST - 1], "\n\n".join(texts[TEXTS_MOST - 1 :]))
    room = TEXT_MOST - FOOTER_MOST - (len(card.sample.text) if card.sample else 0)
    for position, text in enumerate(fit(texts, room)):
        if position:
            inside.append({"type": _SEPARATOR, "divider": True, "spacing": 1})
        inside.append({"type": _TEXT, "content": text})
    message: list[Component] = [{"type": _CONTAINER, "accent_color": ACCENT, "components": inside}]
    if card.sample:
        message.append(_sample(card.sample))
    menus = [menu for menu in (card.menu, *card.menus) if menu and menu.options]
    message += [{"type": _ROW, "components": [_menu(menu, place)]} for place, menu in enumerate(menus)]
    rows = -(-len(card.buttons) // ROW_MOST)
    wide = -(-len(card.buttons) // rows) if rows else ROW_MOST
    for start in range(0, len(card.buttons), wide):
        row = card.buttons[start : start + wide]
        message.append({"type": _ROW, "components": [_button(button, start + at) for at, button in enumerate(row)]})
    return message


def dated(made: Sequence[Component], footer: str, now: datetime | None) -> Layout:
    """The message: components made before, with the small print that says when they were true (UTC instant), if that is
    to be said.
    """
    parts = [clip(footer, FOOTER_MOST - 40)] if footer else []
    if now is not None:
        parts.append(f"As of {stamp(now, 'T')}")
    if not parts:
        return Layout(made)
    small = f"-# {' · '.join(parts)}"
    container, *rest = made
    inside = [*container["components"], {"type": _TEXT, "content": small}]
    return Layout([{**container, "components": inside}, *rest])


def custom_id(button: Button, slot: int) -> str:
    """Unique in its message (Discord refuses duplicates), and enough to answer the press after any restart."""
    return f"{button.does.value}{slot}:{button.lookup.encode()}"


def _button(button: Button | LinkButton, slot: int) -> Component:
    label = plain(button.label, LABEL_MOST)
    if isinstance(button, LinkButton):
        return {"type": _BUTTON, "style": _LINK, "label": label, "url": button.url}
    style = _MAIN if button.main else _PLAIN
    shown = {"type": _BUTTON, "style": style, "label": label, "custom_id": custom_id(button, slot)}
    return shown if button.enabled else {**shown, "disabled": True}


def _sample(sample: Sample) -> Component:
    inside: list[Component] = [{"type": _TEXT, "content": sample.text}]
    if sample.picture:
        shown: Component = {"media": {"url": f"attachment://{sample.picture}"}}
        inside.append({"type": _GALLERY, "items": [{**shown, "description": sample.alt} if sample.alt else shown]})
    return {"type": _CONTAINER, "components": inside}


def _menu(menu: Menu, place: int) -> Component:
    """``place`` counts the menus of a message from 0: no two may have one custom_id (Discord)."""
    options = []
    for at, option in enumerate(menu.options[:OPTIONS_MOST]):
        entry = {"label": plain(option.label, OPTION_MOST), "value": f"{at}:{option.lookup.encode()}"}
        options.append({**entry, "description": plain(option.detail, OPTION_MOST)} if option.detail else entry)
    return {
        "type": _SELECT,
        "custom_id": ("pick" if menu.does is Does.GO else f"pick-{menu.does.value}") + (f".{place}" if place else ""),
        "placeholder": plain(menu.prompt, OPTION_MOST),
        "options": options,
    }
