"""What the rows of a classic message may hold, just within each limit and just beyond it."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import check_message
from tests.sandbox.component_parts import Json, button, buttons, link, option, row, rows, select, text, without
from tests.sandbox.refusals import Limit, assert_limit, found

V2 = 1 << 15
LONG = "BASE_TYPE_MAX_LENGTH"
BAD = "BASE_TYPE_BAD_LENGTH"
NEEDED = "BASE_TYPE_REQUIRED"
KIND = "UNION_TYPE_CHOICES"
UNKNOWN = "UNKNOWN_FIELD"
WIDE = "COMPONENT_LAYOUT_WIDTH_EXCEEDED"
TWICE = "COMPONENT_CUSTOM_ID_DUPLICATED"


def classic(*components: Any) -> Json:
    return {"content": "x", "components": list(components)}


CLASSIC = [
    Limit("rows", classic(*rows(5)), classic(*rows(6)), "components", LONG),
    Limit("buttons in a row", classic(buttons(5)), classic(buttons(6)), "components.0.components", BAD),
    Limit("an empty row", classic(buttons(1)), classic(buttons(0)), "components.0.components", BAD),
    Limit(
        "one select in a row",
        classic(row(select())),
        classic(row(select(), button())),
        "components.0.components.1",
        WIDE,
    ),
    Limit("only rows outside V2", classic(row(button())), classic(text()), "components.0.type", KIND),
    Limit("no bare button", classic(row(button())), classic(button()), "components.0.type", KIND),
    Limit("no text input in a message", classic(), classic(row({"type": 4})), "components.0.components.0.type", KIND),
    Limit("component is an object", classic(), classic("x"), "components.0", "MODEL_TYPE_CONVERT"),
    Limit(
        "button label",
        classic(row(button(label="l" * 80))),
        classic(row(button(label="l" * 81))),
        "components.0.components.0.label",
        LONG,
    ),
    Limit(
        "button needs a face",
        classic(row(button(label=None, emoji={"name": "🔁"}))),
        classic(row(button(label=None))),
        "components.0.components.0.label",
        "BUTTON_COMPONENT_MISSING_LABEL",
    ),
    Limit(
        "emoji is a character",
        classic(row(button(emoji={"id": "1", "name": "smile"}))),
        classic(row(button(emoji={"name": "smile"}))),
        "components.0.components.0.emoji.name",
        "COMPONENT_INVALID_EMOJI",
    ),
    Limit(
        "custom_id",
        classic(row(button("c" * 100))),
        classic(row(button("c" * 101))),
        "components.0.components.0.custom_id",
        BAD,
    ),
    Limit(
        "button needs a custom_id",
        classic(row(button())),
        classic(row(without(button(), "custom_id"))),
        "components.0.components.0.custom_id",
        NEEDED,
    ),
    Limit(
        "custom_ids differ",
        classic(row(button("a")), row(button("b"))),
        classic(row(button("a")), row(button("a"))),
        "components.1.components.0.custom_id",
        TWICE,
    ),
    Limit(
        "component ids differ",
        classic(row(button("a", id=1), button("b", id=2))),
        classic(row(button("a", id=1), button("b", id=1))),
        "components.0.components.1.id",
        "COMPONENT_ID_DUPLICATED",
    ),
    Limit(
        "link needs a url", classic(row(link())), classic(row(link(url=None))), "components.0.components.0.url", NEEDED
    ),
    Limit(
        "link's url",
        classic(row(link(url=f"https://example.org/{'u' * 492}"))),
        classic(row(link(url=f"https://example.org/{'u' * 493}"))),
        "components.0.components.0.url",
        LONG,
    ),
    Limit(
        "link has no custom_id",
        classic(row(link())),
        classic(row(link(custom_id="x"))),
        "components.0.components.0.custom_id",
        "BUTTON_COMPONENT_CUSTOM_ID_URL",
    ),
    Limit(
        "only a link has a url",
        classic(row(button())),
        classic(row(button(url="https://example.org/"))),
        "components.0.components.0.url",
        "BUTTON_COMPONENT_CUSTOM_ID_URL",
    ),
    Limit(
        "button style",
        classic(row(button(style=4))),
        classic(row(button(style=7))),
        "components.0.components.0.style",
        "BASE_TYPE_CHOICES",
    ),
    Limit(
        "unknown key",
        classic(row(button())),
        classic(row(button(colour=1))),
        "components.0.components.0.colour",
        UNKNOWN,
    ),
    Limit("options", classic(row(select(25))), classic(row(select(26))), "components.0.components.0.options", BAD),
    Limit("no options", classic(row(select(1))), classic(row(select(0))), "components.0.components.0.options", BAD),
    Limit(
        "fewer options than may be chosen",
        classic(row(select(3, max_values=3))),
        classic(row(select(3, max_values=4))),
        "components.0.components.0.options",
        BAD,
    ),
    Limit(
        "most values",
        classic(row(select(25, max_values=25))),
        classic(row(select(25, max_values=26))),
        "components.0.components.0.max_values",
        "NUMBER_TYPE_MAX",
    ),
    Limit(
        "least values",
        classic(row(select(min_values=1))),
        classic(row(select(min_values=2))),
        "components.0.components.0.min_values",
        "SELECT_COMPONENT_MIN_VALUES_GREATER",
    ),
    Limit(
        "placeholder",
        classic(row(select(placeholder="p" * 150))),
        classic(row(select(placeholder="p" * 151))),
        "components.0.components.0.placeholder",
        LONG,
    ),
    Limit(
        "option label",
        classic(row(option(label="l" * 100))),
        classic(row(option(label="l" * 101))),
        "components.0.components.0.options.0.label",
        BAD,
    ),
    Limit(
        "option value",
        classic(row(option(value="v" * 100))),
        classic(row(option(value="v" * 101))),
        "components.0.components.0.options.0.value",
        BAD,
    ),
    Limit(
        "option description",
        classic(row(option(description="d" * 100))),
        classic(row(option(description="d" * 101))),
        "components.0.components.0.options.0.description",
        LONG,
    ),
    Limit(
        "option values differ",
        classic(row(select(2))),
        classic(row(select(1) | {"options": [{"label": "a", "value": "1"}, {"label": "b", "value": "1"}]})),
        "components.0.components.0.options.1.value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    Limit(
        "one default",
        classic(row(option(default=True))),
        classic(
            row(select(1) | {"options": [{"label": v, "value": v, "default": True} for v in ("a", "b")]}),
        ),
        "components.0.components.0.options",
        "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
    ),
]


@pytest.mark.parametrize("limit", CLASSIC, ids=str)
def test_classic_component_limit(limit: Limit) -> None:
    assert_limit(check_message, limit)


def test_every_wrong_field_is_told_at_once() -> None:
    with pytest.raises(ApiError) as refusal:
        check_message(classic(row(button("", label="l" * 81)), row(select(0))))
    assert found(refusal.value.errors) == [
        ("components.0.components.0.label", LONG),
        ("components.0.components.0.custom_id", BAD),
        ("components.1.components.0.options", BAD),
    ]
