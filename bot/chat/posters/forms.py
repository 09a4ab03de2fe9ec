"""The forms in which people ask and answer."""

from bot.chat.forms import Field, Form, Pick
from bot.chat.lookup import Lookup
from bot.domain.posters.limits import TEXT_MOST

#: More than is taken: what is too long is kept and said, rather than cut by the form.
_TYPED_MOST = 4_000
_UP_TO = f"(up to {TEXT_MOST} characters)"
NAMED, ANONYMOUS = "named", "anonymous"
_ANONYMOUS_HINT = "With your name hidden, you hear of the answer in a direct message."
_WHO = (
    (NAMED, "Show my name"),
    (ANONYMOUS, "Hide my name: only organizers can see it"),
)


def question_form(lookup: Lookup, title: str, text: str = "", *, named: bool = True) -> Form:
    """``title`` is the poster's."""
    return Form(
        "Ask about a poster",
        lookup,
        (
            Field("text", f"Your question {_UP_TO}", text, hint=f"About {title}", long=True, most=_TYPED_MOST),
            Pick("who", "Your name", _WHO, NAMED if named else ANONYMOUS, _ANONYMOUS_HINT),
        ),
    )


def answer_form(lookup: Lookup, question: str, text: str = "") -> Form:
    """``question`` is what was asked."""
    field = Field("text", f"Your answer {_UP_TO}", text, hint=f"To: {question}", long=True, most=_TYPED_MOST)
    return Form("Answer the question", lookup, (field,))
