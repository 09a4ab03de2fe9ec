"""Forms that people fill in (Discord's modals): opened as plain values, taken by their custom_id when they come back.

The library keeps a modal in memory and drops what is submitted after a restart; so none is kept here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import ui
from msgspec import Struct, field

from bot.chat.lookup import Lookup
from bot.chat.render.text import plain

Interaction = discord.Interaction[Any]

#: What a form's custom_id begins with; its Lookup follows.
_FORM = "fm:"
#: Discord's component types, and the two styles of a text input.
_SELECT, _TEXT_INPUT, _PEOPLE, _TEXT, _LABEL, _UPLOAD = 3, 4, 5, 10, 18, 19
_SHORT, _LONG = 1, 2
#: Discord: characters of a form's title, of a field's label, of its hint and of its content.
_TITLE_MOST, _LABEL_MOST, _HINT_MOST, _VALUE_MOST = 45, 45, 100, 4_000


class Field(Struct, frozen=True):
    """A text to type. ``hint`` stands below the label, ``example`` in the empty field."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    example: str = ""
    long: bool = False
    required: bool = True
    most: int = _VALUE_MOST


class Upload(Struct, frozen=True):
    """One file to choose, or none."""

    name: str
    label: str
    hint: str = ""


class Pick(Struct, frozen=True):
    """One of up to 25 ``options``, each a value with its label; ``chosen`` is the value that stands there first."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str = ""
    hint: str = ""


class People(Struct, frozen=True):
    """Up to ``most`` people of the server to choose, or none. In a direct message there is nobody to choose."""

    name: str
    label: str
    most: int
    hint: str = ""


class Note(Struct, frozen=True):
    """A text to read, in markup; nothing is filled in."""

    text: str


Part = Field | Upload | Pick | People | Note


class Form(Struct, frozen=True):
    """At most five ``parts`` (Discord). ``lookup`` says what is to be done with what is filled in."""

    title: str
    lookup: Lookup
    parts: Sequence[Part]


class Filled(Struct, frozen=True):
    """What somebody filled in, by the names of the parts. What was picked is a text, too.

    ``words`` is all that they typed, to be given back where it cannot be taken. ``people`` of whom Discord says nothing
    but who they are have left the server.
    """

    texts: Mapping[str, str]
    files: Mapping[str, discord.Attachment]
    people: Mapping[str, Sequence[discord.Member | discord.User]] = field(default_factory=dict)
    words: str = ""


class _Modal(ui.Modal):
    """Ready to send, and finished from the start, so that the library does not keep it."""

    def __init__(self, form: Form) -> None:
        super().__init__(title=plain(form.title, _TITLE_MOST), custom_id=f"{_FORM}{form.lookup.encode()}")
        self._parts = [_part(part) for part in form.parts]
        self.stop()

    def to_dict(self) -> dict[str, Any]:
        return {"title": self.title, "custom_id": self.custom_id, "components": self._parts}


async def open_form(interaction: Interaction, form: Form) -> None:
    """Show it, as the first answer to ``interaction``."""
    await interaction.response.send_modal(_Modal(form))


def filled(interaction: Interaction) -> tuple[Lookup, Filled] | None:
    """What was submitted; None where that is no form of ours."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if not custom_id.startswith(_FORM):
        return None
    texts, files, people = {}, {}, {}
    typed: list[str] = []
    resolved = data.get("resolved", {})
    uploaded = resolved.get("attachments", {})
    for part in _inputs(data.get("components", ())):
        # Discord may know a kind of part that this release does not.
        name, kind = part["custom_id"], part.get("type")
        if kind == _TEXT_INPUT:
            texts[name] = str(part.get("value") or "")
            typed += [texts[name]] if texts[name].strip() else []
        elif kind == _SELECT:
            texts[name] = next(iter(part.get("values") or ()), "")
        elif kind == _PEOPLE:
            people[name] = [_person(interaction, resolved, user_id) for user_id in part.get("values") or ()]
        elif kind == _UPLOAD and (ids := [one for one in part.get("values", ()) if one in uploaded]):
            files[name] = discord.Attachment(data=uploaded[ids[0]], state=interaction._state)
    return Lookup.decode(custom_id.removeprefix(_FORM)), Filled(texts, files, people, "\n\n".join(typed))


def _person(interaction: Interaction, resolved: Mapping[str, Any], user_id: str) -> discord.Member | discord.User:
    """Who was chosen, with the roles they hold (Discord: Resolved Data, of which a member leaves out the user)."""
    user, member = resolved["users"][user_id], resolved.get("members", {}).get(user_id)
    if member is None or interaction.guild is None:
        return discord.User(state=interaction._state, data=user)
    data: Any = {**member, "user": user}
    return discord.Member(data=data, guild=interaction.guild, state=interaction._state)


def _inputs(parts: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Of labels and, from older forms, of rows."""
    for part in parts:
        if "custom_id" in part:
            yield part
        yield from _inputs([*part.get("components", ()), *([part["component"]] if "component" in part else [])])


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Note):
        return {"type": _TEXT, "content": part.text}
    label: dict[str, Any] = {"type": _LABEL, "label": plain(part.label, _LABEL_MOST)}
    if part.hint:
        label["description"] = plain(part.hint, _HINT_MOST)
    if isinstance(part, Upload):
        inside: dict[str, Any] = {"type": _UPLOAD, "custom_id": part.name, "required": False, "max_values": 1}
        return {**label, "component": {**inside, "min_values": 0}}
    if isinstance(part, Pick):
        options = [
            {"value": value, "label": plain(shown, _HINT_MOST), "default": value == part.chosen}
            for value, shown in part.options
        ]
        return {**label, "component": {"type": _SELECT, "custom_id": part.name, "options": options}}
    if isinstance(part, People):
        choosing = {"type": _PEOPLE, "custom_id": part.name, "min_values": 0, "max_values": part.most}
        return {**label, "component": {**choosing, "required": False}}
    inside = {
        "type": _TEXT_INPUT,
        "custom_id": part.name,
        "style": _LONG if part.long else _SHORT,
        "required": part.required,
        "max_length": part.most,
    }
    inside |= {"value": part.value[: part.most]} if part.value else {}
    inside |= {"placeholder": plain(part.example, _HINT_MOST)} if part.example else {}
    return {**label, "component": inside}
