"""The programme: an immutable value that everything else reads, and its queries."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b

from msgspec import Struct, field

from bot.domain.call import Deadline, Submission, Topic
from bot.domain.event import Event, JoinLink, Link, Mode, Room, Server, Texts
from bot.domain.privacy.retention import Retention
from bot.domain.reminders.policy import Policy
from bot.domain.sessions import Kind, Session, Talk


class Speaker(Struct, frozen=True):
    """An invited speaker. ``areas`` are in the speaker's own words, not the call's topics."""

    id: str
    name: str
    confirmed: bool
    sort_name: str
    position: str | None = None
    affiliation: str | None = None
    areas: tuple[str, ...] = ()
    bio: str | None = None
    website: str | None = None
    aliases: tuple[str, ...] = ()


class Organizer(Struct, frozen=True):
    id: str
    name: str
    sort_name: str
    position: str | None = None
    affiliation: str | None = None
    duty: str | None = None
    website: str | None = None
    aliases: tuple[str, ...] = ()


class Poster(Struct, frozen=True):
    """An accepted paper. ``session`` None means: shown in every poster session.

    ``topics`` are topic ids; ``topics_provisional`` says they were assigned from the title alone.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    topics: tuple[str, ...] = ()
    topics_provisional: bool = False
    decision: str | None = None
    format: str | None = None
    board: str | None = None
    session: str | None = None
    award: str | None = None
    links: tuple[Link, ...] = ()
    abstract: str | None = None


