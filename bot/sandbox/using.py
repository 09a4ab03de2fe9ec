"""What people do with the bot: use a command, press a button, submit a modal. Fills in what Discord's client would."""

from collections.abc import Iterator

from bot.sandbox.components import find, labelled, walk
from bot.sandbox.core import Core
from bot.sandbox.interaction import Interaction
from bot.sandbox.interaction_objects import resolve, resolve_target
from bot.sandbox.interactions import Interactions
from bot.sandbox.permissions import Permission, base_permissions
from bot.sandbox.state import Channel, Guild, InteractionType, Json, Message, User

_BUTTON, _TEXT_INPUT, _TEXT_DISPLAY, _RADIO_GROUP, _CHECKBOX = 2, 4, 10, 21, 23
_ONE_VALUE = frozenset((_TEXT_INPUT, _RADIO_GROUP, _CHECKBOX))
_CHAT = 1


class CannotUseError(LookupError):
    """What a person wants to use is not there, or not for them. The text says what there is."""


class Using:
    def __init__(self, core: Core, interactions: Interactions) -> None:
        self._core = core
        self._interactions = interactions
        self._modals: dict[tuple[int, str], Interaction] = {}
        """(person, custom_id) -> the interaction that opened the modal they have on screen."""

    def commands(self, user: User, channel: Channel) -> Iterator[Json]:
        """The commands that this person finds in this channel. A guild's own one hides a global one of its name."""
        guild = self._core.world.guild_of(channel)
        seen: set[tuple[int, str]] = set()
        for command in self._core.world.commands_for(channel.guild_id):
            key = (command["type"], command["name"])
            if key not in seen and self._may_use(guild, channel, user, command):
                seen.add(key)
                yield command

    def command_named(self, user: User, channel: Channel, name: str, kind: int = _CHAT) -> Json:
        """Raises CannotUseError."""
        for command in self.commands(user, channel):
            if command["name"] == name and command["type"] == kind:
                return command
        raise CannotUseError(f"{user.name} finds no command called {name!r} here.")

    def command(self, user: User, channel: Channel, data: Json, *, completing: bool = False) -> Interaction:
        """Sends a command, or (``completing``) asks for the choices of its focused option. ``data`` names the command
        and holds its options; ids and resolved objects are filled in."""
        command = self.command_named(user, channel, data["name"], data.get("type") or _CHAT)
        guild = self._core.world.guild_of(channel)
        full: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
        if command.get("guild_id"):
            full["guild_id"] = command["guild_id"]
        if data.get("options"):
            full["options"] = data["options"]
        resolved = resolve(self._core, guild, data)
        if data.get("target_id"):
            full["target_id"] = str(data["target_id"])
            resolved = resolve_target(self._core, guild, channel, full)
        if resolved:
            full["resolved"] = resolved
        kind = InteractionType.AUTOCOMPLETE if completing else InteractionType.COMMAND
        return self._interactions.create(kind, user, channel, full)

    def component(self, user: User, channel: Channel, message: Message, data: Json) -> Interaction:
        """Presses a button or chooses from a select on a message. Raises CannotUseError when it is not there."""
        component = find(message.data["components"], data["custom_id"])
        if component is None or message.reader_id not in (None, user.id):
            raise CannotUseError(f"There is nothing with the custom_id {data['custom_id']!r} on that message.")
        if component.get("disabled"):
            raise CannotUseError(f"{component.get('label') or data['custom_id']!r} is disabled.")
        full: Json = {"component_type": component["type"], "custom_id": data["custom_id"], "id": component["id"]}
        if component["type"] != _BUTTON:
            full["values"] = [str(value) for value in data.get("values") or ()]
            guild = self._core.world.guild_of(channel)
            resolved = resolve(self._core, guild, full, component_type=component["type"])
            if resolved:
                full["resolved"] = resolved
        return self._interactions.create(InteractionType.COMPONENT, user, channel, full, message=message)

    def modal(self, user: User, channel: Channel, data: Json) -> Interaction:
        """Submits a modal. ``data`` holds its custom_id and its components with their values."""
        source = self._modals.pop((user.id, data["custom_id"]), None)
        full: Json = {"custom_id": data["custom_id"], "components": data["components"]}
        message = None
        if source and source.modal:
            values = {one["custom_id"]: one for _, one in labelled(data["components"])}
            full["components"] = [_submitted(one, values) for one in source.modal["components"]]
            message = source.message
        return self._interactions.create(
            InteractionType.MODAL_SUBMIT, user, channel, full, message=message, source=source
        )

    def opened(self, interaction: Interaction) -> None:
        """Notes that a person now has the modal of this answer on screen."""
        if interaction.modal:
            self._modals[interaction.user.id, interaction.modal["custom_id"]] = interaction

    def modal_channel(self, user: User, custom_id: str) -> Channel | None:
        """Where the modal that a person has on screen was opened."""
        source = self._modals.get((user.id, custom_id))
        return source.channel if source else None

    def _may_use(self, guild: Guild | None, channel: Channel, user: User, command: Json) -> bool:
        needed = command.get("default_member_permissions")
        if guild is None:
            return bool(command.get("dm_permission", True))
        if not self._core.permissions(channel, user) & Permission.USE_APPLICATION_COMMANDS:
            return False
        if needed is None:
            return True
        have = base_permissions(guild, guild.members[user.id])
        # "0" switches a command off for all but administrators.
        return bool(have & Permission.ADMINISTRATOR) or (int(needed) != 0 and int(needed) & ~int(have) == 0)


def _submitted(component: Json, values: dict[str, Json]) -> Json:
    """A modal's component as its submission carries it: type, id, custom_id and what was filled in."""
    done: Json = {"type": component["type"], "id": component["id"]}
    if component.get("components"):
        done["components"] = [_submitted(one, values) for one in component["components"]]
    if component.get("component"):
        done["component"] = _submitted(component["component"], values)
    custom_id = component.get("custom_id")
    if custom_id is None:
        return done
    done["custom_id"] = custom_id
    given = values.get(custom_id) or {}
    if component["type"] in _ONE_VALUE:
        empty = False if component["type"] == _CHECKBOX else ""
        done["value"] = given.get("value", component.get("value", empty))
    else:
        chosen = [option["value"] for option in component.get("options") or () if option.get("default")]
        done["values"] = given.get("values", chosen)
    return done


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
        if component["type"] in (_BUTTON, _TEXT_INPUT) or not component.get("custom_id"):
            continue
        if wanted in (component["custom_id"], component.get("placeholder")):
            return component
        shown.append(component.get("placeholder") or component["custom_id"])
    raise CannotUseError(f"There is no select {wanted!r} on that message. There are: {', '.join(shown) or 'none'}.")
