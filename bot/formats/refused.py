"""How a field's validator says what is wrong with a value and what to write instead."""

from pydantic_core import PydanticCustomError

#: The type under which pydantic carries our own refusals.
REFUSED = "usher"


def refused(rule: str, message: str, fix: str) -> PydanticCustomError:
    """An error to raise inside a validator. ``message`` and ``fix`` are sentences for the organizer."""
    return PydanticCustomError(REFUSED, "{message}", {"rule": rule, "message": message, "fix": fix})
