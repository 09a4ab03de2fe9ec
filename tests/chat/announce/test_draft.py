"""A draft: written, looked at, chosen for, changed and dropped. Nothing goes out by that."""

from bot.sandbox_app import Stage
from tests.chat.announce.acting import lines, written


async def test_a_new_draft_is_shown_as_it_will_look_with_whom_it_reaches(stage: Stage) -> None:
    preview = await written(stage)
    for row in lines(stage, preview):
        print(row)
    print(preview.message)
    assert 0
