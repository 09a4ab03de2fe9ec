"""What organizers are shown who hide, stop and look up; and what is said to who reports a question."""

from collections.abc import Sequence

from bot.actions.posters.flag import Flagged
from bot.actions.posters.moderate import Moderated
from bot.chat.forms import Field, Form, Note, Pick
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does, LinkButton
from bot.chat.render.notices.flags import HIDE_FLAGGED, OPEN_FLAGGED
from bot.chat.render.notices.posters import quoted, who_asked
from bot.chat.render.text import clip, count, line
from bot.domain.posters.question import Answer, Question, State
from bot.domain.program import Program

#: What the buttons do, each with a question's id; RESTORE and TYPED also with an answer's place.
FLAG, OPENED, HIDE, RESTORE, STOP, TYPED = "flag", OPEN_FLAGGED, HIDE_FLAGGED, "qa-restore", "qa-stop", "qa-typed"
WHY_MOST = 200
NAMED, UNNAMED = "named", "unnamed"
_WHO = ((UNNAMED, "Do not name me"), (NAMED, "Tell the organizers who I am"))
_TEXT_MOST = 700
_GOES_TO = Note("This goes to the organizers. Harassment: use /report, which goes to the conduct committee.")


def flag_form(question: Question) -> Form:
    why = Field("why", "What is wrong with it?", hint="Organizers read this", most=WHY_MOST)
    return Form(
        f"Report question {question.number}",
        Lookup(FLAG, (str(question.id),)),
        (_GOES_TO, why, Pick("who", "Your name", _WHO, UNNAMED)),
    )


def reason_form(name: str, question: Question) -> Form:
    """For an organizer who hides a question (HIDE), or stops whoever asked it (STOP)."""
    title = f"Hide question {question.number}" if name == HIDE else f"Stop who asked question {question.number}"
    why = Field("why", "Why?", hint="The person it is about reads this", most=WHY_MOST)
    return Form(title, Lookup(name, (str(question.id),)), (why,))


def flagged(done: Flagged) -> str:
    number = done.question.number
    if not done.new:
        return f"You reported question {number} before. Thank you: the organizers have your report."
    if not done.told:
        return (
            f"Your report of question {number} is kept, but this server has no channel for organizers, so they are not "
            "told of it. Please write to an organizer."
        )
    return f"The organizers are told that you reported question {number}. Thank you. They decide what happens with it."


def opened(program: Program, question: Question, every: Sequence[Answer], why: str | None, link: str | None) -> Card:
    """A question as organizers see it: also what is hidden, and why."""
    poster = program.poster_by_id.get(question.poster_id)
    about = line(poster.title, 120) if poster else "a poster that is no longer in the programme"
    rows = [
        f"## Question {question.number}\n{quoted(clip(question.text, _TEXT_MOST))}\n"
        f"-# About {about} · asked by {who_asked(question)} · {count(question.votes, 'upvote')}"
    ]
    if question.state is State.HIDDEN:
        rows.append(f"**Hidden.** Why: {line(why or 'no reason is known')}")
    elif question.state is State.WITHDRAWN:
        rows.append("**Withdrawn** by whoever asked it: nobody else sees it.")
    rows += [_answer(place, one) for place, one in enumerate(every, 1)]
    return Card(tuple(rows), buttons=tuple(_ways(question, link)), shareable=False)


def hidden(done: Moderated, why: str, link: str | None, *, may_delete: bool) -> Card:
    """What came of hiding. ``may_delete``: the bot has the right to delete what was typed."""
    reader = "Whoever asked sees the reason in /questions mine." if done.answer is None else ""
    texts = [f"## Hidden: {done.name}\nWhy: {line(why)}\nIts message says so, without the text. {reader}".rstrip()]
    buttons: list[Button | LinkButton] = []
    if done.typed_in is not None and may_delete:
        texts.append("It was typed in the thread, and that message still stands there. Delete it?")
        buttons.append(_button("Delete that message", TYPED, done.question, str(done.place or ""), main=True))
    elif done.typed_in is not None:
        texts.append(
            "It was typed in the thread, and that message still stands there. Delete it yourself, or give me the "
            "permission Manage Messages in the forum of posters and hide it again."
        )
    buttons.append(_button("Bring it back", RESTORE, done.question, str(done.place or "")))
    if done.answer is None:
        buttons.append(_button("Stop who asked", STOP, done.question))
    if link:
        buttons.append(LinkButton("Thread", link))
    return Card(tuple(texts), buttons=tuple(buttons), shareable=False, dated=False)


def restored(done: Moderated) -> str:
    return f"Brought back: {done.name}. Its message shows it again."


def stopped(who: str, why: str, back: str) -> str:
    """``who`` is a mention, or a description; ``back`` the command that takes it back."""
    return (
        f"{who} can no longer ask, upvote or answer. They see the reason when they try: {line(why)}\n"
        f"What they asked before stays: /qa hide hides it. {back} takes this back."
    )


def asker(question: Question) -> str:
    if question.named:
        return f"Question {question.number} was asked with a name, by <@{question.asker}>."
    return (
        f"Question {question.number} was asked without a name, by <@{question.asker}>. Only you see this answer; "
        "the audit trail says that you looked, and why. Tell nobody who need not know."
    )


def _answer(place: int, one: Answer) -> str:
    if one.taken_back:
        return f"**Answer {place}** was taken back by its author."
    hidden, who = " (hidden)" if one.hidden else "", f"<@{one.author}>" if one.author else "an author"
    return f"**Answer {place}**{hidden} by {who}\n{quoted(clip(one.text, _TEXT_MOST))}"


def _ways(question: Question, link: str | None) -> list[Button | LinkButton]:
    ways: list[Button | LinkButton] = []
    if question.state is State.HIDDEN:
        ways.append(_button("Bring it back", RESTORE, question))
    elif question.is_shown:
        ways.append(_button("Hide", HIDE, question))
    ways.append(_button("Stop who asked", STOP, question))
    if link:
        ways.append(LinkButton("Thread", link))
    return ways


def _button(label: str, name: str, question: Question, *more: str, main: bool = False) -> Button:
    return Button(label, Lookup(name, (str(question.id), *more)), Does.MODERATE, main=main)
