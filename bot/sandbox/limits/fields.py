"""The building blocks of Discord's form checks: each writes what is wrong with one field into a nested dictionary.

Codes and texts are those Discord gives. Nothing is built while everything is right, because each message that goes
through the sandbox in a benchmark is checked.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from .. import errors

#: The nested `errors` of a refused form, as far as known; empty while nothing is wrong.
Wrong = dict[str, Any]
#: (field, fewest, most) characters.
TextRule = tuple[str, int, int]
#: (field, least, greatest) value.
NumberRule = tuple[str, int, int]

WEB = ("https://", "http://")


def leaf(code: str, message: str) -> Wrong:
    """What stands at the end of a path."""
    return {"_errors": [{"code": code, "message": message}]}


def refuse(wrong: Wrong) -> None:
    """Raises ApiError 50035 if anything is wrong."""
    if wrong:
        raise errors.invalid_form(wrong)


def required() -> Wrong:
    return leaf("BASE_TYPE_REQUIRED", "This field is required")


def length(least: int, most: int) -> Wrong:
    """For a text or a list that is too long or too short."""
    if least:
        return leaf("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
    return leaf("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def one_of(choices: Collection[Any]) -> Wrong:
    return leaf("BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(str(choice) for choice in choices)}}}.")


def not_an_object() -> Wrong:
    return leaf("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")


def not_a_list() -> Wrong:
    return leaf("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")


def need(data: Mapping[str, Any], fields: tuple[str, ...], wrong: Wrong) -> None:
    """Each of the fields must be there and not null."""
    for name in fields:
        if data.get(name) is None:
            wrong[name] = required()


def texts(data: Mapping[str, Any], rules: tuple[TextRule, ...], wrong: Wrong) -> None:
    """Each of the fields, where given, must be a text of the right length, counted in code points."""
    for name, least, most in rules:
        value = data.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            wrong[name] = leaf("STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        elif not least <= len(value) <= most:
            wrong[name] = length(least, most)


def numbers(data: Mapping[str, Any], rules: tuple[NumberRule, ...], wrong: Wrong) -> None:
    """Each of the fields, where given, must be an integer within bounds."""
    for name, least, greatest in rules:
        value = data.get(name)
        if value is None:
            continue
        if not isinstance(value, int) or isinstance(value, bool):
            wrong[name] = leaf("NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < least:
            wrong[name] = leaf("NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        elif value > greatest:
            wrong[name] = leaf("NUMBER_TYPE_MAX", f"int value should be less than or equal to {greatest}.")


def booleans(data: Mapping[str, Any], fields: tuple[str, ...], wrong: Wrong) -> None:
    """Each of the fields, where given, must be true or false."""
    for name in fields:
        if not isinstance(data.get(name), bool | None):
            wrong[name] = leaf("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


def snowflakes(ids: list[Any]) -> Wrong:
    """What is wrong with a list of ids, by their places."""
    return {str(index): not_a_snowflake(one) for index, one in enumerate(ids) if not is_snowflake(one)}


def names(text: str) -> frozenset[str]:
    """A set of field names written in a row."""
    return frozenset(text.split())


def known(data: Mapping[str, Any], fields: frozenset[str], wrong: Wrong) -> None:
    """Refuses a field that does not exist.

    Discord itself drops such a field in silence. A bot that sends one has misspelt something, and in the sandbox it
    should hear of it.
    """
    if not fields.issuperset(data):
        for name in data.keys() - fields:
            wrong[name] = leaf("UNKNOWN_FIELD", "Discord has no such field here and would ignore it.")


def listed(data: Mapping[str, Any], name: str, most: int, wrong: Wrong) -> list[Any]:
    """The field's list, of at most so many; empty where it is absent or wrong."""
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        wrong[name] = not_a_list()
    elif len(value) > most:
        wrong[name] = length(0, most)
    return [] if name in wrong else value


def each(items: object, least: int, most: int, check: Callable[[dict[str, Any], Wrong], None]) -> Wrong | None:
    """What is wrong with a list of objects, or None. ``check`` notes what is wrong with one of them."""
    if not isinstance(items, list):
        return not_a_list()
    if not least <= len(items) <= most:
        return length(least, most)
    wrong: Wrong = {}
    for index, item in enumerate(items):
        found: Wrong = {}
        if isinstance(item, dict):
            check(item, found)
        else:
            found = not_an_object()
        if found:
            wrong[str(index)] = found
    return wrong or None


def web_address(value: object, most: int = 2048, schemes: tuple[str, ...] = WEB) -> Wrong | None:
    """A URL with one of the schemes and something behind it; None when it is right."""
    if not isinstance(value, str):
        return leaf("STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
    if len(value) > most:
        return length(0, most)
    for scheme in schemes:
        if value.startswith(scheme) and len(value) > len(scheme) and " " not in value:
            return None
    if "://" in value and not value.startswith(schemes):
        allowed = ", ".join(f"'{scheme.removesuffix('://')}'" for scheme in schemes)
        return leaf("URL_TYPE_INVALID_SCHEME", f'Scheme "{value.split("://")[0]}" must be one of ({allowed}).')
    return leaf("URL_TYPE_INVALID_URL", "Not a well formed URL.")


def instant(value: object) -> datetime | None:
    """An ISO 8601 instant with its offset, or None where it is not one."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def not_an_instant(value: object) -> Wrong:
    return leaf("DATE_TIME_TYPE_PARSE", f'Could not parse "{value}". Should be ISO8601.')


def is_snowflake(value: object) -> bool:
    """An id as JSON carries it: a text of digits; numbers are taken too."""
    return (isinstance(value, str) and value.isdecimal()) or (isinstance(value, int) and not isinstance(value, bool))


def not_a_snowflake(value: object) -> Wrong:
    return leaf("NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
