"""What authors see and hear: the real client on the sandbox, from the code to the answer."""

from datetime import timedelta

from bot.domain.posters.author import AuthorChoice, Place, Times
from bot.sandbox_app import Stage
from bot.storage.database import Tables
from bot.storage.delivery.outbox import State
from bot.storage.posters import authors as author_choices
from bot.storage.posters import authorship
from tests.chat.organizing.test_live import guild, told, until
from tests.chat.posters.authoring import (
    FIRST,
    HIDDEN,
    TITLE,
    WHY,
    answered,
    asked,
    authors,
    claimed,
    direct,
    in_thread,
    lines,
    rows,
    sent,
)
from tests.chat.test_bot import press_through, seen

_SOME_ID = 900_000_000_000_000_000
GREETING = (
    "Questions about your posters at DeLTa come here. Answer each with a button below it. "
    "/author settings changes when and where you hear of them."
)
ONCE = (
    "You hear of each question at once, in a direct message; between 22:00 and 08:00 (venue) it waits for the morning. "
    "Before the session you are asked there whether you are at your board."
)


async def test_a_code_makes_an_author_who_is_greeted_and_may_choose(stage: Stage) -> None:
    author = stage.sandbox.person("author")
    assert lines(stage, await claimed(stage, author)) == [
        f"You are an author of {TITLE}",
        ONCE,
        "[My questions]  [Send lists instead]  [Mention me in the thread]",
    ]
    assert (direct(stage, author), authors(stage)) == ([[GREETING]], [author.user.id])


