"""Buttons, selects and fields of a modal, by what a person calls them: their label, placeholder, emoji or custom_id."""

from bot.sandbox.client_rules import CannotUseError
from bot.sandbox.components import BUTTON, TEXT_INPUT, labelled, walk
from bot.sandbox.state import Json


def button_named(components: list[Json], wanted: str) -> Json:
    """A button by label, custom_id or emoji, or any component by custom_id. Raises CannotUseError."""
    shown = []
    for component in walk(components):
        if not component.get("custom_id"):
            continue
        names = (component.get("label"), component["custom_id"], (component.get("emoji") or {}).get("name"))
        if wanted in names:
            return component
        shown.append(component.get("label") or component["custom_id"])
    raise CannotUseError(f"There is no button {wanted!r} on that message. There are: {', '.join(shown) or 'none'}.")


def select_named(components: list[Json], wanted: str) -> Json:
    """A select by custom_id or placeholder. Raises CannotUseError."""
    shown = []
    for component in walk(components):
        if component["type"] in (BUTTON, TEXT_INPUT) or not component.get("custom_id"):
            continue
        if wanted in (component["custom_id"], component.get("placeholder")):
            return component
        shown.append(component.get("placeholder") or component["custom_id"])
    raise CannotUseError(f"There is no select {wanted!r} on that message. There are: {', '.join(shown) or 'none'}.")


def field_named(components: list[Json], wanted: str) -> Json:
    """A field of a modal by label or custom_id. Raises CannotUseError."""
    fields = {}
    for label, component in labelled(components):
        fields[component["custom_id"]] = fields[label] = component
    if wanted not in fields:
        raise CannotUseError(f"There is no field {wanted!r} in the modal. There are: {', '.join(fields)}.")
    return fields[wanted]
