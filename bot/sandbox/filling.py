"""What a person fills in or chooses, from the names they read on screen to the values that travel."""

from collections.abc import Sequence

from bot.sandbox.client_rules import CannotUseError, check_count
from bot.sandbox.components import CHECKBOX, FILE_UPLOAD, RADIO_GROUP, TEXT_INPUT
from bot.sandbox.core import Core
from bot.sandbox.files import SentFile, receive
from bot.sandbox.naming import SELECT_KINDS, id_named, named
from bot.sandbox.state import Channel, Json, User

#: What a person gives for one field: a text or a choice, a tick, files; several as a sequence.
Given = str | bool | SentFile | Sequence[str] | Sequence[SentFile]

_ONE_VALUE = frozenset((TEXT_INPUT, RADIO_GROUP, CHECKBOX))
#: How many of the things that there are an error tells.
_TOLD = 25


def filled(core: Core, user: User, channel: Channel, component: Json, given: Given) -> Json:
    """A field of a modal with what a person puts in. Raises CannotUseError for what their client would not take."""
    custom_id, kind = component["custom_id"], component["type"]
    done: Json = {"custom_id": custom_id}
    if kind == TEXT_INPUT:
        return done | {"value": _text(component, given)}
    if kind == CHECKBOX:
        return done | {"value": bool(given)}
    if kind == FILE_UPLOAD:
        files = [given] if isinstance(given, SentFile) else given
        if isinstance(files, str | bool) or not all(isinstance(file, SentFile) for file in files):
            raise CannotUseError(f"{custom_id} takes files, as SentFile.")
        return done | {"values": [str(receive(core, channel, user, file).id) for file in files]}  # type: ignore[arg-type]  # all of them are SentFile, as was just asked
    values = picked(core, user, channel, component, given)
    return done | ({"value": values[0] if values else None} if kind == RADIO_GROUP else {"values": values})


def _text(component: Json, given: Given) -> str:
    least, most = component.get("min_length") or 0, component.get("max_length") or 4000
    if not isinstance(given, str):
        raise CannotUseError(f"{component['custom_id']} takes a text.")
    if not least <= len(given) <= most:
        raise CannotUseError(f"{component['custom_id']} takes {least} to {most} characters, not {len(given)}.")
    return given


def picked(core: Core, user: User, channel: Channel, component: Json, given: Given) -> list[str]:
    """The values of a select or a group of choices, each given by its value or by its name. Raises CannotUseError."""
    things = _choices(core, user, channel, component)
    wanted = [given] if isinstance(given, str) else list(given) if isinstance(given, Sequence) else []
    return [_pick(things, one) for one in wanted]


def _pick(things: list[tuple[str, str]], wanted: object) -> str:
    if isinstance(wanted, str):
        value = wanted if any(wanted == one for _, one in things) else id_named(wanted, things)
        if value is not None:
            return value
    names = list(dict.fromkeys(name for name, _ in things))
    more = ", ..." if len(names) > _TOLD else ""
    raise CannotUseError(f"There is no {wanted!r} to choose. There are: {', '.join(names[:_TOLD]) or 'none'}{more}.")


def _choices(core: Core, user: User, channel: Channel, component: Json) -> list[tuple[str, str]]:
    """What a person finds in a select or a group of choices, as (name, value)."""
    kind = SELECT_KINDS.get(component["type"])
    if kind is None:
        return [(option["label"], option["value"]) for option in component.get("options") or ()]
    guild, types = core.world.guild_of(channel), component.get("channel_types")
    seen = guild.channels.values() if guild else ()
    fitting = (one for one in seen if core.may_view(one, user) and (not types or one.type in types))
    return named(kind, core.world, guild, fitting)


def check_values(
    core: Core, user: User, channel: Channel, component: Json, values: Sequence[str], *, in_modal: bool = False
) -> None:
    """Whether a select or file upload may be left with these values. Raises CannotUseError."""
    check_count(component, len(values), in_modal=in_modal)
    if component["type"] == FILE_UPLOAD or not values:
        return
    things = _choices(core, user, channel, component)
    known = {value for _, value in things}
    for value in values:
        if value not in known:
            _pick(things, value)


def check_field(core: Core, user: User, channel: Channel, component: Json, done: Json) -> None:
    """Whether a field of a modal may be submitted as it is filled in. Raises CannotUseError."""
    kind, required = component["type"], component.get("required", True)
    if kind == TEXT_INPUT:
        text = str(done["value"] or "")
        if required and not text.strip():
            raise CannotUseError(f"{component['custom_id']} is required.")
        if text:
            _text(component, text)
    elif kind == RADIO_GROUP:
        if required and done["value"] is None:
            raise CannotUseError(f"{component['custom_id']} is required.")
        if done["value"] is not None:
            picked(core, user, channel, component, done["value"])
    elif kind != CHECKBOX:
        check_values(core, user, channel, component, done["values"], in_modal=True)


def submitted(component: Json, given: dict[str, Json]) -> Json:
    """A modal's component as its submission carries it: type, id, custom_id and what was filled in. ``given``: what
    was, by custom_id; the rest keeps its default."""
    done: Json = {"type": component["type"], "id": component["id"]}
    if component.get("components"):
        done["components"] = [submitted(one, given) for one in component["components"]]
    if component.get("component"):
        done["component"] = submitted(component["component"], given)
    custom_id = component.get("custom_id")
    if custom_id is None:
        return done
    done["custom_id"] = custom_id
    name = "value" if component["type"] in _ONE_VALUE else "values"
    own = given.get(custom_id) or {}
    done[name] = own[name] if name in own else _default(component)
    return done


def _default(component: Json) -> str | bool | list[str] | None:
    if component["type"] == TEXT_INPUT:
        return str(component.get("value", ""))
    if component["type"] == CHECKBOX:
        return bool(component.get("default"))
    chosen = [option["value"] for option in component.get("options") or () if option.get("default")]
    chosen += [str(one["id"]) for one in component.get("default_values") or ()]
    if component["type"] == RADIO_GROUP:
        return chosen[0] if chosen else None
    return chosen
