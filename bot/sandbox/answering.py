"""What the bot's answers to an interaction do: first answers of every type, follow-ups, edits, deletions."""

from collections.abc import Callable, Sequence

from bot.sandbox import errors, limits, posting
from bot.sandbox.components import complete
from bot.sandbox.core import Core
from bot.sandbox.files import Upload, check_written
from bot.sandbox.interaction import Interaction, Outcome
from bot.sandbox.interaction_objects import metadata_json
from bot.sandbox.interactions import Interactions
from bot.sandbox.posting import Origin, refer_to
from bot.sandbox.reading import bits
from bot.sandbox.state import CallbackType, InteractionType, Json, Message, MessageFlag, MessageType

_ANY = frozenset((InteractionType.COMMAND, InteractionType.COMPONENT, InteractionType.MODAL_SUBMIT))
_ON_A_MESSAGE = frozenset((InteractionType.COMPONENT, InteractionType.MODAL_SUBMIT))
#: Which interactions may be answered how.
_ALLOWED: dict[CallbackType, frozenset[InteractionType]] = {
    CallbackType.MESSAGE: _ANY,
    CallbackType.DEFERRED_MESSAGE: _ANY,
    CallbackType.DEFERRED_UPDATE: _ON_A_MESSAGE,
    CallbackType.UPDATE: _ON_A_MESSAGE,
    CallbackType.AUTOCOMPLETE: frozenset((InteractionType.AUTOCOMPLETE,)),
    CallbackType.MODAL: frozenset((InteractionType.COMMAND, InteractionType.COMPONENT)),
}
_CHANGES_MESSAGE = frozenset((CallbackType.DEFERRED_UPDATE, CallbackType.UPDATE))
_EPHEMERAL = MessageFlag.EPHEMERAL
_V2 = MessageFlag.COMPONENTS_V2


