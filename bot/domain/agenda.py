"""One person's agenda: what they starred, laid out by time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.call import Deadline
from bot.domain.program import Poster, Program
from bot.domain.sessions import Kind, Session, Talk


class StarKind(StrEnum):
    """What can be starred."""

    SESSION = "session"
    TALK = "talk"
    SPEAKER = "speaker"
    POSTER = "poster"
    DEADLINE = "deadline"


class Star(Struct, frozen=True):
    """A record that somebody wants to keep in view. It may have left the programme since."""

    kind: StarKind
    record_id: str


class Item(Struct, frozen=True):
    """One line of an agenda: a session, a talk in one of several, a deadline, or something that has no time yet.

    ``start`` and ``end`` are UTC instants, equal for a deadline, None where no time is known. ``stars`` are why it is
    there: a poster session stands once for all posters starred in it. ``clashes`` are the titles of what is at the
    same time in another session.
    """

    title: str
    start: datetime | None
    end: datetime | None
    stars: tuple[Star, ...]
    session: Session | None = None
    talk: Talk | None = None
    deadline: Deadline | None = None
    clashes: tuple[str, ...] = ()

    @property
    def cancelled(self) -> bool:
        return self.session is not None and self.session.cancelled


class Agenda(Struct, frozen=True):
    """``items`` are in order of start, those without a time last. ``gone`` are stars the programme no longer holds."""

    items: tuple[Item, ...] = ()
    gone: tuple[Star, ...] = ()

    def next_up(self, now: datetime) -> tuple[Item, ...]:
        """What starts next after ``now``, all that start together; nothing cancelled.

        A session that begins with a talk of this agenda is that talk.
        """
        later = [item for item in self.items if item.start and item.start > now and not item.cancelled]
        found = [item for item in later if item.start == later[0].start]
        begun = {item.session.id for item in found if item.session and item.talk}
        return tuple(item for item in found if item.talk or item.session is None or item.session.id not in begun)


def agenda(program: Program, stars: Iterable[Star]) -> Agenda:
    """The agenda of somebody who starred ``stars``.

    A speaker stands for the talks they give, a poster for its sessions, a deadline for the instant it is due.
    """
    found: dict[tuple[str, ...], Item] = {}
    gone = []
    for star in dict.fromkeys(stars):
        items = _items(program, star)
        if not items:
            gone.append(star)
        for key, item in items:
            known = found.get(key)
            found[key] = replace(known, stars=(*known.stars, star)) if known else item
    dated = [item for item in found.values() if item.start]
    dated.sort(key=lambda item: (item.start, item.end, item.title))
    undated = [item for item in found.values() if not item.start]
    return Agenda((*_with_clashes(dated), *undated), tuple(gone))


def whole(program: Program, deadlines: Iterable[Deadline]) -> Agenda:
    """The whole programme as an agenda, with the ``deadlines`` that its reader may see."""
    sessions = [Star(StarKind.SESSION, session.id) for session in program.sessions]
    return agenda(program, [*sessions, *(Star(StarKind.DEADLINE, item.id) for item in deadlines)])


def standing_for(program: Program, session: Session) -> tuple[Star, ...]:
    """Every star that brings ``session`` into an agenda: its own, its talks', its speakers' and its posters'.

    A cancelled session is meant, too: whoever starred one of its posters has to learn of it.
    """
    talks = [Star(StarKind.TALK, talk.id) for talk in session.talks]
    people = [Star(StarKind.SPEAKER, person) for talk in session.talks for person in talk.speakers]
    shown = Kind.POSTER in session.kinds
    posters = [
        Star(StarKind.POSTER, poster.id)
        for poster in program.posters
        if poster.session == session.id or (shown and poster.session is None)
    ]
    return tuple(dict.fromkeys([Star(StarKind.SESSION, session.id), *talks, *people, *posters]))


def talk_with_id(program: Program, talk_id: str) -> tuple[Session, Talk] | None:
    """A talk and the session it is in."""
    for session in program.sessions:
        for talk in session.talks:
            if talk.id == talk_id:
                return session, talk
    return None


_Keyed = tuple[tuple[str, ...], Item]


def _items(program: Program, star: Star) -> list[_Keyed]:
    """The lines that ``star`` puts into an agenda, each under the key that merges it with those of other stars."""
    match star.kind:
        case StarKind.SESSION:
            session = program.session_by_id.get(star.record_id)
            return [_of_session(session, star)] if session else []
        case StarKind.TALK:
            found = talk_with_id(program, star.record_id)
            return [_of_talk(*found, star)] if found else []
        case StarKind.SPEAKER:
            speaker = program.speaker_by_id.get(star.record_id)
            return (list(_of_speaker(program, star)) or [_undated(speaker.name, star)]) if speaker else []
        case StarKind.POSTER:
            poster = program.poster_by_id.get(star.record_id)
            if poster is None:
                return []
            return [_of_session(session, star) for session in shown_in(program, poster)] or [
                _undated(poster.title, star)
            ]
        case StarKind.DEADLINE:
            due = next((item for item in program.deadlines if item.id == star.record_id), None)
            return [_of_deadline(due, star)] if due else []


def shown_in(program: Program, poster: Poster) -> Sequence[Session]:
    """The sessions of a poster; its own also where that is cancelled, since its readers have to learn of it."""
    own = program.session_by_id.get(poster.session) if poster.session else None
    return (own,) if own else program.sessions_of(poster)


def _of_session(session: Session, star: Star) -> _Keyed:
    return (StarKind.SESSION, session.id), Item(session.title, session.start, session.end, (star,), session)


def _of_talk(session: Session, talk: Talk, star: Star) -> _Keyed:
    """The only talk of a session is the session: starred both ways, it is one line."""
    if len(session.talks) == 1:
        return _of_session(session, star)
    start, end = talk.start or session.start, talk.end or session.end
    return (StarKind.TALK, session.id, talk.id), Item(talk.title or session.title, start, end, (star,), session, talk)


def _of_speaker(program: Program, star: Star) -> Iterator[_Keyed]:
    for session in program.sessions_by_speaker.get(star.record_id, ()):
        for talk in session.talks:
            if star.record_id in talk.speakers:
                yield _of_talk(session, talk, star)


def _of_deadline(due: Deadline, star: Star) -> _Keyed:
    return (StarKind.DEADLINE, due.id), Item(due.title, due.due, due.due, (star,), deadline=due)


def _undated(title: str, star: Star) -> _Keyed:
    return (star.kind, star.record_id), Item(title, None, None, (star,))


def _with_clashes(items: Sequence[Item]) -> list[Item]:
    """The items, which come by start, each with what runs at the same time in another session."""
    clashes: list[list[str]] = [[] for _ in items]
    running: list[int] = []
    for at, item in enumerate(items):
        if item.session is None or item.cancelled or item.start is None:
            continue
        running = [other for other in running if _ends_after(items[other], item.start)]
        for other in running:
            theirs = items[other].session
            if theirs and theirs.id != item.session.id:
                clashes[at].append(items[other].title)
                clashes[other].append(item.title)
        running.append(at)
    return [replace(item, clashes=tuple(titles)) for item, titles in zip(items, clashes, strict=True)]


def _ends_after(item: Item, instant: datetime) -> bool:
    return item.end is not None and item.end > instant
