"""Whether what somebody typed asks something."""

import re

from bot.domain.posters.limits import has_words, said_in

#: Question marks of the world's scripts, and those that are two marks in one.
_MARKS = frozenset("?？؟՞፧⁇⁈⁉‽")
_HELPING = (
    "is|are|am|was|were|do|does|did|can|could|would|should|will|has|have|had|isn't|aren't|don't|doesn't|didn't|can't|"
    "couldn't|won't"
)
#: How a question begins in English that somebody typed without its mark. A first word alone is not enough: "What a
#: great poster" and "When I tried it" ask nothing.
_BEGINNING = re.compile(
    rf"(?:(?:hi|hello|hey|and|but|so|ok|okay|also|sorry|thanks|question)\b\W*)*"
    rf"(?:why\b"
    rf"|(?:what|which|who|whom|whose|where|when|how)(?:'s|’s|\s+(?:{_HELPING}|about|many|much|long|often|far|large|big))\b"
    rf"|(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have)(?:n't)?\s+"
    rf"(?:you|we|i|it|he|she|this|that|there|your|they|these|those|anyone|anybody)\b)",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether a cleaned text holds a question mark, or begins as a question does; beside addresses and mentions."""
    said = said_in(text).strip()
    return has_words(text) and (not _MARKS.isdisjoint(said) or _BEGINNING.match(said) is not None)
