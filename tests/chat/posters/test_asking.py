"""Somebody asks about a poster: what they see, what everybody sees, and what is kept where it cannot be asked."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.posters import askers
from bot.domain.posters.limits import LATELY_MOST, TEXT_MOST, UNANSWERED_MOST
from bot.domain.posters.question import State
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox_app import Stage
from tests.chat.posters.asking import (
    TEXT,
    ask,
    buttons,
    claims,
    everything,
    form,
    person,
    posted,
    press,
    question,
    rows,
    thread,
)
from tests.chat.test_bot import seen
from tests.faults.delivered import until

#: What is typed -> the first words of what is said.
REFUSED = {
    "only emoji": ("🎉🎉 <:party:123456789012345678>", "Your question has no words."),
    "only mentions": ("<@123456789012345678> @everyone <#123456789012345678>", "Your question has no words."),
    "link farm": (" ".join(f"https://{n}.example/buy" for n in range(3)) + " why?", "Your question holds 3 links"),
    "4,000 characters": ("why " * 1000, "Your question has 3,999 characters"),
}


def mention(stage: Stage, name: str) -> str:
    return f"<@{person(stage, name).user.id}>"


async def test_a_question_is_confirmed_and_posted_in_the_posters_thread(stage: Stage) -> None:
    done = await ask(stage)
    assert rows(stage, done) == [
        "Question 1 is recorded",
        f"> {TEXT}",
        "About A Reversible Solver for Diffusion SDEs. Your name stands beside it. You are mentioned when an author"
        " answers.",
    ]
    start, asked = thread(stage)
    assert seen(stage, start).splitlines()[:5] == [
        "📌 A Reversible Solver for Diffusion SDEs",
        "Zander W. Blasingame, Chen Liu",
        "Board to be announced",
        "28 April 2025 10:30–11:20 (venue 10:30–11:20)",
        "28 April 2025 15:20–16:10 (venue 15:20–16:10)",
    ]
    assert seen(stage, asked).splitlines()[:2] == [
        f"❓ Question 1: {TEXT}",
        f"Asked by {mention(stage, 'attendee')}",
    ]
    assert buttons(asked) == ["Upvote · 0", "Answer", "Report"]


async def test_the_first_question_gets_the_way_to_its_thread_once_that_is_there(stage: Stage) -> None:
    slow = stage.sandbox.faults.add(Fault(FaultKind.DELAY, "POST", "/threads", seconds=0.3))
    withdrawn = await person(stage, "speaker").submit(await form(stage, "speaker"), {"text": "Is there code?"})
    done = await person(stage, "attendee").submit(await form(stage), {"text": TEXT})
    assert [buttons(one.message) for one in (withdrawn, done)] == [["Edit", "Withdraw"]] * 2
    assert withdrawn.message is not None
    await press(stage, "speaker", withdrawn.message, "Withdraw")
    await until(lambda: not any(task.get_name() == "usher: the way to a thread" for task in asyncio.all_tasks()))
    assert slow.taken == 1
    assert rows(stage, done)[:2] == ["Question 2 is recorded", f"> {TEXT}"]
    # It confirms what was done; what is looked up says when it was true.
    listed = await person(stage, "attendee").command("/questions mine", channel="general")
    assert ["As of" in seen(stage, one.message) for one in (done, listed)] == [False, True]
    assert buttons(done.message) == ["Thread", "Edit", "Withdraw"]
    # What took its place meanwhile stays.
    assert rows(stage, withdrawn)[:2] == ["My questions", "Question 1 is withdrawn."]
    assert buttons((await ask(stage, "And at high noise?")).message) == ["Thread", "Edit", "Withdraw"]


async def test_a_question_that_finds_its_thread_deleted_comes_last_in_the_new_one_and_leads_there(stage: Stage) -> None:
    await ask(stage)
    await claims(stage)
    form_of_answer = await press(stage, "author", thread(stage)[-1], "Answer")
    assert form_of_answer.modal is not None
    await person(stage, "author").submit(form_of_answer.modal, {"text": "By ODEs."})
    await ask(stage, "Is there code?", "speaker")
    deleted = int(thread(stage)[0]["channel_id"])
    stage.sandbox.moderator.delete(deleted)
    done = await ask(stage, "What about tables?", "speaker")
    await stage.clock.live_through(stage.clock.now() + timedelta(seconds=10))
    await posted(stage)
    heads = [seen(stage, one).splitlines()[0].partition(":")[0] for one in thread(stage)[1:]]
    assert [head.partition(" by ")[0] for head in heads] == [
        "✅ Question 1",
        "💬 Answer to question 1",
        "❓ Question 2",
        "❓ Question 3",
    ]
    await until(lambda: not any(task.get_name() == "usher: the way to a thread" for task in asyncio.all_tasks()))
    assert thread(stage)[0]["channel_id"] in seen(stage, done.message)
    assert str(deleted) not in seen(stage, done.message)


async def test_whoever_hides_their_name_is_named_nowhere(stage: Stage) -> None:
    done = await ask(stage, who="anonymous")
    assert "only organizers can see it" in seen(stage, done.message)
    own = str(person(stage, "attendee").user.id)
    shown = [*thread(stage), (await person(stage, "speaker").command("/questions top")).message]
    assert [own in str(message) for message in shown] == [False, False, False]


@pytest.mark.parametrize("case", REFUSED)
async def test_what_cannot_be_asked_is_kept_and_can_be_edited(stage: Stage, case: str) -> None:
    text, why = REFUSED[case]
    done = await ask(stage, text)
    assert rows(stage, done)[:2] == ["Not asked yet", next(row for row in rows(stage, done) if row.startswith(why))]
    assert everything(stage) == [(None, text.strip(), State.DRAFT)]
    assert done.message is not None
    again = await press(stage, "attendee", done.message, "Edit")
    assert again.modal is not None
    assert again.modal["components"][0]["component"]["value"] == text.strip()
    fixed = await person(stage, "attendee").submit(again.modal, {"text": TEXT})
    assert rows(stage, fixed)[0] == "Question 1 is recorded"
    assert everything(stage) == [(1, TEXT, State.OPEN)]


async def test_a_question_of_full_length_is_posted_whole(stage: Stage) -> None:
    text = "Why " + "*" * (TEXT_MOST - 5) + "?"
    await ask(stage, text)
    assert thread(stage)[1]["content"].count("\\*") == TEXT_MOST - 5


async def test_what_resembles_another_question_is_shown_before_it_is_asked(stage: Stage) -> None:
    await ask(stage)
    done = await ask(stage, "why is the sampler diverging with low noise", "speaker")
    assert rows(stage, done) == [
        "Was this asked already?",
        "Upvote it instead, and the authors see that more people want to know.",
        "Question 1 · 0 upvotes · no answer yet",
        f"> {TEXT}",
        "Yours",
        "> why is the sampler diverging with low noise",
    ]
    assert done.message is not None
    shown = await press(stage, "speaker", done.message, "Upvote 1")
    assert rows(stage, shown)[0] == "Question 1"
    assert (everything(stage), question(stage).votes) == ([(1, TEXT, State.OPEN)], 1)


async def test_what_resembles_another_question_can_be_asked_all_the_same(stage: Stage) -> None:
    await ask(stage)
    done = await ask(stage, "why is the sampler diverging with low noise", "speaker", who="anonymous")
    assert done.message is not None
    # Whoever hides their name is written to first, which may take longer than a first answer may.
    shown = await (await press(stage, "speaker", done.message, "Ask mine")).settled()
    await posted(stage)
    assert rows(stage, shown)[0] == "Question 2 is recorded"
    assert (len(thread(stage)), question(stage, 2).named) == (3, False)


async def test_a_form_that_arrives_twice_asks_once(stage: Stage) -> None:
    modal = await form(stage)
    stage.sandbox.gateway.say_twice("INTERACTION_CREATE")
    await person(stage, "attendee").submit(modal, {"text": TEXT})
    await posted(stage)
    assert (everything(stage), len(thread(stage))) == ([(1, TEXT, State.OPEN)], 2)


async def test_a_form_that_is_sent_again_by_hand_asks_once_and_says_so_each_time(stage: Stage) -> None:
    done = [await ask(stage, who=who) for who in ("named", "anonymous")]
    assert [rows(stage, one) for one in done] == [rows(stage, done[0])] * 2
    assert (everything(stage), len(thread(stage))) == ([(1, TEXT, State.OPEN)], 2)


async def test_what_was_answered_or_asked_by_another_can_be_asked_in_the_same_words(stage: Stage) -> None:
    await claims(stage)
    await ask(stage)
    opened = await press(stage, "author", thread(stage)[1], "Answer")
    assert opened.modal is not None
    await person(stage, "author").submit(opened.modal, {"text": "It does not."})
    await ask(stage)
    assert everything(stage) == [(1, TEXT, State.ANSWERED), (2, TEXT, State.OPEN)]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.STATUS, "POST", "/users/@me/channels", status=403, code=20026),
        Fault(FaultKind.STATUS, "POST", "/users/@me/channels", status=400, code=50035),
        Fault(FaultKind.HANG, "POST", "/users/@me/channels"),
    ],
    ids=["quarantined", "refused", "no answer"],
)
async def test_a_question_is_confirmed_though_no_direct_message_can_be_sent(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(askers, "WITHIN", 0.5)
    stage.sandbox.faults.add(replace(fault))
    done = await ask(stage, who="anonymous")
    await done.settled()
    assert rows(stage, done) == [
        "Question 1 is recorded",
        f"> {TEXT}",
        "About A Reversible Solver for Diffusion SDEs. Your name is hidden: only organizers can see it. "
        "I could not write to you just now. /questions mine shows the answer when it is there.",
    ]
    assert everything(stage) == [(1, TEXT, State.OPEN)]


async def test_many_who_ask_at_once_get_a_number_each_and_one_thread(stage: Stage) -> None:
    names = ["attendee", "author", "speaker", "organizer"]
    modals = [await form(stage, name) for name in names]
    texts = ["Which data did you train on?", "How long does training take?", "Is there code?", "Does this hold in 3D?"]
    pairs = zip(names, modals, texts, strict=True)
    await asyncio.gather(*(person(stage, name).submit(modal, {"text": text}) for name, modal, text in pairs))
    await posted(stage)
    assert sorted(number or 0 for number, _, _ in everything(stage)) == [1, 2, 3, 4]
    assert len(thread(stage)) == 5


async def test_whoever_asks_too_much_is_told_when_to_go_on_and_keeps_the_text(stage: Stage) -> None:
    posters = [poster.id for poster in stage.program.posters[:LATELY_MOST]]
    for number, poster in enumerate(posters):
        await ask(stage, f"What about point {number}?", poster=poster)
    done = await ask(stage)
    assert rows(stage, done)[1] == "You asked 6 questions within a short time. Ask this one in 10 min."
    assert everything(stage)[-1] == (None, TEXT, State.DRAFT)


async def test_who_waits_for_many_answers_about_a_poster_asks_no_more_there(stage: Stage) -> None:
    words = ["data", "proofs", "code", "figures", "baselines"]
    for word in words[:UNANSWERED_MOST]:
        await ask(stage, f"Where are the {word} of your paper?")
    done = await ask(stage)
    assert rows(stage, done)[1] == (
        "5 of your questions about this poster have no answer yet. Ask this one when they do, or withdraw one of them."
    )


async def test_an_edited_question_is_edited_where_it_stands(stage: Stage) -> None:
    done = await ask(stage)
    assert done.message is not None
    again = await press(stage, "attendee", done.message, "Edit")
    assert again.modal is not None
    await person(stage, "attendee").submit(again.modal, {"text": "And at high noise?", "who": "anonymous"})
    await posted(stage)
    assert seen(stage, thread(stage)[1]).splitlines()[:2] == ["❓ Question 1: And at high noise?", "Asked by somebody"]


async def test_a_withdrawn_question_is_gone_for_everybody(stage: Stage) -> None:
    done = await ask(stage)
    assert done.message is not None
    shown = await press(stage, "attendee", done.message, "Withdraw")
    await posted(stage)
    assert rows(stage, shown)[:2] == ["My questions", "Question 1 is withdrawn."]
    assert seen(stage, thread(stage)[1]).splitlines()[0] == "~~Question 1~~ was withdrawn by whoever asked it."
    late = await press(stage, "speaker", thread(stage)[1], "All questions")
    assert rows(stage, late)[1] == "Nobody has asked yet. Ask the first one."


@pytest.mark.parametrize("verb", ["rewrite", "withdraw", "anyway"])
async def test_nobody_does_anything_with_what_another_asked(stage: Stage, verb: str) -> None:
    await ask(stage)
    message = thread(stage)[1]
    stored = stage.sandbox.world.channels[int(message["channel_id"])].messages[int(message["id"])]
    stored.data["components"][0]["components"][0]["custom_id"] = f"qu0:{verb}||{question(stage).id}"
    refused = await press(stage, "speaker", thread(stage)[1], "Upvote")
    assert seen(stage, refused.message) == "This question is not there any more. /questions mine shows yours."
    assert everything(stage) == [(1, TEXT, State.OPEN)]
