"""Rules about posters: which session, which board."""

from collections import defaultdict

from bot.domain.checks.problem import Problem, error, warning
from bot.domain.folding import compact
from bot.domain.program import Poster, Program
from bot.domain.sessions import Kind


def author_named_twice(program: Program) -> list[Problem]:
    """The same name twice in one row, most often left from the row that was copied."""
    problems = []
    for poster in program.posters:
        if len(set(poster.authors)) == len(poster.authors):
            continue
        for name in (name for name in dict.fromkeys(poster.authors) if poster.authors.count(name) > 1):
            message = f'"{name}" stands here twice.'
            fix = "Write it once, or write the other person's name."
            problems.append(warning("author-twice", ("poster", poster.id, "authors"), name, message, fix))
    return problems


def board_taken_twice(program: Program) -> list[Problem]:
    """Two posters on one board in one session. A poster without a session hangs in every poster session."""
    boards: dict[str, list[Poster]] = defaultdict(list)
    problems = []
    for poster in program.posters:
        if poster.board is None:
            continue
        here = boards[compact(poster.board)]
        other = next(
            (seen for seen in here if seen.session == poster.session or not (seen.session and poster.session)), None
        )
        here.append(poster)
        if other is not None:
            session = poster.session or other.session
            where = f" in {session}" if session else ""
            message = f'board {poster.board} is taken{where} by "{other.title}" ({other.id}).'
            fix = "Give one of the two another board, or another session."
            problems.append(warning("board-taken", ("poster", poster.id, "board"), poster.board, message, fix))
    return problems


def poster_in_another_session(program: Program) -> list[Problem]:
    """Posters hang in sessions of the kind poster. One message for each session that is none."""
    strays: dict[str, list[Poster]] = defaultdict(list)
    for poster in program.posters:
        session = program.session_by_id.get(poster.session or "")
        if session is not None and Kind.POSTER not in session.kinds:
            strays[session.id].append(poster)
    names = [session.id for session in program.poster_sessions]
    problems = []
    for name, posters in strays.items():
        more = f" The same holds for {len(posters) - 1} more of its posters." if len(posters) > 1 else ""
        message = f'"{name}" is not a poster session.{more}'
        fix = f"Write {' or '.join(names)}" if names else "Leave it empty"
        fix += f", or add poster to the kinds of {name}."
        problems.append(error("not-a-poster-session", ("poster", posters[0].id, "session"), name, message, fix))
    return problems
