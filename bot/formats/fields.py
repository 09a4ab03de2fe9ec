"""The types of single fields: text -> value, or a refusal that says what to write."""

import re
from collections.abc import Callable, Container
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.domain.addresses import is_address
from bot.formats.dates import read_date, read_moment, read_time
from bot.formats.nearest import choose_from
from bot.formats.refused import refused

E = TypeVar("E", bound=StrEnum)

#: Ids travel inside a button's custom_id, which holds 100 characters.
LONGEST_ID = 40
#: Stands for the day of a session whose date is refused: no date that is written is that early.
UNREAD_DAY = date.min
#: A promise that lasts for longer than a month is none.
_HOURS_MOST = 720
_ID = re.compile(rf"^[A-Za-z0-9_-]{{1,{LONGEST_ID}}}$")

_BY_SPREADSHEET = re.compile(r"^-?\d([.,]\d+)?E[+-]\d+$")

_SCHEME_SLIP = re.compile(r"^(?:h?tt?ps?[:;]?/{0,2}|https?:/{1,2}|https?//)(?=[\w-]+\.)", re.IGNORECASE)
_HOST = re.compile(r"^[\w-]+(\.[\w-]+)+([/?#:].*)?$")
_CHANNEL = re.compile(r"^[^\sA-Z#@<>:`]{1,100}$")
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


def missing() -> PydanticCustomError:
    """A field that is required and empty or still to be announced. Its text is written where the field is known."""
    return refused("missing-field", "", "")


def wrong_shape(expected: str) -> PydanticCustomError:
    return refused("wrong-shape", f"this is not {expected}.", f"Write {expected} here.")


def word(value: object) -> str:
    """A single value, as text. Raises the error of a validator for a list or a mapping, or where nothing stands."""
    if value is None:
        raise missing()
    if not isinstance(value, str):
        raise wrong_shape("a single value")
    return value


def _one_line(value: object) -> str:
    return " ".join(word(value).split())


def _id(value: object) -> str:
    text = word(value)
    if _ID.match(text):
        return text
    if _BY_SPREADSHEET.match(text):
        message = f'"{text}" is an id that a spreadsheet changed into a number.'
        raise refused("malformed-id", message, "Write the original id, and set the format of the column to text.")
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[:LONGEST_ID].strip("-")
    fix = f"Write {plain}." if plain else "Write letters a to z, digits, - and _."
    raise refused(
        "malformed-id", f'"{text}" cannot be an id: letters a to z, digits, - and _, {LONGEST_ID} at most.', fix
    )


def _url(value: object) -> str:
    text = word(value)
    if is_address(text):
        return text
    raise refused("malformed-link", f'"{text}" is not a web address.', _url_fix(text))


def _url_fix(text: str) -> str:
    rest = _SCHEME_SLIP.sub("", text.strip("<>()[] "))
    if "@" in text:
        return "Write a web address that starts with https://, without an e-mail address, user name or password."
    if rest != text and _HOST.match(rest) and " " not in rest:
        return f"Write https://{rest}."
    if _HOST.match(text) and " " not in text:
        return f"Write https://{text}."
    return "Write an address that starts with https://, such as https://example.org/page."


def _channel(value: object) -> str:
    text = word(value)
    if _CHANNEL.match(text):
        return text
    plain = re.sub(r"[\s#@<>:`]+", "-", text.lower()).strip("-")[:100]
    raise refused(
        "malformed-channel", f'"{text}" cannot be the name of a text channel.', f"Write {plain or 'general'}."
    )


def _whole_number(value: object) -> int:
    text = word(value)
    if re.match(r"^\d{1,6}$", text):
        return int(text)
    digits = re.search(r"\d{1,6}", text)
    fix = f"Write {digits[0]}." if digits else "Write a number such as 4, or leave it empty."
    raise refused("not-a-number", f'"{text}" is not a whole number.', fix)


def _hours(value: object) -> int:
    number = _whole_number(value)
    if 1 <= number <= _HOURS_MOST:
        return number
    raise refused("not-a-number", f"{number} hours cannot be.", f"Write a number from 1 to {_HOURS_MOST}, such as 24.")


def switch(value: object) -> bool | None:
    """True for yes, False for no; None for anything else."""
    text = value.lower() if isinstance(value, str) else None
    return text in _TRUE if text in _TRUE or text in _FALSE else None


def _flag(value: object) -> bool:
    text = word(value).lower()
    on = switch(text)
    if on is None:
        raise refused("unknown-value", f'"{text}" is neither true nor false.', "Write true or false.")
    return on


def _year(info: ValidationInfo) -> int | None:
    return info.context.get("year") if info.context else None


def _day(value: object, info: ValidationInfo) -> date:
    return UNREAD_DAY if value == UNREAD_DAY else read_date(word(value), _year(info))


def _moment(default: time) -> Callable[[object, ValidationInfo], tuple[date, time]]:
    def read(value: object, info: ValidationInfo) -> tuple[date, time]:
        return read_moment(word(value), default, _year(info))

    return read


def one_of(choices: type[E], several: bool = False) -> PlainValidator:
    """A member of an enumeration, by its value. ``several``: of a list, so that a fix may offer one."""
    known = {member.value: member for member in choices}

    def pick(value: object) -> E:
        text = _one_line(value)
        member = known.get(re.sub(r"[\s-]+", "_", text.lower()))
        if member is None:
            fix = (listed(text, known) if several else None) or choose_from(text, list(known))
            raise refused("unknown-value", f'"{text}" is not known here.', fix)
        return member

    return PlainValidator(pick)


def listed(text: str, known: Container[str]) -> str | None:
    """The fix for a list that was written without its brackets: "poster, break"."""
    parts = [part.strip() for part in re.split(r"[,;/]|\band\b", text) if part.strip()]
    names = [part if part in known else part.lower() for part in parts]
    return f"Write [{', '.join(names)}]." if len(names) > 1 and all(name in known for name in names) else None


def as_list(value: Any) -> Any:
    """One word may stand for a list of one; empty entries are dropped."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return [item for item in value if item is not None]
    raise wrong_shape("a list")


def as_records(value: Any) -> Any:
    """A list of mappings, possibly empty."""
    if value is None:
        return ()
    if isinstance(value, list):
        return value
    fix = 'Write its entries in the lines below, each starting with "- "; where there are none, write nothing here.'
    raise refused("wrong-shape", "this is not a list of entries.", fix)


Line = Annotated[str, PlainValidator(_one_line)]
Prose = Annotated[str, PlainValidator(word)]
Id = Annotated[str, PlainValidator(_id)]
Url = Annotated[str, PlainValidator(_url)]
Channel = Annotated[str, PlainValidator(_channel)]
WholeNumber = Annotated[int, PlainValidator(_whole_number)]
Hours = Annotated[int, PlainValidator(_hours)]
Flag = Annotated[bool, PlainValidator(_flag)]
Day = Annotated[date, PlainValidator(_day)]
Wall = Annotated[time, PlainValidator(lambda value: read_time(word(value)))]
Due = Annotated[tuple[date, time], PlainValidator(_moment(time(23, 59)))]
Opens = Annotated[tuple[date, time], PlainValidator(_moment(time(0, 0)))]
Words = Annotated[tuple[Line, ...], BeforeValidator(as_list)]
