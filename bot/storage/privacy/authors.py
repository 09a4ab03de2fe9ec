"""What is stored about the authors of posters, and about people who type in the threads of posters."""

from sqlite_utils import Database

from bot.domain.privacy.retention import Term
from bot.storage.privacy.holding import Fate, Holding, Leaving
from bot.storage.privacy.simple import entries, everybody, removed

_ONLY_YOU, _DELETED = "only you", "deleted"


def _forget_codes(db: Database, who: Leaving) -> int:
    """The code is free again: its author may come back."""
    query = "UPDATE claim_code SET used_by = NULL, used_at = NULL WHERE guild_id = ? AND used_by = ?"
    return db.execute(query, [who.guild_id, who.user_id]).rowcount


CODES = Holding(
    "Codes",
    "with which code you claimed a poster",
    "for using each once",
    Term.PERSONAL,
    "organizers",
    Fate.GOES,
    "the code is free again",
    ("claim_code",),
    entries("claim_code", {"used_at": "used_at", "poster": "poster_id", "author": "author"}, person="used_by"),
    _forget_codes,
    everybody("claim_code", person="used_by"),
)
TRIES = Holding(
    "Wrong codes",
    "when you typed a wrong code",
    "for keeping others from guessing yours",
    Term.PERSONAL,
    "nobody",
    Fate.STAYS,
    "codes could be guessed otherwise",
    ("claim_try",),
    entries("claim_try", {"tried_at": "at"}),
    removed("claim_try"),
    everybody("claim_try"),
)
CHOICES = Holding(
    "Author's choices",
    "when and where you want to hear of questions",
    "for telling you as you chose",
    Term.PERSONAL,
    _ONLY_YOU,
    Fate.GOES,
    _DELETED,
    ("author_choice",),
    entries("author_choice", {"times": "times", "where": "place"}),
    removed("author_choice"),
    everybody("author_choice"),
)
CHANNELS = Holding(
    "Direct channel",
    "our direct conversation, as an author or as who asked without a name",
    "for telling you of questions and answers there",
    Term.PERSONAL,
    _ONLY_YOU,
    Fate.GOES,
    _DELETED,
    ("direct_channel",),
    entries("direct_channel", {"direct_channel": "CAST(channel_id AS TEXT)", "found_closed": "closed"}),
    removed("direct_channel"),
    everybody("direct_channel"),
)
BOARDS = Holding(
    "At the board",
    "when you said that you are at your board",
    "for showing that you are there",
    Term.PERSONAL,
    "everybody sees that an author is there; organizers see who",
    Fate.GOES,
    _DELETED,
    ("at_board",),
    entries("at_board", {"said_at": "at", "session": "session_id", "poster": "poster_id"}),
    removed("at_board"),
    everybody("at_board"),
)
HINTS = Holding(
    "Hints",
    "which hint you were given",
    "for not giving it too often",
    Term.PERSONAL,
    "nobody",
    Fate.GOES,
    _DELETED,
    ("hint",),
    entries("hint", {"about": "about"}),
    removed("hint"),
    everybody("hint"),
)
UNPLACED = Holding(
    "Typed answers",
    "what you typed as an answer, until somebody says to which question",
    "for keeping its text until then",
    Term.DRAFTS,
    "whoever marks it as an answer",
    Fate.GOES,
    _DELETED,
    ("unplaced",),
    entries("unplaced", {"marked_at": "marked_at", "text": "text"}, person="author"),
    removed("unplaced", person="author"),
)
