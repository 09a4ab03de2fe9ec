"""The menus below a card: to sessions, to speakers, and to choose among the talks of a session."""

from collections.abc import Sequence

from bot.chat.answers.starring import star_lookup
from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Does, Menu, Option
from bot.domain.agenda import Star, StarKind
from bot.domain.program import Program
from bot.domain.sessions import KIND_NAMES, Session

#: Discord takes so many options in a menu.
_OPTIONS_MOST = 25


def session_menu(program: Program, sessions: Sequence[Session]) -> Menu | None:
    """Opens one of ``sessions``; None where there is none."""
    options = tuple(
        Option(
            lines.session_label(program, session),
            Lookup("session", (short(session.id),)),
            " · ".join(KIND_NAMES[kind] for kind in session.kinds),
        )
        for session in sessions[:_OPTIONS_MOST]
    )
    return Menu("Open a session (venue time)", options) if options else None


def speaker_menu(program: Program, session: Session) -> Menu | None:
    """Opens one of the people who talk in ``session``; None where there is none."""
    ids = dict.fromkeys(speaker for talk in session.talks for speaker in talk.speakers)
    people = [program.speaker_by_id[speaker] for speaker in ids][:_OPTIONS_MOST]
    options = tuple(Option(p.name, Lookup("speaker", (short(p.id),)), p.affiliation or "") for p in people)
    return Menu("About a speaker", options) if options else None


def talk_menu(program: Program, session: Session) -> Menu | None:
    """Puts one talk of ``session`` into the agenda of whoever chooses it; None where there are not several."""
    if len(session.talks) < 2:
        return None
    options = []
    for talk in session.talks[:_OPTIONS_MOST]:
        names = [program.speaker_by_id[person].name for person in talk.speakers] + list(talk.presenters)
        lookup = star_lookup(Star(StarKind.TALK, talk.id))
        options.append(Option(talk.title or "Title to be announced", lookup, ", ".join(names)))
    return Menu("Add one talk to my agenda", tuple(options), Does.STAR)
