"""What can be starred, and the button that does it. The button has one label for everybody: answers are kept ready."""

from collections.abc import Iterable, Sequence

from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, same, short
from bot.chat.render.card import Button, Does
from bot.domain.agenda import Star, StarKind, talk_with_id
from bot.domain.errors import NotFoundError
from bot.domain.program import Program

ADD = "Add to my agenda"


def star_lookup(star: Star) -> Lookup:
    """A star as a button carries it."""
    return Lookup(star.kind, (short(star.record_id),))


def star_button(kind: StarKind, record_id: str) -> Button:
    return Button(ADD, star_lookup(Star(kind, record_id)), Does.STAR)


def starred(ask: Ask, lookup: Lookup) -> Star:
    """The record that a button stands for. Raises NotFoundError where the reader cannot see one of that id."""
    for kind in StarKind:
        if kind == lookup.name:
            for record_id in _ids(ask, kind):
                if same(record_id, lookup.arg(0)):
                    return Star(kind, record_id)
    raise NotFoundError("This is no longer in the programme. Nothing was added. /schedule shows what there is now.")


def held(stars: Iterable[Star], lookup: Lookup) -> Star | None:
    """The one of a person's ``stars`` that a button stands for, also where the programme no longer holds it."""
    return next((star for star in stars if star.kind == lookup.name and same(star.record_id, lookup.arg(0))), None)


def may_see(ask: Ask, stars: Iterable[Star]) -> list[Star]:
    """``stars`` without those on dates that are meant for others: who starred one may have left that circle."""
    hidden = {item.id for item in ask.program.deadlines if not ask.may_show(item.audience)}
    return [star for star in stars if not (star.kind is StarKind.DEADLINE and star.record_id in hidden)]


def name_of(program: Program, star: Star) -> str:
    """What a star is on, in plain text."""
    match star.kind:
        case StarKind.SESSION if star.record_id in program.session_by_id:
            return program.session_by_id[star.record_id].title
        case StarKind.SPEAKER if star.record_id in program.speaker_by_id:
            return program.speaker_by_id[star.record_id].name
        case StarKind.POSTER if star.record_id in program.poster_by_id:
            return program.poster_by_id[star.record_id].title
        case StarKind.TALK if found := talk_with_id(program, star.record_id):
            session, talk = found
            return talk.title or f"A talk in {session.title}"
        case StarKind.DEADLINE:
            titles = [item.title for item in program.deadlines if item.id == star.record_id]
            return titles[0] if titles else GONE
    return GONE


GONE = "No longer in the programme"


def _ids(ask: Ask, kind: StarKind) -> Sequence[str]:
    program = ask.program
    match kind:
        case StarKind.SESSION:
            return list(program.session_by_id)
        case StarKind.TALK:
            return [talk.id for session in program.sessions for talk in session.talks]
        case StarKind.SPEAKER:
            return list(program.speaker_by_id)
        case StarKind.POSTER:
            return list(program.poster_by_id)
        case StarKind.DEADLINE:
            return [item.id for item in program.deadlines if ask.may_show(item.audience)]
