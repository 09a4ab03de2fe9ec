"""Reads ids and bits from requests, which may hold anything."""

from bot.sandbox import errors
from bot.sandbox.state import Json


def snowflake(value: object, *where: str | int) -> int:
    """An id from a request. Raises 50035 with the path ``where`` when it is none."""
    text = str(value)
    if isinstance(value, bool) or not text.isdecimal() or len(text) > 20:
        raise errors.field_error(where, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
    return int(text)


def bits(payload: Json, name: str = "flags") -> int:
    """A field of bits, as a number or as text; 0 when it is missing. Raises 50035 when it is neither."""
    return snowflake(payload[name], name) if payload.get(name) is not None else 0
