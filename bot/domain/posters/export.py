"""What was asked and answered about posters, as it is handed over afterwards: without anybody's id."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.domain.posters.question import Answer, Question, State
from bot.domain.program import Poster, Program

#: Who asked without a name, or nobody may know any more; who has a name that is not known here.
UNNAMED, ATTENDEE, AUTHOR = "somebody", "an attendee", "an author"
GONE = "A poster that is no longer in the programme"
#: People whom a text mentions (Discord, Message Formatting): their ids are nobody's business elsewhere.
_PERSON = re.compile(r"<@!?\d+>")


class Stored(Struct, frozen=True):
    """What a server holds. ``out`` are the ids of those who are left out of exports.

    ``threads`` are the addresses of posters' threads, ``messages`` those of questions' messages, by their ids.
    """

    questions: Sequence[Question] = ()
    answers: Sequence[Answer] = ()
    out: Collection[int] = frozenset()
    threads: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[int, str] = field(default_factory=dict)


class ExportedAnswer(Struct, frozen=True):
    """``given_at`` is a UTC instant, as all times here."""

    by: str
    text: str
    given_at: datetime


class ExportedQuestion(Struct, frozen=True):
    """``answered`` may be true with no ``answers``: whoever gave them is left out. ``link`` is its message's."""

    number: int
    asked_by: str
    text: str
    votes: int
    asked_at: datetime
    answered: bool
    answers: tuple[ExportedAnswer, ...] = ()
    link: str | None = None


class ExportedPoster(Struct, frozen=True):
    """``page`` is the paper's own address, ``thread`` that of its thread. ``questions``: the most upvoted first."""

    id: str
    title: str
    authors: tuple[str, ...]
    board: str | None
    page: str | None
    thread: str | None
    questions: tuple[ExportedQuestion, ...]


class Export(Struct, frozen=True):
    """``posters`` are in the programme's order: those with questions; then those that left the programme."""

    event_id: str
    event: str
    zone: ZoneInfo
    made_at: datetime
    posters: tuple[ExportedPoster, ...]

    @property
    def questions(self) -> int:
        return sum(len(poster.questions) for poster in self.posters)

    @property
    def unanswered(self) -> list[tuple[ExportedPoster, ExportedQuestion]]:
        """What waits for an answer, the most upvoted first."""
        found = [(poster, one) for poster in self.posters for one in poster.questions if not one.answered]
        return sorted(found, key=lambda pair: (-pair[1].votes, pair[1].number))


def exported(program: Program, stored: Stored, names: Mapping[int, str], made_at: datetime) -> Export:
    """What may be handed over of ``stored``: what is shown, of those who are not left out; ``names`` by person's id.

    Whoever asked without a name stays unnamed, whatever ``names`` holds. What they asked so is handed over even if they
    are left out: it names nobody, and missing together with what bears their name it would.
    """
    given: dict[int, list[Answer]] = {}
    for answer in stored.answers:
        if not answer.hidden and answer.author not in stored.out:
            given.setdefault(answer.question, []).append(answer)
    asked: dict[str, list[ExportedQuestion]] = {}
    for question in stored.questions:
        if question.is_shown and question.number is not None and question.public_asker not in stored.out:
            one = _question(question, given.get(question.id, ()), names, stored.messages.get(question.id))
            asked.setdefault(question.poster_id, []).append(one)
    known = [poster for poster in program.posters if poster.id in asked]
    gone = [Poster(name, GONE, ()) for name in sorted(asked.keys() - program.poster_by_id.keys())]
    posters = tuple(_poster(poster, asked[poster.id], stored.threads.get(poster.id)) for poster in (*known, *gone))
    return Export(program.event.id, program.event.name, program.event.tz, made_at, posters)


def pseudonyms(stored: Stored) -> dict[int, str]:
    """A name for everybody who would be named: author 1, attendee 2, in the order in which they appear.

    Whoever only asked without a name gets none, and leaves no gap in the count.
    """
    authors = dict.fromkeys(one.author for one in stored.answers if one.author is not None and not one.hidden)
    askers = dict.fromkeys(
        asker for one in stored.questions if one.is_shown and (asker := one.public_asker) is not None
    )
    kept = [person for person in authors if person not in stored.out]
    rest = [person for person in askers if person not in authors and person not in stored.out]
    return {
        **{person: f"author {number}" for number, person in enumerate(kept, 1)},
        **{person: f"attendee {number}" for number, person in enumerate(rest, 1)},
    }


def named_people(stored: Stored) -> list[int]:
    """The ids of everybody who would be named, those of the most upvoted questions first."""
    questions = sorted((one for one in stored.questions if one.is_shown), key=lambda one: (-one.votes, one.id))
    authors: dict[int, list[int]] = {}
    for answer in stored.answers:
        if answer.author is not None and not answer.hidden:
            authors.setdefault(answer.question, []).append(answer.author)
    people = (
        person
        for one in questions
        for person in (one.public_asker, *authors.get(one.id, ()))
        if person is not None and person not in stored.out
    )
    return list(dict.fromkeys(people))


def _question(
    question: Question, given: Iterable[Answer], names: Mapping[int, str], link: str | None
) -> ExportedQuestion:
    asker = question.public_asker
    return ExportedQuestion(
        question.number or 0,
        UNNAMED if asker is None else names.get(asker, ATTENDEE),
        _said(question.text),
        question.votes,
        question.asked_at,
        question.state is State.ANSWERED,
        tuple(
            ExportedAnswer(
                AUTHOR if one.author is None else names.get(one.author, AUTHOR), _said(one.text), one.given_at
            )
            for one in given
        ),
        link,
    )


def _poster(poster: Poster, questions: Sequence[ExportedQuestion], thread: str | None) -> ExportedPoster:
    ordered = sorted(questions, key=lambda one: (-one.votes, one.number))
    page = poster.links[0].url if poster.links else None
    return ExportedPoster(poster.id, poster.title, poster.authors, poster.board, page, thread, tuple(ordered))


def _said(text: str) -> str:
    return _PERSON.sub("@someone", text)
