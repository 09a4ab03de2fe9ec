"""A message as Discord's API has it -> the same message as a view, made once: what the bare bot answers with."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

Json = Mapping[str, Any]


def ready_made(components: Sequence[Json]) -> ui.LayoutView:
    """A view of these components, that the library need not keep in memory once it is sent."""
    view = ui.LayoutView(timeout=None)
    for component in components:
        view.add_item(_item(component))
    view.stop()
    return view


def _item(data: Json) -> ui.Item[Any]:
    match data["type"]:
        case 1:
            return ui.ActionRow(*(_item(child) for child in data["components"]))
        case 2 if "url" in data:
            return ui.Button(label=data.get("label"), url=data["url"])
        case 2:
            style = discord.ButtonStyle(data["style"])
            disabled = bool(data.get("disabled"))
            return ui.Button(label=data.get("label"), style=style, custom_id=data["custom_id"], disabled=disabled)
        case 3:
            options = [discord.SelectOption.from_dict(option) for option in data["options"]]
            return ui.Select(custom_id=data["custom_id"], placeholder=data.get("placeholder"), options=options)
        case 9:
            return ui.Section(*(_item(child) for child in data["components"]), accessory=_item(data["accessory"]))
        case 10:
            return ui.TextDisplay(data["content"])
        case 14:
            return ui.Separator()
        case 17:
            return ui.Container(*(_item(child) for child in data["components"]), accent_colour=data.get("accent_color"))
    raise ValueError(f"The bare bot cannot make a component of type {data['type']} yet.")
