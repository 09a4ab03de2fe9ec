"""What people press and choose from: buttons, selects, and the rows they stand in.

https://discord.com/developers/docs/components/reference
"""

from collections.abc import Callable
from typing import Any

from .fields import (
    Wrong,
    each,
    is_snowflake,
    known,
    leaf,
    length,
    listed,
    need,
    not_a_snowflake,
    not_an_object,
    numbers,
    one_of,
    required,
    texts,
    web_address,
)
from .tree import SELECTS, Checks, Kind, Tally, children, fields_of

#: A row is five wide: a button takes one, a select all five.
ROW_WIDTH = 5

_IN_ROW = SELECTS | {Kind.BUTTON}
_LINK_STYLE, _PREMIUM_STYLE = 5, 6
_LINK_SCHEMES = ("https://", "http://", "discord://")
_OPTION = frozenset(("label", "value", "description", "default"))
_SELECT = "custom_id placeholder min_values max_values disabled required"


def custom_id(component: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    """A custom_id is needed, has at most 100 characters, and stands once in a message or modal."""
    value = component.get("custom_id")
    if not isinstance(value, str):
        wrong["custom_id"] = required()
    elif not 1 <= len(value) <= 100:
        wrong["custom_id"] = length(1, 100)
    elif value in tally.custom_ids:
        wrong["custom_id"] = leaf("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
    else:
        tally.custom_ids.add(value)


def _row(row: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    inside = row.get("components")
    if found := children(inside, _IN_ROW, 1, ROW_WIDTH, tally):
        wrong["components"] = found
        return
    assert isinstance(inside, list)
    if len(inside) > 1 and any(component["type"] in SELECTS for component in inside):
        too_wide = leaf("COMPONENT_LAYOUT_WIDTH_EXCEEDED", f"Component width exceeds the maximum of {ROW_WIDTH}")
        wrong["components"] = {"1": too_wide}


def _button(button: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    style = button.get("style")
    texts(button, (("label", 0, 80),), wrong)
    if style == _LINK_STYLE:
        if "custom_id" in button and button["custom_id"] is not None:
            wrong["custom_id"] = leaf("BUTTON_COMPONENT_CUSTOM_ID_URL", "A link button cannot have a custom id")
        if button.get("url") is None:
            wrong["url"] = required()
        elif found := web_address(button["url"], 512, _LINK_SCHEMES):
            wrong["url"] = found
    elif style == _PREMIUM_STYLE:
        need(button, ("sku_id",), wrong)
        return
    elif style in (1, 2, 3, 4):
        custom_id(button, tally, wrong)
        if button.get("url") is not None:
            wrong["url"] = leaf("BUTTON_COMPONENT_CUSTOM_ID_URL", "Only a link button can have a URL")
    else:
        wrong["style"] = one_of((1, 2, 3, 4, 5, 6))
    if button.get("emoji") is not None:
        emoji(button, wrong)
    elif not button.get("label"):
        wrong["label"] = leaf("BUTTON_COMPONENT_MISSING_LABEL", "A button needs a label or an emoji")


def emoji(component: dict[str, Any], wrong: Wrong) -> None:
    """A server's emoji by id, or a standard one by its character (a name such as "smile" is refused)."""
    value = component["emoji"]
    name = value.get("name") if isinstance(value, dict) else None
    if not isinstance(value, dict):
        wrong["emoji"] = not_an_object()
    elif not value.get("id") and (not isinstance(name, str) or name.isascii()):
        wrong["emoji"] = {"name": leaf("COMPONENT_INVALID_EMOJI", "Invalid emoji")}


def select(component: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    """Any select; a string select has 1 to 25 options."""
    custom_id(component, tally, wrong)
    texts(component, (("placeholder", 0, 150),), wrong)
    numbers(component, (("min_values", 0, 25), ("max_values", 1, 25)), wrong)
    if "min_values" in wrong or "max_values" in wrong:
        return
    most = component.get("max_values") or 1
    if (component.get("min_values") or 0) > most:
        wrong["min_values"] = leaf("SELECT_COMPONENT_MIN_VALUES_GREATER", "min_values must not exceed max_values")
    if component["type"] == Kind.STRING_SELECT:
        if found := options(component.get("options"), most):
            wrong["options"] = found
    else:
        for index, chosen in enumerate(listed(component, "default_values", most, wrong)):
            if not isinstance(chosen, dict):
                wrong["default_values"] = {str(index): not_an_object()}
            elif not is_snowflake(chosen.get("id")):
                wrong["default_values"] = {str(index): {"id": not_a_snowflake(chosen.get("id"))}}


def options(choices: object, most_chosen: int) -> Wrong | None:
    """A string select's options. There must be as many as may be chosen."""
    if choices is None:
        return required()
    return _choices(choices, most_chosen, 25, most_chosen, _select_option)


def group_options(choices: object, fewest: int, most_chosen: int) -> Wrong | None:
    """The options of a modal's radio or checkbox group, of which there are at most 10."""
    # That too many are chosen at first is refused under the code of selects; what a group's is called is not known.
    return _choices(choices, fewest, 10, most_chosen, _group_option)


def _choices(
    choices: object, fewest: int, most: int, most_chosen: int, check_one: Callable[[dict[str, Any], Wrong], None]
) -> Wrong | None:
    seen: set[object] = set()

    def check(option: dict[str, Any], found: Wrong) -> None:
        check_one(option, found)
        value = option.get("value")
        if isinstance(value, str):
            if value in seen:
                found["value"] = leaf("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is used")
            seen.add(value)

    if wrong := each(choices, fewest, most, check):
        return wrong
    # They are a list of objects: else there would be something wrong with them.
    if isinstance(choices, list) and sum(bool(option.get("default")) for option in choices) > most_chosen:
        return leaf("SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "More options are chosen at first than may be chosen")
    return None


def _select_option(option: dict[str, Any], wrong: Wrong) -> None:
    known(option, _OPTION | {"emoji"}, wrong)
    _option_texts(option, wrong)
    if option.get("emoji") is not None:
        emoji(option, wrong)


def _group_option(option: dict[str, Any], wrong: Wrong) -> None:
    known(option, _OPTION, wrong)
    _option_texts(option, wrong)


def _option_texts(option: dict[str, Any], wrong: Wrong) -> None:
    need(option, ("label", "value"), wrong)
    texts(option, (("label", 1, 100), ("value", 1, 100), ("description", 0, 100)), wrong)


SELECT_CHECKS: Checks = {
    Kind.STRING_SELECT: (fields_of(f"{_SELECT} options"), select),
    Kind.USER_SELECT: (fields_of(f"{_SELECT} default_values"), select),
    Kind.ROLE_SELECT: (fields_of(f"{_SELECT} default_values"), select),
    Kind.MENTIONABLE_SELECT: (fields_of(f"{_SELECT} default_values"), select),
    Kind.CHANNEL_SELECT: (fields_of(f"{_SELECT} default_values channel_types"), select),
}
CONTROL_CHECKS: Checks = SELECT_CHECKS | {
    Kind.ROW: (fields_of("components"), _row),
    Kind.BUTTON: (fields_of("style label emoji custom_id sku_id url disabled"), _button),
}
