"""Card -> Components V2, within Discord's limits. The one place that knows them.

Limits are from Discord's component reference: 40 components and 4,000 characters of text in a
message, 5 buttons in a row, 25 options of 100 characters in a select, 80 characters on a button.
"""

import discord
from discord import ui

from bot.chat.render.card import Button, Card, LinkButton, Menu, fit
from bot.chat.render.text import clip

TEXT_MOST = 4000
LABEL_MOST = 80
OPTION_MOST = 100
OPTIONS_MOST = 25
ROW_MOST = 5
DEFAULT_ACCENT = 0x5B7CFA

#: Nothing that the bot shows as an answer may notify anybody.
NO_PINGS = discord.AllowedMentions.none()


def custom_id(button: Button, slot: int) -> str:
    """Unique in its message (Discord refuses duplicates), and enough to answer the press after any restart."""
    return f"{button.does.value}{slot}:{button.lookup.encode()}"


def layout(card: Card) -> ui.LayoutView:
    """The message for a card.

    The view is stopped before it is sent, so that the library keeps nothing of it in memory: presses are
    found by ``custom_id`` (see ``presses``), which also works after a restart.
    """
    view = ui.LayoutView(timeout=None)
    footer = f"-# {card.footer}" if card.footer else ""
    box: ui.Container[ui.LayoutView] = ui.Container(
        accent_colour=card.accent if card.accent is not None else DEFAULT_ACCENT
    )
    for position, text in enumerate(fit(card.texts, TEXT_MOST - len(footer))):
        if position:
            box.add_item(ui.Separator())
        box.add_item(ui.TextDisplay(text))
    if footer:
        box.add_item(ui.TextDisplay(footer))
    view.add_item(box)
    if card.menu and card.menu.options:
        view.add_item(ui.ActionRow(_menu(card.menu)))
    for start in range(0, len(card.buttons), ROW_MOST):
        row = card.buttons[start : start + ROW_MOST]
        view.add_item(ui.ActionRow(*(_button(button, start + at) for at, button in enumerate(row))))
    view.stop()
    return view


def _button(button: Button | LinkButton, slot: int) -> ui.Button[ui.LayoutView]:
    label = clip(button.label, LABEL_MOST)
    if isinstance(button, LinkButton):
        return ui.Button(label=label, url=button.url)
    style = discord.ButtonStyle.primary if button.main else discord.ButtonStyle.secondary
    return ui.Button(label=label, style=style, custom_id=custom_id(button, slot), disabled=not button.enabled)


def _menu(menu: Menu) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(
            label=clip(option.label, OPTION_MOST),
            value=f"{at}:{option.lookup.encode()}",
            description=clip(option.detail, OPTION_MOST) or None,
        )
        for at, option in enumerate(menu.options[:OPTIONS_MOST])
    ]
    return ui.Select(custom_id="pick", placeholder=clip(menu.prompt, OPTION_MOST), options=options)
