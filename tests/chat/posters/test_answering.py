"""Answers: who gives them, how they are posted, and what becomes of those that are refused."""

from bot.sandbox_app import Stage
from tests.chat.posters.asking import (
    TEXT,
    ask,
    claims,
    person,
    posted,
    press,
    question,
    rows,
    thread,
)
from tests.chat.posters.test_asking import mention
from tests.chat.test_bot import seen


async def test_an_answer_is_posted_and_the_one_who_asked_is_mentioned(stage: Stage) -> None:
    await ask(stage)
    await claims(stage)
    opened = await press(stage, "author", thread(stage)[1], "Answer")
    assert opened.modal is not None
    done = await person(stage, "author").submit(opened.modal, {"text": "It does not, with our step size."})
    await posted(stage)
    assert seen(stage, done.message) == "Your answer to question 1 is recorded."
    _, asked, given = thread(stage)
    assert seen(stage, asked).splitlines()[:2] == [
        f"✅ Question 1: {TEXT}",
        f"Asked by {mention(stage, 'attendee')} · answered by {mention(stage, 'author')}",
    ]
    assert seen(stage, given).splitlines()[:3] == [
        f"💬 Answer to question 1 by {mention(stage, 'author')}:",
        "> It does not, with our step size.",
        f"For {mention(stage, 'attendee')}",
    ]
    assert [user["id"] for user in given["mentions"]] == [str(person(stage, "attendee").user.id)]
    assert given["message_reference"]["message_id"] == asked["id"]


async def test_an_answer_mentions_nobody_who_hid_their_name(stage: Stage) -> None:
    await ask(stage, who="anonymous")
    await claims(stage)
    opened = await press(stage, "author", thread(stage)[1], "Answer")
    assert opened.modal is not None
    await person(stage, "author").submit(opened.modal, {"text": "It does not, with our step size."})
    await posted(stage)
    assert thread(stage)[2]["mentions"] == []
    shown = await person(stage, "attendee").command("/questions mine")
    assert rows(stage, shown)[1] == "1 · 0 upvotes · answered"


async def test_an_answer_that_is_refused_is_given_back_to_be_changed(stage: Stage) -> None:
    await ask(stage)
    await claims(stage)
    author = person(stage, "author")
    opened = await press(stage, "author", thread(stage)[1], "Answer")
    long = "It does not. " * 100
    for text, why in (
        ("👍", "Your answer has no words. Edit it and write in words what you mean."),
        (long, "Your answer has 1,299 characters, and 850 fit. Edit it and shorten it."),
    ):
        assert opened.modal is not None
        refused = await author.submit(opened.modal, {"text": text})
        assert rows(stage, refused) == [
            "Your answer to question 1 is not recorded yet",
            why,
            f"> {text.strip()}",
            "It is kept for you: Answer below question 1 opens it again.",
        ]
        assert refused.message is not None
        opened = await press(stage, "author", refused.message, "Edit")
        assert opened.modal is not None
        assert opened.modal["components"][0]["component"]["value"] == text.strip()
    assert refused.message is not None
    dropped = await press(stage, "author", refused.message, "Throw away")
    assert rows(stage, dropped) == ["Thrown away", "It was about question 1. Nothing was posted."]
    again = await press(stage, "author", thread(stage)[1], "Answer")
    assert again.modal is not None
    assert "value" not in again.modal["components"][0]["component"]
    done = await author.submit(opened.modal or {}, {"text": "It does not."})
    assert seen(stage, done.message) == "Your answer to question 1 is recorded."


async def test_only_authors_answer(stage: Stage) -> None:
    await ask(stage)
    refused = await press(stage, "speaker", thread(stage)[1], "Answer")
    assert seen(stage, refused.message).startswith("Only the authors of this poster answer here.")
    assert refused.modal is None


async def test_an_answered_question_keeps_its_words_and_its_asker_may_still_hide(stage: Stage) -> None:
    done = await ask(stage)
    await claims(stage)
    opened = await press(stage, "author", thread(stage)[1], "Answer")
    assert opened.modal is not None
    await person(stage, "author").submit(opened.modal, {"text": "It does not, with our step size."})
    assert done.message is not None
    why = "This question has an answer, so its words stay. What you wrote can be asked as another question."
    for text, who, said in (
        ("🐈", "named", "Question 1 is unchanged\nYour question has no words."),
        ("Do you like cats?", "named", f"Not asked yet\n{why}\n> Do you like cats?"),
        (TEXT, "anonymous", "Question 1 is recorded"),
    ):
        again = await press(stage, "attendee", done.message, "Edit")
        assert again.modal is not None
        shown = await (await person(stage, "attendee").submit(again.modal, {"text": text, "who": who})).settled()
        assert seen(stage, shown.message).startswith(said)
    assert (question(stage).text, question(stage).named) == (TEXT, False)
