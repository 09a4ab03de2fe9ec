"""Walking a tree of components: which kinds may stand where, and what is counted over all of them.

https://discord.com/developers/docs/components/reference
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from .fields import Wrong, known, leaf, length, names, not_a_list, not_an_object, numbers


class Kind(IntEnum):
    """https://discord.com/developers/docs/components/reference#component-object-component-types"""

    ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS = frozenset(
    (Kind.STRING_SELECT, Kind.USER_SELECT, Kind.ROLE_SELECT, Kind.MENTIONABLE_SELECT, Kind.CHANNEL_SELECT)
)


@dataclass(slots=True)
class Tally:
    """What is counted over a whole message or modal."""

    checks: "Checks"
    files: Collection[str] | None = None
    """Names that `attachment://` may refer to; None when unknown."""
    count: int = 0
    characters: int = 0
    custom_ids: set[str] = field(default_factory=set)
    ids: set[int] = field(default_factory=set)


#: For each kind of component: the fields it has, and the check of what they hold.
Checks = dict[int, tuple[frozenset[str], Callable[[dict[str, Any], Tally, Wrong], None]]]


def children(components: object, allowed: frozenset[Kind], least: int, most: int, tally: Tally) -> Wrong | None:
    """What is wrong with a list of components, or None."""
    if not isinstance(components, list):
        return not_a_list()
    if not least <= len(components) <= most:
        return length(least, most)
    wrong: Wrong = {}
    for index, component in enumerate(components):
        if found := one(component, allowed, tally):
            wrong[str(index)] = found
    return wrong or None


def one(component: object, allowed: frozenset[Kind], tally: Tally) -> Wrong | None:
    """What is wrong with one component and what is in it, or None."""
    if not isinstance(component, dict):
        return not_an_object()
    kind = component.get("type")
    if not isinstance(kind, int) or kind not in allowed:
        types = ", ".join(str(int(each)) for each in sorted(allowed))
        return {"type": leaf("UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({types}).')}
    tally.count += 1
    fields, check = tally.checks[kind]
    wrong: Wrong = {}
    known(component, fields, wrong)
    if component.get("id"):
        _id(component, tally, wrong)
    check(component, tally, wrong)
    return wrong or None


def _id(component: dict[str, Any], tally: Tally, wrong: Wrong) -> None:
    numbers(component, (("id", 0, (1 << 31) - 1),), wrong)
    if "id" in wrong:
        return
    if component["id"] in tally.ids:
        wrong["id"] = leaf("COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
    tally.ids.add(component["id"])


def fields_of(own: str) -> frozenset[str]:
    """The names of a component's own fields, with those that every component has."""
    return names(f"type id {own}")
