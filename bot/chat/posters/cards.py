"""What somebody is shown who asks, votes or looks through questions: to them alone."""

from collections.abc import Sequence

from bot.actions.posters.ask import Asked
from bot.actions.posters.keep import Refused
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does, LinkButton
from bot.chat.render.notices.posters import quoted, who_asked
from bot.chat.render.text import clip, count, line
from bot.domain.posters.kept import Kind
from bot.domain.posters.question import Answer, Question, State
from bot.domain.program import Program
from bot.storage.posters.direct_channels import DirectChannel

_TEXT_MOST = 300
_ABOVE = "\nWhat you typed in the thread still stands there with your name. Delete it if that is not what you want."
STATES = {
    State.DRAFT: "not asked yet",
    State.OPEN: "no answer yet",
    State.ANSWERED: "answered",
    State.WITHDRAWN: "withdrawn",
    State.HIDDEN: "hidden by the organizers",
}


def verb(name: str, *args: object) -> Lookup:
    """What a button of a question does: its name, then the question's id."""
    return Lookup(name, tuple(str(arg) for arg in args))


def button(label: str, lookup: Lookup, *, main: bool = False) -> Button:
    return Button(label, lookup, Does.QUESTION, main=main)


def asked(
    found: Asked, title: str, link: str | None, channel: DirectChannel | None = None, *, stopped: bool = False
) -> Card:
    """What came of asking: it was recorded, or why not yet. ``link`` leads to the poster's thread.

    ``channel`` is what came of opening one to whoever asked without their name; None where that was not needed.
    ``stopped``: they may not ask.
    """
    question, above = found.question, _ABOVE if found.stands_above else ""
    if found.fault is not None:
        return _kept(question, f"{found.fault}{above}", stopped=stopped)
    if found.alike:
        return _alike(question, found.alike)
    if question.state is State.DRAFT:
        return _kept(question, "It was not asked yet.", stopped=stopped)
    who = "Your name stands beside it." if question.named else "Your name is hidden: only organizers can see it."
    told = _how_told(question, channel)
    to = (LinkButton("Thread", link),) if link else ()
    return Card(
        (
            f"## Question {question.number} is recorded\n{quoted(question.text)}\n"
            f"About **{line(title, 120)}**. {who} {told}{above}",
        ),
        buttons=(
            *to,
            button("Edit", verb("rewrite", question.id)),
            button("Withdraw", verb("withdraw", question.id)),
        ),
        shareable=False,
        dated=False,
    )


def _how_told(question: Question, channel: DirectChannel | None) -> str:
    """How whoever asked hears of an answer."""
    if question.named:
        return "You are mentioned when an author answers."
    if channel is None or channel.is_open:
        return "When an author answers, you get a direct message."
    if not channel.closed:
        return "I could not write to you just now. /questions mine shows the answer when it is there."
    return "I cannot write to you: your direct messages are closed to me. /questions mine shows the answer."


def _kept(question: Question, why: str, *, stopped: bool) -> Card:
    """What was written is kept, and was not asked."""
    return Card(
        (f"## Not asked yet\n{why}\n{_back(question.text)}",),
        buttons=(
            button("Edit", verb("rewrite", question.id), main=True),
            *(() if stopped else (button("Ask it now", verb("anyway", question.id)),)),
            button("Throw away", verb("withdraw", question.id)),
        ),
        shareable=False,
        dated=False,
    )


def refused(found: Refused) -> Card:
    """What was written is given back, and nothing was changed."""
    number, answers = f"question {found.question.number}", found.kind is Kind.ANSWER
    head = f"Your answer to {number} is not recorded yet" if answers else f"{number.capitalize()} is unchanged"
    mine = f"open {number} from /questions mine and press **Edit**"
    where = f"**Answer** below {number} opens it again" if answers else mine
    later = (
        f"if {number} can be answered again, **Answer** below it opens it"
        if answers
        else f"if {number} is shown again, **Edit** in /questions mine opens it"
    )
    kept = f"It is kept for you: {where}." if found.opens else f"Copy it from here. It is kept for you, too: {later}."
    again = verb("answer" if answers else "rewrite", found.question.id)
    return Card(
        (f"## {head}\n{found.why}\n{_back(found.text)}\n-# {kept}",),
        buttons=(
            *((button("Edit", again, main=True),) if found.opens else ()),
            button("Throw away", verb("drop", found.question.id, found.kind)),
        ),
        shareable=False,
        dated=False,
    )


