"""Forms as they come back from Discord."""

from msgspec.structs import replace

from bot.chat.answers import OLD_BUTTON
from bot.sandbox_app import Stage
from tests.chat.in_force import put_in_force
from tests.chat.posters.asking import form, person
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


async def test_what_was_typed_is_given_back_where_it_is_about_what_is_gone(stage: Stage) -> None:
    opened = await form(stage)
    await put_in_force(stage, replace(stage.program, posters=stage.program.posters[1:]))
    refused = await person(stage, "attendee").submit(opened, {"text": "Why **this**?", "who": "named"})
    assert refused.message is not None
    assert refused.message["content"].endswith(" What you wrote is in this file, which only you see.")
    (file,) = refused.message["attachments"]
    assert stage.sandbox.world.attachments[int(file["id"])].content.decode() == "Why **this**?"
