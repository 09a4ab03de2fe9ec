"""What people do with the bot: use a command, press a button, submit a modal. Fills in what Discord's client would."""

from collections.abc import Iterator

from bot.sandbox.client_rules import CannotUseError
from bot.sandbox.components import BUTTON, find, labelled
from bot.sandbox.core import Core
from bot.sandbox.filling import check_field, check_values, submitted
from bot.sandbox.interaction import Interaction, Outcome
from bot.sandbox.interaction_objects import ATTACHMENT, references, resolve, resolve_target
from bot.sandbox.interactions import Interactions
from bot.sandbox.option_rules import check_options
from bot.sandbox.permissions import Permission, base_permissions
from bot.sandbox.state import Channel, Guild, InteractionType, Json, Message, User

_CHAT, _ON_MESSAGE = 1, 3


class Using:
    def __init__(self, core: Core, interactions: Interactions) -> None:
        self._core = core
        self._interactions = interactions
        self._modals: dict[tuple[int, str], Interaction] = {}
        """(person, custom_id) -> the interaction that opened the modal they have on screen."""

    def commands(self, user: User, channel: Channel) -> Iterator[Json]:
        """The commands that this person finds in this channel: none where they do not see it. A guild's own one hides a
        global one of its name."""
        if not self._core.may_view(channel, user):
            return
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
        and holds its options; ids and resolved objects are filled in. Raises CannotUseError, and CommandTextError for
        what the person's client would not send."""
        command = self.command_named(user, channel, data["name"], data.get("type") or _CHAT)
        if command["type"] == _CHAT:
            check_options(command, data.get("options") or [], partly=completing)
        guild = self._core.world.guild_of(channel)
        full: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
        if command.get("guild_id"):
            full["guild_id"] = command["guild_id"]
        if data.get("options"):
            full["options"] = data["options"]
        if data.get("target_id"):
            full["target_id"] = str(data["target_id"])
            if full["type"] == _ON_MESSAGE:
                _require_message(user, channel, int(data["target_id"]))
            full["resolved"] = resolve_target(self._core, guild, channel, full)
        else:
            self._resolve(user, channel, full)
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
        if component["type"] != BUTTON:
            full["values"] = [str(value) for value in data.get("values") or ()]
            check_values(self._core, user, channel, component, full["values"])
            self._resolve(user, channel, full)
        return self._interactions.create(InteractionType.COMPONENT, user, channel, full, message=message)

    def modal(self, user: User, channel: Channel, data: Json) -> Interaction:
        """Submits a modal. ``data`` holds its custom_id and its components with their values. Raises CannotUseError for
        what the person's client would not let pass; the modal then stays on screen."""
        source = self._modals.get((user.id, data["custom_id"]))
        full: Json = {"custom_id": data["custom_id"], "components": data["components"]}
        message = None
        if source and source.modal:
            values = {one["custom_id"]: one for _, one in labelled(data["components"])}
            full["components"] = [submitted(one, values) for one in source.modal["components"]]
            for _, component in labelled(source.modal["components"]):
                done = find(full["components"], component["custom_id"])
                assert done
                check_field(self._core, user, channel, component, done)
            message = source.message
        self._resolve(user, channel, full)
        return self._interactions.create(
            InteractionType.MODAL_SUBMIT, user, channel, full, message=message, source=source
        )

    def answered(self, interaction: Interaction, outcome: Outcome) -> None:
        """Notes which modal a person now has on screen, and which no longer: one that failed can be sent again."""
        source = interaction.source
        if source and source.modal and outcome.kind != "failed":
            key = source.user.id, source.modal["custom_id"]
            if self._modals.get(key) is source:
                del self._modals[key]
        if outcome.modal:
            self._modals[interaction.user.id, outcome.modal["custom_id"]] = interaction

    def modal_channel(self, user: User, custom_id: str) -> Channel | None:
        """Where the modal that a person has on screen was opened."""
        source = self._modals.get((user.id, custom_id))
        return source.channel if source else None

    def _resolve(self, user: User, channel: Channel, data: Json) -> None:
        for kind, value in references(data):
            if kind == ATTACHMENT:
                self._require_own_file(user, value)
        resolved = resolve(self._core, self._core.world.guild_of(channel), data)
        if resolved:
            data["resolved"] = resolved

    def _require_own_file(self, user: User, file_id: str) -> None:
        file = self._core.world.attachments.get(int(file_id))
        if file is None or file.sender_id != user.id:
            raise CannotUseError("That file is not there any more. Choose it again.")

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


def _require_message(user: User, channel: Channel, message_id: int) -> None:
    message = channel.messages.get(message_id)
    if message is None or message.reader_id not in (None, user.id):
        raise CannotUseError("That message is gone.")