async def test_a_question_reaches_its_author_who_answers_from_the_direct_message(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    await asked(stage, attendee)
    assert direct(stage, author)[1:] == [
        [
            f"❓ Question 1 about {TITLE}",
            f"> {WHY}",
            f"Asked by <@{attendee.user.id}>. Press Answer: what you type here is not read. "
            "Everybody can read your answer.",
            "[Answer]  [All my questions]",
        ]
    ]
    done = await answered(stage, author, sent(author)[1], "The steps are symmetric.")
    assert seen(stage, done.message) == "Your answer to question 1 is recorded."
    # What they read of it says so by now, and so does the thread.
    assert direct(stage, author)[1][0] == f"✅ Question 1 about {TITLE}"
    assert in_thread(stage)[-1]["content"].startswith(f"💬 **Answer to question 1** by <@{author.user.id}>:")


async def test_whoever_becomes_an_author_later_hears_what_waits_for_them(stage: Stage) -> None:
    author, attendee, speaker = (stage.sandbox.person(name) for name in ("author", "attendee", "speaker"))
    for text in (WHY, "And how fast is it?"):
        await asked(stage, attendee, text)
    reply = await claimed(stage, author)
    assert lines(stage, reply)[:3] == [
        f"You are an author of {TITLE}",
        "❓ 2 questions wait for your answer. Press My questions to see them.",
        ONCE,
    ]
    listed = await press_through(author, reply, "My questions")
    assert [line for line in lines(stage, listed) if "no answer yet" in line] == [
        f"{number} · 0 upvotes · no answer yet" for number in (1, 2)
    ]
    assert direct(stage, author) == [[GREETING]]
    await answered(stage, author, in_thread(stage)[0], "The steps are symmetric.")
    named = f"/author assign person:speaker poster:{FIRST}"
    await (await stage.sandbox.person("organizer").command(named, channel="organizers")).settled()
    await told(stage)
    assert direct(stage, speaker)[0][:2] == [
        f"📌 You are an author of {TITLE} at DeLTa, an organizer says.",
        "❓ 1 question waits for your answer. Press All my questions to see it.",
    ]


async def test_an_answer_from_a_direct_message_finds_its_server_among_several(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    await asked(stage, attendee)
    state = stage.client._connection
    state._add_guild(state._get_or_create_unavailable_guild(99))
    assert len(stage.client.guilds) == 2
    done = await answered(stage, author, sent(author)[1], "The steps are symmetric.")
    assert seen(stage, done.message) == "Your answer to question 1 is recorded."
    listed = await author.press(sent(author)[1], "All my questions")
    assert lines(stage, listed) == ["Questions without an answer", "Every question about your posters has an answer."]


async def test_the_longest_question_fits_and_pings_nobody(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    await (await author.command("/author settings times:at_once", channel="general")).settled()
    await asked(stage, attendee, "why " + "*@everyone_" * 76)
    (message,) = sent(author)[1:]
    assert len(message["content"]) <= 2000
    assert (message["mentions"], message["mention_everyone"]) == ([], False)
    assert message["content"].splitlines()[1].startswith("> why \\*")


async def test_whoever_asks_without_their_name_is_told_so_and_hears_of_the_answer(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    reply = await asked(stage, attendee, who=HIDDEN)
    assert lines(stage, reply)[2] == (
        f"About {TITLE}. Your name is hidden: only organizers can see it. When an author answers, you get a direct "
        "message."
    )
    await answered(stage, author, sent(author)[1], "The steps are symmetric.")
    assert direct(stage, attendee) == [
        [
            "When question 1 is answered, you hear of it here. Your name is hidden: only organizers can see it. "
            "/questions mine has what you asked."
        ],
        [
            f"💬 Your question 1 about {TITLE} has an answer",
            "> The steps are symmetric.",
            f"You asked: {WHY}",
            "[Open the question]",
        ],
    ]
    opened = await press_through(attendee, await attendee.press(sent(attendee)[1], "Open the question"))
    assert lines(stage, opened)[0] == "Question 1"


async def test_nothing_that_an_author_reads_names_who_asked_without_their_name(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    await asked(stage, attendee, who=HIDDEN)
    listed = await author.command("/author questions", channel="general")
    await (await author.command("/author settings times:digest", channel="general")).settled()
    await asked(stage, attendee, "And how fast is it?", who=HIDDEN)
    await until(stage, 11, 21)
    read = [str(message) for message in sent(author)] + [str(listed.message)] + [str(one) for one in in_thread(stage)]
    assert len(sent(author)) == 6
    assert [text for text in read if str(attendee.user.id) in text or "Attendee" in text] == []


async def test_lists_hold_what_is_unanswered_and_nothing_is_said_of_nothing(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    await (await author.command("/author settings times:digest", channel="general")).settled()
    for text in (WHY, "And how fast is it?"):
        await asked(stage, attendee, text)
    assert len(sent(author)) == 1
    await until(stage, 11, 20)
    found = direct(stage, author)[-1]
    assert found == [
        "❓ 2 questions about your posters have no answer yet",
        f"1 · 0 upvotes · {TITLE}",
        f"> {WHY}",
        f"2 · 0 upvotes · {TITLE}",
        "> And how fast is it?",
        "[Answer 1]  [Answer 2]  [All my questions]",
    ]
    message = sent(author)[-1]
    await answered(stage, author, message, "The steps are symmetric.", "Answer 1")
    await answered(stage, author, message, "Very.", "Answer 2")
    before = len(sent(author))
    await stage.clock.live_through(stage.clock.now() + timedelta(hours=22))
    lists = [row for row in rows(stage) if "digest" in row.key or "morning" in row.key]
    assert [(row.key.split(":")[3], row.state) for row in lists] == [
        ("digest/poster-1", State.SENT),
        ("digest/poster-2", State.CANCELLED),
        ("morning", State.CANCELLED),
    ]
    assert [one[0] for one in direct(stage, author)[before:] if "no answer yet" in one[0]] == []


async def test_what_is_withdrawn_is_withdrawn_from_the_authors_messages_too(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    reply = await asked(stage, attendee)
    await press_through(attendee, reply, "Withdraw")
    await told(stage)
    assert direct(stage, author)[1] == [
        f"~~Question 1 about {TITLE}~~ was withdrawn by whoever asked it.",
        "[All my questions]",
    ]


async def test_who_is_no_author_is_told_how_to_become_one(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    said = [
        seen(stage, (await attendee.command(f"/author {name}", channel="general")).message)
        for name in ("questions", "settings", "here")
    ]
    assert set(said) == {
        "You are not an author of a poster here. If you are one, use /author claim with the code that the organizers "
        "gave you."
    }


async def test_the_form_says_how_whoever_hides_their_name_hears_of_the_answer(stage: Stage) -> None:
    form = await stage.sandbox.person("attendee").command(f"/ask poster title:{FIRST}", channel="general")
    assert form.modal is not None
    hints = [part.get("description") for part in form.modal["components"]]
    assert hints[1] == "With your name hidden, you hear of the answer in a direct message."


async def test_a_question_that_resembles_another_is_asked_without_a_name_by_a_button_too(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    await asked(stage, stage.sandbox.person("speaker"))
    alike = await asked(stage, attendee, who=HIDDEN)
    assert (lines(stage, alike)[0], sent(attendee)) == ("Was this asked already?", [])
    done = await (await press_through(attendee, alike, "Ask mine")).settled()
    assert lines(stage, done)[0] == "Question 2 is recorded"
    assert lines(stage, done)[2].endswith("When an author answers, you get a direct message.")
    assert direct(stage, attendee)[0][0].startswith("When question 2 is answered, you hear of it here.")


async def test_whoever_hides_their_name_afterwards_is_written_to_and_named_nowhere(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    reply = await asked(stage, attendee)
    form = await press_through(attendee, reply, "Edit")
    assert form.modal is not None
    await (await attendee.submit(form.modal, {"who": HIDDEN})).settled()
    await told(stage)
    assert len(sent(attendee)) == 1
    assert direct(stage, author)[1][2] == (
        "Asked by somebody. Press Answer: what you type here is not read. Everybody can read your answer."
    )
    assert in_thread(stage)[0]["content"].splitlines()[1] == "-# Asked by somebody"


async def test_as_many_authors_as_a_poster_has_are_mentioned_and_the_text_makes_room(stage: Stage) -> None:
    def write(tables: Tables) -> None:
        for number in range(30):
            authorship.add(tables, guild(stage), FIRST, _SOME_ID + number, at=stage.clock.now())
            choice = AuthorChoice(Times.AT_ONCE, Place.THREAD)
            author_choices.choose(tables, guild(stage), _SOME_ID + number, choice)

    await stage.database.write(write)
    await asked(stage, stage.sandbox.person("attendee"), "why " + "*" * 840)
    (posted,) = in_thread(stage)
    assert len(posted["content"]) <= 2000
    assert posted["content"].count(f"<@{str(_SOME_ID)[:-2]}") == 30
