"""The poster that a button means."""

from bot.chat.lookup import same
from bot.domain.errors import NotFoundError
from bot.domain.program import Poster, Program

NO_POSTER = "This poster is no longer in the programme. /posters shows those that are."


def poster_of(program: Program, shortened: str) -> Poster:
    """Raises NotFoundError where it is no longer there."""
    if shortened in program.poster_by_id:
        return program.poster_by_id[shortened]
    for poster_id, poster in program.poster_by_id.items():
        if same(poster_id, shortened):
            return poster
    raise NotFoundError(NO_POSTER)