class Answering:
    def __init__(self, core: Core, interactions: Interactions) -> None:
        self._core = core
        self._interactions = interactions
        self._first: dict[CallbackType, Callable[[Interaction, Json, Sequence[Upload]], Outcome]] = {
            CallbackType.MESSAGE: self._message,
            CallbackType.DEFERRED_MESSAGE: self._deferred_message,
            CallbackType.DEFERRED_UPDATE: self._deferred_update,
            CallbackType.UPDATE: self._update,
            CallbackType.AUTOCOMPLETE: self._choices,
            CallbackType.MODAL: self._modal,
        }

    def first(self, interaction: Interaction, payload: Json, uploads: Sequence[Upload]) -> None:
        """Takes the first answer. Raises 50035 for a type that does not suit the interaction."""
        kind = _callback_type(payload.get("type"))
        if interaction.type not in _ALLOWED[kind] or (kind in _CHANGES_MESSAGE and not interaction.message):
            raise errors.field_error(["type"], "INTERACTION_CALLBACK_TYPE_INVALID", "Not a valid answer here.")
        data = payload.get("data") or {}
        if not isinstance(data, dict):
            raise errors.field_error(["data"], "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        with errors.inside("data"):
            outcome = self._first[kind](interaction, data, uploads)
        self._interactions.answer(interaction, kind, outcome)

    def _message(self, interaction: Interaction, data: Json, uploads: Sequence[Upload]) -> Outcome:
        check_written(data, uploads, flags=bits(data))
        return Outcome("message", self._write(interaction, data, uploads))

    def _deferred_message(self, interaction: Interaction, data: Json, uploads: Sequence[Upload]) -> Outcome:
        limits.check_flags(bits(data))
        flags = bits(data) & _EPHEMERAL
        return Outcome("deferred", self._write(interaction, {"flags": flags}, (), MessageFlag.LOADING))

    def _deferred_update(self, interaction: Interaction, data: Json, uploads: Sequence[Upload]) -> Outcome:
        return Outcome("deferred", interaction.message)

    def _update(self, interaction: Interaction, data: Json, uploads: Sequence[Upload]) -> Outcome:
        assert interaction.message
        return Outcome("update", self._edit(interaction, interaction.message, data, uploads))

    def _choices(self, interaction: Interaction, data: Json, uploads: Sequence[Upload]) -> Outcome:
        choices = data.get("choices") or []
        limits.check_choices(choices)
        return Outcome("autocomplete", choices=choices)

    def _modal(self, interaction: Interaction, data: Json, uploads: Sequence[Upload]) -> Outcome:
        limits.check_modal(data)
        modal = {"custom_id": data["custom_id"], "title": data["title"]}
        interaction.modal = modal | {"components": complete(data["components"], [])}
        return Outcome("modal", modal=interaction.modal)

    def follow_up(self, interaction: Interaction, payload: Json, uploads: Sequence[Upload]) -> Message:
        """A further message. The first one after a deferred answer takes its placeholder's place."""
        check_written(payload, uploads, flags=bits(payload))
        if interaction.waiting and interaction.shown:
            return self._fill(interaction, interaction.shown, payload, uploads)
        message = self._write(interaction, payload, uploads, follows=True)
        interaction.made.append(message)
        interaction.filled.set()
        return message

    def edit(self, interaction: Interaction, message: Message, payload: Json, uploads: Sequence[Upload]) -> Message:
        """Changes the first answer or a follow-up; fills a deferred one."""
        if interaction.waiting and message is interaction.shown:
            check_written(payload, uploads, flags=bits(payload))
            return self._fill(interaction, message, payload, uploads)
        self._edit(interaction, message, payload, uploads)
        interaction.filled.set()
        return message

    def delete(self, interaction: Interaction, message: Message) -> None:
        posting.delete(self._core, interaction.channel, [message])
        if message is interaction.shown:
            interaction.waiting = False
        interaction.filled.set()

    def find(self, interaction: Interaction, wanted: str) -> Message:
        """``@original`` or the id of a message that this interaction made. Raises 10008."""
        message = interaction.shown
        if wanted != "@original":
            made = [*interaction.made, *([message] if message else [])]
            message = next((one for one in made if str(one.id) == wanted), None)
        if message is None or message.id not in interaction.channel.messages:
            raise errors.unknown_message()
        return message

    def _fill(self, interaction: Interaction, message: Message, data: Json, uploads: Sequence[Upload]) -> Message:
        interaction.waiting = False
        posting.fill(self._core, interaction.channel, message, data, uploads)
        interaction.made.append(message)
        interaction.filled.set()
        return message

    def _edit(self, interaction: Interaction, message: Message, data: Json, uploads: Sequence[Upload]) -> Message:
        flags = bits(data) | message.data["flags"] & _V2
        check_written(data, uploads, flags=flags, editing=True, before=message.data)
        return posting.edit(self._core, interaction.channel, message, data, uploads)

    def _write(
        self,
        interaction: Interaction,
        data: Json,
        uploads: Sequence[Upload],
        flags: int = 0,
        *,
        follows: bool = False,
    ) -> Message:
        if interaction.channel.id not in self._core.world.channels:
            raise errors.unknown_channel()
        ephemeral = bits(data) & _EPHEMERAL
        app_id = str(self._core.world.application_id)
        kind, reference = self._kind(interaction, follows=follows)
        origin = Origin(
            kind,
            reference,
            interaction=metadata_json(interaction),
            reader_id=interaction.user.id if ephemeral else None,
            flags=flags | ephemeral,
            extra={"application_id": app_id, "webhook_id": app_id},
        )
        return posting.write(self._core, interaction.channel, self._core.world.bot, data, uploads, origin)

    def _kind(self, interaction: Interaction, *, follows: bool) -> tuple[MessageType, Json | None]:
        """A follow-up is shown as a reply to the first answer, an answer to a component as a reply to its message."""
        answered = interaction.shown if follows else interaction.message
        if answered:
            return MessageType.REPLY, refer_to(answered, interaction.channel)
        if interaction.type is not InteractionType.COMMAND:
            return MessageType.DEFAULT, None
        if interaction.data["type"] == 1:
            return MessageType.CHAT_COMMAND, None
        if interaction.data["type"] == 3:
            # It may have been deleted since the command was used on it.
            target = interaction.channel.messages.get(int(interaction.data["target_id"]))
            return MessageType.CONTEXT_COMMAND, refer_to(target, interaction.channel) if target else None
        return MessageType.CONTEXT_COMMAND, None


def _callback_type(value: object) -> CallbackType:
    if isinstance(value, int) and value in _ALLOWED:
        return CallbackType(value)
    raise errors.field_error(["type"], "BASE_TYPE_CHOICES", "Value must be one of {4, 5, 6, 7, 8, 9}.")
