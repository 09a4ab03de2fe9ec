"""The forms about cases: to report, to answer, to write to whoever reported, to close."""

from bot.chat.forms import Field, Form, Note, People, Pick
from bot.chat.lookup import Lookup
from bot.chat.render.notices.conduct import REPORT, verb
from bot.domain.conduct.case import INVOLVED_MOST, TEXT_MOST, WHERE_MOST, Case

ANONYMOUS, NAMED = "anonymous", "named"
#: Stands last in the Lookup of a form that was opened below a message.
ABOUT_MESSAGE = "message"
_CONTACT = (
    (ANONYMOUS, "Anonymous to the committee, to the end"),
    (NAMED, "The committee may see my name"),
)
_RUNNER = "Whoever runs the bot can read all that it stores, whomever you name."
_READERS = (
    "The conduct committee reads this. **Administrators of the server can open any thread.** "
    "If you name one of them as involved, it goes to the others by direct message instead. "
    f"{_RUNNER}"
)
_ELSEWHERE = (
    "The conduct committee reads this. **Administrators of the server can open any thread.** "
    "If one of them or of the committee is involved, use /report in the server: there you can leave them out. "
    f"{_RUNNER}"
)


def report_form(guild_id: int, opened_by: int, *, in_server: bool, about_message: bool = False) -> Form:
    """``opened_by`` is the interaction that opens it. Whom it is about can be chosen in the server alone.

    In a direct message Discord offers nobody else.
    """
    who = (
        People(
            "involved",
            "Who is involved",
            INVOLVED_MOST,
            "Do not choose yourself. Members of the committee whom you choose are not shown the case",
        )
        if in_server
        else Field("who", "Who is involved", hint="As far as you know", required=False, most=WHERE_MOST)
    )
    return Form(
        "Report to the conduct committee",
        Lookup(REPORT, ("new", str(opened_by), str(guild_id), *([ABOUT_MESSAGE] if about_message else []))),
        (
            Note(_READERS if in_server else _ELSEWHERE),
            Field(
                "what",
                "What happened",
                hint="The message is attached as it is now"
                if about_message
                else "In your own words. You can add more later",
                long=True,
                required=not about_message,
                most=TEXT_MOST,
            ),
            Field("where", "Where and when", hint="A room, a channel, a time", required=False, most=WHERE_MOST),
            who,
            Pick("contact", "Your name", _CONTACT, ANONYMOUS, "Either way, they can write to you through me"),
        ),
    )


def answer_form(case: Case, opened_by: int) -> Form:
    return _form("Add to your report", case, "answer", opened_by, REPORT, "Your text", "The committee reads it")


def write_form(case: Case, opened_by: int) -> Form:
    hint = "It comes from the committee: your name is not shown"
    return _form("Write to the reporter", case, "write", opened_by, "case", "Your text", hint)


def close_form(case: Case, opened_by: int) -> Form:
    hint = "In short. The reporter reads this"
    return _form(f"Close case {case.number}", case, "close", opened_by, "case", "How it ended", hint)


def _form(title: str, case: Case, what: str, opened_by: int, whose: str, label: str, hint: str) -> Form:
    field = Field("text", label, hint=hint, long=True, most=TEXT_MOST)
    return Form(title, verb(what, case, whose, str(opened_by)), (field,))