def thrown_away(question: Question, kind: Kind) -> Card:
    """What was given back is kept no longer."""
    left = "Nothing was posted" if kind is Kind.ANSWER else "It is unchanged"
    return Card((f"## Thrown away\nIt was about question {question.number}. {left}.",), shareable=False, dated=False)


def _back(text: str) -> str:
    """What somebody wrote, as far as it fits, for them to take along."""
    return quoted(clip(text, 1_500)) or "> (empty)"


def _alike(question: Question, others: Sequence[Question]) -> Card:
    rows = ["## Was this asked already?\nUpvote it instead, and the authors see that more people want to know."]
    rows += [
        f"**Question {one.number}** · {votes_of(one)} · {STATES[one.state]}\n{quoted(in_short(one))}" for one in others
    ]
    rows.append(f"**Yours**\n{quoted(in_short(question))}")
    upvotes = (
        button(f"Upvote {one.number}", verb("instead", one.id, question.id), main=at == 0)
        for at, one in enumerate(others)
    )
    return Card(
        tuple(rows),
        buttons=(
            *upvotes,
            button("Ask mine", verb("anyway", question.id)),
            button("Edit mine", verb("rewrite", question.id)),
        ),
        shareable=False,
        dated=False,
    )


def voted(question: Question, votes: int, *, new: bool, back: bool) -> str:
    """One line for whoever pressed."""
    done = "You took your upvote back" if back else "You upvoted"
    said = (
        f"{done}: question {question.number}."
        if new
        else (
            f"You had not upvoted question {question.number}."
            if back
            else f"You upvoted question {question.number} before."
        )
    )
    return f"{said} It has {count(votes, 'upvote')}."


def one(
    program: Program,
    question: Question,
    given: Sequence[Answer],
    *,
    own: bool,
    voted: bool,
    author: bool,
    stopped: bool,
    link: str | None,
    why_hidden: str | None = None,
) -> Card:
    """A question with its answers. ``own``: the reader asked it; ``author``: they may answer it, where they are not
    ``stopped`` from asking and answering.

    ``why_hidden`` is what organizers gave as their reason, where they hid it.
    """
    number = f"Question {question.number}" if question.number else "A question that was not asked yet"
    who = "you" if own else who_asked(question)
    rows = [
        f"## {number}\n{quoted(question.text)}\n"
        f"-# About {poster_name(program, question)} · asked by {who} · {votes_of(question)}"
    ]
    rows += [
        f"**Answer** by {f'<@{item.author}>' if item.author else 'an author'}\n{quoted(item.text)}" for item in given
    ]
    if why_hidden is not None:
        rows.append(f"**Hidden by the organizers.** Why: {line(why_hidden)}\nNobody else sees it here.")
    elif not given:
        rows.append(f"-# {STATES[question.state].capitalize()}")
    ways = _ways(question, own=own, voted=voted, author=author, stopped=stopped, link=link)
    return Card(tuple(rows), buttons=tuple(ways), shareable=False)


def _ways(
    question: Question, *, own: bool, voted: bool, author: bool, stopped: bool, link: str | None
) -> list[Button | LinkButton]:
    ways: list[Button | LinkButton] = []
    if question.is_shown and not own:
        ways.append(button("Take upvote back" if voted else "Upvote", verb("unvote" if voted else "vote", question.id)))
    if question.is_shown and author and not stopped:
        ways.append(button("Answer", verb("answer", question.id), main=True))
    if own and (question.is_shown or question.state is State.DRAFT):
        ways.append(button("Edit", verb("rewrite", question.id)))
    if own and question.state is State.DRAFT and not stopped:
        ways.append(button("Ask it now", verb("anyway", question.id)))
    if own and question.state is not State.WITHDRAWN:
        ways.append(button("Withdraw", verb("withdraw", question.id)))
    if link:
        ways.append(LinkButton("Thread", link))
    return ways


def votes_of(question: Question) -> str:
    return count(question.votes, "upvote")


def in_short(question: Question) -> str:
    return clip(" ".join(question.text.split()), _TEXT_MOST)


def poster_name(program: Program, question: Question) -> str:
    found = program.poster_by_id.get(question.poster_id)
    return line(found.title, 120) if found else "a poster that is no longer in the programme"
