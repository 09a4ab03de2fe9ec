"""Somebody changes what they asked, or a draft."""

from msgspec.structs import replace

from bot.actions.posters.ask import Asked, Written, draft_asked, keep_draft, own
from bot.actions.posters.keep import Refused, refused
from bot.actions.posters.say import edit_question, edit_with_answers
from bot.actions.posters.stop import stopped
from bot.domain.audit import By
from bot.domain.posters import limits
from bot.domain.posters.kept import Kept, Kind
from bot.domain.posters.question import Question, State
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.posters import kept, questions

_STANDS_ABOVE = (
    "You typed this question, and your message with your name stands above it: your name cannot be hidden. "
    "To ask without your name, delete your message, then press **Ask a question**."
)
#: Whoever reads the answer must read what was answered.
_ANSWERED = "This question has an answer, so its words stay. What you wrote can be asked as another question."
_WITHDRAWN = "This question was withdrawn. What you wrote can be asked as another question."
_HIDDEN = "The organizers have hidden this question. /questions mine says why."


async def rewrite(
    db: Database, guild_id: int, question_id: int, text: str, program: Program, *, named: bool, by: By
) -> Asked | Refused:
    """Change what one asked, or ask a draft with another text. Raises NotFoundError.

    Of a question that was asked nothing is changed where the new text cannot be taken, and the text is kept: as a draft
    of another question where it was answered or withdrawn. A draft takes any text.
    Whoever hides their name is no longer named by the answers either, and nothing leads to what they typed.
    """

    def write(tables: Tables) -> Asked | Refused:
        before = own(tables, guild_id, question_id, by.user)
        if before.state is State.DRAFT:
            return _draft_rewritten(tables, before, text, program, named=named, by=by)
        if (fault := limits.fault_of(text) or stopped(tables, guild_id, by.user)) or before.state is State.HIDDEN:
            return refused(tables, before, Kind.REWRITE, fault or _HIDDEN, Kept(text, named), by, opens=before.is_shown)
        if before.state is State.WITHDRAWN or (before.state is State.ANSWERED and text != before.text):
            why = _ANSWERED if before.is_shown else _WITHDRAWN
            another = keep_draft(tables, guild_id, Written(before.poster_id, text, named), by=by)
            return Asked(another, why)
        if before.message_id is not None and before.named and not named:
            return refused(tables, before, Kind.REWRITE, _STANDS_ABOVE, Kept(text, named), by)
        return _rewritten(tables, before, text, named=named, by=by)

    return await db.write(write)


def _draft_rewritten(tables: Tables, draft: Question, text: str, program: Program, *, named: bool, by: By) -> Asked:
    questions.rewrite(tables, draft, text, named=named)
    typed = draft.message_id is not None and not named
    if typed:
        questions.forget_message(tables, draft)
    done = draft_asked(tables, own(tables, draft.guild_id, draft.id, by.user), program, by=by)
    return replace(done, stands_above=typed)


def _rewritten(tables: Tables, before: Question, text: str, *, named: bool, by: By) -> Asked:
    questions.rewrite(tables, before, text, named=named)
    kept.forget(tables, before, by.user, Kind.REWRITE)
    after = own(tables, before.guild_id, before.id, by.user)
    if after.named != before.named:
        edit_with_answers(tables, after, by.at)
    else:
        edit_question(tables, after, by.at)
    return Asked(after)
