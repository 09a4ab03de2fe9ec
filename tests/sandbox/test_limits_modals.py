"""What a modal may hold, just within each limit and just beyond it."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import check_modal
from tests.sandbox.component_parts import Json, button, row, select, without
from tests.sandbox.refusals import Limit, assert_limit, found

LONG = "BASE_TYPE_MAX_LENGTH"
BAD = "BASE_TYPE_BAD_LENGTH"
NEEDED = "BASE_TYPE_REQUIRED"
KIND = "UNION_TYPE_CHOICES"
UNKNOWN = "UNKNOWN_FIELD"
TWICE = "COMPONENT_CUSTOM_ID_DUPLICATED"


def entry(custom_id: str = "t", **more: Any) -> Json:
    return {"type": 4, "custom_id": custom_id, "style": 1, **more}


def upload(**more: Any) -> Json:
    return {"type": 19, "custom_id": "u", **more}


def label(component: Json | None = None, **more: Any) -> Json:
    return {"type": 18, "label": "Your question", "component": component or entry(), **more}


def modal(*components: Json, **more: Any) -> Json:
    return {"custom_id": "m", "title": "Ask", "components": list(components or [label()]), **more}


def entries(count: int) -> list[Json]:
    return [label(entry(str(number))) for number in range(count)]


def group(kind: int, count: int, *, chosen: int = 0, **rest: Any) -> dict[str, Any]:
    """A radio (21) or checkbox group (22), the first of whose options are chosen."""
    options = [{"label": str(one), "value": str(one), "default": one < chosen} for one in range(count)]
    return {"type": kind, "custom_id": "g", "options": options, **rest}


MODALS = [
    Limit("modal title", modal(title="t" * 45), modal(title="t" * 46), "title", BAD),
    Limit("modal custom_id", modal(custom_id="c" * 100), modal(custom_id="c" * 101), "custom_id", BAD),
    Limit("modal title is needed", modal(), without(modal(), "title"), "title", NEEDED),
    Limit("modal parts", modal(*entries(5)), modal(*entries(6)), "components", BAD),
    Limit("no parts", modal(), modal() | {"components": []}, "components", BAD),
    Limit("unknown key", modal(), modal(colour=1), "colour", UNKNOWN),
    Limit(
        "one input in a row",
        modal(row(entry(label="Name"))),
        modal(row(entry("a", label="Name"), entry("b", label="Name"))),
        "components.0.components",
        BAD,
    ),
    Limit(
        "input in a row needs a label",
        modal(row(entry(label="x"))),
        modal(row(entry())),
        "components.0.components.0.label",
        NEEDED,
    ),
    Limit(
        "input in a label has none",
        modal(label()),
        modal(label(entry(label="x"))),
        "components.0.component.label",
        "TEXT_INPUT_LABEL_NOT_ALLOWED",
    ),
    Limit("label", modal(label(label="l" * 45)), modal(label(label="l" * 46)), "components.0.label", BAD),
    Limit(
        "hint",
        modal(label(description="d" * 100)),
        modal(label(description="d" * 101)),
        "components.0.description",
        BAD,
    ),
    Limit("button in a modal", modal(), modal(row(button())), "components.0.components.0.type", KIND),
    Limit(
        "value",
        modal(label(entry(value="v" * 4000))),
        modal(label(entry(value="v" * 4001))),
        "components.0.component.value",
        LONG,
    ),
    Limit(
        "value beyond its own limit",
        modal(label(entry(value="v" * 10, max_length=10))),
        modal(label(entry(value="v" * 11, max_length=10))),
        "components.0.component.value",
        LONG,
    ),
    Limit(
        "greatest length",
        modal(label(entry(max_length=4000))),
        modal(label(entry(max_length=4001))),
        "components.0.component.max_length",
        "NUMBER_TYPE_MAX",
    ),
    Limit(
        "least length",
        modal(label(entry(min_length=10, max_length=10))),
        modal(label(entry(min_length=11, max_length=10))),
        "components.0.component.min_length",
        "TEXT_INPUT_MIN_LENGTH_GREATER",
    ),
    Limit(
        "placeholder",
        modal(label(entry(placeholder="p" * 100))),
        modal(label(entry(placeholder="p" * 101))),
        "components.0.component.placeholder",
        LONG,
    ),
    Limit(
        "style",
        modal(label(entry(style=2))),
        modal(label(entry(style=3))),
        "components.0.component.style",
        "BASE_TYPE_CHOICES",
    ),
    Limit(
        "custom_ids differ",
        modal(label(entry("a")), label(entry("b"))),
        modal(label(entry("a")), label(entry("a"))),
        "components.1.component.custom_id",
        TWICE,
    ),
    Limit("select", modal(label(select(25))), modal(label(select(26))), "components.0.component.options", BAD),
    Limit(
        "radio group",
        modal(label(group(21, 10))),
        modal(label(group(21, 11))),
        "components.0.component.options",
        BAD,
    ),
    Limit(
        "radio group of one",
        modal(label(group(21, 2))),
        modal(label(group(21, 1))),
        "components.0.component.options",
        BAD,
    ),
    Limit(
        "one radio button is chosen",
        modal(label(group(21, 2, chosen=1))),
        modal(label(group(21, 2, chosen=2))),
        "components.0.component.options",
        "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
    ),
    Limit(
        "checkbox group",
        modal(label(group(22, 10))),
        modal(label(group(22, 11))),
        "components.0.component.options",
        BAD,
    ),
    Limit(
        "checkbox group of fewer at least than at most",
        modal(label(group(22, 3, min_values=2, max_values=2))),
        modal(label(group(22, 3, min_values=2, max_values=1))),
        "components.0.component.min_values",
        "SELECT_COMPONENT_MIN_VALUES_GREATER",
    ),
    Limit(
        "a checkbox group may be left empty",
        modal(label(group(22, 3, min_values=0, required=False))),
        modal(label(group(22, 3, min_values=0))),
        "components.0.component.min_values",
        "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
    ),
    Limit(
        "upload",
        modal(label(upload(max_values=10))),
        modal(label(upload(max_values=11))),
        "components.0.component.max_values",
        "NUMBER_TYPE_MAX",
    ),
    Limit(
        "upload of fewer at least than at most",
        modal(label(upload(min_values=2, max_values=2))),
        modal(label(upload(min_values=2))),
        "components.0.component.min_values",
        "SELECT_COMPONENT_MIN_VALUES_GREATER",
    ),
    Limit(
        "none at least is not required",
        modal(label(upload(min_values=0, required=False))),
        modal(label(upload(min_values=0))),
        "components.0.component.min_values",
        "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
    ),
]


@pytest.mark.parametrize("limit", MODALS, ids=str)
def test_modal_limit(limit: Limit) -> None:
    assert_limit(check_modal, limit)


def test_every_wrong_field_is_told_at_once() -> None:
    with pytest.raises(ApiError) as refusal:
        check_modal({"components": [label(entry("c" * 101))]})
    assert found(refusal.value.errors) == [
        ("custom_id", NEEDED),
        ("title", NEEDED),
        ("components.0.component.custom_id", BAD),
    ]
