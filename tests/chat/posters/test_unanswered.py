"""/qa unanswered: what waits for an answer, by session and poster."""

from functools import partial

from bot.domain.audit import ActKind, Outcome
from bot.domain.posters.question import State
from bot.sandbox import InteractionType
from bot.sandbox_app import Stage
from bot.storage.posters import questions
from tests.chat.organizing.test_live import organizer
from tests.chat.posters.moderated import POSTER, TEXT, answered, asked, guild, person, qa, rows, thread, trail
from tests.chat.test_bot import first_line, seen
from tests.faults.delivered import until


async def test_what_waits_stands_with_its_poster_and_thread(stage: Stage) -> None:
    await answered(stage, await asked(stage))
    await asked(stage, "And how does that hold for text?", by="speaker")
    shown = rows(stage, await qa(stage, "unanswered"))
    assert shown == [
        "1 question waits for an answer",
        "About 1 poster, by session; in each the most upvoted first.",
        "Poster/Break · 2025-04-28 10:30–11:20 (venue 10:30–11:20)",
        POSTER,
        f"1 question · Thread <https://discord.com/channels/{guild(stage)}/{thread(stage)}>",
        "Question 2 · 0 upvotes",
        "> And how does that hold for text?",
        "[Refresh]",
    ]


async def test_where_nothing_waits_it_says_so(stage: Stage) -> None:
    await answered(stage, await asked(stage))
    shown = rows(stage, await qa(stage, "unanswered"))
    assert shown == ["No question waits for an answer", "Each has one, or nobody has asked."]


async def ask_many(stage: Stage, posters: int) -> None:
    """The poster at place n has n + 1 votes; the first one has two questions."""
    act = 1
    for place, poster in enumerate([*stage.program.posters[:posters], stage.program.posters[0]]):
        add = partial(questions.add, guild_id=guild(stage), poster_id=poster.id, text=TEXT, asker=1, named=False)
        found = await stage.database.write(partial(add, state=State.OPEN, at=stage.clock.now(), act=act))
        for user in range(place + 1 if place < posters else 0):
            await stage.database.write(partial(questions.vote, question=found, user_id=user))
        act += 1


async def test_the_most_upvoted_come_first_page_by_page(stage: Stage) -> None:
    await ask_many(stage, 7)
    first = await qa(stage, "unanswered")
    assert first_line(stage, first) == "8 questions wait for an answer"
    titles = [poster.title for poster in stage.program.posters[:7]][::-1]
    assert [title for title in titles if title in seen(stage, first.message)] == titles[:5]
    assert first.message is not None
    second = await organizer(stage).press(first.message, "More ›")
    assert [title for title in titles if title in seen(stage, second.message)] == titles[5:]
    assert "2 questions" in seen(stage, second.message)


async def test_one_session_can_be_looked_at_alone(stage: Stage) -> None:
    await asked(stage)
    offered = await organizer(stage).autocomplete("/qa unanswered session:post", channel="organizers")
    assert [one.name for one in offered] == ["Poster/Break · 10:30", "Poster/Break · 15:20"]
    shown = await qa(stage, f"unanswered session:{offered[0].value}")
    assert first_line(stage, shown) == "1 question waits for an answer"
    other = await qa(stage, "unanswered session:Closing Remarks")
    assert first_line(stage, other) == "No question waits for an answer"


async def test_only_organizers_see_what_waits(stage: Stage) -> None:
    world = stage.sandbox.world
    data = {"name": "qa", "options": [{"name": "unanswered", "type": 1, "options": []}]}
    refused = await stage.sandbox.interact(
        world.person("attendee"), world.channel_named("general"), InteractionType.COMMAND, data
    )
    assert refused.outcome.message is not None
    assert refused.outcome.message.data["content"].startswith("Only organizers and chairs see this list.")
    await until(lambda: len(trail(stage)) == 1)
    assert [(one.act, one.outcome, one.actor) for one in trail(stage)] == [
        (ActKind.SEE_UNANSWERED, Outcome.REFUSED, person(stage).user.id)
    ]
