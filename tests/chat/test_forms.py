"""Forms as they come back from Discord."""

from bot.chat.answers import OLD_BUTTON
from tests.chat.test_bot import seen
from tests.staging import on_stage


async def test_a_form_with_a_part_of_no_known_kind_is_answered() -> None:
    # Not held against Discord's schema, which knows no such part.
    async with on_stage() as stage:
        person = stage.sandbox.person("attendee")
        rows = [{"type": 1, "components": [{"custom_id": "text", "value": "Why?"}]}]
        form = {"custom_id": "fm:old", "components": rows}
        done = await person._reply(person._using.modal(person.user, person._channel("general"), form))
        assert seen(stage, done.message) == OLD_BUTTON
