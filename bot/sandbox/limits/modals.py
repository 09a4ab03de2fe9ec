"""Modals: what `check_modal` refuses.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
"""

from collections.abc import Mapping
from typing import Any

from .components import text_display
from .controls import SELECT_CHECKS, custom_id, group_options
from .fields import (
    Wrong,
    known,
    leaf,
    length,
    need,
    numbers,
    one_of,
    refuse,
    required,
    texts,
)
from .tree import SELECTS, Checks, Kind, Tally, children, fields_of, one

MAX_PARTS = 5

_TOP = frozenset((Kind.ROW, Kind.LABEL, Kind.TEXT))
_IN_ROW = frozenset((Kind.TEXT_INPUT,))
_IN_LABEL = SELECTS | {Kind.TEXT_INPUT, Kind.FILE_UPLOAD, Kind.RADIO_GROUP, Kind.CHECKBOX_GROUP, Kind.CHECKBOX}
_MODAL = frozenset(("custom_id", "title", "components"))


def check_modal(data: Mapping[str, Any]) -> None:
    """Refuses (50035) a modal that Discord would refuse. The paths begin inside the callback's ``data``."""
    wrong: Wrong = {}
    known(data, _MODAL, wrong)
    need(data, ("custom_id", "title", "components"), wrong)
    texts(data, (("custom_id", 1, 100), ("title", 1, 45)), wrong)
    if "components" not in wrong and (found := children(data["components"], _TOP, 1, MAX_PARTS, Tally(_CHECKS))):
        wrong["components"] = found
    refuse(wrong)


def _row(row: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    found = children(row.get("components"), _IN_ROW, 1, 1, tally)
    if not found and not row["components"][0].get("label"):
        found = {"0": {"label": required()}}
    if found:
        wrong["components"] = found


def _label(label: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    need(label, ("label", "component"), wrong)
    texts(label, (("label", 1, 45), ("description", 1, 100)), wrong)
    if "component" in wrong:
        return
    inside = label["component"]
    found = one(inside, _IN_LABEL, tally)
    if not found and inside.get("label") is not None:
        text = "A text input inside a label has no label of its own"
        found = {"label": leaf("TEXT_INPUT_LABEL_NOT_ALLOWED", text)}
    elif not found and inside.get("min_values") == 0 and inside.get("required") is not False:
        # The code is that of selects; what a file upload's is called is not known.
        text = "Select menus marked as required cannot have a min_values of 0"
        found = {"min_values": leaf("SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES", text)}
    if found:
        wrong["component"] = found


def _text_input(entry: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    custom_id(entry, tally, wrong)
    texts(entry, (("label", 1, 45), ("placeholder", 0, 100), ("value", 0, 4000)), wrong)
    numbers(entry, (("min_length", 0, 4000), ("max_length", 1, 4000)), wrong)
    if entry.get("style") not in (1, 2):
        wrong["style"] = one_of((1, 2))
    if wrong:
        return
    least, most = entry.get("min_length") or 0, entry.get("max_length") or 4000
    if least > most:
        wrong["min_length"] = leaf("TEXT_INPUT_MIN_LENGTH_GREATER", "min_length must not exceed max_length")
    elif (value := entry.get("value")) and not least <= len(value) <= most:
        wrong["value"] = length(least, most)


def _upload(upload: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    custom_id(upload, tally, wrong)
    numbers(upload, (("min_values", 0, 10), ("max_values", 1, 10)), wrong)
    if not wrong and (upload.get("min_values") or 0) > (upload.get("max_values") or 1):
        text = "min_values must not exceed max_values"
        wrong["min_values"] = leaf("SELECT_COMPONENT_MIN_VALUES_GREATER", text)


def _checkbox(checkbox: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    custom_id(checkbox, tally, wrong)


def _group(group: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    custom_id(group, tally, wrong)
    numbers(group, (("min_values", 0, 10), ("max_values", 1, 10)), wrong)
    if "min_values" in wrong or "max_values" in wrong:
        return
    single = group["type"] == Kind.RADIO_GROUP
    most = 1 if single else group.get("max_values") or 10
    if (group.get("min_values") or 0) > most:
        wrong["min_values"] = leaf("SELECT_COMPONENT_MIN_VALUES_GREATER", "min_values must not exceed max_values")
    if found := group_options(group.get("options"), 2 if single else 1, most):
        wrong["options"] = found


_TEXT_INPUT = fields_of("custom_id style label min_length max_length required value placeholder")

_CHECKS: Checks = SELECT_CHECKS | {
    Kind.ROW: (fields_of("components"), _row),
    Kind.LABEL: (fields_of("label description component"), _label),
    Kind.TEXT: (fields_of("content"), text_display),
    Kind.TEXT_INPUT: (_TEXT_INPUT, _text_input),
    Kind.FILE_UPLOAD: (fields_of("custom_id min_values max_values required"), _upload),
    Kind.RADIO_GROUP: (fields_of("custom_id options required"), _group),
    Kind.CHECKBOX_GROUP: (fields_of("custom_id options min_values max_values required"), _group),
    Kind.CHECKBOX: (fields_of("custom_id default"), _checkbox),
}
