"""What the options of /schedule and /posters mean: tracks, poster sessions and topics by whatever people type.

Autocomplete and the answers both ask here, so that what is typed in full gives what would have been offered.
"""

from collections.abc import Sequence
from datetime import date

from bot.chat.answers.alike import alike
from bot.chat.answers.days import days, from_today
from bot.chat.lookup import ID_ROOM, Lookup, as_typed, same, short, trimmed
from bot.chat.render.lines import session_label
from bot.domain.call import Topic
from bot.domain.folding import fold
from bot.domain.program import Program
from bot.domain.search import Category, Index, Rank
from bot.domain.sessions import Session

#: Beside each other in a button (see ``Lookup``). A record that was found stands there with its short id.
_TEXT_MOST, _OPTION_MOST = 36, 22
#: A text that stands there without a topic and a session, whose room it then has.
TEXT_ALONE_MOST = _TEXT_MOST + 2 * ID_ROOM


def tracks(program: Program, text: str) -> list[str]:
    """The tracks that ``text`` may mean."""
    chosen = [track for track in program.tracks if same(track, text)]
    return chosen or alike(program.tracks, str, text)


def poster_slots(program: Program, text: str) -> list[Session]:
    """The poster sessions whose time or title ``text`` begins."""
    return alike(program.poster_sessions, lambda session: session_label(program, session), text)


def poster_sessions(program: Program, index: Index, text: str) -> list[Session]:
    """The poster sessions that ``text`` may mean: by id, by title, by time, or as /session would find them."""
    chosen = [session for session in program.poster_sessions if same(session.id, text)]
    chosen = chosen or [session for session in program.poster_sessions if same(session.title, text)]
    chosen = chosen or [session for session in program.poster_sessions if fold(session.title) == fold(text)]
    if chosen := chosen or poster_slots(program, text):
        return chosen
    found = index.find(Category.SESSIONS, text, limit=len(program.sessions)).candidates
    best = [hit for hit in found if hit.score is Rank.EXACT] or found
    ids = {hit.id for hit in best}
    return [session for session in program.poster_sessions if session.id in ids]


def topics(program: Program, index: Index, text: str) -> list[Topic]:
    """The topics that ``text`` may mean: one by id or name, all of a group by the group's name, or what comes near."""
    for each in program.topics:
        if same(each.id, text):
            return [each]
    found = index.find(Category.TOPICS, text)
    if found.exact:
        return [program.topic_by_id[found.exact.id]]
    group = [each for each in program.topics if same(each.group, text) or fold(each.group) == fold(text)]
    return group or [program.topic_by_id[hit.id] for hit in found.candidates]


def topics_key(program: Program, meant: Sequence[Topic]) -> str:
    """One topic, or all of one group, as an argument of a Lookup; "" for others."""
    if len(meant) == 1:
        return short(meant[0].id)
    groups = {each.group for each in meant}
    whole = len(groups) == 1 and len(meant) == sum(each.group in groups for each in program.topics)
    return short(groups.pop()) if whole else ""


def schedule_lookup(program: Program, day: str, track: str, today: date) -> Lookup:
    """/schedule with what was typed or chosen. ``today`` is the venue's date."""
    day = from_today(day, today)
    meant_days, meant_tracks = days(program, day) if day else [], tracks(program, track) if track else []
    args = trimmed(
        meant_days[0].isoformat() if len(meant_days) == 1 else as_typed(day, _OPTION_MOST),
        short(meant_tracks[0]) if len(meant_tracks) == 1 else as_typed(track, _TEXT_MOST),
    )
    return Lookup("schedule", args)


def posters_lookup(program: Program, index: Index, subject: str, session: str, text: str) -> Lookup:
    """/posters with what was typed or chosen."""
    meant = topics(program, index, subject) if subject else []
    sessions = poster_sessions(program, index, session) if session else []
    chosen = topics_key(program, meant) or as_typed(subject, _OPTION_MOST)
    slot = sessions_key(sessions) or as_typed(session, _OPTION_MOST)
    room = max(_TEXT_MOST, TEXT_ALONE_MOST - len(chosen) - len(slot))
    return Lookup("posters", trimmed(chosen, slot, as_typed(text, room)))


def sessions_key(sessions: list[Session]) -> str:
    """One session, or all those of one title, as an argument of a Lookup; "" for others."""
    if len(sessions) == 1:
        return short(sessions[0].id)
    titles = {session.title for session in sessions}
    return short(titles.pop()) if len(titles) == 1 else ""