class Program(Struct, frozen=True, dict=True):
    """Everything an organizer published, with the lookups that need no search.

    ``sessions`` are in order of start, ``deadlines`` in order of due, ``speakers`` by ``sort_name``,
    ``posters`` in the order of the file.
    """

    event: Event
    sessions: tuple[Session, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    organizers: tuple[Organizer, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    topics: tuple[Topic, ...] = ()
    submission: Submission = field(default_factory=Submission)
    posters: tuple[Poster, ...] = ()
    texts: Texts = field(default_factory=Texts)
    server: Server = field(default_factory=Server)
    reminders: Policy = field(default_factory=Policy)
    privacy: Retention = field(default_factory=Retention)

    @cached_property
    def session_by_id(self) -> Mapping[str, Session]:
        return {session.id: session for session in self.sessions}

    @cached_property
    def talk_by_id(self) -> Mapping[str, tuple[Session, Talk]]:
        """Talk id -> the session it is in, and itself."""
        return {talk.id: (session, talk) for session in self.sessions for talk in session.talks}

    @cached_property
    def speaker_by_id(self) -> Mapping[str, Speaker]:
        return {speaker.id: speaker for speaker in self.speakers}

    @cached_property
    def poster_by_id(self) -> Mapping[str, Poster]:
        return {poster.id: poster for poster in self.posters}

    @cached_property
    def poster_position(self) -> Mapping[str, int]:
        """Poster id -> its place in ``posters``, from 0."""
        return {poster.id: position for position, poster in enumerate(self.posters)}

    @cached_property
    def session_position(self) -> Mapping[str, int]:
        """Session id -> its place in ``sessions``, from 0."""
        return {session.id: position for position, session in enumerate(self.sessions)}

    @cached_property
    def topic_by_id(self) -> Mapping[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def room_by_id(self) -> Mapping[str, Room]:
        return {room.id: room for room in self.event.rooms}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The venue's dates that have sessions, in order."""
        return tuple(self.sessions_by_day)

    @cached_property
    def sessions_by_day(self) -> Mapping[date, tuple[Session, ...]]:
        found: dict[date, list[Session]] = {}
        for session in self.sessions:
            found.setdefault(self.day_of(session), []).append(session)
        return {day: tuple(sessions) for day, sessions in found.items()}

    @cached_property
    def tracks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(session.track for session in self.sessions if session.track))

    @cached_property
    def held(self) -> tuple[Session, ...]:
        """The sessions that take place: all but the cancelled ones."""
        return tuple(session for session in self.sessions if not session.cancelled)

    @cached_property
    def poster_sessions(self) -> tuple[Session, ...]:
        """Those that take place."""
        return tuple(session for session in self.held if Kind.POSTER in session.kinds)

    @cached_property
    def sessions_by_speaker(self) -> Mapping[str, tuple[Session, ...]]:
        """Speaker id -> the sessions in which they talk, the cancelled ones too."""
        found: dict[str, list[Session]] = {}
        for session in self.sessions:
            for speaker in dict.fromkeys(name for talk in session.talks for name in talk.speakers):
                found.setdefault(speaker, []).append(session)
        return {speaker: tuple(sessions) for speaker, sessions in found.items()}

    @cached_property
    def posters_by_topic(self) -> Mapping[str, tuple[Poster, ...]]:
        return _grouped((topic, poster) for poster in self.posters for topic in poster.topics)

    @cached_property
    def posters_by_session(self) -> Mapping[str, tuple[Poster, ...]]:
        """Session id -> the posters shown in it; a poster without a session is in every poster session."""
        return _grouped((session.id, poster) for poster in self.posters for session in self.sessions_of(poster))

    @cached_property
    def times_mark(self) -> str:
        """A digest of everything that says what is when, and what is told of it: the same for equal programmes, always.

        Whatever is planned by programmes with the same mark is the same.
        """
        shown = [(poster.id, poster.session) for poster in self.posters]
        known = [speaker.id for speaker in self.speakers]
        parts = (self.event, self.sessions, self.deadlines, self.server, self.reminders, shown, known)
        return blake2b(repr(parts).encode(), digest_size=16).hexdigest()

    def day_of(self, session: Session) -> date:
        """The venue's date on which a session starts."""
        return session.start.astimezone(self.event.tz).date()

    def sessions_of(self, poster: Poster) -> tuple[Session, ...]:
        """The sessions in which a poster is shown: none where its own is cancelled."""
        if poster.session is None:
            return self.poster_sessions
        session = self.session_by_id[poster.session]
        return () if session.cancelled else (session,)

    def mode_of(self, session: Session) -> Mode:
        """How people attend a session: as it says itself, else as the event does."""
        return session.mode or self.event.mode

    def joining_of(self, *sessions: Session) -> tuple[JoinLink, ...]:
        """The ways into sessions from afar: their own, then the event's that these do not take the place of."""
        if not sessions:
            return self.event.joining
        own = [link for session in sessions for link in session.joining]
        shared = (
            link
            for session in sessions
            for link in self.event.joining
            if not any(one.takes_place_of(link) for one in session.joining)
        )
        return tuple(dict.fromkeys((*own, *shared)))

    def people_of(self, session: Session) -> tuple[str, ...]:
        """The names of those a session needs: chairs, then who talks; each once."""
        names = list(session.chairs)
        for talk in session.talks:
            names += talk.presenters
            names += [self.speaker_by_id[speaker].name for speaker in talk.speakers if speaker in self.speaker_by_id]
        return tuple(dict.fromkeys(names))

    def running(self, now: datetime) -> tuple[Session, ...]:
        """The sessions under way at ``now``, without the cancelled ones."""
        return tuple(session for session in self.held if now in session)

    def called_off(self, now: datetime) -> tuple[Session, ...]:
        """The cancelled sessions that would be under way at ``now``."""
        return tuple(session for session in self.sessions if session.cancelled and now in session)

    def upcoming(self, now: datetime) -> tuple[Session, ...]:
        """The sessions that start next, all of those that start together, without the cancelled ones."""
        later = [session for session in self.held if session.start > now]
        return tuple(session for session in later if session.start == later[0].start)


def _grouped(pairs: Iterable[tuple[str, Poster]]) -> Mapping[str, tuple[Poster, ...]]:
    found: dict[str, list[Poster]] = {}
    for key, poster in pairs:
        found.setdefault(key, []).append(poster)
    return {key: tuple(posters) for key, posters in found.items()}
